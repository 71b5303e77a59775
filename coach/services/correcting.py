"""A turn of a call that is over, with its words put right: what is made of it follows."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach.calls.record import apply, turn_at
from coach.calls.words import reworded
from coach.errors import KnownError
from coach.events import (
    Answer,
    CallRecord,
    Commitment,
    MovesFound,
    Speaker,
    Turn,
)
from coach.moves.language import with_language
from coach.ports import CommitmentExtractor, MoveDetector
from coach.redaction.redactor import Redactor
from coach.services.following import changed, follow, judged, restore_ends, state_of, states_of, withdraw
from coach.values.reviewing import Correction, TurnState

_ALIKE = 0.6
_NUMBER = re.compile(r"p-(\d+)")


@dataclass(frozen=True, slots=True)
class Judges:
    """What judged the turn when it was heard."""

    detector: MoveDetector
    extractor: CommitmentExtractor
    redactor: Redactor


def correct(
    record: CallRecord, turn_index: int, text: str, judges: Judges, had: Sequence[Commitment] = ()
) -> TurnState:
    """Put other words into a turn of ``record``, which is changed; returns the turn as it was before.

    What must be hidden is hidden in the new words too. A cue whose flag is gone was not borne out; promises
    that are still made keep their id and what the agent said of them. ``had``: promises that these words were
    found to make before, where the turn is put right anew.
    Raises ``KnownError`` ("turn-unknown", "correction-empty").
    """
    turn = turn_at(record, turn_index)
    if turn is None:
        raise KnownError("turn-unknown", "This turn is no longer in the call. Open the call again.")
    if not text.split():
        raise KnownError(
            "correction-empty", "A turn needs at least one word. Leave it as it was, or write what was said."
        )
    before, others = state_of(record, turn), states_of(record, turn_index)
    earlier = [one for one in record.turns if one.index < turn_index]
    judges.redactor.begin_after(earlier[-1] if earlier else None)
    turn, _ = judges.redactor.redact(reworded(turn, text))
    # What the agent writes is what counts, whatever its sound was taken for.
    turn = with_language(replace(turn, language=""))
    apply(record, turn)
    if turn.speaker is not Speaker.AGENT:
        return before
    moves, committing = judged(record, turn, judges.detector)
    apply(record, MovesFound(turn_index, moves))
    withdraw(record, before)
    said_at = record.header.started_at + dt.timedelta(seconds=turn.end_s)
    found = judges.extractor.extract(turn, earlier, said_at, committing)
    _replace_promises(record, turn, before.commitments, found, had)
    follow(record, before, judges.detector)
    return replace(before, others=changed(record, others))


def put_back(record: CallRecord, before: TurnState) -> None:
    """The turn, and what was made of it there and in others, as they were before the last correction."""
    answers = {one.id: one.answer for one in record.commitments}
    apply(record, before.turn)
    taken = {one.id for state in before.others for one in state.commitments}
    record.commitments = [
        one for one in record.commitments if one.turn_index != before.turn.index and one.id not in taken
    ]
    for state in (before, *before.others):
        index = state.turn.index
        if state.moves or index in record.moves:
            apply(record, MovesFound(index, state.moves))
        for promise in state.commitments:
            # What the agent said of it since still counts.
            apply(record, replace(promise, answer=answers.get(promise.id, promise.answer)))
    restore_ends(record, (before, *before.others))


def take_out(
    record: CallRecord, wanted: Correction, later: Sequence[Correction], judges: Judges
) -> list[Correction]:
    """Undo ``wanted`` as if it had never been made. ``later``: what was corrected since, the oldest first.

    That may stand on it: a promise told again has its day from a later turn. So it is put back too, the last
    first, and then made anew; returned is how those corrections know their turns from then on.
    """
    had: dict[int, tuple[Commitment, ...]] = {}
    for one in reversed(later):
        had[one.id] = tuple(promise for promise in record.commitments if promise.turn_index == one.turn_index)
        put_back(record, one.before)
    put_back(record, wanted.before)
    return [
        replace(one, before=correct(record, one.turn_index, one.said, judges, had[one.id])) for one in later
    ]


def _replace_promises(
    record: CallRecord,
    turn: Turn,
    before: Sequence[Commitment],
    found: Sequence[Commitment],
    had: Sequence[Commitment],
) -> None:
    """Each promise found takes the place of the one it was, in this turn or told before; others are new."""
    record.commitments = [one for one in record.commitments if one.turn_index != turn.index]
    known = {one.id for one in record.commitments}
    left = [*before, *(one for one in record.commitments if one.turn_index < turn.index)]
    left += [one for one in had if one.id not in known | {promise.id for promise in before}]
    alone = len(before) == len(found) == 1
    for promise in found:
        same = before[0] if alone else max(left, key=lambda one: _alike(one, promise), default=None)
        if same is not None and (alone or _alike(same, promise) >= _ALIKE):
            left.remove(same)
            apply(record, replace(promise, id=same.id, answer=same.answer))
        else:
            apply(record, replace(promise, id=_new_id(record, [*before, *had]), answer=Answer.OPEN))


def _alike(one: Commitment, other: Commitment) -> float:
    return difflib.SequenceMatcher(None, one.action.casefold(), other.action.casefold()).ratio()


def _new_id(record: CallRecord, before: Sequence[Commitment]) -> str:
    """One that no promise of the call has or had in this turn, so that its history stays its own."""
    used = [_NUMBER.fullmatch(one.id) for one in (*record.commitments, *before)]
    return f"p-{1 + max((int(match.group(1)) for match in used if match), default=0)}"
