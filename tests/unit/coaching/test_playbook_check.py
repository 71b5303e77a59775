"""``sameside playbook check``: every mistake with its line, what is wrong and what to do."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach import resources
from coach.coaching.playbook import Playbook, load_playbook
from coach.coaching.playbook_check import MOST_BYTES, Mistake, check
from coach.commands.playbook import run_check, run_show
from coach.errors import KnownError
from coach.places import Places

Check = Callable[[str | bytes], list[Mistake]]
PLAYBOOK = load_playbook(resources.asset("playbook.toml"))
LONG = "word " * 23


@pytest.fixture
def found(playbook: Playbook, tmp_path: Path) -> Check:
    def check_text(text: str | bytes) -> list[Mistake]:
        path = tmp_path / "ours.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return check(path, playbook)

    return check_text


def said(line: str, makes: str = "owning", more: str = "") -> str:
    return f'[moves.blaming]\nsay = [\n  {{ line = "{line}", makes = "{makes}"{more} }},\n]\n'


MISTAKES: dict[str, tuple[str | bytes, int, int, str, str, str]] = {
    "unknown move": ('\n[moves.blamng]\ntitle = "x"', 2, 2, "moves.blamng", "no move", "“blaming”"),
    "unknown flag": ('[flags.rude]\ntitle = "x"', 1, 2, "flags.rude", "no whole-call flag", "no_apology"),
    "unknown key": ('[moves.owning]\n\nprase = "x"', 3, 1, "moves.owning.prase", "not a key", "“praise”"),
    "unknown section": ('[move.owning]\nwhy = "x"', 1, 2, "move", "not a key", "“moves”"),
    "long line": (said(LONG), 3, 5, "moves.blaming.say 1.line", "23 words, and at most 20", "Take out 3"),
    "wrong makes": (said("Fine, then.", "owing"), 3, 27, "say 1.makes", "no move that repairs", "“owning”"),
    "unfit makes": (said("Fine, then.", "learning"), 3, 27, "say 1.makes", "not answer", "partnering"),
    "wrong where": (said("Fine.", more=', where = "fone"'), 3, 39, "say 1.where", "phone", "“phone”"),
    "wrong about": (said("Fine.", more=', about = ["mony"]'), 3, 48, "say 1.about 1", "mony", "“money”"),
    "column in characters": (said("Schön — é.", "owing"), 3, 26, "say 1.makes", "owing", "owning"),
    "no words": (
        '[moves.blaming]\nsay = [{ makes = "owning" }]',
        2,
        8,
        "say 1.line",
        "missing",
        "words to say",
    ),
    "no why": ('[practice]\ntitle = "x"\nsources = ["B6"]', 1, 2, "practice.why", "missing", "one sentence"),
    "empty why": ('[moves.selling]\nwhy = ""', 2, 1, "moves.selling.why", "empty", "one sentence"),
    "no text": ("[moves.selling]\nwhy = 3", 2, 1, "moves.selling.why", 'must be text: "..."', ""),
    "no list": ('[moves.selling]\nsources = "B5"', 2, 1, "sources", "must be a list", "ids"),
    "unknown source": ('[moves.selling]\nsources = ["B5", "Z9"]', 2, 18, "sources 2", "“Z9”", "[sources]"),
    "said twice": (
        said("Hello there.") + '[moves.opposing]\nsay = [{ line = "hello, there", makes = "owning" }]',
        6,
        10,
        "moves.opposing.say 1.line",
        "also a line of moves.blaming",
        "other words",
    ),
    "said by the shipped one": (
        said("That was our mistake, and I want to put it right."),
        3,
        5,
        "moves.blaming.say 1.line",
        "also a line of moves.non_apology",
        "other words",
    ),
    "answer to a repair": (
        '[moves.owning]\nsay = [{ line = "Mine.", makes = "owning" }]',
        2,
        1,
        "moves.owning.say",
        "repairs",
        "examples",
    ),
    "example of no repair": (
        '[moves.selling]\nexamples = ["Buy."]',
        2,
        1,
        "examples",
        "only moves that",
        "“say”",
    ),
    "praise for no repair": ('[moves.selling]\npraise = "Well"', 2, 1, "praise", "only moves that", "out"),
    "left out what is not there": (
        '[moves.blaming]\nleave_out = ["Shall we say I can put it right? Whoever missed what"]',
        2,
        14,
        "leave_out 1",
        "no shipped line",
        "",
    ),
    "too few left": (
        '[moves.blaming]\nonly_these = true\nsay = [{ line = "Mine.", makes = "owning" }]',
        3,
        1,
        "moves.blaming.say",
        "at least 4 lines",
        "",
    ),
    "unknown topic": ('[topics]\nweather = ["rain"]', 2, 1, "topics.weather", "none of delay", "money"),
    "own is no table": ("own = 3", 1, 1, "own", "section", ""),
    "newer": ("[practice]\n[sources]\n".join(["version = 2\n", ""]), 1, 1, "version", "version 2", "Update"),
    "version is text": ('version = "1"', 1, 1, "version", "is no version", "version = 1"),
    "not closed": (
        '[moves.blaming]\ntitle = "x\nwhy = "y"',
        2,
        11,
        "",
        "illegal character",
        "quotation mark",
    ),
    "curly quotes": ("[moves.blaming]\ntitle = “x”", 2, 9, "", "invalid value", "straight quotation marks"),
    "section not closed": ("[moves.blaming\n", 1, 15, "", "expected ']'", "bracket"),
    "list not closed": ('[sources]\nH1 = ["a",\n', 2, 11, "", "this is not TOML", "]"),
    "quote in text": ('[sources]\nH1 = "a "b" c"', 2, 10, "", "expected newline", "quotation mark inside"),
    "twice": ('[sources]\nH1 = "a"\nH1 = "b"', 3, 9, "", "overwrite", "twice"),
    "section twice": (
        "[moves.owning]\n[moves.owning]",
        2,
        14,
        "",
        "declare moves.owning twice",
        "one heading",
    ),
    "prose": ("Dear team,\nbe kind.", 1, 6, "", "expected '='", "key = value"),
    "empty": ("", 1, 1, "", "nothing in it", "docs/playbook.md"),
    "only comments": ("# later\n\n", 1, 1, "", "nothing in it", "docs/playbook.md"),
    "Latin-1": ('[sources]\nH1 = "café"'.encode("latin-1"), 2, 10, "", "0xe9 is not UTF-8", "UTF-8"),
    "UTF-16": ('[sources]\nH1 = "x"'.encode("utf-16"), 1, 1, "", "UTF-16", "encoding UTF-8"),
    "binary": (b"\x00\x01\x02", 1, 1, "", "not TOML", "key = value"),
    "deep": ("x = " + "[" * 5000, 1, 1, "", "nested", "three levels"),
    "long number": ("x = " + "9" * 6000, 1, 1, "", "value cannot be read", "text"),
}
"""What stands in the file; line, column, end of the key, what is said to be wrong, what to do."""


@pytest.mark.parametrize(("text", "line", "column", "key", "wrong", "mend"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_explained(
    found: Check, text: str | bytes, line: int, column: int, key: str, wrong: str, mend: str
) -> None:
    """Each mistake is told with its place, what is wrong there and how to mend it."""
    first = found(text)[0]
    assert (first.line, first.column) == (line, column)
    assert first.key.endswith(key)
    assert bool(first.key) == bool(key)
    assert wrong in first.wrong
    assert mend in first.mend


def test_all_mistakes_at_once(found: Check) -> None:
    """A file is mended in one go: a mistake of form hides none of the others, and they come in order."""
    text = "\n".join(
        [
            'titel = "x"',
            "[moves.blaming]",
            'title = ""',
            "say = [",
            f'  {{ line = "{LONG}", makes = "owing" }},',
            '  { line = "That was our mistake, and I want to put it right.", makes = "owning", wher = "x" },',
            "  3,",
            "]",
            "[moves.x]",
            '[moves.selling]\nsources = ["Z1", 4]',
        ]
    )
    places = [(one.line, one.key) for one in found(text)]
    assert places == [
        (1, "titel"),
        (3, "moves.blaming.title"),
        (5, "moves.blaming.say 1.line"),
        (5, "moves.blaming.say 1.makes"),
        (6, "moves.blaming.say 2.line"),
        (6, "moves.blaming.say 2.wher"),
        (7, "moves.blaming.say 3"),
        (9, "moves.x"),
        (11, "moves.selling.sources 2"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        resources.asset("playbook.toml").read_text(encoding="utf-8"),
        '\ufeff[moves.blaming]\r\ntitle = "Own it"\r\n',
        "[[moves.blaming.say]]\nline = 'Our till did that.'\nmakes = 'owning'\n",
        'moves.blaming.say = [{ line = "Our till did that.", makes = "owning" }]',
        '[own.stairs]\nexamples = ["Watch the stairs."]\n',
        "version = 1",
    ],
    ids=["shipped", "mark and line ends", "array of tables", "dotted", "own moves", "version alone"],
)
def test_sound_files_are_sound(found: Check, text: str) -> None:
    """Every way TOML has to write the same thing is taken; moves of one's own are left to their reader."""
    assert found(text) == []


