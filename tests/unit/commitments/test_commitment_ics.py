"""Calendar files, line by line as RFC 5545 wants them, whatever was said."""

from __future__ import annotations

import datetime as dt
import re

from hypothesis import given
from hypothesis import strategies as st

from coach.commitments.calendar_file import calendar_file
from coach.events import Commitment, Due, Owner
from coach.values.follow_up import Followed, Step, StepKind

NOW = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
LEAD = dt.timedelta(minutes=10)
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200).filter(
    lambda text: text.strip()
)
DUES = st.sampled_from(
    [
        None,
        NOW + dt.timedelta(hours=5),
        dt.date(2026, 12, 24),
        (dt.date(2026, 12, 1), dt.date(2026, 12, 4)),
        (NOW + dt.timedelta(hours=1), NOW + dt.timedelta(hours=3)),
    ]
)


def followed(action: str, words: str, reference: str, due: Due, kept: bool) -> Followed:
    made = Commitment("p-1", action, Owner.AGENT, "then", due, False, words, 0, 61.0, 64.0)
    steps = (Step(StepKind.KEPT, NOW, action, due),) if kept else ()
    return Followed("c-1", made, NOW - dt.timedelta(days=1), "A call", reference, steps)


def logical(data: bytes) -> list[str]:
    """Content lines, unfolded."""
    return re.sub(r"\r\n[ \t]", "", data.decode()).split("\r\n")


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)


@given(TEXT, TEXT, TEXT, DUES, st.booleans())
def test_lines_are_folded_ended_and_escaped(
    action: str, words: str, reference: str, due: Due, kept: bool
) -> None:
    """No line is over 75 octets, each ends in CRLF, none cuts a character, and the text comes back whole."""
    data = calendar_file([followed(action, words, reference, due, kept)], NOW, LEAD, dt.UTC)
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert set(b"\r\n").isdisjoint(data.replace(b"\r\n", b""))
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    summaries = [line.split(":", 1)[1] for line in logical(data) if line.startswith("SUMMARY")]
    assert len(set(summaries)) == 1
    # A capital at the beginning is all that may differ.
    shown, wanted = " ".join(unescaped(summaries[0]).split()), " ".join(action.split())
    assert shown == wanted[:1].upper() + wanted[1:]


@given(DUES, st.booleans())
def test_every_component_has_what_the_standard_asks_for(due: Due, kept: bool) -> None:
    """Begin and end match; a UID and a stamp in UTC once in each; a start and an end with each event."""
    lines = logical(
        calendar_file([followed("call back", "I'll call back", "", due, kept)], NOW, LEAD, dt.UTC)
    )
    assert lines[0] == "BEGIN:VCALENDAR"
    assert {"VERSION:2.0", "PRODID:-//Sameside//Commitments//EN"} <= set(lines[:5])
    open_ones: list[tuple[str, list[str]]] = []
    uids = []
    for line in filter(None, lines):
        name, _, value = line.partition(":")
        if name == "BEGIN":
            open_ones.append((value, []))
        elif name == "END":
            kind, names = open_ones.pop()
            assert kind == value
            if kind in ("VEVENT", "VTODO"):
                assert (names.count("UID"), names.count("DTSTAMP")) == (1, 1)
                assert ("DTSTART" in names) is (kind == "VEVENT")
                assert names.count("DTEND") == names.count("DTSTART")
                assert not ("DUE" in names and "DURATION" in names)
            if kind == "VALARM":
                assert {"ACTION", "TRIGGER", "DESCRIPTION"} <= set(names)
        else:
            open_ones[-1][1].append(name.split(";")[0])
            if name == "UID":
                uids.append(value)
            if name == "DTSTAMP":
                assert re.fullmatch(r"\d{8}T\d{6}Z", value)
    assert open_ones == []
    assert len(set(uids)) == len(uids) == (1 if due is None else 2)


def test_hours_of_a_night_stand_where_they_begin() -> None:
    """Also where midnight is their end; what goes over days stands where it ends."""

    def begins(first: dt.datetime, last: dt.datetime) -> list[str]:
        data = calendar_file([followed("call", "words", "", (first, last), False)], NOW, LEAD, dt.UTC)
        return [line for line in logical(data) if line.startswith(("DTSTART", "DTEND"))]

    evening = NOW.replace(hour=22, minute=0)
    midnight = evening + dt.timedelta(hours=2)
    assert begins(evening, midnight) == ["DTSTART:20261124T220000Z", "DTEND:20261125T000000Z"]
    assert begins(evening, evening + dt.timedelta(hours=4))[0] == "DTSTART:20261124T220000Z"
    assert begins(evening, evening + dt.timedelta(hours=48))[0] == "DTSTART:20261126T220000Z"
