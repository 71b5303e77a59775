"""The first schema: calls with what was heard in them, their summaries, and full-text search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None

_FULL_TEXT = (
    "CREATE VIRTUAL TABLE search USING fts5("
    "text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
    # Words of a purged call leave no trace in the index.
    "INSERT INTO search(search, rank) VALUES ('secure-delete', 1)",
    "CREATE TRIGGER turns_added AFTER INSERT ON turns BEGIN"
    " INSERT INTO search(rowid, text) VALUES (new.id, new.text); END",
    "CREATE TRIGGER turns_changed AFTER UPDATE OF text ON turns BEGIN"
    " UPDATE search SET text = new.text WHERE rowid = new.id; END",
    "CREATE TRIGGER turns_removed AFTER DELETE ON turns BEGIN DELETE FROM search WHERE rowid = old.id; END",
    "CREATE TRIGGER titles_added AFTER INSERT ON calls BEGIN"
    " INSERT INTO search(rowid, text) VALUES (-new.number, new.title); END",
    "CREATE TRIGGER titles_changed AFTER UPDATE OF title ON calls BEGIN"
    " UPDATE search SET text = new.title WHERE rowid = -new.number; END",
    "CREATE TRIGGER titles_removed AFTER DELETE ON calls BEGIN"
    " DELETE FROM search WHERE rowid = -old.number; END",
)


def _create_calls() -> None:
    op.create_table(
        "calls",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("started_at", sa.Text, nullable=False),
        sa.Column("started_utc", sa.Float, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("duration_s", sa.Float, nullable=False),
        sa.Column("call_flags", sa.JSON, nullable=False),
        sa.Column("finished", sa.Boolean, nullable=False),
        sa.Column("deleted_utc", sa.Float),
        sa.Column("writer", sa.Text),
    )
    op.create_index("ix_calls_started_utc", "calls", ["started_utc"])
    op.create_table(
        "summaries",
        sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("flags_raised", sa.Integer, nullable=False),
        sa.Column("flags_repaired", sa.Integer, nullable=False),
        sa.Column("summary", sa.JSON, nullable=False),
    )


def _create_parts() -> None:
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id", ondelete="CASCADE"), nullable=False),
        sa.Column("turn_index", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("start_s", sa.Float, nullable=False),
        sa.Column("end_s", sa.Float, nullable=False),
        sa.Column("speaker", sa.Text, nullable=False),
        sa.Column("words", sa.JSON, nullable=False),
        sa.UniqueConstraint("call_id", "turn_index"),
    )
    op.create_table(
        "moves_found",
        sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id", ondelete="CASCADE"), nullable=False),
        sa.Column("turn_index", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("call_id", "turn_index"),
    )
    op.create_table(
        "moves",
        sa.Column("call_id", sa.Text, nullable=False),
        sa.Column("turn_index", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("evidence_start", sa.Integer, nullable=False),
        sa.Column("evidence_end", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("call_id", "turn_index", "position"),
        sa.ForeignKeyConstraint(
            ["call_id", "turn_index"], ["moves_found.call_id", "moves_found.turn_index"], ondelete="CASCADE"
        ),
    )
    op.create_index("ix_moves_name", "moves", ["name"])


def _create_coaching() -> None:
    op.create_table(
        "cues",
        sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id", ondelete="CASCADE"), nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("at_s", sa.Float, nullable=False),
        sa.Column("move", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("say", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("because", sa.JSON, nullable=False),
        sa.Column("alternatives", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("call_id", "id"),
    )
    op.create_table(
        "cue_ends",
        sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id", ondelete="CASCADE"), nullable=False),
        sa.Column("cue_id", sa.Text, nullable=False),
        sa.Column("at_s", sa.Float, nullable=False),
        sa.Column("end", sa.Text, nullable=False),
        sa.Column("by_move", sa.Text),
        sa.Column("turn_index", sa.Integer),
        sa.PrimaryKeyConstraint("call_id", "cue_id"),
    )
    op.create_table(
        "commitments",
        sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id", ondelete="CASCADE"), nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("due_text", sa.Text),
        sa.Column("due", sa.JSON),
        sa.Column("conditional", sa.Boolean, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("turn_index", sa.Integer, nullable=False),
        sa.Column("start_s", sa.Float, nullable=False),
        sa.Column("end_s", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("call_id", "id"),
    )
    op.create_table(
        "gaps",
        sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id", ondelete="CASCADE"), nullable=False),
        sa.Column("start_s", sa.Float, nullable=False),
        sa.Column("end_s", sa.Float, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("call_id", "start_s", "reason"),
    )


def upgrade() -> None:
    _create_calls()
    _create_parts()
    _create_coaching()
    for statement in _FULL_TEXT:
        op.execute(sa.text(statement))
