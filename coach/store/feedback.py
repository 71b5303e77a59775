"""What the agent said of flags: one row for each flag and verdict, its words those of the turn.

A flag that was called unfair is not confirmed by what followed it: the agent's own word counts more.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, delete, exists, func, select, update
from sqlalchemy.dialects.sqlite import insert

from coach.errors import KnownError
from coach.events import CallSource, CueEnd, CueEnded
from coach.store import schema
from coach.taxonomy import is_flag
from coach.values.judgements import Judgement, Verdict

_FLAG = ("call_id", "turn_index", "move")

_kept = schema.feedback.c
_unfair = schema.feedback.alias("unfair")
_overruled = and_(
    _kept.fair,
    exists().where(
        ~_unfair.c.fair,
        _unfair.c.undone_utc.is_(None),
        *(_unfair.c[name] == _kept[name] for name in _FLAG),
    ),
)
_VERDICTS: Select[Any] = (
    select(_kept.move, _kept.fair)
    .where(
        _kept.undone_utc.is_(None),
        ~_overruled,
        # Without an unfair that stands, confirmations change nothing, and there may be thousands of them.
        exists().where(~_unfair.c.fair, _unfair.c.undone_utc.is_(None), _unfair.c.move == _kept.move),
    )
    .order_by(_kept.said_utc, _kept.id)
)
_STAMP: Select[Any] = select(
    func.count(),
    func.coalesce(func.max(_kept.id), 0),
    func.total(_kept.said_utc),
    func.count(_kept.undone_utc),
    func.total(_kept.undone_utc),
)
_JUDGEMENTS: Select[Any] = (
    select(
        schema.feedback,
        schema.calls.c.id.label("kept_call"),
        schema.calls.c.title,
        schema.turns.c.text,
        schema.turns.c.start_s,
    )
    # A call that is marked deleted shows none of its words.
    .outerjoin(schema.calls, and_(schema.calls.c.id == _kept.call_id, schema.calls.c.deleted_utc.is_(None)))
    .outerjoin(
        schema.turns,
        and_(schema.turns.c.call_id == schema.calls.c.id, schema.turns.c.turn_index == _kept.turn_index),
    )
    .where(~_overruled)
    .order_by(_kept.said_utc, _kept.id)
)
_MOVES: Select[Any] = (
    select(schema.moves)
    .where(
        exists().where(
            _kept.call_id == schema.moves.c.call_id,
            _kept.turn_index == schema.moves.c.turn_index,
            ~_kept.fair,
        )
    )
    .order_by(schema.moves.c.position)
)

Flag = tuple[str, int]


def contest(connection: Connection, call_id: str, turn_index: int, move: str, now_utc: float) -> int:
    """Keep that a flag was unfair, and return its id; said again after it was taken back, it counts again.

    Raises ``KnownError`` ("flag-unknown") where the turn holds no such flag.
    """
    confidence = _confidence(connection, call_id, turn_index, move)
    if confidence is None or not is_flag(move):
        raise KnownError(
            "flag-unknown",
            "This turn is not flagged so among your calls. Open the call again, then try again.",
        )
    said = insert(schema.feedback).values(
        call_id=call_id, turn_index=turn_index, move=move, fair=False, confidence=confidence, said_utc=now_utc
    )
    again = {"undone_utc": None, "said_utc": now_utc}
    connection.execute(
        said.on_conflict_do_update(
            index_elements=[*_FLAG, "fair"], set_=again, where=_kept.undone_utc.is_not(None)
        )
    )
    same = (_kept.call_id == call_id, _kept.turn_index == turn_index, _kept.move == move, ~_kept.fair)
    return int(connection.execute(select(_kept.id).where(*same)).scalar_one())


def note_cue_end(connection: Connection, call_id: str, ended: CueEnded, now_utc: float) -> None:
    """Keep what the end of a cue says of its flag: called unfair, or taken up in a live call.

    It is kept once, however often the end is written, also where the agent has taken it back since. A cue in
    a recording was shown to nobody, and a cue for what is missing stands for no flag.
    """
    if ended.end not in (CueEnd.UNFAIR, CueEnd.REPAIRED):
        return
    fair = ended.end is CueEnd.REPAIRED
    cues, calls = schema.cues.c, schema.calls.c
    cue = connection.execute(
        select(cues.because, calls.source)
        .join(schema.calls, calls.id == cues.call_id)
        .where(cues.call_id == call_id, cues.id == ended.cue_id)
    ).one_or_none()
    if cue is None or (fair and cue.source != CallSource.LIVE.value):
        return
    move, turn_index = str(cue.because["move"]), int(cue.because["turn_index"])
    if not is_flag(move):
        return
    said = insert(schema.feedback).values(
        call_id=call_id,
        turn_index=turn_index,
        move=move,
        fair=fair,
        confidence=_confidence(connection, call_id, turn_index, move),
        said_utc=now_utc,
    )
    connection.execute(said.on_conflict_do_nothing(index_elements=[*_FLAG, "fair"]))


def _confidence(connection: Connection, call_id: str, turn_index: int, move: str) -> float | None:
    moves = schema.moves.c
    found: float | None = connection.execute(
        select(moves.confidence)
        .where(moves.call_id == call_id, moves.turn_index == turn_index, moves.name == move)
        .order_by(moves.position)
        .limit(1)
    ).scalar_one_or_none()
    return found


def set_undone(connection: Connection, ids: Collection[int], undone_utc: float | None) -> list[int]:
    """Take unfairs back (``undone_utc`` is when), or let them count again; the ids that changed."""
    changed = _kept.undone_utc.is_(None) if undone_utc is not None else _kept.undone_utc.is_not(None)
    mine = (_kept.id.in_(ids), ~_kept.fair)
    known = set(connection.execute(select(_kept.id).where(*mine)).scalars())
    if missing := sorted(set(ids) - known):
        raise KnownError("feedback-unknown", f"There is no feedback {missing[0]}. Choose one of the list.")
    found = connection.execute(
        update(schema.feedback).where(*mine, changed).values(undone_utc=undone_utc).returning(_kept.id)
    )
    return sorted(found.scalars())


@dataclass(frozen=True, slots=True)
class Known:
    """The verdicts that count, of moves called unfair, in the order said, as long as ``stamp`` is so."""

    stamp: tuple[float, ...]
    verdicts: tuple[Verdict, ...]


def verdicts(connection: Connection, known: Known | None) -> Known:
    """``known``, where nothing was said or taken back since: they are asked for at every turn."""
    stamp = tuple(connection.execute(_STAMP).one())
    if known is not None and known.stamp == stamp:
        return known
    return Known(stamp, tuple(Verdict(row.move, row.fair) for row in connection.execute(_VERDICTS)))


def judgements(connection: Connection) -> list[Judgement]:
    """All there are, also those taken back, in the order said."""
    moves: dict[Flag, list[Row[Any]]] = defaultdict(list)
    for move in connection.execute(_MOVES):
        moves[move.call_id, move.turn_index].append(move)
    return [_judgement(row, moves) for row in connection.execute(_JUDGEMENTS)]


def _judgement(row: Row[Any], moves: dict[Flag, list[Row[Any]]]) -> Judgement:
    verdict = Verdict(row.move, row.fair)
    undone_at = None if row.undone_utc is None else _moment(row.undone_utc)
    if row.kept_call is None:
        return Judgement(row.id, verdict, _moment(row.said_utc), row.confidence, undone_at=undone_at)
    found = moves.get((row.kept_call, row.turn_index), [])
    flag = next((move for move in found if move.name == row.move), None)
    # Said while the turn was still spoken, it was kept before the flag was.
    confidence = flag.confidence if row.confidence is None and flag is not None else row.confidence
    return Judgement(
        row.id,
        verdict,
        _moment(row.said_utc),
        confidence,
        row.kept_call,
        row.title,
        row.turn_index,
        row.start_s or 0.0,
        row.text or "",
        (0, 0) if flag is None else (flag.evidence_start, flag.evidence_end),
        tuple(dict.fromkeys(move.name for move in found)),
        undone_at,
    )


def _moment(utc: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(utc, dt.UTC)


def forget_words(connection: Connection, deleted_before_utc: float) -> None:
    """Loosen what was said from calls that go for good: only the move, the verdict and the time stay.

    What was loosened and then taken back before ``deleted_before_utc`` goes too: it is of no more use.
    """
    gone = select(schema.calls.c.id).where(schema.calls.c.deleted_utc < deleted_before_utc)
    connection.execute(delete(schema.feedback).where(_kept.call_id.in_(gone), _overruled))
    connection.execute(
        delete(schema.feedback).where(_kept.call_id.is_(None), _kept.undone_utc < deleted_before_utc)
    )
    loosened = update(schema.feedback).where(_kept.call_id.in_(gone))
    connection.execute(loosened.values(call_id=None, turn_index=None))
