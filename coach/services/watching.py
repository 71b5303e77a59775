"""What is kept of a running call by whoever waits for its end, and what went wrong on the way."""

from __future__ import annotations

from coach.calls.phrases import clock
from coach.errors import BugError, KnownError
from coach.events import Event, Failure, OtherVoice, SessionDropped, SessionStopped
from coach.live.flaws import NOTES
from coach.recordings.once import READ_TO_ITS_END

NOTICES = ("faster-model", "slower-model", "leak-", "playbook-")
"""How the codes of notices begin. With these a call goes on as it was: recognition that was eased for a busy
machine, or a playbook with a mistake, in whose place the shipped one is used."""

_LEAST_OTHERS_S = 5.0
"""Other voices for less than this are not worth a note."""


class Watch:
    """Hears a call's events, on the engine thread; read it once the call has been joined.

    ``notes`` are what was found in a recording and is no fault; ``others_s`` how long other voices spoke that
    were not written down; ``dropped``: the call never began.
    """

    def __init__(self) -> None:
        self._stopped: SessionStopped | None = None
        self.dropped = False
        self._failures: dict[str, Failure] = {}
        self.notes: list[Failure] = []
        self.others_s = 0.0

    def __call__(self, event: Event) -> None:
        if isinstance(event, SessionStopped):
            self._stopped = event
        elif isinstance(event, SessionDropped):
            self.dropped = True
            if event.code:
                self._failures[event.code] = Failure(0.0, event.code, event.message)
        elif isinstance(event, OtherVoice):
            self.others_s += event.end_s - event.start_s
        elif isinstance(event, Failure) and event.code in NOTES:
            self.notes.append(event)
        elif isinstance(event, Failure) and event.code.startswith(NOTICES):
            # Told when it comes, where it is told: nothing of it is wrong with the call.
            pass
        elif isinstance(event, Failure) and event.recovered:
            self._failures.pop(event.code, None)
        elif isinstance(event, Failure):
            self._failures.setdefault(event.code, event)

    def stopped(self) -> SessionStopped:
        if self._stopped is None:
            raise BugError("the call never ended")
        return self._stopped

    @property
    def others_note(self) -> str:
        """How long other voices spoke, beside words that were written down; "" where it is not worth it."""
        if self.others_s < _LEAST_OTHERS_S:
            return ""
        return f"Other voices spoke for {clock(self.others_s)}; not a word of it was kept."

    def tell(self) -> None:
        """Raise what went wrong and was not mended, all of it in one error."""
        failures = list(self._failures.values())
        for failure in failures:
            if failure.code == "bug":
                raise BugError(failure.message)
        if failures:
            # A recording that is damaged is kept all the same; what also went wrong may say that it is not.
            worst = next((one for one in failures if one.code not in READ_TO_ITS_END), failures[0])
            raise KnownError(worst.code, " ".join(failure.message for failure in failures))
