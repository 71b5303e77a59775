"""How dates, times and numbers are written: as where the user lives, in the language of the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from PySide6.QtCore import QLocale

_SHORT = QLocale.FormatType.ShortFormat


def use_own_locale() -> None:
    """For the whole application, before the first window."""
    QLocale.setDefault(own_locale(QLocale.system(), os.environ, sys.platform))


def own_locale(system: QLocale, environment: Mapping[str, str], platform: str) -> QLocale:
    """English words, in the order, with the clock and the figures of the user's country.

    "Friday, 27 November 2026, 16:05" in Germany: with German names of days there would be two languages in
    one sentence, and in Arabic ones that run both ways. A system that speaks English stays as it is set up.
    """
    if system.language() is not QLocale.Language.C and system.dayName(1) == "Monday":
        return system
    place = system if platform in ("win32", "darwin") else QLocale(_time_locale(environment) or system.name())
    made = QLocale(QLocale.Language.English, place.territory())
    if made.territory() == place.territory():
        return made
    # Nobody has written down how English is written there: day before month, and the clock they have.
    twelve = "ap" in place.timeFormat(_SHORT).lower()
    return QLocale(QLocale.Language.English, QLocale.Country.World if twelve else QLocale.Country.Europe)


def _time_locale(environment: Mapping[str, str]) -> str:
    """What Unix takes for times: the first of these that is set."""
    return next((found for name in ("LC_ALL", "LC_TIME", "LANG") if (found := environment.get(name))), "")
