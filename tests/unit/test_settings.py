"""Settings: typed, kept whole, and clear about what is wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from coach.errors import KnownError
from coach.settings import VERSION, Settings, load, save


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    """A first start needs no configuration."""
    assert load(tmp_path / "settings.toml") == Settings()


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    """Every setting survives a restart."""
    chosen = Settings()
    chosen.listening.device = "ALSA|Headset – Büro"
    chosen.listening.threads = 4
    chosen.cues.level = "quiet"
    chosen.appearance.overlay_place = {"one screen": [10, 20]}
    save(chosen, tmp_path / "deep" / "settings.toml")
    assert load(tmp_path / "deep" / "settings.toml") == chosen


def test_recognition_takes_one_thread_unless_more_are_asked_for() -> None:
    """A second thread costs half as much again in processor time and makes no word come sooner (0009)."""
    assert Settings().listening.threads == 1


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ("[listening]\nthreads = 99", "settings-damaged", "listening.threads"),
        ("[cues]\nlevel = 'loud'", "settings-damaged", "cues.level"),
        ("colour = 'red'", "settings-damaged", "colour"),
        ("not toml at all", "settings-damaged", "settings.toml"),
        ("\x00\x01", "settings-damaged", "settings.toml"),
        (f"version = {VERSION + 1}", "settings-newer", "newer"),
        ("version = 'x'", "settings-newer", "newer"),
        ("version = -3", "settings-damaged", "version"),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path: Path, text: str, code: str, named: str) -> None:
    """The user learns which file and which value to mend; nothing is overwritten."""
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnownError) as caught:
        load(path)
    assert caught.value.code == code
    assert named in caught.value.message
    assert path.read_text(encoding="utf-8") == text


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    """Whatever keeps the file from being read is the user's to move."""
    (tmp_path / "settings.toml").mkdir()
    with pytest.raises(KnownError, match=r"settings\.toml cannot be read"):
        load(tmp_path / "settings.toml")


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are a damaged file, not a crash."""
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KnownError) as caught:
        load(path)
    assert caught.value.code == "settings-damaged"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A folder in the way of the file gives a sentence, not a traceback."""
    (tmp_path / "settings.toml").mkdir()
    (tmp_path / "settings.toml" / "in-the-way").touch()
    with pytest.raises(KnownError) as caught:
        save(Settings(), tmp_path / "settings.toml")
    assert caught.value.code == "settings-unwritable"
    assert list(tmp_path.iterdir()) == [tmp_path / "settings.toml"]


def test_a_file_with_a_mark_at_its_beginning_is_read(tmp_path: Path) -> None:
    """As PowerShell and editors on Windows write UTF-8, and IT puts it onto machines."""
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xef\xbb\xbfversion = 1\r\n[privacy]\r\nkeep_days = 90\r\n")
    assert load(path).privacy.keep_days == 90


def test_a_sharing_folder_written_from_home_on_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ "~/Team", as one writes it by hand, is a folder of the user's and none called "~"."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    path = tmp_path / "settings.toml"
    path.write_text('version = 1\n[sharing]\nfolder = "~/Team"\nteam_folders = ["~/Team", "/srv/~x"]\n')
    sharing = load(path).sharing
    assert sharing.folder == str(tmp_path / "Team")
    assert sharing.team_folders == [str(tmp_path / "Team"), "/srv/~x"]


@pytest.mark.skipif(sys.platform == "win32", reason="sizes are limited so on Unix only")
def test_a_full_disk_is_told_and_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    """Settings are saved at every click: each that fails would leave one more file on a disk that is full."""
    import resource

    path = tmp_path / "settings.toml"
    save(Settings(), path)
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, usual[1]))
    try:
        with pytest.raises(KnownError) as caught:
            save(Settings(), path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert caught.value.code == "settings-unwritable"
    assert list(tmp_path.iterdir()) == [path]
    assert load(path) == Settings()
