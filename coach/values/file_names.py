"""Names of files, which may hold anything but a slash."""

from __future__ import annotations

import unicodedata

_TURN_ROUND = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Marks that turn round what follows: "\\u202egnp.wav" would be read as "vaw.png"."""


def shown_name(name: str) -> str:
    """A name, or a whole path, as it is shown: one line of text that reads as it is written.

    Bytes that are no text become question marks; line ends, tabs and the like become spaces.
    """
    text = name.encode("utf-8", "replace").decode().translate(_TURN_ROUND)
    return "".join(" " if unicodedata.category(one) in ("Cc", "Zl", "Zp") else one for one in text).strip()
