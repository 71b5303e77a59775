"""A note that is written and not sent is kept beside the summary it is about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision: str | None = "0018"


def upgrade() -> None:
    op.add_column("inbox", sa.Column("draft", sa.JSON))
