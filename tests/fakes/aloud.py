"""A voice that reads nothing: what it was to say is written down."""

from __future__ import annotations

from coach.errors import KnownError
from coach.values.aloud import AloudServices, Saying, Speaker
from coach.values.reviewing import Playback


class FakeSaying(Saying):
    """Goes on until the test ends it, or it is stopped."""

    def __init__(self, words: str, speaker: Speaker) -> None:
        self.words, self.speaker = words, speaker
        self.stopped = self.closed = False
        self._playback = Playback(0.0, True)

    @property
    def playback(self) -> Playback:
        return self._playback

    def end(self, problem: KnownError | None = None) -> None:
        self._playback = Playback(0.0, False, problem)

    def stop(self) -> None:
        self.stopped = True
        self.end()

    def close(self) -> None:
        self.stop()
        self.closed = True


class FakeVoice(AloudServices):
    """``name`` is that of the voice, empty for none; ``lines`` are those it was to say."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.lines: list[FakeSaying] = []

    @property
    def voice(self) -> str:
        return self.name

    def say(self, words: str, speaker: Speaker = Speaker.ANYBODY) -> FakeSaying:
        self.lines.append(FakeSaying(words, speaker))
        return self.lines[-1]
