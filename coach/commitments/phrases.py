"""The action of a promise as a short verb phrase, in the words used."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.commitments.coordination import GOES_AND
from coach.commitments.head_forms import Form
from coach.commitments.heads import Head
from coach.commitments.things import with_its_thing
from coach.commitments.verbs import base, is_gerund

_CUT = re.compile(
    r"\s*(?:(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bSt)\.(?!\d)|[;:!?–—]|,\s|\b(?:so\s+that|so"
    r"|because|but|whatever|when|as\s+soon\s+as|until|till|unless"
    r"|while|once|in\s+case"
    r"|either\s+way|which|that\s+(?:is|are|was|were|will)|whether\s+or|before"
    r"|(?<!look\s)(?<!looking\s)after|if|provided|and\s+(?:I|we"
    r"|you|he|she|they|it|that"
    r"|someone|then|not|there|let|kindly|my|our)\b|and\s+(?:the"
    r"|an?)\b(?!\s+(?:\w+\s+){1,3}?\w+(?:ed|ent)\s*[.,]?$)|with\s+(?:what|whatever|whichever)|or\s+(?:I|we)"
    r"|give\s+(?:us|me)\s+(?=\w+\s+\w*\s*(?:hours?|days?))|that\s+way|and\s+I['’]|and\s+we['’]|no\s+matter|though|although|then|starting"
    r"|at\s+the\s+(?:very\s+)?latest"
    r"|and\s+that['’]s|straight\s+away|right\s+away|right\s+now|now|guaranteed|first\s+thing)\b)",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\b(?:personally|myself|m[ae]self?|um|uh|actually|just|also|please|definitely)\b,?\s*|^\W+"
    r"|[\s,;:.\-–—]+$",
    re.IGNORECASE,
)
_EDGE = re.compile(
    r"(?:[\s,;:]+|\b(?:and|by|on|at|in|before|until|till|to|for|from|the|then|with|of|a|an|that|is|within"
    r"|no|sorry|maybe|about"
    r"|around|so|even)\b)+$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:make\s+sure\s+(?:to|I|we)\s+|go\s+ahead\s+and\s+|be\s+able\s+to\s+|in\s+fact\s+"
    r"|be\s+the\s+one\s+(?:to|who(?:['’]ll|\s+will)?)\s+(?:personally\s+)?)",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"\s*(?:by(?=\s+(?:mail|e-?mail|text|post|phone|hand|courier|whatsapp|sms)\b)|with(?!\s+(?:what"
    r"|me\b))|wi['’]|to|about|for|from|(?:at|in|on|into|onto)\s+(?:your|the"
    r"|our))\s+[\w'’ -]+",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:[\s,]+(?:let['’]s\s+say|say|roughly|about|some\s?time)\b)+[\s,]*$", re.IGNORECASE)
_BEFORE_NOUN = re.compile(r"\b(?:the|a|an|that|your|our|in|on|to|onto|for)\s+$", re.IGNORECASE)
_LED_IN = re.compile(r"(?:on|in|onto)\s+the\s+(?!\w+\s+of\b)", re.IGNORECASE)
""" "On the six a.m. flight": the time is part of a name."""
_NOUN = re.compile(
    r"(?:['’]s\s+|\s+)(?!(?:at|on|in|by|and|or|but|so|to|for|from|with|before|after|between|of|then"
    r"|if|when|as|the|a"
    r"|an|I|we|you|he|she|they|it|that|this|because|which|latest|sharp|once|where|while|about"
    r"|around|your|our|my|no"
    r"|without|please|afternoon|morning|evening|night|week|instead|or)\b)[a-z]+",
    re.IGNORECASE,
)
""" "The Sunday ferry", "in tonight's release": there the time is a part of the name."""
_EXPECTED = re.compile(
    r"^expect\s+(?:an?|another)\s+(?=(?:call|text|e-?mail|visit|message|letter|ring|update)\b)", re.IGNORECASE
)
_CALLS_BY = frozenset("swing drop pop nip stop pass".split())
""" "Swing by Monday": the "by" is the verb's."""
_IN_THE_POST = re.compile(r"be\s+in\s+the\s+(?:post|mail)\b", re.IGNORECASE)
_PARTICLES = frozenset("out over back off up through in down across away round".split())
_WORD = re.compile(r"[\w'’-]+")
_GERUNDS = (Form.CONTINUOUS, Form.OTHER_CONTINUOUS, Form.RECEIVES, Form.BARE)
MAX_WORDS = 12
_WHAT_IS_TOLD = 8


def action_of(
    sentence: str, head: Head, end: int, dues: list[tuple[int, int]], before: Sequence[str] = ("",)
) -> str:
    """The phrase from the head's verb to the end of its clause, without the time; may be empty.

    ``before``: this turn up to the head, then the turns before, for what "it" is.
    """
    phrase = _without_dues(sentence, head.verb, end, dues)
    words = _FILLER.sub("", _LEADING.sub("", phrase)).split()
    words = words[:MAX_WORDS]
    text = " ".join(words).strip(" ,;:.")
    text = _EXPECTED.sub("", text)
    text = with_its_thing(sentence, head, _in_base_form(text, head), before)
    if text.lower() == "let you know":
        return " ".join(sentence[head.verb : end].split()[:_WHAT_IS_TOLD]).rstrip(" .,;:!?")
    if text.lower() in ("make it", "make that") and dues:
        named = next((due for due in sorted(dues) if due[0] >= head.verb), None)
        return f"{text} {sentence[slice(*named)].strip()}" if named else text
    if len(text.split()) <= 2:
        return text
    cut = _EDGE.sub("", text)
    return cut if len(cut.split()) > 1 else " ".join(text.split()[:2])


