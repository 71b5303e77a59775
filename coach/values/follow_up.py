"""What becomes of a commitment after it was heard: values, and what keeps and gives them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Literal, Protocol

from coach.events import Answer, CallHeader, Commitment, Due, SummaryLine


class Concern(Enum):
    """Why a promise may not be kept as it was said; the most pressing first."""

    NO_SUCH_DATE = "no such date"
    PASSED = "passed"
    TOO_BIG = "too big"
    NO_OWNER = "no owner"
    NO_TIME = "no time"


@dataclass(frozen=True, slots=True)
class Heard:
    """A promise as the agent sees it while talking. ``when`` is empty where no time was said."""

    commitment_id: str
    what: str
    when: str
    concerns: tuple[Concern, ...]

    @property
    def chip(self) -> str:
        return f"{self.what} - {self.when}" if self.when else self.what


class State(Enum):
    """Where a commitment stands. ``DUE`` is its last day, ``RE_AGREED`` open again for another time."""

    OPEN = "open"
    RE_AGREED = "re-agreed"
    DUE = "due"
    OVERDUE = "overdue"
    KEPT_EARLY = "kept early"
    KEPT = "kept"
    KEPT_LATE = "kept late"
    BROKEN = "broken"


KEPT = frozenset({State.KEPT_EARLY, State.KEPT, State.KEPT_LATE})
SETTLED = KEPT | {State.BROKEN}


class StepKind(Enum):
    """What the agent did with a commitment; ``EDITED`` changes its words, the others what became of it."""

    KEPT = "kept"
    BROKEN = "broken"
    RE_AGREED = "re-agreed"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a commitment's history. ``action`` and ``due`` are those from then on.

    ``at`` carries a time zone. ``undone`` steps count for nothing, and are kept all the same.
    """

    kind: StepKind
    at: dt.datetime
    action: str
    due: Due
    id: int = 0
    undone: bool = False


Key = tuple[str, str]
"""The id of a call and that of a commitment in it."""

UNNAMED = "Call"
"""The title of a live call that nobody has named: it says nothing of whom it was with."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A commitment as it was heard, with its call and all that came of it, oldest step first.

    ``said_at`` is the end of its words on the wall clock, with the zone of the call. ``reference`` is who or
    what the call was about, as the agent noted it; ``title`` that of the call. ``told_for`` is the reminder
    that was given last, ``snoozed_until`` when to give another one.
    """

    call_id: str
    heard: Commitment
    said_at: dt.datetime
    title: str
    reference: str = ""
    steps: tuple[Step, ...] = ()
    told_for: dt.datetime | None = None
    snoozed_until: dt.datetime | None = None

    @property
    def key(self) -> Key:
        return self.call_id, self.heard.id

    @property
    def about(self) -> str:
        """Whom or what it is about: the reference, else the title of the call; empty where neither says."""
        return about_of(self.reference, self.title)

    @property
    def standing(self) -> tuple[Step, ...]:
        """The steps that were not taken back."""
        return tuple(step for step in self.steps if not step.undone)

    @property
    def dropped(self) -> bool:
        return self.heard.answer is Answer.DROPPED


def about_of(reference: str, title: str) -> str:
    return reference or ("" if title == UNNAMED else title)


@dataclass(frozen=True, slots=True)
class Reminder:
    """``at`` is the moment it is for; ``passed``: its time is over already, when it is given at ``now``."""

    followed: Followed
    at: dt.datetime
    passed: bool
    now: dt.datetime


