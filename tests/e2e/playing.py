"""Plays a recording over and over until it is ended; run as a program of its own.

``python -m tests.e2e.playing FILE FROM_S UNTIL_S SPEED`` says when it plays, and why it stops.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from coach.audio.player import Player


def main() -> int:
    path, from_s, until_s, speed = sys.argv[1:]
    player = Player(Path(path))
    player.set_speed(float(speed))
    player.play(float(from_s), float(until_s), loop=True)
    waiting, told = threading.Event(), False
    while player.playback.playing:
        waiting.wait(0.05)
        if not told and player.playback.at_s > float(from_s):
            told = True
            print("playing", flush=True)  # noqa: T201 - the parent reads it
    print(f"stopped: {player.playback.problem}", flush=True)  # noqa: T201
    player.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
