"""A summary as a PDF: pages that hold everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from coach.calls.shown import show
from coach.values.revisions import ShownSummary
from tests.fakes import sample_call
from ui.summary.pdf import summary_pdf
from ui.summary.pdf_flow import Pages, Paragraph, Run, Style, total_height

BODY = Style(10.5, "#000000")


def pages_of(pdf: bytes) -> int:
    return pdf.count(b"/Type /Page\n")


def test_a_summary_makes_a_pdf_with_its_title(qapp: QApplication) -> None:
    """A whole file of two pages, with the call's title for the reader's window."""
    pdf = summary_pdf(show(sample_call.record(), sample_call.summary()))
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert "Parcel that never came".encode("utf-16-be") in pdf
    assert pages_of(pdf) == 2


Written = tuple[str, int, float]
"""The words of a paragraph, the page on which they end, and how wide they may be."""


def written(shown: ShownSummary, monkeypatch: pytest.MonkeyPatch) -> list[Written]:
    found: list[Written] = []
    write = Pages.write

    def noted(
        pages: Pages, paragraphs: Sequence[Paragraph], left: float = 0.0, width: float | None = None
    ) -> None:
        for paragraph in paragraphs:
            write(pages, [paragraph], left, width)
            said = "".join(run.words for run in paragraph.runs)
            found.append((said, len(pages.pages), pages.width - left if width is None else width))

    with monkeypatch.context() as patch:
        patch.setattr(Pages, "write", noted)
        summary_pdf(shown)
    return found


def with_moments(count: int, repairs: int) -> ShownSummary:
    """A summary of so many lines in those two sections, and of no others."""
    shown = show(sample_call.record(), sample_call.summary())
    sections = {section.key: section for section in shown.sections}
    line = sections["moments"].lines[0]
    moments = replace(sections["moments"], lines=(line,) * count)
    return replace(shown, sections=(moments, replace(sections["repairs"], lines=(line,) * repairs)))


def first_width(shown: ShownSummary, heading: str, monkeypatch: pytest.MonkeyPatch) -> float:
    """How wide the words of the first line below a heading may be; its second is before them."""
    lines = written(shown, monkeypatch)
    at = [said for said, _page, _width in lines].index(heading)
    return lines[at + 2][2]


@pytest.mark.parametrize("repairs", [1, 2])
def test_a_heading_is_never_alone_at_the_end_of_a_page(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, repairs: int
) -> None:
    """However much is above it, also where its own lines stand beside each other and are higher for it."""
    pages = set()
    for count in range(22, 38):
        comment = "\n".join(["Said of it."] * count)
        lines = written(replace(with_moments(1, repairs), comment=comment), monkeypatch)
        at = [said for said, _page, _width in lines].index("Repairs you used")
        assert lines[at][1] == lines[at + 1][1] == lines[at + 2][1], count
        pages.add(lines[at][1])
    assert pages == {1, 2}


def test_a_line_that_stands_alone_is_as_wide_as_the_page(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of it is for two beside each other."""
    alone, beside = (first_width(with_moments(1, count), "Repairs you used", monkeypatch) for count in (1, 2))
    assert alone > 2 * beside


def test_hours_have_room_before_a_line(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """ "3:19:31" does not run into the words after it."""
    shown = with_moments(1, 0)
    short, hours = (
        first_width(replace(shown, duration_s=length_s), "Moments to look at", monkeypatch)
        for length_s in (60, 12_000)
    )
    assert hours < short


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=400)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(words, min_size=1, max_size=8), st.floats(60, 500), st.floats(40, 300))
def test_no_line_is_lost_or_leaves_its_page(
    qapp: QApplication, texts: list[str], width: float, bottom: float
) -> None:
    """Whatever the words and the page: each line is drawn once, above the page's end."""
    paragraphs = [Paragraph((Run(text, BODY),)) for text in texts]
    pages = Pages(width, bottom)
    pages.write(paragraphs)
    lines = [paragraph.laid_out(width).lineCount() for paragraph in paragraphs]
    assert sum(len(page) for page in pages.pages) == sum(lines)
    assert pages.y - paragraphs[-1].after <= bottom
    assert all(page for page in pages.pages)


@pytest.mark.parametrize("height", [10.0, 90.0])
def test_what_fits_a_page_is_kept_together(qapp: QApplication, height: float) -> None:
    """A block goes to the next page as a whole, and only where it does not fit on this one."""
    pages = Pages(200, 100, y=50)
    pages.need(height)
    assert len(pages.pages) == (1 if height < 50 else 2)


def test_runs_of_a_paragraph_keep_their_looks_beyond_the_basic_plane(qapp: QApplication) -> None:
    """Signs that take two units, such as emoji, do not shift where the next run begins."""
    strong = Style(10.5, "#000000", strong=True)
    layout = Paragraph((Run("🙂🙂", BODY), Run("strong", strong))).laid_out(300)
    second = layout.formats()[1]
    assert (second.start, second.length) == (4, 6)
    assert second.format.font().weight() > layout.formats()[0].format.font().weight()
    assert total_height([Paragraph((Run("one line", BODY),), after=0)], 300) > 10
