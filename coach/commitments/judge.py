"""How surely does a head promise something? Rules give a strength; the move detector's confidence decides
what the rules leave open.
"""

from __future__ import annotations

import re
from enum import IntEnum

from coach.commitments import clauses
from coach.commitments.candidate import Candidate
from coach.commitments.figures import (
    ABOUT_US,
    ALWAYS_TALK,
    CHARGE,
    COMES_TO_YOU,
    DATED_SPEECH,
    EMBEDDED,
    FIGURES,
    FOLLOW_UP,
    FOR_YOU,
    HANDLES,
    HAVE_IT,
    IT,
    JUST,
    LASTS,
    LET_ME,
    MONEY_OR_MAIL,
    NO_NEED,
    NO_TASK,
    NOW,
    OUTSIDE,
    OWED,
    PEOPLE,
    PERSON_VERBS,
    PRONOUNS,
    REMEDIED,
    ROLE_ACTS,
    ROUTINE,
    SENSES,
    SMALL_TALK,
    SOME_DAY,
    STATES,
    STATIC,
    SUBSTANTIAL,
    THING_VERBS,
    THINGS,
    THIRD_PARTY,
    TITLED,
    VAGUE,
    YOURS,
    has_done,
)
from coach.commitments.heads import Form
from coach.commitments.verbs import BASE, OF_SPEECH, ON_THE_SPOT, base
from coach.events import Owner


class Strength(IntEnum):
    """What the words alone say."""

    NONE = 0
    DOUBTFUL = 1
    """Could be one: "we'll look at that", "the office will sort it"."""
    LIKELY = 2
    """An act that helps, with no time for it: "I'll send you the form"."""
    SURE = 3
    """An act and a time for it."""


ENOUGH = {Strength.DOUBTFUL: 0.25, Strength.LIKELY: 0.05, Strength.SURE: 0.0}
"""The confidence from which a head counts. Any calibrated probability fits: a doubtful head needs the
detector to think a promise well possible, a likely one falls only to a clear no, and a sure one stands,
because detectors are blind to "you will have it in five days"."""


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
    return _somebody_else(candidate)


def counts(found: Strength, committing: float | None, *, strongest: Strength) -> bool:
    """Whether a head of this strength is a promise. ``strongest`` is the best of the same turn: where that
    explains the detector's confidence, the confidence says nothing about a doubtful head beside it.
    """
    if found is Strength.NONE:
        return False
    if committing is None or (found is Strength.DOUBTFUL and strongest > found):
        return found >= Strength.LIKELY
    return committing >= ENOUGH[found]


def _never(candidate: Candidate) -> bool:
    sentence, head = candidate.sentence, candidate.head
    # "If you could send it" asks for it; "could" is no hedge there.
    before = "" if head.form is Form.TASK else candidate.before
    own = before + " " + candidate.words.split(",")[0]
    return (
        (clauses.is_question(sentence, head.start) and head.form is not Form.TASK)
        or clauses.is_reported(candidate.before)
        or clauses.is_retold(sentence, head.start)
        or clauses.is_hedged(own)
        or clauses.is_general(own)
        or (
            EMBEDDED.search(sentence[: head.start]) is not None
            and " is" not in sentence[head.start : head.verb]
        )
        or (head.form is not Form.WILL and SMALL_TALK.match(candidate.words) is not None)
        or (head.form not in (Form.PRESENT, Form.TASK) and ALWAYS_TALK.match(candidate.words) is not None)
        or LASTS.match(candidate.words) is not None
    )


def _is_let_me(candidate: Candidate) -> bool:
    return candidate.sentence[candidate.head.start :].lower().startswith("let me")


def _will(candidate: Candidate) -> Strength:
    """ "I'll", "we'll", "I'm going to", "let me"."""
    first = candidate.first
    if _is_let_me(candidate):
        return Strength.LIKELY if candidate.dated and first in LET_ME else Strength.NONE
    if FIGURES.match(candidate.words) and not (candidate.dated and _has_act(candidate)):
        return Strength.NONE
    if candidate.dated:
        acts = first not in OF_SPEECH or first in DATED_SPEECH
        return Strength.SURE if acts and not NOW.search(candidate.words) else Strength.NONE
    return _undated_will(candidate, first)


