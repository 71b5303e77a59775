"""Names of files as they are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.values.file_names import shown_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Monday, 2nd.wav", "Monday, 2nd.wav"),
        ("two\nlines.wav", "two lines.wav"),
        ("tab\there\r.wav", "tab here .wav"),
        ("  spaces within  stay.wav", "spaces within  stay.wav"),
        ("\u202egnp.wav", "gnp.wav"),
        ("caf\udce9.wav", "caf?.wav"),
        ("👩‍💻 שיחה 記録.wav", "👩‍💻 שיחה 記録.wav"),
        ("line\u2028separator.wav", "line separator.wav"),
    ],
)
def test_a_name_is_one_line_that_reads_as_it_is_written(name: str, shown: str) -> None:
    """Whatever a file is called; what is text in any script stays."""
    assert shown_name(name) == shown


@given(st.text(st.characters(codec=None), max_size=40))
def test_any_name_can_be_kept_and_shown(name: str) -> None:
    """One line, encodable, and the same when it is shown again."""
    shown = shown_name(name)
    assert len(shown.splitlines()) <= 1
    assert shown.encode("utf-8").decode() == shown
    assert shown_name(shown) == shown
