"""What is captured is read once for each place one talks in, and kept with its day."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coach.settings import CONSENT_TEXTS, Profile, Settings, load, save
from tests.fakes.desk import Desk, services, unopened_desk
from ui.dialogs.consent import _NOTES, POINTS, ConsentDialog

__all__ = ["services", "unopened_desk"]

TODAY = dt.date(2026, 11, 27)


def test_each_place_is_asked_about_once_and_its_day_is_kept(unopened_desk: Desk) -> None:
    """The first call at a place shows its own text; later ones, and places agreed to before, do not."""
    settings, readiness = unopened_desk.services.settings, unopened_desk.app.readiness
    settings.consent.first_run_done = False
    readiness._today = lambda: TODAY
    began: list[Profile] = []
    for profile, title in (
        ("headset", "Before your first call"),
        ("shop-floor", "Before your first call on the shop floor"),
        ("practice", "Before your first call for recorded practice"),
    ):
        settings.listening.profile = profile
        readiness.before_call(lambda profile=profile: began.append(profile))
        dialog = readiness.dialog
        assert isinstance(dialog, ConsentDialog)
        assert dialog.windowTitle() == title
        dialog.agree_button.click()
        unopened_desk.settle()
        readiness.before_call(lambda profile=profile: began.append(profile))
        assert readiness.dialog is None
        unopened_desk.settle()
        unopened_desk.settle()
    assert began == [profile for profile in get_args(Profile) for _ in range(2)]
    assert settings.consent.agreed_on == dict.fromkeys(get_args(Profile), TODAY)


def test_a_declined_text_leaves_the_other_places_as_they_were(unopened_desk: Desk) -> None:
    """Without agreement for the shop floor no call begins there; with a headset it does."""
    desk = unopened_desk
    settings = desk.services.settings
    settings.listening.profile = "shop-floor"
    desk.app.start()
    dialog = desk.app.readiness.dialog
    assert isinstance(dialog, ConsentDialog)
    dialog.later_button.click()
    desk.settle()
    assert desk.services.call is None
    settings.listening.profile = "headset"
    desk.start()


def test_the_text_can_be_read_again_with_its_day(qtbot: QtBot) -> None:
    """Later it has nothing to agree to, and says when it was."""
    dialog = ConsentDialog(profile="shop-floor", read_again=True, agreed_on=TODAY)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "27 November 2026" in dialog.agreed_label.text()
    assert not dialog.later_button.isVisible()


def test_the_first_text_asks_where_one_talks(unopened_desk: Desk) -> None:
    """Whoever stands at a counter agrees to the text for a counter, without finding the settings."""
    settings, readiness = unopened_desk.services.settings, unopened_desk.app.readiness
    settings.consent.first_run_done = False
    readiness._today = lambda: TODAY
    readiness.consented(lambda: None)
    dialog = readiness.dialog
    assert isinstance(dialog, ConsentDialog)
    dialog.places["shop-floor"].click()
    assert POINTS["shop-floor"][0][1] in shown(dialog)
    assert POINTS["headset"][0][1] not in shown(dialog)
    dialog.agree_button.click()
    unopened_desk.settle()
    assert settings.listening.profile == "shop-floor"
    assert settings.consent.agreed_on == {"shop-floor": TODAY}


def test_later_texts_do_not_ask_where(qtbot: QtBot) -> None:
    """There the place was chosen already, in the settings."""
    for dialog in (ConsentDialog(profile="practice", first=False), ConsentDialog(read_again=True)):
        qtbot.addWidget(dialog)
        assert dialog.places == {}


@pytest.mark.parametrize("profile", get_args(Profile))
def test_no_word_is_cut_after_another_place_was_chosen(qtbot: QtBot, profile: Profile) -> None:
    """The window takes the height of the text it shows now."""
    dialog = ConsentDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.places[profile].click()
    qtbot.waitUntil(lambda: POINTS[profile][0][1] in shown(dialog))
    for label in dialog.findChildren(QLabel):
        if label.wordWrap() and label.isVisible():
            assert label.height() >= label.heightForWidth(label.width()), label.text()


def shown(dialog: ConsentDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize("profile", get_args(Profile))
def test_no_word_of_it_is_cut(qtbot: QtBot, profile: Profile) -> None:
    """Every paragraph has the height its words need."""
    dialog = ConsentDialog(profile=profile)
    qtbot.addWidget(dialog)
    dialog.show()
    labels = [label for label in dialog.findChildren(QLabel) if label.wordWrap() and label.isVisible()]
    assert len(labels) >= len(POINTS[profile])
    for label in labels:
        assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_days_survive_a_restart(tmp_path: Path) -> None:
    """What was agreed to, and when, is in the settings file."""
    chosen = Settings()
    chosen.consent.agreed_on = {"shop-floor": TODAY}
    save(chosen, tmp_path / "settings.toml")
    kept = load(tmp_path / "settings.toml").consent
    assert kept.agreed_on == {"shop-floor": TODAY}
    assert kept.covers("shop-floor")
    assert not kept.covers("headset")


def test_who_agreed_before_days_were_kept_is_not_asked_about_the_headset_again() -> None:
    """There was one text then, and it was the headset's."""
    old = Settings()
    old.consent.first_run_done = True
    assert old.consent.covers("headset")
    assert not old.consent.covers("practice")


def test_a_text_that_changed_is_asked_about_before_the_next_call_there(
    unopened_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, with the day the earlier one was agreed to; the other places are left alone."""
    settings, readiness = unopened_desk.services.settings, unopened_desk.app.readiness
    settings.consent.agreed_on = {"headset": dt.date(2026, 3, 2), "shop-floor": dt.date(2026, 3, 3)}
    monkeypatch.setitem(CONSENT_TEXTS, "shop-floor", 2)
    readiness._today = lambda: TODAY
    began: list[Profile] = []
    readiness.before_call(lambda: began.append("headset"))
    unopened_desk.settle()
    settings.listening.profile = "shop-floor"
    for _ in range(2):
        readiness.before_call(lambda: began.append("shop-floor"))
        dialog = readiness.dialog
        if isinstance(dialog, ConsentDialog):
            assert dialog.windowTitle() == "What is captured on the shop floor has changed"
            assert "earlier text" in dialog.agreed_label.text()
            assert "March" in dialog.agreed_label.text()
            dialog.agree_button.click()
        unopened_desk.settle()
        unopened_desk.settle()
    assert began == ["headset", "shop-floor", "shop-floor"]
    assert settings.consent.agreed_on == {"headset": dt.date(2026, 3, 2), "shop-floor": TODAY}
    assert settings.consent.texts == {"shop-floor": 2}


def test_no_text_changes_unnoticed() -> None:
    """Whoever changes a text finds here that its number goes up where its meaning changed."""
    told = {
        profile: hashlib.sha256(repr((points, _NOTES[profile])).encode()).hexdigest()[:8]
        for profile, points in POINTS.items()
    }
    assert {profile: (CONSENT_TEXTS[profile], told[profile]) for profile in told} == {
        "headset": (1, "588e1a11"),
        "shop-floor": (1, "d18f896a"),
        "practice": (1, "7c6c9244"),
    }
