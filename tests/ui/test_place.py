"""Dates and times: as where the user lives, and in one language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from ui import text
from ui.place import own_locale
from ui.when import moment_text

AT = dt.datetime(2026, 11, 27, 16, 5, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def locale_after() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


def written(system: str, **environment: str) -> tuple[str, str]:
    """The long and the short form of the same moment where the system is set up so."""
    QLocale.setDefault(own_locale(QLocale(system), environment or {"LANG": f"{system}.UTF-8"}, "linux"))
    return moment_text(AT), text.date_text(AT.date())


@pytest.mark.parametrize(
    ("system", "long", "short"),
    [
        ("de_DE", "Friday, 27 November 2026, 16:05", "27/11/2026"),
        ("en_GB", "Friday, 27 November 2026, 16:05", "27/11/2026"),
        ("en_US", "Friday, November 27, 2026, 4:05 PM", "11/27/26"),
        ("ar_EG", "Friday, 27 November 2026, 4:05 pm", "27/11/2026"),
        ("pt_BR", "Friday, 27 November 2026, 16:05", "27/11/2026"),
        ("C", "Friday, 27 November 2026, 16:05", "27/11/2026"),
    ],
)
def test_a_moment_is_written_in_one_language_as_in_the_country(system: str, long: str, short: str) -> None:
    """English like the sentence around it, with the order and the clock of the place."""
    assert tuple(part.replace("\u202f", " ") for part in written(system)) == (long, short)


def test_the_country_of_the_clock_counts_where_it_is_another() -> None:
    """Many in Germany have English programs and a German clock: then the day comes first."""
    mixed = own_locale(QLocale("de_DE"), {"LANG": "en_US.UTF-8", "LC_TIME": "de_DE.UTF-8"}, "linux")
    assert mixed.name() == "en_DE"


def test_figures_are_as_in_the_country() -> None:
    """A comma is a comma where it is one, and no figure is of another script than its words."""
    written("de_DE")
    assert text.tenths(0.4) == "0,4 s"
    written("ar_EG")
    assert text.count_text(12, "flag", "flags") == "12 flags"


def test_an_english_system_stays_as_it_is_set_up() -> None:
    """Its own choices (a clock of 24 hours in America) are not undone."""
    system = QLocale("en_US")
    assert own_locale(system, {"LANG": "en_US.UTF-8", "LC_TIME": "C.UTF-8"}, "linux") is system
