"""Which microphone to listen to, and how loud it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from coach.events import Level
from coach.ports import InputDevice
from ui.look.theme import SPACE_2, Theme, current_theme, icon, icon_pixmap, set_role
from ui.look.themed import follow_theme
from ui.parts.label import Label

SYSTEM_DEFAULT = "System default"
_QUIETEST_DBFS = -60.0
_LOUDEST_DBFS = -6.0
_BARS = 14
_BAR_PX, _GAP_PX = 4, 3


def device_name(key: str) -> str:
    """The name in the key of a device that is not there now."""
    return key.partition("|")[2] or key


def spoken_name(name: str) -> str:
    """A device as it is called in a sentence: sound systems themselves call theirs "default"."""
    return "the system's default microphone" if name == "default" else name


class InputMeter(QWidget):
    """A row of bars, lit by the voice. Says its level in words to a screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedSize(QSize(_BARS * (_BAR_PX + _GAP_PX), 20))
        self.setAccessibleName("Microphone level")
        self.setAccessibleDescription("silent")
        self.setToolTip("Microphone level")

    @property
    def share(self) -> float:
        """How full the meter is, 0 to 1."""
        return self._share

    @Slot(object)
    def set_level(self, level: Level) -> None:
        share = (level.rms_dbfs - _QUIETEST_DBFS) / (_LOUDEST_DBFS - _QUIETEST_DBFS)
        self._set_share(min(1.0, max(0.0, share)))

    @Slot()
    def clear(self) -> None:
        self._set_share(0.0)

    def _set_share(self, share: float) -> None:
        self._share = share
        spoken = "silent" if share < 0.1 else "quiet" if share < 0.4 else "good"
        if spoken != self.accessibleDescription():
            self.setAccessibleDescription(spoken)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = current_theme()
        colours = theme.colours
        # In high contrast an unlit bar is as strong as a lit one: it is told by its height.
        unlit_px = 3 if theme.high_contrast else 8
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        lit = round(self._share * _BARS)
        for bar in range(_BARS):
            painter.setBrush(QColor(colours.accent if bar < lit else colours.border))
            height = unlit_px if bar >= lit else 8 + 10 * (bar + 1) / _BARS
            place = QRectF(bar * (_BAR_PX + _GAP_PX), (self.height() - height) / 2, _BAR_PX, height)
            painter.drawRoundedRect(place, 2, 2)
        painter.end()


class MicrophoneChoice(QWidget):
    """Emits ``device_chosen(key)``, the empty key for the system's default, and ``refresh_wanted``.

    Disabled, as while a call begins or is saved, it is locked: it shows what is in use and offers nothing.
    """

    device_chosen = Signal(str)
    refresh_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = Label()
        self.box = QComboBox()
        self.box.setAccessibleName("Microphone")
        self.box.setMinimumWidth(172)
        self.box.setMaximumWidth(220)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(18)
        self.box.addItem(SYSTEM_DEFAULT, "")
        self.refresh_button = QToolButton()
        set_role(self.refresh_button, "quiet")
        self.refresh_button.setAccessibleName("Look for microphones again")
        self.refresh_button.setToolTip("Look for microphones again")
        self.refresh_button.clicked.connect(self.refresh_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(self._sign)
        row.addWidget(self.box)
        row.addWidget(self.refresh_button)
        self.box.activated.connect(lambda row: self.device_chosen.emit(self.box.itemData(row)))
        follow_theme(self, self._restyle)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._restyle(current_theme())

    def show_devices(self, devices: list[InputDevice], chosen: str) -> None:
        """Fill the list. A chosen microphone that is not plugged in stays chosen, and says so."""
        self.box.clear()
        default = next((device.name for device in devices if device.is_default), "")
        self.box.addItem(SYSTEM_DEFAULT, "")
        self.box.setItemData(0, default, Qt.ItemDataRole.ToolTipRole)
        for device in devices:
            self.box.addItem(device.name, device.key)
        if chosen and self.box.findData(chosen) < 0:
            self.box.addItem(f"{device_name(chosen)} (not plugged in)", chosen)
        self.box.setCurrentIndex(self.box.findData(chosen))

    def show_chosen(self, key: str) -> None:
        """Another list chose; a key that is not in this one changes nothing."""
        if (row := self.box.findData(key)) >= 0:
            self.box.setCurrentIndex(row)

    def _restyle(self, theme: Theme) -> None:
        colours, free = theme.colours, self.isEnabled()
        sign = icon_pixmap("microphone" if free else "lock", colours.text_muted, 20, self.devicePixelRatioF())
        self._sign.setPixmap(sign)
        tip = "The microphone Sameside listens to"
        self.setToolTip(tip if free else f"{tip}. It cannot be changed just now.")
        self.refresh_button.setVisible(free)
        self.refresh_button.setIcon(icon("another", colours.text_muted))
