"""Summaries that are shared and read, as values. What keeps and gives them: ``coach.values.share_ports``."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

ENDING = "sameside"
"""How the names of shared files end."""

Kind = Literal["summary", "note", "receipt", "retired"]
"""``retired``: its sender no longer uses the key it is signed with."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whose card was taken in. ``key`` is the signing key, 32 bytes; ``reads``: what the user shares
    is sealed to them. The name is the one kept here, whatever their files say. ``retired``: they no longer
    use this key, so nothing that is signed with it is taken in, and nothing is sealed to it."""

    key: bytes
    seal_key: str
    name: str
    fingerprint: str
    reads: bool = False
    retired: bool = False
    words: str = ""
    """The fingerprint in twelve words."""


def told_apart(people: Iterable[Known]) -> dict[bytes, str]:
    """What each is called, by key. Where several go by one name, digits of their fingerprints say which is
    meant; whoever alone of them still uses their key goes by the bare name."""
    namesakes: defaultdict[str, list[Known]] = defaultdict(list)
    for one in people:
        namesakes[one.name.casefold()].append(one)
    return {one.key: _called(one, same) for same in namesakes.values() for one in same}


def _called(one: Known, same: Sequence[Known]) -> str:
    if len(same) == 1 or (not one.retired and sum(not other.retired for other in same) == 1):
        return one.name
    groups = [other.fingerprint.split() for other in same]
    enough = next(
        (few for few in range(1, 9) if len({*map(tuple, (g[:few] for g in groups))}) == len(same)), 8
    )
    digits = " ".join(one.fingerprint.split()[:enough])
    return f"{one.name} (earlier key {digits})" if one.retired else f"{one.name} ({digits})"


@dataclass(frozen=True, slots=True)
class Me:
    """The user's own public half; ``card`` is the line given to others, ``words`` the fingerprint so."""

    name: str
    key: bytes
    fingerprint: str
    card: str
    words: str


@dataclass(frozen=True, slots=True)
class KeptIdentity:
    """Both secret keys as the store keeps them."""

    name: str
    sign: bytes = field(repr=False)
    seal: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A file on its way to a folder, or there. ``call_id`` is None for what answers somebody else's share.

    ``sent_at`` is None while it waits; ``trouble`` is why the last try failed. ``hold_until``: not before.
    """

    id: int
    share_id: str
    kind: Kind
    call_id: str | None
    folder: str
    name: str
    made_at: dt.datetime
    hold_until: dt.datetime
    sent_at: dt.datetime | None = None
    trouble: str = ""


Left = Collection[str]
"""Ids of the lines that are left out."""

WHOLE_COMMENT = "comment"
"""In the place of a line's id: the comment on the whole call."""


@dataclass(frozen=True, slots=True)
class Note:
    """Words about one moment of a shared call. ``mine``: written here; else it came from ``person``.

    ``acknowledged_at`` is when the agent said it was read. ``at_s`` is the second of the call.
    """

    id: str
    share_id: str
    person: bytes
    mine: bool
    text: str
    at_s: float
    line_id: str
    made_at: dt.datetime
    acknowledged_at: dt.datetime | None = None

    @property
    def moment_s(self) -> float | None:
        """None where it is about the whole call, which is kept as second 0 of no line."""
        return self.at_s if self.at_s or self.line_id else None


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody opened a share of the user's."""

    person: bytes
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class SharedCall:
    """All that is known of one call of the user's that was shared, with the names of those who answered."""

    share_id: str = ""
    outgoing: tuple[Outgoing, ...] = ()
    opened: tuple[Opened, ...] = ()
    notes: tuple[Note, ...] = ()
    names: Mapping[bytes, str] = field(default_factory=dict)
    changed: bool = False
    """The summary no longer says what was shared of it."""

    @property
    def unread(self) -> int:
        return sum(not note.mine and note.acknowledged_at is None for note in self.notes)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of somebody's summary, as they made it. All of it is foreign text: plain words, never markup."""

    id: str
    subject: str
    text: str
    detail: str
    at_s: float
    turn: int
    evidence: str
    original: str = ""
    comment: str = ""
    contested: bool = False


@dataclass(frozen=True, slots=True)
class ReadSection:
    key: str
    title: str
    lines: tuple[ReadLine, ...]


@dataclass(frozen=True, slots=True)
class ReadTurn:
    turn: int
    start_s: float
    end_s: float
    text: str


