"""Sharing between two people with nothing but a folder: what goes out is read, and answers come back."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from coach.calls.shown import show
from coach.calls.summary import summarise
from coach.calls.summary_json import summary_to_json
from coach.errors import KnownError
from coach.events import CallRecord
from coach.redaction.hiding import Choice, find, hide
from coach.sharing.folder import mount_of
from coach.sharing.identity import Person
from coach.values.hits import quoted
from coach.values.revisions import LineRevision, Revision, ShownSummary
from coach.values.shares import WHOLE_COMMENT, Looked, Repaired, Wanted
from tests.unit.calls.call_parts import TITLES
from tests.unit.sharing.share_parts import COMMENT, Pair, Someone, pair

_MOUNT = ("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs")
__all__ = ["pair"]


def code(act: object) -> str:
    with pytest.raises(KnownError) as refused:
        act()  # type: ignore[operator]
    return refused.value.code


def test_a_shared_summary_is_read_as_it_was_previewed(pair: Pair) -> None:
    """Sealed, under a name that tells no customer; every line, comment and contested flag arrives."""
    agent, reader, folder = pair
    out = agent.sharing.share("c1")
    assert out.sent_at is not None
    assert out.name == f"2026-11-20 1605 Ann Agent {out.share_id[:8]}.sameside"
    assert b"call you back" not in (folder / out.name).read_bytes()
    assert reader.sharing.look() == Looked(summaries=1)
    assert reader.sharing.look() == Looked()
    (row,) = reader.sharing.inbox()
    preview = agent.sharing.preview("c1")
    read = {line.id: line for section in row.share.sections for line in section.lines}
    shown = {line.id: line for section in preview.sections for line in section.lines}
    assert {key: line.text for key, line in read.items()} == {key: line.text for key, line in shown.items()}
    assert (row.name, row.sealed, row.opened) == ("Ann Agent", True, False)
    assert read["moments.0.blaming"].contested
    assert read["keep.1.owning"].comment == "Glad of that."
    assert row.share.comment == "Their number is [card number]."
    assert (row.share.figures.settled, row.share.figures.kept) == (3, 2)
    assert row.share.due == (dt.date(2026, 12, 4),)


def test_what_is_left_out_takes_its_words_along(pair: Pair) -> None:
    """A line left out leaves nothing of the turn and the commitment that only it was about."""
    agent, _reader, _folder = pair
    shown = agent.sharing.preview("c1")
    lines = {line.id: line for section in shown.sections for line in section.lines}
    last = {key for key, line in lines.items() if line.own.turn_index == 2} | {WHOLE_COMMENT}
    kept = agent.sharing.preview("c1", last)
    assert [turn.index for turn in kept.turns] == [0, 1]
    assert kept.commitments == ()
    assert kept.comment == ""
    assert len([line for section in kept.sections for line in section.lines]) == len(lines) - len(last) + 1
    assert code(lambda: agent.sharing.share("c1", set(lines))) == "share-empty"


def test_notes_and_opening_come_back_and_are_acknowledged(pair: Pair) -> None:
    """The agent sees who opened it and what was said of which second; the reader, that it was read."""
    agent, reader, _folder = pair
    agent.sharing.share("c1")
    reader.sharing.look()
    (row,) = reader.sharing.inbox()
    assert reader.sharing.open(row) == ()
    reader.sharing.write_note(row, "  That was well caught.\n", 30.0, "keep.1.owning")
    assert agent.sharing.look() == Looked(notes=1, receipts=1)
    known = agent.sharing.of_call("c1")
    assert [known.names[one.person] for one in known.opened] == ["Sue"]
    (note,) = known.notes
    assert (note.text, note.at_s, note.line_id) == ("That was well caught.", 30.0, "keep.1.owning")
    assert agent.sharing.unread() == [note]
    agent.sharing.acknowledge(note)
    assert agent.sharing.unread() == []
    reader.sharing.look()
    (mine,) = reader.sharing.open(row)
    assert mine.acknowledged_at is not None
    assert reader.sharing.inbox()[0].opened
    assert reader.sharing.inbox()[0].notes == 1


def test_nothing_is_told_where_the_reader_does_not_want_it(pair: Pair) -> None:
    """With receipts switched off, opening leaves no trace in the folder."""
    agent, reader, folder = pair
    reader.settings.tell_opened = False
    agent.sharing.share("c1")
    reader.sharing.look()
    reader.sharing.open(reader.sharing.inbox()[0])
    assert len(list(folder.iterdir())) == 1


def test_a_folder_that_is_away_is_tried_again(pair: Pair) -> None:
    """While the share cannot be reached nothing is lost; once it can, all of it arrives."""
    agent, reader, folder = pair
    shutil.rmtree(folder)
    out = agent.sharing.share("c1")
    assert (out.sent_at, "cannot be reached" in out.trouble) == (None, True)
    assert agent.sharing.deliver() == 1
    assert reader.sharing.look().unreachable == (str(folder),)
    folder.mkdir()
    assert agent.sharing.deliver() == 0
    assert reader.sharing.look() == Looked(summaries=1)


def test_an_empty_mount_point_is_no_folder(pair: Pair) -> None:
    """What stood there is away: nothing is written into the empty place, and nothing is called shared."""
    agent, _reader, folder = pair
    agent.settings.mount = str(folder)
    out = agent.sharing.share("c1")
    assert (out.sent_at, list(folder.iterdir())) == (None, [])
    # Another folder was chosen since, in the settings' file.
    agent.settings.mount = str(folder.parent / "elsewhere")
    assert agent.sharing.deliver() == 0


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounting takes root")
def test_a_file_system_that_goes_away_and_comes_back_gets_what_waited(pair: Pair) -> None:
    """Really unmounted and mounted again: the share waits, then lies on it; the disk below stays clean."""
    agent, reader, folder = pair
    if subprocess.run([*_MOUNT, folder], check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        agent.settings.mount = mount_of(folder)
        assert agent.settings.mount == str(folder)
        agent.sharing.share("c1")
        assert reader.sharing.look().summaries == 1
        subprocess.run(["umount", folder], check=True)
        assert agent.sharing.share("c1", {WHOLE_COMMENT}).sent_at is None
        assert list(folder.iterdir()) == []
        subprocess.run([*_MOUNT, folder], check=True)
        assert agent.sharing.deliver() == 0
        assert len(list(folder.iterdir())) == 1
        assert reader.sharing.look().summaries == 1
    finally:
        subprocess.run(["umount", folder], check=False)
    assert list(folder.iterdir()) == []


def test_a_newer_one_takes_the_place_of_the_older(pair: Pair) -> None:
    """Shared again after an edit it is one row, unread; an older copy put back later changes nothing."""
    agent, reader, folder = pair
    first = agent.sharing.share("c1")
    old = (folder / first.name).read_bytes()
    reader.sharing.look()
    reader.sharing.open(reader.sharing.inbox()[0])
    agent.sharing.share("c1", {WHOLE_COMMENT})
    assert reader.sharing.look().summaries == 1
    (row,) = reader.sharing.inbox()
    assert (row.share.comment, row.opened) == ("", False)
    (folder / "older copy.sameside").write_bytes(old)
    assert reader.sharing.look().summaries == 0
    assert reader.sharing.inbox()[0].share.comment == ""


def test_an_edit_after_sharing_is_told_until_it_is_shared_or_undone(pair: Pair) -> None:
    """What lies in the folder and what waits stays what it was; a line that was left out may change."""
    agent, _reader, folder = pair
    before = agent.shown
    other = LineRevision("Said it bluntly", "", "Blaming", "")
    edited = {"moments.0.blaming": other}

    def as_edited(record: CallRecord) -> ShownSummary:
        return show(record, summarise(record, TITLES), Revision(COMMENT, edited))

    agent.sharing.share("c1")
    assert not agent.sharing.of_call("c1").changed
    agent.shown = as_edited
    assert agent.sharing.of_call("c1").changed
    agent.shown = before
    assert not agent.sharing.of_call("c1").changed
    agent.shown = as_edited
    agent.sharing.share("c1", held=True)
    assert not agent.sharing.of_call("c1").changed
    agent.shown = before
    assert agent.sharing.of_call("c1").changed
    agent.sharing.share("c1", {WHOLE_COMMENT})
    agent.shown = lambda record: replace(before(record), comment="Another.")
    assert not agent.sharing.of_call("c1").changed
    for file in folder.iterdir():
        file.unlink()
    assert not agent.sharing.of_call("c1").changed


def test_what_was_typed_into_a_commitment_is_hidden_wherever_it_is_shared(pair: Pair) -> None:
    """In its line and in the list of commitments alike, and by the agent's own choice of what is hidden."""
    agent, _reader, _folder = pair
    choice = Choice(names=True, references=True)
    agent.sharing._hide = lambda text: hide(text, find(text, choice))

    def as_edited(record: CallRecord) -> ShownSummary:
        (made,) = record.commitments
        typed = replace(made, action="call back Mrs Eleanor Rigby")
        return show(record, summarise(record, TITLES), mended={made.id: typed})

    agent.shown = as_edited
    told = json.dumps(summary_to_json(agent.sharing.preview("c1")))
    assert "all back [name]" in told
    assert "Rigby" not in told


