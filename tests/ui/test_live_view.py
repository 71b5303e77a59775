"""The transcript while it grows."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.events import CueEnd, CueEnded, Gap, Move, MovesFound, Turn, WordsHeard
from tests.fakes import sample_call
from ui.live.items import TurnItem
from ui.live.layout import lay_out
from ui.live.model import ITEM_ROLE, TranscriptModel
from ui.live.view import TranscriptView
from ui.look.theme import current_theme


@pytest.fixture
def model() -> TranscriptModel:
    made = TranscriptModel()
    made.begin(sample_call.header())
    return made


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication, model: TranscriptModel) -> TranscriptView:
    made = TranscriptView(model, live=True)
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    return made


def item(model: TranscriptModel, row: int) -> TurnItem:
    found = model.data(model.index(row), ITEM_ROLE)
    assert isinstance(found, TurnItem)
    return found


def spoken(model: TranscriptModel, row: int) -> str:
    return str(model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole))


def long_turn(index: int) -> Turn:
    return Turn(
        index, f"Turn {index}: " + "some words that wrap over two lines " * 4, index * 5.0, index * 5.0 + 4
    )


def test_words_stay_open_until_the_turn_closes(model: TranscriptModel) -> None:
    """What is heard later may mend what was heard before; the closed turn's text is the last word on it."""
    turn = sample_call.turns()[0]
    model.hear(WordsHeard(0, turn.words[:3]))
    model.hear(WordsHeard(0, turn.words[:6]))
    assert item(model, 0).open
    assert item(model, 0).text == " ".join(word.text for word in turn.words[:6])
    assert "Still speaking" in spoken(model, 0)
    model.close_turn(turn)
    model.hear(WordsHeard(0, turn.words[:3]))
    assert not item(model, 0).open
    assert item(model, 0).text == turn.text


def test_a_turn_without_interim_words_appears_when_it_closes(model: TranscriptModel) -> None:
    """Nothing depends on interim words having come first."""
    model.close_turn(sample_call.turns()[4])
    assert model.rowCount() == 1


def test_everything_found_in_a_turn_is_said_with_it(model: TranscriptModel) -> None:
    """Flag, repair, cue, its outcome and the promise: all in words, for those who do not see colour."""
    for event in sample_call.events():
        for kind, slot in (
            (WordsHeard, model.hear),
            (Turn, model.close_turn),
            (MovesFound, model.mark_moves),
            (CueEnded, model.end_cue),
        ):
            if isinstance(event, kind):
                slot(event)
        if type(event).__name__ == "Cue":
            model.add_cue(event)
        if type(event).__name__ == "Commitment":
            model.add_commitment(event)
    assert "Flagged: Blaming." in spoken(model, 2)
    assert "Cue: I may have started this on the wrong foot." in spoken(model, 2)
    assert "Repaired: Owning a part." in spoken(model, 2)
    assert "Repair: Reflecting." in spoken(model, 4)
    assert "Commitment: Call you back · Thu 14:00." in spoken(model, 8)


def test_a_turn_in_another_language_says_that_it_is_not_judged(model: TranscriptModel) -> None:
    """In one quiet chip, live and in a call opened later, and aloud; an English turn says nothing of it."""
    french = dataclasses.replace(sample_call.turns()[0], text="Bonjour madame", language="fr")
    model.close_turn(french)
    model.close_turn(sample_call.turns()[1])
    assert "French: not judged." in spoken(model, 0)
    assert "not judged" not in spoken(model, 1)
    chips = lay_out(item(model, 0), 700, current_theme()).chips
    assert [chip.label for chip, _ in chips] == ["French: not judged"]
    record = sample_call.record()
    record.turns[0] = french
    model.load(record)
    assert "French: not judged." in spoken(model, 0)


def test_a_loaded_record_reads_as_the_live_call_did(model: TranscriptModel) -> None:
    """Reviewing a call shows the same rows, gaps in their place."""
    model.load(sample_call.record())
    assert model.rowCount() == len(sample_call.turns()) + 1
    assert "Gap: Paused" in spoken(model, 8)
    assert "Passed by" in spoken(model, 1)


