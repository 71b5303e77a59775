"""How many processor cores this program may use."""

from __future__ import annotations

import os


def cores() -> int:
    """Of those the machine has, the ones it lets this process run on, where the system tells them apart."""
    mine = getattr(os, "sched_getaffinity", None)
    return len(mine(0)) if mine is not None else os.cpu_count() or 1
