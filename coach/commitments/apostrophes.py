"""Apostrophes that speech recognition left out put back: "ill ring you" is read as "I'll ring you".

Only in text that has none at all, and with the way back from every place to where it stood.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from coach.commitments.verbs import base, is_gerund, is_verb

_ALWAYS = {
    **{
        f"{subject}{end}": f"{subject}'{end}"
        for subject, ends in {
            "you": ("ll", "ve", "re"),
            "they": ("ll", "ve", "re"),
            "it": ("ll",),
            "that": ("ll", "s"),
            "there": ("ll", "s"),
            "who": ("ll",),
            "what": ("s",),
            "here": ("s",),
            "he": ("s",),
            "she": ("s",),
            "we": ("ve",),
        }.items()
        for end in ends
    },
    "im": "I'm",
    "ive": "I've",
    **{
        f"{verb}nt": f"{verb}n't"
        for verb in "do ca wo is are was did does has have would should could".split()
    },
    "everythingll": "everything'll",
    "someonell": "someone'll",
    "somebodyll": "somebody'll",
}
_AFTER_WILL = frozenset(
    "be have get do go also just then not never all both now still definitely see".split()
)
_ILL_IS_SICK = re.compile(
    r"\b(?:is|was|be|been|being|are|were|am|feel|feels|felt|feeling|seriously|mentally|very|taken|fell|really"
    r"|off|the|terminally|critically|so|too|look|looks|got)\s+$",
    re.IGNORECASE,
)
_SO = re.compile(r"\bso\s+$", re.IGNORECASE)
_WELL_IS_GOOD = re.compile(
    r"\b(?:as|very|so|quite|pretty|works?|all|go|goes|going|went|feel|feels|do|does|doing|done|know|is"
    r"|get|gets"
    r"|how|too|really|it|you|them|that|him|her|keep|sleep|oh|reads?)\s+$",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"(?:^|[,.;:?!]\s*|\b(?:and|but|so|then|cos|because|right|okay|ok|yeah|yes|no|now|today|tomorrow|tonight"
    r"|\w+day|think|that|sure|minute|morning|afternoon)\s+)$",
    re.IGNORECASE,
)
_ITS_IS = re.compile(
    r"\s+(?:on|in|at|with|back|out|ready|being|due|down|up|over|round|here|there|not|an?|the|your|my"
    r"|our|all|just"
    r"|been|\w+ing)\b",
    re.IGNORECASE,
)
_NOT_ALSO = frozenset("let look listen say thank come hold wait".split())
_WORDS_IN_LL = frozenset(
    """ball bell bill bull call cell chill dill doll drill dull fall fell fill full gill grill gull hall
    hell hill hull ill install kill mall mill null overall pill poll pull quill recall refill roll
    scroll sell shall shell skill skull small smell spell spill stall still stroll swell tall tell
    thrill till toll troll wall well will yell payroll enroll reinstall uninstall football doorbell
    farewell windmill treadmill shortfall rainfall waterfall windfall fulfill distill instill foretell
    oversell resell retell""".split()
)
_NO_OWNER = frozenset(
    """is was this has does its as us yes always perhaps besides days hours minutes weeks months years things
    means says his hers theirs ours yours plus less unless across""".split()
)
_WORD = re.compile(r"(?<![\w'’-])[A-Za-z]+(?![\w'’-])")


@dataclass(frozen=True, slots=True)
class Restored:
    """``put_in``: the places in ``text`` where an apostrophe was put in, in order."""

    text: str
    put_in: tuple[int, ...] = ()

    def back(self, span: tuple[int, int]) -> tuple[int, int]:
        """A range of ``text`` as it stood in the text before."""
        low, high = span
        return low - bisect_left(self.put_in, low), high - bisect_left(self.put_in, high)


def restored(text: str) -> Restored:
    if "'" in text or "’" in text:
        return Restored(text)
    pieces: list[str] = []
    put_in: list[int] = []
    at = length = 0
    for match in _WORD.finditer(text):
        new = _with_apostrophe(text, match)
        if new is None:
            continue
        pieces += [text[at : match.start()], new]
        length += match.start() - at
        put_in.append(length + new.index("'"))
        length += len(new)
        at = match.end()
    return Restored("".join([*pieces, text[at:]]), tuple(put_in))


def _with_apostrophe(text: str, match: re.Match[str]) -> str | None:
    word, lower = match[0], match[0].lower()
    if lower in _ALWAYS:
        new = _ALWAYS[lower]
        return new[0].upper() + new[1:] if word[0].isupper() else new
    before, behind = text[: match.start()], text[match.end() :]
    following = re.match(r"\s+([a-z]+)", behind)
    after = following[1] if following else ""
    acts = is_verb(after) or after in _AFTER_WILL
    if lower == "ill":
        return "I'll" if after and not _is_sick(before, acts) else None
    if lower == "well":
        return "we'll" if acts and after not in _NOT_ALSO and not _WELL_IS_GOOD.search(before) else None
    if lower in ("shell", "hell"):
        return f"{word[:-2]}'ll" if acts and _BEGINS.search(before) else None
    if lower == "were":
        return "we're" if after.endswith("ing") and _BEGINS.search(before) else None
    if lower == "its":
        return f"{word[:-1]}'s" if _ITS_IS.match(behind) else None
    if lower.endswith("ll") and len(lower) > 3 and lower not in _WORDS_IN_LL:
        return f"{word[:-2]}'ll" if acts else None
    return _is_doing(word, after)


def _is_sick(before: str, acts: bool) -> bool:
    """ "He was so ill", but not "it was wrong so ill ring them"."""
    return _ILL_IS_SICK.search(_SO.sub("", before) if acts else before) is not None


def _is_doing(word: str, after: str) -> str | None:
    """ "Alans phoning you", but not "keeps ringing"."""
    lower = word.lower()
    if not lower.endswith("s") or lower.endswith("ss") or len(lower) < 4 or lower in _NO_OWNER:
        return None
    if not is_gerund(after) or is_verb(lower[:-1]) or base(lower):
        return None
    return f"{word[:-1]}'s"
