"""``sameside practice`` at a keyboard and in a pipe, with the real detector and the real exercises."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from coach import cli


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the person running the tests is read or written."""
    monkeypatch.setenv("SAMESIDE_HOME", str(tmp_path))
    monkeypatch.setenv("SAMESIDE_PASSPHRASE", "four cold hands")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run the command with lines typed; its exit code and what it wrote."""

    def run(text: str, *words: str, save: bool = False) -> tuple[int, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        code = cli.main(["practice", *words, *([] if save else ["--no-save"])])
        out = capsys.readouterr()
        return code, out.out + out.err

    return run


def test_a_drill_is_tried_until_it_repairs(typed) -> None:  # type: ignore[no-untyped-def]
    """A poor answer is told kindly, a good one ends the drill, and the ways to say it are shown."""
    poor = "You should have read the leaflet, this is your own fault."
    good = "I'm sorry, that was our mistake. Let me refund it now."
    said = f"{poor}\n{good}\n\n"
    code, out = typed(said, "drills", "--move", "blaming", "--count", "1", "--seed", "2")
    assert code == 0
    assert "1 of 1" in out
    assert "The same move is in it again: putting it on the customer." in out
    assert "That repairs it." in out
    assert "For example:" in out
    assert "1 day of practice so far" in out


def test_the_input_may_end_or_stop_anywhere(typed) -> None:  # type: ignore[no-untyped-def]
    """A closed pipe and a lone q both end it kindly; ? shows the ways without counting as a try."""
    for text in ("", "q\n"):
        code, out = typed(text, "--seed", "1")
        assert (code, "Until next time." in out) == (0, True)
    code, out = typed("?\n\nq\n", "--seed", "1", "--count", "2")
    assert out.count("What helps here:") == 1
    assert "A first drill takes two minutes." in out


def test_the_quiz_explains_and_counts(typed) -> None:  # type: ignore[no-untyped-def]
    """Anything that is no option is asked again; every answer is explained with its sources."""
    code, out = typed("what?\na\nb\n", "quiz", "--count", "2", "--seed", "4")
    assert code == 0
    assert "Type one of the letters" in out
    assert out.count("Yes. ") + out.count("Not this time: ") == 2
    assert "of 2 right." in out


def test_a_role_play_can_be_won_and_lost(typed) -> None:  # type: ignore[no-untyped-def]
    """The customer calms by what repairs and goes by what does not, heard by the real detector."""
    good = (
        "I'm so sorry, we have let you down three times and your floor is under water again.\n"
        "I can send you a new machine or lend you one today, which would you prefer?\n"
        "The new one will be with you tomorrow between eight and ten.\n"
    )
    code, out = typed(good, "role-play", "broken-washing-machine")
    assert (code, "That ended well." in out) == (0, True)
    bad = "Calm down, it's only a bit of water.\nYou overloaded it, so it's your own fault.\n" * 4
    code, out = typed(bad, "role-play", "broken-washing-machine")
    assert (code, "That one got away." in out) == (0, True)
    code, out = typed("", "role-play")
    assert "broken-washing-machine" in out


def test_an_unknown_role_play_says_what_to_do(typed) -> None:  # type: ignore[no-untyped-def]
    """Exit code 2 and one line."""
    code, out = typed("", "role-play", "nosuch")
    assert code == 2
    assert "Leave out the name for a list." in out


def test_a_what_if_shows_the_likely_reply(typed) -> None:  # type: ignore[no-untyped-def]
    """All three ways can be looked at, one after the other or at once."""
    code, out = typed("abc\n", "what-if", "--count", "1")
    assert code == 0
    assert out.count("They would likely say:") == 3


def test_practice_is_kept_for_the_next_time(typed) -> None:  # type: ignore[no-untyped-def]
    """What was tried yesterday is known today: the same item is not new any more, and progress counts it."""
    code, out = typed("a\n", "quiz", "--count", "1", "--seed", "4", save=True)
    assert (code, "of 1 right." in out) == (0, True)
    code, out = typed("", "progress", save=True)
    assert code == 0
    assert out.splitlines()[-2].split()[-2:] == ["1", "0"]
    assert out.splitlines()[-1] == "1 day of practice so far, today among them."
