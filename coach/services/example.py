"""The written call that shows at the first start what a cue is: through the same coach as every call."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator

from coach import resources
from coach.events import CallHeader, Turn
from coach.pipeline import Coach, replayed
from coach.values.example import Example, ExampleTurn

_NAME = "parcel-recovery"


def example_of(header: CallHeader, coach_of: Callable[[CallHeader], Coach]) -> Example:
    """Nothing of it is kept anywhere."""
    script = tomllib.loads(resources.asset("calls", f"{_NAME}.toml").read_text(encoding="utf-8"))
    said = list(_turns(script["turn"]))
    heard = replayed(coach_of(header), (turn for _customer, turn in said))
    made = [
        ExampleTurn(customer, turn, tuple(events))
        for (customer, _turn), (turn, events) in zip(said, heard, strict=True)
    ]
    return Example(header, script["about"], tuple(made))


def _turns(script: list[dict[str, str]]) -> Iterator[tuple[str, Turn]]:
    """The agent's turns with their times, each with the customer's words before it."""
    times = json.loads(resources.asset("calls", f"{_NAME}.replay.json").read_text(encoding="utf-8"))["turns"]
    customer, index = "", 0
    for turn in script:
        if turn["speaker"] != "agent":
            customer = turn["text"]
            continue
        yield customer, Turn(index, turn["text"], times[index]["t0"], times[index]["t1"])
        customer, index = "", index + 1
