"""Plays a recording from any second, at any speed, through an output; says where it is."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from coach.audio.loudspeaker import Callback, Loudspeaker
from coach.audio.media_file import MediaFile
from coach.audio.portaudio import PortAudio
from coach.audio.stretch import FASTEST, SLOWEST, Stretcher
from coach.errors import KnownError
from coach.events import SAMPLE_RATE_HZ, Block, Samples
from coach.values.reviewing import Playback

log = logging.getLogger(__name__)

AHEAD_S = 1.0
"""How much is decoded before it is wanted."""
LOOK_AGAIN_S = 0.02
_BLOCK_S = 0.25
_LATEST_LAG_S = 1.0


@dataclass(frozen=True, slots=True)
class _Piece:
    """Sound for the output, and the second of the recording it begins at."""

    samples: Samples
    at_s: float


class _Deck:
    """What PortAudio's callback takes from: no locks, no waiting. ``played_s`` is what is heard now."""

    def __init__(self, at_s: float, speed: float, rate_hz: int) -> None:
        self.queue: deque[_Piece] = deque()
        self.rate_hz = rate_hz
        self.played_s = at_s
        self.all_in = False
        self.done = False
        self.lag_s = 0.0
        self._speed = speed
        self._piece: _Piece | None = None
        self._used = 0

    @property
    def ahead_s(self) -> float:
        return sum(len(piece.samples) for piece in tuple(self.queue)) / self.rate_hz

    def callback(self, outdata: NDArray[np.float32], frames: int, times: Any, _status: object) -> None:
        self.lag_s = _lag_s(times)
        filled = 0
        while filled < frames:
            if self._piece is None:
                if not self.queue:
                    self.done = self.all_in
                    break
                self._piece, self._used = self.queue.popleft(), 0
            part = self._piece.samples[self._used : self._used + frames - filled]
            outdata[filled : filled + len(part)] = part[:, np.newaxis]
            filled += len(part)
            self._used += len(part)
            at_s = self._piece.at_s + self._used / self.rate_hz * self._speed
            if self._used >= len(self._piece.samples):
                self._piece = None
            self.played_s = max(0.0, at_s - self.lag_s * self._speed)
        outdata[filled:] = 0.0


def _lag_s(times: Any) -> float:
    """How long after it was asked for a sound leaves the output; 0 where the driver does not say."""
    lag = getattr(times, "outputBufferDacTime", 0.0) - getattr(times, "currentTime", 0.0)
    return float(lag) if 0.0 < lag < _LATEST_LAG_S else 0.0


class _Run:
    """One playing, from its beginning to its end, on a thread of its own."""

    def __init__(
        self, player: Player, from_s: float, until_s: float | None, loop: bool, speed: float
    ) -> None:
        self.from_s, self.until_s, self.loop, self.speed = from_s, until_s, loop, speed
        self.deck: _Deck | None = None
        self.problem: KnownError | None = None
        self.over = False
        self.stopped = threading.Event()
        self._player = player
        self.thread = threading.Thread(target=self._work, name="player", daemon=True)

    @property
    def at_s(self) -> float:
        deck = self.deck
        if deck is None:
            return self.from_s
        at_s = max(deck.played_s, self.from_s)
        return at_s if self.until_s is None else min(at_s, self.until_s)

    def _work(self) -> None:
        speaker = Loudspeaker(self._player.output_key, self._player.portaudio)
        source = self._player.source()
        try:
            # A file that is gone is told before an output is opened for it.
            source.start(self.from_s)
            self._player.check()
            if not self.stopped.is_set():
                speaker.open(self._deck_for)
                self._feed(source, speaker)
        except KnownError as error:
            self.problem = error
        except Exception:
            log.exception("playing stopped on a bug")
            self.problem = KnownError("bug", "Sameside met a fault of its own while playing. Try again.")
        finally:
            self.over = True
            source.stop()
            speaker.stop()

    def _deck_for(self, rate_hz: int) -> Callback:
        # Asked again for another rate where the output refuses the first.
        self.deck = _Deck(self.from_s, self.speed, rate_hz)
        return self.deck.callback

    def _feed(self, source: Source, speaker: Loudspeaker) -> None:
        deck = self.deck
        assert deck is not None
        heard = False
        while not self.stopped.is_set():
            heard = self._feed_once(source, deck, speaker) or heard
            if not (self.loop and heard and not self.stopped.is_set()):
                break
            source.start(self.from_s)
        source.stop()
        deck.all_in = True
        while not (deck.done or self.stopped.wait(LOOK_AGAIN_S)):
            speaker.check()
        # What was asked for last is still on its way out.
        self.stopped.wait(deck.lag_s)

    def _feed_once(self, source: Source, deck: _Deck, speaker: Loudspeaker) -> bool:
        """Once from beginning to end; false where there was no sound at all."""
        stretcher, made, heard = Stretcher(self.speed, deck.rate_hz), 0, False
        for samples in self._samples(source):
            made += self._push(deck, stretcher.push(samples), made)
            heard = True
            # What is decoded from a file that changes, or goes, is no longer the recording.
            self._player.check()
            while deck.ahead_s > AHEAD_S:
                if self.stopped.wait(LOOK_AGAIN_S):
                    return heard
                speaker.check()
        self._player.check()
        self._push(deck, stretcher.flush(), made)
        return heard

    def _push(self, deck: _Deck, samples: Samples, made: int) -> int:
        if len(samples):
            deck.queue.append(_Piece(samples, self.from_s + made / deck.rate_hz * self.speed))
        return len(samples)

    def _samples(self, source: Source) -> Iterator[Samples]:
        """The recording from ``from_s`` to ``until_s``, with silence where the file has a hole."""
        at = round(self.from_s * SAMPLE_RATE_HZ)
        end = None if self.until_s is None else round(self.until_s * SAMPLE_RATE_HZ)
        while end is None or at < end:
            try:
                block = source.read(0.0)
            except EOFError:
                return
            start = round(block.start_s * SAMPLE_RATE_HZ)
            while at < start and (end is None or at < end):
                quiet = min(start - at, round(_BLOCK_S * SAMPLE_RATE_HZ))
                yield np.zeros(quiet, np.float32)
                at += quiet
            piece = block.samples[at - start :] if at > start else block.samples
            piece = piece if end is None else piece[: max(0, end - at)]
            if len(piece):
                yield piece
                at += len(piece)


