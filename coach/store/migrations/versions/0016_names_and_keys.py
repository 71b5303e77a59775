"""Whom a call was with is found by full-text search; keys can be replaced; sound is shared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision: str | None = "0015"

_NAMED = "trim(new.reference || ' ' || new.title)"


def upgrade() -> None:
    op.execute("DROP TRIGGER titles_added")
    op.execute("DROP TRIGGER titles_changed")
    op.execute(
        "CREATE TRIGGER titles_added AFTER INSERT ON calls BEGIN"
        f" INSERT INTO search(rowid, text) VALUES (-new.number, {_NAMED}); END"
    )
    op.execute(
        "CREATE TRIGGER titles_changed AFTER UPDATE OF title, reference ON calls BEGIN"
        f" UPDATE search SET text = {_NAMED} WHERE rowid = -new.number; END"
    )
    op.execute("UPDATE calls SET reference = reference WHERE reference <> ''")
    op.create_table(
        "retired_identities",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sign", sa.LargeBinary, nullable=False),
        sa.Column("seal", sa.Text, nullable=False),
        sa.Column("retired_at", sa.Text, nullable=False),
    )
    op.add_column("people", sa.Column("retired", sa.Boolean, nullable=False, server_default="0"))
    op.create_table(
        "share_sound",
        sa.Column("inbox_id", sa.Integer, sa.ForeignKey("inbox.id", ondelete="CASCADE"), nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("clip", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("inbox_id", "turn"),
    )
