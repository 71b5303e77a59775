"""One sheet with every state of the overlay, each with its name, in the theme that is on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from coach.events import Because, Cue, CueEnd, CueEnded, Level
from coach.settings import AppearanceSettings
from ui.look.theme import TEXT_CAPTION_PX, current_theme
from ui.overlay import CueOverlay
from ui.parts.chips import font_of
from ui.state import AppState

CUE = Cue(
    id="q1",
    at_s=46.0,
    move="blaming",
    title="Take your part",
    say="I may have started this on the wrong foot. Let me listen first.",
    why="Naming your own part first makes it easier for the other side to name theirs.",
    because=Because("blaming", "you should have put a safe place on the order", 2, ("A2", "E5")),
    alternatives=("I'm sorry, I made that sound like your fault.",),
)
_GAP, _NAME_HEIGHT, _MARGIN = 10, 18, 24

Do = Callable[[CueOverlay], object]


def _listening(overlay: CueOverlay) -> None:
    overlay.set_state(AppState.LISTENING)


def _state(state: AppState) -> Do:
    return lambda overlay: overlay.set_state(state)


def _cue(*then: Do) -> Do:
    def do(overlay: CueOverlay) -> None:
        overlay.show_cue(CUE)
        for step in then:
            step(overlay)

    return do


def _promise(words: str, concern: str) -> Do:
    return lambda overlay: overlay.pill.show_promise(words, concern)


PILLS: dict[str, Do] = {
    "ready": _state(AppState.IDLE),
    "silent": _listening,
    "under the pointer": lambda overlay: overlay.pill.point_at(True),
    "budget spent": lambda overlay: overlay.set_budget(0, 8),
    "cues off": lambda overlay: overlay.set_budget(0, 0),
    "promise heard": _promise("Call you back · Thu 14:00", ""),
    "promise vague": _promise("Send you the form", "By when? Say a time"),
    "slow machine": lambda overlay: overlay.set_slow(True),
    "paused": _state(AppState.PAUSED),
    "blacked out": lambda overlay: overlay.set_black_out(24),
    "no microphone": _state(AppState.NO_MICROPHONE),
    "not hearing": _state(AppState.NOT_HEARING),
    "trouble": _state(AppState.TROUBLE),
}
CARDS: dict[str, Do] = {
    "cue": _cue(),
    "why": _cue(CueOverlay.toggle_why),
    "second line": _cue(CueOverlay.next_line),
    "green": _cue(lambda overlay: overlay.end_cue(CueEnded("q1", 60.0, CueEnd.REPAIRED, "owning", 3))),
}
STATES = PILLS | CARDS


def overlay_in(state: str) -> CueOverlay:
    """The overlay in one of ``STATES``, shown; to be closed by who asks."""
    overlay = CueOverlay(AppearanceSettings(reduced_motion=True, overlay_opacity=1.0))
    overlay.set_state(AppState.LISTENING)
    overlay.set_budget(5, 8)
    overlay.set_elapsed(754.0)
    overlay.set_level(Level(754.0, -24.0, -12.0))
    overlay.show()
    STATES[state](overlay)
    QApplication.processEvents()
    return overlay


def _shots(states: dict[str, Do]) -> Iterator[tuple[str, QPixmap]]:
    for state in states:
        overlay = overlay_in(state)
        yield state, overlay.grab()
        overlay.thanks_timer.stop()
        overlay.close()
        overlay.deleteLater()


def take_sheet(path: Path) -> None:
    """Save all states, pills at the left and cards at the right, as one picture."""
    columns = [list(_shots(PILLS)), list(_shots(CARDS))]
    sizes = [[shot.deviceIndependentSize().toSize() for _state, shot in column] for column in columns]
    widths = [max(size.width() for size in column) for column in sizes]
    height = max(sum(size.height() + _NAME_HEIGHT + _GAP for size in column) for column in sizes)
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    sheet = QPixmap(QSize(sum(widths) + 3 * _MARGIN, height + 2 * _MARGIN) * ratio)
    sheet.setDevicePixelRatio(ratio)
    theme = current_theme()
    sheet.fill(QColor(theme.colours.sunken))
    painter = QPainter(sheet)
    painter.setFont(font_of(TEXT_CAPTION_PX))
    painter.setPen(QColor(theme.colours.text_muted))
    left = _MARGIN
    for column, measures, width in zip(columns, sizes, widths, strict=True):
        top = _MARGIN
        for (state, shot), size in zip(column, measures, strict=True):
            box = QRect(left + 16, top, width, _NAME_HEIGHT)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, state.capitalize())
            painter.drawPixmap(QPoint(left, top + _NAME_HEIGHT), shot)
            top += _NAME_HEIGHT + size.height() + _GAP
        left += width + _MARGIN
    painter.end()
    sheet.save(str(path))
    print(path)
