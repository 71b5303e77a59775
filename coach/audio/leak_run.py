"""The leak check on real devices: listens to the room, plays the probe, and has what was heard judged."""

from __future__ import annotations

import numpy as np

from coach.audio.leak_check import LONGEST_DELAY_S, PROBE_S, judge_leak, make_probe
from coach.audio.loudspeaker import Loudspeaker
from coach.audio.microphone import Microphone
from coach.audio.portaudio import PortAudio
from coach.events import SAMPLE_RATE_HZ, Samples
from coach.ports import AudioSource, LeakVerdict, Progress

SETTLE_S = 0.4
"""The first moments of a microphone are not its room: gain and noise suppression find their level."""
ROOM_S = 0.8
SOUND_S = PROBE_S + LONGEST_DELAY_S
READ_TIMEOUT_S = 0.2
_TENTHS = 10


def check_leak(
    device_key: str | None,
    output_key: str | None,
    progress: Progress,
    portaudio: PortAudio | None = None,
) -> LeakVerdict:
    """Whether the microphone hears the output; takes about five seconds.

    ``progress`` is called with ("room" or "sound", done, total) in tenths of a second some times a second;
    what it raises ends the check, and both devices are let go. Nothing that was heard is kept.
    Raises ``KnownError`` as ``Microphone`` and ``Loudspeaker`` do.
    """
    microphone, loudspeaker = Microphone(device_key, portaudio), Loudspeaker(output_key, portaudio)
    total_s = SETTLE_S + ROOM_S + SOUND_S
    try:
        microphone.start()
        _heard(microphone, SETTLE_S, progress, "room", 0.0, total_s)
        noise = _heard(microphone, ROOM_S, progress, "room", SETTLE_S, total_s)
        while microphone.read(0.0) is not None:
            pass  # what waited in the queue is older than the sound
        loudspeaker.play(make_probe)
        recorded = _heard(microphone, SOUND_S, progress, "sound", SETTLE_S + ROOM_S, total_s)
    finally:
        loudspeaker.stop()
        microphone.stop()
    return judge_leak(recorded, make_probe(), noise)


def _heard(
    source: AudioSource, wanted_s: float, progress: Progress, what: str, before_s: float, total_s: float
) -> Samples:
    """The next ``wanted_s`` of a source."""
    pieces: list[Samples] = []
    held = 0
    wanted = round(wanted_s * SAMPLE_RATE_HZ)
    while held < wanted:
        block = source.read(READ_TIMEOUT_S)
        if block is not None:
            pieces.append(block.samples)
            held += len(block.samples)
        done_s = before_s + min(held, wanted) / SAMPLE_RATE_HZ
        progress(what, round(done_s * _TENTHS), round(total_s * _TENTHS))
    return np.concatenate(pieces)[:wanted]
