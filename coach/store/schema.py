"""The tables of the store, as SQLAlchemy Core.

Words are kept as JSON in their turn: they are written once with it, read only with
it, and never asked for on their own, so a turn stays one row and one durable write.
Cue ends and found moves refer to the call and not to the cue or the turn, because a
call's events may arrive in any order; a row of ``moves_found`` without rows in
``moves`` is a turn that was looked at and held no move.

Full-text search (``search``, an FTS5 table made by the first migration) holds one row
per turn under the turn's ``id`` and one per call, its title and whom it was with, under
minus the call's ``number``; triggers keep it in step.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

REVISION = "0019"
"""The newest migration: what this version writes and reads."""

metadata = MetaData()


def _call_id() -> Column[str]:
    return Column("call_id", Text, ForeignKey("calls.id", ondelete="CASCADE"), nullable=False)


calls = Table(
    "calls",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("started_at", Text, nullable=False),  # ISO 8601 as given, with its offset
    Column("started_utc", Float, nullable=False, index=True),  # seconds since 1970, for order
    Column("source", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("duration_s", Float, nullable=False, default=0.0),
    Column("call_flags", JSON, nullable=False, default=list),
    Column("finished", Boolean, nullable=False, default=False),
    Column("deleted_utc", Float),
    Column("brought_back_utc", Float),  # after it had been deleted
    Column("writer", Text),  # which running store began it (running.py)
    Column("reference", Text, nullable=False, server_default=""),  # whom or what it was about
)

turns = Table(
    "turns",
    metadata,
    Column("id", Integer, primary_key=True),
    _call_id(),
    Column("turn_index", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("start_s", Float, nullable=False),
    Column("end_s", Float, nullable=False),
    Column("speaker", Text, nullable=False),
    Column("words", JSON, nullable=False),  # [[text, start_s, end_s, probability], ...]
    Column("language", Text, nullable=False, server_default=""),  # where it is one that is not judged
    UniqueConstraint("call_id", "turn_index"),
)

moves_found = Table(
    "moves_found",
    metadata,
    _call_id(),
    Column("turn_index", Integer, nullable=False),
    PrimaryKeyConstraint("call_id", "turn_index"),
)

moves = Table(
    "moves",
    metadata,
    Column("call_id", Text, nullable=False),
    Column("turn_index", Integer, nullable=False),
    Column("position", Integer, nullable=False),  # most confident first
    Column("name", Text, nullable=False, index=True),
    Column("confidence", Float, nullable=False),
    Column("evidence_start", Integer, nullable=False),
    Column("evidence_end", Integer, nullable=False),
    Column("context", Text, nullable=False, server_default=""),  # what earlier turns had to do with it
    PrimaryKeyConstraint("call_id", "turn_index", "position"),
    ForeignKeyConstraint(
        ["call_id", "turn_index"], ["moves_found.call_id", "moves_found.turn_index"], ondelete="CASCADE"
    ),
)

cues = Table(
    "cues",
    metadata,
    _call_id(),
    Column("id", Text, nullable=False),
    Column("at_s", Float, nullable=False),
    Column("move", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("say", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("because", JSON, nullable=False),
    Column("alternatives", JSON, nullable=False),
    PrimaryKeyConstraint("call_id", "id"),
)

cue_ends = Table(
    "cue_ends",
    metadata,
    _call_id(),
    Column("cue_id", Text, nullable=False),
    Column("at_s", Float, nullable=False),
    Column("end", Text, nullable=False),
    Column("by_move", Text),
    Column("turn_index", Integer),
    PrimaryKeyConstraint("call_id", "cue_id"),
)

commitments = Table(
    "commitments",
    metadata,
    _call_id(),
    Column("id", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("due_text", Text),
    Column("due", JSON(none_as_null=True)),  # null, ISO date, ISO date-time, or [from, to]
    Column("conditional", Boolean, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("turn_index", Integer, nullable=False),
    Column("start_s", Float, nullable=False),
    Column("end_s", Float, nullable=False),
    Column("answer", Text, nullable=False, server_default="open"),
    PrimaryKeyConstraint("call_id", "id"),
)

gaps = Table(
    "gaps",
    metadata,
    _call_id(),
    Column("start_s", Float, nullable=False),
    Column("end_s", Float, nullable=False),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("call_id", "start_s", "reason"),
)

summaries = Table(
    "summaries",
    metadata,
    Column("call_id", Text, ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("flags_raised", Integer, nullable=False),
    Column("flags_repaired", Integer, nullable=False),
    Column("summary", JSON, nullable=False),
)

voice = Table(
    "voice",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="one_voice"), primary_key=True),
    Column("enrolled_on", Text, nullable=False),  # ISO date
    Column("profile", LargeBinary, nullable=False),  # as coach.voice.profile writes it
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),  # never used twice: people name it
    Column("call_id", Text, ForeignKey("calls.id", ondelete="SET NULL")),  # null once the call is gone
    Column("turn_index", Integer),
    Column("move", Text, nullable=False),
    Column("fair", Boolean, nullable=False),
    Column("confidence", Float),  # as the detector gave it
    Column("said_utc", Float, nullable=False),  # seconds since 1970
    Column("undone_utc", Float),  # taken back then
    UniqueConstraint("call_id", "turn_index", "move", "fair"),
    sqlite_autoincrement=True,
)

practice_attempts = Table(
    "practice_attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),  # ISO 8601 as given, with its offset
    Column("at_utc", Float, nullable=False, index=True),  # seconds since 1970, for order
    Column("exercise", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("grade", Integer, nullable=False),  # 1 again, 2 hard, 3 good, 4 easy
    Column("moves", JSON, nullable=False),
    Column("answer", Text, nullable=False),  # empty unless it is to be kept
)

practice_cards = Table(
    "practice_cards",
    metadata,
    Column("exercise", Text, primary_key=True),
    Column("due", Text, nullable=False),  # ISO 8601
    Column("data", Text, nullable=False),  # as the scheduler writes it
)

commitment_steps = Table(
    "commitment_steps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call_id", Text, ForeignKey("calls.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("commitment_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),  # ISO 8601 as given, with its offset
    Column("at_utc", Float, nullable=False),  # seconds since 1970, for order
    Column("action", Text, nullable=False),
    Column("due", JSON(none_as_null=True)),  # as in commitments
    Column("undone_utc", Float),  # taken back then
    sqlite_autoincrement=True,
)

commitment_reminders = Table(
    "commitment_reminders",
    metadata,
    _call_id(),
    Column("commitment_id", Text, nullable=False),
    Column("told_for_utc", Float),  # the moment the last reminder was for
    Column("snoozed_until_utc", Float),
    PrimaryKeyConstraint("call_id", "commitment_id"),
)

summary_revisions = Table(
    "summary_revisions",
    metadata,
    _call_id(),
    Column("line_id", Text, nullable=False),  # empty: the whole call
    Column("text", Text),  # null: as it was written
    Column("detail", Text, nullable=False),
    Column("was_text", Text, nullable=False),
    Column("was_detail", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("changed_utc", Float, nullable=False),  # seconds since 1970
    PrimaryKeyConstraint("call_id", "line_id"),
)

recordings = Table(
    "recordings",
    metadata,
    _call_id(),
    Column("path", LargeBinary, nullable=False),  # as the system has it: it need not be text
    Column("size_bytes", Integer, nullable=False),
    Column("modified_s", Float, nullable=False),  # the file's own time, seconds since 1970
    Column("sha256", Text, nullable=False),  # empty where it is not known
    Column("channel", Integer),  # the agent's, from 0
    PrimaryKeyConstraint("call_id"),
)

flag_notes = Table(
    "flag_notes",
    metadata,
    _call_id(),
    Column("turn_index", Integer, nullable=False),
    Column("move", Text, nullable=False),
    Column("text", Text, nullable=False),  # for nobody but the agent
    PrimaryKeyConstraint("call_id", "turn_index", "move"),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call_id", Text, ForeignKey("calls.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("turn_index", Integer, nullable=False),
    Column("at", Text, nullable=False),  # ISO 8601 as given, with its offset
    Column("before", JSON, nullable=False),  # the turn as it was, with all that was made of it
    Column("said", Text, nullable=False),
    Column("undone_utc", Float),  # put back then
    sqlite_autoincrement=True,
)

batch_voices = Table(
    "batch_voices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("profile", LargeBinary, nullable=False),  # as coach.voice makes it
    sqlite_autoincrement=True,
)

batch_items = Table(
    "batch_items",
    metadata,
    Column("id", Integer, primary_key=True),  # in the order they were added
    Column("path", LargeBinary, nullable=False),  # as the system has it: it need not be text
    Column("channel", Integer),  # the agent's, from 0
    Column("find", Boolean, nullable=False),
    Column("everyone", Boolean, nullable=False, server_default="0"),
    Column("voice_id", Integer, ForeignKey("batch_voices.id", ondelete="SET NULL")),
    Column("state", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("call_id", Text, nullable=False),  # empty where there is none; the call may be gone
    Column("duration_s", Float, nullable=False),
    Column("flags", Integer, nullable=False),
    Column("repaired", Integer, nullable=False),
    Column("taken", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("again", Boolean, nullable=False),
    Column("tries", Integer, nullable=False),
    sqlite_autoincrement=True,
)

reviewed_recordings = Table(
    "reviewed_recordings",
    metadata,
    Column("digest", Text, primary_key=True),  # SHA-256 of what is in it; no name is written down
    Column("call_id", Text, nullable=False),  # noted before the call begins, so it may never have begun
    Column("finished", Boolean, nullable=False),
)

PARTS = (turns, moves_found, cues, cue_ends, commitments, gaps)
"""Tables that hold what a running call appends; ``moves`` goes with ``moves_found``."""
