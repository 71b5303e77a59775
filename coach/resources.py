"""Where Sameside's files are: what ships with it, and what belongs to the user."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

HOME_VARIABLE = "SAMESIDE_HOME"
"""When set, data, cache, settings and logs all live under this folder (portable use, tests)."""

POLICY_VARIABLE = "SAMESIDE_POLICY"
"""Names another policy file, to try one. It counts only where the machine has none of its own."""

_MACHINES = {"linux": "/etc/xdg/sameside", "darwin": "/Library/Application Support/sameside"}

_HERE = Path(__file__).resolve().parent


def _shipped() -> Path:
    bundled = _HERE / "_bundled"
    return bundled if bundled.is_dir() else _HERE.parent


def asset(*parts: str) -> Path:
    """A file of ``assets/``: the playbook, icons, font, sample calls."""
    return _shipped().joinpath("assets", *parts)


def shipped_model(*parts: str) -> Path:
    """A file of ``models/``: the manifest and the small weights Sameside ships itself."""
    return _shipped().joinpath("models", *parts)


def _user_dir(kind: str, default: str) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    return Path(home).expanduser() / kind if home else Path(default)


def data_dir() -> Path:
    """Calls and keys. Not created here."""
    return _user_dir("data", platformdirs.user_data_dir("sameside", appauthor=False))


def cache_dir() -> Path:
    """Model files and other things that can be fetched again."""
    return _user_dir("cache", platformdirs.user_cache_dir("sameside", appauthor=False))


def config_dir() -> Path:
    return _user_dir("config", platformdirs.user_config_dir("sameside", appauthor=False))


def log_dir() -> Path:
    return _user_dir("log", platformdirs.user_log_dir("sameside", appauthor=False))


def policy_path() -> Path:
    """The file in which whoever looks after the machine lays down settings; it need not be there.

    On Linux and macOS one fixed place: ``XDG_CONFIG_DIRS`` is the user's to set, and desktops put their own
    first.
    """
    site = _MACHINES.get(sys.platform) or platformdirs.site_config_dir("sameside", appauthor=False)
    machine = Path(site) / "policy.toml"
    other = os.environ.get(POLICY_VARIABLE)
    return Path(other).expanduser() if other and not _may_be_there(machine) else machine


def _may_be_there(path: Path) -> bool:
    """True also where the user may not look into its folder: it is not for them to choose another then."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
