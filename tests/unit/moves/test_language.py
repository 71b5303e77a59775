"""Other languages are named, not guessed at; English in all its varieties is left alone."""

from __future__ import annotations

import errno
import tempfile
from typing import Any

import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from coach.moves import language as languages
from coach.moves.language import foreign
from coach.moves.language_model import FiledIdentifier


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Je suis désolé, mais vous auriez dû lire le contrat avant de signer.", "fr"),
        ("Es tut mir leid, aber das ist nun mal die Regel hier.", "de"),
        ("Lo siento mucho, señor, no puedo hacer nada por usted.", "es"),
        ("Мы ничем не можем вам помочь, читайте договор.", "ru"),
        ("我们没有办法，这是规定，您自己看。", "zh"),
    ],
)
def test_another_language_is_named(text: str, language: str) -> None:
    """A turn in another language is told by its ISO 639 code."""
    assert foreign(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Merci.",
        "Okay, bon voyage.",
        "Jollof or fried rice? Plantain dey too.",
        "Biscuit Okafor, lop-eared, yeah?",
        "Apologies. Next.",
        "Will you do the needful, sir, and revert by EOD?",
        "4 1 7 7, double two, nine.",
        "Ah sure look, it's grand so.",
        "Rechnung number 4471, Müller, is on its way to you.",
    ],
)
def test_english_is_left_alone(text: str) -> None:
    """Short turns, names, loan words and varieties of English are not taken for another language."""
    assert foreign(text) is None


def test_the_model_read_from_a_file_answers_as_the_one_in_memory() -> None:
    """Taking a tenth of the memory changes no probability."""
    filed, whole = FiledIdentifier(), LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    for text in ("Lo siento mucho", "我们没有办法", "hello there", "", "Müller, is on its way", "\ud800 \0"):
        assert filed.rank(text) == whole.rank(text)


def test_without_room_for_the_model_turns_are_taken_for_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk ends no call: what cannot be told is judged as before."""

    def full(*_: Any, **__: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    languages._identifier.cache_clear()
    foreign.cache_clear()
    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    assert foreign("Das ist nun mal die Regel hier.") is None
    languages._identifier.cache_clear()
    foreign.cache_clear()
