from __future__ import annotations

import errno
import hashlib
import os
import tomllib

import pytest

from coach import resources
from coach.errors import KnownError
from coach.modelfiles import checking
from coach.modelfiles.manager import ModelFiles, ModelState
from coach.modelfiles.manifest import load_manifest


def flip_a_byte(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_a_missing_model_names_the_command(kit):
    """The user is told the one command that helps."""
    files, _ = kit.from_wheels()
    for ask in (files.path, files.resolve, files.verify):
        with pytest.raises(KnownError, match="sameside models get base") as caught:
            ask("base")
        assert caught.value.code == "model-missing"


def test_a_changed_byte_is_noticed_even_with_its_time_put_back(kit):
    """A stamp spares hashing only what nobody touched."""
    files, _ = kit.from_wheels()
    weights = files.get("base") / "model.bin"
    before = weights.stat()
    flip_a_byte(weights)
    os.utime(weights, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(KnownError, match=r"model\.bin") as caught:
        files.path("base")
    assert caught.value.code == "model-damaged"


def test_a_removed_file_is_noticed(kit):
    """A model with a file gone is damaged, and the file is named."""
    files, _ = kit.from_wheels()
    (files.get("base") / "tokenizer.json").unlink()
    with pytest.raises(KnownError, match=r"tokenizer\.json .* is missing"):
        files.path("base")


def test_a_file_that_cannot_be_read_is_no_fault_of_ours(kit, monkeypatch):
    """As where a model was copied by another user: the file and the reason are named, and what helps."""
    files, _ = kit.from_wheels()
    (files.get("base") / "model.bin").touch()

    def refused(path, read=None):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(checking, "sha256_of", refused)
    with pytest.raises(KnownError, match=r"cannot be read \(Permission denied\)\. Run") as caught:
        files.path("base")
    assert caught.value.code == "model-damaged"


def test_an_unchanged_model_is_not_hashed_again_but_verify_does(kit, said):
    """Starting is quick; 'verify' reads every byte."""
    files, _ = kit.from_wheels()
    files.get("base")
    stamp = kit.cache / "verified" / "whisper-base.json"
    before = stamp.stat().st_mtime_ns, stamp.read_bytes()
    files.path("base")
    assert (stamp.stat().st_mtime_ns, stamp.read_bytes()) == before
    files.verify("base", said)
    assert set(said.whats) == {"checking"}


def test_a_stamp_that_cannot_be_read_costs_time_not_truth(kit):
    """A damaged stamp means hashing again."""
    files, _ = kit.from_wheels()
    folder = files.get("base")
    stamp = kit.cache / "verified" / "whisper-base.json"
    stamp.write_text("not json")
    assert files.path("base") == folder
    stamp.write_text("not json")
    flip_a_byte(folder / "model.bin")
    with pytest.raises(KnownError):
        files.path("base")


@pytest.mark.parametrize("below", ["", "whisper-base", "base", "up-base"])
def test_the_users_folder_comes_first(kit, below):
    """A folder the user names is used where it is, before the cache and without a download."""
    place = kit.folder(f"mine/{below}".rstrip("/"))
    files, downloader = kit.from_wheels(extra_folder=kit.root / "mine")
    assert files.get("base") == place == files.path("base")
    assert downloader.calls == []
    assert files.status("base").where == place


def test_the_folder_may_be_named_by_the_environment(kit, monkeypatch):
    """SAMESIDE_MODELS does the same as the argument."""
    place = kit.folder("mine/base")
    monkeypatch.setenv("SAMESIDE_MODELS", str(kit.root / "mine"))
    files, _ = kit.from_wheels()
    assert files.path("base") == place


def test_a_wrong_byte_in_the_users_folder_is_refused_not_papered_over(kit):
    """What the user named is checked like everything else, and no other copy is taken silently."""
    place = kit.folder("mine/base")
    flip_a_byte(place / "model.bin")
    files, downloader = kit.from_wheels(extra_folder=kit.root / "mine")
    with pytest.raises(KnownError, match=r"model\.bin"):
        files.get("base")
    assert downloader.calls == []


def test_a_users_folder_without_the_model_is_passed_over(kit):
    """Another model's folder does not stand in the way."""
    (kit.root / "mine").mkdir()
    (kit.root / "mine" / "model.bin").write_bytes(b"another model")
    files, _ = kit.from_wheels(extra_folder=kit.root / "mine")
    assert files.get("base") == kit.cache / "whisper-base"


def test_bring_copies_a_folder_into_the_cache(kit, contents_of, good):
    """A folder carried over by hand is kept, verified."""
    place = kit.folder("stick/base")
    (place / "README.md").write_text("left out")
    files, downloader = kit.from_wheels()
    folder = files.bring("base", kit.root / "stick")
    assert folder == kit.cache / "whisper-base"
    assert contents_of(folder) == good
    assert downloader.calls == []


def test_bring_refuses_a_wrong_byte_and_an_empty_folder(kit):
    """By hand is no way round the digests."""
    place = kit.folder("stick")
    flip_a_byte(place / "model.bin")
    files, _ = kit.from_wheels()
    with pytest.raises(KnownError, match=r"model\.bin") as caught:
        files.bring("base", place)
    assert caught.value.code == "model-damaged"
    with pytest.raises(KnownError) as caught:
        files.bring("base", kit.root / "nowhere")
    assert caught.value.code == "no-such-folder"
    assert files.status("base").state is ModelState.MISSING


def test_a_folder_of_ones_own_is_taken_if_whole(kit):
    """Any faster-whisper folder can be chosen; a part of one is refused with the missing file's name."""
    own = kit.folder("own")
    files, _ = kit.from_wheels()
    assert files.resolve(str(own)) == own
    (own / "tokenizer.json").unlink()
    with pytest.raises(KnownError, match=r"tokenizer\.json") as caught:
        files.resolve(str(own))
    assert caught.value.code == "model-incomplete"


def test_a_folder_without_a_vocabulary_is_refused(kit):
    """Recognition needs one of the two vocabulary files."""
    own = kit.folder("own")
    (own / "vocabulary.txt").rename(own / "vocabulary.json")
    files, _ = kit.from_wheels()
    assert files.resolve(str(own)) == own
    (own / "vocabulary.json").unlink()
    with pytest.raises(KnownError, match="vocabulary"):
        files.resolve(str(own))


def test_an_unknown_name_lists_the_known(kit):
    """A typing slip is answered with the choices."""
    files, _ = kit.from_wheels()
    with pytest.raises(KnownError, match="base, small"):
        files.resolve("bsae")
    with pytest.raises(KnownError, match="base, small, moves"):
        files.path("bsae")


def test_shipped_weights_are_checked_against_their_sums(kit):
    """Sameside's own weights are verified too, and are never downloaded."""
    files, downloader = kit.from_wheels()
    assert files.status("moves").state is ModelState.MISSING
    with pytest.raises(KnownError, match="Reinstall Sameside"):
        files.get("moves")
    release = kit.root / "moves" / "release"
    release.mkdir(parents=True)
    (release / "weights.onnx").write_bytes(b"weights")
    digest = hashlib.sha256(b"weights").hexdigest()
    (release / "SHA256SUMS").write_text(f"{digest}  weights.onnx\n")
    assert files.get("moves") == release
    assert files.status("moves").size_bytes == 7
    (release / "weights.onnx").write_bytes(b"weightz")
    assert files.status("moves").state is ModelState.DAMAGED
    with pytest.raises(KnownError, match=r"weights\.onnx"):
        files.path("moves")
    assert downloader.calls == []


def test_list_names_every_model_and_its_state(kit):
    """The list is the manifest, with what is here."""
    files, _ = kit.from_wheels()
    files.get("base")
    states = {status.name: status.state for status in files.list()}
    assert states == {
        "whisper-base": ModelState.PRESENT,
        "whisper-small": ModelState.MISSING,
        "moves": ModelState.MISSING,
    }


def test_the_shipped_manifest_holds_the_official_base_model(tmp_path):
    """The manifest in the tree is lawful, and its default model is the official conversion."""
    path = resources.shipped_model("manifest.toml")
    manifest = load_manifest(path)
    base = manifest.entry("base")
    assert base.source == "Systran/faster-whisper-base"
    assert base.revision == "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66"
    digests = {file.name: file.sha256 for file in base.files}
    assert digests["model.bin"] == "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
    names = [name for entry in manifest.model for name in {entry.name, *entry.aliases}]
    assert len(names) == len(set(names))
    for entry in manifest.model:
        targets = {part.target for package in entry.packages for part in package.parts}
        assert targets in (set(), {file.name for file in entry.files})
        assert bool(entry.files) == (entry.digests in ("computed", "published"))
        assert entry.kind == "shipped" or len(entry.revision) == 40
    assert ModelFiles(cache=tmp_path).status("base").state is ModelState.MISSING
    assert "model" in tomllib.loads(path.read_text())


def test_a_folder_that_may_not_be_entered_is_told_and_never_a_fault(kit, monkeypatch):
    """As where models lie in another user's folder: it is named, as what it is."""
    mine, stat = kit.folder("mine"), type(kit.root).stat

    def shut(path, **how):
        if mine in path.parents:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return stat(path, **how)

    monkeypatch.setattr(type(mine), "stat", shut)
    monkeypatch.setattr(os, "access", lambda path, _mode: path != mine)
    files = kit.files(extra_folder=mine)
    for ask in (lambda: files.path("base"), lambda: files.resolve(str(mine))):
        with pytest.raises(KnownError, match=f"{mine}.* may not be looked into"):
            ask()
    assert files.status("base").state is ModelState.MISSING
    with pytest.raises(KnownError) as caught:
        files.bring("base", mine)
    assert caught.value.code == "no-such-folder"
