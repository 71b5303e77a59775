"""The shipped lines, and which of them is offered."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach import resources
from coach.coaching.call_state import CallState
from coach.coaching.lines import LOOK_BACK_TURNS, ordered, topics_of, topics_of_call, where_of
from coach.coaching.playbook import (
    FLAGS,
    Line,
    Playbook,
    Topic,
    Where,
    load_playbook,
    sayings,
    sounding,
    suiting_lines,
)
from coach.events import CallHeader, CallRecord, CallSource, Move, Speaker, Turn
from coach.settings import Profile
from coach.taxonomy import CONTENTIOUS, REPAIR

TOPICS = get_args(Topic)
PLAYBOOK = load_playbook(resources.asset("playbook.toml"))


def call(*turns: tuple[str, tuple[str, ...]], speaker: Speaker = Speaker.AGENT) -> CallState:
    """A call so far: the text of each turn, with the names of its moves."""
    started = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
    record = CallRecord(CallHeader("call", started, CallSource.WRITTEN, "Call"))
    for index, (text, names) in enumerate(turns):
        record.turns.append(Turn(index, text, 10.0 * index, 10.0 * index + 5.0, speaker=speaker))
        record.moves[index] = tuple(Move(name, 0.9, (0, 1)) for name in names)
    return CallState(record)


@pytest.mark.parametrize("name", [*CONTENTIOUS, *FLAGS])
def test_there_is_enough_to_say(playbook: Playbook, name: str) -> None:
    """Eight lines for each move, at least six of them on the phone and six at a counter, topic or not."""
    lines = playbook.entry(name).say
    assert len(lines) >= 8
    for where in get_args(Where):
        general = [line for line in suiting_lines(lines, where) if not line.about]
        assert len(general) >= 6
        assert len({line.makes for line in general}) >= (1 if name in ("no_commitment", "no_ask") else 2)


@pytest.mark.parametrize("name", REPAIR)
def test_repairs_have_examples(playbook: Playbook, name: str) -> None:
    """Six ways to say each repair, to practise with."""
    assert len(playbook.entry(name).examples) >= 6


def test_lines_can_be_said_in_one_breath(playbook: Playbook) -> None:
    """Most lines are fourteen words or fewer, and none is left open to be filled in."""
    lines = [line for _, line in sayings(playbook)]
    long = [line for line in lines if len(line.split()) > 14]
    assert len(long) < len(lines) / 10
    assert [line for line in lines if re.search(r"[\[\]{}<>_…]|\.\.\.", line)] == []
    assert [line for line in lines if not re.search(r"[.?]$", line)] == []


def test_no_line_sounds_like_another(playbook: Playbook) -> None:
    """A comma or a capital makes no new line."""
    heard = [sounding(line) for _, line in sayings(playbook)]
    assert len(heard) > 300
    assert sorted(heard) == sorted(set(heard))
    assert sounding("That’s ours — we'll FIX it.") == "that's ours we'll fix it"


def test_places_are_kept_apart(playbook: Playbook) -> None:
    """Nobody at a counter is told to stay on the line, and nobody on the phone to look at the screen."""
    on_phone = " ".join(line for _, line in sayings(playbook.spoken("phone")))
    at_counter = " ".join(line for _, line in sayings(playbook.spoken("counter")))
    assert "Stay on the line" in on_phone
    assert "turn the screen" in at_counter
    assert re.findall(r"turn the screen|at the desk|came all this way|come in for|wait here", on_phone) == []
    assert re.findall(r"on the line|hang up|this call|called? for (?:help|an)", at_counter) == []


def test_each_profile_has_its_place() -> None:
    """On a shop floor the lines are for a counter, with a headset and in practice for the phone."""
    assert {profile: where_of(profile) for profile in get_args(Profile)} == {
        "headset": "phone",
        "shop-floor": "counter",
        "practice": "phone",
    }


def test_every_topic_is_known_by_its_words(playbook: Playbook) -> None:
    """Each topic a line can be kept for has words, and lines."""
    assert set(playbook.topics) == set(TOPICS)
    kept = {
        topic
        for entry in (*playbook.moves.values(), *playbook.flags.values())
        for line in entry.say
        for topic in line.about
    }
    assert kept == set(TOPICS)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("The courier lost it, not us.", {"delivery"}),
        ("You'll just have to wait for the refund.", {"delay", "money"}),
        ("That’s the policy, I can’t say more.", {"rule", "unknown"}),
        ("You were locked\nout because of the wrong password.", {"access"}),
        ("Calm down.", set()),
        ("Lately the police paid attention to blackened tables", {"money"}),
        ("", set()),
        ("\x00 \U0001f600 " + "word " * 5000, set()),
    ],
)
def test_topics_are_whole_words(playbook: Playbook, text: str, topics: set[str]) -> None:
    """Words and phrases count as wholes, whatever the apostrophe and the line breaks."""
    assert topics_of(playbook.topics, text) == topics


def test_topic_of_turn_before(playbook: Playbook) -> None:
    """A turn that names no topic is about what was last spoken of, by the agent."""
    said = call(("Your parcel is at the depot.", ()), ("And the bill is paid.", ()), ("Calm down.", ()))
    assert topics_of_call(playbook.topics, said) == {"money"}
    stale = [("Your parcel is at the depot.", ())] + [("Right.", ())] * LOOK_BACK_TURNS
    assert topics_of_call(playbook.topics, call(*stale)) == frozenset()
    assert topics_of_call(playbook.topics, call(*stale[:-1])) == {"delivery"}
    other = call(("Your parcel is at the depot.", ()), speaker=Speaker.OTHER)
    assert topics_of_call(playbook.topics, other) == frozenset()


def test_line_suits_the_topic(playbook: Playbook) -> None:
    """A turn about a parcel gets a line about a parcel; one about nothing gets none of those first."""
    lines = playbook.entry("defensive").say
    parcel = ordered(lines, playbook.topics, call(("The courier lost it, not us.", ())), set())
    assert parcel[0] == "It was our delivery, whoever drove the van, and we let you down."
    nothing = ordered(lines, playbook.topics, call(("It's not my fault.", ())), set())
    assert nothing[0] == lines[0].line
    assert set(nothing[-5:]) == {line.line for line in lines if line.about}


CALLS = st.lists(
    st.tuples(
        st.sampled_from(("Calm down.", "The parcel is late.", "Your bill.", "I don't know.", "It broke.")),
        st.lists(st.sampled_from(REPAIR), max_size=3, unique=True).map(tuple),
    ),
    max_size=6,
)
NAMES = st.sampled_from((*CONTENTIOUS, *FLAGS))
PREFER = st.lists(st.sampled_from(REPAIR), max_size=3, unique=True)


@settings(max_examples=80)
@given(name=NAMES, turns=CALLS, where=st.sampled_from(get_args(Where)), prefer=PREFER, data=st.data())
def test_order_keeps_its_promises(name: str, turns: Any, where: Where, prefer: list[str], data: Any) -> None:
    """Nothing said is offered again, what is off the topic comes last, and the rest in its order."""
    lines = {line.line: line for line in PLAYBOOK.spoken(where).entry(name).say}
    said = set(data.draw(st.lists(st.sampled_from(sorted(lines)), unique=True)))
    state = call(*turns)
    about = topics_of_call(PLAYBOOK.topics, state)
    offered = ordered(list(lines.values()), PLAYBOOK.topics, state, said, prefer)
    assert sorted(offered) == sorted(set(lines) - said)
    assert offered == ordered(list(lines.values()), PLAYBOOK.topics, state, said, prefer)
    assert all(lines[line].where in (None, where) for line in offered)

    def rank(text: str) -> tuple[bool, bool, bool, int]:
        line = lines[text]
        fits = bool(about & set(line.about))
        return bool(line.about) and not fits, line.makes not in prefer, not fits, state.times(line.makes)

    assert [rank(line) for line in offered] == sorted(rank(line) for line in offered)


@settings(max_examples=30)
@given(name=NAMES, turns=CALLS)
def test_a_call_never_hears_a_line_twice(name: str, turns: Any) -> None:
    """Line after line is taken until none is left, and no two are alike."""
    said: list[str] = []
    while offered := ordered(PLAYBOOK.entry(name).say, PLAYBOOK.topics, call(*turns), said):
        said.append(offered[0])
    assert len(said) == len(set(said)) == len(PLAYBOOK.entry(name).say)


@settings(max_examples=50)
@given(text=st.text(max_size=60), words=st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=4))
def test_any_words_can_name_a_topic(text: str, words: list[str]) -> None:
    """Whatever an organisation writes as a topic's words is taken as plain text."""
    found = topics_of({"rule": tuple(words)}, text)
    assert found <= {"rule"}
    plain = [word for word in words if word.isalnum() and word.isascii()]
    assert topics_of({"rule": tuple(words)}, f"so {plain[0]} then") == {"rule"} if plain else True


def test_line_needs_a_known_topic_and_place() -> None:
    """A topic nobody can be about would keep a line for ever."""
    assert Line("We did it.", "owning", "phone", ("money",)).about == ("money",)
    with pytest.raises(ValueError, match="weather"):
        Line("We did it.", "owning", None, ("weather",))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="beach"):
        Line("We did it.", "owning", "beach")  # type: ignore[arg-type]
