"""What earlier turns had to do with a move; empty for all that was kept before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    op.add_column("moves", sa.Column("context", sa.Text, nullable=False, server_default=""))
