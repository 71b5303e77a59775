"""Public holidays of a country, from the ``holidays`` library (MIT), which works offline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

from coach.commitments.office import Office
from coach.errors import KnownError

YEARS_AHEAD = 3
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@lru_cache(maxsize=16)
def public_holidays(country: str, first_year: int) -> frozenset[dt.date]:
    """The days of that year and the next few. ``country`` is "GB", or with a part of it "GB-ENG", "US-CA".

    Raises ``KnownError`` ("holidays-unknown").
    """
    import holidays  # slow to load, and only needed where a country is set

    code, _, part = country.strip().upper().partition("-")
    years = range(first_year, first_year + YEARS_AHEAD + 1)
    try:
        return frozenset(holidays.country_holidays(code, subdiv=part or None, years=years))
    except NotImplementedError as error:
        raise KnownError(
            "holidays-unknown",
            f'There are no public holidays for "{country}". Give a country as in "GB", "GB-ENG" or "US-CA",'
            " or leave it empty and list the days you are closed.",
        ) from error


def office_of(
    opens: dt.time,
    closes: dt.time,
    working_days: Iterable[str],
    closed: Iterable[dt.date],
    country: str,
    today: dt.date,
) -> Office:
    """The office of the settings. Raises ``KnownError`` ("holidays-unknown")."""
    days = frozenset(DAY_NAMES.index(name) for name in working_days)
    off = frozenset(closed) | (public_holidays(country, today.year) if country.strip() else frozenset())
    return Office(opens, closes, days, off)
