from __future__ import annotations

import argparse
import json

import pytest

from coach.commands import models
from coach.errors import KnownError

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SAMESIDE_HOME", str(tmp_path))
    monkeypatch.delenv("SAMESIDE_MODELS", raising=False)


@pytest.fixture
def sameside():
    parser = argparse.ArgumentParser()
    models.register(parser.add_subparsers())

    def run(*words):
        args = parser.parse_args(["models", *words])
        return args.run(args)

    return run


def test_list_in_json_is_one_object_a_line(sameside, capsys):
    """A program can read what is here and what is not."""
    assert sameside("list", "--json") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    base = next(line for line in lines if line["name"] == "whisper-base")
    assert base["state"] == "missing"
    assert base["size_bytes"] == 147_882_941
    assert base["where"] is None


def test_list_for_people_says_which_digests_are_not_known(sameside, capsys):
    """The list is honest about models whose bytes nobody has vouched for."""
    sameside("list")
    lines = capsys.readouterr().out.splitlines()
    assert "pinned when it first arrives" in next(line for line in lines if "large-v2" in line)
    assert "pinned" not in next(line for line in lines if line.startswith("whisper-base "))


def test_get_from_an_empty_folder_says_so(sameside, tmp_path):
    """A folder without the model is answered before anything is written."""
    with pytest.raises(KnownError, match="does not hold the files of base"):
        sameside("get", "base", "--from", str(tmp_path))


def test_verify_of_a_missing_model_is_an_error_the_user_can_act_on(sameside):
    """'verify base' does not pass over a model that is not there."""
    with pytest.raises(KnownError) as caught:
        sameside("verify", "base")
    assert caught.value.code == "model-missing"


def test_verify_in_json_tells_of_a_wrong_file_too(sameside, tmp_path, capsys):
    """A damaged model is printed as damaged and raised as an error."""
    folder = tmp_path / "mine" / "base"
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(b"not it")
    with pytest.raises(KnownError) as caught:
        sameside("verify", "base", "--json", "--from", str(tmp_path / "mine"))
    assert caught.value.code == "model-damaged"
    assert json.loads(capsys.readouterr().out)["state"] == "damaged"


def test_verify_tells_of_every_wrong_model(sameside, tmp_path, capsys):
    """Whoever mends the one that is named first does not think that all is well."""
    for name in ("base", "tiny.en"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.bin").write_bytes(b"not it")
    with pytest.raises(KnownError, match=r"models get tiny\.en.*models get base|get base.*get tiny\.en"):
        sameside("verify", "--from", str(tmp_path))
    assert "damaged" not in capsys.readouterr().out


def test_progress_off_a_terminal_is_one_line_a_step(capsys):
    """Logs are not flooded with a moving bar."""
    with models._progress() as progress:
        for done in range(3):
            progress("downloading", done, 2_000_000)
        progress("checking", 0, 0)
    assert capsys.readouterr().err == "downloading (2.0 MB)\nchecking\n"
