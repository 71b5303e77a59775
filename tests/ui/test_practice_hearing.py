"""A turn of one's own is heard again where its recording is still there."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import KnownError
from coach.practice.drills import Drill
from coach.values.reviewing import Recording
from tests.fakes.desk import Desk, desk, services
from tests.fakes.review import FakePlayer
from tests.fakes.services import FakeServices
from ui.practice.answer_box import Mouth
from ui.window.main_window import NOW, PRACTICE

__all__ = ["desk", "services"]


@pytest.fixture
def recorded(services: FakeServices, tmp_path: Path) -> Path:
    """Every call has the same recording."""
    path = tmp_path / "call.wav"
    path.write_bytes(b"sound")
    size, modified_s = path.stat().st_size, path.stat().st_mtime
    for call_id in services.memory.calls:
        services.review.store.keep_recording(Recording(call_id, str(path), size, modified_s, ""))
    return path


def begin(desk: Desk) -> Drill:
    desk.window.go_to(PRACTICE)
    desk.settle()
    desk.settle()
    desk.window.practice.today.started.emit(0)
    desk.settle()
    return desk.window.practice.drill.drill


def playing(desk: Desk) -> FakePlayer:
    desk.window.practice.drill.hear_button.click()
    assert desk.app.practice.hearing.playing
    return desk.services.review.players[-1]


def test_a_turn_is_played_from_its_first_word_to_its_last(recorded: Path, desk: Desk) -> None:
    """One press plays the turn, a second stops; at its end the button offers it again."""
    drill = begin(desk)
    button = desk.window.practice.drill.hear_button
    assert not button.isHidden()
    assert drill.place is not None
    player = playing(desk)
    assert player.path == recorded
    _, start_s, end_s, loop = player.asked[0]
    assert start_s <= drill.place.start_s <= drill.place.end_s <= end_s
    assert not loop
    assert button.text() == "St&op"
    button.click()
    desk.settle()
    assert player.closed
    assert button.text() == "H&ear it"
    again = playing(desk)
    again.reach(drill.place.end_s, playing=False)
    desk.qtbot.waitUntil(lambda: button.text() == "H&ear it")


@pytest.mark.parametrize("state", ["gone", "none"])
def test_without_its_recording_a_turn_is_only_read(
    services: FakeServices, recorded: Path, desk: Desk, state: str
) -> None:
    """No button that would do nothing."""
    if state == "gone":
        recorded.unlink()
    else:
        services.review.store.recordings.clear()
    begin(desk)
    assert desk.window.practice.drill.hear_button.isHidden()


def test_a_missing_loudspeaker_is_told(services: FakeServices, recorded: Path, desk: Desk) -> None:
    """The reason stands in a banner; the drill goes on."""
    services.review.no_output = KnownError("no-output", "There is no loudspeaker. Plug one in.")
    begin(desk)
    desk.window.practice.drill.hear_button.click()
    desk.qtbot.waitUntil(lambda: bool(desk.window.banners.banners))
    assert desk.window.banners.banners[0].code == "no-output"
    assert not desk.app.practice.hearing.playing


def test_nothing_plays_on_behind_ones_back(recorded: Path, desk: Desk) -> None:
    """Speaking an answer, going on, another room and a call each end it."""
    begin(desk)
    page = desk.window.practice.drill
    for leave in (page.box.toggle_speaking, page.go_on, lambda: desk.window.go_to(NOW), desk.start):
        desk.window.go_to(PRACTICE)
        desk.settle()
        player = playing(desk)
        leave()
        desk.settle()
        assert player.closed
        page.box.leave()
    desk.stop()


def test_leaving_the_room_lets_go_of_the_microphone(desk: Desk) -> None:
    """What is said while one looks at another room is no answer."""
    begin(desk)
    box = desk.window.practice.drill.box
    box.toggle_speaking()
    desk.settle()
    desk.window.go_to(NOW)
    assert box.mouth is Mouth.SHUT
    assert desk.services.answers[-1].stopped


def test_nothing_is_played_into_an_answer_that_is_spoken(recorded: Path, desk: Desk) -> None:
    """The microphone would write it down as the answer; what is said so far stays."""
    begin(desk)
    page = desk.window.practice.drill
    page.box.toggle_speaking()
    desk.settle()
    page.hear_button.click()
    assert not desk.app.practice.hearing.playing
    assert "Finish your answer first" in desk.window.toast.message_label.text()
    assert page.box.mouth is not Mouth.SHUT
    page.box.leave()
