"""Going through a recording again: where it is, what was put right, what was noted."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.audio.excerpt import sound_in
from coach.commitments.office import ALWAYS
from coach.errors import KnownError
from coach.events import Answer, CallHeader, CallSource, SessionStopped
from coach.redaction.redactor import Redactor
from coach.services.correcting import Judges
from coach.services.follow_up import EngineFollowUp
from coach.services.playbook_choice import shipped_playbook
from coach.services.review import EngineReview, sound_of
from coach.store.local import LocalStore
from coach.values.reviewing import Sound, SoundState, standing_corrections
from tests.fakes import sample_call
from tests.fakes.engine import FakeDetector, FakeExtractor
from tests.fakes.review import FakeReview, MemoryReview
from tests.unit.audio.audio_recordings import float_wav, loudest_hz, tone
from tests.unit.store.store_parts import KEY


@pytest.fixture
def store() -> MemoryReview:
    return MemoryReview({"sample": (sample_call.record(), sample_call.summary())})


@pytest.fixture
def review(store: MemoryReview, tmp_path: Path) -> FakeReview:
    return FakeReview(store, tmp_path / "cache")


def write(path: Path, hz: float = 300.0) -> Path:
    path.write_bytes(float_wav(tone(hz, 0.5, 16_000)[:, None], 16_000))
    return path


def hear(review: FakeReview, path: Path) -> None:
    """A recording is gone through and kept."""
    sink = review.noting(path, 1, lambda _event: None)
    sink(SessionStopped(sample_call.record(), sample_call.summary(), True))


def test_a_recording_is_known_by_place_and_content(
    review: FakeReview, store: MemoryReview, tmp_path: Path
) -> None:
    """Not copied: its place, size, time, digest and the agent's channel are kept once the call is."""
    path = write(tmp_path / "call.wav")
    hear(review, path)
    kept = store.recordings["sample"]
    assert (kept.path, kept.size_bytes, kept.channel) == (str(path), path.stat().st_size, 1)
    assert len(kept.sha256) == 64
    assert review.open("sample").sound.state is SoundState.HERE


def test_moved_altered_and_gone_are_told_apart(
    review: FakeReview, store: MemoryReview, tmp_path: Path
) -> None:
    """Each is said, and the agent may point to where it is now."""
    path = write(tmp_path / "call.wav")
    hear(review, path)
    os.utime(path, (1, 1))
    assert review.open("sample").sound.state is SoundState.HERE
    moved = path.rename(tmp_path / "moved.wav")
    assert review.open("sample").sound.state is SoundState.GONE
    assert review.point_to("sample", moved).state is SoundState.HERE
    assert review.open("sample").sound.path == moved
    write(moved, 500.0)
    os.utime(moved, (2, 2))
    assert review.open("sample").sound.state is SoundState.ALTERED
    other = write(tmp_path / "other.wav", 700.0)
    assert review.point_to("sample", other).state is SoundState.ALTERED
    assert review.open("sample").sound.state is SoundState.ALTERED
    assert store.recordings["sample"].channel == 1


def test_what_is_no_recording_is_refused(review: FakeReview, store: MemoryReview, tmp_path: Path) -> None:
    """Pointing to a letter changes nothing."""
    path = write(tmp_path / "call.wav")
    hear(review, path)
    kept = store.recordings["sample"]
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir")
    with pytest.raises(KnownError) as refused:
        review.point_to("sample", letter)
    assert refused.value.code == "not-audio"
    assert store.recordings["sample"] == kept


def test_a_file_that_changes_while_it_is_heard_is_told_as_altered(
    review: FakeReview, store: MemoryReview, tmp_path: Path
) -> None:
    """What is there now is not what was heard."""
    path = write(tmp_path / "call.wav")
    sink = review.noting(path, None, lambda _event: None)
    path.write_bytes(float_wav(tone(300, 0.7, 16_000)[:, None], 16_000))
    sink(SessionStopped(sample_call.record(), sample_call.summary(), True))
    assert review.open("sample").sound.state is SoundState.ALTERED


