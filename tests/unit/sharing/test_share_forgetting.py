"""What is deleted for good takes along what was answered about it; what no reader would take stays here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coach.errors import KnownError
from coach.events import CallRecord
from coach.services.share_post import HELD
from coach.sharing.leaving_out import MOST_TITLE
from coach.values.revisions import ShownSummary
from coach.values.shares import WHOLE_COMMENT, Draft, Looked, Wanted
from tests.unit.sharing.share_parts import Pair, Someone, pair, shown, two

__all__ = ["pair"]
SOON = dt.timedelta(days=1)


def refuse(*_asked: object) -> bool:
    raise KnownError("disk-full", "There is no room.")


@pytest.fixture
def noted(tmp_path: Path) -> Iterator[tuple[Someone, Someone, str]]:
    """An agent whose summary was opened, and has a note about it; its share's id."""
    agent, reader, _folder = two(tmp_path)
    share_id = agent.sharing.share("c1").share_id
    reader.sharing.look()
    (row,) = reader.sharing.inbox()
    reader.sharing.open(row)
    reader.sharing.write_note(row, "What you said to Mrs. Smith was kind.", 3.0)
    assert agent.sharing.look() == Looked(notes=1, receipts=1)
    yield agent, reader, share_id
    agent.store.close()
    reader.store.close()


def test_a_call_deleted_for_good_takes_the_notes_about_it_along(noted: tuple[Someone, Someone, str]) -> None:
    """A customer who asks to be forgotten may be named in them, and they could not be read any more."""
    agent, _reader, share_id = noted
    agent.store.delete("c1")
    assert len(agent.sharing.unread()) == 1
    agent.store.forget("c1")
    assert (agent.sharing.unread(), agent.store.notes(share_id), agent.store.opened(share_id)) == ([], [], [])


def test_a_summary_deleted_for_good_takes_the_readers_own_notes_along(
    noted: tuple[Someone, Someone, str],
) -> None:
    """Only once it can no longer be brought back."""
    _agent, reader, share_id = noted
    (row,) = reader.sharing.inbox()
    reader.sharing.delete(row.id)
    now = dt.datetime.now(dt.UTC)
    assert reader.store.purge_shares(now - SOON) == 0
    assert len(reader.store.notes(share_id)) == 1
    assert reader.store.purge_shares(now + SOON) == 1
    assert reader.store.notes(share_id) == []


def test_a_comment_too_long_to_be_shared_is_told_to_who_wrote_it(tmp_path: Path) -> None:
    """Not as if the file had come from somebody else, who is to be asked for it again."""
    agent, reader, folder = two(tmp_path)

    def at_length(record: CallRecord) -> ShownSummary:
        return replace(shown(record), comment="On and on. " * 400)

    agent.shown = at_length
    with pytest.raises(KnownError, match="Shorten it, or leave its line out") as refused:
        agent.sharing.share("c1")
    assert (refused.value.code, list(folder.iterdir())) == ("share-too-long", [])
    agent.store.close()
    reader.store.close()


def test_a_recording_with_a_very_long_name_can_be_shared(tmp_path: Path) -> None:
    """Its title is cut where the longest ends that a reader takes in, and nothing seems changed since."""
    agent, reader, _folder = two(tmp_path)

    def long_name(record: CallRecord) -> ShownSummary:
        made = shown(record)
        return replace(made, header=replace(made.header, title="interview-" * 25))

    agent.shown = long_name
    assert agent.sharing.share("c1").sent_at is not None
    assert len(agent.sharing.preview("c1").header.title) == MOST_TITLE
    assert not agent.sharing.of_call("c1").changed
    assert reader.sharing.look() == Looked(summaries=1)
    agent.store.close()
    reader.store.close()


def test_a_summary_shared_again_after_the_clock_was_put_right_takes_the_place_of_the_first(
    tmp_path: Path,
) -> None:
    """It was a day ahead when the first went out; the reader took that for the newer one ever since."""
    agent, reader, _folder = two(tmp_path)
    right = agent.now
    agent.now = right + dt.timedelta(days=1)
    agent.sharing.share("c1")
    reader.sharing.look()
    agent.now = right
    agent.shown = lambda record: replace(shown(record), comment="Put right.")
    assert agent.sharing.share("c1").sent_at is not None
    assert reader.sharing.look() == Looked(summaries=1)
    assert [row.share.comment for row in reader.sharing.inbox()] == ["Put right."]
    agent.store.close()
    reader.store.close()