def test_what_goes_out_by_rule_can_be_stopped(pair: Pair) -> None:
    """For a minute nobody can see it, and taking it back leaves nothing; afterwards the file is removed."""
    agent, _reader, folder = pair
    held = agent.sharing.share("c1", held=True)
    assert list(folder.iterdir()) == []
    agent.sharing.take_back(held)
    agent.now += dt.timedelta(minutes=5)
    assert agent.sharing.deliver() == 0
    assert agent.sharing.of_call("c1").outgoing == ()
    sent = agent.sharing.share("c1")
    assert len(list(folder.iterdir())) == 1
    agent.sharing.take_back(sent)
    assert list(folder.iterdir()) == []
    later = agent.sharing.share("c1")
    shutil.rmtree(folder)
    assert code(lambda: agent.sharing.take_back(later)) == "share-taken"


def test_a_deleted_call_does_not_go_out(pair: Pair) -> None:
    """What still waits when its call is deleted stays here; restored, it goes."""
    agent, _reader, folder = pair
    agent.sharing.share("c1", held=True)
    agent.store.delete("c1")
    agent.now += dt.timedelta(minutes=5)
    agent.sharing.deliver()
    assert list(folder.iterdir()) == []
    agent.store.restore("c1")
    assert agent.sharing.deliver() == 0
    assert len(list(folder.iterdir())) == 1


