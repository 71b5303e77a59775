"""A promise as it is found in one turn, before it is known whether it was made before."""

from __future__ import annotations

from dataclasses import dataclass

from coach.commitments.due import DueFound
from coach.events import Owner


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise as places in the turn's text."""

    action: str
    owner: Owner
    due: DueFound | None
    conditional: bool
    span: tuple[int, int]
