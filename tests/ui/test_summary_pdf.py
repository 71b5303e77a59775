"""A summary as a PDF: pages that hold everything."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from coach.calls.shown import show
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
