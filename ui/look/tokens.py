"""Design tokens: spacing, type, radii and the colours of the four themes."""

from __future__ import annotations

from dataclasses import dataclass

# Spacing, on a grid of 4 pixels.
SPACE_1 = 4
SPACE_2 = 8
SPACE_3 = 12
SPACE_4 = 16
SPACE_5 = 20
SPACE_6 = 24
SPACE_8 = 32
SPACE_12 = 48

RADIUS_S = 6
RADIUS_M = 10
RADIUS_L = 16

# Type scale, in pixels at 100 %.
TEXT_CAPTION_PX = 12
TEXT_BODY_PX = 14
TEXT_LARGE_PX = 16
TEXT_TITLE_PX = 20
TEXT_READING_PX = 21
TEXT_CUE_PX = 25
"""Capitals of 4.8 mm on a screen of 96 dots an inch, 4.2 mm on one of 109: from 70 cm they fill 24 and 21
minutes of arc, where ISO 9241-303 has 20 to 22 as what is read at ease."""
TEXT_DISPLAY_PX = 28

CONTROL_HEIGHT = 36
FONT_FAMILY = "Inter"


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour by its job, as "#rrggbb"."""

    window: str
    surface: str
    sunken: str
    border: str
    control_border: str
    handle: str
    text: str
    text_muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    accent_text: str
    flag: str
    flag_soft: str
    flag_text: str
    repaired: str
    repaired_soft: str
    repaired_text: str
    danger: str
    danger_soft: str
    danger_text: str
    focus: str


@dataclass(frozen=True, slots=True)
class Theme:
    """One look. ``border_px`` is the width of outlines: thicker in high contrast."""

    name: str
    dark: bool
    colours: Colours
    border_px: int = 1
    high_contrast: bool = False


LIGHT = Theme(
    "light",
    False,
    Colours(
        window="#f6f4f0",
        surface="#ffffff",
        sunken="#efece6",
        border="#dfdad1",
        control_border="#8b8478",
        handle="#cbc5ba",
        text="#23211d",
        text_muted="#5d574e",
        accent="#0f6b62",
        accent_hover="#0b564f",
        on_accent="#ffffff",
        accent_soft="#dceeea",
        accent_text="#0b534c",
        flag="#a86200",
        flag_soft="#fbecce",
        flag_text="#744600",
        repaired="#2b7d46",
        repaired_soft="#dff1e2",
        repaired_text="#1b5e33",
        danger="#b3372a",
        danger_soft="#fbe5e1",
        danger_text="#8f271b",
        focus="#0f6b62",
    ),
)

DARK = Theme(
    "dark",
    True,
    Colours(
        window="#191816",
        surface="#23221f",
        sunken="#2d2b27",
        border="#3e3b35",
        control_border="#8f887c",
        handle="#55514a",
        text="#f2eee7",
        text_muted="#b8b1a5",
        accent="#5cc4b4",
        accent_hover="#7ad3c5",
        on_accent="#08211e",
        accent_soft="#173934",
        accent_text="#92ded2",
        flag="#e6a53f",
        flag_soft="#3f3016",
        flag_text="#f4c680",
        repaired="#6fc68b",
        repaired_soft="#193822",
        repaired_text="#9fdfb4",
        danger="#f08c7e",
        danger_soft="#45221d",
        danger_text="#f8b2a8",
        focus="#7ad3c5",
    ),
)

LIGHT_CONTRAST = Theme(
    "light-contrast",
    False,
    Colours(
        window="#ffffff",
        surface="#ffffff",
        sunken="#f0f0f0",
        border="#000000",
        control_border="#000000",
        handle="#000000",
        text="#000000",
        text_muted="#1f1f1f",
        accent="#00473f",
        accent_hover="#00332d",
        on_accent="#ffffff",
        accent_soft="#e3f4f1",
        accent_text="#00332d",
        flag="#6b3d00",
        flag_soft="#fff3d6",
        flag_text="#4a2a00",
        repaired="#0b4a21",
        repaired_soft="#e3f7e7",
        repaired_text="#063516",
        danger="#7d130a",
        danger_soft="#ffe9e6",
        danger_text="#5c0b04",
        focus="#00473f",
    ),
    border_px=2,
    high_contrast=True,
)

DARK_CONTRAST = Theme(
    "dark-contrast",
    True,
    Colours(
        window="#000000",
        surface="#000000",
        sunken="#141414",
        border="#ffffff",
        control_border="#ffffff",
        handle="#ffffff",
        text="#ffffff",
        text_muted="#e6e6e6",
        accent="#7ff0de",
        accent_hover="#b3f7ec",
        on_accent="#000000",
        accent_soft="#00332d",
        accent_text="#b3f7ec",
        flag="#ffc766",
        flag_soft="#332200",
        flag_text="#ffdf9e",
        repaired="#8ff0ac",
        repaired_soft="#00290f",
        repaired_text="#bdf7cd",
        danger="#ffa396",
        danger_soft="#3d0a04",
        danger_text="#ffc9c1",
        focus="#ffffff",
    ),
    border_px=2,
    high_contrast=True,
)

THEMES = (LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST)

TEXT_PAIRS = (
    ("text", "window"),
    ("text", "surface"),
    ("text", "sunken"),
    ("text", "accent_soft"),
    ("text", "flag_soft"),
    ("text", "repaired_soft"),
    ("text", "danger_soft"),
    ("text_muted", "window"),
    ("text_muted", "surface"),
    ("text_muted", "sunken"),
    ("accent", "surface"),
    ("accent", "window"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("accent_text", "accent_soft"),
    ("flag_text", "flag_soft"),
    ("flag_text", "surface"),
    ("repaired_text", "repaired_soft"),
    ("repaired_text", "surface"),
    ("danger_text", "danger_soft"),
    ("danger_text", "surface"),
    ("surface", "danger"),
)
"""Every (text, background) pair the widgets use. A pair not listed here is not to be used."""

SIGN_PAIRS = (
    ("control_border", "surface"),
    ("control_border", "window"),
    ("control_border", "sunken"),
    ("focus", "surface"),
    ("focus", "window"),
    ("focus", "sunken"),
    ("flag", "surface"),
    ("flag", "flag_soft"),
    ("repaired", "surface"),
    ("repaired", "repaired_soft"),
    ("danger", "surface"),
    ("danger", "danger_soft"),
    ("accent", "accent_soft"),
    ("accent", "sunken"),
)
"""Icons, outlines and other signs that carry meaning: (sign, background)."""
