"""What the overlay cannot do on this desktop, in sentences for the settings."""

from __future__ import annotations

from dataclasses import dataclass

from ui.display import draws_on_wayland, on_wayland

WAYLAND_PLACE = (
    "Wayland lets no program choose where its windows stand or keep them on top: drag the overlay to its "
    "place. Other windows may cover it, and on some desktops it takes the keyboard as it appears. With the "
    "package “xwayland” installed, none of this happens from the next start on."
)
OLD_XWAYLAND = (
    "The Xwayland of this desktop is older than 24.1 and may lose such clicks over windows that do not use "
    "it themselves. If so, drag the overlay aside instead."
)
_PASSES_CLICKS_SINCE = 1_24_01_000
"""As the server numbers itself: 22.1.9 is 1_22_01_009."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Empty where there is none."""

    place: str = ""
    lock: str = ""


def limits() -> Limits:
    if draws_on_wayland():
        return Limits(place=WAYLAND_PLACE)
    return Limits(lock=OLD_XWAYLAND if on_wayland() and _is_old(_server_release()) else "")


def _is_old(release: int) -> bool:
    return 0 < release < _PASSES_CLICKS_SINCE


def _server_release() -> int:
    """The number of the X server's version; 0 where there is no asking."""
    try:
        from Xlib.display import Display
        from Xlib.error import DisplayError
    except ImportError:
        return 0
    try:
        display = Display()
    except (DisplayError, OSError):
        return 0
    release = int(display.display.info.release_number)
    display.close()
    return release
