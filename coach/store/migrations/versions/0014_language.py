"""The language of a turn that is not judged; empty for all that was kept before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision: str | None = "0013"


def upgrade() -> None:
    op.add_column("turns", sa.Column("language", sa.Text, nullable=False, server_default=""))
