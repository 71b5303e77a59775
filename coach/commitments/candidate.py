"""A head with what surrounds it, as it is judged."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coach.commitments import clauses
from coach.commitments.figures import GO_AHEAD
from coach.commitments.heads import Head
from coach.commitments.verbs import base


@dataclass(frozen=True, slots=True)
class Candidate:
    """A head with what surrounds it: its sentence, where it ends, its words, and whether a time is named."""

    head: Head
    sentence: str
    end: int
    dated: bool
    awaited: bool = False
    """It hangs on an event: "when it lands"."""

    @property
    def words(self) -> str:
        return self.sentence[self.head.verb : self.end]

    @property
    def before(self) -> str:
        start = clauses.clause_start(self.sentence, self.head.start)
        return self.sentence[start : self.head.verb]

    @property
    def first(self) -> str:
        """The verb, in its base form where that is known."""
        words = re.findall(r"[\w'’-]+", GO_AHEAD.sub("", self.words.lower()))
        if words[:1] == ["be"] and words[1:2] and words[1].endswith("ing"):
            return base(words[1]) or words[1]
        return (base(words[0]) or words[0]) if words else ""
