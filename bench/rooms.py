"""Simulated rooms: how a loudspeaker reaches a microphone, and the noise there. Everything from a seed."""

from __future__ import annotations

import argparse

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
PARTS = ("development", "test")
Floats = NDArray[np.float32]


def parts(description: str | None) -> tuple[str, ...]:
    """Of a bench in rooms: those the thresholds were chosen on, and those that tell how good they are."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=PARTS, help="this one only; then nothing is written")
    part = parser.parse_args().part
    return (part,) if part else PARTS


def filtered(samples: Floats, response: Floats) -> Floats:
    size = 1 << int(np.ceil(np.log2(len(samples) + len(response))))
    spectrum = np.fft.rfft(samples, size) * np.fft.rfft(response, size)
    return np.fft.irfft(spectrum, size)[: len(samples)].astype(np.float32)


def response(rng: np.random.Generator, delay_s: float, rt60_s: float, direct_db: float) -> Floats:
    """A direct sound and decaying noise after it, of energy 1; ``direct_db``: direct over reverberant."""
    tail = rng.standard_normal(round(rt60_s * RATE)) * 10 ** (
        -3 * np.arange(round(rt60_s * RATE)) / (rt60_s * RATE)
    )
    tail /= np.sqrt(np.sum(tail**2))
    tail[0] += 10 ** (direct_db / 20)
    tail /= np.sqrt(np.sum(tail**2))
    # A small loudspeaker and a small microphone: little below 300 Hz, less above 5 kHz.
    hz = np.fft.rfftfreq(2 * len(tail), 1 / RATE)
    shape = 1 / np.sqrt(1 + (300 / np.maximum(hz, 1)) ** 4) / np.sqrt(1 + (hz / 5_000) ** 4)
    coloured = np.fft.irfft(np.fft.rfft(tail, 2 * len(tail)) * shape)
    return np.concatenate([np.zeros(round(delay_s * RATE)), coloured]).astype(np.float32)


def room_noise(rng: np.random.Generator, seconds: float, dbfs: float) -> Floats:
    """Pink noise and a fan's hum: an office without voices."""
    size = round(seconds * RATE)
    hz = np.fft.rfftfreq(size, 1 / RATE)
    pink = np.fft.irfft(np.fft.rfft(rng.standard_normal(size)) / np.sqrt(np.maximum(hz, 50)), size)
    pink /= np.sqrt(np.mean(pink**2))
    hum = 0.3 * np.sin(2 * np.pi * (100 * np.arange(size) / RATE + rng.random()))
    noise = pink + hum
    return (10 ** (dbfs / 20) * noise / np.sqrt(np.mean(noise**2))).astype(np.float32)


def drifted(samples: Floats, ppm: float) -> Floats:
    """As a device hears it whose clock is ``ppm`` millionths too slow."""
    at = np.arange(len(samples)) * (1 + ppm * 1e-6)
    return np.interp(at, np.arange(len(samples)), samples, right=0.0).astype(np.float32)


def levelled(samples: Floats, dbfs: float) -> Floats:
    return (samples * 10 ** (dbfs / 20) / np.sqrt(np.mean(samples.astype(np.float64) ** 2))).astype(
        np.float32
    )
