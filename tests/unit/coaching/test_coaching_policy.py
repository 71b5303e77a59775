"""The policy's rules, one at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from coach.coaching.pacing import Pacing
from coach.coaching.playbook import Playbook, fitting_repairs
from coach.coaching.policy import PRIORITY
from coach.events import (
    Cue,
    CueEnd,
    CueEnded,
    Event,
    InterimWords,
    OtherVoice,
    Speaker,
    VadChanged,
    VadState,
    Word,
    WordsHeard,
)
from coach.taxonomy import CONTENTIOUS, REPAIR

ONLY_SAID = replace(Pacing.of("standard"), missing=False)
"""For calls so bad that what is missing would be cued as well."""
WORD = Word("Well", 21.0, 21.4, 0.9)


def test_priority_knows_every_move() -> None:
    """No contentious move can be forgotten by the order of urgency."""
    assert sorted(PRIORITY) == sorted(CONTENTIOUS)


@pytest.mark.parametrize("move", CONTENTIOUS)
def test_cue_says_why(new_call: Any, playbook: Playbook, move: str) -> None:
    """A cue appears as the turn ends and points to the words, the turn and the sources."""
    call = new_call()
    call.say(0.0, 3.0, text="Hello there.")
    text = "Well, those very words, I'd say."
    (cue,) = call.say(10.0, 14.0, move, text=text, evidence=(6, 22))
    entry = playbook.entry(move)
    assert (cue.id, cue.at_s, cue.move, cue.title, cue.why) == ("cue-1", 14.0, move, entry.title, entry.why)
    assert (cue.because.move, cue.because.words) == (move, "those very words")
    assert (cue.because.turn_index, cue.because.sources) == (1, entry.sources)
    assert {cue.say, *cue.alternatives} == {line.line for line in entry.say}
    assert cue.say not in cue.alternatives


def test_an_own_move_that_the_playbook_does_not_know_is_no_card_and_no_fault(new_call: Any) -> None:
    """Removed in the settings while the call was made ready."""
    call = new_call()
    assert call.say(0.0, 2.0, "own.jargon") == []
    assert call.say(10.0, 12.0, "blaming")


def test_empty_evidence_shows_the_turn(new_call: Any) -> None:
    """Where the detector marks no words, the whole turn is shown rather than nothing."""
    (cue,) = new_call().say(0.0, 2.0, "blaming", text="You did that.", evidence=(4, 4))
    assert cue.because.words == "You did that."


@pytest.mark.parametrize(("confidence", "cued"), [(0.49, False), (0.5, True)])
def test_what_is_less_likely_than_not_interrupts_nobody(new_call: Any, confidence: float, cued: bool) -> None:
    """A flag the detector doubts is left to the transcript, in a call that has gone wrong before as well."""
    call = new_call()
    assert call.say(0.0, 4.0, "delaying")
    assert bool(call.say(60.0, 64.0, "blaming", confidence=confidence)) is cued


@pytest.mark.parametrize(("confidence", "cued"), [(0.94, False), (0.95, True)])
def test_a_call_that_goes_well_is_interrupted_only_for_what_is_sure(
    new_call: Any, confidence: float, cued: bool
) -> None:
    """Nothing has spoken of trouble: a single sign is no complaint, and most such flags are mistakes."""
    call = new_call()
    call.say(0.0, 4.0, "explaining")
    assert bool(call.say(30.0, 34.0, "blaming", confidence=confidence)) is cued


def test_a_plain_complaint_lowers_the_bar(new_call: Any) -> None:
    """Two turns by which a complaint is known, and what is more likely than not is said."""
    call = new_call()
    call.say(0.0, 4.0, "explaining")
    call.say(10.0, 14.0, "empathising")
    assert call.say(30.0, 34.0, "blaming", confidence=0.6)


def test_urgent_moves_keep_the_lower_bar(new_call: Any) -> None:
    """The agent asked for them."""
    call = new_call(replace(Pacing.of("standard"), urgent=frozenset({"blaming"})))
    assert not call.say(0.0, 4.0, "dismissing", confidence=0.6)
    assert call.say(30.0, 34.0, "blaming", confidence=0.6)


@pytest.mark.parametrize("move", CONTENTIOUS)
@pytest.mark.parametrize("repair", REPAIR)
def test_repair_in_the_same_turn(new_call: Any, move: str, repair: str) -> None:
    """A turn that already mends what it did wrong stays uncommented; one that does not is cued."""
    outcomes = new_call().say(0.0, 4.0, move, repair)
    assert (outcomes == []) == (repair in fitting_repairs(move))


@pytest.mark.parametrize("repair", fitting_repairs("delaying"))
def test_fitting_repair_ends_the_cue(new_call: Any, repair: str) -> None:
    """The next turn's fitting repair turns the card green, with the repair and its turn."""
    call = new_call()
    call.say(0.0, 4.0, "delaying")
    assert call.say(10.0, 15.0, "thanking", repair) == [CueEnded("cue-1", 15.0, CueEnd.REPAIRED, repair, 1)]


