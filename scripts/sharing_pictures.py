"""Pictures of sharing: what would go, what came back, and the room Team, with real files in a folder."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path

from PySide6.QtTest import QTest

from coach.calls.shown import show
from coach.calls.summary import summarise
from coach.events import CallRecord
from coach.values.revisions import Revision, ShownSummary
from coach.values.shares import Trend, TrendWeek
from scripts.ear_pictures import Studio
from tests.fakes import past_calls, sample_call
from tests.fakes.services import FakeServices
from tests.unit.sharing.share_parts import Someone, two
from ui.app import App
from ui.settings.dialog import SHARING
from ui.text import MOVE_NAMES
from ui.window.main_window import TEAM

_NAMES = ("Bea Long", "Carl Reed", "Dora Abernathy", "Emil Marsh")
_COMMENT = "A hard start, and I think I turned it round in the end."


def take_sharing(studio: Studio) -> None:
    """Both sides at once, each in an app of their own."""
    with tempfile.TemporaryDirectory() as place:
        agent, reader = _people(Path(place))
        _take_agent(studio, agent)
        _take_reader(studio, reader)


def _people(place: Path) -> tuple[Someone, Someone]:
    agent, reader, folder = two(place)
    agent.record, agent.shown = sample_call.record(), _shown
    agent.store.finish(agent.record, summarise(agent.record, MOVE_NAMES))
    agent.sharing.share(agent.record.header.id)
    for name, record in zip(_NAMES, past_calls.records(), strict=False):
        other = Someone(place / name, record=record, shown=_shown)
        other.settings.folder = str(folder)
        other.sharing.make_me(name)
        other.sharing.add_person(replace(reader.known_as(), reads=True))
        other.store.finish(record, summarise(record, MOVE_NAMES))
        reader.sharing.add_person(other.known_as())
        other.sharing.share(record.header.id)
        other.store.close()
    reader.sharing.look()
    row = next(row for row in reader.sharing.inbox() if row.name == "Ann Agent")
    reader.sharing.open(row)
    line = next(section.lines[0] for section in row.share.sections if section.key == "moments")
    reader.sharing.write_note(row, "You heard this one yourself: well caught.", line.at_s, line.id)
    agent.sharing.look()
    # What a team's share may be called, in place of a folder that is gone in a moment.
    agent.settings.folder = "/srv/team/summaries"
    return agent, reader


_TREND = Trend(
    tuple(
        TrendWeek(dt.date(2026, 9, 28) + dt.timedelta(weeks=week), 5, *figures)
        for week, figures in enumerate(
            (
                # calls, words, flags, repairs, answered, settled, kept
                (9, 4300, 42, 61, 17, 12, 8),
                (11, 5200, 47, 80, 22, 14, 10),
                (8, 3900, 33, 66, 17, 9, 7),
                (10, 4800, 37, 90, 22, 12, 10),
                (12, 5600, 39, 115, 26, 15, 13),
                (10, 4700, 29, 104, 21, 13, 12),
                (11, 5100, 28, 121, 22, 12, 11),
                (9, 4400, 21, 109, 17, 11, 10),
            )
        )
    )
)


def _take_agent(studio: Studio, agent: Someone) -> None:
    app = _app(agent)
    app.window.show_summary(agent.record, summarise(agent.record, MOVE_NAMES))
    _settle(app)
    app.window.toast.put_away()
    studio.take(app.window, "shared-summary")
    app.team.sharing.ask()
    _settle(app)
    assert app.team.sharing.dialog is not None
    studio.take(app.team.sharing.dialog, "share-preview")
    app.team.sharing.dialog.reject()
    app.ear.open_settings(SHARING)
    _settle(app)
    settings = app.ear.settings.dialog
    assert settings is not None
    settings.resize(860, 720)
    studio.take(settings, "settings-sharing")
    settings.accept()
    _close(app)
    agent.store.close()


def _take_reader(studio: Studio, reader: Someone) -> None:
    app = _app(reader)
    page = app.window.team
    app.window.go_to(TEAM)
    _settle(app)
    page.rows[0].setFocus()
    page.rows[0].click()
    _settle(app)
    studio.take(app.window, "team")
    page.trend_button.click()
    _settle(app)
    # One week of five shares says nothing: what a team sees after some weeks.
    page.trend.show_trend(_TREND)
    page.trend_button.setFocus()
    _settle(app)
    studio.take(app.window, "team-trend")
    _close(app)
    reader.store.close()


def _shown(record: CallRecord) -> ShownSummary:
    return show(record, summarise(record, MOVE_NAMES), Revision(_COMMENT))


def _app(someone: Someone) -> App:
    services = FakeServices()
    services.sharing, services.settings.sharing = someone.sharing, someone.settings
    app = App(services)
    app.window.resize(1280, 800)
    app.window.show()
    return app


def _settle(app: App) -> None:
    QTest.qWait(50)
    while app.team.sharing.background.busy or app.background.busy:
        QTest.qWait(10)
    QTest.qWait(50)


def _close(app: App) -> None:
    app.closing.quit()
    QTest.qWait(50)
