"""Work beside the engine's thread.

Its results are asked for in order, so nothing depends on what is done first. What a piece of it took in
memory for a while goes back to the system before the next: two seldom need most of it at the same moment.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from coach.machine import heap
from coach.machine.priority import give_way

T = TypeVar("T")


class Beside:
    """Up to ``threads`` pieces of work at a time, on threads that give way; with none each is done now."""

    def __init__(self, threads: int = 0) -> None:
        self._threads = threads
        self._pool: ThreadPoolExecutor | None = None

    def begin(self, work: Callable[[], T]) -> Future[T]:
        """What it raises is raised where its result is asked for."""
        if not self._threads:
            return _done(work)
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._threads, "sameside-beside", initializer=give_way)
        return self._pool.submit(_and_give_back, work)

    def end(self) -> None:
        """What was not begun is given up; no thread is left. More may be begun afterwards."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(cancel_futures=True)


def _and_give_back(work: Callable[[], T]) -> T:
    try:
        return work()
    finally:
        heap.give_back()


def _done(work: Callable[[], T]) -> Future[T]:
    future: Future[T] = Future()
    try:
        future.set_result(work())
    except Exception as error:
        future.set_exception(error)
    return future
