"""Finding a call by what was said in it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.store.local import LocalStore
from coach.values.hits import quoted
from tests.unit.store.store_parts import KEY, header, turn

_CALLS = {
    "kettle": ("The broken kettle", ["It arrived cracked.", 'I\'ll send a new kettle; café "Rosé" pays.']),
    "router": ("Router", ["Have you a new router?", "The kettle is fine, the router is not."]),
}


@pytest.fixture(scope="module")
def store() -> Iterator[LocalStore]:
    with tempfile.TemporaryDirectory() as folder:
        store = LocalStore(Path(folder) / "calls.db", KEY)
        for hours, (call_id, (title, texts)) in enumerate(_CALLS.items()):
            store.begin(header(call_id, title, hours))
            for index, text in enumerate(texts):
                store.append(call_id, turn(index, text))
        yield store
        store.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["router", "kettle"]),
        ("kettle", ["router", "kettle"]),
        ("KET", ["router", "kettle"]),
        ("cracked kettle", ["kettle"]),
        ("cracked router", []),
        ("crack kettle", []),
        ("broken", ["kettle"]),
        ("cafe", ["kettle"]),
        ("i'll", ["kettle"]),
        ("kettle OR router", []),
        ("?!", ["router", "kettle"]),
        ("nothing", []),
    ],
)
def test_calls_are_found_by_all_words(store: LocalStore, query: str, found: list[str]) -> None:
    """Every word must be in the call or its title, the last one at least begun; newest first."""
    assert [row.id for row in store.listing(query)] == found


def test_a_hit_is_shown_in_its_place(store: LocalStore) -> None:
    """The snippet is the first turn that has all words, else one that has any, else the title."""
    assert [quoted(row.snippet) for row in store.listing("new ket")] == [
        "Have you a «new» router?",
        'I\'ll send a «new kettle»; café "Rosé" pays.',
    ]
    assert [quoted(row.snippet) for row in store.listing("broken")] == ["The «broken» kettle"]
    assert [quoted(row.snippet) for row in store.listing("")] == ["", ""]


def test_a_corrected_turn_is_found_by_its_new_words_only(store: LocalStore) -> None:
    """A turn appended again with another text takes the old one's place in the search."""
    store.begin(header("fixed", "Toaster", -1))
    store.append("fixed", turn(0, "the taoster"))
    store.append("fixed", turn(0, "the lamp"))
    assert store.listing("taoster") == []
    assert [quoted(row.snippet) for row in store.listing("lamp")] == ["the «lamp»"]
    store.begin(header("fixed", "Lantern", -1))
    assert store.listing("toaster") == []
    assert [row.id for row in store.listing("lantern")] == ["fixed"]


@settings(max_examples=150)
@given(query=st.text(max_size=12) | st.text("\"*():^-+{}'ab OR\0", max_size=12))
@example('"')
@example("a* NEAR(b, 2)")
@example("text: AND")
@example("\ud800")
def test_no_query_is_a_mistake(store: LocalStore, query: str) -> None:
    """Whatever is typed is searched for and never taken for a query language."""
    assert {row.id for row in store.listing(query)} <= {"kettle", "router", "fixed"}


def test_whom_a_call_was_with_is_found_and_is_its_name(tmp_path: Path) -> None:
    """By reference as by title, after it was changed too; without one the call has its title again."""
    store = LocalStore(tmp_path / "calls.db", KEY)
    store.begin(header("c1", "Call"))
    store.set_reference("c1", "Mrs Adéyemi, order 4117")
    assert [(one.id, one.title) for one in store.listing("adeyemi 4117")] == [
        ("c1", "Mrs Adéyemi, order 4117")
    ]
    assert store.reference("c1") == "Mrs Adéyemi, order 4117"
    store.set_reference("c1", "Mr Okafor")
    assert store.listing("adeyemi") == []
    assert [one.title for one in store.listing("okafor")] == ["Mr Okafor"]
    store.set_reference("c1", "")
    assert [one.title for one in store.listing("call")] == ["Call"]
    assert (store.reference("c1"), store.reference("nothing")) == ("", "")
    store.close()
