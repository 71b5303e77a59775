"""Pictures of the room of commitments, filled with promises that stand in every way they can."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from coach.events import Commitment, Due, Owner
from coach.values.follow_up import Step, StepKind
from scripts.ear_pictures import Studio
from tests.fakes import sample_call
from tests.fakes.services import FakeServices
from ui.window.main_window import COMMITMENTS

_BOILER = "boiler"
_WEEKS = 11
_TOLD = "I'll send the invoice again in two days"


def _at(day: int, hour: int) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, tzinfo=sample_call.ZONE)


def _promise(name: str, action: str, due: Due, words: str, owner: Owner = Owner.AGENT) -> Commitment:
    conditional = words.startswith("If")
    return Commitment(name, action, owner, None, due, conditional, words, 8, 160.3, 177.5)


def _keep(services: FakeServices, call_id: str, title: str, at: dt.datetime, *made: Commitment) -> None:
    record = sample_call.record(call_id)
    record.header = replace(record.header, title=title, started_at=at)
    record.commitments = list(made)
    services.memory.calls[call_id] = (record, sample_call.summary())


def fill(services: FakeServices) -> None:
    """One promise past its time, some for today and later, two that differ, and eleven weeks before."""
    contract = _promise("p-1", "email the new contract", dt.date(2026, 11, 23), "I'll email it to you today")
    _keep(services, "contract", "Call", _at(23, 11), contract)
    services.kept.references["contract"] = "Mr Okafor, contract 4117"
    engineer = "If the part is here we'll send an engineer this afternoon"
    _keep(
        services,
        _BOILER,
        "Boiler that will not start",
        _at(24, 9),
        _promise("p-1", "send an engineer", (_at(24, 12), _at(24, 18)), engineer, Owner.COMPANY),
        _promise("p-2", "call you back", (_at(25, 8), _at(25, 12)), "I'll call you back tomorrow morning"),
        _promise("p-3", "ring you back", _at(26, 9), "I'll ring you back at nine on Thursday"),
        _promise("p-4", "send a photo of the display", None, "If you could send us a photo", Owner.CUSTOMER),
    )
    again = Step(StepKind.RE_AGREED, _at(24, 9), "call you back", (_at(25, 8), _at(25, 12)))
    services.kept.keep_step((_BOILER, "p-2"), again)
    for week in range(_WEEKS):
        for number in range((week * 7) % 4 + 1):
            _past(services, week, number)


def _past(services: FakeServices, week: int, number: int) -> None:
    call_id, at = f"week-{week}-{number}", _at(24, 10) - dt.timedelta(days=7 * week + 9)
    due = at + dt.timedelta(days=2)
    made = _promise("p-1", "send the invoice again", due, _TOLD)
    _keep(services, call_id, f"Order {4100 + week * 10 + number}", at, made)
    kind = StepKind.BROKEN if (week, number) == (3, 1) else StepKind.KEPT
    settled = at + dt.timedelta(days=3 if (week + number) % 5 == 0 else 1)
    services.kept.keep_step((call_id, "p-1"), Step(kind, settled, made.action, due))


def take_commitments(studio: Studio) -> None:
    """The room with a promise chosen; the store is as it was afterwards."""
    window, kept = studio.desk.window, dict(studio.services.memory.calls)
    fill(studio.services)
    window.go_to(COMMITMENTS)
    studio.wait(lambda: window.commitments.model.row_of((_BOILER, "p-2")) is not None)
    window.commitments.choose((_BOILER, "p-2"))
    studio.settle()
    studio.take(window, "commitments")
    studio.services.memory.calls.clear()
    studio.services.memory.calls.update(kept)
    studio.services.kept.steps.clear()
    studio.services.kept.references.clear()
    studio.desk.commitments.desk.refresh()
