"""What the organisation laid down is shown with its value, off, and said so to eyes and screen readers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from coach.errors import KnownError
from coach.organisation import ANY, AT_MOST, ONLY, apply, read_policy
from coach.settings import SET_BY
from tests.fakes.cut_off import assert_whole
from tests.fakes.desk import Desk, services, unopened_desk
from tests.fakes.services import FakeServices
from ui.calls.desk import CODE
from ui.dialogs.consent import ConsentDialog
from ui.ear.measuring import Measuring
from ui.settings.dialog import PRIVACY, SettingsDialog

__all__ = ["services", "unopened_desk"]

Fields = Callable[[SettingsDialog], Iterable[QWidget]]
FIELDS: dict[str, Fields] = {
    "listening.model": lambda d: (d.recognition.models, d.recognition.measure_button),
    "listening.threads": lambda d: (d.recognition.threads,),
    "listening.profile": lambda d: d.microphone.group.buttons(),
    "listening.own_voice_only": lambda d: (d.voice.own_voice,),
    "listening.other_talk_time": lambda d: (d.voice.talk_time,),
    "listening.start_by_speech": lambda d: (d.microphone.by_speech,),
    "listening.end_after_quiet_minutes": lambda d: (d.microphone.quiet_end,),
    "appearance.overlay_private": lambda d: (d.overlay.private,),
    "keys.enabled": lambda d: (d.overlay.keys_on, *d.overlay.edits.values()),
    "privacy.hide_names": lambda d: (d.privacy.names,),
    "privacy.hide_references": lambda d: (d.privacy.references,),
    "office.opens": lambda d: (d.commitments.opens,),
    "office.closes": lambda d: (d.commitments.closes,),
    "office.working_days": lambda d: d.commitments.days.values(),
    "office.country": lambda d: (d.commitments.country,),
    "office.closed": lambda d: (d.commitments.closed,),
    "sharing.folder": lambda d: (d.sharing.folder_button, d.sharing.no_folder_button),
    "sharing.seal": lambda d: (d.sharing.seal,),
    "sharing.rule": lambda d: (d.sharing.rule,),
    "sharing.sound": lambda d: (d.sharing.sound,),
    "sharing.count_alone": lambda d: (d.sharing.count_alone,),
    "sharing.team_room": lambda d: (d.sharing.team_room,),
    "sharing.tell_opened": lambda d: (d.sharing.tell_opened,),
    "sharing.team_folders": lambda d: (d.sharing.watch_button,),
    "local_model.enabled": lambda d: (d.model.enabled,),
    "practice.customers_speak": lambda d: (d.practice.speak,),
    "practice.model_customers": lambda d: (d.practice.model,),
}
FIELDLESS = {"listening.language", "cues.playbook", "sharing.mount"}
"""Settings without a field in the window."""
VALUES = {
    "listening.model": "'base'",
    "listening.threads": "2",
    "listening.end_after_quiet_minutes": "5",
    "office.opens": "07:30:00",
    "office.closes": "16:00:00",
    "office.working_days": "['mon', 'tue']",
    "office.country": "'GB-ENG'",
    "office.closed": "[2026-12-24]",
    "sharing.folder": "'/mnt/team'",
    "sharing.mount": "'/mnt'",
    "sharing.team_room": "true",
    "sharing.team_folders": "['/mnt/one']",
}


def lay_down(services: FakeServices, folder: Path, *names: str) -> None:
    def value(name: str) -> str:
        only = ONLY[name][0] if name in ONLY else None
        return VALUES.get(name) or (f"'{only}'" if isinstance(only, str) else str(only).lower())

    path = folder / "policy.toml"
    path.write_text("\n".join(f"{name} = {value(name)}" for name in names), encoding="utf-8")
    policy = read_policy(path)
    assert policy.trouble is None
    apply(policy, services.settings)


class Windows(QObject):
    """Which were shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: set[QObject] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.add(watched)
        return False


@pytest.fixture
def opened(services: FakeServices) -> Iterator[Callable[[], SettingsDialog]]:
    """The settings window over what was laid down by then."""
    made = []

    def open_() -> SettingsDialog:
        dialog = SettingsDialog(services.settings)
        dialog.practice.show_voice("Test voice")
        made.append(dialog)
        dialog.show()
        return dialog

    yield open_
    for dialog in made:
        dialog.accept()


def lines(page: QWidget) -> list[QLabel]:
    """Those that say whose choice it was."""
    return [one for one in page.findChildren(QLabel) if SET_BY in one.text() and not one.isHidden()]


def test_every_name_has_its_field_or_none() -> None:
    """What can be laid down is shown to be so wherever it could be changed."""
    assert FIELDS.keys() | FIELDLESS == (ANY | ONLY.keys() | AT_MOST) - {"privacy.keep_days"}


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_that_was_laid_down_is_off_and_says_so(
    qapp: QApplication,
    services: FakeServices,
    tmp_path: Path,
    opened: Callable[[], SettingsDialog],
    name: str,
) -> None:
    """Its value is to be read, and the line stands by it; without a policy there is no such line anywhere."""
    before = opened()
    assert lines(before) == []
    if name != "appearance.overlay_private":  # off anyway where the system cannot do it
        assert next(iter(FIELDS[name](before))).isEnabled()
    lay_down(services, tmp_path, name)
    dialog = opened()
    dialog.overlay.show_keys("", {})
    dialog.recognition.show_measuring(False)
    fields = list(FIELDS[name](dialog))
    assert fields
    assert not any(field.isEnabled() for field in fields)
    assert SET_BY in fields[0].accessibleDescription()
    assert len(lines(dialog)) == 1


