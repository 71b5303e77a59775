"""Folders that fill up, turn read-only or go away in the middle of a write: nothing is lost or left over."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.errors import KnownError
from coach.machine.whole_files import sweep, write_whole
from coach.services import share_post
from coach.settings import SET_BY
from coach.sharing import folder as listed
from coach.sharing.folder import mount_of
from coach.values.shares import Looked
from tests.unit.sharing.share_parts import Pair, two

_MOUNT = ("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs")
as_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounting takes root on Linux"
)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Pair]:
    """A folder on a file system of its own that holds 64 kB."""
    agent, reader, folder = two(tmp_path)
    if subprocess.run([*_MOUNT, folder], check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    agent.settings.mount = mount_of(folder)
    yield agent, reader, folder
    subprocess.run(["umount", folder], check=False)
    agent.store.close()
    reader.store.close()


@as_root
def test_a_full_folder_is_said_to_be_full_and_filled_once_there_is_room(small: Pair) -> None:
    """It waits, says that it goes on by itself, leaves nothing half written, and then lies there whole."""
    agent, reader, folder = small
    ballast = folder / "ballast"
    ballast.write_bytes(b"x" * 60 * 1024)
    out = agent.sharing.share("c1")
    assert out.sent_at is None
    assert out.trouble == f"There is no room in the folder {folder}. It is tried again by itself."
    assert list(folder.iterdir()) == [ballast]
    ballast.unlink()
    assert agent.sharing.deliver() == 0
    assert reader.sharing.look() == Looked(summaries=1)


@as_root
def test_a_read_only_folder_is_written_once_it_may_be(small: Pair) -> None:
    """The reason is named in the system's words; the share goes out when the folder takes it again."""
    agent, reader, folder = small
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    out = agent.sharing.share("c1")
    assert (out.sent_at, "Read-only" in out.trouble, "by itself" in out.trouble) == (None, True, True)
    subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
    assert agent.sharing.deliver() == 0
    assert reader.sharing.look() == Looked(summaries=1)


def test_what_a_broken_write_had_to_leave_is_swept_away(tmp_path: Path) -> None:
    """The server died in the middle: the next try removes the half, and only its own."""
    agent, reader, folder = two(tmp_path)
    agent.settings.mount = str(folder)
    out = agent.sharing.share("c1")
    assert out.trouble
    half, other = folder / f".{out.name[:40]}.abc.part", folder / ".somebody's file.abc.part"
    half.touch()
    other.touch()
    agent.settings.mount = ""
    assert agent.sharing.deliver() == 0
    assert sorted(path.name for path in folder.iterdir()) == sorted([out.name, other.name])
    assert reader.sharing.look() == Looked(summaries=1)
    agent.store.close()
    reader.store.close()


def test_sweeping_where_nothing_is_left_changes_nothing(tmp_path: Path) -> None:
    """Nor does it fail where the folder is gone."""
    (tmp_path / "a.txt").touch()
    sweep(tmp_path / "a.txt")
    sweep(tmp_path / "gone" / "a.txt")
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


def test_where_the_organisation_laid_down_no_folder_nothing_is_written(tmp_path: Path) -> None:
    """Not what is shared now, and not what waited before; a file for a mail is still to be had."""
    agent, reader, folder = two(tmp_path)
    folder.rename(tmp_path / "away")
    assert agent.sharing.share("c1").sent_at is None
    (tmp_path / "away").rename(folder)
    agent.settings.lay_down("folder", "")
    assert agent.sharing.deliver() == 1
    (out,) = agent.sharing.sent()
    assert out.trouble == f"{SET_BY} Nothing is shared into a folder."
    with pytest.raises(KnownError, match=f"{SET_BY} Nothing is shared into a folder"):
        agent.sharing.share("c1")
    assert list(folder.iterdir()) == []
    agent.sharing.export("c1", (), tmp_path / "mail.sameside")
    assert (tmp_path / "mail.sameside").exists()
    agent.store.close()
    reader.store.close()


