"""How surely does a head promise something? Rules give a strength; the move detector's confidence decides
what the rules leave open.
"""

from __future__ import annotations

import re

from coach.commitments import clauses
from coach.commitments.candidate import Candidate
from coach.commitments.figures import (
    ABOUT_US,
    ALWAYS_TALK,
    AT_HAND,
    DATED_SPEECH,
    EMBEDDED,
    FIGURES,
    FOLLOW_UP,
    HANDS_OVER,
    IT,
    JUST,
    LASTS,
    LET_ME,
    MONEY_OR_MAIL,
    NO_TASK,
    NOW,
    OUTSIDE,
    OWED,
    ROUTINE,
    SENSES,
    SMALL_TALK,
    SOME_DAY,
    SUBSTANTIAL,
    THIRD_PARTY,
    VAGUE,
    WILL_HAVE,
    YOURS,
    has_done,
)
from coach.commitments.head_forms import GETS, Form
from coach.commitments.others import somebody_else
from coach.commitments.strength import Strength
from coach.commitments.verbs import BASE, OF_SPEECH, ON_THE_SPOT
from coach.events import Owner


def strength(candidate: Candidate) -> Strength:
    """What the rules make of a head, before anybody asks the detector."""
    if _never(candidate):
        return Strength.NONE
    if candidate.head.owner is Owner.CUSTOMER:
        return Strength.SURE if _is_task(candidate) else Strength.NONE
    form = candidate.head.form
    if form is Form.WILL:
        return _will(candidate)
    if form is Form.CONTINUOUS:
        return _continuous(candidate)
    if form is Form.RECEIVES:
        return _receives(candidate)
    if form is Form.GIVE_ME:
        return Strength.SURE if candidate.dated else Strength.NONE
    if form in (Form.PRESENT, Form.PLACED):
        return _present(candidate)
    if form is Form.BARE:
        if not candidate.dated or _is_routine(candidate) or OUTSIDE.search(candidate.head.subject):
            return Strength.NONE
        return Strength.LIKELY if _reaches_you(candidate) else Strength.POSSIBLE
    return somebody_else(candidate)


def _never(candidate: Candidate) -> bool:
    sentence, head = candidate.sentence, candidate.head
    # "If you could send it" asks for it; "could" is no hedge there.
    before = "" if head.form is Form.TASK else candidate.before
    own = before + " " + _AND_SHOULD.split(candidate.words.split(",")[0])[0]
    return (
        (clauses.is_question(sentence, head.start) and head.form is not Form.TASK)
        or clauses.is_reported(candidate.before)
        or clauses.is_retold(sentence, head.start)
        or clauses.is_hedged(own)
        or clauses.is_not_sworn(sentence)
        or (head.form not in _OUR_OWN and clauses.is_disclaimed(sentence))
        or (
            head.form in (Form.PRESENT, Form.BARE, Form.PLACED)
            and _AGAIN_AND_AGAIN.search(candidate.words) is not None
        )
        or clauses.is_general(own)
        or (
            EMBEDDED.search(sentence[: head.start]) is not None
            and " is" not in sentence[head.start : head.verb]
            and not (candidate.dated and _JUST_THAT.search(sentence[: head.start]))
        )
        or (head.form is not Form.WILL and _is_small_talk(candidate))
        or HANDS_OVER.match(candidate.words) is not None
        or (head.form is Form.PRESENT and _ALREADY.match(candidate.words) is not None)
        or (head.form not in (Form.PRESENT, Form.TASK) and ALWAYS_TALK.match(candidate.words) is not None)
        or (head.form is Form.WILL and AT_HAND.match(candidate.words) is not None)
        or LASTS.match(candidate.words) is not None
    )


_OUR_OWN = (Form.WILL, Form.CONTINUOUS, Form.RECEIVES, Form.GIVE_ME)
_AGAIN_AND_AGAIN = re.compile(
    r"\b(?:every|each)\s+(?:day|week|morning|evening|night|hour|month|year|other)\b"
    r"|\band\s+(?:then\s+)?again\s+at\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b",
    re.IGNORECASE,
)
""" "The bread comes out at six and again at eleven"."""
_OF_OURS = re.compile(r"(?:the|your|our|an?|my|this|that)\s", re.IGNORECASE)
_REACHES = re.compile(
    r"\w+(?:\s+(?:up|out|over|back|in|on|to|at|into|onto|across|round|down|live))*\s+(?:you|yours?)\b",
    re.IGNORECASE,
)


