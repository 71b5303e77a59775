from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.audio.block import FLOOR_DBFS, BlockBuilder, StreamResampler, clean, level, to_mono
from coach.events import Block
from tests.unit.audio.audio_recordings import loudest_hz, tone


def resampled(samples: np.ndarray, rate_hz: int, sizes: list[int]) -> np.ndarray:
    resampler = StreamResampler(rate_hz)
    pieces, at, turn = [], 0, 0
    while at < len(samples):
        size = sizes[turn % len(sizes)]
        pieces.append(resampler.push(samples[at : at + size]))
        at, turn = at + size, turn + 1
    return np.concatenate([*pieces, resampler.flush()])


@settings(max_examples=25)
@given(
    rate_hz=st.sampled_from([4_000, 8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000]),
    sizes=st.lists(st.integers(1, 3_000), min_size=1, max_size=5),
)
def test_resampling_does_not_depend_on_the_sizes_of_the_pieces(rate_hz: int, sizes: list[int]) -> None:
    """The same recording gives the same samples however it arrives."""
    samples = np.random.default_rng(1).normal(0, 0.1, 12_345).astype(np.float32)
    whole = resampled(samples, rate_hz, [len(samples)])
    assert np.array_equal(resampled(samples, rate_hz, sizes), whole)


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 44_100, 48_000])
def test_resampling_keeps_pitch_time_and_loudness(rate_hz: int) -> None:
    """A tone stays the tone it was, as loud, as long, and where it was."""
    given_tone = tone(440, 1.0, rate_hz)
    result = resampled(given_tone, rate_hz, [480])
    wanted = tone(440, 1.0, 16_000)
    assert len(result) == pytest.approx(16_000, abs=40)
    middle = slice(1_000, 15_000)
    assert np.max(np.abs(result[middle] - wanted[middle])) < 0.01


def test_sixteen_kilohertz_passes_untouched() -> None:
    """Audio that is right already is not touched."""
    samples = tone(440, 0.1, 16_000)
    assert np.array_equal(resampled(samples, 16_000, [7]), samples)


def test_what_is_not_a_number_becomes_silence() -> None:
    """Broken samples cannot spread into the recogniser; loud ones are held at full scale."""
    broken = np.array([0.5, np.nan, np.inf, -np.inf, 3.0, -3.0])
    assert clean(broken).tolist() == [0.5, 0.0, 0.0, 0.0, 1.0, -1.0]
    assert clean(broken).dtype == np.float32


def test_one_channel_or_the_mean_of_all() -> None:
    """The channel asked for comes alone; without a choice all count the same."""
    frames = np.array([[0.2, 0.4], [np.nan, -0.4]], np.float32)
    assert to_mono(frames, 1).tolist() == pytest.approx([0.4, -0.4])
    assert to_mono(frames).tolist() == pytest.approx([0.3, -0.2])
    assert to_mono(frames[:, :1]).tolist() == pytest.approx([0.2, 0.0])


def test_level_reads_what_a_meter_would() -> None:
    """A full-scale sine reads -3 dB RMS and 0 dB peak; silence and nothing read the floor."""
    sine = level(Block(tone(1_000, 1.0, 16_000, amplitude=1.0), 2.0))
    assert sine.at_s == pytest.approx(3.0)
    assert sine.rms_dbfs == pytest.approx(-3.01, abs=0.05)
    assert sine.peak_dbfs == pytest.approx(0.0, abs=0.05)
    assert level(Block(np.zeros(160, np.float32), 0.0)).rms_dbfs == FLOOR_DBFS
    assert level(Block(np.zeros(0, np.float32), 1.0)).peak_dbfs == FLOOR_DBFS


@settings(max_examples=50)
@given(sizes=st.lists(st.integers(0, 900), max_size=30), block_s=st.sampled_from([0.001, 0.01, 0.05]))
def test_blocks_join_up_to_what_was_pushed(sizes: list[int], block_s: float) -> None:
    """No sample is lost, and each block begins where the one before it ended."""
    pushed = np.arange(sum(sizes), dtype=np.float32)
    builder = BlockBuilder(block_s, start_s=1.5)
    blocks, at = [], 0
    for size in sizes:
        blocks += builder.push(pushed[at : at + size])
        at += size
        assert builder.end_s == pytest.approx(1.5 + at / 16_000)
    blocks += builder.flush()
    joined = np.concatenate([block.samples for block in blocks]) if blocks else np.zeros(0)
    assert np.array_equal(joined, pushed)
    expected_s = 1.5
    for block in blocks:
        assert block.start_s == pytest.approx(expected_s)
        expected_s = block.end_s
    assert all(len(block.samples) == round(block_s * 16_000) for block in blocks[:-1])


def test_a_tone_is_measured_right() -> None:
    """The tests' own ear hears what is played."""
    assert loudest_hz(tone(440, 1.0, 16_000)) == pytest.approx(440, abs=1)
