"""Three moments to keep and one to say again."""

from __future__ import annotations

from coach.calls.moments import takeaways
from tests.fakes import sample_call


def test_what_answered_a_flag_is_kept_first() -> None:
    """Repairs that mended something come before those nobody needed; in the order said, one a turn."""
    found = takeaways(sample_call.record())
    assert [(one.turn_index, one.move, one.answered) for one in found.keep] == [
        (3, "owning", "blaming"),
        (6, "owning", "non_apology"),
        (11, "thanking", "isolating"),
    ]
    assert all(one.words in sample_call.record().turns[one.turn_index].text for one in found.keep)


def test_the_flag_left_open_is_said_again() -> None:
    """With the repairs that answer it; one that the agent called unfair is not."""
    record = sample_call.record()
    redo = takeaways(record).redo
    assert redo is not None
    assert (redo.turn_index, redo.move, redo.words) == (
        1,
        "convincing",
        "the tracking clearly says it was delivered on Thursday",
    )
    assert redo.instead
    assert takeaways(record, {(1, "convincing")}).redo is None


def test_a_call_without_moves_has_neither() -> None:
    """Music, silence, or a calm call: nothing is made up."""
    record = sample_call.record()
    record.moves.clear()
    assert takeaways(record).keep == ()
    assert takeaways(record).redo is None
