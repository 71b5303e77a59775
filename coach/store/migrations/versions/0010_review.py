"""Where the recording of a call is, notes about flags, and corrected words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision: str | None = "0008"


def _call_id() -> sa.Column[str]:
    return sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id", ondelete="CASCADE"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "recordings",
        _call_id(),
        sa.Column("path", sa.LargeBinary, nullable=False),
        sa.Column("size_bytes", sa.Integer, nullable=False),
        sa.Column("modified_s", sa.Float, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("channel", sa.Integer),
        sa.PrimaryKeyConstraint("call_id"),
    )
    op.create_table(
        "flag_notes",
        _call_id(),
        sa.Column("turn_index", sa.Integer, nullable=False),
        sa.Column("move", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("call_id", "turn_index", "move"),
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer, primary_key=True),
        _call_id(),
        sa.Column("turn_index", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("undone_utc", sa.Float),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_corrections_call_id", "corrections", ["call_id"])
