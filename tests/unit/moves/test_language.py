"""Other languages are named, not guessed at; English in all its varieties is left alone."""

from __future__ import annotations

import pytest

from coach.moves.language import foreign


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
