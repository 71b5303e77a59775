"""The tables of the store for sharing: keys, people, what goes out, what came in.

Full-text search over what was shared (``share_search``, an FTS5 table made by its migration) holds one row
per line of ``share_words``, under its ``id``; triggers keep it in step.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from coach.store.schema import metadata

sharing_identity = Table(
    "sharing_identity",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="one_identity"), primary_key=True),
    Column("name", Text, nullable=False),
    Column("sign", LargeBinary, nullable=False),  # the secret signing key
    Column("seal", Text, nullable=False),  # the secret age identity
)

retired_identities = Table(
    "retired_identities",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sign", LargeBinary, nullable=False),
    Column("seal", Text, nullable=False),
    Column("retired_at", Text, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("seal_key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("reads", Boolean, nullable=False),
    Column("retired", Boolean, nullable=False, server_default="0"),  # they no longer use this key
)

outgoing = Table(
    "outgoing",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("share_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("call_id", Text, ForeignKey("calls.id", ondelete="CASCADE"), index=True),
    Column("folder", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("made_at", Text, nullable=False),  # ISO 8601 with its offset, as all moments here
    Column("hold_until_utc", Float, nullable=False),
    Column("sent_at", Text),  # null while it waits
    Column("trouble", Text, nullable=False),
    Column("data", LargeBinary),  # null once it is there
    sqlite_autoincrement=True,
)

share_notes = Table(
    "share_notes",
    metadata,
    Column("id", Text, nullable=False),
    Column("person", LargeBinary, nullable=False),  # who wrote it; of one's own, whom it is for
    Column("share_id", Text, nullable=False, index=True),
    Column("mine", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("at_s", Float, nullable=False),
    Column("line_id", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("acknowledged_at", Text),
    PrimaryKeyConstraint("person", "id"),
)

share_opened = Table(
    "share_opened",
    metadata,
    Column("share_id", Text, nullable=False),
    Column("person", LargeBinary, nullable=False),
    Column("at", Text, nullable=False),
    PrimaryKeyConstraint("share_id", "person"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", LargeBinary, nullable=False),
    Column("share_id", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("made_utc", Float, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("started_utc", Float, nullable=False),
    Column("folder", Text, nullable=False),
    Column("sealed", Boolean, nullable=False),
    Column("body", JSON, nullable=False),
    Column("opened_at", Text),
    Column("deleted_utc", Float),
    Column("draft", JSON),  # a note that is written and not sent
    UniqueConstraint("person", "share_id"),
    sqlite_autoincrement=True,
)

share_words = Table(
    "share_words",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("inbox_id", Integer, ForeignKey("inbox.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("words", Text, nullable=False),
)

share_sound = Table(
    "share_sound",
    metadata,
    Column("inbox_id", Integer, ForeignKey("inbox.id", ondelete="CASCADE"), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("clip", LargeBinary, nullable=False),  # Ogg Opus
    PrimaryKeyConstraint("inbox_id", "turn"),
)

share_files = Table(
    "share_files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", Text, nullable=False, unique=True),
    Column("size_bytes", Integer, nullable=False),
    Column("modified_s", Float, nullable=False),
    Column("code", Text, nullable=False),  # empty: taken in
    Column("message", Text, nullable=False),
    Column("card", Text, nullable=False),
    Column("noted_at", Text, nullable=False),
    sqlite_autoincrement=True,
)
