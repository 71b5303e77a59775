"""Sentences of a turn, quotes masked, and the signs around a verb: conditions, hedges, reports, questions."""

from __future__ import annotations

import re

from coach.commitments.due_words import MONTH, WEEKDAY

_END = re.compile(r"(?<=[.?!])[\"”’']?\s+(?=[A-Z\"“‘'(0-9])|(?<=[?!])\s+")
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|e\.g|i\.e)\.$|(?:^|[.?!]\s)\s*(?:[\w']+\s){1,3}[ap]\.m\.$")
_MERIDIEM = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_DAY = re.compile(rf"(?:{WEEKDAY}|{MONTH}|Eastern|Pacific|Central|[A-Z]{{2,4}}\b)")
MAX_SENTENCE = 800
"""Characters; speech without a full stop is cut here so that no turn takes long."""
_QUOTED = re.compile(
    r"[\"“][^\"”]*[\"”]|(?<=[\s,])[‘'](?=[A-Z])[^’']*(?:['’](?:ll|m|s|re|ve|d|t)\b[^’']*)*[’'](?=[\s.,;!?]|$)"
)

_CONDITION = (
    r"(?:if(?!\s+(?:that['’]s|it['’]s|this\s+is)\s+(?:ok|okay|all\s?right|alright)"
    r"|\s+anything\b(?!\s+\w)|\s+it\s+kills)"
    r"|(?<!the\s)once(?!\s+(?:more|again|and|a|every|in)\b)|provided|providing|as\s+long\s+as"
    r"|so\s+long\s+as|unless"
    r"|assuming|(?:just\s+)?in\s+case"
    r"|subject\s+to|(?:as\s+soon\s+as|when|the\s+moment|after)\s+(?:you(?!\s+hang)|I(?:['’]ve|\s+have"
    r"|\s+get|\s+hear)"
    r"|we(?:['’]ve|\s+have|\s+get|\s+hear|\s+receive)))"
)
_CONDITIONAL = re.compile(
    rf"(?<!even\s)(?<!see\s)(?<!check\s)(?<!ask\s)(?<!out\s)(?<!as\s)\b{_CONDITION}\b", re.IGNORECASE
)
_WHEN = re.compile(
    r"once(?!\s+(?:the|your|our)\s+[\w-]+(?:['’]s|\s+(?:is|are|has|have|arrives?|comes?|lands?))\b)"
    r"|as\s+soon\s+as|when|the\s+moment|after",
    re.IGNORECASE,
)
_OFF_THE_PHONE = re.compile(
    r"\b(?:once|as\s+soon\s+as|when|after|the\s+(?:minute|moment))\s+(?:I|we|you)\s*(?:['’]re|are|['’]m"
    r"|am|['’]ve)?\s*"
    r"(?:hang|put\s+the\s+phone|finish|end|off|done|get\s+off|close)",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:hopefully|probably|maybe|perhaps|might|(?<!of\s)(?<!in\s)(?<!by\s)(?-i:may)\b(?!\s+(?:\d"
    r"|expect))|should|could|possibly|most\s+likely|likely"
    r"|I\s+(?:think|guess|hope|believe|imagine|reckon|suppose|expect|doubt)|try|trying|do\s+(?:my|our)\s+best"
    r"|with\s+any\s+luck|all\s+being\s+well|God\s+willing|at\s+some\s+point|whenever|some\s+day"
    r"|one\s+of\s+these\s+days"
    r"|in\s+due\s+course|(?:don['’]t|do\s+not)\s+(?:honestly\s+|really\s+|actually\s+)?know)\b",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"\b(?:usually|normally|always(?=\s+(?:call|ring|be|estimate|ask|contact|check|charge|take))"
    r"|typically|generally|as\s+a\s+rule|our\s+policy|under\s+our|policy"
    r"|in\s+general|most\s+(?:of\s+the\s+)?times?"
    r"|for\s+(?:all|most)\s+customers|every\s+customer)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b(?:said|says|say\s+that|told|thought|wrote|claimed|heard|mentioned|promised(?!\s+that)|reckons?"
    r"|understand"
    r"|understood|assumed|believe[ds]?|would\s+have|might\s+have|wondering|wonder|don['’]t\s+think"
    r"|do\s+not\s+think"
    r"|doubt|can['’]t\s+(?:promise|guarantee|say|swear)|cannot\s+(?:promise|guarantee|say)|not\s+(?:sure"
    r"|saying|promising)"
    r"|won['’]t\s+(?:promise|say|tell)|(?:love|like)\s+to\s+(?:tell|say|promise)|hope|imagine|wish"
    r"|pretend|as\s+though|as\s+if)\b",
    re.IGNORECASE,
)
_RETOLD = re.compile(
    r"\b(?:(?:said|does\s+say|notes?(?:\s+\w+){0,3}\s+goes|say\s+(?:um\s+)?quote"
    r"|(?<!will )(?<!ll )(?<!to )(?<!and )(?<!going )(?:tell|tells|promise|promises)\s+(?:him|her|them"
    r"|everybody|the\s+(?:other|last)\s+\w+)|says(?:\s+(?:he|she)(?:\s+to\s+me)?)?|(?<!bell )goes|(?:was"
    r"|were)\s+like)|(?:told|promised|assured)(?:\s+(?:you|me|us|him|her|them|(?:the|a)\s+\w+))"
    r"|(?:meant|written|reads)(?:\s+is|\s+was)?|(?:e-?mail|letter|text|notes?|banner|website|message)"
    r"(?:['’]s)?\s+(?:says|said))[,:]?\s*(?:and\s+)?(?:that\s+)?(?:[\w'’]+\s+){0,2}$",
    re.IGNORECASE,
)
_FILLER = re.compile(r"(?:(?<=\w),)?(?<=[\s,])(?:uh|um|erm?|ah|mm)\b,?(?=\s)", re.IGNORECASE)
_STUTTER = re.compile(
    r"\b(?P<said>(?:I|we|you|he|she|it|they)(?:['’](?:ll|m|re|s)|\s+(?:will|am"
    r"|are))?(?:\s+\w+)?)(?:\s*,)?\s+(?=(?P=said)\b(?!\s*[,.?!]))",
    re.IGNORECASE,
)
""" "I'll get, um, I'll get Shaz": the second time counts."""
_QUOTE_WORD = re.compile(
    r"(?<!the\s)(?<!a\s)(?<!your\s)\bquote[,:]\s+.*?(?:\b(?:end\s+(?:of\s+)?quote|unquote)\b"
    r"|(?=,\s*but\b)|$)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:would\s+you|shall\s+(?:I|we)|should\s+(?:I|we)|do\s+you\s+want|can\s+(?:I|we)|could\s+(?:I|we)"
    r"|how\s+about|what\s+if"
    r"|why\s+don['’]t|would\s+it|is\s+it\s+(?:ok|okay|all\s?right)|want\s+me\s+to|what|which|where|who"
    r"|how|when)\b[^.?!]*$",
    re.IGNORECASE,
)
_TAG = re.compile(
    r",?\s*(?:ok(?:ay)?|all\s?right|alright|is\s+that\s+(?:ok(?:ay)?|all\s?right|alright|fine"
    r"|good)(?:\s+(?:with|for)\s+you)?"
    r"|does\s+that\s+(?:work|sound|help|suit)[\w\s]*|if\s+that['’]s\s+ok(?:ay)?|yeah|yes|right|eh|good"
    r"|fair|sound\s+good|(?:do\s+)?you\s+(?:hear|understand|see|know)|vale|innit|isn['’]t\s+it|hey"
    r"|hm+|huh|lah"
    r"|will\s+that\s+(?:do|work|be\s+ok(?:ay)?)[\w\s]*|deal|fair\s+enough)\s*\?\s*$",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r",\s*[\w'’]+(?:\s+[\w'’]+)?\s*\?\s*$")
_TIME_WORDS = 9
_TIME_ALONE = re.compile(
    r"(?:(?:so|and|oh|no|sorry|wait|actually|well|yes|yeah|scratch\s+that|make\s+that|i\s+mean|rather|or|say"
    r"|it['’]ll\s+be|that['’]ll\s+be|that['’]s|that\s+will\s+be)\b[\s,.–—-]*)*(?:on|by|at|before|in"
    r"|within|around"
    r"|about|first|next|this|the|tomorrow|today|tonight|half|quarter|some\s?time|early|end|\d"
    rf"|{WEEKDAY}|{MONTH})\b",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"\b(?:is|are|was|were|will|can|could|would|should|have|has|had|do|does|did|you|they|he|she|need|want)\b"
    r"|['’](?:re|ve|d|m)\b|(?<!it)(?<!that)['’]ll\b",
    re.IGNORECASE,
)
_NEXT_CLAUSE = re.compile(
    r"[,;]?\s+(?:and|but|so|because|cause|since)\s+(?:(?:if|when|once|you|it|they)\b|there['’]?s?\b"
    r"|it['’]s|you['’]re"
    r"|(?!that\b)(?:[\w'’]+\s+){1,3}?(?:is|are|has|have|should|can|was|takes|meets)\b)"
    r"|[,;]\s+(?:you\s+(?:can|don['’]t|have|need|should|might|may)|you['’]re|(?:it|they|he"
    r"|she)\s+(?:should|might|may|could|normally|usually)|should\s+be|they['’]re|there['’]s|no\s+charge"
    r"|don['’]t)\b",
    re.IGNORECASE,
)
_SOFT_BREAK = re.compile(r"[,;:–—]\s|\s(?:and|but|so)\s", re.IGNORECASE)


def mask_quotes(text: str) -> str:
    """The same text with quoted speech and "um" blanked out, so that places stay the same."""
    plain = _QUOTED.sub(lambda match: " " * len(match[0]), text)
    plain = _QUOTE_WORD.sub(lambda match: " " * len(match[0]), plain)
    plain = _FILLER.sub(lambda match: " " * len(match[0]), plain)
    return _STUTTER.sub(lambda match: " " * len(match[0]), plain)


def sentences(text: str) -> list[tuple[int, int]]:
    """Half-open ranges of the sentences; a full stop after "Mr" ends none, an endless one is cut."""
    ranges: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text[start : match.start()]):
            continue
        if _MERIDIEM.search(text, start, match.start()) and _DAY.match(text, match.end()):
            continue
        ranges += _pieces(text, start, match.start())
        start = match.end()
    ranges += _pieces(text, start, len(text))
    return _continued(text, [(low, high) for low, high in ranges if text[low:high].strip()])


_TAKEN_BACK = re.compile(
    r"(?:(?:actually|sorry|no|wait|oh|correction|scratch\s+that|make\s+(?:that|it)|i\s+mean"
    r"|rather)\b[\s,.–—-]*)+"
    rf"(?:on\s+|by\s+|at\s+)?(?:{WEEKDAY}|to-?morrow|\d[^,;.?!]*|{MONTH}[^,;.?!]*)(?=,)",
    re.IGNORECASE,
)
""" "Actually, make that Wednesday, I'm off on Tuesday": the first part corrects what was said before."""


def _continued(text: str, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A correction or a bare time after a full stop belongs to the sentence before it."""
    joined: list[tuple[int, int]] = []
    for low, high in ranges:
        words = text[low:high].split()
        near = joined and high - joined[-1][0] <= MAX_SENTENCE and not text[: joined[-1][1]].endswith("?")
        if (
            near
            and len(words) <= _TIME_WORDS
            and _TIME_ALONE.match(text, low)
            and not _ACTS.search(text, low, high)
        ):
            joined[-1] = (joined[-1][0], high)
        elif near and (taken_back := _TAKEN_BACK.match(text, low, high)):
            joined[-1] = (joined[-1][0], taken_back.end())
            joined.append((taken_back.end(), high))
        else:
            joined.append((low, high))
    return joined


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    while end - start > MAX_SENTENCE:
        space = text.rfind(" ", start + 1, start + MAX_SENTENCE)
        cut = space if space > 0 else start + MAX_SENTENCE
        found.append((start, cut))
        start = cut
    return [*found, (start, end)]


def clause_start(sentence: str, place: int) -> int:
    """Where the clause around ``place`` begins: after the last comma or "and" before it."""
    last = 0
    for match in _SOFT_BREAK.finditer(sentence, 0, place):
        last = match.end()
    return last


def clause_end(sentence: str, start: int, end: int) -> int:
    """Where something else begins to be said between ``start`` and ``end``; ``end`` where nothing does."""
    match = _NEXT_CLAUSE.search(sentence, start, end)
    return match.start() if match else end


def is_conditional(text: str, behind: str = "") -> bool:
    """``behind``: what follows the verb; there "once it's done" is a time and no condition."""
    found = any(not _OFF_THE_PHONE.match(text, match.start()) for match in _CONDITIONAL.finditer(text))
    return found or any(_WHEN.match(behind, match.start()) is None for match in _CONDITIONAL.finditer(behind))


_DISCLAIMED = re.compile(
    r"\bnothing\s+to\s+do\s+with\s+us\b|\bnot\s+(?:one\s+of\s+)?ours\b|\bnot\s+(?:down\s+to\s+)?us\b"
    r"|\bhas\s+no\s+role\b"
    r"|\bdo\s+their\s+own\b|\bsend\w*\s+their\s+own\b|\bno\s+say\s+in\b|\bout\s+of\s+our\s+hands\b",
    re.IGNORECASE,
)
_NOT_SWORN = re.compile(
    r"\b(?:don['’]?t|do\s+not)\s+(?:you\s+)?(?:quote|hold)\s+me\b|\b(?:wouldn|couldn|can"
    r"|won)['’]?t\s+(?:swear|promise|bank|bet|guarantee"
    r"|put\s+money)\b|\bno\s+(?:promises|guarantees?)\b|\bwho\s+knows\b|\bi\s+wanna\s+say\b|\bplease\s+god\b"
    r"|\b(?:that['’]?s\s+what\s+(?:he|she|they)|(?:he|she|\w+)\s+says\s+that\s+to)\b",
    re.IGNORECASE,
)


def is_disclaimed(sentence: str) -> bool:
    """What others do: "nothing to do with us"."""
    return _DISCLAIMED.search(sentence) is not None


def is_not_sworn(sentence: str) -> bool:
    """ "Don't quote me on it", "I wouldn't swear to it", wherever in the sentence."""
    return _NOT_SWORN.search(sentence) is not None


def is_hedged(clause: str) -> bool:
    return _HEDGE.search(clause) is not None


def is_general(sentence: str) -> bool:
    """Policy, habit, what usually happens."""
    return _GENERAL.search(sentence) is not None


def is_reported(before: str) -> bool:
    """Somebody's words or thoughts, judged by what stands before the verb in its clause."""
    return _REPORT.search(before) is not None


def is_retold(sentence: str, head_start: int) -> bool:
    """Said by or to somebody before: "my colleague told you, you'll have it Friday"."""
    return _RETOLD.search(sentence[:head_start]) is not None


def is_question(sentence: str, head_start: int) -> bool:
    """An offer or a question; a promise with "okay?" after it is none."""
    if not sentence.rstrip().endswith("?") or _TAG.search(sentence):
        return False
    before = sentence[:head_start]
    if _ANY_TAG.search(sentence) and not _ASKS.search(before) and before.count(",") < sentence.count(","):
        return False
    return (
        True
        if _ASKS.search(before)
        else not re.search(
            r",\s*(?:is|does|will|do|did|what|which|how|can|could|would)\b", sentence[head_start:]
        )
    )
