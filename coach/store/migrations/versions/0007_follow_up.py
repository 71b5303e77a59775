"""What became of commitments, when they were reminded of, and whom a call was about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"


def _call_id() -> sa.Column[str]:
    return sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id", ondelete="CASCADE"), nullable=False)


def upgrade() -> None:
    op.add_column("calls", sa.Column("reference", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "commitment_steps",
        sa.Column("id", sa.Integer, primary_key=True),
        _call_id(),
        sa.Column("commitment_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("at_utc", sa.Float, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("due", sa.JSON(none_as_null=True)),
        sa.Column("undone_utc", sa.Float),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_commitment_steps_call_id", "commitment_steps", ["call_id"])
    op.create_table(
        "commitment_reminders",
        _call_id(),
        sa.Column("commitment_id", sa.Text, nullable=False),
        sa.Column("told_for_utc", sa.Float),
        sa.Column("snoozed_until_utc", sa.Float),
        sa.PrimaryKeyConstraint("call_id", "commitment_id"),
    )
