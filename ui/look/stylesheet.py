"""The one style sheet, written from the tokens.

Widgets take their part by the dynamic property ``role`` (``ui.look.theme.set_role``):

- QLabel: title, display, subtitle, strong, muted, caption, cue, accent, flag, repaired, danger, alarm
- QPushButton, QToolButton: primary, quiet, small, danger, inside (else outlined)
- QToolButton: alarm, alarm-dark and quiet-icon, of the overlay
- QListView: inside, for one that stands inside a card, which has the frame
- QFrame: card, sunken, sidebar, sidebar-narrow, line, banner, banner-danger, banner-flag, banner-good
"""

from __future__ import annotations

from coach.resources import asset
from ui.look.tokens import (
    CONTROL_HEIGHT,
    FONT_FAMILY,
    RADIUS_L,
    RADIUS_M,
    RADIUS_S,
    SPACE_1,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    SPACE_5,
    TEXT_BODY_PX,
    TEXT_CAPTION_PX,
    TEXT_CUE_PX,
    TEXT_DISPLAY_PX,
    TEXT_LARGE_PX,
    TEXT_TITLE_PX,
    Theme,
)

_BAR_PX = 3
"""At the edge of what is chosen. Its ground alone is as light as what is around it, for whoever sees no hues
and in high contrast."""


def style_sheet(theme: Theme) -> str:
    """Qt style sheet for the whole application in ``theme``."""
    return "\n".join(
        (_labels(theme), _buttons(theme), _fields(theme), _boxes(theme), _frames(theme), _lists(theme))
    )


def _off(theme: Theme, broken: str = "dashed") -> str:
    """The outline of what cannot be used: high contrast has no fainter colour to say it with."""
    return broken if theme.high_contrast else "solid"


def _labels(theme: Theme) -> str:
    c = theme.colours
    return f"""
QWidget {{ font-family: "{FONT_FAMILY}"; font-size: {TEXT_BODY_PX}px; color: {c.text}; }}
QMainWindow, QDialog {{ background: {c.window}; }}
QLabel {{ background: transparent; }}
QLabel[role="display"] {{ font-size: {TEXT_DISPLAY_PX}px; font-weight: 600; }}
QLabel[role="title"] {{ font-size: {TEXT_TITLE_PX}px; font-weight: 600; }}
QLabel[role="subtitle"] {{ font-size: {TEXT_LARGE_PX}px; font-weight: 500; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="muted"] {{ color: {c.text_muted}; }}
QLabel[role="caption"] {{ color: {c.text_muted}; font-size: {TEXT_CAPTION_PX}px; }}
QLabel[role="cue"] {{ font-size: {TEXT_CUE_PX}px; font-weight: 500; }}
QLabel[role="flag"] {{ color: {c.flag_text}; font-weight: 600; }}
QLabel[role="accent"] {{ color: {c.accent_text}; font-weight: 600; }}
QLabel[role="repaired"] {{ color: {c.repaired_text}; font-weight: 600; }}
QLabel[role="danger"] {{ color: {c.danger_text}; font-weight: 600; }}
QLabel[role="alarm"] {{ color: {c.surface}; font-size: {TEXT_LARGE_PX}px; font-weight: 600; }}
QToolTip {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.border}; padding: {SPACE_1}px; }}
"""


