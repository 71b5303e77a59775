"""The overlay window: on top, never taking focus, a pill until there is one line to say."""

from __future__ import annotations

from collections.abc import Mapping

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
from PySide6.QtGui import (
    QEnterEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QScreen,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QLayout, QVBoxLayout, QWidget

from coach.events import Cue, CueEnd, CueEnded, Level
from coach.settings import AppearanceSettings
from ui import text
from ui.display import draws_on_wayland
from ui.look.theme import RADIUS_L, current_theme, theme_keeper
from ui.overlay.card import CardView
from ui.overlay.compositor import blends_windows
from ui.overlay.fade import Fade
from ui.overlay.flags import window_flags
from ui.overlay.lock import ClickLock
from ui.overlay.pill import PillView
from ui.overlay.place import Placement
from ui.overlay.sharing import hide_from_sharing
from ui.overlay.surface import SHADOW_PX, Ground, Surface, surface_mask
from ui.parts.announce import announce
from ui.state import AppState

THANKS_MS = 2_500


class CueOverlay(QWidget):
    """One small window over everything else.

    It only shows; what the user does to a cue leaves as ``cue_said(cue_id)``, ``cue_dismissed(cue_id)`` or
    ``cue_contested(cue_id)``. ``appearance`` is read for opacity, motion, privacy and place, and its
    ``overlay_place`` is written when the user moved the overlay, followed by ``placed()``.
    """

    cue_said = Signal(str)
    cue_dismissed = Signal(str)
    cue_contested = Signal(str)
    placed = Signal()

    def __init__(self, appearance: AppearanceSettings, thanks_ms: int = THANKS_MS) -> None:
        super().__init__(None, window_flags())
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._appearance = appearance
        self._blends = blends_windows()
        self._placement = Placement(appearance)
        self._ground = Ground()
        self._lock = ClickLock(self)
        self._drag_from: QPoint | None = None
        # Kept here because some X11 window managers let Qt believe that a frameless window is at 0, 0.
        self._standing = QRect()
        self._cue_shown = self._thanking = False
        self._titles = (text.PRODUCT, "")
        self._was_hidden = False
        self.pill = PillView()
        self.card = CardView()
        self._lay_out()
        self.thanks_timer = QTimer(self, singleShot=True, interval=thanks_ms)
        self.thanks_timer.timeout.connect(self._show_pill)
        self.fade = Fade(self.card, appearance)
        for view in (self.card, self.pill):
            view.content_resized.connect(self._fit)
        self.card.said_it_pressed.connect(self.say_it)
        self.card.not_now_pressed.connect(self.put_away)
        self.card.unfair_pressed.connect(self.contest)
        self._follow_world()
        self.pill.show_state(AppState.IDLE, current_theme())
        self._show_pill()
        self.return_to_place()

    @property
    def cue(self) -> Cue | None:
        """The cue that waits to be said; None while the pill or the thank-you shows."""
        return self.card.cue if self._cue_shown else None

    def ask_for(self, shown: bool) -> None:
        """By the user: then it stays, or stays away, whatever it had appeared for."""
        self._was_hidden = False
        self.setVisible(shown)

    @Slot(object)
    def show_cue(self, cue: Cue) -> None:
        """Put the cue on the card, in place of whatever was there.

        A hidden overlay appears for the cue and hides again after it. It is never activated.
        """
        self.thanks_timer.stop()
        self._cue_shown, self._thanking = True, False
        self.card.show_cue(cue, current_theme())
        self._show_card(f"{text.PRODUCT} cue: {cue.title}", cue.say)
        announce(self, f"{cue.title}. {cue.say}")

    @Slot(object)
    def end_cue(self, ended: CueEnded) -> None:
        """Thank for a repair, else go back to the pill. The end of another cue changes nothing."""
        if self.cue is None or self.cue.id != ended.cue_id:
            return
        if ended.end is not CueEnd.REPAIRED:
            self._show_pill()
            return
        self._cue_shown, self._thanking = False, True
        self.card.show_thanks(text.MOVE_NAMES.get(ended.by_move or "", ""), current_theme())
        self._show_card(text.PRODUCT, text.NICELY_REPAIRED)
        self.thanks_timer.start()

    @Slot(object)
    def set_state(self, state: AppState) -> None:
        """What the pill says. A card stays until its cue ends, but not over the word that nothing is heard.

        A hidden overlay appears for that word, and hides again after it.
        """
        before = self.pill.silenced
        self.pill.show_state(state, current_theme())
        self._silence_changed(before)

    def set_black_out(self, left_s: int | None) -> None:
        """Seconds for which nothing will be heard, shown as a pause is; None once it is over."""
        before = self.pill.silenced
        self.pill.show_black_out(left_s, current_theme())
        self._silence_changed(before)

    def _silence_changed(self, before: bool) -> None:
        if self.pill.silenced and not before:
            announce(self, self.pill.state_label.text())
        self._show_right_view()
        if self.pill.silenced:
            self._appear()
        elif before and self._was_hidden and not self._card_wanted:
            self._was_hidden = False
            self.hide()

    def set_budget(self, left: int, most: int) -> None:
        """Cues that may still come in this call."""
        self.pill.set_budget(left, most)
        self._fit()

    def show_keys(self, keys: Mapping[str, str]) -> None:
        """Keys that do what the buttons do, to be told on hover."""
        self.card.show_keys(keys)
        self.pill.show_keys(keys)

    def set_slow(self, slow: bool) -> None:
        self.pill.set_slow(slow)
        self._fit()

    @Slot()
    def say_it(self) -> None:
        """The agent says the line was said: the card stays until the call has taken note of it."""
        if self.cue is not None and not self.pill.silenced:
            self.cue_said.emit(self.cue.id)

    @Slot()
    def put_away(self) -> None:
        self._give_up(self.cue_dismissed)

    @Slot()
    def contest(self) -> None:
        self._give_up(self.cue_contested)

    @Slot()
    def toggle_why(self) -> None:
        if self.cue is not None:
            self.card.why_button.toggle()

    @Slot()
    def next_line(self) -> None:
        if self.cue is not None and len(self.cue.alternatives):
            self.card.next_line()
            announce(self, self.card.say_label.text())

    @Slot(object)
    def set_level(self, level: Level) -> None:
        self.pill.meter.set_level(level.rms_dbfs)

    @Slot(float)
    def set_elapsed(self, seconds: float) -> None:
        """Time since the call began; the overlay keeps no clock of its own."""
        if text.clock(seconds) == self.pill.elapsed_label.text():
            return
        before = self.pill.fitted_size()
        self.pill.set_elapsed(seconds)
        self.card.set_elapsed(seconds)
        if self.pill.fitted_size() != before:
            self._fit()

    def set_locked(self, locked: bool) -> None:
        """Locked, every click goes to the window beneath."""
        self._lock.set_locked(locked)

    def apply_appearance(self) -> None:
        """Read opacity, motion and privacy again after the settings changed."""
        self.fade.follow_settings()
        if self.isVisible():
            hide_from_sharing(self, self._appearance.overlay_private)
        self.update()

    def stand_on(self, screen: QScreen) -> None:
        """Go to the corner of another screen, and remember that for these screens."""
        self._placement.move_to(screen.availableGeometry(), self._outer(self.pill.fitted_size()))
        self._fit()
        self.placed.emit()

    def screen_name(self) -> str:
        """The screen the overlay rests on."""
        return self._placement.screen_name()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Each time: unlocking gives the window a new handle, which the system knows nothing of.
        hide_from_sharing(self, self._appearance.overlay_private)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.pill.point_at(True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pill.point_at(False)

    @Slot()
    def return_to_place(self) -> None:
        """Stand where the user left the overlay on these screens, wholly visible."""
        self._placement.restore(self._outer(self.pill.fitted_size()))
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if draws_on_wayland():
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
        fill, edge, stripe = colours.surface, colours.control_border, ""
        if self.pill.isVisibleTo(self):
            fill = self.pill.ground(colours)
            edge = fill if self.pill.silenced else edge
        elif self._thanking:
            fill, edge, stripe = colours.repaired_soft, colours.repaired, colours.repaired
        else:
            stripe = colours.accent
        opacity = self._appearance.overlay_opacity if self._blends and not self.pill.silenced else 1.0
        surface = Surface(fill, edge, theme.border_px, self._radius(), opacity, stripe)
        painter = QPainter(self)
        rect = self.contentsRect().marginsRemoved(self._margins())
        self._ground.paint(painter, self.rect(), rect, surface, self._blends)
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
        self._titles = (title, description)
        self._show_right_view()
        self._appear()
        self.fade.start()

    def _appear(self) -> None:
        self._was_hidden = self._was_hidden or not self.isVisible()
        self.show()
        self.raise_()

    def _show_pill(self) -> None:
        self._cue_shown = self._thanking = False
        self.thanks_timer.stop()
        self.fade.end()
        self._show_right_view()
        if self._was_hidden and not self.pill.silenced:
            self._was_hidden = False
            self.hide()

    @property
    def _card_wanted(self) -> bool:
        return self._cue_shown or self._thanking

    def _show_right_view(self) -> None:
        """The card or the pill, and the name of the window that goes with it."""
        card = self._card_wanted and not self.pill.silenced
        title, description = self._titles if card else (text.PRODUCT, text.STATE_NAMES[self.pill.state])
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(description)
        # What goes goes first: for a moment both would ask for room.
        for view, wanted in sorted(((self.pill, not card), (self.card, card)), key=lambda each: each[1]):
            view.setVisible(wanted)
        self._fit()

    def _give_up(self, signal: SignalInstance) -> None:
        cue = self.cue
        # A pause hides it: nobody answers what is not seen.
        if cue is not None and not self.pill.silenced:
            self._show_pill()
            signal.emit(cue.id)

    def _radius(self) -> float:
        return float(RADIUS_L) if self.card.isVisibleTo(self) else self.pill.fitted_size().height() / 2

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
