"""Strategies and builders for the store's tests."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from coach.events import (
    Because,
    CallHeader,
    CallSource,
    CallSummary,
    Commitment,
    Cue,
    CueEnd,
    CueEnded,
    Due,
    Gap,
    Move,
    MovesFound,
    Owner,
    Recordable,
    Speaker,
    SummaryLine,
    SummarySection,
    Turn,
    Word,
)
from coach.store.key import StoreKey
from coach.taxonomy import MOVES

KEY = StoreKey("keyring", bytes(range(32)))
OTHER_KEY = StoreKey("keyring", bytes(32))
PASSPHRASE = StoreKey.from_passphrase("it's a kettle")
NOON = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))


def header(call_id: str = "c1", title: str = "A call", hours: int = 0) -> CallHeader:
    return CallHeader(call_id, NOON + dt.timedelta(hours=hours), CallSource.LIVE, title, "base")


def turn(index: int, text: str) -> Turn:
    return Turn(index, text, index * 10.0, index * 10.0 + 5.0)


def promise(name: str = "p1", owner: Owner = Owner.AGENT, due: Due = None) -> Commitment:
    return Commitment(name, "call back", owner, "soon", due, False, "I'll call you back", 0, 1.0, 2.0)


def cue(name: str = "q1", at_s: float = 6.0) -> Cue:
    because = Because("blaming", "you should have called", 0, ("A5", "B1"))
    return Cue(
        name, at_s, "owning", "Own a part", "Let me start again.", "It costs less.", because, ("Or so.",)
    )


def summary(call_id: str = "c1") -> CallSummary:
    line = SummaryLine("Own a part", 3.5, "you should have called", 0, "Not repaired")
    sections = (SummarySection("moments", "Moments", (line,)), SummarySection("try", "Try", ()))
    return CallSummary(call_id, "1 moment flagged.", sections, 12.5, 140.25, 4, 3)


_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_second = st.floats(0, 20_000, allow_nan=False).map(lambda value: round(value, 3))
_index = st.integers(0, 4)
_id = st.sampled_from(["a", "b", "c"])
_zones = st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=-7)), None])
_days = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))
_moments = st.one_of(_days, st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1), timezones=_zones))
_dues = st.one_of(st.none(), _moments, st.tuples(_moments, _moments))
_words = st.builds(Word, _text, _second, _second, st.floats(0, 1))
_moves = st.builds(
    Move, st.sampled_from(MOVES), st.floats(0, 1), st.tuples(st.integers(0, 9), st.integers(0, 30))
)
_because = st.builds(Because, st.sampled_from(MOVES), _text, _index, st.lists(_id, max_size=2).map(tuple))

items: st.SearchStrategy[Recordable] = st.one_of(
    st.builds(
        Turn,
        _index,
        _text,
        _second,
        _second,
        st.lists(_words, max_size=3).map(tuple),
        st.sampled_from(Speaker),
    ),
    st.builds(MovesFound, _index, st.lists(_moves, max_size=3).map(tuple)),
    st.builds(
        Cue, _id, _second, _text, _text, _text, _text, _because, st.lists(_text, max_size=2).map(tuple)
    ),
    st.builds(
        CueEnded,
        _id,
        _second,
        st.sampled_from(CueEnd),
        st.none() | st.sampled_from(MOVES),
        st.none() | _index,
    ),
    st.builds(
        Commitment,
        _id,
        _text,
        st.sampled_from(Owner),
        st.none() | _text,
        _dues,
        st.booleans(),
        _text,
        _index,
        _second,
        _second,
    ),
    st.builds(Gap, _second, _second, _text),
)
