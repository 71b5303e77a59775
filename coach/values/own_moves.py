"""Moves that an organisation or an agent added: the values that rooms, ports and windows share."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.taxonomy import OWN, own_title

FEWEST_EXAMPLES = 3
MOST_EXAMPLES = 20
MOST_EXAMPLE_WORDS = 60
MOST_PHRASES = 20
MOST_PHRASE_WORDS = 10
MOST_LINES = 12
MOST_LINE_WORDS = 20
MOST_TITLE_WORDS = 3
MOST_MOVES = 40
MOST_CHARS = 400
"""Of any one text: longer than any sentence people say."""


@dataclass(frozen=True, slots=True)
class OwnLine:
    """Words to say next. ``makes`` is the repair they make, empty where they make none of the thirteen."""

    line: str
    makes: str = ""


@dataclass(frozen=True, slots=True)
class OwnMove:
    """A move known by example sentences, by exact phrases, or by both.

    ``title`` and ``why`` are on the card. ``not_examples`` look like it and are not.
    """

    name: str
    title: str
    why: str
    say: tuple[OwnLine, ...]
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    @property
    def move(self) -> str:
        """Its name among all moves: "own.technical_jargon"."""
        return OWN + self.name

    @property
    def called(self) -> str:
        return own_title(self.name)


@dataclass(frozen=True, slots=True)
class OwnProblem:
    """A mistake in ``[own.NAME]``. ``where`` is "own.NAME" or "own.NAME.examples"; ``message`` a sentence."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One move against one sentence. It fires where ``strength`` reaches ``bar``; both in [0, 1].

    ``evidence`` is the range of characters that carries it, None where it does not fire; ``why`` a sentence.
    """

    move: str
    called: str
    strength: float
    bar: float
    evidence: tuple[int, int] | None = None
    why: str = ""

    @property
    def fires(self) -> bool:
        return self.evidence is not None


@dataclass(frozen=True, slots=True)
class Tried:
    """All moves against one sentence: those that fire first, then by how near they come to their bars.

    ``by_meaning`` is false where the model cannot compare meanings, so that only phrases work.
    """

    text: str
    verdicts: tuple[Verdict, ...]
    by_meaning: bool


@dataclass(frozen=True, slots=True)
class OwnListing:
    """The own moves there are. ``personal`` can be changed here; those of the playbook file cannot.

    ``mistakes``: for each name what its examples show to be wrong, in sentences. ``problems``: of the files.
    """

    personal: tuple[OwnMove, ...] = ()
    playbook: tuple[OwnMove, ...] = ()
    mistakes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    by_meaning: bool = True
