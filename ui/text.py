"""Texts for people that several widgets share, and how times and dates are written."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime

from coach.events import CueEnd, Due, Owner
from coach.settings import CueLevel
from coach.taxonomy import own_title
from coach.values.follow_up import Concern
from ui.state import AppState

PRODUCT = "Sameside"
TAGLINE = "Come round to the same side of the table."

START = "Start"
PAUSE = "Pause"
BLACK_OUT = "Black out"
BLACK_OUT_S = 30
BLACKED_OUT = "Blacked out"
LISTEN_AGAIN = "Listen again"
RESUME = "Resume"
STOP = "Stop"
END_CALL = "End call"
SHOW_OVERLAY = "Show overlay"
LOCK_OVERLAY = "Lock overlay (clicks go through)"
OPEN_WINDOW = "Open Sameside"
QUIT = "Quit"
CLOSE = "Close"
CANCEL = "Cancel"
UNDO = "Undo"
IN_CALL = "in-call"
"""The code of what is not done during a call."""
NOT_IN_CALL = "Nothing is played during a call: its microphone would hear it."
TRY_AGAIN = "Try again"

WHY = "Why"
ANOTHER_LINE = "Another line"
SAID_IT = "Said it"
NOT_NOW = "Not now"
UNFAIR = "Unfair"
YOU_CALLED_UNFAIR = "You called this unfair"
NICELY_REPAIRED = "Nicely repaired"

CONFIRM = "Confirm"
CONFIRM_TIP = "You meant it: keep it as a commitment"
CONFIRMED = "Confirmed"
DROP = "Not a commitment"
DROP_TIP = "You promised nothing there: leave it out"
DROPPED = "Left out"
HEARD = "Commitment heard"

CONCERNS: dict[Concern, str] = {
    Concern.NO_SUCH_DATE: "There is no such day: say which one",
    Concern.PASSED: "That time is over: say a new one",
    Concern.TOO_BIG: "Not all in your hands: say what you will do",
    Concern.NO_OWNER: "Who will? Say a name",
    Concern.NO_TIME: "By when? Say a time",
}
"""What would make a promise good, in a few words."""

YOU_SAID = "You said"
NOT_SURE = "Not sure it was you"
NOT_JUDGED_TIP = "Moves and promises are only looked for in English, so nothing is said of these words."
NOT_SURE_TIP = "The voice was not clearly yours, so these words are marked instead of dropped."

STATE_NAMES: dict[AppState, str] = {
    AppState.IDLE: "Ready",
    AppState.PREPARING: "Getting ready",
    AppState.LISTENING: "Listening",
    AppState.PAUSED: "Not listening",
    AppState.NO_MICROPHONE: "No microphone",
    AppState.NOT_HEARING: "Not hearing you",
    AppState.TROUBLE: "Needs attention",
}

BUSY_MACHINE = "Busy machine"
BUSY_MACHINE_TIP = "This machine is busy, so a faster, rougher speech model is at work."
NO_CUES_LEFT = "Quiet for now"
CUES_OFF = "Cues off"

FLAGGED = "Flagged"
REPAIRED = "Repaired"

MOVE_NAMES: dict[str, str] = {
    "opposing": "Opposing",
    "convincing": "Convincing",
    "assuming": "Assuming",
    "blaming": "Blaming",
    "digging_past": "Digging up the past",
    "defensive": "Defending",
    "dismissing": "Dismissing",
    "delaying": "Putting off",
    "non_apology": "Hollow apology",
    "overpromising": "Promising too much",
    "selling": "Selling",
    "isolating": "Calling it a one-off",
    "thanking": "Thanking",
    "owning": "Owning a part",
    "apologising": "Apologising",
    "empathising": "Empathising",
    "reflecting": "Reflecting",
    "learning": "Asking to learn",
    "stating_intent": "Stating intent",
    "partnering": "Partnering",
    "asking_input": "Asking for input",
    "offering": "Offering",
    "explaining": "Explaining",
    "root_cause": "Going to the cause",
    "committing": "Committing",
}
"""What each move is called in front of people, by its name in ``coach.taxonomy``."""


def move_name(move: str) -> str:
    """What a move is called in front of people, one of their own included."""
    return MOVE_NAMES.get(move) or own_title(move)


CUE_ENDS: dict[CueEnd, str] = {
    CueEnd.REPAIRED: "Repaired",
    CueEnd.DISMISSED: "Not now",
    CueEnd.EXPIRED: "Passed by",
    CueEnd.UNFAIR: "Unfair",
    CueEnd.WITHDRAWN: "Taken back",
}

CUE_LEVELS: dict[CueLevel, str] = {
    "new": "New to it",
    "standard": "Standard",
    "quiet": "Quiet",
    "off": "Off",
}

OWNERS: dict[Owner, str] = {
    Owner.AGENT: "You",
    Owner.COMPANY: "Your company",
    Owner.CUSTOMER: "The customer",
}


def sources_text(sources: tuple[str, ...]) -> str:
    """``("A1", "E8")`` as "Sources A1, E8"; empty where there is none."""
    if not sources:
        return ""
    return f"{'Source' if len(sources) == 1 else 'Sources'} {', '.join(sources)}"


def clock(seconds: float) -> str:
    """Seconds of a call as m:ss, or h:mm:ss from one hour on; rounds down, never below 0:00."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


def spoken_clock(seconds: float) -> str:
    """The same for a screen reader: "2 minutes 5 seconds"."""
    minutes, left = divmod(max(0, int(seconds)), 60)
    parts = [f"{minutes} {'minute' if minutes == 1 else 'minutes'}"] if minutes else []
    parts.append(f"{left} {'second' if left == 1 else 'seconds'}")
    return " ".join(parts)


def tenths(seconds: float) -> str:
    """A short time to a tenth, as the user's locale writes it: "0.4 s"."""
    return f"{QLocale().toString(max(0.0, seconds), 'f', 1)} s"


def seconds(seconds: float) -> str:
    """A time in whole seconds below a minute ("12 s"), else as a clock ("2:05")."""
    return f"{round(seconds)} s" if seconds < 59.5 else clock(seconds)


def number(count: int) -> str:
    """As the user's locale writes it: "10,000"."""
    return QLocale().toString(count)


def count_text(count: int, one: str, many: str) -> str:
    """``count_text(2, "flag", "flags")`` is "2 flags"; the number as the user's locale writes it."""
    return f"{number(count)} {one if count == 1 else many}"


def date_text(day: dt.date, long: bool = False) -> str:
    """A day in the user's locale. A date-time is shown in its own zone's day."""
    style = QLocale.FormatType.LongFormat if long else QLocale.FormatType.ShortFormat
    return QLocale().toString(QDate(day.year, day.month, day.day), style)


def time_text(moment: dt.datetime) -> str:
    """The time of day in the user's locale, in the moment's own zone."""
    return QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)


def date_time_text(moment: dt.datetime) -> str:
    """Day and time of day in the user's locale, short, in the moment's own zone."""
    at = QDateTime(
        QDate(moment.year, moment.month, moment.day),
        QTime(moment.hour, moment.minute),
    )
    return QLocale().toString(at, QLocale.FormatType.ShortFormat)


def due_text(due: Due) -> str:
    """When a commitment is due, in the user's locale; "No time said" where nothing was said."""
    if due is None:
        return "No time said"
    if isinstance(due, tuple):
        return f"{due_text(due[0])} – {due_text(due[1])}"
    if isinstance(due, dt.datetime):
        return date_time_text(due)
    return date_text(due)
