"""Sameside as a user has it: the installed command, in a home of its own, on a ``Desktop``."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from coach.events import CallListing
from coach.store.key import obtain_key, store_path
from coach.store.local import LocalStore
from coach.values.practice_log import Attempt
from tests.e2e.desktop import Desktop, Process, Window

COMMAND = Path(sys.executable).with_name("sameside")
PASSPHRASE = "a lamp on the green door's step"
CONSENTED = "[consent]\nfirst_run_done = true\n"
CONSENT_TITLE = "Before your first call"
LOADING_S = 60.0
ANSWER_S = 60.0

Json = dict[str, Any]


class SamesideApp:
    """The running app and the command line beside it, over the same calls."""

    def __init__(self, desktop: Desktop, home: Path, whisper_dir: Path) -> None:
        self._desktop = desktop
        self._home = home
        self._env = {
            "SAMESIDE_HOME": str(home),
            "SAMESIDE_PASSPHRASE": PASSPHRASE,
            "SAMESIDE_MODELS": str(whisper_dir),
        }
        self._process: Process | None = None

    def consent_beforehand(self) -> None:
        """As if the app had been used before."""
        path = self._home / "config" / "settings.toml"
        path.parent.mkdir(parents=True)
        path.write_text(CONSENTED, encoding="utf-8")

    def listen(self) -> None:
        """``sameside app --listen``."""
        command = (str(COMMAND), "app", "--listen")
        self._process = self._desktop.run("sameside", *command, env=self._env, vital=True)

    def open(self) -> None:
        """``sameside app``."""
        self._process = self._desktop.run("sameside", str(COMMAND), "app", env=self._env, vital=True)

    def consent(self) -> None:
        """Agree to what is captured, as on the first run, by the keyboard."""
        dialog = self._desktop.wait_window(f"^{CONSENT_TITLE}", LOADING_S, "the text about what is captured")
        self._desktop.focus(dialog)
        self._desktop.press("Return")

    def main_window(self) -> Window:
        """The largest of the windows named after the product; the overlay is the other."""
        self._desktop.wait_window("^Sameside$", LOADING_S, "a window of Sameside")
        return max(self._desktop.windows("^Sameside$"), key=lambda window: window.width * window.height)

    def wait_listening(self) -> None:
        self._desktop.wait_recording(LOADING_S)

    def terminate(self) -> int:
        """Ask the process to go, as a desktop does at log-out; its exit code."""
        assert self._process is not None
        assert self._process.poll() is None, f"Sameside had ended already\n{self._desktop.logs()}"
        self._process.terminate()
        return self._process.wait(ANSWER_S)

    def practice(self) -> list[Attempt]:
        """What the app keeps of practice; empty where there is no store yet."""
        folder = self._home / "data"
        if not store_path(folder).exists():
            return []
        with closing(LocalStore(store_path(folder), obtain_key(folder, PASSPHRASE))) as store:
            return store.attempts()

    def kept(self) -> list[CallListing]:
        """What is kept of calls, to wait for. The command would take seconds of the processor that hears."""
        folder = self._home / "data"
        if not store_path(folder).exists():
            return []
        with closing(LocalStore(store_path(folder), obtain_key(folder, PASSPHRASE))) as store:
            return store.listing()

    def calls(self) -> list[Json]:
        """``sameside calls --json``; empty where there is no store yet."""
        return [json.loads(line) for line in self._ask("calls", "--json").splitlines()]

    def call(self, call_id: str) -> Json:
        """``sameside calls show ID --json``."""
        shown: Json = json.loads(self._ask("calls", "show", call_id, "--json"))
        return shown

    def finished_call(self) -> Json:
        """The row of the only call, which is finished."""
        [row] = self.calls()
        assert row["finished"], row
        return row

    def _ask(self, *arguments: str) -> str:
        answer = subprocess.run(
            [str(COMMAND), *arguments],
            env=self._desktop.env | self._env,
            capture_output=True,
            text=True,
            timeout=ANSWER_S,
            check=False,
        )
        assert answer.returncode == 0, answer.stderr
        return answer.stdout
