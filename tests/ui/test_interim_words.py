"""Words while they are spoken, and turns whose voice was not clearly the agent's."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.events import InterimWords, Speaker, Turn, Word, WordsHeard
from tests.fakes import sample_call
from ui import text
from ui.live.items import TurnItem
from ui.live.layout import lay_out
from ui.live.model import ITEM_ROLE, TranscriptModel
from ui.live.view import TranscriptView
from ui.look.theme import LIGHT_CONTRAST, current_theme


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


def words(said: str, start_s: float = 1.0) -> tuple[Word, ...]:
    return tuple(Word(part, start_s + at, start_s + at + 0.3, 0.9) for at, part in enumerate(said.split()))


def heard(turn_index: int, committed: str = "", tentative: str = "") -> InterimWords:
    return InterimWords(turn_index, words(committed), words(tentative, 5.0))


def shown(model: TranscriptModel, row: int = 0) -> str:
    return str(model.data(model.index(row), Qt.ItemDataRole.DisplayRole))


def item(model: TranscriptModel, row: int = 0) -> TurnItem:
    found = model.data(model.index(row), ITEM_ROLE)
    assert isinstance(found, TurnItem)
    return found


def test_interim_words_follow_the_final_ones_and_are_replaced_by_them(model: TranscriptModel) -> None:
    """Final, committed, tentative, in this order; each hypothesis replaces the last, final words all."""
    model.hear(WordsHeard(0, words("I am sorry")))
    model.interim(heard(0, "that your", "parcels"))
    assert shown(model) == "I am sorry that your parcels"
    model.interim(heard(0, "that your parcel", "is"))
    assert shown(model) == "I am sorry that your parcel is"
    model.hear(WordsHeard(0, words("I am sorry that your parcel is late")))
    assert shown(model) == "I am sorry that your parcel is late"
    model.interim(heard(0, "", "I"))
    turn = Turn(0, "I am sorry that your parcel is late.", 1.0, 9.0)
    model.close_turn(turn)
    assert shown(model) == turn.text
    model.interim(heard(0, "late news"))
    assert shown(model) == turn.text


def test_words_that_come_to_nothing_go(model: TranscriptModel, view: TranscriptView) -> None:
    """A breath taken for a word leaves no empty row; what stands around it keeps its place."""
    model.close_turn(sample_call.turns()[0])
    model.interim(heard(1, "", "Mm"))
    model.interim(InterimWords(1, ()))
    model.grace.timeout.emit()
    assert model.rowCount() == 1
    model.interim(heard(1, "", "Mm"))
    model.hear(WordsHeard(1, ()))
    assert model.rowCount() == 1
    model.close_turn(sample_call.turns()[1])
    assert model.row_of_turn(1) == 1
    assert view.visualRect(model.index(1)).top() == view.visualRect(model.index(0)).bottom() + 1


def test_words_do_not_flicker_before_their_final_ones_come(model: TranscriptModel) -> None:
    """Taken back a moment before they are final, they stay until then; and nothing is taken away later."""
    model.interim(heard(0, "Your parcel", "is late"))
    model.interim(InterimWords(0, ()))
    assert shown(model) == "Your parcel is late"
    assert model.grace.isActive()
    model.hear(WordsHeard(0, words("Your parcel is late")))
    assert not model.grace.isActive()
    model.interim(heard(0, "", "So"))
    model.interim(InterimWords(0, ()))
    model.interim(heard(0, "", "Sorry"))
    assert not model.grace.isActive()
    assert shown(model) == "Your parcel is late Sorry"
    model.interim(InterimWords(0, ()))
    model.begin(sample_call.header())
    assert not model.grace.isActive()


def test_an_overtaken_utterance_leaves_nothing(model: TranscriptModel) -> None:
    """Words of a turn that another turn's words overtook do not stay on the page for good."""
    model.interim(heard(0, "", "Mm"))
    model.interim(heard(1, "Good morning"))
    assert model.rowCount() == 1
    assert shown(model) == "Good morning"


