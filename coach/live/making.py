"""What takes long is made beside a microphone that is open already: no word is lost while models load."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Making(threading.Thread, Generic[T]):
    """Calls ``make`` on a thread of its own, once started, then ``done`` on that thread too."""

    def __init__(self, name: str, make: Callable[[], T], done: Callable[[], object] = lambda: None) -> None:
        super().__init__(name=name, daemon=True)
        self._make = make
        self._done = done
        self._made: T | None = None
        self._error: Exception | None = None
        self._undo: Callable[[T], object] | None = None
        self._lock = threading.Lock()

    def run(self) -> None:
        try:
            made = self._make()
        except Exception as error:
            self._error = error
        else:
            with self._lock:
                self._made, undo = made, self._undo
            if undo is not None:
                undo(made)
        self._done()

    def leave(self, undo: Callable[[T], object]) -> None:
        """Nobody wants it any more: ``undo`` is called with what was made, at once or as soon as it is."""
        with self._lock:
            self._undo, made = undo, self._made
        if made is not None:
            undo(made)

    @property
    def over(self) -> bool:
        """Whether ``result`` has something to say without waiting."""
        return self._made is not None or self._error is not None

    def result(self) -> T:
        """What was made, waited for; raises what ``make`` raised."""
        self.join()
        if self._made is None:
            assert self._error is not None
            raise self._error
        return self._made
