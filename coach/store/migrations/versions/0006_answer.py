"""Whether the agent confirmed or dropped a promise; open for all that was kept before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    op.add_column("commitments", sa.Column("answer", sa.Text, nullable=False, server_default="open"))
