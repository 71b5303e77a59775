"""What words put right in one turn change in others, where these stood on them.

Earlier turns decide how some later ones are read (``coach.moves.context``), and a cue may have been repaired
by words that were never said. Of a later turn only that changes: it is read once after the old words and once
after the new ones, and the difference is taken. What another detector would say since is left alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from coach.calls.record import apply
from coach.events import CallRecord, CueEnd, CueEnded, Move, MovesFound, Speaker, Turn
from coach.moves.context import Said, in_context
from coach.ports import MoveDetector
from coach.taxonomy import FITTING_REPAIRS, is_flag
from coach.values.reviewing import TurnState

CONTEXT_TURNS = 4
REACH_TURNS = 8
"""How many turns of the agent a turn is remembered for."""

Moves = tuple[Move, ...]


def state_of(record: CallRecord, turn: Turn) -> TurnState:
    """A turn and what was made of it, as ``record`` has it."""
    cues = {cue.id for cue in record.cues if cue.because.turn_index == turn.index}
    return TurnState(
        turn,
        record.moves.get(turn.index, ()),
        tuple(one for one in record.commitments if one.turn_index == turn.index),
        tuple(end for cue_id, end in record.cue_ends.items() if cue_id in cues),
    )


def judged(record: CallRecord, turn: Turn, detector: MoveDetector) -> tuple[Moves, float | None]:
    """A turn's moves as they are found in a call, and how surely it commits to something."""
    alone = _alone(turn, record, detector)
    heard = [one for one in record.turns if one.index < turn.index and _is_judged(one)]
    before = [_said(record, one, detector) for one in heard[-REACH_TURNS:]]
    return in_context(alone, before, detector.thresholds), alone.scores.get("committing")


def states_of(record: CallRecord, without: int) -> tuple[TurnState, ...]:
    """Every turn but one, as ``record`` has it."""
    return tuple(state_of(record, turn) for turn in record.turns if turn.index != without)


def changed(record: CallRecord, states: Collection[TurnState]) -> tuple[TurnState, ...]:
    """Those of ``states`` that are no longer as they were, in order."""
    turns = {turn.index: turn for turn in record.turns}
    return tuple(one for one in states if state_of(record, turns[one.turn.index]) != one)


def follow(record: CallRecord, was: TurnState, detector: MoveDetector) -> None:
    """Judge again what stood on a turn of ``record`` that read as ``was`` before."""
    _follow_moves(record, was, detector)
    _follow_repairs(record, was.turn.index)


def withdraw(record: CallRecord, was: TurnState) -> None:
    """Cues on flags that a turn had, as it ``was``, and has no more: they were not borne out."""
    index = was.turn.index
    gone = {move.name for move in was.moves} - {move.name for move in record.moves.get(index, ())}
    for cue in record.cues:
        if cue.because.turn_index == index and cue.because.move in gone and is_flag(cue.because.move):
            apply(record, CueEnded(cue.id, max(cue.at_s, was.turn.end_s), CueEnd.WITHDRAWN))


def restore_ends(record: CallRecord, states: Collection[TurnState]) -> None:
    """What became of the cues on these turns, as it was then; not where their flag is gone since."""
    for state in states:
        index = state.turn.index
        gone = {move.name for move in state.moves} - {move.name for move in record.moves.get(index, ())}
        cues = {
            cue.id for cue in record.cues if cue.because.turn_index == index and cue.because.move not in gone
        }
        record.cue_ends = {key: end for key, end in record.cue_ends.items() if key not in cues}
        for end in state.cue_ends:
            if end.cue_id in cues:
                apply(record, end)


def _follow_moves(record: CallRecord, was: TurnState, detector: MoveDetector) -> None:
    """Each later turn read after the old words and after the new, as long as one within reach has changed."""
    if was.turn.speaker is not Speaker.AGENT:
        return
    agents = [turn for turn in record.turns if _is_judged(turn) or turn.index == was.turn.index]
    changed = next((place for place, turn in enumerate(agents) if turn.index == was.turn.index), None)
    if changed is None:
        return
    first = max(0, changed - REACH_TURNS)
    now = {place: _said(record, agents[place], detector) for place in range(first, changed + 1)}
    then = now | {changed: Said(was.turn.text, was.moves, detector.scores(was.turn.text))}
    # As long as it is another language, nothing is read by it.
    if was.turn.language:
        del then[changed]
    if agents[changed].language:
        del now[changed]
    for place in range(changed + 1, len(agents)):
        if place - changed > REACH_TURNS:
            break
        turn, before = agents[place], range(first, place)
        alone, found = _alone(turn, record, detector), record.moves.get(turn.index, ())
        old = in_context(alone, _latest(then, before), detector.thresholds)
        new = in_context(alone, _latest(now, before), detector.thresholds)
        then[place] = Said(turn.text, found, alone.scores)
        moves = _with_difference(found, old, new)
        now[place] = replace(then[place], moves=moves)
        if moves != found:
            changed, was = place, state_of(record, turn)
            apply(record, MovesFound(turn.index, moves))
            withdraw(record, was)


def _is_judged(turn: Turn) -> bool:
    """Not what the customer said, nor what is marked as another language."""
    return turn.speaker is Speaker.AGENT and not turn.language


def _latest(said: Mapping[int, Said], places: range) -> list[Said]:
    return [said[one] for one in places if one in said][-REACH_TURNS:]


def _said(record: CallRecord, turn: Turn, detector: MoveDetector) -> Said:
    return Said(turn.text, record.moves.get(turn.index, ()), detector.scores(turn.text))


def _alone(turn: Turn, record: CallRecord, detector: MoveDetector) -> Said:
    earlier = [one.text for one in record.turns if one.index < turn.index]
    moves, scores = detector.judge(turn.text, earlier[-CONTEXT_TURNS:])
    return Said(turn.text, moves, scores)


def _with_difference(found: Moves, old: Moves, new: Moves) -> Moves:
    """The moves found, without those that only the old words made, and with those of the new ones."""
    before, after = {move.name for move in old}, {move.name for move in new}
    kept = [move for move in found if move.name not in before - after]
    come = [move for move in new if move.name not in before and move.name not in {one.name for one in kept}]
    return tuple(sorted([*kept, *come], key=lambda move: -move.confidence)) if come else tuple(kept)


def _follow_repairs(record: CallRecord, index: int) -> None:
    """A cue that this turn repaired is repaired no longer where nothing in it repairs any more."""
    found = {move.name for move in record.moves.get(index, ())}
    for cue in record.cues:
        ended = record.cue_ends.get(cue.id)
        if ended is None or ended.end is not CueEnd.REPAIRED or ended.turn_index != index:
            continue
        if ended.by_move is None or ended.by_move in found:
            continue
        fitting = [name for name in FITTING_REPAIRS.get(cue.because.move, ()) if name in found]
        end = CueEnd.REPAIRED if fitting else CueEnd.EXPIRED
        apply(record, CueEnded(cue.id, ended.at_s, end, *((fitting[0], index) if fitting else ())))
