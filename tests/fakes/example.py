"""The sample call as an example to look at."""

from __future__ import annotations

from coach.events import Event, MovesFound
from coach.values.example import Example, ExampleTurn
from tests.fakes import sample_call

_ANSWERS = (
    "",
    "It says delivered, and nothing is here.",
    "I looked everywhere.",
    "Nobody has told me a thing.",
)


def example() -> Example:
    record = sample_call.record()
    made = []
    for turn in record.turns:
        events: list[Event] = [MovesFound(turn.index, record.moves[turn.index])]
        events += [cue for cue in record.cues if cue.because.turn_index == turn.index]
        events += [end for end in record.cue_ends.values() if end.turn_index == turn.index]
        events += [promised for promised in record.commitments if promised.turn_index == turn.index]
        made.append(ExampleTurn(_ANSWERS[turn.index % len(_ANSWERS)], turn, tuple(events)))
    return Example(record.header, "A parcel that never came.", tuple(made))