def test_a_file_that_vanishes_while_it_is_heard_loses_no_call(review: FakeReview, tmp_path: Path) -> None:
    """The call goes on to its end; there is only no sound to it, and where it was is known."""
    path = write(tmp_path / "call.wav")
    heard: list[object] = []
    sink = review.noting(path, None, heard.append)
    path.unlink()
    sink(SessionStopped(sample_call.record(), sample_call.summary(), True))
    assert len(heard) == 1
    assert review.open("sample").sound == Sound(SoundState.GONE, path)
    assert sound_of(None).path is None
    back = write(tmp_path / "moved.wav")
    assert review.point_to("sample", back).state is SoundState.HERE


def test_a_flag_has_three_better_lines(review: FakeReview) -> None:
    """The line its cue had comes first; why, and what its sources say, are those of the playbook."""
    record = sample_call.record()
    found = review.help_for(record, 2, "blaming")
    assert found.lines[0] == record.cues[1].say
    assert len(set(found.lines)) == 3
    assert found.why
    assert all(found.sources.values())
    bare = review.help_for(record, 2, "own.gone")
    assert (bare.lines, bare.why) == ((), "")


def test_a_note_is_kept_and_goes_when_it_is_emptied(review: FakeReview) -> None:
    """Private, one a flag, the last words count."""
    review.keep_note("sample", 2, "blaming", " I was tired ")
    review.keep_note("sample", 2, "blaming", "I was late")
    assert [note.text for note in review.open("sample").notes] == ["I was late"]
    review.keep_note("sample", 2, "blaming", "  ")
    assert review.open("sample").notes == ()


def test_a_correction_is_kept_with_what_was_heard_and_can_be_put_back(review: FakeReview) -> None:
    """The summary follows, both ways; only the latest correction of a turn can be undone, and once."""
    first = review.correct("sample", 2, "Did you check with your neighbours?")
    after = review.open("sample")
    assert after.summary.flags_raised == sample_call.summary().flags_raised - 1
    assert standing_corrections(after.corrections)[2].before.turn.text == sample_call.record().turns[2].text
    second = review.correct("sample", 2, "You should have asked your neighbours.")
    with pytest.raises(KnownError, match="changed since"):
        review.undo_correction("sample", first.id)
    review.undo_correction("sample", second.id)
    review.undo_correction("sample", first.id)
    back = review.open("sample")
    assert back.record.turns == sample_call.record().turns
    assert back.summary.flags_raised == sample_call.summary().flags_raised
    assert [one.undone for one in back.corrections] == [True, True]
    with pytest.raises(KnownError) as refused:
        review.undo_correction("sample", second.id)
    assert refused.value.code == "correction-unknown"


def test_music_and_silence_have_a_picture(review: FakeReview, tmp_path: Path) -> None:
    """A recording without a word is shown all the same."""
    path = tmp_path / "quiet.wav"
    path.write_bytes(float_wav(np.zeros((8_000, 1), np.float32), 16_000))
    assert list(review.pictures(path))[-1].silent


def test_seconds_are_cut_only_out_of_the_recording_that_was_heard(
    review: FakeReview, store: MemoryReview, tmp_path: Path
) -> None:
    """Of a recording that was altered, or is gone, nothing is given; of no call nothing either."""
    path = tmp_path / "call.wav"
    both = np.stack([tone(300, 2.0, 16_000), tone(900, 2.0, 16_000)]).T
    path.write_bytes(float_wav(both, 16_000))
    hear(review, path)
    # A live call that was pointed to a recording: others may be on it.
    assert not review.has_sound("sample")
    assert review.excerpts("sample", {3: [(0.5, 1.5)]}) == {}
    record, summary = sample_call.record(), sample_call.summary()
    record.header = replace(record.header, source=CallSource.FILE)
    store.calls["sample"] = record, summary
    assert review.has_sound("sample")
    clips = review.excerpts("sample", {3: [(0.5, 1.5)]})
    assert list(clips) == [3]
    assert loudest_hz(sound_in(clips[3])) == pytest.approx(900, abs=15)
    write(path)
    assert not review.has_sound("sample")
    assert review.excerpts("sample", {3: [(0.0, 0.2)]}) == {}
    path.unlink()
    assert not review.has_sound("sample")
    assert not review.has_sound("another")


