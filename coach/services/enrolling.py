"""A microphone held open on a thread of its own, outside of a call: for a level meter, or a voice to enrol.

Nothing of the sound is kept here. What is made of it is for ``hear`` to say.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable

from coach.audio.block import level
from coach.errors import KnownError
from coach.events import Block, Failure
from coach.ports import AudioSource, EarSink, EnrolmentEvent, VoiceEnrolled

log = logging.getLogger(__name__)

READ_TIMEOUT_S = 0.1
LEVEL_EVERY_S = 0.05
"""A meter that follows a voice: twenty times a second."""

Hear = Callable[[Block], Iterable[EnrolmentEvent]]


class HeldMicrophone:
    """``coach.ports.ListeningControl``; it listens from the moment it is made.

    Sends the levels of ``source`` and what ``hear`` makes of each block, on its own thread. It ends by itself
    after ``VoiceEnrolled``, or after the ``Failure`` of a source that is gone; once stopped it sends no more.
    """

    def __init__(self, source: AudioSource, hear: Hear, sink: EarSink) -> None:
        self._source = source
        self._hear = hear
        self._sink = sink
        self._stopped = threading.Event()
        self._at_s = 0.0
        self._level_due_s = 0.0
        self._thread = threading.Thread(target=self._run, name="sameside-microphone", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()

    def join(self, timeout_s: float) -> bool:
        """Wait for the thread; false when it is still running after ``timeout_s``."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._listen()
        except KnownError as error:
            self._send(Failure(self._at_s, error.code, error.message))
        except Exception:
            log.exception("a held microphone stopped on a bug")
            self._send(Failure(self._at_s, "bug", "Sameside met a fault of its own. Please try again."))
        finally:
            self._let_go()

    def _let_go(self) -> None:
        self._source.stop()

    def _listen(self) -> None:
        self._source.start()
        while not self._stopped.is_set():
            try:
                block = self._source.read(READ_TIMEOUT_S)
            except EOFError:
                return
            if block is not None and self._take(block):
                return

    def _take(self, block: Block) -> bool:
        """True when the last event was sent."""
        self._at_s = block.end_s
        if self._at_s >= self._level_due_s:
            self._level_due_s = self._at_s + LEVEL_EVERY_S
            self._send(level(block))
        for event in self._hear(block):
            self._send(event)
            if isinstance(event, VoiceEnrolled):
                return True
        return False

    def _send(self, event: EnrolmentEvent) -> None:
        if not self._stopped.is_set():
            self._sink(event)
