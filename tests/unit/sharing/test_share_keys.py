"""A key is replaced: what was sealed to the old one is still read, and nobody believes it any more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from coach.errors import KnownError
from coach.services.share_post import HELD
from coach.sharing.envelope import pack
from coach.sharing.identity import Identity
from coach.values.shares import Looked
from tests.unit.sharing.share_parts import Pair, Someone, pair
from tests.unit.sharing.test_share_schema import checked

__all__ = ["pair"]


def code(ask: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as caught:
        ask()
    return caught.value.code


def old_identity(someone: Someone) -> Identity:
    kept = someone.store.retired_identities()[0]
    return Identity(kept.name, kept.sign, kept.seal)


def test_whoever_knows_the_old_key_learns_that_it_is_retired(pair: Pair) -> None:
    """The folder says so, signed with the old key; after that, what it signs is set aside."""
    agent, reader, folder = pair
    before = agent.sharing.me()
    made = agent.sharing.replace_me()
    assert before is not None
    assert (made.name, made.key == before.key) == (before.name, False)
    assert agent.sharing.me() == made
    assert reader.sharing.look().retired == 1
    (known,) = reader.sharing.people()
    assert (known.retired, known.reads) == (True, False)
    stolen = pack(old_identity(agent), "summary", "s-9", agent.now.isoformat(), {})
    (folder / "stolen.sameside").write_bytes(stolen)
    assert reader.sharing.look().aside == 1
    assert reader.sharing.set_aside()[0].code == "share-retired-key"


def test_the_new_key_is_believed_once_it_was_taken_in(pair: Pair) -> None:
    """Until then its files wait, as those of a stranger; then they come in."""
    agent, reader, _folder = pair
    agent.sharing.replace_me("Ann Agent-Smith")
    agent.sharing.share("c1")
    assert reader.sharing.look().aside == 1
    reader.sharing.add_person(agent.known_as())
    assert reader.sharing.look().summaries == 1
    (row,) = reader.sharing.inbox()
    assert row.name == "Ann Agent-Smith"


def test_a_replaced_key_makes_nobody_two_in_a_trend(pair: Pair) -> None:
    """In the list the earlier key is told apart; counted, both are one person, and the call one call."""
    agent, reader, _folder = pair
    agent.settings.count_alone = True
    agent.sharing.share("c1")
    assert reader.sharing.look().summaries == 1
    agent.sharing.replace_me()
    agent.sharing.share("c1")
    reader.sharing.add_person(agent.known_as())
    assert reader.sharing.look().retired == 1
    reader.sharing.look()
    assert len({row.name for row in reader.sharing.inbox()}) == 2
    (week,) = reader.sharing.trend().weeks
    assert (week.people, week.calls) == (1, 1)


def test_answers_sealed_to_the_old_key_are_still_read(pair: Pair) -> None:
    """A note on its way while the key was replaced is not lost."""
    agent, reader, _folder = pair
    agent.sharing.share("c1")
    reader.sharing.look()
    (row,) = reader.sharing.inbox()
    reader.sharing.write_note(row, "Well caught.", 3.0)
    agent.sharing.replace_me()
    assert agent.sharing.look().notes == 1
    assert [note.text for note in agent.sharing.of_call("c1").notes] == ["Well caught."]


def test_what_waits_while_the_key_is_replaced_is_signed_anew(pair: Pair) -> None:
    """Held back by the rule, or the folder is away: readers would take in nothing of the old key."""
    agent, reader, _folder = pair
    agent.sharing.share("c1", held=True)
    agent.sharing.replace_me()
    assert reader.sharing.look().retired == 1
    agent.now += 2 * HELD
    assert agent.sharing.deliver() == 0
    assert reader.sharing.look() == Looked(aside=1)
    assert reader.sharing.set_aside()[0].code == "share-unknown-sender"
    reader.sharing.add_person(agent.known_as())
    assert reader.sharing.look() == Looked(summaries=1)


def test_what_waits_of_a_deleted_call_is_signed_anew_too(pair: Pair) -> None:
    """The call comes back after the key was replaced: what goes out then is from the new key."""
    agent, reader, _folder = pair
    agent.sharing.share("c1", held=True)
    agent.store.delete("c1")
    agent.sharing.replace_me()
    agent.store.restore("c1")
    agent.now += 2 * HELD
    assert agent.sharing.deliver() == 0
    reader.sharing.add_person(agent.known_as())
    assert reader.sharing.look() == Looked(summaries=1, retired=1)


def test_who_was_removed_while_it_waited_cannot_read_it(pair: Pair, tmp_path: Path) -> None:
    """It is sealed when it leaves, to those who may read then: one who was removed is none of them."""
    agent, reader, folder = pair
    other = Someone(tmp_path / "other")
    other.sharing.make_me("Olu Other")
    agent.sharing.add_person(replace(other.known_as(), reads=True))
    agent.sharing.share("c1", held=True)
    agent.sharing.remove_person(other.known_as())
    agent.now += 2 * HELD
    assert agent.sharing.deliver() == 0
    (file,) = folder.iterdir()
    assert code(lambda: other.sharing.take_in(file)) == "share-not-for-you"
    assert reader.sharing.look() == Looked(summaries=1)
    other.store.close()


def test_what_nobody_may_read_any_more_waits_and_says_so(pair: Pair) -> None:
    """It is not sealed to nobody and called shared; it goes once somebody may read it again."""
    agent, reader, folder = pair
    agent.sharing.share("c1", held=True)
    agent.sharing.remove_person(reader.known_as())
    agent.now += 2 * HELD
    assert agent.sharing.deliver() == 1
    assert "Choose somebody" in agent.sharing.of_call("c1").outgoing[0].trouble
    assert list(folder.iterdir()) == []
    agent.sharing.add_person(replace(reader.known_as(), reads=True))
    assert agent.sharing.deliver() == 0
    assert reader.sharing.look() == Looked(summaries=1)


def test_an_answer_that_waits_while_the_key_is_replaced_still_arrives(pair: Pair) -> None:
    """The supervisor's note is signed anew and sealed to its agent, who reads it once the key is known."""
    agent, reader, folder = pair
    agent.sharing.share("c1")
    reader.settings.tell_opened = False
    reader.sharing.look()
    (row,) = reader.sharing.inbox()
    away = folder.with_name("away")
    folder.rename(away)
    reader.sharing.write_note(row, "Well caught.", 3.0)
    reader.sharing.replace_me()
    away.rename(folder)
    assert reader.sharing.deliver() == 0
    agent.sharing.look()
    agent.sharing.add_person(reader.known_as())
    agent.sharing.look()
    assert [note.text for note in agent.sharing.of_call("c1").notes] == ["Well caught."]


