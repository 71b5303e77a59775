"""Keys, people, files on their way out, the inbox, and what came back about shares."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision: str | None = "0010"

_FULL_TEXT = (
    "CREATE VIRTUAL TABLE share_search USING fts5("
    "words, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
    # Words of a share that is removed leave no trace in the index.
    "INSERT INTO share_search(share_search, rank) VALUES ('secure-delete', 1)",
    "CREATE TRIGGER share_words_kept AFTER INSERT ON share_words BEGIN"
    " INSERT INTO share_search(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER share_words_gone AFTER DELETE ON share_words BEGIN"
    " DELETE FROM share_search WHERE rowid = old.id; END",
)


def _create_people() -> None:
    op.create_table(
        "sharing_identity",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1", name="one_identity"), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sign", sa.LargeBinary, nullable=False),
        sa.Column("seal", sa.Text, nullable=False),
    )
    op.create_table(
        "people",
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("seal_key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("reads", sa.Boolean, nullable=False),
    )


def _create_out() -> None:
    op.create_table(
        "outgoing",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("share_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("call_id", sa.Text, sa.ForeignKey("calls.id", ondelete="CASCADE")),
        sa.Column("folder", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("hold_until_utc", sa.Float, nullable=False),
        sa.Column("sent_at", sa.Text),
        sa.Column("trouble", sa.Text, nullable=False),
        sa.Column("data", sa.LargeBinary),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outgoing_call_id", "outgoing", ["call_id"])
    op.create_table(
        "share_notes",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("person", sa.LargeBinary, nullable=False),
        sa.Column("share_id", sa.Text, nullable=False),
        sa.Column("mine", sa.Boolean, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at_s", sa.Float, nullable=False),
        sa.Column("line_id", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("acknowledged_at", sa.Text),
        sa.PrimaryKeyConstraint("person", "id"),
    )
    op.create_index("ix_share_notes_share_id", "share_notes", ["share_id"])
    op.create_table(
        "share_opened",
        sa.Column("share_id", sa.Text, nullable=False),
        sa.Column("person", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("share_id", "person"),
    )


def _create_in() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person", sa.LargeBinary, nullable=False),
        sa.Column("share_id", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("made_utc", sa.Float, nullable=False),
        sa.Column("started_at", sa.Text, nullable=False),
        sa.Column("started_utc", sa.Float, nullable=False),
        sa.Column("folder", sa.Text, nullable=False),
        sa.Column("sealed", sa.Boolean, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("opened_at", sa.Text),
        sa.Column("deleted_utc", sa.Float),
        sa.UniqueConstraint("person", "share_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "share_words",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("inbox_id", sa.Integer, sa.ForeignKey("inbox.id", ondelete="CASCADE"), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("ix_share_words_inbox_id", "share_words", ["inbox_id"])
    op.create_table(
        "share_files",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("path", sa.Text, nullable=False, unique=True),
        sa.Column("size_bytes", sa.Integer, nullable=False),
        sa.Column("modified_s", sa.Float, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("card", sa.Text, nullable=False),
        sa.Column("noted_at", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )


def upgrade() -> None:
    _create_people()
    _create_out()
    _create_in()
    for statement in _FULL_TEXT:
        op.execute(sa.text(statement))
