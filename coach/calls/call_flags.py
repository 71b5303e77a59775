"""What a whole call is missing, known from the agent's side alone."""

from __future__ import annotations

import re
from collections.abc import Callable

from coach.calls.record import agent_turns, moves_in
from coach.events import CallRecord, Owner, Turn
from coach.taxonomy import COMPLAINT_SIGNS

MONOLOGUE_WORDS = 100
MONOLOGUE_S = 45.0

_QUESTIONS = {"learning", "asking_input"}
_SOLVING = {"offering", "committing", "root_cause"}

# A goodwill gesture sweetens the deal; the second list mends what went wrong.
_GOODWILL = re.compile(
    r"\b(voucher|coupon|discount|gift|goodwill|gesture|bonus|loyalty|points|on the house|complimentary"
    r"|(?:store|account) credit|per ?cent off|% off|pounds off|dollars off"
    r"|free (?:month|week|delivery|shipping|upgrade|coffee|dessert|drink|night|trial))\b|% off",
    re.IGNORECASE,
)
_SOLUTION = re.compile(
    r"\b(refund\w*|money back|replac\w*|repair\w*|fix\w*|correct\w*|put (?:it|this|that) right|resolv\w*"
    r"|re-?send\w*|re-?ship\w*|re-?deliver\w*|re-?issu\w*|re-?book\w*|new one|another one|swap\w*|exchang\w*"
    r"|waiv\w*|cancel\w*|revers\w*|engineer|technician|courier|collect\w*|investigat\w*|sort\w*)\b",
    re.IGNORECASE,
)


def call_flags(record: CallRecord) -> list[str]:
    """Names of the flags that apply, in the order of the taxonomy's description."""
    return [name for name, turn_of in _FLAGS.items() if turn_of(record) is not None]


def turn_behind(flag: str, record: CallRecord) -> Turn | None:
    """The turn that shows why ``flag`` applies; None where it does not apply."""
    return _FLAGS[flag](record)


def complaint_turn(record: CallRecord) -> Turn | None:
    """The first turn that shows the call is about a complaint."""
    for turn in agent_turns(record):
        if any(move.name in COMPLAINT_SIGNS for move in moves_in(record, turn)):
            return turn
    return None


def _has(record: CallRecord, move: str) -> bool:
    return any(found.name == move for turn in agent_turns(record) for found in moves_in(record, turn))


def _no_apology(record: CallRecord) -> Turn | None:
    return None if _has(record, "apologising") else complaint_turn(record)


def _no_commitment(record: CallRecord) -> Turn | None:
    promised = any(promise.owner is not Owner.CUSTOMER for promise in record.commitments)
    return None if promised or _has(record, "committing") else complaint_turn(record)


def _no_ask(record: CallRecord) -> Turn | None:
    return None if _has(record, "asking_input") else complaint_turn(record)


def _no_root_cause(record: CallRecord) -> Turn | None:
    return None if _has(record, "root_cause") else complaint_turn(record)


def _monologue(record: CallRecord) -> Turn | None:
    for turn in agent_turns(record):
        is_long = len(turn.text.split()) > MONOLOGUE_WORDS or turn.end_s - turn.start_s > MONOLOGUE_S
        asks = "?" in turn.text or any(move.name in _QUESTIONS for move in moves_in(record, turn))
        if is_long and not asks:
            return turn
    return None


def _perks_alone(record: CallRecord) -> Turn | None:
    if _has(record, "apologising"):
        return None
    perk: Turn | None = None
    for turn in agent_turns(record):
        names = {move.name for move in moves_in(record, turn)}
        is_goodwill = bool(_GOODWILL.search(turn.text))
        if names & _SOLVING and (not is_goodwill or _SOLUTION.search(turn.text)):
            return None
        if "offering" in names and is_goodwill and perk is None:
            perk = turn
    return perk


_FLAGS: dict[str, Callable[[CallRecord], Turn | None]] = {
    "no_apology": _no_apology,
    "no_commitment": _no_commitment,
    "no_ask": _no_ask,
    "no_root_cause": _no_root_cause,
    "monologue": _monologue,
    "perks_alone": _perks_alone,
}
