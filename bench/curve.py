"""A trade-off curve as an SVG picture, drawn by hand: two axes in percent, a line, and named points on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_SIZE, _EDGE, _MOST = 420, 50, 12.0
_LINE, _TEXT, _GOAL = "#3b6ea5", "#333333", "#eef5ea"


def svg(curve: Sequence[tuple[float, float]], marks: Mapping[str, Sequence[float]]) -> str:
    """``curve``: (agent dropped, other kept) in percent; the goal, 3 % each, is shaded."""

    def place(across: float, up: float) -> tuple[float, float]:
        room = _SIZE - 2 * _EDGE
        clipped = [min(value, _MOST) / _MOST for value in (across, up)]
        return round(_EDGE + clipped[0] * room, 1), round(_SIZE - _EDGE - clipped[1] * room, 1)

    left, bottom = place(0, 0)
    right, top = place(_MOST, _MOST)
    goal = place(3, 3)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE}" font-family="sans-serif" '
        f'font-size="12" fill="{_TEXT}">',
        "<title>Voice gate: agent speech dropped against other speech let through</title>",
        f'<rect width="{_SIZE}" height="{_SIZE}" fill="white"/>',
        f'<path d="M{left} {bottom}V{goal[1]}H{goal[0]}V{bottom}Z" fill="{_GOAL}"/>',
        f'<path d="M{left} {top}V{bottom}H{right}" fill="none" stroke="{_TEXT}"/>',
    ]
    for tick in range(0, int(_MOST) + 1, 3):
        across, up = place(tick, 0), place(0, tick)
        lines.append(f'<text x="{across[0]}" y="{bottom + 16}" text-anchor="middle">{tick}</text>')
        lines.append(f'<text x="{left - 8}" y="{up[1] + 4}" text-anchor="end">{tick}</text>')
    inside = [point for point in curve if max(point) <= _MOST]
    points = " ".join(f"{across},{up}" for across, up in (place(*point) for point in inside))
    lines.append(f'<polyline points="{points}" fill="none" stroke="{_LINE}" stroke-width="2"/>')
    for name, (dropped, kept) in marks.items():
        across, up = place(dropped, kept)
        lines.append(f'<circle cx="{across}" cy="{up}" r="4" fill="{_LINE}"/>')
        lines.append(f'<text x="{across + 8}" y="{up - 6}">{name}</text>')
    middle = _SIZE / 2
    lines.append(f'<text x="{middle}" y="{_SIZE - 10}" text-anchor="middle">agent speech dropped, %</text>')
    lines.append(
        f'<text transform="translate(16 {middle}) rotate(-90)" text-anchor="middle">'
        "other speech kept, %</text>"
    )
    return "\n".join([*lines, "</svg>", ""])
