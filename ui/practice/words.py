"""What the room of practice says, and how days and places are called there."""

from __future__ import annotations

import datetime as dt

from coach.practice.drills import Drill
from coach.practice.judging import Verdict
from coach.values.practice_log import ExerciseKind
from ui import text

TODAY, QUIZ, WHAT_IF, ROLE_PLAY, PROGRESS = "today", "quiz", "what-if", "role-play", "progress"
TABS: dict[str, tuple[str, str]] = {
    TODAY: ("&Today", "practice"),
    QUIZ: ("&Quiz", "quiz"),
    WHAT_IF: ("What &if", "what-if"),
    ROLE_PLAY: ("&Role-play", "role-play"),
    PROGRESS: ("&Progress", "progress"),
}
"""Each part of the room: its name with the key, and its sign."""

VERDICTS: dict[Verdict, tuple[str, str, str]] = {
    Verdict.REPAIRED: ("That repairs it", "check", "repaired"),
    Verdict.ON_THE_WAY: ("On the way", "another", "accent"),
    Verdict.NOT_YET: ("Not yet", "flag", "flag"),
    Verdict.NOT_ENGLISH: ("Not judged", "why", "accent"),
    Verdict.NOTHING_SAID: ("Take your time", "why", "accent"),
}
"""Each verdict in words, with its sign and colour."""

EFFECTS = {"calms": "This calms", "holds": "This changes little", "heats": "This heats"}
ENDINGS = {"good": "It ended well", "so-so": "Part of the way", "bad": "That one got away"}
HEATS = ("At ease", "Calm", "Settling", "Tense", "Angry", "About to leave")
"""How hot the customer of a role-play is written to be, from 0 to 5."""


def trade_text(trade: str, setting: str) -> str:
    """ "Parcel, on the phone"."""
    name = "shop" if trade == "counter" else trade.replace("-", " ")
    return f"{name[:1].upper()}{name[1:]}, {'on the phone' if setting == 'phone' else 'at the counter'}"


def place_text(drill: Drill) -> str:
    """Where a drill comes from."""
    if drill.kind is ExerciseKind.OWN_TURN:
        place = drill.place
        if place is None or place.on is None:
            return "From your own call"
        return f"{place.title}, {text.date_text(place.on)}, at {text.clock(place.start_s)}"
    return trade_text(drill.trade, drill.setting)


def return_text(due: dt.datetime | None, today: dt.date) -> str:
    """When an exercise comes back, as people say it."""
    if due is None:
        return ""
    days = (due.date() - today).days
    if days <= 0:
        return "Comes back today."
    if days == 1:
        return "Comes back tomorrow."
    if days < 14:
        return f"Comes back in {days} days."
    return f"Comes back on {text.date_text(due.date())}."


def points_text(sources: tuple[str, ...], points: dict[str, str]) -> str:
    """ "A1 From opposition to partnership · E8 ..."; empty where there is no source."""
    return " · ".join(f"{one} {points.get(one, '')}".strip() for one in sources)
