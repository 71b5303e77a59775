"""Work off the main thread: one function at a time, its answer back on the main thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from coach.errors import KnownError

T = TypeVar("T")

Failed = Callable[[KnownError], None]

TOLD = "The user was told of it."
"""A note on a bug that is raised only to be reported."""


class CancelledError(Exception):
    """Raised inside a piece of work to end it early; neither ``done`` nor ``failed`` is called."""


@dataclass(frozen=True, slots=True)
class _Answer:
    deliver: Callable[[], None]


class _Task(QRunnable, Generic[T]):
    def __init__(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Failed, owner: Background
    ) -> None:
        super().__init__()
        self._work = work
        self._done = done
        self._failed = failed
        self._owner = owner

    def run(self) -> None:
        self._owner.answered.emit(_Answer(self._attempt()))

    def _attempt(self) -> Callable[[], None]:
        try:
            result = self._work()
        except KnownError as error:
            known = error
            return lambda: self._failed(known)
        except CancelledError:
            return lambda: None
        except Exception as error:
            bug = error
            return lambda: self._report(bug)
        return lambda: self._done(result)

    def _report(self, bug: Exception) -> None:
        # Whoever asked must not wait for ever; the bug itself is then raised where it is reported.
        self._failed(
            KnownError("bug", "Sameside met a fault of its own. Its log says more; please try again.")
        )
        bug.add_note(TOLD)
        raise bug


class Background(QObject):
    """A queue of work with one thread of its own, so that answers come in the order asked.

    A ``KnownError`` goes to ``failed``. Any other error is a bug: ``failed`` hears that there was one,
    and it is raised on the main thread.
    """

    answered = Signal(object)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._waiting = 0
        self._open = True
        self.answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return self._waiting > 0

    def run(self, work: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        """Start ``work`` on the other thread. After ``close`` nothing starts and nothing is answered."""
        if self._open:
            self._waiting += 1
            self._pool.start(_Task(work, done, failed, self))

    def close(self) -> None:
        """Drop what has not begun, wait for what has, and deliver no more answers."""
        self._open = False
        self._pool.clear()
        self._pool.waitForDone()

    def finish(self) -> None:
        """``close`` once all that was asked has been done."""
        self._pool.waitForDone()
        self.close()

    @Slot(object)
    def _deliver(self, answer: _Answer) -> None:
        self._waiting -= 1
        try:
            if self._open:
                answer.deliver()
        finally:
            if not self._waiting:
                self.idle.emit()


def after(*queues: Background) -> Callable[[Callable[[], None]], None]:
    """Calls ``then`` once all that was asked of the queues before has been answered."""

    def wait(then: Callable[[], None], waiting: tuple[Background, ...] = queues) -> None:
        if waiting:
            waiting[0].run(_nothing, lambda _none: wait(then, waiting[1:]), lambda _error: None)
        else:
            then()

    return wait


def _nothing() -> None:
    """Takes its turn in the queue."""