def test_a_stranger_with_the_name_of_somebody_known_is_warned_of(pair: Pair, tmp_path: Path) -> None:
    """Whoever made a key under a name that is known is not that person: the words decide."""
    _agent, reader, _folder = pair
    forger = Someone(tmp_path / "forger")
    forger.sharing.make_me("ANN AGENT")
    forged = tmp_path / "forged.sameside"
    forger.settings.seal = False
    forger.sharing.export("c1", (), forged)
    with pytest.raises(KnownError, match="somebody of that name by another key: take care") as caught:
        reader.sharing.take_in(forged)
    assert caught.value.code == "share-unknown-sender"
    assert reader.sharing.inbox() == []
    forger.store.close()


def test_a_stranger_is_set_aside_until_they_are_known(pair: Pair) -> None:
    """A name is a claim: only the key counts. Added, their file is read without being sent again."""
    agent, reader, _folder = pair
    reader.sharing.remove_person(agent.known_as())
    agent.sharing.share("c1")
    assert reader.sharing.look() == Looked(aside=1)
    (aside,) = reader.sharing.set_aside()
    assert aside.code == "share-unknown-sender"
    known = reader.sharing.read_card(aside.card)
    assert known.words in aside.message
    assert "take care" not in aside.message
    reader.sharing.add_person(known)
    assert reader.sharing.look() == Looked(summaries=1)
    assert reader.sharing.set_aside() == []


def test_an_answer_must_be_meant_for_this_agent_and_this_share(pair: Pair, tmp_path: Path) -> None:
    """A note to somebody else that lies there is nobody's; one about a share never made is set aside."""
    agent, reader, folder = pair
    other = Someone(tmp_path / "other")
    other.sharing.make_me("Olga")
    other.settings.folder = str(folder)
    known = reader.known_as()
    other.sharing.add_person(replace(known, reads=True))
    reader.sharing.add_person(other.known_as())
    other.sharing.share("c1")
    agent.sharing.share("c1")
    reader.sharing.look()
    rows = {row.name: row for row in reader.sharing.inbox()}
    reader.sharing.write_note(rows["Olga"], "For Olga alone.", 0.0)
    assert agent.sharing.look().notes == 0
    # Signed by the supervisor and sealed to the agent, but about somebody else's call.
    forged = replace(rows["Ann Agent"], share_id=rows["Olga"].share_id)
    reader.sharing.write_note(forged, "About what you never shared.", 0.0)
    looked = agent.sharing.look()
    assert (looked.notes, looked.aside) == (0, 1)
    assert agent.sharing.set_aside()[0].code == "share-unasked"
    other.store.close()


