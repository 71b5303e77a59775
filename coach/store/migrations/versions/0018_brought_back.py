"""When a deleted call was brought back: its days are counted from there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision: str | None = "0017"


def upgrade() -> None:
    op.add_column("calls", sa.Column("brought_back_utc", sa.Float))