def test_where_another_folder_was_laid_down_what_waits_stays_out_of_the_old_one(tmp_path: Path) -> None:
    """It says which folder it would be; what is shared from now on goes there."""
    agent, reader, folder = two(tmp_path)
    folder.rename(tmp_path / "away")
    agent.sharing.share("c1")
    (tmp_path / "away").rename(folder)
    (new := tmp_path / "new").mkdir()
    agent.settings.lay_down("folder", str(new))
    agent.sharing.deliver()
    assert agent.sharing.sent()[0].trouble == f"{SET_BY} It is shared into {new} only."
    assert agent.sharing.share("c1").sent_at is not None
    assert (list(folder.iterdir()), len(list(new.iterdir()))) == ([], 1)
    agent.store.close()
    reader.store.close()


def test_what_waited_in_the_open_is_sealed_where_that_was_laid_down(tmp_path: Path) -> None:
    """Everybody who reaches the folder could read it else."""
    agent, reader, folder = two(tmp_path)
    agent.settings.seal = False
    folder.rename(tmp_path / "away")
    agent.sharing.share("c1")
    (tmp_path / "away").rename(folder)
    agent.settings.lay_down("seal", True)
    assert agent.sharing.deliver() == 0
    (file,) = folder.iterdir()
    assert b"owning" not in file.read_bytes()
    assert file.read_bytes().startswith(b"age-encryption.org/")
    assert reader.sharing.look() == Looked(summaries=1)
    agent.store.close()
    reader.store.close()


def test_what_lies_on_a_share_that_is_away_is_not_taken_back(tmp_path: Path) -> None:
    """The empty place of the share is a folder too, and the file is still on the server: it stays listed."""
    agent, reader, folder = two(tmp_path)
    out = agent.sharing.share("c1")
    folder.rename(tmp_path / "on the server")
    folder.mkdir()
    agent.settings.mount = str(folder)
    with pytest.raises(KnownError) as refused:
        agent.sharing.take_back(out)
    assert refused.value.code == "share-taken"
    assert [one.id for one in agent.sharing.sent()] == [out.id]
    agent.store.close()
    reader.store.close()


def test_what_is_taken_back_while_it_is_written_does_not_stay_in_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the window writes it on a slow share, and it is taken back at the command line."""
    agent, reader, folder = two(tmp_path)
    folder.rename(tmp_path / "away")
    out = agent.sharing.share("c1")
    (tmp_path / "away").rename(folder)

    def slow(path: Path, content: bytes, replace: bool) -> None:
        agent.sharing.take_back(out)
        write_whole(path, content, replace)

    monkeypatch.setattr(share_post, "write_whole", slow)
    assert agent.sharing.deliver() == 0
    assert (list(folder.iterdir()), agent.sharing.sent()) == ([], [])
    agent.store.close()
    reader.store.close()


def test_a_note_for_a_share_that_is_away_waits_for_it(tmp_path: Path) -> None:
    """Written into the empty place where the share stood, nobody would ever read it."""
    agent, reader, folder = two(tmp_path)
    agent.sharing.share("c1")
    reader.sharing.look()
    (row,) = reader.sharing.inbox()
    folder.rename(tmp_path / "on the server")
    folder.mkdir()
    reader.sharing.write_note(row, "That was kind.", 3.0)
    assert list(folder.iterdir()) == []
    (out,) = reader.store.outgoing()
    assert (out.sent_at, "cannot be reached now" in out.trouble) == (None, True)
    folder.rmdir()
    (tmp_path / "on the server").rename(folder)
    assert reader.sharing.deliver() == 0
    assert agent.sharing.look() == Looked(notes=1)
    agent.store.close()
    reader.store.close()


def test_a_share_that_was_cut_off_is_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system does not say that it is gone but refuses every look at it: it waits, and is tried again."""
    agent, reader, folder = two(tmp_path)
    look = Path.stat

    def cut_off(path: Path, **chosen: bool) -> os.stat_result:
        if path == folder:
            raise OSError(errno.ENOTCONN, "Transport endpoint is not connected")
        return look(path, **chosen)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", cut_off)
        out = agent.sharing.share("c1")
    assert (out.sent_at, "cannot be reached" in out.trouble) == (None, True)
    assert agent.sharing.deliver() == 0
    agent.store.close()
    reader.store.close()


def test_of_very_many_files_the_latest_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A team shares more in a year than is listed at once: what is new would never be seen."""
    monkeypatch.setattr(listed, "MOST_FILES", 3)
    names = [f"2026-11-27 {number:04} Ann.sameside" for number in range(40)]
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / "zzz.txt").touch()
    assert [Path(one.path).name for one in listed.files_in(tmp_path)] == names[-3:]
