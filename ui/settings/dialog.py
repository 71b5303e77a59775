"""The settings: pages at the left, each choice in force at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSlider,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coach.settings import Settings
from ui import text
from ui.look.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, Theme, icon, set_role
from ui.look.themed import follow_theme
from ui.overlay import sharing
from ui.overlay.limits import limits
from ui.parts.room import fit_the_screen
from ui.settings.commitments_page import CommitmentsSettingsPage
from ui.settings.cues_page import CuesPage
from ui.settings.fairness_page import FairnessPage
from ui.settings.look_page import LookPage
from ui.settings.microphone_page import MicrophonePage
from ui.settings.model_page import ModelPage
from ui.settings.overlay_page import OverlayPage
from ui.settings.own_moves_page import OwnMovesPage
from ui.settings.parts import SettingsPage
from ui.settings.practice_page import PracticeSettingsPage
from ui.settings.privacy_page import PrivacyPage
from ui.settings.recognition_page import RecognitionPage
from ui.settings.sharing_page import SharingPage
from ui.settings.vocabulary_page import VocabularyPage
from ui.settings.voice_page import VoicePage

MICROPHONE, VOICE, RECOGNITION, WORDS, OVERLAY = "microphone", "voice", "recognition", "words", "overlay"
CUES, FAIRNESS, OWN_MOVES = "cues", "fairness", "own-moves"
PRIVACY, COMMITMENTS, SHARING = "privacy", "commitments", "sharing"
PRACTICE = "practice"
MODEL = "model"
LOOK = "look"
_FIRST_SIZE = QSize(860, 720)
_SMALLEST = QSize(620, 380)
_LIST_WIDTH = 192
"""So that the longest name is whole beside a scroll bar."""


class SettingsDialog(QDialog):
    """Only shows and asks; ``ui.ear_desk`` answers. ``page_entered(name)`` when another page is shown."""

    page_entered = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Settings")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        listening = settings.listening
        self.microphone = MicrophonePage(listening)
        self.voice = VoicePage(listening)
        self.recognition = RecognitionPage(listening)
        self.words = VocabularyPage(listening.vocabulary)
        self.cues = CuesPage(settings.cues)
        self.own_moves = OwnMovesPage()
        self.fairness = FairnessPage()
        self.overlay = OverlayPage(settings.appearance, settings.keys, sharing.ability(), limits())
        self.commitments = CommitmentsSettingsPage(settings.follow_up, settings.office)
        self.practice = PracticeSettingsPage(settings.practice, settings.local_model)
        self.look = LookPage(settings.appearance)
        self.privacy = PrivacyPage(settings.privacy)
        self.sharing = SharingPage(settings.sharing)
        self.model = ModelPage(settings.local_model)
        self.pages: dict[str, tuple[SettingsPage, str]] = {
            MICROPHONE: (self.microphone, "microphone"),
            VOICE: (self.voice, "voice"),
            RECOGNITION: (self.recognition, "settings"),
            WORDS: (self.words, "commitment"),
            CUES: (self.cues, "flag"),
            OWN_MOVES: (self.own_moves, "repair"),
            FAIRNESS: (self.fairness, "unfair"),
            COMMITMENTS: (self.commitments, "check"),
            PRACTICE: (self.practice, "practice"),
            LOOK: (self.look, "window"),
            OVERLAY: (self.overlay, "overlay"),
            PRIVACY: (self.privacy, "black-out"),
            SHARING: (self.sharing, "export"),
            MODEL: (self.model, "another"),
        }
        self.model.kept.connect(self._follow_model)
        self._list_pages()
        self.close_button = QPushButton(text.CLOSE)
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        self._lay_out()
        self._resize_to_screen()
        follow_theme(self, self._restyle)

    def _list_pages(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName("Pages of the settings")
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setIconSize(QSize(20, 20))
        set_role(self.list, "inside")
        self.stack = QStackedWidget()
        for name, (page, _sign) in self.pages.items():
            entry = QListWidgetItem(page.title)
            entry.setData(Qt.ItemDataRole.UserRole, name)
            self.list.addItem(entry)
            self.stack.addWidget(_scrolling(page))
        self.list.currentRowChanged.connect(self._enter)

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(SPACE_2)
        middle.addWidget(self.list)
        middle.addWidget(self.stack, 1)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_6, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addLayout(middle, 1)
        column.addLayout(bottom)

    @property
    def page(self) -> str:
        return str(self.list.currentItem().data(Qt.ItemDataRole.UserRole))

    def go_to(self, page: str) -> None:
        self.list.setCurrentRow(list(self.pages).index(page))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field takes what is in it; what comes of it is read here, so the window stays."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (enter and isinstance(self.focusWidget(), QLineEdit)):
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """What stands in a field is taken first: under a list of completions it would not be."""
        if isinstance(field := self.focusWidget(), QLineEdit):
            names = field.completer()
            if names is not None and (listed := names.popup()) is not None:
                listed.hide()
            field.clearFocus()
        super().done(result)

    def _enter(self, row: int) -> None:
        self.stack.setCurrentIndex(row)
        self.page_entered.emit(list(self.pages)[row])

    def _follow_model(self, name: str, value: object) -> None:
        if name == "address":
            self.practice.show_address(str(value))

    def _resize_to_screen(self) -> None:
        fit_the_screen(self, _FIRST_SIZE, _SMALLEST)

    def _restyle(self, theme: Theme) -> None:
        for row, (_page, sign) in enumerate(self.pages.values()):
            self.list.item(row).setIcon(icon(sign, theme.colours.text_muted))


def _scrolling(page: SettingsPage) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    by = _WheelGoesBy(area)
    for field in (*page.findChildren(QComboBox), *page.findChildren(QSlider)):
        field.installEventFilter(by)
    return area


class _WheelGoesBy(QObject):
    """Who scrolls a page means the page: no choice changes because the pointer came over it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)
