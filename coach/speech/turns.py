"""The open turn: the agent's words until the floor passes on. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coach.events import Speaker, Turn, Word, WordsHeard

MAX_TURN_S = 60.0


class TurnAssembler:
    """Collects words and numbers the turns. Every settled word comes out in exactly one turn.

    ``hear`` replaces the words that are not settled yet; ``settle`` makes words final whatever comes.
    """

    def __init__(self, max_turn_s: float = MAX_TURN_S) -> None:
        self._max_turn_s = max_turn_s
        self._index = 0
        self._settled: list[Word] = []
        self._latest: tuple[Word, ...] = ()
        self._told: tuple[Word, ...] = ()
        self._speakers: set[Speaker] = set()

    @property
    def index(self) -> int:
        return self._index

    @property
    def words(self) -> tuple[Word, ...]:
        """All words of the open turn."""
        return (*self._settled, *self._latest)

    @property
    def told(self) -> tuple[Word, ...]:
        """What ``WordsHeard`` last said of the open turn."""
        return self._told

    @property
    def too_long(self) -> bool:
        words = self.words
        return bool(words) and words[-1].end_s - words[0].start_s >= self._max_turn_s

    def hear(self, words: Sequence[Word], speaker: Speaker | None = None) -> None:
        """The words of everything that is not settled, as they are understood now."""
        self._latest = tuple(words)
        if speaker is not None:
            self._speakers.add(speaker)

    def after_told(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """What would be new to the reader if ``words`` were those of everything that is not settled."""
        return (*self._settled, *words)[len(self._told) :]

    def settle(self, count: int) -> None:
        """The first ``count`` of the words last heard are final."""
        self._settled.extend(self._latest[:count])
        self._latest = self._latest[count:]

    def tell(self) -> Iterator[WordsHeard]:
        """The words of the open turn, if they read otherwise than was told before."""
        words = self.words
        if [word.text for word in words] != [word.text for word in self._told]:
            self._told = words
            yield WordsHeard(self._index, words)

    def close(self) -> Iterator[WordsHeard | Turn]:
        """End the open turn, if it has words."""
        words = self.words
        if words or self._told:
            yield from self.tell()
        if words:
            text = " ".join(word.text for word in words)
            unsure = self._speakers == {Speaker.UNSURE}
            speaker = Speaker.UNSURE if unsure else Speaker.AGENT
            yield Turn(self._index, text, words[0].start_s, words[-1].end_s, words, speaker)
            self._index += 1
        self._settled.clear()
        self._latest, self._told = (), ()
        self._speakers.clear()
