"""A recording gone through again: heard, seen, put right, and taken away as a card."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from coach.calls.export import record_to_json
from coach.calls.shown import show
from coach.errors import KnownError
from coach.taxonomy import is_flag
from tests.fakes import sample_call
from tests.fakes.review import FakePlayer
from tests.fakes.services import FakeServices
from tests.ui.review.conftest import opened, settle
from ui.review.card_print import save_card
from ui.review.desk import ReviewDesk
from ui.review.marks import ALL, FLAGS, marks_of, next_mark
from ui.review.window import ReviewWindow
from ui.summary.sharing import summary_text
from ui.text import YOU_CALLED_UNFAIR

HEARD_AT_S = 40.65
"""The word that begins "You should have put a safe place": where the flag of turn 2 is."""


def flag_of(window: ReviewWindow, turn_index: int) -> QPoint:
    mark = next(mark for mark in window.wave.marks if mark.turn_index == turn_index and mark.flag)
    return QPoint(round(window.wave.x_of(mark.at_s)), 12)


def press(widget: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(widget, key, held)


def test_flags_and_repairs_are_marks_of_their_own(window: ReviewWindow) -> None:
    """Every move of the call is at its second: flags above the sound, repairs below."""
    moves = [move for moves in sample_call.record().moves.values() for move in moves]
    assert len(window.wave.marks) == len(moves)
    flag = next(mark for mark in window.wave.marks if mark.flag)
    repair = next(mark for mark in window.wave.marks if not mark.flag)
    bottom = window.wave.height() - 22 - 13
    assert window.wave.mark_at(QPointF(window.wave.x_of(flag.at_s), 12)) == flag
    assert window.wave.mark_at(QPointF(window.wave.x_of(repair.at_s), bottom)) == repair
    assert window.wave.mark_at(QPointF(window.wave.x_of(flag.at_s), window.wave.height() / 2)) is None


def test_a_click_on_a_mark_is_heard_and_explained(window: ReviewWindow, player: FakePlayer) -> None:
    """From its second on, with the words, why, three better lines and the sources beside it."""
    QTest.mouseClick(window.wave, Qt.MouseButton.LeftButton, pos=flag_of(window, 2))
    kind, at_s, until_s, loop = player.asked[-1]
    assert (kind, until_s, loop) == ("play", None, False)
    assert at_s == pytest.approx(HEARD_AT_S, abs=0.5)
    (card,) = window.moment.cards
    said = " ".join(label.text() for label in card.findChildren(type(window.title_label)))
    assert "“You should have put a safe place on the order”" in said
    told = window.helps[2, "blaming"]
    assert all(f"“{line}”" in said for line in told.lines)
    assert len(told.lines) == 3
    assert told.why in said
    assert "A5" in said


def test_a_click_on_a_word_is_heard(window: ReviewWindow, player: FakePlayer) -> None:
    """Any word of the transcript is where it is in the sound."""
    view = window.view
    row = view.transcript.row_of_turn(3)
    assert row is not None
    index = view.transcript.index(row)
    view.scrollTo(index)
    words = view.delegate.layout_of(index).words
    assert words is not None
    span = view.words[3][0]
    line = words.layout.lineAt(0)
    x, _ = line.cursorToX(span.start + 1)
    at = view.visualRect(index).topLeft() + (words.at + QPointF(x, line.height() / 2)).toPoint()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert player.asked[-1] == ("play", round(span.start_s, 2), None, False)
    assert window.turn_index == 3


def test_the_playing_word_is_marked(desk: ReviewDesk, window: ReviewWindow, player: FakePlayer) -> None:
    """As the player goes on, so does the mark in the transcript, and the place on the waveform."""
    text = sample_call.record().turns[2].text
    said = []
    for span in window.view.words[2][:4]:
        player.reach(span.start_s + 0.01)
        assert desk.sound is not None
        desk.sound.follow()
        assert window.view.playing is not None
        playing = window.view.playing[1]
        said.append(text[playing.start : playing.end])
        assert window.wave.at_s == pytest.approx(span.start_s + 0.01)
    assert said == text.split()[:4]
    player.reach(50.0)
    desk.sound.follow()
    assert window.view.playing is None


def test_a_summary_line_and_a_moment_to_keep_are_heard(window: ReviewWindow, player: FakePlayer) -> None:
    """Every line of both pages is a click away from its sound."""
    lines = [line for section in sample_call.summary().sections for line in section.lines]
    assert len(window.lines.links) == len(lines)
    for link, line in zip(window.lines.links, lines, strict=True):
        link.click()
        assert player.asked[-1] == ("play", round(line.at_s, 2), None, False)
    page = window.takeaway
    assert len(page.links) == 4
    page.links[-1].click()
    assert page.takeaways.redo is not None
    assert player.asked[-1][1] == round(page.takeaways.redo.at_s, 2)


def test_it_is_walked_through_by_keyboard_alone(
    qtbot: QtBot, desk: ReviewDesk, window: ReviewWindow, player: FakePlayer, services: FakeServices
) -> None:
    """From mark to mark, words, loop, speed, a note, a correction, its undo, and out: no pointer needed."""
    wave, view, none = window.wave, window.view, Qt.KeyboardModifier
    press(wave, Qt.Key.Key_Down)
    press(wave, Qt.Key.Key_Down)
    assert window.turn_index == 2
    press(wave, Qt.Key.Key_Space)
    assert player.asked[-1] == ("pause",)
    place = wave.at_s
    press(wave, Qt.Key.Key_Right, none.ShiftModifier)
    press(wave, Qt.Key.Key_Left)
    assert player.asked[-2:] == [("seek", round(place + 1, 2)), ("seek", round(place - 4, 2))]
    press(wave, Qt.Key.Key_Plus)
    assert wave.scale.shown_s < wave.scale.total_s
    press(wave, Qt.Key.Key_0)
    assert wave.scale.shown_s == wave.scale.total_s
    view.setFocus()
    press(view, Qt.Key.Key_Return)
    turn = sample_call.record().turns[2]
    assert player.asked[-1] == ("play", turn.start_s, turn.end_s, False)
    press(view, Qt.Key.Key_Right)
    assert player.asked[-1] == ("play", round(view.words[2][1].start_s, 2), None, False)
    window.transport.loop_button.toggle()
    assert player.asked[-1] == ("play", turn.start_s, turn.end_s, True)
    window.transport.step_speed(1)
    assert player.asked[-1] == ("speed", 1.25)
    note = window.moment.cards[0].note
    QTest.keyClicks(note, "I was reading the screen")
    note.settle()
    settle(qtbot, desk)
    assert [one.text for one in services.review.store.flag_notes("sample")] == ["I was reading the screen"]
    window.ask_to_correct()
    assert desk.dialog is not None
    desk.dialog.field.selectAll()
    QTest.keyClicks(desk.dialog.field, "Did you check with your neighbours?")
    press(desk.dialog.field, Qt.Key.Key_Return)
    settle(qtbot, desk)
    assert window.turn(2).text == "Did you check with your neighbours?"  # type: ignore[union-attr]
    assert window.moment.cards == []
    window.undo_wanted.emit()
    settle(qtbot, desk)
    assert window.turn(2) == turn
    assert len(window.moment.cards) == 1
    window.toast.put_away()
    window._leave()
    assert desk.window is None


def test_every_key_of_the_window_is_there(window: ReviewWindow) -> None:
    """What the keyboard walk presses by name is bound to a key."""
    from PySide6.QtGui import QShortcut

    keys = {shortcut.key().toString() for shortcut in window.findChildren(QShortcut)}
    wanted = {
        "Ctrl+L",
        "Ctrl+Left",
        "Ctrl+Right",
        "[",
        "]",
        "F2",
        "Ctrl+Z",
        "Esc",
        "Ctrl+W",
        "Alt+1",
        "Alt+3",
    }
    assert wanted <= keys


def test_a_correction_is_told_to_the_app_and_can_be_put_back(
    qtbot: QtBot, desk: ReviewDesk, window: ReviewWindow
) -> None:
    """The summary elsewhere follows; the turn shows what was heard at first, and gives it back."""
    window.look_at(2)
    window.ask_to_correct()
    assert desk.dialog is not None
    with qtbot.waitSignal(desk.changed) as told:
        desk.dialog.offered.emit("Did you check with your neighbours?")
    record, summary = told.args
    assert record.turns[2].text == "Did you check with your neighbours?"
    assert summary.flags_raised == sample_call.summary().flags_raised - 1
    assert not any(mark.turn_index == 2 for mark in window.wave.marks)
    assert window.review is not None
    (correction,) = window.review.corrections
    with qtbot.waitSignal(desk.changed):
        window.moment.put_back_wanted.emit(correction.id)
    assert window.turn(2) == sample_call.record().turns[2]


def test_a_correction_without_words_is_refused_in_the_dialog(
    qtbot: QtBot, desk: ReviewDesk, window: ReviewWindow
) -> None:
    """What was written stays, and nothing is lost."""
    window.look_at(2)
    window.ask_to_correct()
    dialog = desk.dialog
    assert dialog is not None
    dialog.field.setPlainText("  ")
    dialog.ok_button.click()
    settle(qtbot, desk)
    assert "at least one word" in dialog.error_label.text()
    assert dialog.isVisible()
    dialog.reject()


def test_a_correction_is_made_once_however_its_dialog_goes(
    qtbot: QtBot, desk: ReviewDesk, window: ReviewWindow
) -> None:
    """Enter held, then Escape while it is being kept: one correction, shown, with the way back."""
    window.look_at(2)
    window.ask_to_correct()
    dialog = desk.dialog
    assert dialog is not None
    dialog.field.setPlainText("Did you check with your neighbours?")
    with qtbot.waitSignal(desk.changed):
        press(dialog.field, Qt.Key.Key_Return)
        press(dialog.field, Qt.Key.Key_Return)
        dialog.reject()
    settle(qtbot, desk)
    assert window.review is not None
    assert len(window.review.corrections) == 1
    window.undo_wanted.emit()
    settle(qtbot, desk)
    assert window.turn(2) == sample_call.record().turns[2]


def test_unfair_is_noted_and_taken_back(
    qtbot: QtBot, desk: ReviewDesk, window: ReviewWindow, services: FakeServices
) -> None:
    """The mark becomes hollow, the moment to say again is another one, and undo brings it back."""
    window.look_at(1)
    window.moment.cards[0].unfair_button.click()
    settle(qtbot, desk)
    mark = next(mark for mark in window.wave.marks if mark.turn_index == 1)
    assert mark.unfair
    assert window.takeaway.takeaways.redo is None
    assert [one.move for one in services.feedback.of_call("sample")] == ["convincing"]
    window.undo_wanted.emit()
    settle(qtbot, desk)
    assert services.feedback.of_call("sample") == []
    assert not any(mark.unfair for mark in window.wave.marks)


def test_a_note_is_in_nothing_that_leaves(
    qtbot: QtBot, desk: ReviewDesk, window: ReviewWindow, services: FakeServices, tmp_path: Path
) -> None:
    """Not in the record or summary that is exported, not in the summary as text, not on the card."""
    window.look_at(2)
    window.moment.cards[0].note.setPlainText("unmistakablekettle")
    window.moment.settle()
    settle(qtbot, desk)
    review = services.review.open("sample")
    assert review.notes
    assert "unmistakablekettle" not in str(
        record_to_json(review.record, show(review.record, review.summary), words=True)
    )
    assert "unmistakablekettle" not in summary_text(show(review.record, review.summary))
    assert desk.paper is not None
    assert "unmistakablekettle" not in str(desk.paper.content)


def test_only_what_is_wanted_is_shown(window: ReviewWindow) -> None:
    """The filter leaves the marks and the turns of one kind, or of one move; all comes back."""
    whole = window.view.transcript.rowCount()
    window.filter_by("owning")
    assert {mark.move for mark in window.wave.marks} == {"owning"}
    assert window.view.transcript.rowCount() == 2
    window.filter_by(FLAGS)
    assert all(mark.flag for mark in window.wave.marks)
    window.filter_by("selling")
    assert window.empty_label.isVisible()
    window.filter_by("all")
    assert window.view.transcript.rowCount() == whole
    assert not window.empty_label.isVisible()


def test_marks_are_stepped_through_both_ways() -> None:
    """One after the other, without stopping at the one that was just reached."""
    marks = marks_of(sample_call.record())
    at_s, seen = 0.0, []
    while (mark := next_mark(marks, at_s)) is not None:
        seen.append(mark)
        at_s = mark.at_s
    assert [mark.at_s for mark in seen] == sorted({mark.at_s for mark in marks})
    back = next_mark(marks, seen[-1].at_s, back=True)
    assert back is not None
    assert back.at_s == seen[-2].at_s


def test_a_flag_called_unfair_is_told_in_the_summary_too(
    qtbot: QtBot, desk: ReviewDesk, window: ReviewWindow
) -> None:
    """Its line says so there, as in the summary itself, and no longer once that is taken back."""

    def unfair() -> int:
        return sum(one.accessibleName().endswith(YOU_CALLED_UNFAIR) for one in window.lines.links)

    flag = next(mark for mark in window.wave.marks if mark.flag)
    window.look_at(flag.turn_index)
    assert unfair() == 0
    window.moment.cards[0].unfair_button.click()
    settle(qtbot, desk)
    assert unfair() > 0
    window.undo_wanted.emit()
    settle(qtbot, desk)
    assert unfair() == 0


def test_the_card_is_one_page_of_paper(desk: ReviewDesk, window: ReviewWindow, tmp_path: Path) -> None:
    """Saved as a PDF of one page; a folder that is not there is said, and leaves no half file."""
    assert desk.paper is not None
    content = desk.paper.content
    assert content is not None
    path = tmp_path / "card.pdf"
    save_card(content, path)
    written = path.read_bytes()
    assert written.startswith(b"%PDF")
    assert written.count(b"/Type /Page\n") == 1
    with pytest.raises(KnownError) as refused:
        save_card(content, tmp_path / "nowhere" / "card.pdf")
    assert refused.value.code == "file-unwritable"


def test_closing_lets_go_of_the_output(
    qtbot: QtBot, desk: ReviewDesk, window: ReviewWindow, player: FakePlayer
) -> None:
    """Another program may have it, and the call can be opened again."""
    window.close()
    settle(qtbot, desk)
    assert player.closed
    assert desk.window is None
    assert opened(qtbot, desk) is not window


def test_a_call_that_is_gone_is_said(qtbot: QtBot, desk: ReviewDesk) -> None:
    """No window opens for it."""
    with qtbot.waitSignal(desk.failed) as told:
        desk.open("gone")
    assert told.args[0].code == "call-unknown"
    assert desk.window is None


def test_a_filter_by_a_move_that_was_corrected_away_shows_all_turns(window: ReviewWindow) -> None:
    """What is chosen in the box is what is shown: one can get back to the other turns."""
    review = window.review
    assert review is not None
    box = window.transport.choice_box
    (name,) = {move.name for move in review.record.moves[2] if is_flag(move.name)}
    box.setCurrentIndex(box.findData(name))
    less = {turn: moves for turn, moves in review.record.moves.items() if turn != 2}
    less = {turn: tuple(one for one in moves if one.name != name) for turn, moves in less.items()}
    window.show_review(replace(review, record=replace(review.record, moves=less)), frozenset(), {})
    assert box.currentData() == ALL
    assert window.view.transcript.row_of_turn(0) is not None
    assert window.empty_label.isHidden()
