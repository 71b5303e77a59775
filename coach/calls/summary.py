"""The summary of a call: every line stands on words the agent said, and points to their second."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from coach.calls.call_flags import call_flags, complaint_turn, turn_behind
from coach.calls.phrases import (
    FLAG_TEXTS,
    OWNERS,
    SECTION_TITLES,
    clock,
    due_words,
    headline,
    title_of,
)
from coach.calls.record import Flagged, agent_turns, moves_in, repaired_within, second_of, standing, turn_at
from coach.calls.suggestions import SENTENCE, suggested
from coach.errors import BugError
from coach.events import (
    CallRecord,
    CallSummary,
    Commitment,
    Move,
    Owner,
    Speaker,
    SummaryLine,
    SummarySection,
    Turn,
)
from coach.taxonomy import COMPLAINT_SIGNS, CONTENTIOUS, FITTING_REPAIRS, REPAIR

_ABOUT_MOVES = ("reflecting", "explaining", "learning")
_ABOUT_LINES = 3
_SUGGESTIONS = 5
_SUBSTANTIAL_WORDS = 8
_GREETING = re.compile(
    r"\b(thank(s| you) for (calling|holding|waiting)|my name is|how (can|may) i help"
    r"|good (morning|afternoon|evening)|this is \w+ (speaking|from))\b",
    re.IGNORECASE,
)

# What is best worth keeping, where several repairs were used.
_KEEP_ORDER = (
    "owning",
    "apologising",
    "partnering",
    "reflecting",
    "asking_input",
    "root_cause",
    "offering",
    "empathising",
    "learning",
    "stating_intent",
    "explaining",
    "committing",
    "thanking",
)


@dataclass(frozen=True, slots=True)
class _Quote:
    """Exact words of a turn and their second."""

    turn: Turn
    words: str
    at_s: float

    def line(self, text: str, detail: str = "", subject: str = "") -> SummaryLine:
        return SummaryLine(text, self.at_s, self.words, self.turn.index, detail, subject)


def conclude(record: CallRecord, playbook_titles: Mapping[str, str]) -> CallSummary:
    """What the end of a call adds: the record's whole-call flags, and the summary."""
    record.call_flags = call_flags(record)
    return summarise(record, playbook_titles)


def summarise(record: CallRecord, playbook_titles: Mapping[str, str]) -> CallSummary:
    """All eight sections, in order; those with nothing to say have no lines.

    ``playbook_titles`` gives a move's name for people, such as "Taking your part". Raises ``BugError``
    where a line would not stand on the words of its turn.
    """
    flagged = repaired_within(record)
    titles = dict(playbook_titles)
    lines = {
        "about": _about(record),
        "moments": [_moment(record, flag, titles) for flag in flagged],
        "repairs": _repairs(record, titles),
        "missing": _missing(record),
        "suggestions": _suggestions(record),
        "commitments": _commitments(record),
        "keep": _keep(record, flagged, titles),
        "try": _try(record, flagged, titles),
    }
    said = agent_turns(record)
    talk_s = sum(turn.end_s - turn.start_s for turn in said)
    words = sum(len(turn.text.split()) for turn in said)
    repaired = sum(flag.repaired for flag in flagged)
    promised = sum(promise.owner is not Owner.CUSTOMER for promise in standing(record))
    summary = CallSummary(
        call_id=record.header.id,
        headline=headline(len(said), len(flagged), repaired, promised),
        sections=tuple(SummarySection(key, SECTION_TITLES[key], tuple(lines[key])) for key in SECTION_TITLES),
        talk_s=talk_s,
        words_per_minute=words * 60 / talk_s if talk_s > 0 else 0.0,
        flags_raised=len(flagged),
        flags_repaired=repaired,
    )
    check(summary, record)
    return summary


def check(summary: CallSummary, record: CallRecord) -> None:
    """Raises ``BugError`` where a line's words are not in its turn, or its second is not within the turn."""
    for section in summary.sections:
        for line in section.lines:
            turn = turn_at(record, line.turn_index)
            # Without its words: it may be read in the log.
            where = f"a summary line of {section.key} about {line.subject or 'words'}"
            if turn is None or not line.evidence.strip() or line.evidence not in turn.text:
                raise BugError(f"{where} quotes words that turn {line.turn_index} lacks")
            if turn.speaker is Speaker.OTHER:
                raise BugError(f"{where} quotes turn {line.turn_index}, which is not the agent's")
            if not turn.start_s <= line.at_s <= turn.end_s:
                raise BugError(f"{where} lies outside turn {line.turn_index}")


