"""A language model may word what a role-play's customer says, and nothing more."""

from __future__ import annotations

import json
import random

import pytest

from coach.errors import KnownError
from coach.practice import roleplay
from coach.practice.scenario import Scenario
from coach.practice.wording import INSTRUCTION, Model, keeps_to, worded
from coach.services.practice import EnginePractice, customer_model
from coach.settings import Settings
from coach.values.practice_log import MemoryPracticeStore
from tests.fakes.local_model import model_server
from tests.fakes.practice import WordJudge, library

LINE = "They said Tuesday at nine. I stayed home for it, and nobody came. Who do I believe now?"


@pytest.fixture
def scenario() -> Scenario:
    return library().scenarios[0]


def practice(model: Model | None) -> EnginePractice:
    return EnginePractice(
        library(), {}, WordJudge, MemoryPracticeStore(), chance=random.Random(1), wording=lambda: model
    )


def test_the_line_answers_what_was_said_and_the_call_goes_as_it_is_written(scenario: Scenario) -> None:
    """The model is told customer, heat, what was said and the line; its words are shown in place of it."""
    asked: list[tuple[str, str]] = []

    def model(instruction: str, words: str) -> str:
        asked.append((instruction, words))
        return f"Customer: “{json.loads(words)['line']}”"

    said = "That was our mistake, I'm sorry."
    heard = practice(model).say(scenario, roleplay.begin(scenario), said)
    written = practice(None).say(scenario, roleplay.begin(scenario), said)
    assert heard == written
    ((instruction, words),) = asked
    told = json.loads(words)
    assert instruction == INSTRUCTION
    assert told["agent said"] == said
    assert told["customer"] == scenario.customer
    assert told["line"] == written.standing.line


@pytest.mark.parametrize(
    "words",
    [
        "Tuesday at nine, that's what they said, and I sat at home for nothing. So whom am I to believe?",
        "You say so. They said nine on Tuesday too, nobody came, and I'd stayed in. Who's telling the truth?",
    ],
)
def test_other_words_for_the_same_line_are_taken(words: str) -> None:
    """As long as they keep its numbers and its question."""
    assert keeps_to(LINE, words, "I see.")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "They said Tuesday at nine. Nobody came.",
        "They said Tuesday at ten. Nobody came. Who do I believe?",
        "They said Tuesday at nine and owe me 500 pounds. Who do I believe?",
        "As an AI language model, I would say that nine is what they said. Right?",
        "**Customer** (angry): nine on Tuesday, and nobody? Really?",
        "Nine on Tuesday?\nAgent: I am sorry.",
        "nine? " + "and then another thing and another thing " * 10,
    ],
)
def test_what_strays_from_the_script_is_not_said(words: str, scenario: Scenario) -> None:
    """Nothing, another number, a number of its own, a speech about itself, a stage direction, a flood."""
    assert not keeps_to(LINE, words, "I see.")


def test_a_number_the_agent_named_may_be_answered() -> None:
    """It was said in the call."""
    assert keeps_to("I can't wait that long.", "Eight days? I can't wait eight days.", "It takes eight days.")


def test_a_model_that_is_away_leaves_the_written_line(scenario: Scenario) -> None:
    """The call goes on, and what is wrong is told with it."""

    def away(_instruction: str, _words: str) -> str:
        raise KnownError("model-away", "No local model answers.")

    heard = practice(away).say(scenario, roleplay.begin(scenario), "Let me look.")
    assert heard.standing == practice(None).say(scenario, roleplay.begin(scenario), "Let me look.").standing
    assert heard.trouble is not None
    assert heard.trouble.code == "model-away"


def test_an_empty_answer_of_the_model_leaves_the_written_line(scenario: Scenario) -> None:
    """Nothing is ever said in its place."""
    standing = roleplay.begin(scenario)
    assert worded(scenario, standing, "Hello.", lambda _instruction, _words: " \n") == standing.line


def test_a_server_on_this_machine_words_the_customer_once_it_is_switched_on(scenario: Scenario) -> None:
    """Off, nothing is asked; on, the server's words are the customer's; once it strays, the written ones."""
    chosen = Settings()
    with model_server() as server:
        chosen.local_model.address = server.address
        made = EnginePractice(
            library(), {}, WordJudge, MemoryPracticeStore(), wording=lambda: customer_model(chosen)
        )
        standing = roleplay.begin(scenario)
        written = made.say(scenario, standing, "Let me look.")
        assert server.asked == []
        chosen.practice.model_customers = True
        server.says(f"Well. {written.standing.line}")
        heard = made.say(scenario, standing, "Let me look.")
        assert heard.standing.line == f"Well. {written.standing.line}"
        assert (heard.standing.state, heard.standing.heat) == (written.standing.state, written.standing.heat)
        server.says("I am an assistant and cannot be angry. " * 20)
        assert made.say(scenario, standing, "Let me look.") == written
        server.status = 500
        trouble = made.say(scenario, standing, "Let me look.").trouble
        assert trouble is not None
        assert trouble.code == "model-answer"
    chosen.local_model.address = "http://example.com/v1"
    refused = made.say(scenario, standing, "Let me look.")
    assert refused.standing == written.standing
    assert refused.trouble is not None
    assert refused.trouble.code == "model-address"
