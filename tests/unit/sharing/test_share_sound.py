"""The sound of a shared call: only where chosen, only the turns that go along, and never what was hidden."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from coach.errors import KnownError
from coach.services.sharing import EngineSharing
from coach.settings import SET_BY, SharingSettings
from tests.unit.sharing.share_parts import Pair, Someone, pair
from tests.unit.sharing.test_share_schema import checked

__all__ = ["pair"]

Span = tuple[float, float]


class Recordings:
    """The recordings of calls. ``asked`` are the spans that were cut out."""

    def __init__(self) -> None:
        self.there = True
        self.asked: list[dict[int, Sequence[Span]]] = []
        self.before: dict[int, list[str]] = {}

    def has_sound(self, call_id: str) -> bool:
        return self.there and call_id == "c1"

    def words_before(self, call_id: str) -> dict[int, list[str]]:
        return self.before if call_id == "c1" else {}

    def excerpts(self, call_id: str, spans: Mapping[int, Sequence[Span]]) -> dict[int, bytes]:
        self.asked.append(dict(spans))
        return {turn: f"{call_id}-{turn}".encode() for turn in spans}


def sharing_of(someone: Someone, heard: Recordings) -> EngineSharing:
    before = someone.sharing
    return EngineSharing(
        lambda: someone.store,
        lambda: True,
        lambda: someone.settings,
        lambda _call_id: someone.shown(someone.record),
        lambda _call_id: ((), 0),
        before._hide,
        before._now,
        heard,
    )


def test_sound_goes_only_where_it_was_chosen(pair: Pair) -> None:
    """Without the choice nothing is cut; with it, each turn that goes along, at its own seconds."""
    agent, reader, _folder = pair
    heard = Recordings()
    sharing = sharing_of(agent, heard)
    assert sharing.hearable("c1") == {0, 1, 2}
    sharing.share("c1")
    assert heard.asked == []
    out = sharing.share("c1", sound=True)
    assert heard.asked == [{turn.index: ((turn.start_s, turn.end_s),) for turn in agent.record.turns}]
    assert out.sent_at is not None
    assert reader.sharing.look().summaries == 1
    (row,) = reader.sharing.inbox()
    assert row.share.heard == {0, 1, 2}
    assert reader.sharing.clip(row, 1) == b"c1-1"


def test_a_turn_that_is_left_out_takes_its_sound_out(pair: Pair) -> None:
    """Neither its words nor its seconds leave the machine."""
    agent, reader, _folder = pair
    heard = Recordings()
    sharing = sharing_of(agent, heard)
    left = {
        line.id
        for section in sharing.preview("c1").sections
        for line in section.lines
        if line.own.turn_index == 2
    }
    sharing.share("c1", left, sound=True)
    assert set(heard.asked[0]) == {0, 1}
    reader.sharing.look()
    (row,) = reader.sharing.inbox()
    with pytest.raises(KnownError) as caught:
        reader.sharing.clip(row, 2)
    assert caught.value.code == "clip-missing"


def test_a_turn_in_which_something_was_hidden_has_no_sound(pair: Pair) -> None:
    """What the words no longer say would still be heard."""
    agent, _reader, _folder = pair
    turns = agent.record.turns
    turns[1] = replace(turns[1], text=f"{turns[1].text} Your card is [card number].")
    heard = Recordings()
    assert sharing_of(agent, heard).hearable("c1") == {0, 2}
    heard.before = {2: ["I'll call [phone number] back on Friday."]}
    assert sharing_of(agent, heard).hearable("c1") == {0}


def test_without_the_recording_there_is_none_and_the_summary_goes_all_the_same(
    pair: Pair,
) -> None:
    """A live call keeps no sound; a recording may be gone."""
    agent, reader, _folder = pair
    heard = Recordings()
    heard.there = False
    sharing = sharing_of(agent, heard)
    assert sharing.hearable("c1") == frozenset()
    sharing.share("c1", sound=True)
    reader.sharing.look()
    (row,) = reader.sharing.inbox()
    assert row.share.heard == frozenset()


def test_sound_fits_the_schema_and_a_newer_one_takes_its_place(pair: Pair) -> None:
    """Shared again without sound, the reader has none of it any more; the list holds no sound at all."""
    agent, reader, folder = pair
    agent.settings.seal = False
    sharing = sharing_of(agent, Recordings())
    out = sharing.share("c1", sound=True)
    message = checked((folder / out.name).read_bytes())
    assert [one["turn"] for one in message["body"]["sound"]] == [0, 1, 2]
    reader.sharing.look()
    (kept,) = reader.store.inbox()
    assert "data" not in json.dumps(kept.body["sound"])
    sharing.share("c1")
    reader.sharing.look()
    (row,) = reader.sharing.inbox()
    assert row.share.heard == frozenset()
    assert reader.store.clip(row.id, 0) is None


def test_switched_off_no_sound_goes_or_comes(pair: Pair) -> None:
    """A script that asks for it is told whose choice it was; of a share the words come alone."""
    agent, reader, _folder = pair
    heard = Recordings()
    sharing = sharing_of(agent, heard)
    agent.settings.sound = False
    assert sharing.hearable("c1") == frozenset()
    with pytest.raises(KnownError, match="You switched it off"):
        sharing.share("c1", sound=True)
    agent.settings.lay_down("sound", False)
    with pytest.raises(KnownError, match=SET_BY):
        sharing.share("c1", sound=True)
    assert heard.asked == []
    other = sharing_of(agent, heard)
    agent.settings = SharingSettings(folder=agent.settings.folder)
    other.share("c1", sound=True)
    reader.settings.sound = False
    reader.sharing.look()
    (row,) = reader.sharing.inbox()
    assert row.share.heard == frozenset(), "nothing is offered to be heard that is not there"
    with pytest.raises(KnownError, match="No sound came"):
        reader.sharing.clip(row, 1)


@pytest.mark.parametrize("sealed", [True, False])
def test_sound_that_waited_stays_where_it_was_ruled_out_meanwhile(pair: Pair, sealed: bool) -> None:
    """The folder could not be reached; by the time it can, the organisation wants no sound to go along."""
    agent, reader, folder = pair
    agent.settings.seal = sealed
    sharing = sharing_of(agent, Recordings())
    folder.rename(folder.with_name("away"))
    assert sharing.share("c1", sound=True).sent_at is None
    folder.with_name("away").rename(folder)
    agent.settings.lay_down("sound", False)
    assert sharing.deliver() == 0
    assert reader.sharing.look().summaries == 1
    (row,) = reader.sharing.inbox()
    assert row.share.heard == frozenset()
    with pytest.raises(KnownError, match="No sound came"):
        reader.sharing.clip(row, 1)