def test_how_long_calls_are_kept_offers_no_more_than_the_limit(
    services: FakeServices, opened: Callable[[], SettingsDialog]
) -> None:
    """Less is the agent's to choose; the limit is said beside it."""
    services.settings.privacy.lay_down_most("keep_days", 100)
    page = opened().privacy
    assert [page.keeping.itemData(row) for row in range(page.keeping.count())] == [30, 90, 100]
    assert page.keeping.currentData() == 100
    assert page.keeping.isEnabled()
    (line,) = lines(page)
    assert line.text() == f"{SET_BY} At most 100 days."
    assert page.keeping.accessibleDescription() == line.text()


def test_old_calls_go_by_the_limit_in_its_name(unopened_desk: Desk, services: FakeServices) -> None:
    """Not as if the agent had chosen it."""
    unopened_desk.app.desk._now = lambda: dt.datetime(2027, 6, 1, 9, tzinfo=dt.UTC)
    for record, _summary in services.memory.calls.values():
        record.commitments.clear()
    services.settings.privacy.lay_down_most("keep_days", 30)
    unopened_desk.open()
    (banner,) = [one for one in unopened_desk.window.banners.banners if one.code == CODE]
    assert "older than 30 days deleted, as your organisation set it." in banner.message_label.text()


def test_what_is_wrong_with_a_policy_is_told_at_the_start(
    unopened_desk: Desk, services: FakeServices
) -> None:
    """And the app goes on."""
    services.policy_trouble = KnownError("policy-wrong", "Not all that your organisation set counts.")
    unopened_desk.open()
    (banner,) = [one for one in unopened_desk.window.banners.banners if one.code == "policy-wrong"]
    assert banner.message_label.text() == services.policy_trouble.message
    unopened_desk.start()
    unopened_desk.stop()


def test_a_model_that_was_laid_down_is_not_measured_away(
    qtbot: QtBot, services: FakeServices, tmp_path: Path
) -> None:
    """The first steps offer to measure, too."""
    lay_down(services, tmp_path, "listening.model")
    parent = QObject()
    measuring = Measuring(services, parent)
    with qtbot.waitSignal(measuring.failed) as caught:
        measuring.start()
    assert SET_BY in caught.args[0].message
    assert not measuring.running
    parent.deleteLater()


def test_the_first_question_does_not_ask_what_was_laid_down(
    unopened_desk: Desk, services: FakeServices, tmp_path: Path
) -> None:
    """The text is that of the shop floor, agreed to as everywhere."""
    lay_down(services, tmp_path, "listening.profile")
    services.settings.consent.first_run_done = False
    unopened_desk.open()
    question = unopened_desk.app.readiness.dialog
    assert isinstance(question, ConsentDialog)
    assert (question.profile, question.places) == ("shop-floor", {})
    question.agree_button.click()
    unopened_desk.settle()
    assert services.settings.consent.covers("shop-floor")


def test_the_switch_in_practice_is_off_too(
    qtbot: QtBot, qapp: QApplication, services: FakeServices, tmp_path: Path
) -> None:
    """What the settings do not offer, the room does not either."""
    lay_down(services, tmp_path, "practice.customers_speak")
    services.aloud.name = "Test voice"
    desk = Desk(qtbot, services)
    switch = desk.window.practice.speak_switch
    assert not switch.isHidden()
    assert not switch.isEnabled()
    assert SET_BY in switch.toolTip()
    assert SET_BY in switch.accessibleDescription()
    desk.close()


def test_no_line_is_shown_before_its_page_is(
    qapp: QApplication, services: FakeServices, tmp_path: Path, opened: Callable[[], SettingsDialog]
) -> None:
    """Each would be a window of its own, for a moment, in the corner of the screen."""
    watch = Windows()
    qapp.installEventFilter(watch)
    lay_down(services, tmp_path, *FIELDS)
    dialog = opened()
    qapp.removeEventFilter(watch)
    assert watch.shown == {dialog}


def test_a_folder_can_be_chosen_where_only_its_mount_was_laid_down(
    services: FakeServices, tmp_path: Path, opened: Callable[[], SettingsDialog]
) -> None:
    """The organisation says where the share is mounted, the agent which folder of it is theirs."""
    lay_down(services, tmp_path, "sharing.mount")
    page = opened().sharing
    page._choose_folder(str(tmp_path))
    assert (services.settings.sharing.folder, services.settings.sharing.mount) == (str(tmp_path), "/mnt")
    assert page.folder_label.text() == str(tmp_path)


def test_with_everything_laid_down_no_page_is_cut_off(
    qtbot: QtBot, services: FakeServices, tmp_path: Path, opened: Callable[[], SettingsDialog]
) -> None:
    """At the smallest the window gets."""
    lay_down(services, tmp_path, *FIELDS)
    services.settings.privacy.lay_down_most("keep_days", 30)
    dialog = opened()
    dialog.resize(dialog.minimumSize())
    for page in dialog.pages:
        dialog.go_to(page)
        assert_whole(qtbot, dialog)
    dialog.go_to(PRIVACY)
    assert len(lines(dialog.privacy)) == 3
