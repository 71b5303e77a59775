"""The file by which a Linux desktop knows the name of a program that asks it for something."""

from __future__ import annotations

import logging
import shutil
import sys
from pathlib import Path

from coach.errors import KnownError
from coach.machine.whole_files import write_whole
from coach.resources import asset

log = logging.getLogger(__name__)

APP_ID = "org.sameside.Sameside"
"""Portals take only names with a dot in them, and only those that a file of that name stands for."""


_ESCAPED = {ord(one): "\\\\" + one for one in '"`$'} | {ord("\\"): "\\" * 4, ord("%"): "%%"}
"""In a quoted word of ``Exec``: escaped once as an argument, and the escape once more as a string."""


def desktop_entry(program: Path) -> str:
    """No entry of a menu (``NoDisplay``): a name and a picture for the desktop's own windows."""
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=Sameside",
        "Comment=Written by Sameside, so that the desktop can name it when it asks about keys",
        f'Exec="{str(program).translate(_ESCAPED)}" app',
        f"Icon={asset('icons', 'logo.svg')}",
        "NoDisplay=true",
    )
    return "\n".join(lines) + "\n"


def put_up(data_home: Path) -> None:
    """Write the entry under ``data_home``, unless one is there. Where that fails, the portal will say so."""
    at = data_home / "applications" / f"{APP_ID}.desktop"
    beside = Path(sys.executable).with_name("sameside")
    program = beside if beside.exists() else shutil.which("sameside")
    if at.exists() or program is None:
        return
    try:
        at.parent.mkdir(parents=True, exist_ok=True)
        write_whole(at, desktop_entry(Path(program)), replace=False)
    except (KnownError, OSError) as error:
        log.warning("no name for the desktop: %s", error)
