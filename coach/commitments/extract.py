"""The extractor: promises of one turn, merged with what was promised before."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from coach.commitments import clauses
from coach.commitments.apostrophes import Restored, restored
from coach.commitments.candidate import Candidate
from coach.commitments.coordination import coordinated
from coach.commitments.due import DueFound, Times, read_times
from coach.commitments.head_forms import Form
from coach.commitments.heads import Head, find_heads
from coach.commitments.judge import strength
from coach.commitments.merging import same
from coach.commitments.office import ALWAYS, Office
from coach.commitments.phrases import action_of
from coach.commitments.promise import Promise
from coach.commitments.referring import DATES_IT, action_before, refers_back
from coach.commitments.retelling import Known, time_alone, told
from coach.commitments.strength import Strength, counts
from coach.commitments.unheaded import timed_clauses
from coach.events import Commitment, Owner, Speaker, Turn

_BETWEEN = re.compile(
    r"[\s,;:–—-]*(?:po|sir|ma['’]am|madam|please|itself|only|then)?[\s,;:–—-]*(?:and|then|so|but|or)?[\s,;:–—-]*",
    re.IGNORECASE,
)
_STARTS_CLAUSE = re.compile(r"(?:^|[,;:.–—]\s*|\b(?:and|but|so|then)\s+)$", re.IGNORECASE)
_ASIDE = re.compile(
    r"\b(?:because|since|which|as\s+the|cause|even\s+with|even\s+though|seein[g'’]*\s+as)\b", re.IGNORECASE
)
_AND_IF = re.compile(r"\b(?:and|but|so)\s+(?:if|once|when|unless)\b", re.IGNORECASE)
_STRONG_BREAK = re.compile(r";\s|:\s|\s–\s|,\s(?:but|and)\s|\s(?:and|but)\s(?=(?:if|once|when|unless)\b)")


class RuleExtractor:
    """A ``CommitmentExtractor`` of rules; ``committing`` decides with them where it is known.

    A promise told again is not returned again. Told again with another due, it is returned with the id of
    the first telling: the caller replaces the earlier one. Ids are "p-1", "p-2" ... in the order of the call.
    """

    def __init__(self, office: Office = ALWAYS) -> None:
        self._office = office
        self._memory: dict[tuple[int, str], tuple[Commitment, ...]] = {}

    def extract(
        self, turn: Turn, earlier: Sequence[Turn], said_at: dt.datetime, committing: float | None
    ) -> tuple[Commitment, ...]:
        """Promises of ``turn``, in the order said. ``earlier`` are the turns before it, oldest first."""
        known = Known()
        for index, before in enumerate(earlier):
            if not _is_the_agents(before):
                continue  # nothing was told of it, so nothing is told again
            found = self._memory.get((before.index, before.text))
            if found is None:
                found = self._of(before, earlier[:index], said_at, None, known)
            known.add(before, found)
        self._memory.pop((turn.index, turn.text), None)
        return self._of(turn, earlier, said_at, committing, known)

    def _of(
        self,
        turn: Turn,
        earlier: Sequence[Turn],
        said_at: dt.datetime,
        committing: float | None,
        known: Known,
    ) -> tuple[Commitment, ...]:
        place = (turn.index, turn.text)
        if place not in self._memory:
            # What may be another's words is no part of a promise: not even what "it" is.
            texts = [each.text for each in earlier if _is_the_agents(each)]
            found = find_promises(turn.text, texts, said_at, committing, self._office)
            self._memory[place] = time_alone(turn, said_at, known, self._office) or told(
                found, turn, known, said_at, self._office
            )
        return self._memory[place]


def _is_the_agents(turn: Turn) -> bool:
    return turn.speaker is Speaker.AGENT and not turn.language


def find_promises(
    text: str,
    before: Sequence[str],
    said_at: dt.datetime,
    committing: float | None,
    office: Office = ALWAYS,
) -> list[Promise]:
    """The promises of a text, each once, corrections applied. ``before``: the turns before, oldest first."""
    said = restored(text)
    before = [restored(each).text for each in before]
    masked = clauses.mask_quotes(said.text)
    judged: list[tuple[Strength, Promise]] = []
    named: dt.date | None = None
    for start, end in clauses.sentences(masked):
        times = read_times(masked[start:end], said_at, named, office)
        named = times.named
        judged += _of_sentence(masked, (start, end), _in_the_words_said(times, start, said, text), before)
    strongest = max(
        (each for each, promise in judged if promise.owner is not Owner.CUSTOMER), default=Strength.NONE
    )
    found: list[Promise] = []
    for each, promise in judged:
        sure = None if promise.owner is Owner.CUSTOMER else committing
        if counts(each, sure, strongest=strongest):
            _keep_or_date(found, promise)
    return [replace(promise, span=said.back(promise.span)) for promise in found]


def _in_the_words_said(times: Times, start: int, said: Restored, text: str) -> Times:
    """ "once theyre back", not "once they're back": what is quoted stands so in ``text``."""
    if not said.put_in:
        return times
    found = [
        replace(due, text=text[slice(*said.back((start + due.span[0], start + due.span[1])))])
        for due in times.found
    ]
    return replace(times, found=found)


def _of_sentence(
    text: str, bounds: tuple[int, int], times: Times, before: Sequence[str]
) -> list[tuple[Strength, Promise]]:
    start, end = bounds
    sentence = text[start:end]
    heads = [_behind_its_time(sentence, head, times.found) for head in _all_heads(sentence)]
    found: list[tuple[Strength, Promise]] = []
    covered: list[tuple[int, int]] = []
    for index, head in enumerate(heads):
        stop = heads[index + 1].start if index + 1 < len(heads) else len(sentence)
        stop = clauses.clause_end(sentence, head.verb, stop)
        due = _due_for(sentence, heads, index, stop, times.found)
        candidate = Candidate(head, sentence, stop, due is not None and due.kind != "open", due is not None)
        covered.append((head.start, stop))
        covered += [due.span] if due else []
        judged = strength(candidate)
        if judged is Strength.NONE:
            continue
        said_before = (text[: start + head.start], *before)
        promise = _described(candidate, due, times.spans, said_before)
        if promise is not None:
            judged = _accepted(judged, candidate, promise, said_before)
            low, high = promise.span
            found.append((judged, replace(promise, span=(low + start, high + start))))
    for action, owner, due, (low, high) in timed_clauses(sentence, times.found, covered):
        new = Promise(
            action, owner, due, clauses.is_conditional(sentence[:high]), (low + start, high + start)
        )
        found.append((Strength.TIMED, new))
    return sorted(found, key=lambda each: each[1].span)


def _all_heads(sentence: str) -> list[Head]:
    heads = find_heads(sentence)
    every = list(heads)
    for index, head in enumerate(heads):
        stop = heads[index + 1].start if index + 1 < len(heads) else len(sentence)
        every += coordinated(sentence, head, stop)
    return sorted(every, key=lambda head: head.start)


def _behind_its_time(sentence: str, head: Head, dues: list[DueFound]) -> Head:
    """ "In a fortnight the new headboard'll be here": the subject begins behind the time."""
    for due in dues:
        low, high = due.span
        if low <= head.start < high < head.verb and sentence[high : head.verb].strip():
            start = high + len(sentence[high : head.verb]) - len(sentence[high : head.verb].lstrip(" ,"))
            ends = sentence.find(head.subject, head.start) + len(head.subject)
            subject = sentence[start:ends].strip() if head.subject and start < ends else head.subject
            owner = Owner.AGENT if subject.lower() == "i" else head.owner
            return replace(head, start=start, subject=subject, owner=owner) if start < head.verb else head
    return head


def _due_for(
    sentence: str, heads: list[Head], index: int, stop: int, dues: list[DueFound]
) -> DueFound | None:
    """The due after the head's verb; else one that leads up to it ("By Friday we'll ...")."""
    head = heads[index]
    own = [
        due for due in dues if head.verb <= due.span[0] < stop and not _leads(sentence, due, heads, index + 1)
    ]
    own = [due for due in own if not _ASIDE.search(sentence, head.verb, due.span[0])]
    dated = [due for due in own if due.kind != "open"]
    if dated or own:
        return (dated or own)[0]
    if head.shared and index and heads[index - 1].start != head.start:
        first = next(each for each in reversed(heads[:index]) if not each.shared)
        shared = [due for due in dues if due.span[1] <= first.start and due.kind != "open"]
        if shared and _leads(sentence, shared[-1], heads, heads.index(first)):
            return shared[-1]
    floor = heads[index - 1].verb if index else 0
    leading = [
        due for due in dues if floor <= due.span[0] and due.span[1] <= head.start and due.kind != "open"
    ]
    if not leading:
        return None
    last = leading[-1]
    given = index > 0 and heads[index - 1].form is Form.GIVE_ME
    if given or _leads(sentence, last, heads, index):
        return last
    prior = sentence[floor : last.span[0]]
    if not index and sentence[last.span[1] : head.start].isspace() and not re.search(r"[,.;:]", prior):
        return last  # speech without commas: "sorry for the delay tomorrow by two our driver will ..."
    alone = not index or _AND_IF.search(prior) is not None
    return last if alone and clauses.is_conditional(prior) else None


