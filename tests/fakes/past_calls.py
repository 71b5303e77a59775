"""Older calls for the list: short, each with words of its own."""

from __future__ import annotations

import datetime as dt

from coach.events import CallHeader, CallRecord, CallSource, Commitment, Move, Owner, Turn
from tests.fakes import sample_call

_Said = tuple[float, str, tuple[tuple[str, str], ...]]

_CALLS: tuple[tuple[str, int, tuple[int, int], float, CallSource, tuple[_Said, ...]], ...] = (
    (
        "Wrong size, twice",
        -1,
        (9, 40),
        311.0,
        CallSource.LIVE,
        (
            (4.0, "You must have picked the wrong size in the menu.", (("blaming", "You must have picked"),)),
            (31.0, "I'm sorry, we sent it wrong twice.", (("apologising", "I'm sorry, we sent it wrong"),)),
            (52.0, "I'll call you back tomorrow morning.", (("committing", "I'll call you back"),)),
        ),
    ),
    (
        "Broadband down since Monday",
        -2,
        (14, 20),
        642.0,
        CallSource.FILE,
        (
            (6.0, "Someone will call you at some point.", (("delaying", "Someone will call you"),)),
            (44.0, "We'll have an engineer with you by Friday.", (("committing", "We'll have an engineer"),)),
        ),
    ),
    (
        "Invoice with two names on it",
        -4,
        (11, 5),
        187.0,
        CallSource.LIVE,
        ((9.0, "Thank you for the call, I see both names here.", (("thanking", "Thank you for the call"),)),),
    ),
    (
        "Kettle that trips the fuse",
        -6,
        (15, 30),
        405.0,
        CallSource.LIVE,
        (
            (5.0, "As I said when you called, it's within limits.", (("convincing", "As I said"),)),
            (38.0, "What happens just before it trips?", (("learning", "What happens just before"),)),
        ),
    ),
    (
        "Moving house, keeping the number",
        -9,
        (10, 15),
        268.0,
        CallSource.FILE,
        (
            (
                7.0,
                "We'll move the number on the first and I'll call to check.",
                (("committing", "We'll move"),),
            ),
        ),
    ),
)


def records() -> list[CallRecord]:
    return [_record(number, *call) for number, call in enumerate(_CALLS)]


def _record(
    number: int,
    title: str,
    days: int,
    at: tuple[int, int],
    duration_s: float,
    source: CallSource,
    said: tuple[_Said, ...],
) -> CallRecord:
    day = sample_call.STARTED_AT + dt.timedelta(days=days)
    header = CallHeader(f"past-{number}", day.replace(hour=at[0], minute=at[1]), source, title, "base")
    record = CallRecord(header, duration_s=duration_s)
    for index, (start_s, text, moves) in enumerate(said):
        end_s = start_s + 6.0
        words = sample_call.words_of(text, start_s, end_s)
        turn = Turn(index, text, start_s, end_s, words)
        record.turns.append(turn)
        record.moves[index] = tuple(
            Move(name, 0.9, (text.index(part), text.index(part) + len(part))) for name, part in moves
        )
        if any(name == "committing" for name, _part in moves):
            record.commitments.append(_promise(turn))
    return record


def _promise(turn: Turn) -> Commitment:
    owner = Owner.COMPANY if turn.text.startswith("We") else Owner.AGENT
    where = (turn.text, turn.index, turn.start_s, turn.end_s)
    return Commitment(f"t{turn.index}", "call back", owner, None, None, False, *where)
