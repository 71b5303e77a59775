"""Turns called unfair as labelled data, in the form of ``models/moves/turns/*.jsonl``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from coach.values.judgements import Judgement

KIND = "feedback"

Redact = Callable[[str], str]


def exportable(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The unfairs that stand and whose words are still here."""
    return [one for one in judgements if one.contested and one.text.strip()]


def labelled(judgements: Iterable[Judgement], redact: Redact) -> list[dict[str, Any]]:
    """One example per unfair: a turn that is near the move and does not make it.

    ``labels`` are what the detector found beside all that was contested in the turn; nobody has checked them.
    """
    shown = exportable(judgements)
    contested = {(one.call_id, one.turn_index, one.move) for one in shown}
    return [
        {
            "id": f"fb-{one.id:04d}",
            "text": redact(one.text),
            "labels": [
                label for label in one.labels if (one.call_id, one.turn_index, label) not in contested
            ],
            "near": one.move,
            "domain": "",
            "variety": "",
            "kind": KIND,
        }
        for one in shown
    ]