def _leads(sentence: str, due: DueFound, heads: list[Head], index: int) -> bool:
    """Whether a due opens the clause of the head at ``index``: "..., and tomorrow I'll ring"."""
    if index >= len(heads) or due.span[1] > heads[index].start:
        return False
    gap = _BETWEEN.fullmatch(sentence, due.span[1], heads[index].start)
    opens = _STARTS_CLAUSE.search(sentence[: due.span[0]])
    return bool(gap and opens) and not re.search(r"\b(?:and|but|so|then|or)\b", gap[0] if gap else "")


def _described(
    candidate: Candidate, due: DueFound | None, times: list[tuple[int, int]], before: tuple[str, ...]
) -> Promise | None:
    head, sentence = candidate.head, candidate.sentence
    if head.form is Form.GIVE_ME:
        return None
    action = action_of(sentence, head, candidate.end, times, before)
    if refers_back(action) and action not in DATES_IT:
        action = action_before(before) or action
    if not action:
        return None
    conditional = clauses.is_conditional(
        sentence[_condition_start(sentence, head) : head.start], sentence[head.start : candidate.end]
    )
    low = min(head.start, due.span[0]) if due else head.start
    high = _end_of(sentence, candidate.end, due)
    owner = Owner.AGENT if head.form is Form.RECEIVES and "from me" in candidate.words else head.owner
    return Promise(action, owner, due, conditional, (low, high))


