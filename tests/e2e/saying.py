"""Reads a line aloud, again and again until it is ended; run as a program of its own.

``python -m tests.e2e.saying LINE`` says when it speaks, and why it stops.
"""

from __future__ import annotations

import sys
import threading

from coach.audio.system_voice import SystemVoice, find_voice
from coach.values.aloud import Speaker


def main() -> int:
    voice, waiting = SystemVoice(find_voice()), threading.Event()
    for _ in range(20):
        saying = voice.say(sys.argv[1], Speaker.WOMAN)
        print("speaking", flush=True)  # noqa: T201 - the parent reads it
        while saying.playback.playing:
            waiting.wait(0.05)
        saying.close()
        if saying.playback.problem is not None:
            print(f"stopped: {saying.playback.problem}", flush=True)  # noqa: T201
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
