from __future__ import annotations

import itertools
import os
import random
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from coach.audio.media_file import MediaFile, probe, read_samples
from coach.errors import KnownError
from coach.events import Block
from tests.unit.audio.audio_recordings import float_wav, loudest_hz, tone, wav_bytes


def read_all(source: MediaFile) -> list[Block]:
    source.start()
    blocks = []
    try:
        while True:
            blocks.append(source.read(0.0))
    except EOFError:
        source.stop()
        return blocks


def samples_of(path: Path, channel: int | None = None, block_s: float = 0.5) -> np.ndarray:
    return np.concatenate([block.samples for block in read_all(MediaFile(path, channel, block_s))])


def refused(path: Path, channel: int | None = None) -> KnownError:
    with pytest.raises(KnownError) as caught:
        read_all(MediaFile(path, channel))
    return caught.value


def written(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "codec", "rate_hz"),
    [
        ("call.wav", "pcm_s16le", 8_000),
        ("call.wav", "pcm_mulaw", 8_000),
        ("call.wav", "pcm_f64le", 96_000),
        ("call.mp3", "mp3", 44_100),
        ("call.m4a", "aac", 48_000),
        ("call.mp4", "aac", 22_050),
        ("call.ogg", "libopus", 48_000),
        ("call.opus", "libopus", 48_000),
        ("call.flac", "flac", 11_025),
        ("call.webm", "libopus", 48_000),
    ],
)
def test_every_common_format_is_heard(
    encode: Callable[..., Path], name: str, codec: str, rate_hz: int
) -> None:
    """Whatever people record in comes out as 16 kHz mono, the same tone, the same length, no warning."""
    path = encode(name, codec, tone(600, 2.0, rate_hz), rate_hz)
    source = MediaFile(path)
    blocks = read_all(source)
    samples = np.concatenate([block.samples for block in blocks])
    assert samples.dtype == np.float32
    assert len(samples) / 16_000 == pytest.approx(2.0, abs=0.08)
    assert loudest_hz(samples[8_000:24_000]) == pytest.approx(600, abs=2)
    assert np.max(np.abs(samples[8_000:24_000])) == pytest.approx(0.5, abs=0.08)
    assert source.warning is None
    info = probe(path)
    assert (info.channels, info.rate_hz) == (1, rate_hz)
    assert info.duration_s == pytest.approx(2.0, abs=0.08)


def test_times_count_on_from_block_to_block(encode: Callable[..., Path]) -> None:
    """Blocks follow each other without a gap, from 0 to the end."""
    blocks = read_all(MediaFile(encode("call.mp3", "mp3", tone(600, 1.7, 44_100), 44_100), block_s=0.2))
    assert blocks[0].start_s == 0.0
    for before, after in itertools.pairwise(blocks):
        assert after.start_s == pytest.approx(before.end_s, abs=1e-9)
        assert len(before.samples) == 3_200


def test_block_size_does_not_change_the_audio(encode: Callable[..., Path]) -> None:
    """Any block size gives the same samples."""
    path = encode("call.mp3", "mp3", tone(600, 1.0, 44_100), 44_100)
    assert np.array_equal(samples_of(path, block_s=0.013), samples_of(path, block_s=5.0))


def test_a_channel_can_be_chosen_or_all_mixed(tmp_path: Path) -> None:
    """The agent's channel comes alone, the other side not at all; without a choice both are heard."""
    stereo = np.stack([tone(400, 1.0, 16_000), tone(900, 1.0, 16_000)], axis=1)
    path = written(tmp_path, "stereo.wav", float_wav(stereo, 16_000))
    assert np.allclose(samples_of(path, 0), stereo[:, 0])
    assert np.allclose(samples_of(path, 1), stereo[:, 1])
    assert np.allclose(samples_of(path), stereo.mean(axis=1), atol=1e-6)


@pytest.mark.parametrize("channel", [-1, 1, 7])
def test_a_channel_that_is_not_there_is_refused(tmp_path: Path, channel: int) -> None:
    """The message names the channels there are."""
    path = written(tmp_path, "mono.wav", float_wav(tone(400, 0.1, 16_000)[:, None], 16_000))
    error = refused(path, channel)
    assert error.code == "channel-missing"
    assert "only channel 0" in error.message


