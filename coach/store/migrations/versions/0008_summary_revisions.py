"""What the agent made of summaries: edits and comments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"


def upgrade() -> None:
    op.create_table(
        "summary_revisions",
        sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id", ondelete="CASCADE"), nullable=False),
        sa.Column("line_id", sa.Text, nullable=False),
        sa.Column("text", sa.Text),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("was_text", sa.Text, nullable=False),
        sa.Column("was_detail", sa.Text, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("changed_utc", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("call_id", "line_id"),
    )