@dataclass(frozen=True, slots=True)
class PastCall:
    """What is kept of an earlier call with somebody: its summary's lines, by the keys of their sections."""

    call_id: str
    title: str
    started_at: dt.datetime
    lines: tuple[tuple[str, SummaryLine], ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """What to know before the next contact: all that is open, what was settled last, and the last call."""

    about: str
    open: tuple[Followed, ...]
    settled: tuple[Followed, ...]
    last: PastCall | None
    calls: int


@dataclass(frozen=True, slots=True)
class DueRead:
    """A time as the agent wrote it, understood. ``due`` is None where no time is meant."""

    due: Due
    passed: bool = False


ExportFormat = Literal["ics", "csv", "text"]


@dataclass(frozen=True, slots=True)
class Week:
    """What became of the commitments of one week, by their last day. ``open`` are past it and not settled."""

    monday: dt.date
    kept: int = 0
    late: int = 0
    broken: int = 0
    open: int = 0

    @property
    def all(self) -> int:
        return self.kept + self.late + self.broken + self.open


class FollowUpStore(Protocol):
    """Keeps what became of commitments. Raises ``KnownError`` ("commitment-unknown", "step-unknown")."""

    def followed(self, call_ids: Sequence[str] | None = None) -> list[Followed]:
        """Every commitment of calls that are not deleted, dropped ones too; of these calls only, if given."""
        ...

    def keep_step(self, key: Key, step: Step) -> int: ...
    def set_step_undone(self, step_id: int, undone: bool) -> None: ...
    def answer_commitment(self, key: Key, answer: Answer) -> None: ...
    def set_reference(self, call_id: str, reference: str) -> None: ...
    def reference(self, call_id: str) -> str:
        """Empty where nobody gave one, and where there is no such call."""
        ...

    def note_reminded(self, told: Sequence[tuple[Key, dt.datetime]]) -> None:
        """For each commitment the moment its reminder was for; a snooze ends with it."""
        ...

    def snooze_reminder(self, key: Key, until: dt.datetime | None) -> None: ...
    def calls_about(self) -> list[tuple[str, str]]:
        """The id of every call and whom it was about, newest first; those without a name left out."""
        ...


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the room of commitments shows. ``clashes`` tell which other promise says otherwise."""

    now: dt.datetime
    all: tuple[Followed, ...]
    states: dict[Key, State] = field(default_factory=dict)
    clashes: dict[Key, Key] = field(default_factory=dict)
    weeks: tuple[Week, ...] = ()


class FollowUpServices(Protocol):
    """Commitments until they are kept. Methods raise ``KnownError``."""

    def heard(self, commitment: Commitment, header: CallHeader, moves: Sequence[str] = ()) -> Heard:
        """What is shown of a promise while the call runs; touches no disk."""
        ...

    def overview(self) -> Overview: ...
    def followed(self, key: Key) -> Followed | None:
        """One commitment as it stands; None where its call is not kept."""
        ...

    def settle(self, followed: Followed, kind: StepKind) -> int:
        """Kept or broken, now; returns the step by which that is taken back."""
        ...

    def change(self, followed: Followed, kind: StepKind, action: str, due: Due) -> int:
        """Re-agreed or edited."""
        ...

    def take_back(self, step_id: int) -> None: ...
    def do_again(self, step_id: int) -> None: ...
    def answer(self, key: Key, answer: Answer) -> None:
        """Confirm or drop a commitment of a call that is over; its summary follows."""
        ...

    def set_reference(self, call_id: str, reference: str) -> None: ...
    def reference(self, call_id: str) -> str: ...
    def read_due(self, words: str) -> DueRead:
        """Raises ``KnownError`` ("due-impossible", "due-unclear")."""
        ...

    def abouts(self) -> list[str]:
        """Whom calls were about, the latest first, each once."""
        ...

    def brief(self, about: str) -> Brief: ...
    def reminders(self) -> tuple[list[Reminder], dt.timedelta | None]:
        """Those to be given now, and how long it is to the next one."""
        ...

    def reminded(self, given: Sequence[Reminder]) -> None: ...
    def snooze(self, key: Key, minutes: int) -> None: ...
    def written(self, chosen: Sequence[Followed], form: ExportFormat) -> bytes: ...
    def export(
        self, chosen: Sequence[Followed], form: ExportFormat, path: Path, replace: bool = False
    ) -> None:
        """Raises ``KnownError`` ("file-exists", "file-no-room", "file-unwritable")."""
        ...
