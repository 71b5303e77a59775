"""Runs of digits and letters read out one after the other, and what is a plain number instead. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coach.redaction.reading import Piece, Reading

MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_UNITS = (
    "%|percent|per cent|pounds?|quid|pence|dollars?|bucks?|cents?|euros?|rupees?|seconds?|minutes?|mins?"
    "|hours?|hrs?|days?|weeks?|months?|years?|times?|o[’']?clock|am|pm|a\\.m|p\\.m|miles?|km|kilomet\\w+|met\\w+"
    "|mm|cm|inch\\w*|feet|foot|litres?|liters?|kilos?|grams?|degrees|watts?|kilowatts?|gigs?|gigabytes?|gb|mb"
    "|megabits?|megabytes?|hertz|hz|items?|boxes|pieces|units|packs?|people|points|stars|thousand|hundred"
    "|million|working|business|monthly|cups|plates|bowls|copies|vouchers?|orders?|calls?|parcels?|tickets?"
    "|missing|left|of (?:them|us|those|you)|out of"
)
_PLAIN = (
    re.compile(r"[£$€₹]\s?\d[\d,]*(?:\.\d+)?"),
    re.compile(rf"\b\d+(?:[.,]\d+)*(?:\s?-\s?|\s)?(?:{_UNITS})(?!\w)"),
    re.compile(rf"\b\d+\s(?:to|or|and|-)\s\d+\s(?:{_UNITS})(?!\w)"),
    re.compile(r"(?<![\d.,-])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]*\d)"),
    re.compile(r"(?<![\d.])\d+\.\d{1,2}(?!\.?\d|\s?\d)"),
    re.compile(r"\b\d{1,2}:\d{2}\b"),
    re.compile(r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b"),
    re.compile(r"\b(?:19|20)\d\d-\d{2}-\d{2}\b"),
    re.compile(rf"\b\d{{1,2}}(?: of)? (?:{MONTHS})\b(?:,? (?:19|20) ?\d\d)?"),
    re.compile(rf"\b(?:{MONTHS}) \d{{1,2}}\b(?:,? (?:19|20) ?\d\d)?"),
    re.compile(rf"\b(?:{MONTHS}|in|since|year|from|until) (?:19|20)\d\d\b"),
    re.compile(r"\b(?:half past|quarter (?:to|past)) \d{1,2}\b"),
    re.compile(
        r"\b(?:at|by|before|after|until|till|around|about) \d{1,2}(?: [0-5]\d)?(?=\s*(?:[.,?!;]|$| [a-z]))"
    ),
    re.compile(r"\bbetween \d{1,5} and \d{1,5}\b"),
    re.compile(r"\b\d{1,5} (?:to|of) \d{1,5}\b"),
)  # fmt: skip
"""Amounts, times, dates, durations, quantities: never part of a number to hide."""

_ORDINAL = re.compile(r"\b\d+(?:st|nd|rd|th)\b")
"""In small letters: 8TH ends a postcode."""
_WORDS_IN_CAPITALS = {
    "IBAN", "NHS", "PIN", "CVV", "CVC", "NI", "PPS", "SSN", "UTR", "DOB", "PAN", "ZIP", "TV", "OK", "UK",
    "US", "USA", "EU", "ID", "TAX", "IFSC", "VAT", "SMS", "I", "PC", "HP", "LG",
}  # fmt: skip
_JOINTS = {",", "-", ".", "/", "(", ")", "–", "—", "…"}
_FILLERS = {"um", "uh", "er", "erm", "then"}


@dataclass(frozen=True, slots=True)
class Run:
    """[start, end) in the reading. ``code``: its letters and digits alone, in capitals, + if it begins so."""

    start: int
    end: int
    code: str
    written: str
    parts: tuple[str, ...]
    spoken: bool
    price_like: bool

    @property
    def digits(self) -> str:
        return "".join(one for one in self.code if one.isdigit())

    @property
    def plain(self) -> bool:
        """Digits alone."""
        return self.code.lstrip("+").isdigit()


def runs_of(reading: Reading) -> list[Run]:
    """All runs with a digit, or of three letters or more, in order."""
    pieces = reading.pieces
    plain = _plain_pieces(reading)
    codes = [at not in plain and _is_code(pieces, at, plain) for at in range(len(pieces))]
    found: list[Run] = []
    at = 0
    while at < len(pieces):
        if not codes[at]:
            at += 1
            continue
        last = end = at
        while (end := end + 1) < len(pieces):
            if codes[end]:
                last = end
            elif not _joins(pieces[end].text) or end - last > 2:
                break
        run = _run(reading, at, last)
        if any(one.isdigit() for one in run.code) or len(run.code) >= 3:
            found.append(run)
        at = last + 1
    return found


def _joins(text: str) -> bool:
    return text in _JOINTS or text.lower() in _FILLERS


def _run(reading: Reading, first: int, last: int) -> Run:
    start, end = reading.place(first)[0], reading.place(last)[1]
    inside = reading.pieces[first : last + 1]
    parts = [one.text.upper() for one in inside if one.text.isalnum() and one.text.lower() not in _FILLERS]
    code = ("+" if inside[0].text == "+" else "") + "".join(parts)
    spoken = sum(one.spoken for one in inside) * 2 >= len(parts)
    written = reading.text[start:end]
    # "twenty-four ninety-nine", "one eighty-five": digit by digit nobody says a price.
    told = reading.original[slice(*reading.original_span(start, end))].lower()
    in_tens = re.fullmatch(r"(?:\d{1,2} \d{2}|\d \d{2} \d{2})", written) is not None
    price_like = spoken and in_tens and not re.search(r"double|triple|treble", told)
    return Run(start, end, code, written, tuple(parts), spoken, price_like)


def _plain_pieces(reading: Reading) -> set[int]:
    """Pieces of amounts, times and the like."""
    return {
        index
        for match in (
            *(match for pattern in _PLAIN for match in pattern.finditer(reading.low)),
            *_ORDINAL.finditer(reading.text),
        )
        for index in reading.within(*match.span())
    }


def _is_code(pieces: list[Piece], at: int, plain: set[int]) -> bool:
    text = pieces[at].text
    if text.isdecimal():
        return True
    if text == "+":
        return at + 1 < len(pieces) and pieces[at + 1].text.isdecimal()
    if not text.isalpha() or not text.isascii():
        return False
    if _glued_to_digits(pieces, at, plain):
        return True
    before, after = _near(pieces, at, -1, plain), _near(pieces, at, 1, plain)
    if len(text) == 1:
        if text in "aI":
            return bool(before) and bool(after)
        if text == "A" and not pieces[at].spoken:
            begins = at == 0 or pieces[at - 1].text in {".", "?", "!"}
            return bool(after) and (bool(before) or after.isalpha() or not begins)
        return pieces[at].spoken or bool(before) or bool(after)
    capital = text.isupper() and len(text) <= 5 and text not in _WORDS_IN_CAPITALS
    return capital and (before[:1].isdecimal() or after[:1].isdecimal())


def _glued_to_digits(pieces: list[Piece], at: int, plain: set[int]) -> bool:
    """Part of one word with digits in it, as in RB38C602."""
    before = pieces[at].glued and at - 1 not in plain and pieces[at - 1].text.isdecimal()
    joined = at + 1 < len(pieces) and pieces[at + 1].glued and at + 1 not in plain
    return before or (joined and pieces[at + 1].text.isdecimal())


def _near(pieces: list[Piece], at: int, step: int, plain: set[int]) -> str:
    """The next piece on one side if it is a digit or a letter on its own, over one joint; "" if not."""
    place = at + step
    if 0 <= place < len(pieces) and pieces[place].text in _JOINTS:
        place += step
    if not 0 <= place < len(pieces) or place in plain:
        return ""
    text = pieces[place].text
    return text if text.isdecimal() or (len(text) == 1 and text.isalpha() and text not in "aI") else ""