def test_what_was_to_be_left_out_and_is_not_there_is_told(pair: Pair, tmp_path: Path) -> None:
    """A slip in the id, or a summary that was changed since: the line would go along, unseen."""
    agent, _reader, folder = pair
    for share in (
        lambda: agent.sharing.share("c1", {"keep.1.ownig"}),
        lambda: agent.sharing.export("c1", {"keep.1.ownig"}, tmp_path / "out"),
    ):
        with pytest.raises(KnownError, match=r"no line keep\.1\.ownig") as refused:
            share()
        assert refused.value.code == "line-unknown"
    assert (list(folder.iterdir()), (tmp_path / "out").exists()) == ([], False)


def test_what_the_rule_would_share_stays_once_that_is_switched_off(pair: Pair) -> None:
    """Within the minute, or while the folder is away; by hand it still goes, and the rule may come back."""
    agent, _reader, folder = pair
    agent.sharing.share("c1", held=True)
    agent.settings.rule = "by-hand"
    agent.now += 2 * HELD
    assert agent.sharing.deliver() == 1
    assert list(folder.iterdir()) == []
    assert "You switched that off." in agent.sharing.of_call("c1").outgoing[0].trouble
    agent.settings.rule = "after-closing"
    assert agent.sharing.deliver() == 0
    agent.settings.rule = "by-hand"
    assert agent.sharing.share("c1").sent_at is not None


def test_a_file_that_was_saved_is_written_once(
    pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store took in that it goes, and then nothing more: no second file comes at the next start."""
    agent, _reader, _folder = pair
    (tmp_path / "mine").mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(agent.store, "note_sent", refuse)
        with pytest.raises(KnownError):
            agent.sharing.export("c1", (), tmp_path / "mine" / "for Sue.sameside")
    assert agent.sharing.deliver() == 0
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["for Sue.sameside"]


def test_a_deleted_summary_is_read_again_where_its_file_is_opened(pair: Pair, tmp_path: Path) -> None:
    """By hand, also after a week; a copy in a folder brings nothing back."""
    agent, reader, _folder = pair
    file = tmp_path / "by mail.sameside"
    agent.sharing.export("c1", (), file)
    assert reader.sharing.take_in(file).summaries == 1
    for gone in (lambda: 0, lambda: reader.store.purge_shares(dt.datetime.now(dt.UTC) + SOON)):
        (row,) = reader.sharing.inbox()
        reader.sharing.keep_draft(row.id, Draft("Mrs. Smith was lucky.", 3.0))
        reader.sharing.delete(row.id)
        gone()
        assert reader.sharing.take_in(file).summaries == 1
        (again,) = reader.sharing.inbox()
        assert again.share == row.share
    # What was written about it and not sent went for good with it.
    assert [one.draft for one in reader.sharing.inbox(Wanted("Friday"))] == [Draft()]
    assert reader.sharing.take_in(file).summaries == 0


def test_a_file_by_mail_is_taken_in_once_its_sender_is_known(pair: Pair, tmp_path: Path) -> None:
    """No look into a folder finds it: it would be gone from what was set aside, and nowhere else."""
    agent, reader, _folder = pair
    file = tmp_path / "by mail.sameside"
    agent.sharing.export("c1", (), file)
    reader.sharing.remove_person(agent.known_as())
    with pytest.raises(KnownError, match="not among the people you know"):
        reader.sharing.take_in(file)
    (aside,) = reader.sharing.set_aside()
    reader.sharing.add_person(reader.sharing.read_card(aside.card))
    assert [row.name for row in reader.sharing.inbox()] == ["Ann Agent"]
    assert reader.sharing.set_aside() == []


def test_what_was_shared_again_and_taken_back_is_not_called_shared(pair: Pair) -> None:
    """The newer file had taken the place of the older one: neither is there. One elsewhere still is."""
    agent, _reader, folder = pair
    agent.sharing.export("c1", (), folder.with_name("by mail.sameside"))
    agent.sharing.share("c1")
    again = agent.sharing.share("c1", {WHOLE_COMMENT})
    agent.sharing.take_back(again)
    assert list(folder.iterdir()) == []
    assert [out.name for out in agent.sharing.of_call("c1").outgoing] == ["by mail.sameside"]
