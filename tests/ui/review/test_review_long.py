"""Three hours of talk: what the window holds and draws does not grow with the number of turns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coach.audio.waveform import Waveform
from coach.calls.summary import summarise
from coach.events import CallRecord
from tests.fakes import sample_call
from tests.fakes.services import FakeServices
from tests.ui.review.conftest import opened
from ui.parts.more import FIRST, MOST
from ui.review.desk import ReviewDesk
from ui.review.marks import FLAGS
from ui.review.transcript import _Delegate
from ui.review.window import ReviewWindow
from ui.text import MOVE_NAMES


def long_record(times: int) -> CallRecord:
    """The sample call, said again and again."""
    once = sample_call.record("sample")
    record = replace(once, turns=[], moves={}, cues=[], cue_ends={}, commitments=[], gaps=[])
    count = len(once.turns)
    for time in range(times):
        for turn in once.turns:
            later, index = time * once.duration_s, time * count + turn.index
            words = tuple(
                replace(word, start_s=word.start_s + later, end_s=word.end_s + later) for word in turn.words
            )
            record.turns.append(
                replace(
                    turn, index=index, start_s=turn.start_s + later, end_s=turn.end_s + later, words=words
                )
            )
            record.moves[index] = once.moves.get(turn.index, ())
    record.duration_s = times * once.duration_s
    return record


def of_length(qtbot: QtBot, desk: ReviewDesk, services: FakeServices, times: int) -> ReviewWindow:
    record = long_record(times)
    services.memory.calls["sample"] = (record, summarise(record, MOVE_NAMES))
    window = opened(qtbot, desk)
    window.grab()
    return window


@pytest.fixture
def window(qtbot: QtBot, desk: ReviewDesk, services: FakeServices) -> ReviewWindow:
    return of_length(qtbot, desk, services, 20)


class CountedWaveform(Waveform):
    """Says how often it was asked for its edges."""

    asked = 0

    def between(self, start_s: float, end_s: float, columns: int) -> np.ndarray:
        CountedWaveform.asked += 1
        return super().between(start_s, end_s, columns)


def test_a_longer_call_needs_no_more_widgets(
    qtbot: QtBot, desk: ReviewDesk, services: FakeServices, window: ReviewWindow
) -> None:
    """Neither a turn, nor a mark, nor a line of a long summary is a widget that every act must pass."""
    held = len(window.findChildren(QWidget))
    window.close()
    longer = of_length(qtbot, desk, services, 60)
    assert longer.view.transcript.rowCount() == 3 * 20 * len(sample_call.turns())
    assert len(longer.findChildren(QWidget)) == held


def test_playing_draws_the_place_and_nothing_else(window: ReviewWindow) -> None:
    """Sound, marks and ruler are drawn once; zooming, and a mark that is chosen, draw them anew."""
    edges = np.tile(np.array([[-60, 60]], np.int8), (1_000, 1))
    window.wave.show_picture(CountedWaveform((edges,), True))
    before = window.wave.grab().toImage()
    drawn = CountedWaveform.asked
    for step in range(10):
        window.show_place(float(step), playing=True)
        window.wave.grab()
    assert CountedWaveform.asked == drawn
    assert window.wave.grab().toImage() != before
    window.wave.zoom(2.0)
    window.wave.grab()
    assert CountedWaveform.asked == drawn + 1
    window.wave.step_mark()
    window.wave.grab()
    assert CountedWaveform.asked > drawn + 1


def test_a_filter_lays_no_turn_out_again(window: ReviewWindow) -> None:
    """What reads as before is kept while it is left out; a flag that is called unfair is laid out anew."""
    delegate = window.view.delegate
    assert isinstance(delegate, _Delegate)
    laid_out = delegate.turns_laid_out
    assert laid_out >= len(long_record(20).turns)
    for choice in (FLAGS, "owning", "all"):
        window.filter_by(choice)
        window.grab()
    assert delegate.turns_laid_out == laid_out
    window.show_contested(frozenset({(1, "convincing")}))
    window.grab()
    assert delegate.turns_laid_out == laid_out + 1


def test_words_are_only_looked_for_where_they_are_wanted(window: ReviewWindow) -> None:
    """Opening a call looks for the words of no turn; the turn that is heard has all of its own."""
    assert len(window.view.words) == 0
    turn = long_record(20).turns[30]
    window.show_place(turn.start_s + 0.01, playing=True)
    assert list(window.view.words) == [30]
    assert len(window.view.words[30]) == len(turn.words)
    assert window.view.words[9_999] == ()


def test_a_long_summary_comes_by_and_by_and_leaves_nothing_out(window: ReviewWindow) -> None:
    """Every section begins with a few lines and says how many are left; pressed on, all of them come,
    and they stay when a correction shows the summary again."""
    assert window.review is not None
    page, sections = window.lines, [one for one in window.review.summary.sections if one.lines]
    assert any(len(one.lines) > FIRST for one in sections)
    assert len(page.links) == sum(min(FIRST, len(one.lines)) for one in sections)
    presses = 0
    while more := [one for one in page.findChildren(QPushButton) if one.text().startswith("Show more")]:
        assert "left)" in more[0].text()
        more[0].click()
        presses += 1
    assert presses == sum(_presses(len(one.lines)) for one in sections)
    assert _presses(3_000) < 25
    assert len(page.links) == sum(len(one.lines) for one in sections)
    page.show_summary(window.review.summary)
    assert len(page.links) == sum(len(one.lines) for one in sections)


def _presses(lines: int) -> int:
    """As many lines come with each as are there, within what comes without a stall."""
    there = FIRST
    count = 0
    while there < lines:
        there, count = there + min(there, MOST), count + 1
    return count


def test_a_flag_called_unfair_leaves_the_summary_where_it_was(qtbot: QtBot, window: ReviewWindow) -> None:
    """Its lines say so from now on; whoever reads further down does not begin again at the top."""
    window.show_page(2)
    bar = window.lines.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 250)
    bar.setValue(250)
    window.show_contested(frozenset({(1, "convincing")}))
    qtbot.waitUntil(lambda: window.lines.links[1].y() > 0)
    qtbot.waitUntil(lambda: bar.value() == 250)