@pytest.mark.parametrize("known", [True, False])
def test_sound_that_nothing_shows_to_be_what_was_heard_is_listened_to_and_not_given(
    review: FakeReview, store: MemoryReview, tmp_path: Path, known: bool
) -> None:
    """A recording that vanished while it was read, or of which nothing is known: any file may be named."""
    record, summary = sample_call.record(), sample_call.summary()
    record.header = replace(record.header, source=CallSource.FILE)
    store.calls["sample"] = record, summary
    if known:
        path = write(tmp_path / "call.wav")
        sink = review.noting(path, None, lambda _event: None)
        path.unlink()
        sink(SessionStopped(record, summary, True))
        longer = tmp_path / "longer.wav"
        longer.write_bytes(float_wav(tone(300, 0.7, 16_000)[:, None], 16_000))
        assert review.point_to("sample", longer).state is SoundState.ALTERED
    assert review.point_to("sample", write(tmp_path / "other.wav", 700.0)).state is SoundState.HERE
    assert review.open("sample").sound.state is SoundState.HERE
    assert not review.has_sound("sample")
    assert review.excerpts("sample", {3: [(0.1, 0.3)]}) == {}


def test_a_recording_that_goes_away_before_it_is_read_is_told(review: FakeReview, tmp_path: Path) -> None:
    """Its stick was pulled out while it was listened to for voices: no fault of ours."""
    with pytest.raises(KnownError) as told:
        review.noting(tmp_path / "gone.wav", None, lambda _event: None)
    assert told.value.code == "file-unreadable"


def test_a_call_deleted_for_good_does_not_come_back_by_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its deletion waits until the answer is kept, and is of all of it then."""
    mine, other = (LocalStore(tmp_path / "calls.db", KEY, busy_timeout_ms=0) for _ in range(2))
    mine.finish(sample_call.record(), sample_call.summary())
    call_id, load = sample_call.record().header.id, other.load

    def load_and_forget(asked: str) -> object:
        loaded = load(asked)
        with pytest.raises(KnownError, match="Another program"):
            mine.forget(asked)
        return loaded

    monkeypatch.setattr(other, "load", load_and_forget)
    room = EngineFollowUp(lambda: other, lambda: True, lambda _day: ALWAYS, dt.timedelta, dict)
    room.answer((call_id, sample_call.record().commitments[0].id), Answer.DROPPED)
    mine.forget(call_id)
    with pytest.raises(KnownError, match="no call"):
        mine.load(call_id)
    mine.close()
    other.close()


def test_an_answer_elsewhere_waits_for_a_correction_of_the_same_call(tmp_path: Path) -> None:
    """Of the command line and the app at the same moment neither takes back what the other did."""
    mine, other = (LocalStore(tmp_path / "calls.db", KEY, busy_timeout_ms=0) for _ in range(2))
    mine.finish(sample_call.record(), sample_call.summary())
    room = EngineFollowUp(lambda: other, lambda: True, lambda _day: ALWAYS, dt.timedelta, dict)
    call_id = sample_call.record().header.id
    key = (call_id, sample_call.record().commitments[0].id)

    def judges(_header: CallHeader) -> Judges:
        with pytest.raises(KnownError) as held:
            room.answer(key, Answer.DROPPED)
        assert held.value.code == "store-locked"
        return Judges(FakeDetector({}), FakeExtractor(), Redactor())

    review = EngineReview(lambda: mine, judges, shipped_playbook, tmp_path)
    made = review.correct(call_id, 0, "Quite other words.")
    room.answer(key, Answer.DROPPED)
    record, _ = mine.load(call_id)
    assert record.turns[0].text == made.said
    assert {one.id: one.answer for one in record.commitments}[key[1]] is Answer.DROPPED
    mine.close()
    other.close()