def _without_dues(sentence: str, start: int, end: int, dues: list[tuple[int, int]]) -> str:
    """Up to the first time named; past it only where the phrase would be bare ("come ... to look at it")."""
    kept = ""
    at = start
    goes_on = GOES_AND.match(sentence, start, end) is not None
    for low, high in sorted(due for due in dues if start <= due[0] < end):
        named = _BEFORE_NOUN.search(sentence, 0, low) or _LED_IN.match(sentence, low)
        if named and _NOUN.match(sentence, high, end):
            kept = f"{kept} {sentence[at:high].strip()}".strip()
            at = high
            continue
        kept = _ABOUT.sub("", f"{kept} {sentence[at:low].strip()}".strip())
        at = high
        if kept.lower() in _CALLS_BY and sentence[low:high].lower().startswith("by "):
            kept += " by"
        if _cut(kept) != kept:
            return _cut(kept)
        if kept and (len(kept.split()) > 6 or not _CONTINUES.match(sentence, at, end)) and not goes_on:
            return kept
    return _cut(f"{kept} {sentence[at:end].strip()}".strip())


def _cut(text: str) -> str:
    words = text.split(maxsplit=1)
    if len(words) < 2:
        return text.rstrip(" .,;:!?")
    first = text.index(words[0]) + len(words[0])
    match = _CUT.search(text, first)
    return text[: match.start()] if match else text


def _in_base_form(text: str, head: Head) -> str:
    """ "sending you a label" -> "send you a label"; "be sent out" with its subject -> "send out it"."""
    words = text.split()
    if not words:
        return ""
    if words[0].lower().endswith(("in'", "in’")):
        words[0] = words[0][:-1] + "g"
    first = words[0].lower()
    if first == "be" and len(words) > 1 and words[1].lower().endswith("ing") and len(words[1]) > 5:
        return " ".join([base(words[1]) or _stem(words[1].lower()), *words[2:]])
    if first in ("be", "being") and len(words) > 2 and words[1].lower() in ("auto", "also", "then", "now"):
        words = [words[0], *words[2:]]
    if (
        first in ("be", "being", "getting", "get")
        and len(words) > 1
        and head.subject
        and _participle(words[1])
    ):
        return _active(head.subject, words[1:])
    if head.subject and _IN_THE_POST.match(text):
        return _active(head.subject, ["posted"])
    if head.form is Form.RECEIVES and first == "be" and len(words) > 1 and _participle(words[1]):
        return " ".join([base(words[1]) or _stem(words[1].lower() + "g"), *words[2:]])
    if head.form is Form.ALSO_DONE and head.subject:
        return _active(head.subject, words)
    if head.form is Form.PLACED:
        return " ".join(["be", *words])
    if head.form is Form.PRESENT and head.subject and _participle(first):
        return _active(head.subject, words)
    if head.form in (Form.PRESENT, Form.BARE) and first.endswith("s"):
        return " ".join([_without_s(first), *words[1:]])
    if is_gerund(first) or (first.endswith("ing") and head.form in _GERUNDS):
        words[0] = base(first) or _stem(first)
    elif head.form is Form.BOOKED and base(first):
        return _active(head.subject, words)
    return " ".join(words)


def _participle(word: str) -> bool:
    if word.lower().endswith("ing"):
        return False
    return base(word) is not None or (len(word) > 4 and word.lower().endswith("ed"))


def _without_s(verb: str) -> str:
    """ "goes" -> "go", "fixes" -> "fix", "rings" -> "ring"."""
    return verb[:-2] if verb.endswith(("oes", "xes", "ches", "shes", "sses")) else verb[:-1]


def _active(subject: str, words: list[str]) -> str:
    whole = [word.lower() for word in words[1:3]] == ["in", "full"]
    particle = words[1:2] if words[1:2] and words[1].lower() in _PARTICLES and not whole else []
    if (
        words[1:2]
        and words[1].lower() in ("at", "into")
        and [word.lower() for word in words[2:3]] in ([], ["by"])
    ):
        particle = words[1:2]
    rest = words[1 + len(particle) :]
    if particle and rest and rest[0].lower() in _DETERMINERS:
        particle, rest = [], words[1:]
    subject = _OBJECT_OF.get(subject.lower(), subject)
    subject = subject[0].lower() + subject[1:] if subject.split()[0].lower() in _SMALL else subject
    if subject.lower() in _PRONOUNS:
        particle, rest = [], [*particle, *rest]
    return " ".join([base(words[0]) or _stem(words[0].lower() + "g"), *particle, subject, *rest])


_OBJECT_OF = {"they": "them", "he": "him", "she": "her"}
_PRONOUNS = frozenset("it that this them him her".split())
_DETERMINERS = frozenset("the a an your our my his her their this that next".split())
_SMALL = frozenset("the a an your our my his her their this that it he she they everything".split())


def _stem(gerund: str) -> str:
    """ "Chucking" -> "chuck", "popping" -> "pop", "sharing" -> "share"."""
    stem = gerund[:-3]
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sl":
        return stem[:-1]
    return f"{stem}e" if _SILENT_E.search(stem) else stem


_SILENT_E = re.compile(r"^(?:qu|[^aeiou])+[aeiouy][^aeiouwxy]$|[cvzu]$|dg$|(?:at|is|ur|ag|ut|uc|ov|id|ad)$")


_STOP = frozenset(
    """the a an your you our my me it that this to back for with of on at in up out over through be have
    get and him her them us""".split()
)


def key_of(action: str) -> frozenset[str]:
    """The content words by which two tellings of one promise are known to be the same."""
    words = [word.lower().strip("'’") for word in _WORD.findall(action)]
    content = [word for word in words if word not in _STOP]
    return frozenset(word[:5] if word.isalpha() else word for word in (content or words))