def _buttons(theme: Theme) -> str:
    c, line = theme.colours, theme.border_px
    inner = CONTROL_HEIGHT - 2 * SPACE_1 - 2 * line
    # As high with it as without.
    bar = f"border-bottom: {_BAR_PX}px solid {c.accent}; padding-bottom: {SPACE_1 + line - _BAR_PX}px;"
    return f"""
QPushButton, QToolButton {{
  background: {c.surface}; color: {c.text}; border: {line}px solid {c.control_border}; outline: none;
  border-radius: {RADIUS_M}px; padding: {SPACE_1}px {SPACE_4}px; min-height: {inner}px; font-weight: 500; }}
QToolButton {{ padding: {SPACE_1}px {SPACE_2}px; }}
QPushButton:hover, QToolButton:hover {{ background: {c.sunken}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {c.accent_soft}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {c.focus}; }}
QPushButton:disabled, QToolButton:disabled {{
  background: {c.sunken}; color: {c.text_muted}; border-color: {c.border}; border-style: {_off(theme)}; }}
QPushButton:checked, QToolButton:checked {{
  background: {c.accent_soft}; color: {c.accent_text}; {bar} }}
QPushButton[role="primary"] {{
  background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; font-weight: 600; }}
QPushButton[role="primary"]:hover {{ background: {c.accent_hover}; border-color: {c.accent_hover}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[role="primary"]:disabled {{
  background: {c.sunken}; color: {c.text_muted}; border-color: {c.border}; }}
QPushButton[role="quiet"], QToolButton[role="quiet"] {{
  background: transparent; border: {line}px solid transparent; color: {c.text_muted}; }}
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover {{
  background: {c.sunken}; color: {c.text}; }}
QPushButton[role="quiet"]:checked, QToolButton[role="quiet"]:checked {{
  background: {c.accent_soft}; color: {c.accent_text}; {bar} }}
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus {{ border: 2px solid {c.focus}; }}
QPushButton[role="small"] {{
  background: transparent; border: {line}px solid transparent; color: {c.text_muted};
  border-radius: {RADIUS_S}px; padding: {SPACE_1}px {SPACE_2}px; min-height: {SPACE_4 + SPACE_1}px; }}
QPushButton[role="small"]:hover {{ background: {c.sunken}; color: {c.text}; }}
QPushButton[role="small"]:checked {{
  background: {c.accent_soft}; color: {c.accent_text}; {bar} }}
QPushButton[role="small"]:focus {{ border: 2px solid {c.focus}; }}
QPushButton[role="danger"] {{ color: {c.danger_text}; border-color: {c.danger}; }}
QPushButton[role="danger"]:hover {{ background: {c.danger_soft}; }}
QPushButton[role="danger"]:focus {{ border: 2px solid {c.focus}; }}
QPushButton[role="danger"]:disabled {{ color: {c.text_muted}; border-color: {c.border}; }}
QPushButton[role="quiet"]:disabled, QToolButton[role="quiet"]:disabled, QPushButton[role="small"]:disabled {{
  color: {c.control_border}; border-style: {_off(theme)};
  {f"border-color: {c.border};" if theme.high_contrast else ""} }}
{_overlay_buttons(theme)}
{_sidebar_buttons(theme)}
QToolButton::menu-indicator {{ image: none; }}
"""


def _sidebar_buttons(theme: Theme) -> str:
    """The bar of the room that is shown stands at its side, as in a list."""
    c, line = theme.colours, theme.border_px
    return f"""
QFrame[role|="sidebar"] QPushButton {{ text-align: left; }}
QFrame[role|="sidebar"] QPushButton:checked {{
  border-bottom: {line}px solid transparent; padding-bottom: {SPACE_1}px;
  border-left: {_BAR_PX}px solid {c.accent}; padding-left: {SPACE_4 + line - _BAR_PX}px; }}
QFrame[role|="sidebar"] QPushButton:checked:focus {{ border: 2px solid {c.focus}; }}
"""


def _overlay_buttons(theme: Theme) -> str:
    """And those without an outline beside a line or in a field."""
    c, line = theme.colours, theme.border_px
    return f"""
QToolButton[role="alarm"], QToolButton[role="alarm-dark"] {{
  background: transparent; color: {c.surface}; border: {line}px solid {c.surface};
  border-radius: {RADIUS_S}px; padding: 0 {SPACE_2}px; min-height: {SPACE_5 + SPACE_1}px; font-weight: 600; }}
QToolButton[role="alarm"]:hover, QToolButton[role="alarm"]:pressed {{
  background: {c.surface}; color: {c.danger_text}; }}
QToolButton[role="alarm-dark"]:hover, QToolButton[role="alarm-dark"]:pressed {{
  background: {c.surface}; color: {c.text}; }}
QToolButton[role="quiet-icon"] {{
  background: transparent; border: {line}px solid transparent; border-radius: {RADIUS_S}px;
  padding: 0 {SPACE_1}px; min-height: {SPACE_5 + SPACE_1}px; }}
QToolButton[role="quiet-icon"]:hover, QToolButton[role="quiet-icon"]:pressed {{ background: {c.sunken}; }}
QToolButton[role="quiet-icon"]:focus {{ border: 2px solid {c.focus}; }}
QToolButton[role="inside"] {{ border: none; background: transparent; padding: 0; min-height: 0; }}
"""


