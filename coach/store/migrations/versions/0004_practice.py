"""A place for what practice leaves behind: every try, and the day each exercise comes back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"


def upgrade() -> None:
    op.create_table(
        "practice_attempts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("at_utc", sa.Float, nullable=False, index=True),
        sa.Column("exercise", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("grade", sa.Integer, nullable=False),
        sa.Column("moves", sa.JSON, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
    )
    op.create_table(
        "practice_cards",
        sa.Column("exercise", sa.Text, primary_key=True),
        sa.Column("due", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )
