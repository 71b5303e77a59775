"""A place for the agent's voice profile: one row at most."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    op.create_table(
        "voice",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1", name="one_voice"), primary_key=True),
        sa.Column("enrolled_on", sa.Text, nullable=False),
        sa.Column("profile", sa.LargeBinary, nullable=False),
    )
