"""Which runs of digits and letters are hidden, and as what. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.redaction import checks, context, expiry
from coach.redaction.kinds import (
    ACCOUNT,
    CARD,
    EXPIRY,
    ID,
    NUMBER,
    PHONE,
    PIN,
    POSTCODE,
    REFERENCE,
    SECURITY_CODE,
    Finding,
    Open,
)
from coach.redaction.reading import Reading
from coach.redaction.runs import Run, runs_of

_LEAST = {
    CARD: 4,
    SECURITY_CODE: 3,
    EXPIRY: 3,
    ACCOUNT: 4,
    ID: 4,
    PHONE: 6,
    POSTCODE: 4,
    PIN: 3,
    NUMBER: 4,
    REFERENCE: 4,
}
"""Letters and digits below which a run is too short to be the kind its context names."""
_LEAST_ENDING = 3
_LEAST_GOING_ON = 2
_KEPT = (REFERENCE, context.THING)
_LEAST_UNNAMED = 7
"""A run of this many digits is hidden though nothing says what it is; a telephone number has as many."""
_LONGEST_CARD, _LONGEST_IBAN = 19, 34
_LEAST_PHONE, _MOST_PHONE, _MOST_ABROAD = 9, 11, 15
_YEARS = re.compile(r"(?:(?:19|20) ?\d\d[ ,]*)+")
_FILLERS = set(
    "okay ok so it is it's its it’s that that's that’s and then yes yeah yep um uh er erm right the"
    " number numbers"
    " lovely great good perfect thank thanks you i i've i’ve have got correct one moment please sorry no"
    " again go on"
    " uh-huh mm hmm brilliant sure alright all with well now just".split()
)


def codes_in(reading: Reading, before: Open | None = None, hide_references: bool = False) -> list[Finding]:
    """``before``: what the turn before left open; a run at the beginning goes on with it."""
    runs = runs_of(reading)
    only_digits = bool(runs) and _only_fillers(reading, runs)
    found: list[Finding] = []
    for number, run in enumerate(runs):
        named = context.kind_of(reading, run)
        going_on = number == 0 and before is not None and _goes_on(reading, run, before)
        if before is not None and going_on and named in (None, NUMBER):
            named = NUMBER if before.kind == REFERENCE else before.kind
        elif number == 0 and before is not None and before.kind == REFERENCE and _leads(reading, run):
            named = named or REFERENCE
        kind = _kind(reading, run, named, going_on=going_on, alone=only_digits)
        if kind is None and named == REFERENCE and hide_references and len(run.code) >= _LEAST[REFERENCE]:
            kind = REFERENCE
        if kind is not None:
            found.append(Finding(run.start, run.end, kind))
    return found


def open_end(reading: Reading, found: Sequence[Finding]) -> Open | None:
    """The run the turn ends with, which the next may go on with. ``found``: what of the turn is hidden."""
    runs = runs_of(reading)
    if not runs or not runs[-1].plain or re.search(r"\w", reading.text[runs[-1].end :]):
        return None
    start, end = reading.original_span(runs[-1].start, runs[-1].end)
    over = [one for one in found if one.start < end and one.end > start]
    kind = over[-1].kind if over else context.kind_of(reading, runs[-1]) or NUMBER
    kind = REFERENCE if kind in _KEPT else kind
    return Open(kind, runs[-1].digits, start, bool(over))


def _kind(reading: Reading, run: Run, named: str | None, *, going_on: bool, alone: bool) -> str | None:
    proven = _proven(run, named)
    if proven is not None or named in _KEPT:
        return proven
    if named is not None and _fits(reading, run, named, going_on):
        return named
    for other in context.also_named(reading, run):
        if other not in (*_KEPT, NUMBER) and _fits(reading, run, other, False):
            return other
    if _YEARS.fullmatch(run.written) or not run.plain:
        return None
    if _zip_plus_4(run):
        return POSTCODE
    if run.digits.startswith("0") and _LEAST_PHONE <= len(run.digits) <= _MOST_PHONE:
        return PHONE
    if len(run.digits) >= _LEAST_UNNAMED or (
        alone and len(run.digits) >= _LEAST[NUMBER] and not run.price_like
    ):
        return NUMBER
    return None


def _proven(run: Run, named: str | None) -> str | None:
    """What the run shows itself to be, by check digit or form, whatever is said around it."""
    if _holds_card(run):
        return CARD
    if _holds_iban(run) or checks.is_bank_pair(run.written):
        return ACCOUNT
    if named in (None, NUMBER, REFERENCE) and checks.is_postcode(run.code) and _looks_like_postcode(run):
        return POSTCODE
    if named in _KEPT:
        return None
    if checks.is_national_id(run.code, run.written):
        return ID
    if named not in (None, PHONE, NUMBER) or _zip_plus_4(run):
        return None
    if run.plain and _LEAST_PHONE <= len(run.digits) <= _MOST_ABROAD and checks.is_phone(run.code):
        return PHONE
    return None


def _holds_card(run: Run) -> bool:
    """Whole pieces of the run are a card number, whatever was said right before and after."""
    for first in range(len(run.parts)):
        digits = ""
        for part in run.parts[first:]:
            digits += part
            if not part.isdigit() or len(digits) > _LONGEST_CARD:
                break
            if checks.is_card(digits):
                return True
    return False


def _holds_iban(run: Run) -> bool:
    starts = (at for at, part in enumerate(run.parts) if part[0].isalpha())
    return any(checks.begins_with_iban("".join(run.parts[at : at + _LONGEST_IBAN])) for at in starts)


def _zip_plus_4(run: Run) -> bool:
    return re.fullmatch(r"\d{5}-\d{4}", run.written) is not None


def _looks_like_postcode(run: Run) -> bool:
    """In capitals and with its space, or spelled; "A4 2pm" is none."""
    spelled = all(len(part) == 1 for part in run.parts)
    return spelled or (run.written.isupper() and " " in run.written and not run.code.endswith(("AM", "PM")))


def _fits(reading: Reading, run: Run, kind: str, going_on: bool) -> bool:
    ending = context.is_ending(reading, run)
    least = _LEAST_GOING_ON if going_on else _LEAST_ENDING if ending else _LEAST[kind]
    if len(run.code) < least:
        return False
    if _YEARS.fullmatch(run.written) and kind not in (PIN, SECURITY_CODE, EXPIRY) and not ending:
        return False
    if run.price_like and kind in (NUMBER, ACCOUNT, PHONE, CARD) and not ending and not going_on:
        return False
    if kind == EXPIRY and not going_on and expiry.of_a_thing(reading.low, run.start):
        return False
    if kind in (SECURITY_CODE, EXPIRY):
        return run.plain and (going_on or len(run.digits) <= 6)
    if kind == PIN:
        return len(run.code) <= 10
    if kind == POSTCODE:
        return checks.is_postcode(run.code) or _zip(run) or (not run.plain and 5 <= len(run.code) <= 8)
    if kind in (CARD, PHONE, NUMBER):
        return run.plain
    return any(one.isdigit() for one in run.code)


def _zip(run: Run) -> bool:
    return run.plain and len(run.digits) in (5, 6, 9)


def _goes_on(reading: Reading, run: Run, before: Open) -> bool:
    """Digits that were not hidden are gone on with where both are long together; of a reference, a card."""
    if not _leads(reading, run):
        return False
    joined = before.digits + run.digits
    if before.kind == REFERENCE and not before.hidden:
        return run.plain and checks.is_card(joined)
    return before.hidden or (run.plain and len(joined) >= _LEAST_UNNAMED)


def _leads(reading: Reading, run: Run) -> bool:
    """Nothing of weight is said before the run."""
    return _all_fillers(reading.low[: run.start])


def _only_fillers(reading: Reading, runs: list[Run]) -> bool:
    rest, place = [], 0
    for run in runs:
        rest.append(reading.low[place : run.start])
        place = run.end
    return _all_fillers(" ".join((*rest, reading.low[place:])))


def _all_fillers(text: str) -> bool:
    return all(word in _FILLERS for word in re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)?|\d+", text))
