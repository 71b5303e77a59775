"""Marks on the waveform and in the transcript, as they are seen."""

from __future__ import annotations

from PySide6.QtGui import QColor

from ui.look.theme import current_theme
from ui.review.window import ReviewWindow


def test_the_playing_word_is_seen_in_flagged_words(window: ReviewWindow) -> None:
    """The ground of a flag leaves the edge of the word to be seen."""
    flag = next(mark for mark in window.wave.marks if mark.flag)
    window.look_at(flag.turn_index)
    before = window.view.viewport().grab().toImage()
    window.show_place(flag.at_s + 0.01, playing=True)
    assert window.view.playing is not None
    assert window.view.playing[0] == flag.turn_index
    after = window.view.viewport().grab().toImage()
    edge = QColor(current_theme().colours.accent)
    changed = [
        (x, y)
        for y in range(after.height())
        for x in range(after.width())
        if after.pixel(x, y) != before.pixel(x, y)
    ]
    top, bottom = min(y for _, y in changed), max(y for _, y in changed)
    sides = {min(x for x, _ in changed), max(x for x, _ in changed)}
    like_edge = [
        (x, y) for x, y in changed if abs(QColor(after.pixel(x, y)).lightness() - edge.lightness()) < 40
    ]
    # Up and down both sides, not only above and below the words.
    for side in sides:
        beside = [y for x, y in like_edge if abs(x - side) < 4]
        assert len(beside) > (bottom - top) / 2


def test_a_mark_of_another_turn_is_no_longer_the_chosen_one(window: ReviewWindow) -> None:
    """Looking at a turn in the transcript takes the edge off the mark that was chosen before."""
    first, other = (
        window.wave.marks[0],
        next(mark for mark in window.wave.marks if mark.turn_index != window.wave.marks[0].turn_index),
    )
    window.wave.step_mark()
    chosen = window.wave.grab().toImage()
    window.look_at(other.turn_index)
    window.look_at(first.turn_index)
    assert window.wave.grab().toImage() != chosen
