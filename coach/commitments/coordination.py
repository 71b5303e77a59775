"""The second verb of one subject: "I'll phone the depot and ring you back"."""

from __future__ import annotations

import re

from coach.commitments.due_words import WEEKDAY
from coach.commitments.figures import has_done
from coach.commitments.head_forms import BEFORE_VERB, Form
from coach.commitments.heads import Head
from coach.commitments.subjects import NO_SUBJECT
from coach.commitments.verbs import base, is_gerund, is_verb

_PASSIVE = re.compile(r"(?:be|being|getting|get)\s+\w+", re.IGNORECASE)
_AND = re.compile(
    rf"(?:(?:,\s*)?(?P<and>\b(?:and|then))\s+(?:then\s+)?{BEFORE_VERB}"
    r"|,\s+(?!(?:tell|say|see|let|scratch|make|mark|trust|mind|believe)\s)"
    r"(?=[a-z]+\s+(?:your|the|that|it|them|you|a|an|this|my|our)\b))(?P<verb>[\w-]+['’]?)",
    re.IGNORECASE,
)
_HANDS_YOU = re.compile(r"[a-z]+\s+you\s+(?:the|an?|your|over|across)\b", re.IGNORECASE)
""" "... and flick you the confirmation": whatever the verb, it reaches the customer."""
_TAKES_AN_OBJECT = re.compile(
    r"(?P<verb>[a-z-]+)\s+(?:(?:you|it|them|him|her|that|this|these|those|your|the|my|our|an?|one"
    r"|some(?:one|body|thing)?"
    r"|every\w*|another|whoever|whatever)\b(?!\s*(?:,|and\b|or\b))"
    r"|(?:it|them|you|up|out|off|over|back|round|down|away)\b|(?:at|to|with)\s+(?:you|your|the|them"
    r"|him|her)\b)",
    re.IGNORECASE,
)
""" "... and holler at you by noon", but not "the cups and plates over there"."""
_TIME_WORD = (
    r"(?:on|at|in|by|around|about|from|this|next|the|after|before|first|thing|half|past|quarter"
    r"|to-?morrow|today|tonight"
    r"|evening|morning|afternoon|arvo|lunch|dinner|day|week|o['’]clock|one|two|three|four|five|six"
    r"|seven|eight|nine|ten"
    rf"|eleven|twelve|[\d:]+|{WEEKDAY}|[ap]\.?m\.?)"
)
GOES_AND = re.compile(
    r"(?:be\s+)?(?:com(?:e|ing)|go(?:ing)?|swing(?:ing)?|pop(?:ping)?|nip(?:ping)?|head(?:ing)?"
    r"|drop(?:ping)?(?=\s+(?:by|in|round)))"
    r"(?:\s+(?:back|by|over|up|round|around|out|in|down|across|to\s+yours?|to\s+you|there|along))*"
    rf"(?:,?\s+{_TIME_WORD})*\s+and\s+(?!(?:then|I|we|you|he|she|they|it|the|that)\b)[a-z]+",
    re.IGNORECASE,
)
""" "I'll come back on Tuesday and swap the cylinder": one act of two verbs."""
_NO_VERB = frozenset(
    """all any both each every some no not none so if when once while because since as but or nor yet also
    then there here where who what which that this these those it they he she we you i my your his her its
    our their the a an one two three from for in on at by with to into onto over under about after before
    between until till of off out up down back round away again even only just really very quite more less
    most maybe perhaps please thanks thank yes no okay ok right well now today tomorrow tonight later soon
    half quarter hopefully yeah see say tell mind trust believe hope bear is are was were has had did does
    might may can could would should will shall must not never always another""".split()
)


def coordinated(sentence: str, head: Head, end: int) -> list[Head]:
    """The verbs that share a head's subject, up to ``end``."""
    own = head.form is Form.PRESENT and head.subject.lower() in ("i", "we")
    if head.form in (Form.RECEIVES, Form.BOOKED, Form.GIVE_ME, Form.TASK, Form.PLACED):
        return []
    if head.form is Form.PRESENT and not own:
        return []
    if GOES_AND.match(sentence, head.verb, end):
        return []
    passive = _PASSIVE.match(sentence, head.verb, end) is not None
    found: list[Head] = []
    for match in _AND.finditer(sentence, head.verb, end):
        verb, place = match["verb"], match.start("verb")
        gerund = head.form in (Form.CONTINUOUS, Form.OTHER_CONTINUOUS) and not passive
        if passive and base(verb) and not is_verb(verb) and not is_gerund(verb):
            found.append(Head(place, place, head.owner, Form.ALSO_DONE, head.subject, True))
        elif _is_gerund(verb) if gerund else _acts(sentence, match, end):
            found.append(Head(place, place, head.owner, head.form, head.subject, shared=True))
    return found


def _is_gerund(verb: str) -> bool:
    """ "Sending", and "sendin'" as it is said."""
    return (
        is_gerund(verb) or verb.lower().endswith(("in'", "in’")) or (len(verb) > 5 and verb.endswith("ing"))
    )


def _acts(sentence: str, match: re.Match[str], end: int) -> bool:
    verb, start = match["verb"], match.start("verb")
    if _has_done(sentence, start, end) or is_verb(verb):
        return True
    if verb.lower() in NO_SUBJECT:
        return False
    if _HANDS_YOU.match(sentence, start, end) is not None:
        return True
    plural = verb.endswith("s") and not verb.endswith("ss")
    unlike = plural or verb.lower() in _NO_VERB or verb.endswith(("ed", "ing", "ly")) or not verb.islower()
    return bool(match["and"]) and not unlike and _TAKES_AN_OBJECT.match(sentence, start, end) is not None


def _has_done(sentence: str, start: int, end: int) -> bool:
    """ "... and have them fell that branch": "have" is no act by itself."""
    words = sentence[start:end]
    return words[:5].lower() in ("have ", "have") and has_done(words)
