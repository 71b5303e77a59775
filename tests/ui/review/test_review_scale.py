"""What part of a recording is in sight, and the times beneath it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.review.scale import CLOSEST_S, Scale, ticks

_acts = st.lists(
    st.one_of(
        st.tuples(st.just("zoom"), st.floats(0.1, 10), st.floats(-100, 20_000)),
        st.tuples(st.just("move"), st.floats(-5_000, 5_000), st.just(0.0)),
        st.tuples(st.just("page"), st.floats(0, 12_000), st.just(0.0)),
    ),
    max_size=12,
)


@given(st.floats(0.5, 11_000), _acts)
def test_what_is_in_sight_is_always_part_of_the_recording(
    total_s: float, acts: list[tuple[str, float, float]]
) -> None:
    """However one zooms and scrolls: never past an end, never closer than a word, always something."""
    scale = Scale(total_s)
    for kind, amount, around_s in acts:
        if kind == "zoom":
            scale = scale.zoomed(amount, around_s)
        else:
            scale = scale.moved(amount) if kind == "move" else scale.paged_to(amount)
        assert 0 <= scale.start_s <= scale.total_s
        assert scale.end_s <= total_s * (1 + 1e-9)
        assert scale.shown_s >= min(CLOSEST_S, total_s) * 0.999
    assert scale.whole() == Scale(total_s)


def test_zooming_keeps_what_is_looked_at_in_place() -> None:
    """The second under the pointer stays under it."""
    before = Scale(600.0, 100.0, 200.0)
    after = before.zoomed(2.0, 150.0)
    assert (150.0 - after.start_s) / after.shown_s == (150.0 - before.start_s) / before.shown_s


@given(st.floats(0, 10_000), st.floats(0.5, 20_000), st.integers(60, 4_000))
def test_times_have_room_to_be_written(start_s: float, shown_s: float, width_px: int) -> None:
    """Round seconds, in sight, and never more than fit."""
    found = ticks(start_s, shown_s, width_px)
    assert len(found) <= width_px // 84 + 2
    assert all(start_s - 1e-6 <= at_s <= start_s + shown_s + 1e-6 for at_s in found)
