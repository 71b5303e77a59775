"""When in the call a piece of a turn's text was said."""

from __future__ import annotations

from coach.events import Turn, Word


def seconds_of(turn: Turn, span: tuple[int, int]) -> tuple[float, float]:
    """From the words' own times where they make up the text, else by their share of the characters."""
    placed = _placed(turn)
    inside = [word for (start, end), word in placed if start < span[1] and end > span[0]]
    if inside:
        return inside[0].start_s, inside[-1].end_s
    length = max(len(turn.text), 1)
    whole_s = turn.end_s - turn.start_s
    return turn.start_s + whole_s * span[0] / length, turn.start_s + whole_s * span[1] / length


def _placed(turn: Turn) -> list[tuple[tuple[int, int], Word]]:
    places: list[tuple[tuple[int, int], Word]] = []
    at = 0
    for word in turn.words:
        text = word.text.strip()
        found = turn.text.find(text, at)
        if found < 0:
            return []
        at = found + len(text)
        places.append(((found, at), word))
    return places
