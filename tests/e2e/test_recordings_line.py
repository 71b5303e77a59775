"""The line of recordings over the real engine and store, with a recogniser that needs no model."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from queue import Queue

import pytest

from coach.bootstrap import EngineServices, make_services, new_header
from coach.events import CallSource
from coach.recordings.ledger import digest_of
from coach.values.batches import BatchEnded, BatchEvent, BatchItem, BatchState, Reviewed, Side
from tests.e2e.command_line import Recogniser

pytestmark = pytest.mark.usefixtures("own_home")
WAIT_S = 120.0


@pytest.fixture
def services(recogniser: Recogniser) -> Iterator[EngineServices]:
    made = make_services()
    yield made
    made.close()


@pytest.fixture
def recording(tmp_path: Path, three_sentences: Path) -> Path:
    return Path(shutil.copy(three_sentences, tmp_path / "call.flac"))


def run(services: EngineServices) -> list[BatchItem]:
    told: Queue[BatchEvent] = Queue()
    services.batch.run(told.put)
    while not isinstance(told.get(timeout=WAIT_S), BatchEnded):
        pass
    return services.batch.items()


def test_after_a_crash_there_is_one_call_and_it_is_whole(services: EngineServices, recording: Path) -> None:
    """Its whole call takes the place of what was heard before, and the line is done."""
    services.batch.add([recording], Side())
    [item] = run(services)
    assert item.state is BatchState.DONE
    # As it is on the disk when the program is killed while it reads.
    services.store().keep_reviewed(digest_of(recording), Reviewed(item.call_id, finished=False))
    services.store().keep_batch_items([replace(item, state=BatchState.RUNNING, tries=1)])
    later = make_services()
    later.recover()
    assert [one.state for one in later.batch.items()] == [BatchState.WAITING]
    [again] = run(later)
    assert again.state is BatchState.DONE
    assert [one.id for one in later.store().listing()] == [again.call_id]
    assert again.call_id != item.call_id
    later.close()


def test_half_a_call_of_a_recording_is_no_call_that_was_cut_off(
    services: EngineServices, recording: Path
) -> None:
    """It goes, for the recording is read again; it can be restored, and then counts as any other."""
    left = services.store()
    header = new_header(CallSource.FILE, "call", dt.datetime.now().astimezone(), "base")
    left.begin(header)
    left.keep_reviewed(digest_of(recording), Reviewed(header.id, finished=False))
    left.begin(live := new_header(CallSource.LIVE, "Call", dt.datetime.now().astimezone(), "base"))
    left.close()
    later = make_services()
    assert later.recover() == [live.id]
    assert [one.id for one in later.store().listing()] == [live.id]
    later.store().restore(header.id)
    assert later.store().load(header.id)[1] is not None
    assert later.recover() == []
    later.batch.add([recording], Side())
    [item] = run(later)
    assert item.call_id not in ("", header.id)
    assert {one.id for one in later.store().listing()} == {live.id, header.id, item.call_id}
    later.close()


def test_a_recording_that_changes_while_it_is_read_is_not_kept(
    services: EngineServices, recogniser: Recogniser, recording: Path
) -> None:
    """What is still being written would be half a call: it says so, and the next try takes the whole."""
    recogniser.on_first = lambda: os.utime(recording, ns=(1, 1))
    services.batch.add([recording], Side())
    [item] = run(services)
    assert (item.state, services.store().listing()) == (BatchState.FAILED, [])
    assert "changed while it was read" in item.why
    services.batch.again([item.id])
    assert [one.state for one in run(services)] == [BatchState.DONE]


def test_a_recording_that_vanishes_while_it_is_read_still_counts(
    services: EngineServices, recogniser: Recogniser, recording: Path
) -> None:
    """What was heard of it is a whole call; the next of the line is read too."""
    other = Path(shutil.copy(recording, recording.with_name("other.flac")))
    with other.open("ab") as file:
        file.write(bytes(10))
    recogniser.on_first = recording.unlink
    services.batch.add([recording, other], Side())
    assert [one.state for one in run(services)] == [BatchState.DONE] * 2
    assert len(services.store().listing()) == 2


def test_one_that_is_gone_before_it_is_read_says_so(services: EngineServices, recording: Path) -> None:
    """It waited in line, and the folder was tidied meanwhile."""
    services.batch.add([recording], Side())
    recording.unlink()
    [item] = run(services)
    assert item.state is BatchState.FAILED
    assert "does not exist" in item.why


def test_voices_of_a_recording_that_is_gone_are_refused_plainly(
    services: EngineServices, recording: Path
) -> None:
    """Nothing hangs and nothing is kept; a short recording of one voice has one at most."""
    assert len(services.batch.voices(recording, lambda _what, _done, _total: None)) <= 1
    recording.unlink()
    with pytest.raises(Exception, match="does not exist"):
        services.batch.voices(recording, lambda _what, _done, _total: None)
