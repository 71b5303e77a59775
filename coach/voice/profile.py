"""The voice profile: what is kept of a reading. Numbers only; the sound is gone."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from coach.errors import KnownError
from coach.voice.encoder import MODEL_ID, SIZE, Embedding

VERSION = 1
_ENROL_AGAIN = "Open Settings, Voice, and read the text again to make a new one."


@dataclass(frozen=True, slots=True, eq=False)
class VoiceProfile:
    """The agent's voice as embeddings, shape (segments, 448) each.

    ``wide`` is the reading as the microphone heard it and with some noise, ``narrow`` the same through a
    telephone's band, so that a recording of a call is compared with like. ``level_dbfs``: how loud it was.
    """

    wide: Embedding
    narrow: Embedding
    level_dbfs: float
    speech_s: float
    created_on: dt.date
    model: str = MODEL_ID

    def to_bytes(self) -> bytes:
        """For the encrypted store only."""
        fields = {
            "version": VERSION,
            "model": self.model,
            "created_on": self.created_on.isoformat(),
            "speech_s": self.speech_s,
            "level_dbfs": self.level_dbfs,
            "wide": _packed(self.wide),
            "narrow": _packed(self.narrow),
        }
        body = json.dumps(fields).encode()
        return hashlib.sha256(body).digest() + body

    @staticmethod
    def from_bytes(data: bytes) -> VoiceProfile:
        """Raises ``KnownError``: voice-damaged, voice-newer, voice-other-model."""
        digest, body = data[:32], data[32:]
        if hashlib.sha256(body).digest() != digest:
            raise _damaged()
        try:
            return _read(json.loads(body))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise _damaged() from error


def _read(fields: dict[str, Any]) -> VoiceProfile:
    if fields["version"] > VERSION:
        raise KnownError(
            "voice-newer",
            f"Your voice profile was made by a newer Sameside. Update Sameside. Or: {_ENROL_AGAIN}",
        )
    if fields["model"] != MODEL_ID:
        raise KnownError(
            "voice-other-model", f"Your voice profile does not fit this version's voice model. {_ENROL_AGAIN}"
        )
    return VoiceProfile(
        wide=_unpacked(fields["wide"]),
        narrow=_unpacked(fields["narrow"]),
        level_dbfs=float(fields["level_dbfs"]),
        speech_s=float(fields["speech_s"]),
        created_on=dt.date.fromisoformat(fields["created_on"]),
    )


def _packed(embeddings: Embedding) -> str:
    return base64.b64encode(embeddings.astype("<f4").tobytes()).decode()


def _unpacked(text: str) -> Embedding:
    try:
        numbers = np.frombuffer(base64.b64decode(text, validate=True), "<f4").astype(np.float32)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    found = numbers.reshape(-1, SIZE)
    if not len(found) or not np.isfinite(found).all():
        raise ValueError("not embeddings")
    return found


def _damaged() -> KnownError:
    return KnownError("voice-damaged", f"Your voice profile cannot be read. {_ENROL_AGAIN}")