def _quote(turn: Turn, evidence: tuple[int, int]) -> _Quote:
    """The words of a move; the whole turn where the range holds none."""
    start, end = (min(max(edge, 0), len(turn.text)) for edge in evidence)
    words = turn.text[start:end].strip()
    if not words:
        start, words = 0, turn.text.strip()
    return _Quote(turn, words, second_of(turn, start))


def _sentence(turn: Turn, evidence: tuple[int, int]) -> _Quote:
    """The words of a move, extended to the sentence they begin in."""
    for match in SENTENCE.finditer(turn.text):
        if match.end() > evidence[0] and match.group().strip():
            return _quote(turn, match.span())
    return _quote(turn, (0, 0))


def _moves_by_name(record: CallRecord, names: Iterable[str]) -> list[tuple[Turn, Move]]:
    wanted = set(names)
    return [
        (turn, move) for turn in agent_turns(record) for move in moves_in(record, turn) if move.name in wanted
    ]


def _suggestions(record: CallRecord) -> list[SummaryLine]:
    """What the customer suggested or asked for, as the agent said it back; the same words once."""
    quotes = [_quote(turn, span) for turn in agent_turns(record) for span in suggested(turn.text)]
    once: dict[str, _Quote] = {}
    for quote in quotes:
        once.setdefault(quote.words.casefold(), quote)
    return [quote.line(quote.words) for quote in list(once.values())[:_SUGGESTIONS]]


def _about(record: CallRecord) -> list[SummaryLine]:
    found = _moves_by_name(record, _ABOUT_MOVES)
    found.sort(key=lambda pair: (_ABOUT_MOVES.index(pair[1].name), pair[0].index))
    quotes = {
        (quote.turn.index, quote.words): quote for quote in (_sentence(t, m.evidence) for t, m in found)
    }
    best = sorted(list(quotes.values())[:_ABOUT_LINES], key=lambda quote: (quote.turn.index, quote.at_s))
    if not best:
        best = [_quote(turn, (0, len(turn.text))) for turn in _first_substantial(record)]
    return [quote.line(quote.words) for quote in best]


def _first_substantial(record: CallRecord) -> list[Turn]:
    said = [turn for turn in agent_turns(record) if turn.text.strip()]
    telling = [turn for turn in said if len(turn.text.split()) >= _SUBSTANTIAL_WORDS]
    past_greeting = [turn for turn in telling if not _GREETING.search(turn.text)]
    # What a call was about is not told in words that made it worse, where there are others.
    calm = [turn for turn in past_greeting if not any(m.name in CONTENTIOUS for m in moves_in(record, turn))]
    return (calm or past_greeting or telling or said)[:1]


def _moment(record: CallRecord, flag: Flagged, titles: Mapping[str, str]) -> SummaryLine:
    detail = "Not repaired"
    if flag.repaired_by is not None:
        detail = f"{'Repaired late' if flag.late else 'Repaired'}: {title_of(flag.repaired_by, titles)}"
        turn = turn_at(record, flag.repaired_turn_index)
        if turn is not None:
            by = (move for move in moves_in(record, turn) if move.name == flag.repaired_by)
            at_s = next((_quote(turn, move.evidence).at_s for move in by), turn.start_s)
            detail += f" ({clock(at_s)})"
    return _quote(flag.turn, flag.move.evidence).line(
        title_of(flag.move.name, titles), detail, flag.move.name
    )


def _repairs(record: CallRecord, titles: Mapping[str, str]) -> list[SummaryLine]:
    """One line for each kind of repair, at its first use, in the order said."""
    uses: dict[str, list[tuple[Turn, Move]]] = {}
    for turn, move in _moves_by_name(record, REPAIR):
        uses.setdefault(move.name, []).append((turn, move))
    lines = [
        _quote(used[0][0], used[0][1].evidence).line(
            title_of(name, titles), f"{len(used)} times" if len(used) > 1 else "", name
        )
        for name, used in uses.items()
    ]
    return sorted(lines, key=lambda line: line.at_s)


