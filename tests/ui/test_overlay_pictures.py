"""The overlay looks as it was looked at and found good.

The pictures in ``tests/data/overlay`` are small and grey, so that another machine's way of smoothing letters
does not count, and a colour or a part that has moved does. Made anew, and to be looked at, by
``python -m tests.ui.test_overlay_pictures``; large ones by ``scripts/screenshots.py``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from scripts.overlay_pictures import STATES, overlay_in
from ui.app import make_application
from ui.look.theme import DARK, LIGHT, Theme, apply_theme, current_theme, theme_keeper

FOLDER = Path(__file__).resolve().parent.parent / "data" / "overlay"
SMALLER = 4
MOST_ON_AVERAGE, MOST_AT_ONE_PLACE = 3.0, 70.0
"""Of 255 levels of grey. Seen: slight hinting instead of none gives 0.04 and 2, one letter less on one button
0.7 and 124."""
THEMES = (LIGHT, DARK)


def name_of(state: str, theme: Theme) -> str:
    return f"{state.replace(' ', '-')}-{theme.name}.png"


def picture(state: str) -> QImage:
    """The overlay in that state on the ground of the theme, a quarter of its size, in shades of grey."""
    overlay = overlay_in(state)
    fit_no_letter_to_pixels(overlay)
    shot = overlay.grab()
    overlay.thanks_timer.stop()
    overlay.close()
    overlay.deleteLater()
    ground = QImage(shot.size(), QImage.Format.Format_RGB32)
    ground.fill(QColor(current_theme().colours.sunken))
    painter = QPainter(ground)
    painter.drawPixmap(0, 0, shot)
    painter.end()
    size = QSize(shot.width() // SMALLER, shot.height() // SMALLER)
    small = ground.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    return small.convertToFormat(QImage.Format.Format_Grayscale8)


def fit_no_letter_to_pixels(overlay: QWidget) -> None:
    """How far letters are hinted is each machine's own setting, and makes words wider or narrower."""
    for part in [*overlay.findChildren(QLabel), *overlay.findChildren(QAbstractButton)]:
        font = part.font()
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        part.setFont(font)
    QApplication.processEvents()


def levels(image: QImage) -> NDArray[np.float64]:
    """Shape (height, width), 0 to 255."""
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].astype(np.float64)


def test_the_pictures_are_those_of_the_states_there_are() -> None:
    """No state is without its picture, and no picture is left of a state that has gone."""
    wanted = {name_of(state, theme) for state in STATES for theme in THEMES}
    assert {path.name for path in FOLDER.glob("*.png")} == wanted


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_state_looks_as_it_did(qapp: QApplication, theme: Theme) -> None:
    """Size, parts and colours are those of the pictures that were reviewed."""
    apply_theme(qapp, "light")
    theme_keeper(qapp).put_on(theme)
    changed = [state for state in STATES if not alike(picture(state), FOLDER / name_of(state, theme))]
    apply_theme(qapp, "light")
    assert changed == []


def alike(now: QImage, path: Path) -> bool:
    then = QImage(str(path)).convertToFormat(QImage.Format.Format_Grayscale8)
    if abs(now.width() - then.width()) > 1 or abs(now.height() - then.height()) > 1:
        return False
    both = now.size().boundedTo(then.size())
    first, second = (levels(each)[: both.height(), : both.width()] for each in (now, then))
    differences = np.abs(first - second)
    return bool(differences.mean() <= MOST_ON_AVERAGE and differences.max() <= MOST_AT_ONE_PLACE)


def test_a_changed_picture_is_noticed(qapp: QApplication) -> None:
    """Another state, though of nearly the same size, is further off than the tolerance."""
    apply_theme(qapp, "light")
    for one, other in (("cue", "second line"), ("paused", "blacked out"), ("silent", "under the pointer")):
        first, second = levels(picture(one)), levels(picture(other))
        height, width = (min(sizes) for sizes in zip(first.shape, second.shape, strict=True))
        assert np.abs(first[:height, :width] - second[:height, :width]).max() > MOST_AT_ONE_PLACE


def remake() -> int:
    application = make_application()
    apply_theme(application, "light")
    FOLDER.mkdir(parents=True, exist_ok=True)
    for theme in THEMES:
        theme_keeper(application).put_on(theme)
        for state in STATES:
            picture(state).save(str(FOLDER / name_of(state, theme)))
    return 0


if __name__ == "__main__":
    sys.exit(remake())
