"""What was said, with spoken digits and spelled letters written down: the text the rules look at. Pure.

"four one double seven" reads "4 1 77", "forty-one" "41", "B for Bravo" "B", "the twenty-third" "the 23rd".
Every piece of the reading knows the characters it stands for, so what is found is hidden in the original.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

_ONES = {
    "zero": 0, "nought": 0, "one": 1, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
    "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_ZEROS = {"oh", "o", "nil", "null"}
"""Read as 0 beside another digit only: "oh, I'm sorry" is none."""
_ALPHABET = {
    "alpha": "A", "alfa": "A", "bravo": "B", "charlie": "C", "delta": "D", "echo": "E", "foxtrot": "F",
    "golf": "G", "hotel": "H", "india": "I", "juliet": "J", "juliett": "J", "kilo": "K", "lima": "L",
    "mike": "M", "november": "N", "oscar": "O", "papa": "P", "quebec": "Q", "romeo": "R", "sierra": "S",
    "tango": "T", "uniform": "U", "victor": "V", "whiskey": "W", "whisky": "W", "xray": "X", "yankee": "Y",
    "zulu": "Z",
}  # fmt: skip
_OFTEN_WORDS = {"november", "hotel", "golf", "mike", "victor", "india"}
"""Beside a number they are most often what they say: "November 30th"."""
_DASHES = {"dash", "hyphen"}
_PIECE = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]|_")
_SPELLED = re.compile(r"\b([A-Za-z])\s+(?:for|as in|like in|like)\s+(\w+)")


@dataclass(frozen=True, slots=True)
class Piece:
    """``text`` is how it reads, [start, end) the characters of the original it stands for.

    ``spoken``: a digit that was a word. ``glued``: no space before it in the original.
    """

    text: str
    start: int
    end: int
    spoken: bool = False
    glued: bool = False


class Reading:
    """``text``: the reading; ``low``: the same in lower case, with the same places."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.pieces = _read(original)
        parts: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        place = 0
        for piece in self.pieces:
            if parts and not piece.glued:
                parts.append(" ")
                place += 1
            self._starts.append(place)
            parts.append(piece.text)
            place += len(piece.text)
            self._ends.append(place)
        self.text = "".join(parts)
        # A few letters get longer in lower case; then the places would not fit.
        low = self.text.lower()
        self.low = low if len(low) == len(self.text) else self.text

    def place(self, index: int) -> tuple[int, int]:
        """Where the piece stands in the reading."""
        return self._starts[index], self._ends[index]

    def within(self, start: int, end: int) -> range:
        """The pieces that the reading's [start, end) touches."""
        return range(bisect_right(self._ends, start), bisect_left(self._starts, end))

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """[start, end) of the reading as characters of the original; whole pieces."""
        touched = self.within(start, end)
        return self.pieces[touched[0]].start, self.pieces[touched[-1]].end


def _read(original: str) -> list[Piece]:
    pieces: list[Piece] = []
    matches = list(_PIECE.finditer(original))
    words = [match[0].lower() for match in matches]
    spelled = {match.start(): match for match in _SPELLED.finditer(original) if _spells(match)}
    at = 0
    while at < len(matches):
        start = matches[at].start()
        glued = at > 0 and matches[at - 1].end() == start
        count, text, spoken = _letter(spelled.get(start), matches, at) or _value(words, at)
        end = matches[at + count - 1].end()
        pieces.append(Piece(text or original[start:end], start, end, spoken, glued))
        at += count
    return _with_hundreds(pieces)


def _spells(match: re.Match[str]) -> bool:
    return match[2].lower().startswith(match[1].lower())


def _letter(
    spelled: re.Match[str] | None, matches: list[re.Match[str]], at: int
) -> tuple[int, str, bool] | None:
    """What "B for Bravo" at ``at``: how many pieces it takes, and the letter."""
    if spelled is None:
        return None
    count = sum(1 for match in matches[at : at + 5] if match.start() < spelled.end())
    return count, spelled[1].upper(), True


def _value(words: list[str], at: int) -> tuple[int, str, bool]:
    """How many pieces are read together, what they read ("" as they are), and whether that was spoken."""
    word = words[at]
    after = words[at + 1] if at + 1 < len(words) else ""
    if word in _TIMES and (unit := _single(after)):
        return 2, unit * _TIMES[word], True
    if word in _TENS:
        return _tens(words, at)
    if word in _ONES or word in _TEENS:
        return 1, str(_ONES.get(word, _TEENS.get(word))), True
    if word in _ZEROS and _beside_digit(words, at):
        return 1, "0", True
    if word in _ORDINALS:
        return 1, _ordinal(_ORDINALS[word]), True
    if word in _ALPHABET and _beside_code(words, at, letter=word in _OFTEN_WORDS):
        return 1, _ALPHABET[word], True
    if word == "plus" and _digit_like(after):
        return 1, "+", True
    if word in _DASHES and at and after and _beside_code(words, at):
        return 1, "-", True
    return 1, "", False


def _tens(words: list[str], at: int) -> tuple[int, str, bool]:
    """As in "forty", "forty-one", "forty one", "twenty-third"."""
    value = _TENS[words[at]]
    step = 2 if words[at + 1 : at + 2] == ["-"] else 1
    unit = words[at + step] if at + step < len(words) else ""
    if _ONES.get(unit):
        return step + 1, str(value + _ONES[unit]), True
    if 0 < _ORDINALS.get(unit, 0) < 10:
        return step + 1, _ordinal(value + _ORDINALS[unit]), True
    return 1, str(value), True


def _ordinal(value: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10 if value // 10 != 1 else 0, "th")
    return f"{value}{ending}"


def _single(word: str) -> str:
    """A digit or a letter that can be doubled; "" where it is none."""
    if word in _ZEROS:
        return "0"
    if word in _ONES:
        return str(_ONES[word])
    return word.upper() if len(word) == 1 and word.isalnum() else ""


def _beside_digit(words: list[str], at: int) -> bool:
    return any(_digit_like(word) for word in _neighbours(words, at))


def _beside_code(words: list[str], at: int, *, letter: bool = False) -> bool:
    """Beside a digit or a letter that is spelled, or with ``letter`` beside a letter."""
    return any(
        (_digit_like(word) and not letter)
        or (len(word) == 1 and word.isalpha() and word not in "ai")
        or word in _ALPHABET
        for word in _neighbours(words, at)
    )


def _digit_like(word: str) -> bool:
    known = word in _ONES or word in _TEENS or word in _TENS or word in _TIMES or word in _ZEROS
    return known or word.isdigit()


def _neighbours(words: list[str], at: int) -> list[str]:
    """The next word on either side, over one comma, dash or the like."""
    found = []
    for step in (-1, 1):
        place = at + step
        if 0 <= place < len(words) and words[place] in {",", "-", "."}:
            place += step
        if 0 <= place < len(words):
            found.append(words[place])
    return found


def _with_hundreds(pieces: list[Piece]) -> list[Piece]:
    """So "oh eight hundred" is 0 8 00; "eight hundred pounds" stays as it is."""
    made = list(pieces)
    for at in range(2, len(made)):
        said = made[at].text.lower()
        if said not in {"hundred", "thousand"} or not made[at - 1].text.isdigit():
            continue
        before = next((one for one in reversed(made[: at - 1]) if one.text not in {",", "-"}), None)
        if before is not None and before.text.isdigit() and before.spoken and made[at - 1].spoken:
            zeros = "00" if said == "hundred" else "000"
            made[at] = Piece(zeros, made[at].start, made[at].end, True, made[at].glued)
    return made