def _fields(theme: Theme) -> str:
    c, line = theme.colours, theme.border_px
    inner = CONTROL_HEIGHT - 2 * SPACE_1 - 2 * line
    ground = "dark" if theme.dark else "light"
    arrow = asset("icons", f"arrow-on-{ground}.svg").as_posix()
    return f"""
QLineEdit, QComboBox, QSpinBox, QDateEdit, QTimeEdit, QPlainTextEdit, QTextEdit {{
  background: {c.surface}; color: {c.text}; border: {line}px solid {c.control_border};
  border-radius: {RADIUS_M}px; padding: {SPACE_1}px {SPACE_3}px;
  selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QLineEdit, QComboBox, QSpinBox, QDateEdit, QTimeEdit {{ min-height: {inner}px; }}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus, QTimeEdit:focus, QPlainTextEdit:focus,
QTextEdit:focus {{ border: 2px solid {c.focus}; }}
QLineEdit, QPlainTextEdit, QTextEdit {{ placeholder-text-color: {c.text_muted}; }}
QLineEdit:disabled, QSpinBox:disabled, QDateEdit:disabled, QTimeEdit:disabled, QPlainTextEdit:disabled,
QTextEdit:disabled {{
  background: {c.sunken}; color: {c.text_muted}; border-style: {_off(theme)}; }}
QComboBox::drop-down {{ border: none; width: {SPACE_4 + SPACE_3}px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: {SPACE_4}px; height: {SPACE_4}px; }}
QComboBox:disabled {{
  background: {c.surface}; color: {c.text}; border-color: {c.border}; border-style: {_off(theme)}; }}
QComboBox::down-arrow:disabled {{ image: none; }}
QComboBox QAbstractItemView {{
  background: {c.surface}; border: {line}px solid {c.border}; padding: {SPACE_1}px;
  selection-background-color: {c.accent if theme.high_contrast else c.accent_soft};
  selection-color: {c.on_accent if theme.high_contrast else c.text}; }}
QSlider {{ min-height: {SPACE_5}px; background: transparent; }}
QSlider::groove:horizontal {{ height: {SPACE_1}px; border-radius: 2px; background: {c.control_border}; }}
QSlider::sub-page:horizontal {{ height: {SPACE_1}px; border-radius: 2px; background: {c.accent}; }}
QSlider::handle:horizontal {{
  width: {SPACE_3}px; height: {SPACE_3}px; margin: -6px 0; border-radius: 8px;
  background: {c.accent}; border: 2px solid {c.surface}; }}
QSlider::handle:horizontal:hover {{ background: {c.accent_hover}; }}
QSlider::handle:horizontal:focus {{ border: 2px solid {c.focus}; }}
QSlider::sub-page:horizontal:disabled {{ background: {c.control_border}; }}
QSlider::handle:horizontal:disabled {{ background: {c.surface}; border: 2px solid {c.control_border}; }}
QSlider:focus {{ border: 2px solid {c.focus}; border-radius: {RADIUS_S}px; }}
QProgressBar {{
  background: {c.sunken}; border: none; border-radius: {SPACE_1}px; max-height: {SPACE_2}px;
  min-height: {SPACE_2}px; color: transparent; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: {SPACE_1}px; }}
"""


def _boxes(theme: Theme) -> str:
    c, ground = theme.colours, "dark" if theme.dark else "light"
    dot = asset("icons", f"dot-on-{ground}.svg").as_posix()
    tick = asset("icons", f"tick-on-{ground}.svg").as_posix()
    # What is chosen and cannot be changed is hollow: a grey box is as dark as that of what can.
    other = "light" if theme.dark else "dark"
    off_dot = asset("icons", f"dot-on-{other}.svg").as_posix()
    off_tick = asset("icons", f"tick-on-{other}.svg").as_posix()
    return f"""
QCheckBox, QRadioButton {{
  background: transparent; spacing: {SPACE_2}px; padding: {SPACE_1}px;
  border: 2px solid transparent; border-radius: {RADIUS_S}px; outline: none; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {c.focus}; }}
QCheckBox::indicator {{
  width: 14px; height: 14px; border: 2px solid {c.control_border}; border-radius: 5px;
  background: {c.surface}; }}
QCheckBox::indicator:checked {{ border-color: {c.accent}; background: {c.accent}; image: url("{tick}"); }}
QRadioButton::indicator {{
  width: 14px; height: 14px; border: 2px solid {c.control_border}; border-radius: 9px;
  background: {c.surface}; }}
QRadioButton::indicator:checked {{ border-color: {c.accent}; background: {c.accent}; image: url("{dot}"); }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {c.text_muted}; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{
  border-color: {c.border}; border-style: {_off(theme, "dotted")}; }}
QCheckBox::indicator:checked:disabled {{ background: {c.surface}; image: url("{off_tick}"); }}
QRadioButton::indicator:checked:disabled {{ background: {c.surface}; image: url("{off_dot}"); }}
"""


