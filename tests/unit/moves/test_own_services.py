"""Own moves live in files, can be tried, changed and undone, and reach a running call."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from coach.calls.summary import conclude
from coach.coaching.pacing import Pacing
from coach.coaching.policy import RepairPolicy
from coach.commitments.extract import RuleExtractor
from coach.errors import KnownError
from coach.events import CallHeader, CallRecord, CallSource, Cue, Move, Turn
from coach.moves.own_rule import Vectors
from coach.pipeline import Coach
from coach.services.own_moves import EngineOwnMoves, OwnFiles
from coach.services.playbook_choice import shipped_playbook
from coach.taxonomy import MOVES
from coach.values.own_moves import OwnLine, OwnMove
from tests.fakes.own_moves import ORDINARY, word_meaning

MOVE = OwnMove(
    "Trade_words",
    "Plain words",
    "It shuts people out.",
    (OwnLine("Put plainly, it still waits."), OwnLine("Sorry, I mean that it waits.")),
    (
        "The ticket is in the provisioning queue.",
        "Provisioning has your ticket.",
        "The queue holds the ticket.",
    ),
    (),
    ("tier two",),
)
PLAYBOOK = """
[own.stars]
title = "Ask later"
why = "It puts us first."
say = ["Is there anything else you need?"]
phrases = ["five stars"]

[own.broken]
title = "No lines"
"""


class Detector:
    """Flags "sorry" as an apology; gives meanings if it ``compares``."""

    thresholds = dict.fromkeys(MOVES, 0.5)

    def __init__(self, compares: bool = True) -> None:
        self._compares = compares

    def judge(self, text: str, context: Sequence[str] = ()) -> tuple[tuple[Move, ...], dict[str, float]]:
        at = text.casefold().find("sorry")
        moves = (Move("apologising", 0.9, (at, at + 5)),) if at >= 0 else ()
        return moves, dict.fromkeys(MOVES, 0.1) | {move.name: move.confidence for move in moves}

    def scores(self, text: str, context: Sequence[str] = ()) -> dict[str, float]:
        return self.judge(text, context)[1]

    def meaning(self, text: str) -> Vectors | None:
        if not self._compares:
            raise IndexError
        return word_meaning(text)


@pytest.fixture
def files(tmp_path: Path) -> OwnFiles:
    ordinary = tmp_path / "ordinary.txt"
    ordinary.write_text("\n".join(ORDINARY))
    playbook = tmp_path / "playbook.toml"
    playbook.write_text(PLAYBOOK)
    return OwnFiles(playbook, tmp_path / "config" / "own-moves.toml", ordinary, tmp_path / "cache.npz")


def engine(files: OwnFiles, compares: bool = True) -> EngineOwnMoves:
    return EngineOwnMoves(lambda: Detector(compares), files, lambda: {"apologising": "Saying sorry"})


def test_moves_are_kept_changed_and_removed(files: OwnFiles) -> None:
    """What is kept is there at the next start, with the repairs its lines make; each change can be undone."""
    listing = engine(files).keep(MOVE)
    assert [move.name for move in listing.personal] == ["Trade_words"]
    assert [move.name for move in listing.playbook] == ["stars"]
    assert [problem for problem in listing.problems if "broken" in problem]
    (kept,) = engine(files).listing().personal
    assert [line.makes for line in kept.say] == ["", "apologising"]
    renamed = OwnMove("Jargon", kept.title, kept.why, kept.say, phrases=("tier two",))
    assert [move.name for move in engine(files).keep(renamed, "Trade_words").personal] == ["Jargon"]
    assert engine(files).keep(kept, "Jargon").personal == (kept,)
    assert engine(files).remove("Trade_words").personal == ()


def test_a_file_nested_too_deeply_costs_no_call(files: OwnFiles) -> None:
    """It is left out and told, as any other that cannot be read."""
    before = engine(files).composed().thresholds
    files.personal.parent.mkdir()
    files.personal.write_text(f"x = {'[' * 100_000}")
    services = engine(files)
    assert services.composed().thresholds == before
    assert any("cannot be read" in problem for problem in services.problems())


def test_what_cannot_be_kept_changes_nothing(files: OwnFiles) -> None:
    """Mistakes, a name that is taken, and a file that cannot be read are refused, and nothing is written."""
    services = engine(files)
    services.keep(MOVE)
    before = files.personal.read_text()
    for name in ("Trade_words", "stars", "blaming"):
        with pytest.raises(KnownError) as refused:
            services.keep(OwnMove(name, "A b", "c", (OwnLine("d e"),), phrases=("f",)))
        assert refused.value.code == "own-move-wrong"
    assert files.personal.read_text() == before
    files.personal.write_text("[own")
    with pytest.raises(KnownError) as refused:
        services.remove("Trade_words")
    assert refused.value.code == "own-moves-damaged"
    assert files.personal.read_text() == "[own"
    assert any("cannot be read" in problem for problem in services.listing().problems)


def test_what_the_file_holds_besides_stays(files: OwnFiles) -> None:
    """A move in the file that cannot be used is not lost when another is kept."""
    files.personal.parent.mkdir()
    files.personal.write_text('[own.half]\ntitle = "Not yet"\n')
    engine(files).keep(MOVE)
    assert tomllib.loads(files.personal.read_text())["own"]["half"] == {"title": "Not yet"}


def test_a_sentence_is_tried_on_all_moves(files: OwnFiles) -> None:
    """Those that fire come first, with their words; all 25 and the own ones are there."""
    services = engine(files)
    services.keep(MOVE)
    tried = services.try_sentence("Sorry, it is with tier two.")
    fired = [(one.move, tried.text[slice(*one.evidence)]) for one in tried.verdicts if one.evidence]
    assert fired == [("own.Trade_words", "tier two"), ("apologising", "Sorry")]
    assert len(tried.verdicts) == 27
    assert tried.by_meaning
    assert any(one.fires for one in services.try_sentence("Provisioning has the ticket.").verdicts)


def test_a_model_without_meanings_is_said_and_coped_with(files: OwnFiles) -> None:
    """Only phrases work then, and the listing says so."""
    services = engine(files, compares=False)
    listing = services.keep(MOVE)
    assert (listing.by_meaning, listing.mistakes) == (False, {})
    assert not any(one.fires for one in services.try_sentence("Provisioning has the ticket.").verdicts)
    assert any(one.fires for one in services.try_sentence("It is with tier two.").verdicts)


def test_a_playbook_not_in_use_is_checked(files: OwnFiles) -> None:
    """Form and regression set are both reported, by the key where they stand."""
    table = {"title": "A b", "why": "c", "say": ["d e"], "phrases": ["tier two"]}
    tables = {"ok": table, "wrong": {**table, "not_examples": ["Ask tier two."]}, "bad": {}}
    problems = engine(files).check(tables)
    assert {problem.where.split(".")[1] for problem in problems} == {"wrong", "bad"}
    assert "This counter-example fires" in next(str(one) for one in problems if "wrong" in one.where)


def test_an_own_move_is_cued_in_a_call_and_summed_up(files: OwnFiles) -> None:
    """From its phrase to its card, its repair, and its name in the summary."""
    services = engine(files)
    services.keep(MOVE)
    playbook = services.over(shipped_playbook())
    header = CallHeader("c", dt.datetime(2026, 11, 27, tzinfo=dt.UTC), CallSource.WRITTEN, "Call")
    policy = RepairPolicy(playbook, Pacing())
    coach = Coach(CallRecord(header), services.composed(), RuleExtractor(), policy)
    events = list(coach.take(Turn(0, "It is with tier two now.", 20.0, 24.0)))
    (cue,) = [event for event in events if isinstance(event, Cue)]
    assert (cue.move, cue.title) == ("own.Trade_words", "Plain words")
    assert cue.say in {line.line for line in MOVE.say}
    assert cue.because.words == "tier two"
    list(coach.take(Turn(1, "Sorry about all of this, sir.", 30.0, 34.0)))
    summary = conclude(coach.record, {})
    assert (summary.flags_raised, summary.flags_repaired) == (1, 1)
    (moments,) = [section for section in summary.sections if section.key == "moments"]
    assert moments.lines[0].text == "Trade words"


def test_an_own_move_left_open_is_advised_on_by_its_line(files: OwnFiles) -> None:
    """Where nothing repaired it, the summary's advice is the line of its cue, not a shipped repair."""
    services = engine(files)
    services.keep(MOVE)
    header = CallHeader("c", dt.datetime(2026, 11, 27, tzinfo=dt.UTC), CallSource.WRITTEN, "Call")
    policy = RepairPolicy(services.over(shipped_playbook()), Pacing())
    coach = Coach(CallRecord(header), services.composed(), RuleExtractor(), policy)
    list(coach.take(Turn(0, "It is with tier two now.", 20.0, 24.0)))
    summary = conclude(coach.record, {})
    (advice,) = next(section.lines for section in summary.sections if section.key == "try")
    assert advice.text == f"After words like these, try: “{coach.record.cues[0].say}”"


