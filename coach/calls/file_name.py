"""Names of exported files: they sort by time, and every file system takes them."""

from __future__ import annotations

import re
import unicodedata

from coach.events import CallHeader

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]')
_MOST_BYTES = 160
"""Of the title. File systems take 255 for the whole name; the rest is for the day, the ending, and copies."""


def file_name(header: CallHeader, ending: str) -> str:
    """ "2026-11-27 1405 Parcel that never came.html", at the time of the call where it was held."""
    # Controls, and marks that turn the direction of text: a name could look like another with them.
    plain = "".join(" " if unicodedata.category(sign).startswith("C") else sign for sign in header.title)
    title = " ".join(_NOT_IN_NAMES.sub(" ", plain).split())
    title = title.encode("utf-8", "ignore")[:_MOST_BYTES].decode("utf-8", "ignore").strip(". ") or "Call"
    return f"{header.started_at:%Y-%m-%d %H%M} {title}.{ending}"
