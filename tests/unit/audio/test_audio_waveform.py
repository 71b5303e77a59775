"""The picture of a recording: right at every scale, made once, and never in the way."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import IO

import numpy as np
import pytest

from coach.audio import waveform
from coach.audio.waveform import PIECES_HZ, Waveform, waveforms
from coach.errors import KnownError
from tests.unit.audio.audio_recordings import float_wav, tone


def recording(tmp_path: Path, samples: np.ndarray, name: str = "call.wav") -> Path:
    path = tmp_path / name
    path.write_bytes(float_wav(samples.astype(np.float32)[:, None], 16_000))
    return path


def picture(path: Path, cache: Path | None = None) -> Waveform:
    return list(waveforms(path, cache))[-1]


def test_a_peak_is_seen_at_every_scale(tmp_path: Path) -> None:
    """One loud sample in a minute is there zoomed out to a hundred columns, and zoomed in to its place."""
    samples = tone(100, 60.0, 16_000, 0.1)
    samples[30 * 16_000] = -0.9
    shown = picture(recording(tmp_path, samples))
    assert shown.whole
    assert shown.duration_s == pytest.approx(60.0)
    far = shown.between(0.0, 60.0, 100)
    assert int(far[:, 0].argmin()) == 50
    assert far[50, 0] == pytest.approx(-0.9, abs=0.01)
    assert np.allclose(far[:50, 1], 0.1, atol=0.02)
    near = shown.between(29.5, 30.5, 400)
    assert int(near[:, 0].argmin()) in (199, 200, 201)
    assert shown.between(59.0, 61.0, 10)[5:].tolist() == [[0.0, 0.0]] * 5
    assert shown.between(0.0, 0.0, 5).shape == (5, 2)
    assert shown.between(-1.0, 1.0, 4)[0].tolist() == [0.0, 0.0]


def test_it_is_made_once_and_anew_when_the_file_changes(tmp_path: Path) -> None:
    """The second time it comes from the cache; another file of the same name does not."""
    path, cache = recording(tmp_path, tone(100, 2.0, 16_000)), tmp_path / "cache"
    first = picture(path, cache)
    (kept,) = cache.glob("*.npy")
    np.save(kept, np.full((4, 2), 7, np.int8))
    assert picture(path, cache).levels[0].tolist() == [[7, 7]] * 4
    kept.write_bytes(b"cut short")
    assert np.array_equal(picture(path, cache).levels[0], first.levels[0])
    recording(tmp_path, tone(100, 3.0, 16_000))
    assert picture(path, cache).duration_s == pytest.approx(3.0)


def test_a_disk_without_room_only_means_that_it_is_made_again(tmp_path: Path) -> None:
    """Where the cache cannot be written the picture is there all the same."""
    path = recording(tmp_path, tone(100, 2.0, 16_000))
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    assert picture(path, blocked / "cache").duration_s == pytest.approx(2.0)


def test_a_file_that_goes_as_soon_as_it_is_opened_is_drawn_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is open can be read to its end; only kept it is not."""
    path = recording(tmp_path, tone(100, 2.0, 16_000))

    class Going(waveform.MediaFile):
        def start(self) -> None:
            super().start()
            path.unlink()

    monkeypatch.setattr(waveform, "MediaFile", Going)
    assert picture(path, tmp_path / "cache").duration_s == pytest.approx(2.0)
    assert not (tmp_path / "cache").exists()


def test_a_disk_that_fills_up_while_it_is_kept_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a picture takes no room on a disk that has none, and is never taken for a whole one."""
    path, cache = recording(tmp_path, tone(100, 2.0, 16_000)), tmp_path / "cache"

    def fills_up(file: IO[bytes], _fine: np.ndarray) -> None:
        file.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(np, "save", fills_up)
        assert picture(path, cache).duration_s == pytest.approx(2.0)
        assert list(cache.iterdir()) == []
    picture(path, cache)
    assert [each.suffix for each in cache.iterdir()] == [".npy"]


def test_the_cache_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest pictures go, and what a run left that ended while it wrote; what is being written stays."""
    monkeypatch.setattr(waveform, "KEPT", 2)
    cache = tmp_path / "cache"
    cache.mkdir()
    left, new = cache / "a.npy.1.part", cache / "b.npy.2.part"
    for each in (left, new):
        each.write_bytes(b"half")
    os.utime(left, (1_000, 1_000))
    for number in range(4):
        before = set(cache.glob("*.npy"))
        picture(recording(tmp_path, tone(100, 0.5, 16_000), f"{number}.wav"), cache)
        (made,) = set(cache.glob("*.npy")) - before
        at_s = made.stat().st_mtime - 100 + number
        os.utime(made, (at_s, at_s))
    assert len(list(cache.glob("*.npy"))) == 2
    assert made.exists()
    assert not left.exists()
    assert new.exists()


def test_a_long_recording_is_shown_as_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What there is already is shown, growing, in bounded memory."""
    monkeypatch.setattr(waveform, "TOLD_EVERY_S", 10.0)
    grown = [one.duration_s for one in waveforms(recording(tmp_path, tone(100, 35.0, 16_000)))]
    assert grown == sorted(grown)
    assert len(grown) >= 4
    assert grown[-1] == pytest.approx(35.0)
    assert 3 * 3600 * PIECES_HZ * 2 < 5_000_000


def test_silence_and_clipping_are_known(tmp_path: Path) -> None:
    """What is wrong with the sound itself can be said."""
    quiet = picture(recording(tmp_path, np.zeros(32_000)))
    assert quiet.silent
    assert not quiet.clipped
    loud = picture(recording(tmp_path, np.clip(tone(200, 2.0, 16_000, 4.0), -1, 1), "loud.wav"))
    assert loud.clipped
    assert not loud.silent
    assert not picture(recording(tmp_path, tone(200, 2.0, 16_000), "fine.wav")).clipped


def test_what_is_no_recording_is_said(tmp_path: Path) -> None:
    """A file without sound gives a sentence, not an empty picture."""
    path = tmp_path / "letter.wav"
    path.write_text("Dear Sir")
    with pytest.raises(KnownError) as refused:
        picture(path)
    assert refused.value.code == "not-audio"
