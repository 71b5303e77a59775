"""Does the microphone hear what the output plays? A known sound, looked for in a recording. Pure.

The probe is an exponential sweep through the telephone's band: it is found by its shape even far below the
room's noise, and a clock that is a little off only moves its parts a little. The recording is divided
by the probe in the frequency domain, which gives the path from loudspeaker to microphone as it
answers to a click; a peak that stands out is the leak, and its energy says how loud.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.events import SAMPLE_RATE_HZ, Samples
from coach.ports import LeakVerdict

PROBE_S = 1.5
LOW_HZ, HIGH_HZ = 200.0, 4_000.0
PROBE_DBFS = -26.0
"""As loud as a voice on the telephone is on average."""
FADE_S = 0.05
LONGEST_DELAY_S = 1.2
"""A Bluetooth headset takes up to half a second to play and to send back."""
ECHO_S = 0.25
"""How long a room answers loud enough to count."""

STANDS_OUT = 7.0
"""How often the typical size of the answer elsewhere its peak must be. Over 19,000 lags of noise the largest
is about 4.5 times it; none of 600 simulated recordings without a leak came to 5.5 (bench/leak_check.py)."""
HEARD_DB = -10.0
"""Leak over the room's noise from which a headset is needed. In simulated rooms (bench/leak_check.py) voice
activity heard nothing of a customer's voice below it, and up to three quarters of it from -10 to -5 dB on."""
HEARD_DBFS = -78.0
"""Fainter than this in itself a voice is not heard, however quiet the room."""
NOISY_DBFS = -38.0
"""A room so loud would cover a leak that the next pause uncovers."""
DISTURBED_DB = 10.0
"""So much more than the noise before, besides the probe, is somebody who spoke."""
DEAD = 4e-5

_OUT_OF_BAND = 1e-3


@dataclass(frozen=True, slots=True)
class Answer:
    """How the probe came back; levels in dBFS. ``strength`` is the peak over the answer's typical size."""

    strength: float
    delay_s: float
    leak_dbfs: float
    noise_dbfs: float
    rest_dbfs: float


def make_probe(rate_hz: int = SAMPLE_RATE_HZ) -> Samples:
    """The sound that is played, shape (n,): a sweep from low to high, at a gentle level, faded in and out."""
    at_s = np.arange(round(PROBE_S * rate_hz)) / rate_hz
    growth = np.log(HIGH_HZ / LOW_HZ)
    phase = 2 * np.pi * LOW_HZ * PROBE_S / growth * (np.exp(at_s / PROBE_S * growth) - 1)
    sweep = np.sin(phase) * np.sqrt(2) * 10 ** (PROBE_DBFS / 20)
    fade = round(FADE_S * rate_hz)
    ramp = 0.5 - 0.5 * np.cos(np.pi * np.arange(fade) / fade)
    sweep[:fade] *= ramp
    sweep[-fade:] *= ramp[::-1]
    probe: Samples = sweep.astype(np.float32)
    return probe


def measure(recorded: Samples, probe: Samples, noise: Samples) -> Answer:
    """Look for ``probe`` in ``recorded``; ``noise`` is the room just before. All at 16 kHz."""
    size = 1 << int(np.ceil(np.log2(len(recorded) + len(probe))))
    played, heard = np.fft.rfft(probe, size), np.fft.rfft(_in_band(recorded), size)
    power = np.abs(played) ** 2
    transfer = heard * np.conj(played) / (power + _OUT_OF_BAND * float(power.max()))
    answer = np.fft.irfft(transfer, size)
    lags = answer[: round(LONGEST_DELAY_S * SAMPLE_RATE_HZ)]
    peak = int(np.argmax(np.abs(lags)))
    echo = round(ECHO_S * SAMPLE_RATE_HZ)
    window = np.zeros(size, bool)
    window[(np.arange(peak - 32, peak + echo)) % size] = True
    # What lies outside the echo is noise; so much of it is inside too. The median of squared noise is 0.455.
    floor = float(np.median(lags[~window[: len(lags)]] ** 2)) / 0.455
    leak = np.fft.irfft(np.fft.rfft(np.where(window, answer, 0.0)) * played, size)
    spread = np.fft.irfft(np.fft.rfft(_noise_like(window, floor)) * played, size)
    leak_power = max(_power(leak, len(probe)) - _power(spread, len(probe)), 1e-14)
    rest = _in_band(recorded) - leak[: len(recorded)].astype(np.float32)
    return Answer(
        strength=abs(float(lags[peak])) / max(np.sqrt(floor), 1e-12),
        delay_s=peak / SAMPLE_RATE_HZ,
        leak_dbfs=10 * float(np.log10(leak_power)),
        noise_dbfs=_dbfs(_in_band(noise)),
        rest_dbfs=_dbfs(rest),
    )


