"""Whose voice in recordings in line: nobody but the agent is written down, and nothing of a voice is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.ports import Sink
from coach.services.batch import EngineBatch
from coach.values.batches import BatchState, FoundVoice, Side
from tests.unit.services.test_batch_services import Engine, Told, done, engine, folder

__all__ = ["engine", "folder"]


def two_voices() -> list[FoundVoice]:
    return [FoundVoice(b"one", 30.0, 1.0, 4.0, False), FoundVoice(b"two", 20.0, 9.0, 12.0, False)]


@pytest.mark.parametrize(("channels", "side"), [(1, Side()), (1, Side(0)), (2, Side()), (2, Side(find=True))])
def test_of_two_voices_neither_is_written_down_unasked(
    engine: Engine, folder: Path, channels: int, side: Side
) -> None:
    """Nobody is enrolled: it waits for an answer, the rest of the line goes on, and the answer is kept to."""
    engine.channel_count, engine.voices = channels, two_voices()
    [asks] = engine.batch.add([folder / "a.wav"], side)
    engine.batch.add([folder / "b.wav"], Side(everyone=True))
    told = Told()
    items = done(engine.batch, told)
    assert [one.state for one in items] == [BatchState.ASKING, BatchState.DONE]
    assert engine.began == ["b.wav"]
    assert set(engine.memory.calls) == {items[1].call_id}
    assert engine.line.batch_items() == items
    assert "which voice is yours" in engine.batch.report()
    number = engine.batch.keep_voice(two_voices()[1], enrol=False)
    engine.batch.again([asks.id], Side(voice_id=number))
    assert done(engine.batch, told)[0].state is BatchState.DONE
    assert engine.voices_opened == [None, b"two"]


def test_what_asks_can_be_taken_out_and_is_not_added_twice(engine: Engine, folder: Path) -> None:
    """It is in line like the others, also after the next start."""
    engine.channel_count, engine.voices = 1, two_voices()
    [asks] = engine.batch.add([folder / "a.wav"], Side())
    done(engine.batch, Told())
    assert engine.batch.add([folder / "a.wav"], Side()) == []
    later = EngineBatch(engine, lambda: engine.line, lambda: True)
    assert [one.state for one in later.items()] == [BatchState.ASKING]
    [stopped] = later.stop([asks.id])
    assert stopped.state is BatchState.STOPPED


def test_what_is_listened_to_for_voices_can_be_taken_out(engine: Engine, folder: Path) -> None:
    """That takes some seconds, in which nobody waits for it."""
    [item] = engine.batch.add([folder / "a.wav"], Side())

    def before(_path: Path, _sink: Sink) -> None:
        engine.batch.stop([item.id])

    engine.before = before
    assert [one.state for one in done(engine.batch, Told())] == [BatchState.STOPPED]
    assert engine.began == []


def test_what_was_taken_off_the_list_can_be_put_back(engine: Engine, folder: Path) -> None:
    """In its place, with the voice that was picked for it, which is gone meanwhile."""
    number = engine.batch.keep_voice(two_voices()[0], enrol=False)
    engine.batch.add([folder / "a.wav"], Side(voice_id=number))
    engine.batch.add([folder / "b.wav"], Side(1))
    items = done(engine.batch, Told())
    gone = engine.batch.forget([items[0].id])
    assert (engine.batch.items(), engine.line.voices) == (items[1:], {})
    engine.batch.put_back(gone)
    assert engine.batch.items() == items == engine.line.batch_items()
    assert engine.line.batch_voice(number) == b"one"


def test_a_picked_voice_serves_its_recordings_only(engine: Engine, folder: Path) -> None:
    """It goes to those it was picked for; kept as the agent's own it is enrolled instead."""
    voice = FoundVoice(b"mine", 9.0, 1.0, 4.0, True)
    number = engine.batch.keep_voice(voice, enrol=False)
    engine.batch.add([folder / "a.wav"], Side(voice_id=number))
    engine.batch.add([folder / "b.wav"], Side())
    items = done(engine.batch, Told())
    assert engine.voices_opened == [b"mine", None]
    assert items[0].taken.endswith("Only the voice you picked was written down.")
    assert engine.enrolled_on is None
    assert engine.batch.keep_voice(voice, enrol=True) == 0
    assert engine.enrolled_on is not None


def test_without_the_voice_that_was_picked_nothing_is_heard(engine: Engine, folder: Path) -> None:
    """Else the words of everybody in the recording would be written down."""
    engine.batch.add([folder / "a.wav"], Side(voice_id=7))
    [item] = done(engine.batch, Told())
    assert (item.state, engine.began) == (BatchState.FAILED, [])
    assert "Pick it again" in item.why
