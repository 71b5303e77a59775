"""Sharing over nothing: nobody is known, nothing was shared, until a test says otherwise."""

from __future__ import annotations

from typing import Any

from coach.errors import KnownError
from coach.values.shares import Known, Looked, Me, Outgoing, SharedCall, Trend


class NoSharing:
    """``SharingServices`` for whoever has not set it up. ``looks`` counts the looks into folders."""

    def __init__(self) -> None:
        self.looks = 0

    def me(self) -> Me | None:
        return None

    def people(self) -> list[Known]:
        return []

    def preview(self, call_id: str, left: object = ()) -> Any:
        raise KnownError("call-unknown", f"There is no call {call_id}.")

    def hearable(self, call_id: str) -> frozenset[int]:
        return frozenset()

    def sent(self) -> list[Outgoing]:
        return []

    def of_call(self, call_id: str) -> SharedCall:
        return SharedCall()

    def deliver(self) -> int:
        return 0

    def look(self) -> Looked:
        self.looks += 1
        return Looked()

    def inbox(self, wanted: object = None) -> list[Any]:
        return []

    def keep_draft(self, row_id: int, draft: object) -> None: ...

    def set_aside(self) -> list[Any]:
        return []

    def trend(self) -> Trend:
        return Trend()