def _undated_will(candidate: Candidate, first: str) -> Strength:
    joint = candidate.head.owner is Owner.COMPANY
    if first in OF_SPEECH and first not in ("give", "have", "mention"):
        return Strength.NONE
    brief = first in ON_THE_SPOT and len(candidate.words.split()) < 4
    if NOW.search(candidate.words) or (brief and not has_done(candidate.words)):
        return Strength.NONE
    if joint and (SOME_DAY.search(candidate.words) or VAGUE.match(candidate.words)):
        return Strength.NONE
    if JUST.search(candidate.sentence, candidate.head.start, candidate.head.verb):
        return Strength.DOUBTFUL
    if FOLLOW_UP.match(candidate.words):
        return Strength.DOUBTFUL if joint else Strength.LIKELY
    if has_done(candidate.words):
        return Strength.LIKELY
    if first in ON_THE_SPOT and not ABOUT_US.search(candidate.words):
        return Strength.NONE
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
        return Strength.NONE
    return Strength.SURE if candidate.dated else Strength.DOUBTFUL


def _receives(candidate: Candidate) -> Strength:
    if candidate.dated or "from me" in candidate.words:
        return Strength.SURE
    if SOME_DAY.search(candidate.words):
        return Strength.NONE
    sure = MONEY_OR_MAIL.search(candidate.words) or YOURS.search(candidate.words)
    return Strength.LIKELY if sure else Strength.DOUBTFUL


def _present(candidate: Candidate) -> Strength:
    """ "I call you tonight", "your order ships tomorrow": only a time makes a promise of it."""
    head = candidate.head
    subject = head.subject.lower()
    if candidate.words.lower().startswith("see you"):
        return Strength.SURE if candidate.dated else Strength.NONE
    if not candidate.dated or OUTSIDE.search(head.subject) or _is_routine(candidate) or subject in IT:
        return Strength.NONE
    if head.owner is Owner.AGENT and candidate.first in SENSES:
        return Strength.NONE
    return Strength.LIKELY


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


def _somebody_else(candidate: Candidate) -> Strength:
    """ "An engineer will call", "it will be refunded", "the parcel is coming back"."""
    head, words = candidate.head, candidate.words
    subject = head.subject.lower()
    passive = re.match(
        r"(?:be(?:ing)?|getting|get)\s+(?:(?:\w+ly|auto|also|then|now|all|re)\s+)?(\w+)", words
    )
    done = (passive is not None and _participle(passive[1])) or head.form is Form.ALSO_DONE
    if OUTSIDE.search(head.subject) or _is_outsider(head.subject, remedied=done and REMEDIED.search(words)):
        return Strength.NONE
    if THINGS.search(subject) and not done and not subject.startswith(("our ", "my ")):
        return Strength.NONE
    if candidate.sentence[head.start :].lower().startswith("there"):
        if NO_NEED.match(words) or not candidate.dated:
            return Strength.NONE if NO_NEED.match(words) else Strength.DOUBTFUL
        return Strength.SURE if COMES_TO_YOU.search(words) else Strength.LIKELY
    if not candidate.dated and (SOME_DAY.search(words) or NOW.search(words)):
        return Strength.NONE
    if head.form is Form.BOOKED:
        right = candidate.dated and subject not in PRONOUNS | IT and not ROUTINE.search(subject)
        return Strength.SURE if right else Strength.NONE
    if head.form is Form.OTHER_CONTINUOUS:
        return _happening(candidate, subject)
    if done:
        if candidate.dated:
            return Strength.SURE
        return Strength.LIKELY if subject not in PRONOUNS | IT else Strength.DOUBTFUL
    if not candidate.dated:
        return _undated(candidate, subject)
    return _dated(candidate, subject)


def _is_outsider(subject: str, *, remedied: re.Match[str] | bool | None) -> bool:
    """ "The landlord will", but not "Mrs Price will", nor "the fee will be reversed"."""
    ours = ("our ", "my ", "your ") if remedied is not False else ("our ", "my ")
    if TITLED.match(subject) or (remedied and CHARGE.search(subject)):
        return False
    return THIRD_PARTY.search(subject) is not None and not subject.lower().startswith(ours)


def _happening(candidate: Candidate, subject: str) -> Strength:
    """ "The van's coming on Tuesday"."""
    verb = candidate.words.split()[0].lower()
    if verb in ("being", "getting") and candidate.dated and _participle(candidate.words.split()[1]):
        return Strength.SURE
    if not candidate.dated or verb in STATES or ROUTINE.search(subject):
        return Strength.NONE
    if (base(verb) or "") in PERSON_VERBS | {"arrive", "be"} or (base(verb) and subject not in IT):
        return Strength.SURE
    return Strength.DOUBTFUL


