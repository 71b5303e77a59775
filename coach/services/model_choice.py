"""Which recognition model this machine is quick enough for: measured, not guessed from its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from coach.events import Utterance
from coach.ports import ModelChoice, Progress, Transcriber

BUDGET_S = 10.0
MOST_DELAY_S = 2.0
"""From a turn's last word to its final words; what the product promises."""
PAUSE_S = 0.35
"""The part of the delay that is no computing: how long a pause must be to count."""
MOST_LOAD = 0.5
"""Seconds of computing per second of speech that leave room for a softphone and for interim words."""
_TIMES = 2


def choose(
    names: Sequence[str],
    load: Callable[[str], Transcriber],
    sample: Utterance,
    progress: Progress,
    clock: Callable[[], float],
) -> ModelChoice:
    """The largest of ``names`` (the smallest first) that keeps the delay within ``MOST_DELAY_S``.

    ``sample`` is a sentence of usual length. Each model hears it twice, the slower time counts; a larger one
    is not begun once ``BUDGET_S`` have passed. Where none is quick enough it is the smallest.
    """
    began = clock()
    tried: list[tuple[str, float]] = []
    best: tuple[str, float] | None = None

    def tell(name: str) -> None:
        progress(name, min(round(clock() - began), round(BUDGET_S)), round(BUDGET_S))

    for name in names:
        tell(name)
        transcriber = load(name)
        took_s = 0.0
        for _ in range(_TIMES):
            tell(name)
            took_s = max(took_s, _time(transcriber, sample, clock))
        delay_s = round(PAUSE_S + took_s, 2)
        tried.append((name, delay_s))
        quick = delay_s <= MOST_DELAY_S and took_s <= MOST_LOAD * (sample.end_s - sample.start_s)
        if best is None or quick:
            best = (name, delay_s)
        if not quick or clock() - began >= BUDGET_S:
            break
    if best is None:
        raise ValueError("there is no model to measure")
    progress(best[0], round(BUDGET_S), round(BUDGET_S))
    return ModelChoice(best[0], best[1], tuple(tried))


def _time(transcriber: Transcriber, sample: Utterance, clock: Callable[[], float]) -> float:
    before = clock()
    transcriber.hear(sample)
    return clock() - before
