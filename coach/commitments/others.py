"""What somebody else is to do: "an engineer will call", "it will be refunded", "the van is coming"."""

from __future__ import annotations

import re

from coach.commitments.candidate import Candidate
from coach.commitments.figures import (
    ABOUT_US,
    CHARGE,
    COMES_TO_YOU,
    FOLLOW_UP,
    FOR_YOU,
    HANDLES,
    HAVE_IT,
    IT,
    MONEY_OR_MAIL,
    NO_NEED,
    NOW,
    OUTSIDE,
    PEOPLE,
    PERSON_VERBS,
    PRONOUNS,
    REMEDIED,
    ROLE_ACTS,
    ROUTINE,
    SENSES,
    SOME_DAY,
    STATES,
    STATIC,
    THING_VERBS,
    THINGS,
    THIRD_PARTY,
    TITLED,
    YOURS,
)
from coach.commitments.head_forms import Form
from coach.commitments.strength import Strength
from coach.commitments.verbs import BASE, OF_SPEECH, ON_THE_SPOT, base


def somebody_else(candidate: Candidate) -> Strength:
    """ "An engineer will call", "it will be refunded", "the parcel is coming back"."""
    head, words = candidate.head, candidate.words
    subject = head.subject.lower()
    passive = re.match(
        r"(?:be(?:ing)?|getting|get)\s+(?:(?:\w+ly|auto|also|then|now|all|re)\s+)?(\w+)", words
    )
    done = (passive is not None and _participle(passive[1])) or head.form is Form.ALSO_DONE
    outsider = OUTSIDE.search(head.subject) or _is_outsider(
        head.subject, remedied=done and REMEDIED.search(words)
    )
    if outsider and (not _FROM_US.search(words) or _NOT.search(words)):
        return Strength.NONE
    if THINGS.search(subject) and not done and not subject.startswith(("our ", "my ")):
        if not candidate.dated:
            return Strength.NONE
        mended = subject.startswith("your ") and THING_VERBS.match(words)
        mended = mended or (subject.startswith("the ") and _READY.match(words))
        return Strength.LIKELY if mended else Strength.POSSIBLE
    if candidate.sentence[head.start :].lower().startswith("there"):
        if NO_NEED.match(words) or not candidate.dated:
            return Strength.NONE if NO_NEED.match(words) else Strength.DOUBTFUL
        return Strength.SURE if COMES_TO_YOU.search(words) else Strength.LIKELY
    if not candidate.dated and (SOME_DAY.search(words) or NOW.search(words)):
        return Strength.NONE if SOME_DAY.search(words) else Strength.FAINT
    if head.form is Form.BOOKED:
        right = candidate.dated and subject not in PRONOUNS | IT and not ROUTINE.search(subject)
        return Strength.SURE if right else Strength.POSSIBLE if candidate.dated else Strength.NONE
    if head.form is Form.OTHER_CONTINUOUS:
        return _happening(candidate, subject)
    if done:
        if candidate.dated:
            return Strength.SURE
        return Strength.LIKELY if subject not in PRONOUNS | IT else Strength.DOUBTFUL
    if not candidate.dated:
        return _undated(candidate, subject)
    return _dated(candidate, subject)


_READY = re.compile(r"be\s+(?:all\s+)?(?:ready|fixed|back|sorted|repaired|mended|done)\b", re.IGNORECASE)
_NOT = re.compile(r"\bnot\b|n['’]t\b", re.IGNORECASE)
_FROM_US = re.compile(r"\bfrom\s+(?:us|me)\b", re.IGNORECASE)


def _is_outsider(subject: str, *, remedied: re.Match[str] | bool | None) -> bool:
    """ "The landlord will", but not "Mrs Price will", nor "the fee will be reversed"."""
    ours = ("our ", "my ", "your ") if remedied is not False else ("our ", "my ")
    if TITLED.match(subject) or (remedied and CHARGE.search(subject)):
        return False
    return THIRD_PARTY.search(subject) is not None and not subject.lower().startswith(ours)


def _happening(candidate: Candidate, subject: str) -> Strength:
    """ "The van's coming on Tuesday"."""
    # Of a slip of the tongue nothing may be left: "this, I'll, is ringing".
    verb, after, *_ = [*candidate.words.split(), "", ""]
    verb = verb.lower()
    if verb in ("being", "getting") and candidate.dated and _participle(after):
        return Strength.SURE
    if not candidate.dated or verb in STATES or ROUTINE.search(subject):
        return Strength.POSSIBLE if candidate.dated else Strength.FAINT
    if (base(verb) or "") in PERSON_VERBS | {"arrive", "be"} or (base(verb) and subject not in IT):
        return Strength.SURE
    return Strength.DOUBTFUL


_ANY_PEOPLE = PEOPLE.pattern.removesuffix(r"\s*$")
_OURS_BEFORE = re.compile(rf"\b(?:our|my)\s+\w+|{_ANY_PEOPLE}\b", re.IGNORECASE)
""" "You'll have two of our lads round and they'll swap the meter": who "they" are."""


def _undated_pronoun(candidate: Candidate, subject: str, *, reaches_you: bool) -> Strength:
    """ "He'll ring you": of a person an act is enough, of "they" it must reach the customer."""
    person = subject in ("he", "she")
    acts = ABOUT_US.search(candidate.words) is not None or (person and _acts(candidate, candidate.first))
    if reaches_you or (acts and person):
        return Strength.LIKELY
    if (
        not acts
        and not person
        and _acts(candidate, candidate.first)
        and _OURS_BEFORE.search(candidate.sentence, 0, candidate.head.start)
    ):
        return Strength.LIKELY
    return Strength.DOUBTFUL if acts else Strength.FAINT


def _undated(candidate: Candidate, subject: str) -> Strength:
    first = candidate.first
    reaches_you = first in ROLE_ACTS and ABOUT_US.search(candidate.words) is not None
    if subject.startswith("their "):
        return Strength.FAINT
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
            else Strength.FAINT
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
        return Strength.DOUBTFUL if THING_VERBS.match(candidate.words) else Strength.FAINT
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
    unsure = (
        STATIC | SENSES | OF_SPEECH | {"be", "look", "help", "try", "do", "get", "go", "stay", "understand"}
    )
    return len(candidate.words.split()) > 1 and first not in unsure


def _dated(candidate: Candidate, subject: str) -> Strength:
    first = candidate.first
    if THING_VERBS.match(candidate.words):
        return Strength.SURE
    if subject in PRONOUNS:
        acts = first not in STATIC or HANDLES.match(candidate.words) or HAVE_IT.match(candidate.words)
        return Strength.SURE if acts else Strength.DOUBTFUL
    if ROUTINE.search(subject) or first in ("need", "want", "know", "cost", "expire", "end", "begin"):
        return Strength.POSSIBLE
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