def test_other_repair_leaves_the_cue(new_call: Any) -> None:
    """A repair that does not fit is not thanked for; the card stays."""
    call = new_call()
    call.say(0.0, 4.0, "delaying")
    assert call.say(10.0, 15.0, "thanking") == []


def test_best_repair_is_named(new_call: Any) -> None:
    """When several fit, the one that answers the move best gets the thanks."""
    call = new_call()
    call.say(0.0, 4.0, "blaming")
    (ended,) = call.say(10.0, 15.0, "offering", "empathising", "owning")
    assert ended.by_move == "owning"


def test_green_card_is_left_alone(new_call: Any) -> None:
    """The turn that repairs gets its thanks and no new cue on top."""
    call = new_call()
    call.say(0.0, 4.0, "blaming")
    outcomes = call.say(30.0, 35.0, "owning", "selling")
    assert [type(one) for one in outcomes] == [CueEnded]


def test_cue_runs_out_by_time(new_call: Any) -> None:
    """After sixty seconds the card goes, at that second, whether or not anyone speaks."""
    call = new_call()
    call.say(0.0, 4.0, "blaming")
    assert call.wait(63.9) == []
    assert call.wait(64.0) == [CueEnded("cue-1", 64.0, CueEnd.EXPIRED)]
    assert call.wait(65.0) == []


def test_cue_runs_out_before_a_late_turn(new_call: Any) -> None:
    """A repair after the time is not counted, and the turn may raise its own cue."""
    call = new_call()
    call.say(0.0, 4.0, "blaming")
    ended, cue = call.say(70.0, 75.0, "owning", "selling")
    assert ended == CueEnded("cue-1", 64.0, CueEnd.EXPIRED)
    assert cue.move == "selling"


def test_cue_runs_out_by_turns(new_call: Any) -> None:
    """Three turns without the repair, and the card goes."""
    call = new_call()
    call.say(0.0, 4.0, "blaming")
    assert call.say(5.0, 6.0) == []
    assert call.say(7.0, 8.0) == []
    assert call.say(9.0, 10.0) == [CueEnded("cue-1", 10.0, CueEnd.EXPIRED)]


def test_third_turn_can_still_repair(new_call: Any) -> None:
    """The last turn of a cue's life counts."""
    call = new_call()
    call.say(0.0, 4.0, "blaming")
    call.say(5.0, 6.0)
    call.say(7.0, 8.0)
    (ended,) = call.say(9.0, 10.0, "owning")
    assert ended.end is CueEnd.REPAIRED


@pytest.mark.parametrize("more_urgent", range(len(PRIORITY) - 1))
def test_most_urgent_comes_first(new_call: Any, more_urgent: int) -> None:
    """Of two moves in one turn the more urgent is cued, whatever their order and confidence."""
    urgent, other = PRIORITY[more_urgent], PRIORITY[more_urgent + 1]
    (cue,) = new_call().say(0.0, 4.0, other, urgent)
    assert cue.move == urgent


def test_once_until_repaired_even_after_the_card_is_gone(new_call: Any) -> None:
    """A later repair makes the move new again, though its card had run out."""
    call = new_call()
    call.say(0.0, 4.0, "blaming")
    call.wait(64.0)
    assert call.say(70.0, 74.0, "blaming") == []
    call.say(80.0, 84.0, "owning")
    (cue,) = call.say(90.0, 94.0, "blaming")
    assert cue.id == "cue-2"


def test_escalation_is_said_once(new_call: Any) -> None:
    """A move that keeps coming is cued at the third time with a fresh start, and never after that."""
    call = new_call(ONLY_SAID)
    for at_s in (0.0, 70.0, 140.0, 210.0, 280.0, 350.0, 420.0):
        call.say(at_s, at_s + 4.0, "blaming")
        call.wait(at_s + 65.0)
    assert [cue.at_s for cue in call.cues] == [4.0, 144.0]
    assert call.cues[1].say == "Let's leave who did what. We'll put it right together."