def _accepted(judged: Strength, candidate: Candidate, promise: Promise, before: tuple[str, ...]) -> Strength:
    """ "Shall I send some towels up?" - "I'll do that": what was proposed is promised. "It'll be Monday" only
    dates what was promised, and needs no detector.
    """
    own = candidate.head.form in (Form.WILL, Form.PRESENT)
    if promise.action in DATES_IT and promise.due is not None and promise.due.due is not None:
        return Strength.SURE
    if (
        own
        and judged < Strength.LIKELY
        and refers_back(candidate.words.rstrip(" .,!"))
        and action_before(before)
    ):
        return Strength.LIKELY
    return judged


def _condition_start(sentence: str, head: Head) -> int:
    """A condition in the same sentence counts from the last stronger break before the head."""
    breaks = [match.end() for match in _STRONG_BREAK.finditer(sentence[: head.start])]
    return breaks[-1] if breaks and sentence[breaks[-1] : head.start].strip() else 0


def _end_of(sentence: str, end: int, due: DueFound | None) -> int:
    words = re.sub(r"[\s,;:–—-]*(?:\b(?:and|but|so|then|or)\b[\s,]*)*$", "", sentence[:end])
    return max(len(words.rstrip(" .!?")), due.span[1] if due else 0)


def _keep_or_date(found: list[Promise], new: Promise) -> None:
    """ "I'll do that for you, and it'll be Monday": the second says when the first is."""
    if new.action not in DATES_IT or not found:
        _keep(found, new)
    elif found[-1].due is None and new.due is not None:
        found[-1] = replace(found[-1], due=new.due, span=(found[-1].span[0], new.span[1]))


def _keep(found: list[Promise], new: Promise) -> None:
    """One promise told twice in a turn is one; the later due wins."""
    if found and new.due is None and refers_back(new.action):
        return
    for index, old in enumerate(found):
        same_due = bool(old.due and new.due and old.due.due == new.due.due)
        if old.owner is not new.owner or not same(old.action, new.action, same_due=same_due):
            continue
        if new.due is None:
            found[index] = replace(old, conditional=old.conditional or new.conditional)
        else:
            longer = len(old.action) >= len(new.action) and not refers_back(old.action)
            found[index] = replace(new, action=old.action if longer else new.action)
        return
    found.append(new)