@dataclass(frozen=True, slots=True)
class ReadFigures:
    talk_s: float
    words: int
    words_per_minute: float
    flags: int
    flags_repaired: int
    flags_contested: int
    repairs: int
    settled: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class ReadShare:
    """A summary somebody shared, its form checked. ``due``: when what was promised in it is due, without what
    was settled when it was shared.

    ``may_count``: its figures may be shown alone in a trend. ``heard``: the turns that came with sound.
    """

    title: str
    started_at: dt.datetime
    duration_s: float
    headline: str
    comment: str
    figures: ReadFigures
    sections: tuple[ReadSection, ...]
    turns: tuple[ReadTurn, ...]
    due: tuple[dt.date, ...] = ()
    may_count: bool = False
    heard: frozenset[int] = frozenset()

    @property
    def open_moments(self) -> bool:
        """Whether a moment that was not called unfair stayed without a repair."""
        return self.figures.flags - self.figures.flags_contested > self.figures.flags_repaired

    @property
    def moves(self) -> frozenset[str]:
        """The moves its moments and repairs are about."""
        return frozenset(
            line.subject
            for section in self.sections
            if section.key in ("moments", "repairs")
            for line in section.lines
            if line.subject
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A note that is written and not sent, and what it is about; without words there is none."""

    text: str = ""
    at_s: float = 0.0
    line_id: str = ""


@dataclass(frozen=True, slots=True)
class KeptShare:
    """A share as the store keeps it. ``words`` are what full-text search looks through, a line each.

    ``sound`` are the clips that came with it, by turn: given when it is put in, asked for one by one later.
    """

    person: bytes
    share_id: str
    made_at: dt.datetime
    started_at: dt.datetime
    folder: str
    sealed: bool
    body: Mapping[str, object]
    words: tuple[str, ...] = ()
    sound: Mapping[int, bytes] = field(default_factory=dict)
    id: int = 0
    opened: bool = False
    snippet: str = ""
    notes: int = 0
    draft: Draft = Draft()


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One row of the inbox. ``snippet``: see ``coach.values.hits``; ``sealed``: it came so."""

    id: int
    person: bytes
    share_id: str
    name: str
    folder: str
    sealed: bool
    opened: bool
    share: ReadShare
    snippet: str = ""
    notes: int = 0
    draft: Draft = Draft()


@dataclass(frozen=True, slots=True)
class Aside:
    """A file that was not taken in, and why. ``card``: of its sender, where only that is unknown."""

    id: int
    path: str
    code: str
    message: str
    noted_at: dt.datetime
    card: str = ""


NOT_READ = "not-read"
"""The code of summaries that were left alone while the user does not read summaries."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file in a folder that is read, as it stood when it was looked at."""

    path: str
    size_bytes: int
    modified_s: float


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look into the folders brought. ``not_mine``: sealed to others, or answers to others.
    ``retired``: people who no longer use the key they were known by. ``share_id``: the summary of a single
    file that was looked at by hand, new or here already."""

    summaries: int = 0
    notes: int = 0
    receipts: int = 0
    aside: int = 0
    not_mine: int = 0
    unreachable: tuple[str, ...] = ()
    retired: int = 0
    share_id: str = ""

    @property
    def news(self) -> bool:
        return bool(self.summaries or self.notes or self.receipts)


class Repaired(Enum):
    """A filter of the inbox."""

    ANY = "any"
    OPEN = "a moment left open"
    ALL = "all repaired"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the inbox is to show; what is not set does not matter.

    ``due_from``, ``due_by``: one and the same commitment is due from the one day to the other.
    """

    words: str = ""
    person: bytes | None = None
    since: dt.date | None = None
    move: str = ""
    repaired: Repaired = Repaired.ANY
    due_by: dt.date | None = None
    due_from: dt.date | None = None


@dataclass(frozen=True, slots=True)
class TrendWeek:
    """Sums over the calls of one week. ``people`` is how many agents they are from."""

    monday: dt.date
    people: int
    calls: int
    words: int
    flags: int
    repairs: int
    answered: int
    settled: int
    kept: int


@dataclass(frozen=True, slots=True)
class Trend:
    """Oldest week first. ``hidden`` counts weeks with calls of too few people to be shown."""

    weeks: tuple[TrendWeek, ...] = ()
    hidden: int = 0