def test_search_finds_every_sentence_and_filters_narrow(pair: Pair) -> None:
    """The hit is shown in its sentence; person, day, move, repairs and due commitments narrow the list."""
    agent, reader, _folder = pair
    agent.sharing.share("c1")
    reader.sharing.look()
    (row,) = reader.sharing.inbox(Wanted("Fri"))
    assert "«Friday»" in quoted(row.snippet)
    assert reader.sharing.inbox(Wanted("nothing like it")) == []
    inbox, key = reader.sharing.inbox, row.person
    assert len(inbox(Wanted(person=key, since=dt.date(2026, 11, 20), move="owning"))) == 1
    assert inbox(Wanted(person=b"x" * 32)) == inbox(Wanted(since=dt.date(2026, 11, 21))) == []
    assert inbox(Wanted(move="selling")) == inbox(Wanted(due_by=dt.date(2026, 12, 3))) == []
    assert len(inbox(Wanted(due_by=dt.date(2026, 12, 4)))) == 1
    assert inbox(Wanted(due_from=dt.date(2026, 12, 5), due_by=dt.date(2026, 12, 30))) == []
    assert len(inbox(Wanted(due_from=dt.date(2026, 12, 4)))) == 1
    assert len(inbox(Wanted(repaired=Repaired.ALL))) == 1
    assert inbox(Wanted(repaired=Repaired.OPEN)) == []


def test_deleting_is_undone_and_in_the_end_for_good(pair: Pair) -> None:
    """Gone from the list at once, back with undo; after a week its words are gone, and it stays away."""
    agent, reader, folder = pair
    out = agent.sharing.share("c1")
    reader.sharing.look()
    (row,) = reader.sharing.inbox()
    reader.sharing.delete(row.id)
    assert reader.sharing.inbox() == []
    reader.sharing.restore(row.id)
    assert len(reader.sharing.inbox()) == 1
    reader.sharing.delete(row.id)
    assert reader.store.purge_shares(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=5)) == 1
    shutil.copy(folder / out.name, folder / "copy.sameside")
    assert reader.sharing.look().summaries == 0
    assert reader.sharing.inbox() == []


def test_who_does_not_read_leaves_summaries_alone_until_they_do(pair: Pair) -> None:
    """Another agent in the same folder takes in nobody's summary; switched on, the room finds them."""
    agent, reader, _folder = pair
    agent.sharing.share("c1")
    reader.settings.team_room, reader.settings.folder = False, reader.settings.team_folders[0]
    assert reader.sharing.look() == Looked()
    assert reader.sharing.inbox() == []
    reader.settings.team_room = True
    assert reader.sharing.look() == Looked(summaries=1)


def test_a_file_that_came_by_mail_is_read_and_answered_beside_it(pair: Pair, tmp_path: Path) -> None:
    """Exported and opened by hand; the answer lies in the reader's folder and is opened the same way."""
    agent, reader, _folder = pair
    mailed = tmp_path / "mailed.sameside"
    agent.sharing.export("c1", (), mailed)
    assert code(lambda: agent.sharing.export("c1", (), mailed)) == "file-exists"
    assert reader.sharing.take_in(mailed).summaries == 1
    (row,) = reader.sharing.inbox()
    reader.sharing.write_note(row, "Thank you.", 0.0)
    (answer,) = (path for path in tmp_path.glob("*.sameside") if path != mailed)
    assert agent.sharing.take_in(answer).notes == 1


def test_what_is_missing_is_said_before_anything_leaves(tmp_path: Path) -> None:
    """No key, no folder, no reader: each has its own sentence."""
    someone = Someone(tmp_path / "one")
    assert code(lambda: someone.sharing.share("c1")) == "share-no-folder"
    someone.settings.folder = str(tmp_path)
    assert code(lambda: someone.sharing.share("c1")) == "share-no-key"
    assert code(lambda: someone.sharing.make_me(" \n")) == "name-missing"
    someone.sharing.make_me("Ann")
    assert code(lambda: someone.sharing.make_me("Bea")) == "identity-there"
    assert code(lambda: someone.sharing.share("c1")) == "share-no-reader"
    someone.settings.seal = False
    out = someone.sharing.share("c1")
    assert json.loads((tmp_path / out.name).read_text())["format"] == "sameside/share"
    me = someone.sharing.me()
    assert me is not None
    assert Person.from_card(me.card).fingerprint == me.fingerprint
    assert code(lambda: someone.sharing.read_card(me.card)) == "key-own"
    someone.store.close()
