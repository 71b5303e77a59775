"""From blocks to turns: segmenter, transcriber and turn assembler as one synchronous, deterministic stage."""

from __future__ import annotations

from collections.abc import Iterator

from coach.events import Block, Turn, Utterance, VadChanged, VadState, WordsHeard
from coach.ports import Transcriber
from coach.speech.segmenter import Segmenter
from coach.speech.turns import TurnAssembler

Heard = VadChanged | WordsHeard | Turn


class Listener:
    """What the agent says. The turns do not depend on the sizes of the blocks."""

    def __init__(self, segmenter: Segmenter, transcriber: Transcriber, turns: TurnAssembler) -> None:
        self._segmenter = segmenter
        self._transcriber = transcriber
        self._turns = turns
        self._speaking = False

    def feed(self, block: Block) -> Iterator[Heard]:
        for found in self._segmenter.feed(block):
            yield from self._hear(found)
        yield from self._turns.tick(block.end_s, self._speaking)

    def flush(self) -> Iterator[Heard]:
        """The end of the call: everything that is open is closed."""
        for found in self._segmenter.flush():
            yield from self._hear(found)
        yield from self._turns.flush()

    def _hear(self, found: VadChanged | Utterance) -> Iterator[Heard]:
        if isinstance(found, Utterance):
            words = self._transcriber.transcribe(found)
            yield from self._turns.words_heard(words, found.start_s, found.end_s)
            return
        # Told before the state changes: the silence up to here may have closed a turn.
        yield from self._turns.tick(found.at_s, self._speaking)
        self._speaking = found.state is not VadState.QUIET
        yield found
