"""A shared file: signed bytes, sealed or not, and the checks it must pass before anything in it is believed.

The form is published: docs/schema/share-1.json. The signature is over the very bytes that travel, so no
second way of writing the same JSON can slip past it.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach.errors import KnownError
from coach.sharing.identity import KEY_BYTES, Identity, Person, is_signed_by, seal

FORMAT = "sameside/share"
VERSION = 1
MOST_BYTES = 4 * 1024 * 1024
"""A summary takes some kilobytes; more than this is not read at all."""
_DOMAIN = b"sameside share 1\n"
"""Signed with the message, so that a signature made for anything else fits nowhere here."""
_AGE = b"age-encryption.org/"

Kind = Literal["summary", "note", "receipt", "retired"]


class _Envelope(BaseModel):
    """The outer form. Unknown members are ignored, as a later minor form may add some."""

    model_config = ConfigDict(strict=True)

    format: str
    version: int = Field(ge=1)
    message: str
    key: str
    signature: str


class _Message(BaseModel):
    model_config = ConfigDict(strict=True)

    kind: Kind
    id: str = Field(min_length=1, max_length=80, pattern=r"^[0-9A-Za-z-]+$")
    made_at: str = Field(max_length=40)
    name: str = Field(max_length=200)
    seal_key: str = Field(max_length=200)
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shared:
    """What a file says, once its signature holds. ``sender`` is whoever has that key; the name is a claim."""

    kind: Kind
    id: str
    made_at: str
    sender: Person
    body: dict[str, Any]
    sealed: bool


def pack(sender: Identity, kind: Kind, id_: str, made_at: str, body: dict[str, Any]) -> bytes:
    """The signed file, in UTF-8 JSON."""
    public = sender.public
    said = {
        "kind": kind,
        "id": id_,
        "made_at": made_at,
        "name": public.name,
        "seal_key": public.seal_key,
        "body": body,
    }
    message = json.dumps(said, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    outer = {
        "format": FORMAT,
        "version": VERSION,
        "message": base64.b64encode(message).decode(),
        "key": base64.b64encode(public.sign_key).decode(),
        "signature": base64.b64encode(sender.sign(_DOMAIN + message)).decode(),
    }
    return json.dumps(outer, indent=1).encode()


def pack_sealed(
    sender: Identity, readers: list[Person], kind: Kind, id_: str, made_at: str, body: dict[str, Any]
) -> bytes:
    """The same, so that only ``readers`` and the sender can open it."""
    return seal(pack(sender, kind, id_, made_at, body), [*readers, sender.public])


def unpack(data: bytes, reader: Identity | None) -> Shared:
    """Raises ``KnownError``: share-too-large, -unreadable, -newer, -altered, -not-for-you.

    Nothing of a file is looked at before its signature holds, except its outer form.
    """
    if len(data) > MOST_BYTES:
        raise KnownError("share-too-large", "This file is larger than any shared summary. It was not read.")
    sealed = data.startswith(_AGE)
    if sealed:
        if reader is None:
            raise KnownError(
                "share-not-for-you", "This file is sealed, and you have no key yet. Make one in the settings."
            )
        data = reader.unseal(data)
    outer = _outer(data)
    message, key, signature = (_bytes(one) for one in (outer.message, outer.key, outer.signature))
    if len(key) != KEY_BYTES or not is_signed_by(key, _DOMAIN + message, signature):
        raise KnownError(
            "share-altered",
            "The signature does not fit this file: it was altered, or is not from who it says. "
            "Ask for it again.",
        )
    try:
        said = _Message.model_validate(json.loads(message, parse_constant=_no_constant))
    except (ValidationError, ValueError, RecursionError) as error:
        raise _unreadable() from error
    try:
        sender = Person.checked(said.name, key, said.seal_key)
    except ValueError as error:
        raise _unreadable() from error
    return Shared(said.kind, said.id, said.made_at, sender, said.body, sealed)


def _outer(data: bytes) -> _Envelope:
    try:
        found = json.loads(data, parse_constant=_no_constant)
        version = found.get("version") if isinstance(found, dict) else None
        if isinstance(version, int) and version > VERSION and found.get("format") == FORMAT:
            raise KnownError(
                "share-newer", "This file comes from a newer Sameside. Update Sameside, then open it again."
            )
        outer = _Envelope.model_validate(found)
    except (ValidationError, ValueError, RecursionError) as error:
        raise _unreadable() from error
    if outer.format != FORMAT:
        raise _unreadable()
    return outer


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise _unreadable() from error


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _unreadable() -> KnownError:
    return KnownError(
        "share-unreadable", "This is not a file that Sameside shared, or it was cut off on the way."
    )