class Source(Protocol):
    """Where the sound comes from: a ``MediaFile``, or sound in memory."""

    def start(self, at_s: float = 0.0) -> None: ...
    def read(self, timeout_s: float) -> Block: ...
    def stop(self) -> None: ...


class Player:
    """A recording on an output. Every method returns at once; ``playback`` tells what came of it.

    ``output_key`` None is the system's default. ``source`` gives sound that is in no file. Problems, as
    ``KnownError`` in ``playback``, are those of ``MediaFile``, ``Loudspeaker`` and ``check``.
    """

    def __init__(
        self,
        path: Path,
        output_key: str | None = None,
        portaudio: PortAudio | None = None,
        source: Callable[[], Source] | None = None,
    ) -> None:
        self.path = path
        self._in_memory = source is not None
        self.source = source or (lambda: MediaFile(path, block_s=_BLOCK_S))
        self.output_key = output_key
        self.portaudio = portaudio
        self._speed = 1.0
        self._at_s = 0.0
        self._run: _Run | None = None
        self._ended: list[_Run] = []
        self._seen = _seen(path)

    def check(self) -> None:
        """Raises ``KnownError`` ("recording-gone", "recording-changed") where the file is another since."""
        if self._in_memory:
            return
        name, now = self.path.name, _seen(self.path)
        if now is None:
            raise KnownError("recording-gone", f"{name} is gone, or cannot be read any more. Point to it.")
        if now != self._seen:
            raise KnownError("recording-changed", f"{name} was changed while it was open here.")

    @property
    def playback(self) -> Playback:
        run = self._run
        if run is None:
            return Playback(self._at_s, False)
        return Playback(run.at_s, not run.over, run.problem)

    def play(self, from_s: float, until_s: float | None = None, loop: bool = False) -> None:
        """From a second of the recording, to ``until_s`` or its end; with ``loop`` again and again."""
        self._stop()
        self._run = _Run(self, max(0.0, from_s), until_s, loop, self._speed)
        self._run.thread.start()

    def pause(self) -> None:
        self._at_s = self.playback.at_s
        self._stop()

    def seek(self, at_s: float) -> None:
        """Go on from there, playing or not."""
        run = self._run
        playing = run is not None and not run.over
        self._stop()
        self._at_s = max(0.0, at_s)
        if playing:
            self.play(self._at_s)

    def set_speed(self, speed: float) -> None:
        """``speed`` within 0.5 to 2; the pitch stays. A loop begins anew."""
        self._speed = min(max(speed, SLOWEST), FASTEST)
        run = self._run
        if run is not None and not run.over:
            at_s = run.from_s if run.loop else run.at_s
            self.play(at_s, run.until_s, run.loop)

    def close(self) -> None:
        """Let go of the output and the file; waits for both."""
        self.pause()
        for run in self._ended:
            run.thread.join()
        self._ended.clear()

    def _stop(self) -> None:
        run, self._run = self._run, None
        if run is not None:
            run.stopped.set()
            self._ended = [one for one in self._ended if one.thread.is_alive()] + [run]


def _seen(path: Path) -> tuple[int, int, int] | None:
    """What tells a file from one that was put in its place or written over; None where there is none."""
    try:
        now = path.stat()
    except (OSError, ValueError):
        return None
    return now.st_ino, now.st_size, now.st_mtime_ns
