"""The overlay: a small pill while Sameside listens, one card while there is a cue."""

from ui.overlay.window import CueOverlay

__all__ = ["CueOverlay"]