def test_interim_words_look_and_read_unlike_final_ones(model: TranscriptModel, view: TranscriptView) -> None:
    """Greyer, and leaning where they may still change: not by colour alone."""
    model.hear(WordsHeard(0, words("I am sorry")))
    model.interim(heard(0, "that your", "parcels"))
    made = view.delegate.layout_of(model.index(0)).words
    assert made is not None
    marks = {
        made.layout.text()[mark.start : mark.start + mark.length]: QTextCharFormat(mark.format)
        for mark in made.layout.formats()
    }
    muted = QColor(current_theme().colours.text_muted)
    assert set(marks) == {"that your", "parcels"}
    assert {mark.foreground().color().name() for mark in marks.values()} == {muted.name()}
    assert marks["parcels"].fontItalic()
    assert not marks["that your"].fontItalic()
    spoken = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert "I am sorry that your parcels Still speaking." in spoken


def test_in_high_contrast_interim_words_are_told_by_a_line(model: TranscriptModel) -> None:
    """There grey is nearly as strong as black, so all words that are not final are underlined."""
    model.hear(WordsHeard(0, words("I am sorry")))
    model.interim(heard(0, "that your", "parcels"))
    made = lay_out(item(model), 600, LIGHT_CONTRAST).words
    assert made is not None
    underlined = [
        made.layout.text()[mark.start : mark.start + mark.length]
        for mark in made.layout.formats()
        if mark.format.underlineStyle() == QTextCharFormat.UnderlineStyle.DotLine
    ]
    assert sorted(underlined) == ["parcels", "that your"]


def test_words_taken_back_do_not_make_the_page_jump(model: TranscriptModel, view: TranscriptView) -> None:
    """A row keeps its height when a hypothesis gets shorter, and fits its words once it is closed."""
    long = "and this goes on for more than one line of the page " * 3
    model.interim(heard(0, "One", long))
    tall = view.delegate.height_of(0)
    model.interim(heard(0, "One two", "three"))
    assert view.delegate.height_of(0) == tall
    model.close_turn(Turn(0, "One two three.", 1.0, 4.0))
    assert view.delegate.height_of(0) < tall


def test_words_stay_where_they_are_when_they_are_settled(
    model: TranscriptModel, view: TranscriptView
) -> None:
    """A tentative word that becomes final is drawn at the same place: nothing shifts while one reads."""

    def place_of_last() -> float:
        made = view.delegate.layout_of(model.index(0)).words
        assert made is not None
        line = made.layout.lineAt(0)
        at = line.cursorToX(made.layout.text().index("late"))
        return float(at[0] if isinstance(at, tuple) else at)

    model.interim(heard(0, "", "Your parcel is late"))
    tentative = place_of_last()
    model.interim(heard(0, "Your parcel", "is late"))
    assert place_of_last() == tentative
    model.hear(WordsHeard(0, words("Your parcel is late")))
    assert place_of_last() == tentative


def test_a_turn_that_may_not_be_the_agents_is_marked(model: TranscriptModel, view: TranscriptView) -> None:
    """A quiet mark with words, for the eye, on hover, and for a screen reader; live and in a past call."""
    turn = dataclasses.replace(sample_call.turns()[0], speaker=Speaker.UNSURE)
    model.close_turn(turn)
    (chip, rect) = view.delegate.layout_of(model.index(0)).chips[0]
    assert (chip.label, chip.kind) == (text.NOT_SURE, "plain")
    assert "not clearly yours" in view.delegate.tip_at(model.index(0), QPointF(rect.center()))
    assert text.NOT_SURE in model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    record = sample_call.record()
    record.turns[0] = turn
    model.load(record)
    assert [item(model, row).unsure for row in range(2)] == [True, False]


def test_a_long_monologue_costs_only_its_own_row(
    model: TranscriptModel, view: TranscriptView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With 300 turns on the page each new hypothesis lays out one row."""
    record = sample_call.record()
    record.turns = [Turn(index, "A turn.", index * 5.0, index * 5.0 + 4) for index in range(300)]
    record.gaps = []
    model.load(record)
    model.interim(heard(300, "One"))
    view.doItemsLayout()
    forgotten: list[tuple[int, int | None]] = []
    monkeypatch.setattr(view.delegate, "forget", lambda first=0, last=None: forgotten.append((first, last)))
    model.interim(heard(300, "One", "two"))
    row = model.row_of_turn(300)
    assert forgotten == [(row, row)]
