from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.audio.media_file import probe
from coach.errors import KnownError
from coach.recordings.finding import recordings_in


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def test_a_folder_means_the_recordings_in_it_and_below(tmp_path: Path) -> None:
    """Sound and video of any capital letters, by name; no text, nothing hidden."""
    touch(tmp_path, "b.WAV", "a.mp3", "notes.txt", ".c.wav", "deep/er/d.m4a", ".trash/e.wav")
    found = [path.relative_to(tmp_path).as_posix() for path in recordings_in([tmp_path])]
    assert found == ["a.mp3", "b.WAV", "deep/er/d.m4a"]


def test_a_file_that_is_named_is_taken_as_it_is_and_once(tmp_path: Path) -> None:
    """Whoever names a file means it, whatever its ending; naming its folder too does not double it."""
    touch(tmp_path, "call.xyz", "a.wav")
    named = [tmp_path / "call.xyz", tmp_path / "a.wav", tmp_path, tmp_path / "missing.wav"]
    assert [path.name for path in recordings_in(named)] == ["call.xyz", "a.wav", "missing.wav"]


def test_very_many_recordings_are_asked_about_first(tmp_path: Path) -> None:
    """A folder of thousands does not begin a week's work by a slip."""
    touch(tmp_path, *(f"{number}.wav" for number in range(7)))
    with pytest.raises(KnownError) as told:
        recordings_in([tmp_path], most=6)
    assert told.value.code == "many-recordings"
    assert len(recordings_in([tmp_path], most=7)) == 7
    assert len(recordings_in([tmp_path], most=None)) == 7


def test_a_folder_without_recordings_says_so(tmp_path: Path) -> None:
    """Nothing happening in silence would look like success."""
    touch(tmp_path, "notes.txt")
    with pytest.raises(KnownError) as told:
        recordings_in([tmp_path])
    assert told.value.code == "folder-empty"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_that_leads_in_circles_is_not_followed(tmp_path: Path) -> None:
    """A folder that links to itself has an end."""
    touch(tmp_path, "in/a.wav")
    (tmp_path / "in" / "loop").symlink_to(tmp_path)
    assert [path.name for path in recordings_in([tmp_path])] == ["a.wav"]


def test_what_may_not_be_looked_at_is_named_as_it_is() -> None:
    """A share that was cut off, a name that is too long: what is wrong with it is told when it is read."""
    path = Path("x" * 300 + ".wav")
    assert recordings_in([path]) == [path]


def test_a_folder_below_that_may_not_be_listed_stops_none_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is in the list in the place of its recordings, and what is wrong with it is told as of any file."""
    touch(tmp_path, "a.wav", "private/b.wav", "z/c.wav")
    scandir = os.scandir

    def refused(path: Path) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "private":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    found = recordings_in([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a.wav", "private", "z/c.wav"]
    with pytest.raises(KnownError, match="Permission denied"):
        probe(found[1])
    with pytest.raises(KnownError, match="cannot be listed"):
        recordings_in([tmp_path / "private"])
