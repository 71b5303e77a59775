"""Where everything of one transcript item stands, for a given width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextLayout, QTextOption

from coach.events import Move
from ui import text
from ui.live.items import (
    CALLED_UNFAIR,
    Item,
    TurnItem,
    commitment_text,
    cue_outcome,
    gap_text,
    is_flag,
    not_judged_text,
)
from ui.look.theme import (
    SPACE_1,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    TEXT_BODY_PX,
    TEXT_LARGE_PX,
    Theme,
)
from ui.parts.chips import Chip, flow, font_of

GUTTER = 64
SIDE = SPACE_4
LINE_HEIGHT = 1.35
WIDEST_TEXT = 760


@dataclass(slots=True)
class Words:
    """Text laid out at a place."""

    layout: QTextLayout
    at: QPointF
    height: float

    @property
    def rect(self) -> QRectF:
        return QRectF(self.at.x(), self.at.y(), self.layout.boundingRect().width(), self.height)


@dataclass(slots=True)
class CueBlock:
    """``kind`` is that of its chip: accent while the cue is open, repaired, or plain."""

    kind: str
    rect: QRectF
    heading: str
    say: Words
    outcome: Chip | None
    outcome_rect: QRectF


@dataclass(slots=True)
class ItemLayout:
    """Everything relative to the item's top left corner."""

    height: float
    time: str
    words: Words | None = None
    chips: list[tuple[Chip, QRectF]] = field(default_factory=list)
    cues: list[CueBlock] = field(default_factory=list)


def room_in(width: float) -> float:
    """How wide words may be in a row: all that a layout takes from the width."""
    return max(120.0, min(WIDEST_TEXT, width - SIDE - GUTTER - SIDE))


def lay_out(item: Item, width: float, theme: Theme) -> ItemLayout:
    """Break the item's text to ``width`` pixels; costs a fraction of a millisecond."""
    left = float(SIDE + GUTTER)
    room = room_in(width)
    if not isinstance(item, TurnItem):
        chip = Chip("gap", gap_text(item.gap), "plain", "Nothing was heard here.")
        places, bottom = flow([chip], left, SPACE_2, room)
        return ItemLayout(bottom + SPACE_2, text.clock(item.start_s), None, [(chip, places[0])])
    marks = _marks(item, theme)
    words = _words(item.shown or "…", font_of(TEXT_LARGE_PX), QPointF(left, SPACE_3), room, marks)
    made = ItemLayout(0.0, text.clock(item.start_s), words)
    bottom = words.at.y() + words.height
    chips = _chips(item)
    if chips:
        places, bottom = flow(chips, left, bottom + SPACE_2, room)
        made.chips = list(zip(chips, places, strict=True))
    for cue in item.cues:
        block = _cue_block(cue.say, cue_outcome(item, cue), left, bottom + SPACE_2, room)
        made.cues.append(block)
        bottom = block.rect.bottom()
    made.height = bottom + SPACE_3
    return made


def move_at(item: TurnItem, position: int) -> Move | None:
    """The move whose evidence covers a character; a flag before a repair, and none that was called unfair."""
    found = [
        move
        for move in item.moves
        if move.evidence[0] <= position < move.evidence[1] and move.name not in item.contested
    ]
    return min(found, key=lambda move: not is_flag(move), default=None)


def move_tip(move: Move) -> str:
    return f"{text.FLAGGED if is_flag(move) else 'Repair'}: {text.move_name(move.name)}"


def _chips(item: TurnItem) -> list[Chip]:
    chips = [Chip("why", text.NOT_SURE, "plain", text.NOT_SURE_TIP)] if item.unsure else []
    if item.language:
        chips.append(Chip("why", not_judged_text(item.language), "plain", text.NOT_JUDGED_TIP))
    chips += [_move_chip(item, move) for move in item.moves]
    for made in item.commitments:
        said = f"{text.OWNERS[made.owner]}: {made.evidence}"
        chips.append(Chip("commitment", commitment_text(made, item.said_on), "accent", said))
    return chips


def _move_chip(item: TurnItem, move: Move) -> Chip:
    name = text.move_name(move.name)
    if move.name in item.contested:
        return Chip(
            "unfair",
            f"{name}{CALLED_UNFAIR}",
            "plain",
            "You called this unfair. Right-click to take it back.",
        )
    if is_flag(move):
        return Chip("flag", name, "flag", f"{move_tip(move)}. Was it unfair? Right-click to say so.")
    return Chip("repair", name, "repaired", move_tip(move))


def _cue_block(say: str, outcome: str, left: float, top: float, room: float) -> CueBlock:
    inner = left + SPACE_4
    words = _words(
        say,
        font_of(TEXT_BODY_PX, QFont.Weight.Medium),
        QPointF(inner, top + 26 + SPACE_1),
        room - 2 * SPACE_4,
    )
    bottom = words.at.y() + words.height + SPACE_2 + SPACE_1
    chip, rect, kind = None, QRectF(), "accent"
    if outcome:
        good = outcome.startswith(text.REPAIRED)
        kind = "repaired" if good else "plain"
        chip = Chip("check" if good else "close", outcome, kind)
        places, bottom = flow([chip], inner, words.at.y() + words.height + SPACE_2, room - 2 * SPACE_4)
        rect, bottom = places[0], bottom + SPACE_3
    return CueBlock(kind, QRectF(left, top, room, bottom - top), "Cue", words, chip, rect)


def _words(
    string: str, font: QFont, at: QPointF, width: float, marks: Sequence[QTextLayout.FormatRange] = ()
) -> Words:
    layout = QTextLayout(string, font)
    layout.setFormats(marks)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y))
        y += line.height() * LINE_HEIGHT
    layout.endLayout()
    return Words(layout, at, y)


def _marks(item: TurnItem, theme: Theme) -> list[QTextLayout.FormatRange]:
    """Repairs first, so that a flag on the same words lies over them."""
    ranges = _interim_marks(item, theme)
    for move in sorted(item.moves, key=is_flag):
        start, end = move.evidence
        if not 0 <= start < end or move.name in item.contested:
            continue
        made = QTextLayout.FormatRange()
        made.start, made.length, made.format = start, end - start, _mark(move, theme)
        ranges.append(made)
    return ranges


def _interim_marks(item: TurnItem, theme: Theme) -> list[QTextLayout.FormatRange]:
    """Words that are not final are greyer, and those that may still change lean: the same width, so that
    nothing moves when they are settled."""
    ranges = []
    end = len(item.shown)
    for words, leaning in ((item.tentative, True), (item.committed, False)):
        if words:
            made = QTextLayout.FormatRange()
            made.start, made.length, made.format = end - len(words), len(words), QTextCharFormat()
            made.format.setForeground(QColor(theme.colours.text_muted))
            made.format.setFontItalic(leaning)
            if theme.high_contrast:
                # There all text is nearly the same colour.
                made.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            ranges.append(made)
            end -= len(words) + 1
    return ranges


def _mark(move: Move, theme: Theme) -> QTextCharFormat:
    mark = QTextCharFormat()
    style = QTextCharFormat.UnderlineStyle
    if is_flag(move):
        mark.setBackground(QColor(theme.colours.flag_soft))
        mark.setUnderlineStyle(style.WaveUnderline)
        mark.setUnderlineColor(QColor(theme.colours.flag))
    else:
        mark.setUnderlineStyle(style.SingleUnderline)
        mark.setUnderlineColor(QColor(theme.colours.repaired))
    return mark
