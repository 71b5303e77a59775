"""Black out in the window: a button, a key, a countdown, and a gap in the transcript."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from coach.events import BlackedOut, BlackOutEnded, Gap, Level, SessionPaused
from coach.settings import PrivacySettings
from tests.fakes.desk import Desk, desk, services
from ui.live.items import GapItem, gap_text
from ui.settings.privacy_page import PrivacyPage

__all__ = ["desk", "services"]


def shown(desk: Desk) -> list[str]:
    return [banner.message_label.text() for banner in desk.window.banners.banners]


def test_the_button_and_the_key_ask_for_half_a_minute(desk: Desk) -> None:
    """One press is enough; the bar says what happens, and for how long still."""
    assert not desk.window.actions_.black_out.isEnabled()
    call = desk.start()
    desk.window.call_bar.black_out_button.click()
    desk.window.actions_.black_out.trigger()
    assert call.asked[-2:] == ["black out 30", "black out 30"]
    call.send(BlackedOut(10.0, 40.0), Level(14.5, -120.0, -120.0))
    desk.settle()
    [message] = shown(desk)
    assert message.startswith("Blacked out for 26 s")
    assert desk.window.call_bar.words() == "Blacked out"
    assert desk.window.status.message_label.text() == "Blacked out"


def test_listen_again_ends_it(desk: Desk) -> None:
    """It need not be waited for; then everything is as before."""
    call = desk.start()
    call.send(BlackedOut(10.0, 40.0))
    desk.settle()
    desk.window.banners.banners[0].action_button.click()
    assert call.asked[-1] == "end black-out"
    call.send(BlackOutEnded(20.0))
    desk.settle()
    assert shown(desk) == []
    assert desk.window.call_bar.words() == "Listening"
    assert desk.window.status.message_label.text() == "Listening"


def test_another_microphone_is_not_said_to_be_listened_to_while_nothing_is_heard(desk: Desk) -> None:
    """Blacked out or paused, the line at the bottom goes on to say so."""
    call = desk.start()
    call.send(BlackedOut(10.0, 40.0))
    desk.settle()
    desk.app._choose_microphone("alsa:laptop")
    assert call.asked[-1] == "use alsa:laptop"
    assert desk.window.status.message_label.text() == "Blacked out"
    desk.app.runner.pause()
    desk.settle()
    desk.app._choose_microphone("")
    assert call.asked[-1] == "use None"
    assert desk.window.status.message_label.text() == "Not listening"


def test_a_pause_takes_the_countdown_away(desk: Desk) -> None:
    """While paused nothing is heard anyway, and nobody counts."""
    call = desk.start()
    call.send(BlackedOut(10.0, 40.0), SessionPaused(12.0))
    desk.settle()
    assert shown(desk) == []


def test_the_gap_in_the_transcript_grows(desk: Desk) -> None:
    """It stands there from the press on, and once, with its length when it is over."""
    call = desk.start()
    call.send(Gap(10.0, 10.0, "blacked out"), Gap(10.0, 40.0, "blacked out"))
    desk.settle()
    model = desk.window.live.model
    items = [model.item_at(row) for row in range(model.rowCount())]
    assert [gap_text(item.gap) for item in items if isinstance(item, GapItem)] == ["Blacked out · 0:30"]
    assert gap_text(Gap(10.0, 10.0, "blacked out")) == "Blacked out"


def test_the_privacy_page_tries_a_sentence(qtbot: QtBot) -> None:
    """What is chosen is told, and the sentence shows at once what it does."""
    page = PrivacyPage(PrivacySettings())
    qtbot.addWidget(page)
    page.editor.setPlainText("Thanks, Mrs Kay, the PIN is 2580.")
    assert page.result.text() == "Thanks, Mrs Kay, the PIN is [PIN]."
    with qtbot.waitSignal(page.names_chosen) as chosen:
        page.names.click()
    assert chosen.args == [True]
    assert page.result.text() == "Thanks, [name], the PIN is [PIN]."
