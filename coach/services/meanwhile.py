"""Something that will be needed, begun while something else is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager


@contextmanager
def meanwhile(work: Callable[[], object]) -> Iterator[None]:
    """``work`` on a thread beside the body, ended with it. What it raises is not told: whoever needs what it
    makes asks for it again, and meets the same."""
    with ThreadPoolExecutor(1, "sameside-meanwhile") as pool:
        pool.submit(work)
        yield
