"""Reads ``[own.NAME]`` tables: the moves of an organisation or an agent, and every mistake in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from coach.moves.language import foreign
from coach.moves.own_phrases import words_of
from coach.taxonomy import MOVES, OWN, REPAIR
from coach.values import own_moves as limits
from coach.values.own_moves import OwnLine, OwnMove, OwnProblem

_NAME = re.compile(r"[^\W\d_]\w{0,39}")
_TEXTS, _LISTS = ("title", "why"), ("examples", "not_examples", "phrases")
_KEYS = (*_TEXTS, "say", *_LISTS)
_SHOWN_CHARS = 60

Tables = Mapping[str, object]
"""What TOML holds under ``own``: a table for each name."""


def check_own(tables: object) -> list[OwnProblem]:
    """Every mistake in form, in the order of the tables; empty where all can be used."""
    return read_own(tables)[1]


def read_own(tables: object) -> tuple[dict[str, OwnMove], list[OwnProblem]]:
    """The moves without a mistake, by name, and the mistakes of the others."""
    if not isinstance(tables, Mapping):
        return {}, [OwnProblem(OWN.rstrip("."), "Write each move as a table, such as [own.jargon].")]
    moves: dict[str, OwnMove] = {}
    problems: list[OwnProblem] = []
    for name, table in tables.items():
        found = [*_name_problems(str(name), moves), *_table_problems(str(name), table)]
        problems += found
        if not found and isinstance(table, Mapping):
            moves[str(name)] = _made(str(name), table)
    return moves, problems


def to_table(move: OwnMove) -> dict[str, object]:
    """The table that ``read_own`` makes the same move of."""
    lines = [{"line": one.line, "makes": one.makes} if one.makes else one.line for one in move.say]
    table: dict[str, object] = {"title": move.title, "why": move.why, "say": lines}
    lists = ((key, list(getattr(move, key))) for key in _LISTS)
    return table | {key: texts for key, texts in lists if texts}


def name_for(called: str) -> str:
    """The name under which a move that people call so is kept: "Technical jargon" is Technical_jargon."""
    return "_".join(re.findall(r"\w+", called))


def shortened(text: str) -> str:
    """A text as a message quotes it."""
    plain = " ".join(text.split())
    return f"“{plain if len(plain) <= _SHOWN_CHARS else plain[:_SHOWN_CHARS].rstrip() + '…'}”"


def _made(name: str, table: Mapping[str, object]) -> OwnMove:
    say = table["say"]
    assert isinstance(say, list)
    lines = tuple(
        OwnLine(str(one["line"]), str(one.get("makes", ""))) if isinstance(one, Mapping) else OwnLine(one)
        for one in say
    )
    lists = {key: _texts(table.get(key, [])) for key in _LISTS}
    return OwnMove(name, str(table["title"]).strip(), str(table["why"]).strip(), lines, **lists)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(" ".join(one.split()) for one in value) if isinstance(value, list) else ()


def _name_problems(name: str, moves: Mapping[str, OwnMove]) -> Iterator[OwnProblem]:
    where = OWN + name
    if not _NAME.fullmatch(name):
        yield OwnProblem(where, "A name is a word or words joined by _, at most 40 letters, such as jargon.")
    elif name.casefold() in MOVES:
        yield OwnProblem(where, f"Sameside has a move {name.casefold()} already. Choose another name.")
    elif name.casefold() in {other.casefold() for other in moves}:
        yield OwnProblem(where, "There is another move of this name. Choose another name.")
    elif len(moves) >= limits.MOST_MOVES:
        yield OwnProblem(where, f"At most {limits.MOST_MOVES} own moves are taken. Remove one.")


def _table_problems(name: str, table: object) -> Iterator[OwnProblem]:
    where = OWN + name
    if not isinstance(table, Mapping):
        yield OwnProblem(where, f"This is no table. Begin it with [own.{name}].")
        return
    for key in table:
        if key not in _KEYS:
            yield OwnProblem(f"{where}.{key}", f"There is no such key; there are {', '.join(_KEYS)}.")
    for key in _TEXTS:
        yield from _text_problems(f"{where}.{key}", table.get(key, ""))
    title = table.get("title", "")
    if isinstance(title, str) and len(title.split()) > limits.MOST_TITLE_WORDS:
        yield OwnProblem(f"{where}.title", "A title is two or three words, to be read at a glance.")
    yield from _say_problems(f"{where}.say", table.get("say", []))
    for key in _LISTS:
        yield from _list_problems(f"{where}.{key}", key, table.get(key, []))
    yield from _enough(where, table)


def _text_problems(where: str, text: object) -> Iterator[OwnProblem]:
    """What is wrong with any one text."""
    if not isinstance(text, str):
        yield OwnProblem(where, "This must be text in quotes.")
    elif not text.strip():
        yield OwnProblem(where, "This is missing or empty.")
    elif any(unicodedata.category(mark) in ("Cc", "Cs", "Co") for mark in text if mark not in "\n\t"):
        yield OwnProblem(where, f"{shortened(_visible(text))} holds a control character. Type it anew.")
    elif len(text) > limits.MOST_CHARS:
        yield OwnProblem(
            where,
            f"{shortened(text)} has {len(text)} characters; at most {limits.MOST_CHARS} are taken. "
            "Keep the one sentence that matters.",
        )


def _visible(text: str) -> str:
    return "".join(mark if mark.isprintable() else "�" for mark in text)


def _say_problems(where: str, say: object) -> Iterator[OwnProblem]:
    if not isinstance(say, list) or not say:
        yield OwnProblem(where, "Give at least one line to say instead, in a list.")
        return
    if len(say) > limits.MOST_LINES:
        yield OwnProblem(where, f"At most {limits.MOST_LINES} lines are taken.")
    lines: list[object] = []
    for one in say:
        lines.append(one.get("line") if isinstance(one, Mapping) else one)
        makes = one.get("makes", "") if isinstance(one, Mapping) else ""
        if makes and makes not in REPAIR:
            yield OwnProblem(where, f"{makes} is no repair; there are {', '.join(REPAIR)}.")
    for line in lines:
        yield from _text_problems(where, line)
        if isinstance(line, str) and len(line.split()) > limits.MOST_LINE_WORDS:
            yield OwnProblem(where, f"{shortened(line)} is longer than {limits.MOST_LINE_WORDS} words.")
    yield from _doubles(where, lines)


def _list_problems(where: str, key: str, texts: object) -> Iterator[OwnProblem]:
    if not isinstance(texts, list):
        yield OwnProblem(where, "This must be a list of texts in quotes.")
        return
    is_phrase = key == "phrases"
    most = limits.MOST_PHRASES if is_phrase else limits.MOST_EXAMPLES
    if len(texts) > most:
        yield OwnProblem(where, f"These are {len(texts)}; at most {most} are taken.")
    for text in texts:
        wrong = list(_text_problems(where, text))
        yield from wrong
        if not wrong and isinstance(text, str):
            yield from _phrase_problems(where, text) if is_phrase else _example_problems(where, text)
    yield from _doubles(where, texts)


def _example_problems(where: str, text: str) -> Iterator[OwnProblem]:
    words = len(text.split())
    if words < 2:
        yield OwnProblem(where, f"{shortened(text)} is no sentence. Write one, or make it a phrase.")
    elif words > limits.MOST_EXAMPLE_WORDS:
        yield OwnProblem(where, f"{shortened(text)} has {words} words. Keep the one sentence that matters.")
    elif foreign(text):
        yield OwnProblem(
            where, f"{shortened(text)} is not English, so its meaning is not known. Make it a phrase."
        )


def _phrase_problems(where: str, text: str) -> Iterator[OwnProblem]:
    words = len(words_of(text))
    if not any(mark.isalpha() for mark in text):
        yield OwnProblem(where, f"{shortened(text)} has no letter in it, so it cannot be heard.")
    elif words > limits.MOST_PHRASE_WORDS:
        yield OwnProblem(
            where,
            f"{shortened(text)} has {words} words; a phrase has at most {limits.MOST_PHRASE_WORDS}, "
            "for it must be said word for word.",
        )


def _doubles(where: str, texts: list[object]) -> Iterator[OwnProblem]:
    seen: set[str] = set()
    for text in texts:
        plain = _plain(text)
        if plain and plain in seen:
            yield OwnProblem(where, f"{shortened(str(text))} is there twice. Take one out.")
        seen.add(plain)


def _plain(text: object) -> str:
    """A text as it sounds: case and punctuation make no other one of it."""
    return " ".join(re.findall(r"\w+", text.casefold())) if isinstance(text, str) else ""


def _enough(where: str, table: Mapping[str, object]) -> Iterator[OwnProblem]:
    examples, phrases, others = (
        value if isinstance(value := table.get(key, []), list) else []
        for key in ("examples", "phrases", "not_examples")
    )
    fewest = limits.FEWEST_EXAMPLES
    if not all(isinstance(table.get(key, []), list) for key in _LISTS):
        return
    if 0 < len(examples) < fewest:
        yield OwnProblem(
            f"{where}.examples",
            f"{len(examples)} {'is' if len(examples) == 1 else 'are'} too few to tell what they share: "
            f"give at least {fewest}, or use phrases.",
        )
    elif not examples and not phrases:
        yield OwnProblem(where, f"Give at least {fewest} examples, or a phrase, by which it is known.")
    both = {_plain(one) for one in examples} & {_plain(one) for one in others} - {""}
    for text in others:
        if _plain(text) in both:
            yield OwnProblem(
                f"{where}.not_examples", f"{shortened(str(text))} is an example too. Take one out."
            )
