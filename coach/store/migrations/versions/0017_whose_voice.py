"""That every voice of a recording is the agent's is kept as said, and what was reviewed before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision: str | None = "0016"


def upgrade() -> None:
    op.add_column("batch_items", sa.Column("everyone", sa.Boolean, nullable=False, server_default="0"))
    op.create_table(
        "reviewed_recordings",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("call_id", sa.Text, nullable=False),
        sa.Column("finished", sa.Boolean, nullable=False),
    )
