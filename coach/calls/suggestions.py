"""What the customer suggested or asked for, as far as the agent said it back: known from the agent alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

SENTENCE = re.compile(r"[^.?!…]+[.?!…]*[\"'”’)]*", re.DOTALL)

_HEARD = "|".join(
    (
        "so|and",
        "i (?:hear|understand|see|gather|take it|know)(?: that)?",
        "it sounds (?:like|as if|as though)",
        "(?:am i|have i got (?:it|that)|did i get (?:it|that)) right(?: that)?",
        "you (?:said|told me|mentioned)(?: that)?",
        "what you(?:'re| are) (?:saying|telling me) is(?: that)?",
        "if i (?:understand|hear|heard) you(?: right| rightly| correctly)?",
    )
)
_WISH = "(?:like|prefer|rather|love|want|have (?:liked|wanted|preferred))"
_NOT_A_WISH = "(?! to (?:know|hear|see|speak|hold|be)\\b)"
_THEY = "(?:we|it|they|there|someone|somebody|our|the)"
_GOOD = "good|great|fair|useful|helpful|excellent|sensible|nice"
_WHICH = "(?:to|of|that|about|having|with|putting|sending|asking)"
_SHOULD = "[^.?!]*\\b(?:should|could|ought|might)\\b"

_SIGNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # A wish said back: "you'd like us to ring before we come".
        rf"\byou(?:'d| would)(?: really| much| just)? {_WISH}{_NOT_A_WISH}\b(?= \w+)",
        rf"\b(?:{_HEARD}),? you (?:really |just |only )?(?:want|wish for|hope for|ask for)(?:ed)? \w+",
        r"\byou(?:'re| are| were) asking (?:for|us|me|that|whether we|if we)\b",
        r"\byou(?:'re| are| were) (?:suggesting|proposing|recommending)\b",
        r"(?<!would )(?<!do )(?<!did )(?<!could )(?<!can )\byou (?:suggest|propose|recommend)\b",
        r"\byou (?:suggested|proposed|recommended)\b",
        r"\byou asked (?:us to|me to|for)\b",
        rf"\byou(?:'re| are) saying (?:that )?{_THEY}\b{_SHOULD}",
        rf"\byou (?:think|feel|believe|said|mentioned|felt)(?: that)? {_THEY}\b{_SHOULD}",
        # It is named a suggestion: "your idea of a photo at the door".
        r"\byour (?:idea|suggestion|proposal|advice) (?:of|to|that|about|for|is|was|with|on)\b",
        rf"\b(?:{_GOOD}) (?:idea|suggestion|point|thought)(?: of yours)?,? {_WHICH}\b",
        r"\bit would (?:help|have helped|suit|work (?:better )?for) you\b(?: \w+)*? if\b",
        r"\bwhat would (?:help|suit|work for) you (?:best |most )?(?:is|would be)\b",
    )
)
# Not said back but asked, offered, or supposed: "if you'd like", "what you'd prefer", "I thought you'd like".
_OPEN = re.compile(
    r"\b(?:if|whether|what|whatever|which|whichever|when|whenever|where|how|however|who|unless|as|than"
    r"|anything|anything else|something|something else|in case|because|hope|thought|think|guess|sure|bet"
    r"|imagine|way|time|option|one|ones)(?: that)?(?: is)?,?\s*$",
    re.IGNORECASE,
)


def suggested(text: str) -> Iterator[tuple[int, int]]:
    """The sentences that say back a suggestion or a wish, as half-open ranges of characters, in order."""
    for sentence in SENTENCE.finditer(text):
        words = sentence.group()
        found = (sign.search(words) for sign in _SIGNS)
        if any(one is not None and not _OPEN.search(words[: one.start()]) for one in found):
            yield sentence.span()
