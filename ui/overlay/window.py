"""The overlay window: on top, never taking focus, a pill until there is one line to say."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QMargins,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
    SignalInstance,
    Slot,
)
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QApplication, QLayout, QVBoxLayout, QWidget

from coach.events import Cue, CueEnd, CueEnded, Level
from coach.settings import AppearanceSettings
from ui import text
from ui.overlay.card import CardView
from ui.overlay.compositor import blends_windows
from ui.overlay.fade import Fade
from ui.overlay.lock import ClickLock
from ui.overlay.pill import PillView
from ui.overlay.place import Placement
from ui.overlay.surface import SHADOW_PX, Surface, paint_surface, surface_mask
from ui.state import AppState
from ui.theme import RADIUS_L, current_theme, theme_keeper

THANKS_MS = 2_500

_WINDOW_FLAGS = (
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
    | Qt.WindowType.NoDropShadowWindowHint
)


class CueOverlay(QWidget):
    """One small window over everything else.

    It only shows; what the user does to a cue leaves as ``cue_dismissed(cue_id)`` or
    ``cue_contested(cue_id)``. ``appearance`` is read for opacity, motion and place, and its
    ``overlay_place`` is written when the user moved the overlay, followed by ``placed()``.
    """

    cue_dismissed = Signal(str)
    cue_contested = Signal(str)
    placed = Signal()

    def __init__(self, appearance: AppearanceSettings, thanks_ms: int = THANKS_MS) -> None:
        super().__init__(None, _WINDOW_FLAGS)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._appearance = appearance
        self._blends = blends_windows()
        self._placement = Placement(appearance)
        self._lock = ClickLock(self)
        self._drag_from: QPoint | None = None
        # Kept here because some X11 window managers let Qt believe that a frameless window is at 0, 0.
        self._standing = QRect()
        self._thanking = False
        self._was_hidden = False
        self.pill = PillView()
        self.card = CardView()
        self._lay_out()
        self.thanks_timer = QTimer(self, singleShot=True, interval=thanks_ms)
        self.thanks_timer.timeout.connect(self._show_pill)
        self.fade = Fade(self.card)
        self.card.content_resized.connect(self._fit)
        self.card.not_now_pressed.connect(lambda: self._give_up(self.cue_dismissed))
        self.card.unfair_pressed.connect(lambda: self._give_up(self.cue_contested))
        self._follow_world()
        self.pill.show_state(AppState.IDLE, current_theme())
        self._show_pill()
        self.return_to_place()

    @property
    def cue(self) -> Cue | None:
        """The cue on the card; None while the pill or the thank-you shows."""
        return self.card.cue if self.card.isVisibleTo(self) and not self._thanking else None

    @Slot(object)
    def show_cue(self, cue: Cue) -> None:
        """Put the cue on the card, in place of whatever was there.

        A hidden overlay appears for the cue and hides again after it. It is never activated.
        """
        self.thanks_timer.stop()
        self._thanking = False
        self.card.show_cue(cue, current_theme())
        self._show_card(f"{text.PRODUCT} cue: {cue.title}", cue.say)

    @Slot(object)
    def end_cue(self, ended: CueEnded) -> None:
        """Thank for a repair, else go back to the pill. The end of another cue changes nothing."""
        if self.cue is None or self.cue.id != ended.cue_id:
            return
        if ended.end is not CueEnd.REPAIRED:
            self._show_pill()
            return
        self._thanking = True
        self.card.show_thanks(text.MOVE_NAMES.get(ended.by_move or "", ""), current_theme())
        self._show_card(text.PRODUCT, text.NICELY_REPAIRED)
        self.thanks_timer.start()

    @Slot(object)
    def set_state(self, state: AppState) -> None:
        """What the pill says. A card stays until its cue ends."""
        self.pill.show_state(state, current_theme())
        if not self.card.isVisibleTo(self):
            self.setAccessibleDescription(text.STATE_NAMES[state])
        self._fit()

    @Slot(object)
    def set_level(self, level: Level) -> None:
        self.pill.meter.set_level(level.rms_dbfs)

    @Slot(float)
    def set_elapsed(self, seconds: float) -> None:
        """Time since the call began; the overlay keeps no clock of its own."""
        before = self.pill.sizeHint()
        self.pill.set_elapsed(seconds)
        self.card.set_elapsed(seconds)
        if self.pill.sizeHint() != before:
            self._fit()

    def set_locked(self, locked: bool) -> None:
        """Locked, every click goes to the window beneath."""
        self._lock.set_locked(locked)

    def apply_appearance(self) -> None:
        """Read opacity and motion again after the settings changed."""
        if self._appearance.reduced_motion:
            self.fade.end()
        self.update()

    @Slot()
    def return_to_place(self) -> None:
        """Stand where the user left the overlay on these screens, wholly visible."""
        self._placement.restore(self._outer(self.pill.fitted_size()))
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if QGuiApplication.platformName().startswith("wayland"):
            # Wayland lets no window move itself; the compositor does it and keeps the place to itself.
            self.windowHandle().startSystemMove()
            return
        self._drag_from = event.globalPosition().toPoint() - self._standing.topLeft()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag_from is not None:
            self._stand(self._dragged(event, self._drag_from))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drag_from is None or event.button() != Qt.MouseButton.LeftButton:
            return
        dropped = self._dragged(event, self._drag_from)
        self._drag_from = None
        self._placement.settle(dropped, self._outer(self.pill.fitted_size()))
        self._fit()
        self.placed.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._restyle()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = current_theme()
        colours = theme.colours
        card = self.card.isVisibleTo(self)
        surface = Surface(
            fill=colours.repaired_soft if self._thanking else colours.surface,
            edge=colours.repaired if self._thanking else colours.control_border,
            edge_px=theme.border_px,
            radius=self._radius(),
            opacity=self._appearance.overlay_opacity if self._blends else 1.0,
            stripe="" if not card else colours.repaired if self._thanking else colours.accent,
        )
        painter = QPainter(self)
        paint_surface(painter, self.contentsRect().marginsRemoved(self._margins()), surface, self._blends)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._blends:
            self.setMask(surface_mask(self.rect(), self._radius()))

    def _lay_out(self) -> None:
        margin = SHADOW_PX if self._blends else 0
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(0)
        # The window is sized by _fit alone; the layout's own minimum would lag behind a shrinking card.
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.addWidget(self.pill)
        column.addWidget(self.card)

    def _follow_world(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme_keeper(app).theme_changed.connect(self._restyle)
            app.screenAdded.connect(self._take_in_screen)
            app.screenRemoved.connect(self.return_to_place)
            app.primaryScreenChanged.connect(self.return_to_place)
            for screen in app.screens():
                screen.availableGeometryChanged.connect(self.return_to_place)

    def _take_in_screen(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self.return_to_place)
        self.return_to_place()

    def _restyle(self) -> None:
        theme = current_theme()
        self.pill.show_state(self.pill.state, theme)
        self.card.restyle(theme)
        self._fit()
        self.update()

    def _show_card(self, title: str, description: str) -> None:
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(description)
        self.pill.hide()
        self.card.show()
        self._fit()
        self._was_hidden = self._was_hidden or not self.isVisible()
        self.show()
        self.raise_()
        if not self._appearance.reduced_motion:
            self.fade.start()

    def _show_pill(self) -> None:
        self._thanking = False
        self.thanks_timer.stop()
        self.fade.end()
        self.setWindowTitle(text.PRODUCT)
        self.setAccessibleName(text.PRODUCT)
        self.setAccessibleDescription(text.STATE_NAMES[self.pill.state])
        self.card.hide()
        self.pill.show()
        self._fit()
        if self._was_hidden:
            self._was_hidden = False
            self.hide()

    def _give_up(self, signal: SignalInstance) -> None:
        cue = self.cue
        if cue is not None:
            self._show_pill()
            signal.emit(cue.id)

    def _radius(self) -> float:
        return float(RADIUS_L) if self.card.isVisibleTo(self) else self.pill.sizeHint().height() / 2

    def _margins(self) -> QMargins:
        return self._column.contentsMargins()

    def _outer(self, inner: QSize) -> QSize:
        return inner.grownBy(self._margins())

    def _fit(self) -> None:
        """Take the size of what is shown, growing from the resting place."""
        self._placement.resize_rest(self._outer(self.pill.fitted_size()))
        view = self.card if self.card.isVisibleTo(self) else self.pill
        size = self._outer(view.fitted_size())
        held = self._drag_from is not None
        self._stand(QRect(self._standing.topLeft(), size) if held else self._placement.rect_for(size))
        self.update()

    def _stand(self, rect: QRect) -> None:
        self._standing = rect
        self.setGeometry(rect)

    def _dragged(self, event: QMouseEvent, grip: QPoint) -> QRect:
        return QRect(event.globalPosition().toPoint() - grip, self._standing.size())
