"""What append acknowledged outlives the program."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from coach.errors import KnownError
from coach.store.local import LocalStore
from tests.unit.store.store_parts import KEY, OTHER_KEY, header, turn

ROOT = Path(__file__).parents[3]

_WRITER = """
import itertools
import sys
from pathlib import Path
from tests.unit.store.store_parts import KEY, header, turn
from coach.store.local import LocalStore

store = LocalStore(Path(sys.argv[1]), KEY)
store.begin(header())
for index in itertools.count():
    store.append("c1", turn(index, f"turn {index}"))
    print(index, flush=True)
"""


def killed_while_appending(path: Path, after: int) -> int:
    """Kills a writer once it has acknowledged ``after``; the last index it acknowledged in whole."""
    command = [sys.executable, "-c", _WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if int(line) >= after:
                break
        writer.kill()
        rest = writer.stdout.read().splitlines(keepends=True)
    if sys.platform != "win32":
        assert writer.returncode == -signal.SIGKILL
    return max([after, *(int(line) for line in rest if line.endswith("\n"))])


@pytest.mark.parametrize("after", [0, 7, 31])
def test_every_acknowledged_append_survives_a_kill(tmp_path: Path, after: int) -> None:
    """A program killed in the middle of appending loses nothing it was told is kept; the call is found."""
    path = tmp_path / "calls.db"
    acknowledged = killed_while_appending(path, after)
    assert (tmp_path / "calls.db-wal").stat().st_size > 0
    store = LocalStore(path, KEY)
    assert store.unfinished() == ["c1"]
    record, found_summary = store.load("c1")
    assert found_summary is None
    kept = len(record.turns)
    assert kept in (acknowledged + 1, acknowledged + 2)
    assert record.turns == [turn(index, f"turn {index}") for index in range(kept)]
    assert list(tmp_path.glob("*.running")) == []
    store.append("c1", turn(kept, "and on"))
    assert len(store.load("c1")[0].turns) == kept + 1
    store.close()


def test_a_wrong_key_does_not_harm_what_a_crash_left(tmp_path: Path) -> None:
    """Trying a wrong key while the log still holds the call changes nothing."""
    path = tmp_path / "calls.db"
    acknowledged = killed_while_appending(path, 5)
    with pytest.raises(KnownError):
        LocalStore(path, OTHER_KEY)
    store = LocalStore(path, KEY)
    assert len(store.load("c1")[0].turns) > acknowledged
    assert store.load("c1")[0].header == header()
    store.close()


def test_a_call_is_closed_whatever_becomes_of_its_lock_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where another program just looks whether it is held: the end of the call is not lost."""
    store = LocalStore(tmp_path / "calls.db", KEY)
    store.begin(header())
    unlink = Path.unlink

    def looked_at(path: Path, missing_ok: bool = False) -> None:
        if path.suffix == ".running":
            raise PermissionError("in use")
        unlink(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", looked_at)
        store.close()
        other = LocalStore(tmp_path / "calls.db", KEY)
        assert other.unfinished() == ["c1"]
    other.close()