def _missing(record: CallRecord) -> list[SummaryLine]:
    lines = []
    for flag in call_flags(record):
        turn = turn_behind(flag, record)
        if turn is not None:
            text, detail = FLAG_TEXTS[flag]
            lines.append(_telling_words(record, turn).line(text, detail, flag))
    return lines


def _telling_words(record: CallRecord, turn: Turn) -> _Quote:
    """Of the turn that shows the complaint, the words that do; of another, its whole text."""
    first = complaint_turn(record)
    if first is not None and first.index == turn.index:
        sign = next(move for move in moves_in(record, turn) if move.name in COMPLAINT_SIGNS)
        return _quote(turn, sign.evidence)
    return _quote(turn, (0, len(turn.text)))


def _commitments(record: CallRecord) -> list[SummaryLine]:
    """What the customer is to do comes after what was promised to them."""
    promises = sorted(standing(record), key=lambda promise: promise.owner is Owner.CUSTOMER)
    placed = [(promise, turn_at(record, promise.turn_index)) for promise in promises]
    return [_commitment(promise, turn) for promise, turn in placed if turn is not None and turn.text.strip()]


def _commitment(promise: Commitment, turn: Turn) -> SummaryLine:
    if not promise.evidence or promise.evidence not in turn.text:
        quote = _quote(turn, (0, len(turn.text)))
    else:
        at_s = min(max(promise.start_s, turn.start_s), turn.end_s)
        quote = _Quote(turn, promise.evidence, at_s)
    text, detail = promise_words(promise)
    return quote.line(text, detail, promise.id)


def promise_words(promise: Commitment) -> tuple[str, str]:
    """How a promise reads in a summary: what, and by whom until when."""
    detail = f"{OWNERS[promise.owner]}, {due_words(promise.due_text, promise.due)}"
    if promise.conditional:
        detail += ", on a condition"
    return promise.action[:1].upper() + promise.action[1:], detail


def _keep(record: CallRecord, flagged: list[Flagged], titles: Mapping[str, str]) -> list[SummaryLine]:
    """The first repair that answered a moment, else the repair most worth keeping."""
    for flag in flagged:
        turn = turn_at(record, flag.repaired_turn_index)
        if flag.repaired_by is None or turn is None:
            continue
        evidence = next(
            (move.evidence for move in moves_in(record, turn) if move.name == flag.repaired_by), (0, 0)
        )
        text = f"You repaired a moment: {title_of(flag.repaired_by, titles)}"
        detail = f"Before it: {title_of(flag.move.name, titles)}"
        return [_quote(turn, evidence).line(text, detail, flag.repaired_by)]
    used = _moves_by_name(record, REPAIR)
    if not used:
        return []
    turn, move = min(used, key=lambda pair: (_KEEP_ORDER.index(pair[1].name), -pair[1].confidence))
    return [_quote(turn, move.evidence).line(title_of(move.name, titles), subject=move.name)]


def _try(record: CallRecord, flagged: list[Flagged], titles: Mapping[str, str]) -> list[SummaryLine]:
    """The surest moment left open and what answers it, else the first thing that did not come up."""
    left = [flag for flag in flagged if flag.repaired_by is None]
    if left:
        surest = max(left, key=lambda flag: flag.move.confidence)
        advice = _advice(record, surest.move, titles)
        return [_quote(surest.turn, surest.move.evidence).line(advice, subject=surest.move.name)]
    missing = _missing(record)[:1]
    return [replace(line, text=line.detail, detail="") for line in missing]


def _advice(record: CallRecord, move: Move, titles: Mapping[str, str]) -> str:
    """What answers a moment left open: the best repair, or for an own move the line its cue had."""
    repairs = FITTING_REPAIRS.get(move.name)
    if repairs:
        repair = title_of(repairs[0], titles)
        return f"After words like these, try {repair[:1].lower()}{repair[1:]}"
    line = next((cue.say for cue in record.cues if cue.move == move.name), "")
    return f"After words like these, try: “{line}”" if line else "Look at words like these"
