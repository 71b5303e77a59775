"""The house rules: small rooms, and imports that run one way."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import coach
import ui

ROOT = Path(__file__).resolve().parent.parent
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
ROOMS = ("coach", "ui", "tests", "bench", "scripts", "models")


def python_files() -> list[Path]:
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def test_no_file_is_over_the_limit() -> None:
    """A stranger can read any file in one sitting."""
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert len(lengths) > 50
    assert {str(path): length for path, length in lengths.items() if length > MAX_FILE_LINES} == {}


def test_no_function_is_over_the_limit() -> None:
    """A function fits on a screen."""
    long = {}
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MAX_FUNCTION_LINES:
                    long[f"{path}:{node.name}"] = length
    assert long == {}


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout")
def test_nothing_made_here_is_in_the_tree() -> None:
    """No link and no environment is committed: checked out, it would take the place of a real one."""
    listed = subprocess.run(
        ["git", "ls-files", "--stage"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    ).stdout.splitlines()
    links = [line.split("\t")[1] for line in listed if line.startswith("120000")]
    made = [line.split("\t")[1] for line in listed if line.split("\t")[1].startswith((".venv", ".stamps"))]
    assert listed
    assert links + made == []


def test_imports_run_one_way() -> None:
    """The contracts in pyproject.toml hold: the engine knows no Qt, each library has one owner."""
    found = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize("module", ["coach.cli", "coach.session"])
def test_the_engine_runs_without_qt(module: str) -> None:
    """Importing the engine never loads Qt, so the command line works where Qt cannot."""
    code = f"import {module}, sys; raise SystemExit(any(name.startswith('PySide6') for name in sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60, check=False)
    assert found.returncode == 0


def test_every_module_can_be_imported() -> None:
    """A name that moved is missed by nobody: the type check does not read the app's half."""
    elsewhere = {"ui.keys.macos"} if sys.platform != "darwin" else set()
    broken = {}
    for room in (coach, ui):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if module.name in elsewhere or ".migrations." in module.name:
                continue
            try:
                importlib.import_module(module.name)
            except ImportError as error:
                broken[module.name] = str(error)
    assert broken == {}


def test_nothing_of_the_workplace_is_named() -> None:
    """The project speaks of itself alone: no path of a machine it was built on."""
    suffixes = {".py", ".md", ".toml", ".sh", ".lock", ".json", ".jsonl", ".yml"}
    ours = [path for path in ROOT.rglob("*") if not path.relative_to(ROOT).parts[0].startswith(".venv")]
    tracked = [path for path in ours if path.suffix in suffixes]
    guilty = [
        str(path) for path in tracked if "/wo" + "rk/" in path.read_text(encoding="utf-8", errors="replace")
    ]
    assert guilty == []
