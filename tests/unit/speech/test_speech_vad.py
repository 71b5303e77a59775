from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.audio.media_file import read_samples
from coach.errors import KnownError
from coach.speech.vad import WINDOW, SileroVad
from tests.unit.speech.speech_fakes import Floats


@pytest.fixture(scope="module")
def speech(three_sentences: Path) -> Floats:
    """The spoken clip as 16 kHz samples, cut to whole windows."""
    samples = read_samples(three_sentences)
    return samples[: len(samples) // WINDOW * WINDOW]


def streamed(vad: SileroVad, samples: Floats) -> list[float]:
    return [vad.probability(samples[at : at + WINDOW]) for at in range(0, len(samples), WINDOW)]


def test_streaming_equals_the_batch_run(speech: Floats) -> None:
    """Window by window gives what faster-whisper's own run over the whole recording gives."""
    from faster_whisper.vad import get_vad_model

    clip = speech[: 5 * 16_000 // WINDOW * WINDOW]
    batch = get_vad_model()(clip.copy())
    # The batch run blanks the end of its last window, so that one may differ.
    assert np.allclose(streamed(SileroVad(), clip)[:-1], batch[:-1], atol=1e-5)


def test_after_a_second_of_quiet_it_listens_afresh(speech: Floats) -> None:
    """A long silence leaves nothing behind: what comes then is judged as at the start of a recording."""
    vad = SileroVad()
    clip = speech[: 60 * WINDOW]
    fresh = streamed(vad, clip)
    streamed(vad, np.zeros(200 * WINDOW, np.float32))
    while vad._quiet:
        streamed(vad, np.zeros(WINDOW, np.float32))
    # The last silent samples before the clip are context; in the recording there is silence too.
    assert streamed(vad, clip) == pytest.approx(fresh, abs=1e-3)


def test_speech_and_silence_are_told_apart(speech: Floats) -> None:
    """In the middle of a sentence it is sure of speech; in the long pause of silence."""
    probabilities = streamed(SileroVad(), speech)
    per_second = 16_000 // WINDOW
    assert np.mean(probabilities[1 * per_second : 2 * per_second]) > 0.8
    assert np.max(probabilities[int(6.5 * per_second) : int(7.8 * per_second)]) < 0.2


def test_reset_forgets(speech: Floats) -> None:
    """After a reset the same audio gives the same numbers; without one the past counts."""
    vad = SileroVad()
    clip = speech[: 40 * WINDOW]
    first = streamed(vad, clip)
    assert streamed(vad, clip) != first
    vad.reset()
    assert streamed(vad, clip) == first


def test_a_window_has_its_size() -> None:
    """Any other size is a bug of the caller, not silently padded."""
    with pytest.raises(ValueError, match="512"):
        SileroVad().probability(np.zeros(480, np.float32))


def test_a_damaged_model_is_refused_by_name(tmp_path: Path) -> None:
    """A file that is no model is named to the person."""
    path = tmp_path / "silero_vad_v6.onnx"
    path.write_bytes(b"not a model")
    with pytest.raises(KnownError) as caught:
        SileroVad(path)
    assert caught.value.code == "model-damaged"
    assert "silero_vad_v6.onnx" in caught.value.message