def test_what_is_said_is_never_kept_with_the_examples(files: OwnFiles) -> None:
    """The file of vectors holds texts of the moves and ordinary turns; no turn of a call, no trial."""
    services = engine(files)
    services.keep(MOVE)
    services.composed().judge("My secret is in the queue. Nobody knows it.")
    services.try_sentence("Another secret of mine.")
    services.keep(dataclasses.replace(MOVE, title="Say it"), "Trade_words")
    with np.load(files.cache) as kept:
        keys = set(kept["keys"].tolist())
    texts = {*ORDINARY, *MOVE.examples, *(line.line for line in MOVE.say)}
    assert keys == {hashlib.sha256(text.encode()).hexdigest() for text in texts}


@pytest.mark.skipif(sys.platform == "win32", reason="sizes are limited so on Unix only")
def test_a_full_disk_keeps_the_moves_there_are(files: OwnFiles) -> None:
    """The file stays whole, and nothing half written is left beside it."""
    import resource

    services = engine(files, compares=False)
    services.keep(MOVE)
    before = files.personal.read_text()
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, usual[1]))
    try:
        with pytest.raises(KnownError, match="could not be saved") as refused:
            services.keep(dataclasses.replace(MOVE, name="Another"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert refused.value.code == "own-moves-unwritable"
    assert list(files.personal.parent.iterdir()) == [files.personal]
    assert files.personal.read_text() == before