class _Wrong(NamedTuple):
    where: str
    message: str


def test_own_moves_are_checked_by_their_reader(playbook: Playbook, tmp_path: Path) -> None:
    """What the reader of own moves says is told with the line it speaks of, beside the other mistakes."""
    seen: list[Mapping[str, object]] = []

    def check_own(tables: Mapping[str, object]) -> list[_Wrong]:
        seen.append(tables)
        return [_Wrong("own.stairs.examples", "Too few."), _Wrong("own.stairs.why", "Missing.")]

    path = tmp_path / "ours.toml"
    path.write_text(
        '[own.stairs]\ntitle = "x"\nexamples = ["a"]\n[moves.owning]\nwhy = 3\n', encoding="utf-8"
    )
    mistakes = check(path, playbook, check_own)
    assert seen == [{"stairs": {"title": "x", "examples": ["a"]}}]
    assert [(one.line, one.wrong) for one in mistakes[:2]] == [(1, "Missing."), (3, "Too few.")]
    assert mistakes[2].key == "moves.owning.why"


def test_huge_file_is_not_read(playbook: Playbook, tmp_path: Path) -> None:
    """A hundred megabytes named by mistake are told at once, and not read into memory."""
    path = tmp_path / "video.toml"
    with path.open("wb") as file:
        file.truncate(100 * MOST_BYTES)
    (mistake,) = check(path, playbook)
    assert "1 MB" in mistake.wrong