@pytest.mark.parametrize("channels", [7, 8, 9, 24, 64])
def test_each_of_many_channels_is_the_right_one(tmp_path: Path, channels: int) -> None:
    """Recorders with many inputs are read like any other: none is confused, read past or left out."""
    levels = np.linspace(-0.9, 0.9, channels, dtype=np.float32)
    path = written(tmp_path, "many.wav", float_wav(np.tile(levels, (1600, 1)), 16_000))
    for channel, level in enumerate(levels):
        np.testing.assert_allclose(samples_of(path, channel), np.full(1600, level), atol=1e-4)
    np.testing.assert_allclose(samples_of(path), np.zeros(1600), atol=1e-4)


def test_more_channels_than_any_recorder_has_are_refused(tmp_path: Path) -> None:
    """A header that was damaged is not a reason to reserve memory."""
    path = written(tmp_path, "crowd.wav", wav_bytes(bytes(20_000), 100, 16_000))
    assert "100 channels" in refused(path).message


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    """Opening a pipe nobody writes to would never return."""
    os.mkfifo(tmp_path / "pipe.wav")
    assert refused(tmp_path / "pipe.wav").code == "file-unreadable"


def test_samples_that_are_not_numbers_become_silence(tmp_path: Path) -> None:
    """One broken sample does not spoil the rest, resampled or not."""
    frames = tone(400, 1.0, 48_000)[:, None].copy()
    frames[100:110] = np.nan
    frames[200] = np.inf
    samples = samples_of(written(tmp_path, "nan.wav", float_wav(frames, 48_000)))
    assert np.all(np.isfinite(samples))
    assert np.max(np.abs(samples)) == pytest.approx(0.5, abs=0.02)


def test_bad_files_are_refused_by_name(tmp_path: Path, encode: Callable[..., Path]) -> None:
    """Each kind of wrong file has its own code and a message that names it."""
    silence = b"\0" * 3_200
    random.seed(1)
    cases = {
        "file-empty": [b"", wav_bytes(b"", 1, 16_000)],
        "not-audio": [
            b"hello, this is a letter\n" * 20,
            random.randbytes(4_000),
            wav_bytes(silence, 0, 16_000),
        ],
        "rate-absurd": [
            wav_bytes(silence, 1, 1),
            wav_bytes(silence, 1, 3_999),
            wav_bytes(silence, 1, 800_000),
        ],
    }
    for code, contents in cases.items():
        for data in contents:
            error = refused(written(tmp_path, "odd.wav", data))
            assert (error.code, "odd.wav" in error.message) == (code, True)