def test_nothing_is_sealed_to_a_retired_key(pair: Pair) -> None:
    """The supervisor's old key can no longer read what is shared from then on."""
    agent, reader, folder = pair
    agent.settings.team_room, agent.settings.team_folders = True, [str(folder)]
    reader.sharing.replace_me()
    agent.sharing.look()
    assert code(lambda: agent.sharing.share("c1")) == "share-no-reader"
    agent.sharing.add_person(replace(reader.known_as(), reads=True))
    agent.sharing.share("c1")
    assert reader.sharing.look().summaries == 1


def test_no_answer_is_sealed_to_a_retired_key(pair: Pair) -> None:
    """A note to it is refused with what to do; that a summary was opened is told to nobody."""
    agent, reader, folder = pair
    agent.sharing.share("c1")
    reader.settings.tell_opened = True
    reader.sharing.look()
    agent.sharing.replace_me()
    assert reader.sharing.look().retired == 1
    (row,) = reader.sharing.inbox()
    there = sorted(folder.iterdir())
    reader.sharing.open(row)
    assert code(lambda: reader.sharing.write_note(row, "Well caught.", 3.0)) == "person-retired"
    assert sorted(folder.iterdir()) == there


def test_word_of_a_retired_key_fits_the_schema_and_a_stranger_s_changes_nothing(pair: Pair) -> None:
    """Only the key itself can say that it is retired."""
    agent, reader, folder = pair
    stranger = Identity.new("Ann Agent")
    data = pack(stranger, "retired", "r-1", agent.now.isoformat(), {})
    checked(data)
    (folder / "forged.sameside").write_bytes(data)
    assert reader.sharing.look().retired == 0
    assert [one.retired for one in reader.sharing.people()] == [False]


def test_there_must_be_a_key_to_replace(tmp_path: Path) -> None:
    """Without one the sentence says how to make it."""
    someone = Someone(tmp_path / "one")
    assert code(lambda: someone.sharing.replace_me()) == "share-no-key"
    someone.store.close()


def test_a_retired_key_does_not_come_back_by_a_slip(pair: Pair) -> None:
    """Its old line pasted once more, or a list of people from before: whoever has it stays unbelieved."""
    agent, reader, _folder = pair
    (before,) = reader.sharing.people()
    agent.sharing.replace_me()
    reader.sharing.look()
    assert code(lambda: reader.sharing.add_person(replace(before, reads=True))) == "key-retired"
    (known,) = reader.sharing.people()
    assert (known.retired, known.reads) == (True, False)
    reader.sharing.remove_person(known)
    reader.sharing.add_person(known)
    assert reader.sharing.people() == [known]


def test_shared_again_under_another_name_it_is_in_the_folder_once(pair: Pair) -> None:
    """What was wrong in the older one, or to be taken back, does not stay behind under the name of before."""
    agent, _reader, folder = pair
    agent.sharing.share("c1")
    agent.sharing.replace_me("Ann Agent-Smith")
    agent.sharing.share("c1")
    (left,) = [path.name for path in folder.iterdir() if "retired" not in path.name]
    assert "Ann Agent-Smith" in left
    (out,) = agent.sharing.of_call("c1").outgoing
    agent.sharing.take_back(out)
    assert [path.name for path in folder.iterdir() if "retired" not in path.name] == []