def _undated_pronoun(candidate: Candidate, subject: str, *, reaches_you: bool) -> Strength:
    """ "He'll ring you": of a person an act is enough, of "they" it must reach the customer."""
    person = subject in ("he", "she")
    acts = ABOUT_US.search(candidate.words) is not None or (
        person
        and candidate.first in BASE | PERSON_VERBS
        and candidate.first not in OF_SPEECH | SENSES | STATIC | {"get", "do", "go", "stay", "talk"}
    )
    return (
        Strength.LIKELY if reaches_you or (acts and person) else Strength.DOUBTFUL if acts else Strength.NONE
    )


def _undated(candidate: Candidate, subject: str) -> Strength:
    first = candidate.first
    reaches_you = first in ROLE_ACTS and ABOUT_US.search(candidate.words) is not None
    if subject.startswith("their "):
        return Strength.DOUBTFUL
    if reaches_you and candidate.awaited:
        return Strength.SURE
    if subject in ("someone", "somebody"):
        return Strength.DOUBTFUL if candidate.awaited else Strength.NONE
    if subject in PRONOUNS:
        return _undated_pronoun(candidate, subject, reaches_you=reaches_you)
    if subject in IT:
        arrives = THING_VERBS.match(candidate.words) is not None
        if arrives and YOURS.search(candidate.words):
            return Strength.LIKELY
        return (
            Strength.LIKELY
            if arrives and candidate.awaited
            else Strength.DOUBTFUL
            if arrives
            else Strength.NONE
        )
    if (
        first == "take"
        and HANDLES.match(candidate.words)
        and (PEOPLE.search(subject) or _is_named(candidate))
    ):
        return Strength.LIKELY
    if first == "have" and (FOLLOW_UP.match(candidate.words) or HAVE_IT.match(candidate.words)):
        return Strength.LIKELY
    if first in ("be", "open", "close", "have", "need", "want", "take", "start", "stop", "help"):
        return Strength.DOUBTFUL if THING_VERBS.match(candidate.words) else Strength.NONE
    if reaches_you:
        return Strength.LIKELY
    if MONEY_OR_MAIL.search(subject) and THING_VERBS.match(candidate.words):
        return Strength.LIKELY
    if PEOPLE.search(subject) and _acts(candidate, first):
        return Strength.LIKELY
    known = first in BASE or (first.startswith("re") and first[2:].lstrip("-") in BASE)
    side = _ours(subject) or candidate.head.subject[:1].isupper()
    return Strength.LIKELY if known and side and first not in ON_THE_SPOT else Strength.DOUBTFUL


def _acts(candidate: Candidate, first: str) -> bool:
    """Somebody of ours does something, whatever the verb: "Trev'll chuck a washer in"."""
    unsure = STATIC | SENSES | OF_SPEECH | {"be", "look", "help", "try", "do", "get"}
    return len(candidate.words.split()) > 1 and first not in unsure


def _dated(candidate: Candidate, subject: str) -> Strength:
    first = candidate.first
    if THING_VERBS.match(candidate.words):
        return Strength.SURE
    if subject in PRONOUNS:
        acts = first not in STATIC or HANDLES.match(candidate.words) or HAVE_IT.match(candidate.words)
        return Strength.SURE if acts else Strength.DOUBTFUL
    if ROUTINE.search(subject):
        return Strength.NONE
    if first in ("need", "want", "know", "cost", "expire", "end", "begin"):
        return Strength.NONE
    if first in STATIC | {"finish", "look"} or subject in IT:
        ours = _ours(subject) or _is_named(candidate) or "to you" in candidate.words
        if first == "have" and HAVE_IT.match(candidate.words):
            return Strength.SURE
        if subject in IT and FOR_YOU.search(candidate.words):
            return Strength.LIKELY
        return Strength.SURE if first in ("have", "look", "finish") and ours else Strength.DOUBTFUL
    return Strength.SURE


def _is_named(candidate: Candidate) -> bool:
    return candidate.head.subject[:1].isupper() and candidate.head.start > 0


def _ours(subject: str) -> bool:
    return subject.startswith(("our ", "my ", "one of our", "a ", "an ", "your "))


def _participle(word: str) -> bool:
    if word.endswith("ing"):
        return False
    return base(word) is not None or (len(word) > 4 and word.endswith("ed"))


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
