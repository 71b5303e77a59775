"""The console command ``sameside``: opens the window for ``app``, hands everything else to the engine."""

from __future__ import annotations


def main() -> int:
    raise SystemExit("being built")
