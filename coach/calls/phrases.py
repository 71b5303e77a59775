"""The summary's words for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from coach.events import Due, Moment, Owner
from coach.taxonomy import is_own, own_title

SECTION_TITLES = {
    "about": "What it was about",
    "moments": "Moments to look at",
    "repairs": "Repairs you used",
    "missing": "What did not come up",
    "suggestions": "What the customer asked for or suggested",
    "commitments": "Commitments",
    "keep": "Keep doing",
    "try": "One thing to try",
}
"""The summary's sections in their order."""

FLAG_TEXTS = {
    "no_apology": ("No personal apology was heard.", "A short one for what happened opens the way."),
    "no_commitment": ("No next step was promised.", "Say what happens next, who does it, and by when."),
    "no_ask": (
        "The customer was not asked what they would like.",
        "What they want is often close to what you can do.",
    ),
    "no_root_cause": (
        "The cause did not come up.",
        "Say how it will be kept from happening again, or that you will find out.",
    ),
    "monologue": ("One turn ran long without a question.", "Stop sooner, and ask what matters most to them."),
    "perks_alone": (
        "Goodwill was offered without an apology or a solution.",
        "A gesture counts more once the problem itself is answered.",
    ),
}
"""For each whole-call flag: what was missing, and what would help."""

OWNERS = {Owner.AGENT: "You", Owner.COMPANY: "Your company", Owner.CUSTOMER: "The customer"}

# The system's locale would translate strftime's names, and nothing else on the page.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def clock(at_s: float) -> str:
    """Seconds as m:ss or h:mm:ss."""
    minutes, seconds = divmod(int(at_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def title_of(move: str, titles: Mapping[str, str]) -> str:
    return titles.get(move) or (own_title(move) if is_own(move) else move.replace("_", " ").capitalize())


def counted(number: int, one: str) -> str:
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def headline(turns: int, raised: int, repaired: int, promised: int) -> str:
    if turns == 0:
        return "Nothing was said in this call."
    flagged = f"{counted(raised, 'moment')} flagged, {repaired} repaired" if raised else "Nothing flagged"
    return f"{flagged}, {counted(promised, 'commitment')}." if promised else f"{flagged}."


def moment_words(moment: Moment) -> str:
    day = f"{_DAYS[moment.weekday()]} {moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    return f"{day}, {moment:%H:%M}" if isinstance(moment, dt.datetime) else day


def due_words(due_text: str | None, due: Due) -> str:
    """What was said of the time, with the date it means in brackets."""
    if due is None:
        return due_text or "no date said"
    if isinstance(due, tuple):
        resolved = " to ".join(dict.fromkeys(moment_words(moment) for moment in due))
    else:
        resolved = moment_words(due)
    return f"{due_text} ({resolved})" if due_text else resolved
