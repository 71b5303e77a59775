"""Hostile and broken files: each gets a sentence, nothing of it is taken in, and the rest goes on."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import KnownError
from coach.sharing.envelope import MOST_BYTES, pack
from coach.sharing.folder import files_in, read_bounded
from coach.sharing.identity import Identity
from coach.sharing.package import plain, read_summary
from coach.values.shares import Looked
from tests.unit.sharing.share_parts import Pair, Someone, two

AT = "2026-11-27T10:00:00+00:00"


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    agent, reader, folder = two(tmp_path)
    agent.settings.seal = False
    yield agent, reader, folder
    agent.store.close()
    reader.store.close()


def identity_of(someone: Someone) -> Identity:
    kept = someone.store.identity()
    assert kept is not None
    return Identity(kept.name, kept.sign, kept.seal)


def body_of(agent: Someone, folder: Path) -> dict[str, Any]:
    """The body of a good share, to be spoiled."""
    import base64

    out = agent.sharing.share("c1")
    data = (folder / out.name).read_bytes()
    (folder / out.name).unlink()
    body: dict[str, Any] = json.loads(base64.b64decode(json.loads(data)["message"]))["body"]
    return body


def test_each_broken_file_is_told_by_its_kind_and_none_stops_the_rest(pair: Pair) -> None:
    """100 MB of markup, nesting, a zip, a cut and an altered copy, a newer form: one look, all told."""
    agent, reader, folder = pair
    good = folder / agent.sharing.share("c1").name
    whole = good.read_bytes()
    (folder / "a.sameside").write_bytes(whole[:200])
    outer = json.loads(whole)
    outer["message"] = outer["message"][:-8] + "AAAAAAA="
    (folder / "b.sameside").write_text(json.dumps(outer))
    outer["version"] = 2
    (folder / "c.sameside").write_text(json.dumps(outer))
    (folder / "d.sameside").write_bytes(b'{"a":' * 600_000)
    with (folder / "e.sameside").open("wb") as huge:
        huge.write(b"<b>" * 100)
        huge.truncate(100 * 1024 * 1024)
    with zipfile.ZipFile(folder / "f.sameside", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("share.json", b"0" * 50_000_000)
    assert reader.sharing.look() == Looked(summaries=1, aside=6)
    told = {Path(aside.path).name[0]: aside.code for aside in reader.sharing.set_aside()}
    assert told == {
        "a": "share-unreadable",
        "b": "share-altered",
        "c": "share-newer",
        "d": "share-unreadable",
        "e": "share-too-large",
        "f": "share-unreadable",
    }
    assert reader.sharing.look() == Looked()
    assert len(list(folder.iterdir())) == 7


def test_a_file_that_was_still_being_copied_is_read_once_it_is_whole(pair: Pair) -> None:
    """Set aside half, taken in whole, and then no longer among what was set aside."""
    agent, reader, folder = pair
    path = folder / agent.sharing.share("c1").name
    whole = path.read_bytes()
    path.write_bytes(whole[:500])
    assert reader.sharing.look().aside == 1
    path.write_bytes(whole)
    assert reader.sharing.look().summaries == 1
    assert reader.sharing.set_aside() == []


Spoil = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda s: s.update(version=2), "share-newer"),
        (lambda s: s.update(format="other"), "share-malformed"),
        (lambda s: s.update(headline="x" * 5000), "share-malformed"),
        (lambda s: s["figures"].update(words=-1), "share-malformed"),
        (lambda s: s["figures"].update(talk_s=1e300), "share-malformed"),
        (lambda s: s["call"].update(started_at="2026-11-20T10:00:00"), "share-malformed"),
        (lambda s: s["commitments"][0].update(due="2026-02-31"), "share-malformed"),
        (lambda s: s["sections"].extend([s["sections"][0]] * 30), "share-malformed"),
        (lambda s: s["sections"][1]["lines"][0].update(evidence="never said"), "share-no-evidence"),
        (lambda s: s["sections"][1]["lines"][0].update(t=9999.0), "share-no-evidence"),
        (lambda s: s["turns"].clear(), "share-no-evidence"),
    ],
)
def test_a_signed_file_may_still_be_wrong_inside(pair: Pair, spoil: Spoil, code: str) -> None:
    """Somebody the reader knows signs it, and it is refused all the same; nothing of it is kept."""
    agent, reader, folder = pair
    body = body_of(agent, folder)
    spoil(body["summary"])
    data = pack(identity_of(agent), "summary", "s-1", AT, body)
    (folder / "spoiled.sameside").write_bytes(data)
    assert reader.sharing.look() == Looked(aside=1)
    assert reader.sharing.set_aside()[0].code == code
    assert reader.sharing.inbox() == []


def test_unknown_members_are_left_alone(pair: Pair) -> None:
    """A later version may add something; what is known is read."""
    agent, _reader, folder = pair
    body = body_of(agent, folder)
    body["summary"]["mood"] = {"never": "shown"}
    assert read_summary(body).headline == body["summary"]["headline"]


def test_foreign_text_cannot_turn_around_or_hide(pair: Pair) -> None:
    """Direction marks and controls are dropped from every text before it is kept as values."""
    agent, _reader, folder = pair
    body = body_of(agent, folder)
    body["summary"]["headline"] = "Paid\u202e dias\x1b[31m\x00 <b>x</b>"
    assert read_summary(body).headline == "Paid dias[31m <b>x</b>"


@given(st.text())
def test_plain_text_keeps_every_letter(text: str) -> None:
    """Only controls and direction marks go, and once is enough."""
    kept = plain(text)
    assert plain(kept) == kept
    assert [char for char in text if char.isalnum()] == [char for char in kept if char.isalnum()]


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    """Only regular files are read, and no more of them than a share may have."""
    os.mkfifo(tmp_path / "pipe.sameside")
    assert files_in(tmp_path) == []
    with pytest.raises(KnownError, match="not a file"):
        read_bounded(tmp_path / "pipe.sameside")
    (tmp_path / "large").write_bytes(b"x" * (MOST_BYTES + 2))
    with pytest.raises(KnownError) as refused:
        read_bounded(tmp_path / "large")
    assert refused.value.code == "share-too-large"


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    """By its name, and that nothing is lost."""
    with pytest.raises(KnownError) as refused:
        files_in(tmp_path / "away")
    assert refused.value.code == "folder-unreachable"