@pytest.mark.parametrize("end", [CueEnd.DISMISSED, CueEnd.UNFAIR])
def test_rejected_cue_does_not_escalate(new_call: Any, end: CueEnd) -> None:
    """An agent who put the cue away is not told again, however often the move returns."""
    call = new_call(ONLY_SAID)
    call.say(0.0, 4.0, "blaming")
    call.put_away(6.0, end)
    for at_s in (70.0, 140.0, 210.0):
        assert call.say(at_s, at_s + 4.0, "blaming") == []


def test_dismissed_is_not_unfair(new_call: Any) -> None:
    """After a repair a dismissed move may be cued again; an unfair one may not."""
    moves = {}
    for end in (CueEnd.DISMISSED, CueEnd.UNFAIR):
        call = new_call()
        call.say(0.0, 4.0, "blaming")
        call.put_away(6.0, end)
        call.say(10.0, 14.0, "owning")
        moves[end] = [cue.move for cue in call.say(40.0, 44.0, "blaming")]
    assert moves == {CueEnd.DISMISSED: ["blaming"], CueEnd.UNFAIR: []}


def test_said_it_counts_as_repaired(new_call: Any) -> None:
    """The agent's own word that the line was said makes the move new again."""
    call = new_call()
    call.say(0.0, 4.0, "blaming")
    call.put_away(6.0, CueEnd.REPAIRED)
    (cue,) = call.say(40.0, 44.0, "blaming")
    assert cue.move == "blaming"


def test_a_repair_ends_the_run_of_dismissals(new_call: Any) -> None:
    """Only dismissals in a row make the call quiet."""
    call = new_call()
    for at_s, move in ((0.0, "blaming"), (30.0, "selling")):
        call.say(at_s, at_s + 4.0, move)
        call.put_away(at_s + 5.0, CueEnd.DISMISSED)
    call.say(60.0, 64.0, "delaying")
    call.say(70.0, 74.0, "committing")
    call.say(100.0, 104.0, "assuming")
    call.put_away(105.0, CueEnd.DISMISSED)
    (cue,) = call.say(130.0, 134.0, "opposing")
    assert cue.move == "opposing"


def test_late_word_about_an_ended_cue(new_call: Any) -> None:
    """A click that arrives after the card went changes nothing."""
    call = new_call()
    call.say(0.0, 4.0, "blaming")
    call.wait(64.0)
    for _ in range(3):
        call.policy.user_ended(CueEnded("cue-1", 65.0, CueEnd.DISMISSED))
    (cue,) = call.say(80.0, 84.0, "selling")
    assert cue.move == "selling"


def test_gap_and_budget(new_call: Any) -> None:
    """Exactly the gap is enough; the ninth cue waits until the first is ten minutes old."""
    call = new_call()
    pairs = [("blaming", "owning"), ("delaying", "committing")]
    for number in range(9):
        move, repair = pairs[number % 2]
        call.say(20.0 * number, 20.0 * number + 4.0, move)
        call.say(20.0 * number + 6.0, 20.0 * number + 9.0, repair)
    assert [cue.at_s for cue in call.cues] == [20.0 * number + 4.0 for number in range(8)]
    assert call.say(600.0, 603.9, "selling") == []
    (cue,) = call.say(603.9, 604.0, "selling")
    assert cue.id == "cue-9"


def held_back(new_call: Any) -> Any:
    """A call whose second cue waits for the pause: the gap is over at 24 s, the turn ended at 20 s."""
    call = new_call(ONLY_SAID)
    call.say(0.0, 4.0, "blaming")
    call.say(6.0, 9.0, "owning")
    assert call.say(16.0, 20.0, "delaying") == []
    return call


def test_another_voice_drops_no_cue_that_waits(new_call: Any) -> None:
    """It waits until it is known who speaks, and comes once that was not the agent."""
    call = held_back(new_call)
    call.policy.hear(VadChanged(22.0, VadState.SPEAKING))
    assert call.wait(24.5) == []
    call.policy.hear(VadChanged(26.0, VadState.QUIET))
    call.policy.hear(OtherVoice(21.8, 26.0))
    (cue,) = call.wait(26.5)
    assert (cue.move, cue.at_s) == ("delaying", 24.5)