def _frames(theme: Theme) -> str:
    c, line = theme.colours, theme.border_px
    banners = "".join(
        f"""
QFrame[role="{role}"] {{ background: {soft}; border: {line}px solid {edge}; border-radius: {RADIUS_M}px; }}"""
        for role, soft, edge in (
            ("banner", c.accent_soft, c.accent),
            ("banner-danger", c.danger_soft, c.danger),
            ("banner-flag", c.flag_soft, c.flag),
            ("banner-good", c.repaired_soft, c.repaired),
        )
    )
    return f"""
QFrame[role="card"] {{
  background: {c.surface}; border: {line}px solid {c.border}; border-radius: {RADIUS_L}px; }}
QFrame[role="sunken"] {{ background: {c.sunken}; border: none; border-radius: {RADIUS_M}px; }}
QFrame[role|="sidebar"] {{ background: {c.sunken}; border: none; border-right: {line}px solid {c.border}; }}
QFrame[role="sidebar-narrow"] QPushButton {{
  padding: {SPACE_1}px {SPACE_2}px; text-align: center; }}
QFrame[role="line"] {{ background: {c.border}; border: none; max-height: {line}px; min-height: {line}px; }}
{banners}
"""


def _lists(theme: Theme) -> str:
    c, line = theme.colours, theme.border_px
    return f"""
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QAbstractScrollArea::corner {{ background: transparent; }}
QListView, QTreeView, QTableView {{
  background: {c.surface}; border: {line}px solid {c.border}; border-radius: {RADIUS_M}px; outline: none;
  selection-background-color: {c.accent_soft}; selection-color: {c.text}; }}
QListView[role="inside"], QTableView[role="inside"] {{ border: none; background: transparent; }}
QListView::item, QTreeView::item {{
  padding: {SPACE_2 - 2}px {SPACE_3 - 2}px; border: 2px solid transparent; border-radius: {RADIUS_S}px; }}
QTableView::item {{ padding: 0 {SPACE_3}px; }}
QListView::item:hover, QTreeView::item:hover {{ background: {c.sunken}; }}
QListView::item:selected, QTreeView::item:selected {{
  background: {c.accent_soft}; color: {c.text}; border-left-color: {c.accent}; }}
QHeaderView::section {{
  background: {c.surface}; color: {c.text_muted}; border: none; border-bottom: {line}px solid {c.border};
  padding: {SPACE_2}px {SPACE_3}px; font-size: {TEXT_CAPTION_PX}px; }}
QListView::item:focus, QTreeView::item:focus {{ border-color: {c.focus}; }}
QMenu {{ background: {c.surface}; border: {line}px solid {c.border}; padding: {SPACE_1}px; }}
QMenu::item {{
  padding: {SPACE_2}px {SPACE_4}px; border-radius: {RADIUS_S}px;
  border-left: {_BAR_PX}px solid transparent; }}
QMenu::item:selected {{ background: {c.accent_soft}; color: {c.text}; border-left-color: {c.accent}; }}
QMenu::item:disabled {{ color: {c.text_muted}; }}
QMenu::separator {{ height: {line}px; background: {c.border}; margin: {SPACE_1}px {SPACE_2}px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {c.control_border}; border-radius: 3px; }}
QScrollBar::handle:vertical {{ margin: 2px; min-height: {SPACE_4 * 2}px; }}
QScrollBar::handle:horizontal {{ margin: 2px; min-width: {SPACE_4 * 2}px; }}
QScrollBar::handle:disabled {{ background: transparent; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {c.text_muted}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
  background: none; border: none; width: 0; height: 0; }}
QSplitter::handle {{ background: transparent; }}
QStatusBar {{ background: {c.window}; color: {c.text_muted}; }}
"""
