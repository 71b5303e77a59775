"""Countries and days off as people write them, not as a file does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from ui.settings.days_off import countries, country_code, country_name, days_of, days_text


@pytest.fixture(params=["en_GB", "en_US", "en_DE"])
def place(request: pytest.FixtureRequest) -> Iterator[str]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


def test_a_country_is_known_by_its_name(place: str) -> None:
    """Nobody has to know its code; who knows it may write it, with a part of the country too."""
    assert country_code("germany ") == "DE"
    assert country_code("United Kingdom") == "GB"
    assert country_code("GB-ENG") == "GB-ENG"
    assert country_code("Atlantis") == "Atlantis"
    assert country_name("DE") == "Germany"
    assert country_name("US-CA") == "US-CA"
    assert country_name("") == ""
    assert len(countries()) > 200


@pytest.mark.parametrize(
    "written", ["24 Dec 2026", "2026-12-24", "24 December 2026", " 24  dec 2026 ", "Dec 24 2026"]
)
def test_a_day_is_read_in_many_forms(place: str, written: str) -> None:
    """Whatever one is used to, the day is the same."""
    assert days_of(written) == [dt.date(2026, 12, 24)]


@pytest.mark.parametrize(
    ("place_", "written"),
    [("en_GB", "24/12/2026"), ("en_US", "12/24/26"), ("en_US", "12/24/2026"), ("en_IN", "24/12/2026")],
)
def test_a_day_in_figures_is_read_as_in_the_country(place_: str, written: str) -> None:
    """Twelve first in America, twenty-four first in Britain; two figures are a year of this century."""
    before = QLocale()
    QLocale.setDefault(QLocale(place_))
    try:
        assert days_of(written) == [dt.date(2026, 12, 24)]
    finally:
        QLocale.setDefault(before)


def test_a_year_that_is_written_out_stays_as_it_is(place: str) -> None:
    """Only two figures are taken for a year of this century."""
    assert days_of("24 Dec 1999, 1998-12-24") == [dt.date(1998, 12, 24), dt.date(1999, 12, 24)]


def test_what_is_shown_is_read_again_as_the_same(place: str) -> None:
    """Opening and leaving the page changes no day."""
    days = [dt.date(2026, 12, 24), dt.date(2027, 1, 2), dt.date(2027, 9, 30)]
    assert days_of(days_text(days)) == days
    assert days_of("") == []


@pytest.mark.parametrize("written", ["30 Feb 2026", "soon", "24 Dec 2026, never", "2026-02-30"])
def test_what_is_no_day_is_refused(place: str, written: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match=written.rsplit(", ", maxsplit=1)[-1]):
        days_of(written)
