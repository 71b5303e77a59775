"""What stands in the transcript: a turn with all that was found in it, or a gap."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from PySide6.QtCore import QLocale

from coach import taxonomy
from coach.events import Commitment, Cue, CueEnd, CueEnded, Gap, Move
from ui import text
from ui.when import near_due_text

CALLED_UNFAIR = ", called unfair"


@dataclass(slots=True)
class TurnItem:
    """One turn. ``open`` while its words may still grow; ``said_on`` is the day of the call.

    ``text`` is final; ``committed`` and ``tentative`` are heard, and not final yet. ``unsure``: the voice was
    not clearly the agent's. ``language``: its code where it is not judged. ``contested``: the moves of it
    that the agent called unfair.
    """

    index: int
    start_s: float
    text: str = ""
    open: bool = True
    moves: tuple[Move, ...] = ()
    cues: list[Cue] = field(default_factory=list)
    cue_ends: dict[str, CueEnded] = field(default_factory=dict)
    commitments: list[Commitment] = field(default_factory=list)
    said_on: dt.date | None = None
    committed: str = ""
    tentative: str = ""
    unsure: bool = False
    language: str = ""
    contested: frozenset[str] = frozenset()

    @property
    def shown(self) -> str:
        """All words heard so far, the final ones first."""
        return " ".join(part for part in (self.text, self.committed, self.tentative) if part)

    @property
    def flagged(self) -> bool:
        return any(is_flag(move) and move.name not in self.contested for move in self.moves)


@dataclass(slots=True)
class GapItem:
    gap: Gap

    @property
    def start_s(self) -> float:
        return self.gap.start_s


Item = TurnItem | GapItem


def is_flag(move: Move) -> bool:
    return taxonomy.is_flag(move.name)


def gap_text(gap: Gap) -> str:
    reason = gap.reason[:1].upper() + gap.reason[1:]
    if gap.end_s <= gap.start_s:
        return reason
    return f"{reason} · {text.clock(gap.end_s - gap.start_s)}"


def cue_outcome(item: TurnItem, cue: Cue) -> str:
    """What came of a cue, in words; empty while it is still open."""
    ended = item.cue_ends.get(cue.id)
    if ended is None:
        return ""
    if ended.end is CueEnd.REPAIRED and ended.by_move:
        return f"{text.REPAIRED}: {text.move_name(ended.by_move)}"
    flag = cue.because.move
    if ended.end is CueEnd.UNFAIR and taxonomy.is_flag(flag) and flag not in item.contested:
        return f"{text.UNFAIR}, taken back"
    return text.CUE_ENDS[ended.end]


def commitment_text(made: Commitment, today: dt.date | None) -> str:
    """ "Call you back · Thu 14:00"; without the time where none was said."""
    action = made.action[:1].upper() + made.action[1:]
    if made.due is None:
        return f"{action} · {made.due_text}" if made.due_text else action
    return f"{action} · {near_due_text(made.due, today)}"


def not_judged_text(language: str) -> str:
    """ "French: not judged"; the code itself where it has no name."""
    known = QLocale.codeToLanguage(language)
    name = QLocale.languageToString(known) if known is not QLocale.Language.AnyLanguage else language
    return f"{name}: not judged"


def spoken(item: Item) -> str:
    """The whole item as a screen reader says it."""
    if isinstance(item, GapItem):
        return f"{text.spoken_clock(item.start_s)}. Gap: {gap_text(item.gap)}"
    parts = [f"{text.spoken_clock(item.start_s)}. {text.YOU_SAID}: {item.shown}"]
    if item.open:
        parts.append("Still speaking.")
    if item.unsure:
        parts.append(f"{text.NOT_SURE}.")
    if item.language:
        parts.append(f"{not_judged_text(item.language)}.")
    for move in item.moves:
        kind = text.FLAGGED if is_flag(move) else "Repair"
        unfair = CALLED_UNFAIR if move.name in item.contested else ""
        parts.append(f"{kind}: {text.move_name(move.name)}{unfair}.")
    for cue in item.cues:
        outcome = cue_outcome(item, cue)
        parts.append(f"Cue: {cue.say}" + (f" {outcome}." if outcome else ""))
    parts += [f"Commitment: {commitment_text(made, item.said_on)}." for made in item.commitments]
    return " ".join(parts)
