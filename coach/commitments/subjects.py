"""Who is to do it: the words of a clause that stand before its verb, and which of them are a subject."""

from __future__ import annotations

import re

from coach.commitments.due_words import WEEKDAY
from coach.commitments.verbs import base

_BOUNDARY = re.compile(
    r"[,;:.!?–—]\s+|\b(?P<word>and|but|so|because|cos|or|then|that|if|when|once|which|who|whom"
    r"|whoever|why|how"
    r"|what|where|as|until|till|unless|whether|while|before|after|than|my\s+word(?:\s+that)?|guarantee(?:\s+you)?"
    r"|promise(?:\s+you)?|tell\s+(?:you|her|him|them)|told\s+(?:her|him|them))\s+",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[,;:.!?–—]\s+|\b(?:and|but|so|because|then)\s+", re.IGNORECASE)
_AUXILIARY = frozenset("is are was were has had have got".split())
""" "The money that was deducted will be paid back": the subject stands before "that"."""
_SUBORDINATE = frozenset(
    """if when once which who whom whoever why how what where as until till unless whether while before after
    than""".split()
)
_OPENING = re.compile(
    r"(?:(?:well|okay|ok|right|righto|now|also|again|yes|yeah|yep|no|look|sir|madam|today|tomorrow|tonight"
    r"|alright|lovely|sorry|actually|um|uh|please|just|still|maybe|within\s+[\w\s]*?hours?"
    r"|(?:tomorrow|this)\s+(?:morning|afternoon|evening)|by\s+(?:tomorrow\s+)?\w+(?:day|ing)?"
    r"|on\s+\w+day)\s+)*",
    re.IGNORECASE,
)
NO_SUBJECT = frozenset(
    """you who what that which there here nobody nothing neither none noone they're it's yours to be not never
    don't can could would should do does did will and or let lets please i'd we'd was were been""".split()
)
_SIMPLE = frozenset(
    """arrange book settle sort add call ring phone order change mount sms whatsapp install send bring come
    email text fetch deliver
    collect pick fix fit refund credit pay write visit post drop replace process follow update message
    repair""".split()
)
"""Verbs that promise in the bare present: "I call you tonight"."""
_NOT_AHEAD = frozenset(
    """am are was were is be been have has had do does did done can could would should will shall may might
    must ought need want know knew think thought see saw hear heard feel felt believe understand understood
    hope guess suppose reckon expect mean meant remember forget forgot love like hate wish say said tell told
    ask promise swear guarantee assure bet agree apologise apologize appreciate admit got went came took gave
    made sent brought wrote found kept left lost spoke rang heard ran began paid sold bought broke chose
    drove flew grew held met rode sat slept stood taught won and or but so to not never no too really
    honestly totally completely certainly realise realize doubt wonder mind care seem look sound work live
    owe own belong try tried trust prefer insist recommend suggest notice gather thank used all both each
    myself ourselves personally truly sincerely fully quite also just still already only ever always
    usually normally often sometimes open close shut start finish simply at in
    on for of with from by as if when that this the a an your
    my our you it go gonna dey don no fit""".split()
)
"""After "I" or "we" these do not look ahead: states of mind, talk, obligations, the past, other words."""
_MAX_SUBJECT_WORDS = 8
_DETERMINERS = frozenset("the our my your a an his her one two some another new next".split())
NOUNS_IN_ING = frozenset(
    """evening morning meeting booking building during being including wedding reading ceiling parking heating
    plumbing painting hearing screening opening closing landing setting fitting filling cleaning testing
    having working looking asking saying thinking trying waiting""".split()
)
_UNLIKE_A_SUBJECT = re.compile(
    r"\b(?:I|you|we|is|are|was|were|will|has|have|had|do|does|did|can|could|would|should|may|might"
    r"|must|not|no|never"
    r"|to|for|of|about|by|from|with|on|in|at|if|saw|got|get|keep|start|stop|see|hear|any|some"
    r"|nothing|there|what|how"
    r"|because|just|still|go|come|and|or)\b|n['’]t\b|(?:^\w+['’]s$|\b(?:it|that|there|what|he|she|who|here|where)['’]s\b)"
    r"|['’](?:re|ll|m|ve|d)\b|\w+(?:ed|ly|ing)$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    rf"(?:{WEEKDAY}|tomorrow|tonight|today)\s*$"
    rf"|(?:in|on|for|by|at|from|within|inside|{WEEKDAY}|tomorrow|tonight|today|next|this|every|an?"
    rf"|two|three|(?:once|when|before|after"
    r"|until|till|(?:as\s+)?soon\s+as|if)\s+\S+)\s+\S|[\w ]{0,24}(?:o['’]?clock|[ap]m)\s*$",
    re.IGNORECASE,
)
""" "In the same week we ...", "once that's in we ...": what may stand before a subject of its own."""


def subject_before(sentence: str, end: int) -> tuple[int, str] | None:
    """Who does it: the words from the last break of the clause up to ``end``, None where nobody is named."""
    start, word = 0, ""
    for match in _BOUNDARY.finditer(sentence, 0, end):
        start, word = match.end(), (match["word"] or "").lower()
    opening = _OPENING.match(sentence, start, end)
    start = opening.end() if opening else start
    subject = sentence[start:end].strip()
    words = subject.split()
    if word in ("that", "which", "who") and words and words[0].lower() in _AUXILIARY:
        whole = (
            subject_before(sentence, sentence.rindex(word, 0, start)) if word in sentence[:start] else None
        )
        return (whole[0], sentence[whole[0] : end].strip()) if whole else None
    if word in _SUBORDINATE or not 1 <= len(words) <= _MAX_SUBJECT_WORDS:
        return None
    if (
        words[0].lower().startswith(("you'", "you’"))
        or words[-1].lower() in NO_SUBJECT
        or words[0].lower() in NO_SUBJECT
    ):
        return None
    return start, subject


def looks_ahead(verb: str) -> bool:
    """A verb in the bare present that may be meant for later: anything but states, talk and what is past."""
    if verb in _SIMPLE or verb == "do":
        return True
    return not (
        verb in _NOT_AHEAD
        or verb.endswith(("ed", "n’t", "n't", "ly", "ing"))
        or base(verb) not in (None, verb)
    )


def is_thing_or_person(subject: str) -> bool:
    words = subject.split()
    named = (
        words[0][:1].isupper()
        or re.search(r"\w{4}s$", words[-1])
        or (words[0].lower() in _DETERMINERS and len(words) > 1)
    )
    return named and len(words) <= 4 and _UNLIKE_A_SUBJECT.search(subject) is None


def own_subject(sentence: str, end: int) -> tuple[int, str] | None:
    """ "I" or "we" behind a time or a clause without a comma: "a fortnight from today we read it again"."""
    own = re.search(r"\b(?:I|we)$", sentence[:end], re.IGNORECASE)
    if own is None:
        return None
    start = max((each.end() for each in _BREAK.finditer(sentence, 0, own.start())), default=0)
    return (own.start(), own[0]) if _LEADING.match(sentence, start, own.start()) else None
