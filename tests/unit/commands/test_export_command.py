"""``sameside export``: summaries as files, and nothing lost where a place cannot be written."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from coach import bootstrap, cli
from coach.calls.summary import summarise
from coach.values.revisions import LineRevision, ShownSummary
from tests.unit.calls.call_parts import TITLES, call

Run = Callable[..., tuple[int, str]]


def draw(shown: ShownSummary) -> bytes:
    return b"%PDF of " + shown.header.title.encode()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in a home with one call whose summary was edited."""
    monkeypatch.setenv("SAMESIDE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SAMESIDE_PASSPHRASE", "four cold hands")
    services = bootstrap.make_services()
    record = call(("You should call.", {"blaming": "You should"}), ("On me.", {"owning": "On me"}))
    services.store().finish(record, summarise(record, TITLES))
    line = "moments.0.blaming"
    edit = LineRevision("Told them to", "", TITLES["blaming"], "Repaired: Taking your part (0:30)")
    services.summaries.revise("c1", line, edit)
    services.feedback.contest("c1", 0, "blaming")
    services.close()
    monkeypatch.chdir(tmp_path)

    def made(*words: str, pdf: bool = True) -> tuple[int, str]:
        code = cli.main(["export", *words], draw_pdf=draw if pdf else None)
        out = capsys.readouterr()
        return code, out.out + out.err

    return made


def test_a_summary_goes_out_as_the_agent_has_made_it(run: Run, tmp_path: Path) -> None:
    """HTML by default under a name that sorts; JSON, Markdown and PDF by the file's name or when asked."""
    assert run("c1") == (0, "2026-11-20 1605 A call.html\n")
    page = (tmp_path / "2026-11-20 1605 A call.html").read_text(encoding="utf-8")
    assert "Told them to" in page
    assert "Called unfair by the agent" in page
    assert run("c1", "--to", "out.json")[0] == 0
    read = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert read["format"] == "sameside/call-summary"
    assert read["figures"]["flags_contested"] == 1
    assert run("c1", "--format", "md")[0] == 0
    assert (tmp_path / "2026-11-20 1605 A call.md").exists()
    assert run("all", "--format", "pdf", "--to", str(tmp_path))[0] == 0
    assert (tmp_path / "2026-11-20 1605 A call.pdf").read_bytes() == b"%PDF of A call"


def test_a_file_that_is_there_stays_unless_it_may_be_replaced(run: Run, tmp_path: Path) -> None:
    """Told in one line, and the file keeps what it holds."""
    (tmp_path / "out.html").write_text("precious")
    code, said = run("c1", "--to", "out.html")
    assert (code, "is there already" in said) == (2, True)
    assert (tmp_path / "out.html").read_text() == "precious"
    assert run("c1", "--to", "out.html", "--replace")[0] == 0
    assert "Told them to" in (tmp_path / "out.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("c9",), "no call c9"),
        (("c1", "--to", "nowhere/at-all"), "no folder"),
        (("c1", "--to", "nowhere/out.html"), "could not be written"),
        (("c1", "--to", "/dev/full/out.html"), "could not be written"),
        # Looking whether it is a folder fails already, as where that may not be looked at.
        (("c1", "--to", f"{'x' * 300}.html"), "could not be written"),
        (("c1", "--to", "x" * 300), "no folder"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    run: Run, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    """An unknown call, a folder that is not there, a place that cannot be written: exit code 2."""
    before = sorted(path.name for path in tmp_path.iterdir())
    code, said = run(*words)
    assert (code, told in said) == (2, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_without_the_app_there_is_no_pdf(run: Run) -> None:
    """The engine alone draws none, and says what does."""
    code, said = run("c1", "--format", "pdf", pdf=False)
    assert (code, "sameside export" in said) == (2, True)


def test_calls_of_one_name_and_minute_are_files_of_their_own(run: Run, tmp_path: Path) -> None:
    """Two that were never named, begun in the same minute: neither is written over, with --replace too."""
    services = bootstrap.make_services()
    record = call(("Thank you for that.", {"thanking": "Thank you"}))
    record.header = replace(record.header, id="c2")
    services.store().finish(record, summarise(record, TITLES))
    services.close()
    for _time in range(2):
        assert run("all", "--to", str(tmp_path), "--replace")[0] == 0
        pages = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.html")}
        assert sorted(pages) == ["2026-11-20 1605 A call (2).html", "2026-11-20 1605 A call.html"]
        assert sum("Told them to" in page for page in pages.values()) == 1


def test_a_call_is_shown_as_the_agent_has_made_it(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """The terminal reads as the exported page does: the line as edited, and marked; it was contested too. So
    does what programs read, with what it read before."""
    assert cli.main(["calls", "show", "c1"]) == 0
    summary = capsys.readouterr().out.split("Summary", 1)[1]
    assert "0:00 Told them to (edited) (contested)\n" in summary
    assert cli.main(["calls", "show", "c1", "--json"]) == 0
    sections = json.loads(capsys.readouterr().out)["summary"]["sections"]
    [line] = next(section["lines"] for section in sections if section["key"] == "moments")
    assert (line["text"], line["original"]["text"]) == ("Told them to", TITLES["blaming"])
    assert line["contested"]
