"""Days off as people write them: a country by its name, and days as in their country."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QLocale

_FORMS = ("yyyy-MM-dd", "d MMM yyyy", "d MMMM yyyy", "MMM d yyyy", "MMMM d yyyy")
_CENTURY = 2000
"""Where a year has two figures only, it is one from here on."""


@cache
def countries() -> dict[str, str]:
    """Codes by the names of their countries, in alphabetical order."""
    found = {}
    for country in QLocale.Country:
        code = QLocale.territoryToCode(country)
        if len(code) == 2 and code.isalpha():
            found[QLocale.territoryToString(country)] = code
    return dict(sorted(found.items()))


def country_code(written: str) -> str:
    """ "germany" as "DE"; a code, or what is no country, as it was written."""
    words = written.strip()
    plain = {name.casefold(): code for name, code in countries().items()}
    return plain.get(words.casefold(), words)


def country_name(code: str) -> str:
    """ "DE" as "Germany"; a part of a country, such as "GB-ENG", stays a code."""
    names = {known: name for name, known in countries().items()}
    return names.get(code.strip().upper(), code)


def days_text(days: Sequence[dt.date]) -> str:
    """ "24 Dec 2026, 2 Jan 2027"."""
    locale = QLocale()
    short = QLocale.FormatType.ShortFormat
    return ", ".join(f"{day.day} {locale.monthName(day.month, short)} {day.year}" for day in days)


def days_of(written: str) -> list[dt.date]:
    """The days of a list with commas, in order, each once. Raises ``ValueError`` where one is no day."""
    return sorted({_day(word) for part in written.split(",") if (word := " ".join(part.split()))})


def _day(word: str) -> dt.date:
    locale = QLocale()
    short = locale.dateFormat(QLocale.FormatType.ShortFormat)
    # Where a year is usually written in two figures, it may be written out all the same.
    forms = (*_FORMS, short, short if "yyyy" in short else short.replace("yy", "yyyy"))
    for form in forms:
        read = locale.toDate(word, form, _CENTURY)
        if read.isValid():
            return dt.date(read.year(), read.month(), read.day())
    raise ValueError(word)