@pytest.mark.parametrize("heard", [WordsHeard(3, (WORD,)), InterimWords(3, (), (WORD,))])
def test_the_agents_own_words_drop_it(new_call: Any, heard: Event) -> None:
    """Also where somebody else spoke just before."""
    call = held_back(new_call)
    call.policy.hear(VadChanged(21.0, VadState.SPEAKING))
    call.policy.hear(heard)
    call.policy.hear(VadChanged(23.0, VadState.QUIET))
    call.policy.hear(OtherVoice(20.8, 23.0))
    assert call.wait(24.5) == []


def test_while_it_may_be_the_agent_nothing_comes(new_call: Any) -> None:
    """Behind another's words in the same breath, or where the voice goes on, it may be the agent again."""
    for quiet_s in (None, 25.0):
        call = held_back(new_call)
        call.policy.hear(VadChanged(21.0, VadState.SPEAKING))
        if quiet_s is not None:
            call.policy.hear(VadChanged(quiet_s, VadState.QUIET))
        call.policy.hear(OtherVoice(20.8, 23.0))
        assert call.wait(26.0) == []


def test_others_who_speak_right_behind_one_another_drop_no_cue(new_call: Any) -> None:
    """Whose the first voice was is told when the second has begun already: nothing of the first is left."""
    call = held_back(new_call)
    for at_s, state in ((21.0, VadState.SPEAKING), (23.0, VadState.QUIET), (23.3, VadState.SPEAKING)):
        call.policy.hear(VadChanged(at_s, state))
    call.policy.hear(OtherVoice(20.8, 23.0))
    assert call.wait(24.5) == []
    call.policy.hear(VadChanged(26.0, VadState.QUIET))
    call.policy.hear(OtherVoice(23.1, 26.0))
    (cue,) = call.wait(26.5)
    assert cue.move == "delaying"


def test_a_talk_of_others_outlasts_the_moment_of_a_cue(new_call: Any) -> None:
    """Ten seconds after its turn a cue is about the past."""
    call = held_back(new_call)
    call.policy.hear(VadChanged(21.0, VadState.SPEAKING))
    assert call.wait(30.5) == []
    call.policy.hear(VadChanged(31.0, VadState.QUIET))
    call.policy.hear(OtherVoice(20.8, 31.0))
    assert call.wait(31.5) == []


def test_a_move_without_lines_makes_room_for_the_next(new_call: Any, playbook: Playbook) -> None:
    """When the more urgent move has nothing left to offer, the other one of the turn is cued."""
    call = new_call(ONLY_SAID)
    for number in range(len(playbook.entry("blaming").say)):
        call.say(100.0 * number, 100.0 * number + 4.0, "blaming")
        call.say(100.0 * number + 6.0, 100.0 * number + 9.0, "owning")
    (cue,) = call.say(9000.0, 9004.0, "blaming", "selling")
    assert cue.move == "selling"


def test_lines_run_out_into_silence(new_call: Any, playbook: Playbook) -> None:
    """When every line for a move was said once in this call, nothing is repeated."""
    call = new_call(ONLY_SAID)
    lines = len(playbook.entry("delaying").say)
    for number in range(lines + 2):
        call.say(100.0 * number, 100.0 * number + 4.0, "delaying")
        call.say(100.0 * number + 6.0, 100.0 * number + 9.0, "committing")
    said = [cue.say for cue in call.cues]
    assert len(said) == len(set(said)) == lines


def test_line_suits_what_was_said_before(new_call: Any) -> None:
    """A repair the agent has made already is not the first one offered again."""
    call = new_call()
    call.say(0.0, 4.0, "owning")
    (cue,) = call.say(20.0, 24.0, "blaming")
    assert cue.say == "I'm sorry, I made that sound like your fault."


def test_other_speakers_are_not_coached(new_call: Any) -> None:
    """Only the agent's own turns are judged, and only they use up a cue's life."""
    call = new_call()
    assert call.say(0.0, 4.0, "blaming", speaker=Speaker.OTHER) == []
    call.say(5.0, 9.0, "blaming")
    for at_s in (10.0, 20.0, 30.0):
        assert call.say(at_s, at_s + 4.0, "owning", speaker=Speaker.OTHER) == []
    assert [type(one) for one in call.outcomes] == [Cue]


@pytest.mark.parametrize(("level", "most"), [("new", 12), ("standard", 8), ("quiet", 3), ("off", 0)])
def test_levels(level: Any, most: int) -> None:
    """Each ready level has its budget, used up cue by cue and given back after ten minutes."""
    pacing = Pacing.of(level)
    raised = [10.0] * 2
    assert pacing.left([], 0.0) == most
    assert pacing.left(raised, 609.0) == max(0, most - 2)
    assert pacing.left(raised, 610.0) == most