def judge_leak(recorded: Samples, probe: Samples, noise: Samples) -> LeakVerdict:
    """Whether a microphone that recorded ``recorded`` while ``probe`` was played hears the customer.

    ``noise`` is what it heard just before, at least 0.3 s; all mono at 16 kHz. ``recorded`` begins when the
    playing does and goes on past its end for as long as the sound may take to arrive.
    """
    if not len(recorded) or not len(noise) or float(np.ptp(recorded)) <= 2 * DEAD:
        return LeakVerdict(
            "could-not-tell",
            "The microphone sent only silence, so nothing can be said.",
            "See whether it is muted, or choose another microphone, then check again.",
        )
    found = measure(recorded, probe, noise)
    over_db = found.leak_dbfs - found.noise_dbfs
    heard = found.strength >= STANDS_OUT
    if heard and over_db >= HEARD_DB and found.leak_dbfs >= HEARD_DBFS:
        return LeakVerdict(
            "headset-needed",
            f"The microphone hears the sound {_over(over_db)} the noise of the room, "
            f"{found.delay_s * 1000:.0f} ms after it is played. It would hear the customer too.",
            "Use a headset, or turn the volume down and check again.",
            over_db,
            found.delay_s,
        )
    if found.noise_dbfs >= NOISY_DBFS:
        return LeakVerdict(
            "could-not-tell",
            "The room is too loud: a leak could hide in the noise and come out in the next pause.",
            "Check again when it is quieter.",
        )
    if found.rest_dbfs - found.noise_dbfs >= DISTURBED_DB:
        return LeakVerdict(
            "could-not-tell",
            "Something else was heard while the sound was played.",
            "Be quiet for a moment and check again.",
        )
    return _safe(over_db if heard else None, found)


def _safe(over_db: float | None, found: Answer) -> LeakVerdict:
    why = (
        "The microphone does not hear the sound."
        if over_db is None
        else f"The microphone hears the sound {_over(over_db)} the noise of the room, too faint to matter."
    )
    delay_s = None if over_db is None else found.delay_s
    return LeakVerdict(
        "safe", why, "If you did not hear it either, turn the volume up and check again.", over_db, delay_s
    )


def _over(over_db: float) -> str:
    return f"{abs(over_db):.0f} dB {'above' if over_db >= 0 else 'below'}"


def _in_band(samples: Samples) -> Samples:
    """Only what lies in the band of the probe."""
    spectrum = np.fft.rfft(samples)
    hz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE_HZ)
    spectrum[(hz < LOW_HZ) | (hz > HIGH_HZ)] = 0
    return np.fft.irfft(spectrum, len(samples)).astype(np.float32)


def _noise_like(window: NDArray[np.bool_], power: float) -> NDArray[np.float64]:
    """Noise of ``power`` in ``window``: always the same, so that a verdict can be repeated."""
    noise = np.random.default_rng(0).standard_normal(len(window))
    return np.where(window, noise * np.sqrt(power), 0.0)


def _power(samples: NDArray[np.float64], active: int) -> float:
    """Mean power of a sound of ``active`` samples, whatever silence is around it."""
    return float(np.sum(samples**2)) / active


def _dbfs(samples: Samples) -> float:
    power = float(np.mean(samples.astype(np.float64) ** 2))
    return 10 * float(np.log10(max(power, 1e-14)))