def _reaches_you(candidate: Candidate) -> bool:
    """ "The voucher lands in your inbox within two days"."""
    ours = _OF_OURS.match(candidate.head.subject) and not THIRD_PARTY.search(candidate.head.subject)
    return bool(ours) and _REACHES.match(candidate.words) is not None


_JUST_THAT = re.compile(r"\bthat['’]?s\s+what\s+$", re.IGNORECASE)
""" "Then that's what I'm doing, on the third"."""
_AND_SHOULD = re.compile(r"\s+and\s+(?:it\s+|that\s+)?(?:should|might|may|could|hopefully)\b", re.IGNORECASE)
""" "It leaves us today and should land by Friday": the leaving is promised."""
_ALREADY = re.compile(r"[^,.;]*\balready\b", re.IGNORECASE)


def _is_small_talk(candidate: Candidate) -> bool:
    if candidate.dated and candidate.head.form is not Form.RECEIVES and WILL_HAVE.match(candidate.words):
        return False
    return SMALL_TALK.match(candidate.words) is not None


def _is_let_me(candidate: Candidate) -> bool:
    return candidate.sentence[candidate.head.start :].lower().startswith(("let me", "let's", "let’s"))


def _will(candidate: Candidate) -> Strength:
    """ "I'll", "we'll", "I'm going to", "let me"."""
    first = candidate.first
    if _is_let_me(candidate):
        if not candidate.dated:
            return Strength.FAINT
        return Strength.LIKELY if first in LET_ME else Strength.POSSIBLE
    if FIGURES.match(candidate.words) and not (candidate.dated and _has_act(candidate)):
        return Strength.FAINT
    if candidate.dated:
        acts = first not in OF_SPEECH or first in DATED_SPEECH
        if NOW.search(candidate.words):
            return Strength.LIKELY if acts else Strength.FAINT
        return Strength.SURE if acts else Strength.FAINT
    return _undated_will(candidate, first)


_SEE_TO = re.compile(r"see\s+to\b", re.IGNORECASE)
_TO_OURS = re.compile(
    r"\b(?:to|with)\s+(?:my|our|the)\s+\w+|\bfor\s+(?:you|free|nothing)\b|\bno\s+charge\b", re.IGNORECASE
)
""" "I'll take this bill to my supervisor": more than what is done while the customer waits."""


def _undated_will(candidate: Candidate, first: str) -> Strength:
    joint = candidate.head.owner is Owner.COMPANY
    if (
        first in OF_SPEECH
        and first not in ("give", "have", "mention")
        and not FOLLOW_UP.match(candidate.words)
    ):
        return Strength.FAINT
    brief = first in ON_THE_SPOT and len(candidate.words.split()) < 4
    if NOW.search(candidate.words) or (brief and not has_done(candidate.words)):
        return Strength.FAINT
    if joint and (SOME_DAY.search(candidate.words) or VAGUE.match(candidate.words)):
        return Strength.NONE
    if JUST.search(candidate.sentence, candidate.head.start, candidate.head.verb):
        return Strength.DOUBTFUL
    if FOLLOW_UP.match(candidate.words):
        return Strength.DOUBTFUL if joint and not _SEE_TO.match(candidate.words) else Strength.LIKELY
    if has_done(candidate.words):
        return Strength.LIKELY
    if first in ON_THE_SPOT and not ABOUT_US.search(candidate.words):
        return Strength.DOUBTFUL if _TO_OURS.search(candidate.words) else Strength.FAINT
    if first in ("get", "have", "be", "come", "make", "do", "set"):
        if MONEY_OR_MAIL.search(candidate.words) or (first == "make" and "sure" in candidate.words):
            return Strength.LIKELY
        return Strength.DOUBTFUL
    return Strength.LIKELY if first in SUBSTANTIAL or first not in ON_THE_SPOT else Strength.DOUBTFUL


def _continuous(candidate: Candidate) -> Strength:
    """ "I'm sending it tonight"; without a time it is mostly what is being done just now."""
    senses = candidate.first in SENSES and not (
        candidate.dated and candidate.first in ("ask", "talk", "tell")
    )
    if not _has_act(candidate) or senses or NOW.search(candidate.words):
        return Strength.FAINT
    if candidate.dated:
        return Strength.SURE
    return Strength.LIKELY if _waits_for_it(candidate) else Strength.DOING


