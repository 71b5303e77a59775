"""Working days by the settings: own hours, own days, public holidays of a country."""

from __future__ import annotations

import datetime as dt

import pytest

from coach.commitments.due import find_due
from coach.commitments.public_holidays import office_of, public_holidays
from coach.errors import KnownError
from coach.settings import OfficeSettings

TODAY = dt.date(2026, 12, 23)
MONDAY_TO_FRIDAY = ("mon", "tue", "wed", "thu", "fri")


def test_christmas_is_no_business_day_where_the_country_is_set() -> None:
    """Two business days after the 23rd: Christmas, the weekend and the moved Boxing Day are not counted."""
    plain = office_of(dt.time(8), dt.time(17), MONDAY_TO_FRIDAY, (), "", TODAY)
    english = office_of(dt.time(8), dt.time(17), MONDAY_TO_FRIDAY, (), "gb-eng", TODAY)
    said_at = dt.datetime(2026, 12, 23, 10, 0)
    assert find_due("in two business days", said_at, plain)[0].due == dt.date(2026, 12, 25)
    assert find_due("in two business days", said_at, english)[0].due == dt.date(2026, 12, 29)


def test_days_closed_are_added_to_the_holidays() -> None:
    """The organisation's own closed days count as well."""
    office = office_of(dt.time(8), dt.time(17), MONDAY_TO_FRIDAY, [dt.date(2026, 12, 24)], "", TODAY)
    assert office.after(TODAY, 1) == dt.date(2026, 12, 25)


def test_holidays_reach_into_the_years_to_come() -> None:
    """A promise of today may be due next year."""
    assert dt.date(2028, 12, 25) in public_holidays("US", 2026)


@pytest.mark.parametrize("country", ["Atlantis", "GB-XYZ"])
def test_an_unknown_country_says_what_to_do(country: str) -> None:
    """A name that is no country is an error the user can act on."""
    with pytest.raises(KnownError, match="GB-ENG"):
        public_holidays(country, 2026)


def test_the_settings_are_the_conventions_until_changed() -> None:
    """Eight to five, Monday to Friday, no holidays."""
    kept = OfficeSettings()
    office = office_of(kept.opens, kept.closes, kept.working_days, kept.closed, kept.country, TODAY)
    assert (office.opens, office.closes, office.holidays) == (dt.time(8), dt.time(17), frozenset())
    assert office.working_days == frozenset(range(5))
