"""A summary as one HTML file: it looks the same everywhere, and nothing in it can run."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.calls.file_name import file_name
from coach.calls.page_html import figure_words, summary_html
from coach.calls.page_markdown import summary_markdown
from coach.calls.record import apply
from coach.calls.shown import show
from coach.calls.summary import summarise
from coach.events import CallHeader, CallRecord, CallSource, Owner
from coach.summaries import lines_by_id
from coach.values.revisions import LineRevision, Revision, ShownSummary
from tests.unit.calls.call_parts import TITLES, call, promise

BLAMING = "moments.0.blaming"
HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(1)>\" ' &amp; {0} {title} javascript:x"
TAGS = set(
    (
        "html head meta title style body main header footer h1 h2 div p span b a ul ol li section "
        "blockquote mark svg path circle rect line polyline g ellipse"
    ).split()
)


class Page(HTMLParser):
    """The tags and attributes of a page, and its text, as a browser would read them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def links(self) -> list[str]:
        return [value or "" for name, value in self.attributes if name == "href"]


def hostile(words: str) -> ShownSummary:
    """The same words as title, turn, promise, edit and comment."""
    record = call((words, {"blaming": words, "owning": words, "reflecting": words}))
    record.header = replace(record.header, title=words)
    summary = summarise(record, {"owning": words})
    own = next(line for line_id, _, line in lines_by_id(summary) if line_id == BLAMING)
    edit = LineRevision(words + "!", words, own.text, own.detail, words)
    return show(record, summary, Revision(words, {BLAMING: edit}), {(0, "blaming")})


def check_harmless(words: str) -> Page:
    page = Page(summary_html(hostile(words)))
    assert set(page.tags) <= TAGS
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in ("src", "style")]
    assert all(link.startswith("#turn-") for link in page.links)
    return page


def test_what_was_said_cannot_become_markup() -> None:
    """Wherever hostile words stand they are shown as they are, and no tag or attribute comes of them."""
    page = check_harmless(HOSTILE)
    assert "".join(page.texts).count(HOSTILE) >= 8


@settings(max_examples=50)
@given(st.text(min_size=1, max_size=60).filter(str.strip))
def test_no_words_become_markup(words: str) -> None:
    """Whatever is said, the page has no other tags than ours, and reads as it was said."""
    page = check_harmless(words)
    assert page.tags.count("html") == 1


def test_the_page_stands_alone_and_forbids_the_rest() -> None:
    """No address outside of the file, and a policy that lets nothing load or run."""
    page = summary_html(show(record := call(("You should.", {"blaming": "You"})), summarise(record, TITLES)))
    assert "default-src 'none'" in page
    without_names = page.replace("http://www.w3.org/2000/svg", "")
    assert "http" not in without_names.replace("http-equiv", "")
    assert "url(" not in page
    assert "@import" not in page


def test_every_line_leads_to_its_turn() -> None:
    """Each second is a link to the turn below, whose quoted words are marked."""
    record = call(("Well, you should call.", {"blaming": "you should"}), ("On me.", {"owning": "On me"}))
    text = summary_html(show(record, summarise(record, TITLES)))
    page = Page(text)
    targets = {value for name, value in page.attributes if name == "id"}
    assert page.links
    assert {link.removeprefix("#") for link in page.links} <= targets
    assert "Well, <mark>you should</mark> call." in text


def test_edits_comments_and_contested_flags_say_so() -> None:
    """Each is marked, and what an edited line read before can be opened."""
    text = summary_html(hostile("Hello there"))
    assert "Edited by the agent" in text
    assert "Called unfair by the agent" in text
    assert "Before the agent's edit" in text
    assert "Repaired: " in text
    markdown = summary_markdown(hostile("Hello there"))
    assert "*Edited by the agent.* Before: Blaming · Repaired" in markdown
    assert "*called unfair by the agent*" in markdown
    assert "> The agent's comment: Hello there" in markdown


def test_an_empty_call_has_a_page_too() -> None:
    """Nothing was said: the page says so, and has no empty sections."""
    record = CallRecord(call("x").header)
    page = Page(summary_html(show(record, summarise(record, TITLES))))
    assert "Nothing was said in this call." in page.texts
    assert "section" not in page.tags


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Parcel that never came", "2026-11-27 1405 Parcel that never came.html"),
        ('a/b\\c: "d" <e>|?*', "2026-11-27 1405 a b c d e.html"),
        ("  ...  ", "2026-11-27 1405 Call.html"),
        ("one\ntwo\x00three\u202elmth.exe", "2026-11-27 1405 one two three lmth.exe.html"),
        ("é" * 200, f"2026-11-27 1405 {'é' * 80}.html"),
        ("\ud800", "2026-11-27 1405 Call.html"),
    ],
)
def test_file_names_sort_and_are_taken_everywhere(title: str, name: str) -> None:
    """Day and time first, then the title without what a file system refuses, and never too long."""
    at = dt.datetime(2026, 11, 27, 14, 5, tzinfo=dt.UTC)
    made = file_name(CallHeader("c1", at, CallSource.LIVE, title), "html")
    assert made == name
    assert len(made.encode()) < 200


def test_the_figure_counts_what_the_headline_counts() -> None:
    """What the customer is to do is a line of the summary, and no commitment of the agent's."""
    record = call("I'll send you the form.", "Could you give me the postcode please?")
    first, second = record.turns
    apply(record, promise(first, "I'll send you the form", "send you the form"))
    apply(record, promise(second, "give me the postcode", "give me the postcode", Owner.CUSTOMER, name="p2"))
    shown = show(record, summarise(record, {}))
    assert len(shown.commitments) == 2
    assert ("1", "commitment") in figure_words(shown)
    assert shown.headline.endswith("1 commitment.")