_EVENT_BEFORE = re.compile(
    r"\b(?:if|when|once|(?:as\s+)?soon\s+as|the\s+(?:moment|minute|second))\s+(?!I\b|we\b)[^.;?!]*$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:till|until|once|as\s+soon\s+as|the\s+(?:moment|minute))\s+\w+", re.IGNORECASE)


def _waits_for_it(candidate: Candidate) -> bool:
    """ "If they blow that date, I'm comping you the month", "I'm staying online till it's up"."""
    before = candidate.sentence[: candidate.head.start]
    return _EVENT_BEFORE.search(before) is not None or _UNTIL.search(candidate.words) is not None


_PAID_BACK = re.compile(r"be\s+(?:refunded|credited|reimbursed|paid|compensated)\b", re.IGNORECASE)


_GIVEN = frozenset("expect get receive hear have".split())


def _receives(candidate: Candidate) -> Strength:
    if re.match(GETS, candidate.words, re.IGNORECASE) is None and candidate.first not in _GIVEN:
        return Strength.TIMED if candidate.dated else Strength.NONE
    if re.match(r"you\s+\w+$", candidate.sentence[candidate.head.start : candidate.head.verb + 4]):
        return Strength.POSSIBLE if candidate.dated else Strength.NONE
    if candidate.dated or "from me" in candidate.words:
        return Strength.SURE
    if SOME_DAY.search(candidate.words):
        return Strength.NONE
    sure = (
        _PAID_BACK.match(candidate.words)
        or MONEY_OR_MAIL.search(candidate.words)
        or YOURS.search(candidate.words)
    )
    return Strength.LIKELY if sure else Strength.DOUBTFUL


_AT_OUR_COST = re.compile(
    r"\b(?:at|on)\s+our\s+(?:expense|cost|account)\b|\bfree\s+of\s+charge\b|\bon\s+us\b", re.IGNORECASE
)


def _present(candidate: Candidate) -> Strength:
    """ "I call you tonight", "your order ships tomorrow": only a time makes a promise of it."""
    head = candidate.head
    subject = head.subject.lower()
    if candidate.words.lower().startswith("see you"):
        return Strength.SURE if candidate.dated else Strength.NONE
    own = subject in ("i", "we")
    if OUTSIDE.search(head.subject):
        return Strength.NONE
    if not candidate.dated and not own and _AT_OUR_COST.search(candidate.words):
        return Strength.LIKELY
    if not candidate.dated:
        given = candidate.awaited or (
            candidate.first in BASE - ON_THE_SPOT and len(candidate.words.split()) > 1
        )
        return Strength.NONE if not own else Strength.POSSIBLE if given else Strength.FAINT
    if _is_routine(candidate) or subject in IT:
        return Strength.POSSIBLE
    if own and candidate.first in SENSES:
        return Strength.FAINT
    return Strength.LIKELY if not own or candidate.first in BASE else Strength.DOUBTFUL


def _is_routine(candidate: Candidate) -> bool:
    """ "The bar closes at eleven", but not "the adjusted bill gets emailed out on Friday"."""
    subject = candidate.head.subject.lower()
    if ROUTINE.search(subject) is None:
        return False
    passive = (
        re.match(r"\s*(?:gets?|got)\b", candidate.sentence[candidate.head.start + len(subject) :]) is not None
    )
    return not (passive and subject.startswith(("your ", "the ", "that ", "this ")))


def _has_act(candidate: Candidate) -> bool:
    first = candidate.first
    return bool(first) and first not in (
        OF_SPEECH - {"have", "give", "tell", "mention", "be", "explain", "read"}
    )


def _is_task(candidate: Candidate) -> bool:
    """What the customer is to do after the call: owed to us or dated, not a button to press now."""
    if NOW.search(candidate.words) or candidate.first in NO_TASK:
        return False
    start = candidate.sentence[candidate.head.start :].lower()
    to_us = OWED.search(candidate.words) is not None
    if start.startswith("if you could"):
        return True
    if start.startswith(("you can", "you could")):
        return False
    if start.startswith("if you"):
        return candidate.dated and to_us
    if start.startswith(("please", "kindly")):
        return candidate.dated
    return candidate.dated or (to_us and not start.startswith(("can you", "would you", "will you")))
