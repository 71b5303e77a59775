"""What a bench needs besides Sameside, asked for before it works for minutes."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path


def libraries(*modules: str) -> None:
    """Ends the program, saying what to install, where one of them is missing."""
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if missing:
        raise SystemExit(f"This needs {', '.join(missing)}: pip install -e .[bench]")


def program(name: str, package: str) -> None:
    """Likewise for a program and the Debian package it is in."""
    if shutil.which(name) is None:
        raise SystemExit(f"This needs the program {name}: apt-get install {package}")


def peak_mb() -> float:
    """This program's own high-water mark of memory; ru_maxrss would count the one it was started from."""
    status = Path("/proc/self/status")
    for line in status.read_text(encoding="utf-8").splitlines() if status.exists() else ():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise SystemExit("This system does not tell a process's peak memory in /proc.")