def test_no_file_is_known(playbook: Playbook, tmp_path: Path) -> None:
    """A name with nothing behind it, a folder or a name no file can have are things the user can act on."""
    for path in (tmp_path / "none.toml", tmp_path, Path("a\0b")):
        with pytest.raises(KnownError) as caught:
            check(path, playbook)
        assert caught.value.code == "playbook-missing"


WORDS = st.sampled_from(
    ["[moves.blaming]", "[", "]", "say", "=", "{", "}", '"', "line", ",", "\n", "1", "#", ".", "owning", "é"]
)


@settings(max_examples=150)
@given(text=st.one_of(st.lists(WORDS, max_size=14).map(" ".join), st.text(max_size=40)))
def test_any_text_gets_an_answer(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever is in the file, each mistake has a place that is in it and words that say what is wrong."""
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    rows = text.replace("\r\n", "\n").split("\n")
    for mistake in check(path, PLAYBOOK):
        assert 1 <= mistake.line <= len(rows)
        assert 1 <= mistake.column <= len(rows[mistake.line - 1]) + 1
        assert mistake.wrong


def test_places_of_every_kind() -> None:
    """Keys are found in tables, arrays of tables, inline tables, lists and under quoted names."""
    places = Places('a = [1, { b.c = 2 }] # x\n[[t."u v"]]\nk = 1\n[[t."u v"]]\nk = 2\n[t."u v".w]\nz = 1\n')
    assert places.of(("a", 1, "b", "c")) == (1, 11)
    assert places.of(("t", "u v", 0, "k")) == (3, 1)
    assert places.of(("t", "u v", 1, "k")) == (5, 1)
    assert places.of(("t", "u v", 1, "w", "z")) == (7, 1)
    assert places.of(("a", 1, "nothing")) == (1, 9)
    assert places.of(("nothing",)) == (1, 1)


class Args(NamedTuple):
    file: str = ""
    move: str = ""
    where: str | None = None
    json: bool = False


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(resources.HOME_VARIABLE, str(tmp_path))
    resources.config_dir().mkdir()
    return resources.config_dir()


def test_command_lists_mistakes(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file in use is checked when none is named; lines read like a compiler's, exit codes tell."""
    with pytest.raises(KnownError, match="no playbook of your own"):
        run_check(Args())  # type: ignore[arg-type]
    path = home / "playbook.toml"
    path.write_text(said("Fine, then.", "owing"), encoding="utf-8")
    assert run_check(Args()) == 2  # type: ignore[arg-type]
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{path}:3:27: moves.blaming.say 1.makes: “owing” is no move that repairs"
    assert lines[1:] == ["    Did you mean “owning”?", "1 mistake."]
    assert run_check(Args(json=True)) == 2  # type: ignore[arg-type]
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["line"] == 3
    path.write_text(said("Fine, then."), encoding="utf-8")
    assert run_check(Args(str(path))) == 0  # type: ignore[arg-type]
    assert capsys.readouterr().out == f"{path}: no mistakes.\n"


def test_command_reads_own_moves(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Moves of one's own are checked by the same command."""
    path = home / "ours.toml"
    path.write_text('[own.stairs]\ntitle = "Stairs"\nexamples = []\n', encoding="utf-8")
    assert run_check(Args(str(path))) == 2  # type: ignore[arg-type]
    assert "own.stairs" in capsys.readouterr().out


def test_command_shows_the_playbook_in_use(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All moves at a glance, one in full with the organisation's words, and a slip of the pen understood."""
    (home / "playbook.toml").write_text(said("Fine, then."), encoding="utf-8")
    assert run_show(Args()) == 0  # type: ignore[arg-type]
    assert len(capsys.readouterr().out.splitlines()) == 31
    assert run_show(Args(move="blaming", where="counter")) == 0  # type: ignore[arg-type]
    shown = capsys.readouterr().out
    assert "Putting it on the customer (blaming)" in shown
    assert "    Fine, then.\n" in shown
    assert "(about money)" in shown
    assert "Stay on the line" not in shown
    assert run_show(Args(move="owning", json=True)) == 0  # type: ignore[arg-type]
    assert json.loads(capsys.readouterr().out)["praise"] == "Nicely owned"
    with pytest.raises(KnownError, match="Did you mean blaming"):
        run_show(Args(move="blamng"))  # type: ignore[arg-type]
    (home / "playbook.toml").write_text("oops", encoding="utf-8")
    assert run_show(Args()) == 0  # type: ignore[arg-type]
    assert "playbook check" in capsys.readouterr().err
