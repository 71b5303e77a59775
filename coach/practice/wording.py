"""A role-play customer's line in other words, by a language model, and what keeps it to the script.

The state machine decides what the customer says; the model only says it otherwise, so that it answers what
was really said. Its words are taken only where they are a line of about that length, with the same numbers,
that is speech and asks where the line asks; else the written line stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from coach.practice.roleplay import Standing
from coach.practice.scenario import HOT, Scenario

Model = Callable[[str, str], str]
"""An instruction and words in, the model's words out. Raises ``KnownError``."""

INSTRUCTION = (
    "You voice a customer in a practice call with an agent who learns to repair conversations. You are given "
    "the customer, how angry they are, what the agent just said, and the customer's next line. Say that line "
    "in your own words, as an answer to what the agent said. Keep its meaning, its mood, every name and "
    "number, and whether it asks something. Add no fact, no promise and no threat. One to three short spoken "
    "sentences. Answer with the customer's words alone."
)

LEAST_ROOM, ROOM = 12, 1.8
"""A line may grow to so many times its words, and by so many words where it is short."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NUMBERS = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million".split()
)
_NAMED = re.compile(r"^\s*(?:the\s+)?customer\s*:\s*", re.IGNORECASE)
_NO_SPEECH = re.compile(
    r"[*#<>{}\[\]`_|\n]|https?:|\bas an? (?:ai|assistant|language model)\b", re.IGNORECASE
)
_QUOTES = "“”\"'‘’ "


def worded(scenario: Scenario, standing: Standing, said: str, model: Model) -> str:
    """The line of ``standing`` as the model words it after ``said``; as it is written where that will not do.

    Raises what ``model`` raises.
    """
    asked = {
        "customer": scenario.customer,
        "anger": f"{standing.heat} of {HOT}",
        "agent said": said,
        "line": standing.line,
    }
    words = _NAMED.sub("", model(INSTRUCTION, json.dumps(asked, ensure_ascii=False)).strip()).strip(_QUOTES)
    return words if keeps_to(standing.line, words, said) else standing.line


def keeps_to(line: str, words: str, said: str) -> bool:
    """Whether ``words`` may be said in place of ``line`` after ``said``."""
    wanted, found = _words(line), _words(words)
    if (
        not found
        or len(found) > max(len(wanted) + LEAST_ROOM, ROOM * len(wanted))
        or _NO_SPEECH.search(words)
    ):
        return False
    numbers, given = _numbers(found), _numbers(wanted)
    return given <= numbers <= given | _numbers(_words(said)) and ("?" in line) <= ("?" in words)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _numbers(words: list[str]) -> set[str]:
    return {word for word in words if word in _NUMBERS or any(map(str.isdigit, word))}
