"""What of the microphone's sound is the customer's, out of the loudspeaker. Pure: two signals in, spans out.

The output is observed where the system lets it (output_monitor.py). For every quarter of a second the
shortest path that would turn what was played into what was heard is fitted over the 0.8 s around it:
the delay by cross-correlation, then a filter of 40 ms by least squares, which covers the direct sound and
the first echoes. How much of the heard energy the path explains tells whose sound it is: a leak alone is
explained, a voice in the room is not, whoever else speaks at the time.

The far end is only correlated: at most two seconds of it are held in memory, nothing is transcribed,
stored or logged.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.events import SAMPLE_RATE_HZ, Block, Samples

DECIMATE = 2
"""A telephone carries nothing above 4 kHz."""
RATE_HZ = SAMPLE_RATE_HZ // DECIMATE
WINDOW_S = 0.8
CELL_S = 0.25
EARLIEST_S, LATEST_S = -0.1, 0.5
"""When the leak may be heard after (or, as streams are paired roughly, before) it was seen to be played."""
PATH_S = 0.04
EXPLAINED = 0.5
"""From here on a cell is the loudspeaker's. On development rooms of bench/far_end.py leaks alone explain
0.68 to 0.98 (5th to 95th percentile), an agent 0.00 to 0.34 whoever else speaks, 0.44 over a leak."""
LEAKED = 0.6
"""So much of the energy of a span makes it a leak."""
KNOWN = 0.5
"""So much of a span must have been judged at all."""
QUIET = 10 ** (-70 / 10)
"""Power below which there is nothing to explain, or nothing to explain it by."""
KEPT_S = 60.0
RIDGE = 1e-3
"""Keeps the path small where the far end has no energy to learn it from."""

_WINDOW = round(WINDOW_S * RATE_HZ)
_CELL = round(CELL_S * RATE_HZ)
_LEAD = round(LATEST_S * RATE_HZ)
_LAG = round(-EARLIEST_S * RATE_HZ)
_TAPS = round(PATH_S * RATE_HZ)
_BEFORE = 24  # taps before the strongest: a path does not begin with its peak
_SIZE = 1 << int(np.ceil(np.log2(2 * _WINDOW + _LEAD + _LAG)))

Signal = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cell:
    """A quarter of a second of the microphone: its power, and how much of that the far end explains."""

    start_s: float
    end_s: float
    power: float
    explained: float


class LeakDetector:
    """Microphone and far end, paired sample by sample but for the delay between them."""

    def __init__(self) -> None:
        self._heard: Signal = np.zeros(0)
        self._played: Signal = np.zeros(_LEAD)
        self._odd: tuple[Samples, Samples] = (np.zeros(0, np.float32), np.zeros(0, np.float32))
        self._start_s = 0.0
        self._begun = False

    def feed(self, block: Block, far: Samples) -> list[Cell]:
        """``far``: what was played meanwhile, as long as the block. The cells that became certain."""
        if len(far) != len(block.samples):
            raise ValueError(f"{len(far)} samples of the far end for {len(block.samples)} of the microphone")
        if not self._begun:
            self._begun, self._start_s = True, block.start_s
        self._append(block.samples, far)
        cells = []
        while len(self._heard) >= _WINDOW + _LAG:
            cells.append(self._judge())
            self._heard, self._played = self._heard[_CELL:], self._played[_CELL:]
            self._start_s += _CELL / RATE_HZ
        return cells

    def _append(self, heard: Samples, far: Samples) -> None:
        kept = [np.concatenate(pair) for pair in zip(self._odd, (heard, far), strict=True)]
        whole = len(kept[0]) - len(kept[0]) % DECIMATE
        self._odd = (kept[0][whole:].copy(), kept[1][whole:].copy())
        # A mean of two is filter enough: what folds back is folded alike in both.
        halves = [one[:whole].reshape(-1, DECIMATE).mean(axis=1, dtype=np.float64) for one in kept]
        self._heard = np.concatenate([self._heard, halves[0]])
        self._played = np.concatenate([self._played, halves[1]])

    def newest(self) -> list[Cell]:
        """The cells that are not certain yet, judged by what there is: for an answer that cannot wait."""
        begin = (_WINDOW - _CELL) // 2
        size = len(self._heard)
        if size < _WINDOW // 2:
            return []
        played = self._played[: size + _LEAD + _LAG]
        played = np.pad(played, (0, size + _LEAD + _LAG - len(played)))
        left = _left_of(self._heard, played)
        starts = range(begin, size - _CELL // 4, _CELL)
        return [self._cell(left, slice(at, min(at + _CELL, size))) for at in starts]

    def _judge(self) -> Cell:
        """The cell in the middle of the window. ``_played`` begins ``LATEST_S`` before ``_heard``."""
        left = _left_of(self._heard[:_WINDOW], self._played[: _WINDOW + _LEAD + _LAG])
        return self._cell(left, slice((_WINDOW - _CELL) // 2, (_WINDOW + _CELL) // 2))

    def _cell(self, left: Signal, part: slice) -> Cell:
        power = float(np.mean(self._heard[part] ** 2))
        unexplained = float(np.mean(left[part] ** 2))
        explained = max(0.0, 1.0 - unexplained / power) if power > QUIET else 0.0
        start_s, end_s = (self._start_s + at / RATE_HZ for at in (part.start, part.stop))
        return Cell(start_s, end_s, power, explained)


def _left_of(heard: Signal, played: Signal) -> Signal:
    """``heard`` without what ``played`` explains of it."""
    if float(np.mean(played**2)) <= QUIET or float(np.mean(heard**2)) <= QUIET:
        return heard
    return heard - _explained_by(played, heard)


def _explained_by(played: Signal, heard: Signal) -> Signal:
    """The part of ``heard`` that a path of ``PATH_S`` from ``played`` can make, shape of ``heard``."""
    spectrum, target = np.fft.rfft(played, _SIZE), np.fft.rfft(heard, _SIZE)
    cross = target * np.conj(spectrum)
    # Half-way to a phase transform: sharp enough for speech, not led by the noise of empty bands.
    sharp = np.fft.irfft(cross / np.sqrt(np.abs(cross) + 1e-12), _SIZE)
    # ``heard[n]`` is ``played[n + _LEAD - delay]``: all that can be is a lag from -(_LEAD + _LAG) to 0.
    lags = sharp[np.arange(-(_LEAD + _LAG), 1)]
    shift = (_LEAD + _LAG) - int(np.argmax(np.abs(lags)))
    first = min(max(shift + _BEFORE, _TAPS - 1), _LEAD + _LAG)
    source = played[first - _TAPS + 1 : first + len(heard)]
    # Normal equations by correlation: the matrix depends on the distance from its diagonal alone.
    inside = np.fft.rfft(source, _SIZE)
    alike = np.fft.irfft(np.abs(inside) ** 2, _SIZE)[:_TAPS]
    wanted = np.fft.irfft(target * np.conj(inside), _SIZE)[np.arange(-(_TAPS - 1), 1)]
    alike[0] += RIDGE * alike[0] + 1e-12
    path = solve_toeplitz(alike, wanted)
    made: Signal = np.fft.irfft(inside * np.fft.rfft(path, _SIZE), _SIZE)[_TAPS - 1 :][: len(heard)]
    return made


def solve_toeplitz(column: Signal, right: Signal) -> Signal:
    """x with T x = ``right``; T symmetric, positive definite, ``column[|i - j|]`` at (i, j). Levinson.

    Not ``numpy.linalg.solve``: that takes n^3 steps, and its threads spin on cores that others need.
    """
    size = len(right)
    found, predictor = np.zeros(size), np.zeros(size)
    predictor[0], error = 1.0, float(column[0])
    found[0] = right[0] / error
    for n in range(1, size):
        turned = column[n:0:-1]
        reflection = -float(turned @ predictor[:n]) / error
        predictor[1 : n + 1] += reflection * predictor[:n][::-1].copy()
        error *= 1.0 - reflection**2
        step = (float(right[n]) - float(turned @ found[:n])) / error
        found[: n + 1] += step * predictor[n::-1]
    return found


class Leaks:
    """The cells of the last minute, and what they say of a span."""

    def __init__(self) -> None:
        self._cells: deque[Cell] = deque()

    def add(self, cells: Iterable[Cell]) -> None:
        self._cells.extend(cells)
        while self._cells and self._cells[-1].end_s - self._cells[0].end_s > KEPT_S:
            self._cells.popleft()

    def leaked(self, start_s: float, end_s: float, newest: Iterable[Cell] = ()) -> bool:
        """Whether most of the energy in [start_s, end_s] is explained, as far as it was judged.

        ``newest`` are cells that follow those added, without being added.
        """
        cells = (*self._cells, *newest)
        inside = [(cell, min(cell.end_s, end_s) - max(cell.start_s, start_s)) for cell in cells]
        inside = [(cell, part_s) for cell, part_s in inside if part_s > 0]
        if sum(part_s for _, part_s in inside) < KNOWN * (end_s - start_s):
            return False
        heard = sum(cell.power * part_s for cell, part_s in inside)
        leaked = sum(cell.power * part_s for cell, part_s in inside if cell.explained >= EXPLAINED)
        return heard > 0 and leaked >= LEAKED * heard
