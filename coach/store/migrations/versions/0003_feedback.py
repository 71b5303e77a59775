"""A place for what the agent says of flags; it outlives the words when their call is deleted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id", ondelete="SET NULL")),
        sa.Column("turn_index", sa.Integer),
        sa.Column("move", sa.Text, nullable=False),
        sa.Column("fair", sa.Boolean, nullable=False),
        sa.Column("confidence", sa.Float),
        sa.Column("said_utc", sa.Float, nullable=False),
        sa.Column("undone_utc", sa.Float),
        sa.UniqueConstraint("call_id", "turn_index", "move", "fair"),
        sqlite_autoincrement=True,
    )