def test_paths_that_cannot_be_opened_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing, a folder, not allowed: the person learns which."""
    assert refused(tmp_path / "nowhere.wav").code == "file-missing"
    assert refused(tmp_path).code == "file-is-folder"
    path = written(tmp_path, "secret.wav", float_wav(tone(400, 0.1, 16_000)[:, None], 16_000))

    def not_allowed(*args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", not_allowed)
    error = refused(path)
    assert error.code == "file-unreadable"
    assert "Permission denied" in error.message


def test_a_film_without_sound_is_refused(tmp_path: Path) -> None:
    """A picture alone is no recording of a call."""
    import av

    path = tmp_path / "silent.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(5):
            container.mux(stream.encode(av.VideoFrame(64, 48, "yuv420p")))
        container.mux(stream.encode(None))
    error = refused(path)
    assert error.code == "not-audio"
    assert "no sound" in error.message


@pytest.mark.parametrize(
    ("name", "codec"), [("call.wav", "pcm_s16le"), ("call.flac", "flac"), ("call.mp3", "mp3")]
)
def test_a_truncated_file_gives_what_it_has_and_says_so(
    encode: Callable[..., Path], name: str, codec: str
) -> None:
    """The first 60 % of a file are kept, and the warning tells where it stops."""
    noise = np.random.default_rng(1).normal(0, 0.1, 16_000 * 10).astype(np.float32)
    path = encode(name, codec, noise, 16_000)
    whole = samples_of(path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * 0.6)])
    source = MediaFile(path)
    samples = np.concatenate([block.samples for block in read_all(source)])
    assert len(samples) / 16_000 == pytest.approx(6.0, abs=0.5)
    assert np.array_equal(samples[:80_000], whole[:80_000])
    assert source.warning is not None
    assert "ends early" in source.warning
    assert "0:10" in source.warning


def test_a_length_that_is_only_a_guess_is_no_promise(encode: Callable[..., Path]) -> None:
    """A file without its length is whole when it ends, however long its first bit rate made it seem."""
    noise = np.random.default_rng(1).normal(0, 0.3, 16_000 * 10).astype(np.float32)
    noise[: 16_000 * 5] = 0
    source = MediaFile(encode("call.aac", "aac", noise, 16_000))
    blocks = read_all(source)
    assert source.info is not None
    assert source.info.duration_s > blocks[-1].end_s + 1
    assert source.warning is None


def test_what_hangs_behind_the_sound_is_no_damage(encode: Callable[..., Path]) -> None:
    """Tags and left-over bytes at the end of a file cost nothing, so nothing is said of them."""
    noise = np.random.default_rng(1).normal(0, 0.1, 16_000 * 10).astype(np.float32)
    path = encode("call.mp3", "mp3", noise, 16_000)
    path.write_bytes(path.read_bytes() + np.random.default_rng(3).bytes(1_000))
    source = MediaFile(path)
    assert read_all(source)[-1].end_s == pytest.approx(10.0, abs=0.1)
    assert source.warning is None


def test_a_damaged_middle_costs_only_itself(encode: Callable[..., Path]) -> None:
    """Sound after a damaged stretch keeps its time, and the damage is told."""
    noise = np.random.default_rng(1).normal(0, 0.1, 16_000 * 10).astype(np.float32)
    path = encode("call.flac", "flac", noise, 16_000)
    whole = samples_of(path)
    data = bytearray(path.read_bytes())
    random.seed(2)
    middle = len(data) // 2
    data[middle : middle + 12_000] = random.randbytes(12_000)
    path.write_bytes(data)
    source = MediaFile(path)
    blocks = read_all(source)
    last = blocks[-1]
    begin = round(last.start_s * 16_000)
    assert np.array_equal(last.samples, whole[begin : begin + len(last.samples)])
    assert last.end_s == pytest.approx(10.0, abs=0.01)
    assert source.warning is not None
    assert "damaged" in source.warning


def test_a_long_file_is_read_in_bounded_memory(tmp_path: Path) -> None:
    """Four minutes and ten hours need the same room."""
    path = written(tmp_path, "long.wav", wav_bytes(b"\1\0" * (8_000 * 240), 1, 8_000))
    source = MediaFile(path)
    source.start()
    tracemalloc.start()
    try:
        seconds = 0.0
        while True:
            try:
                seconds = source.read(0.0).end_s
            except EOFError:
                break
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        source.stop()
    assert seconds == pytest.approx(240, abs=0.1)
    assert peak < 2_000_000


def test_names_with_colons_and_accents_are_only_names(tmp_path: Path) -> None:
    """A colon does not make a protocol of a file's name."""
    path = written(tmp_path, "http:call 1 é.wav", float_wav(tone(400, 0.5, 16_000)[:, None], 16_000))
    assert len(samples_of(path)) == 8_000


def test_a_file_can_be_started_again(tmp_path: Path) -> None:
    """Start begins at the beginning; after stop there is nothing to read."""
    source = MediaFile(written(tmp_path, "a.wav", float_wav(tone(400, 0.7, 16_000)[:, None], 16_000)))
    first = read_all(source)
    assert [block.start_s for block in read_all(source)] == [block.start_s for block in first]
    with pytest.raises(EOFError):
        source.read(0.0)


def test_a_recording_is_read_in_one_piece_or_only_its_beginning(tmp_path: Path) -> None:
    """The same samples as block by block; of a long one only the blocks that begin in time."""
    path = tmp_path / "tone.wav"
    path.write_bytes(float_wav(tone(440, 3.0, 16_000)[:, np.newaxis], 16_000))
    whole = read_samples(path)
    assert np.array_equal(whole, samples_of(path))
    assert np.array_equal(read_samples(path, most_s=1.0), whole[:16_000])