def test_a_corrected_promise_takes_the_place_of_the_first(model: TranscriptModel) -> None:
    """Said again with another time, in another turn, it is one promise."""
    for turn in sample_call.turns()[:2]:
        model.close_turn(turn)
    first = dataclasses.replace(sample_call.record().commitments[0], turn_index=0)
    model.add_commitment(first)
    model.add_commitment(dataclasses.replace(first, turn_index=1))
    assert item(model, 0).commitments == []
    assert [made.id for made in item(model, 1).commitments] == [first.id]


def test_a_cue_takes_the_colour_of_what_came_of_it(model: TranscriptModel, view: TranscriptView) -> None:
    """Open, repaired, and passed by: three looks, as on the overlay."""
    model.load(sample_call.record())
    layouts = [view.delegate.layout_of(model.index(row)) for row in range(model.rowCount())]
    assert {block.kind for layout in layouts for block in layout.cues} == {"repaired", "plain"}
    model.begin(sample_call.header())
    model.close_turn(sample_call.turns()[1])
    model.add_cue(sample_call.cues()[0])
    assert [block.kind for block in view.delegate.layout_of(model.index(0)).cues] == ["accent"]


def test_a_late_gap_stands_where_it_happened(model: TranscriptModel) -> None:
    """Rows are in time order whatever order events come in."""
    for turn in sample_call.turns()[:3]:
        model.close_turn(turn)
    model.add_gap(Gap(10.0, 15.0, "no microphone"))
    assert "Gap: No microphone · 0:05" in spoken(model, 1)


def test_the_view_follows_until_the_reader_scrolls_up(
    qtbot: QtBot, model: TranscriptModel, view: TranscriptView
) -> None:
    """New words pull the view down, but never away from what someone reads."""
    for index in range(20):
        model.close_turn(long_turn(index))
    bar = view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    bar.setValue(0)
    assert not view.following
    assert view.jump_button.isVisible()
    model.close_turn(long_turn(20))
    QApplication.processEvents()
    assert bar.value() == 0
    view.jump_button.click()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    assert view.following
    assert not view.jump_button.isVisible()


def test_hovering_a_flag_names_the_move(model: TranscriptModel, view: TranscriptView) -> None:
    """Over the marked words and over the chip the same name shows; elsewhere nothing does."""
    turn = Turn(0, "You should have called sooner.", 0.0, 2.0)
    model.close_turn(turn)
    model.mark_moves(MovesFound(0, (Move("blaming", 0.9, (0, len(turn.text))),)))
    made = view.delegate.layout_of(model.index(0))
    assert made.words is not None
    assert view.delegate.tip_at(model.index(0), made.words.at + QPointF(4, 6)) == "Flagged: Blaming"
    chip = made.chips[0][1].center()
    assert view.delegate.tip_at(model.index(0), chip).startswith("Flagged: Blaming.")
    assert view.delegate.tip_at(model.index(0), QPointF(2, 2)) == ""


def test_an_ended_cue_of_another_call_changes_nothing(model: TranscriptModel) -> None:
    """Late news about something unknown is let go."""
    model.close_turn(sample_call.turns()[0])
    model.end_cue(CueEnded("elsewhere", 3.0, CueEnd.EXPIRED))
    model.mark_moves(MovesFound(9, (Move("blaming", 0.9, (0, 3)),)))
    assert item(model, 0).cue_ends == {}
    assert item(model, 0).moves == ()


def test_selected_turns_can_be_copied(model: TranscriptModel, view: TranscriptView) -> None:
    """Words can be taken along, each line with its time."""
    for turn in sample_call.turns()[:2]:
        model.close_turn(turn)
    view.selectAll()
    assert view.copy_selection().splitlines()[0].startswith("0:02  Good afternoon")


def test_a_long_call_lays_out_only_what_changed(
    model: TranscriptModel, view: TranscriptView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With 500 turns on the page a new word costs the layout of its own turn, not of all."""
    record = sample_call.record()
    record.turns = [long_turn(index) for index in range(500)]
    model.load(record)
    model.hear(WordsHeard(500, sample_call.turns()[0].words[:2]))
    view.doItemsLayout()
    forgotten: list[tuple[int, int | None]] = []
    monkeypatch.setattr(view.delegate, "forget", lambda first=0, last=None: forgotten.append((first, last)))
    rows = view.delegate.rows_laid_out
    assert rows == model.rowCount()
    model.hear(WordsHeard(500, sample_call.turns()[0].words))
    row = model.row_of_turn(500)
    assert forgotten == [(row, row)]
