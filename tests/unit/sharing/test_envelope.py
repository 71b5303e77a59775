"""Shared files: what was signed comes back the same, and nothing else is believed."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import KnownError
from coach.sharing.envelope import MOST_BYTES, pack, pack_sealed, unpack
from coach.sharing.identity import Identity, Person, plain_name

AGENT, READER, STRANGER = (Identity.new(name) for name in ("Ann Agent", "Sue Supervisor", "Eve"))
AT = "2026-11-27T10:00:00+00:00"
BODY = {"headline": "Late parcel", "lines": [{"t": 3.5, "text": "I'm sorry — it was ours."}]}


def code(data: bytes, reader: Identity | None = None) -> str:
    with pytest.raises(KnownError) as raised:
        unpack(data, reader)
    return raised.value.code


@pytest.mark.parametrize("sealed", [False, True])
def test_what_was_shared_comes_back(sealed: bool) -> None:
    """Kind, id, time, sender and body are what the sender packed, sealed or not."""
    if sealed:
        data = pack_sealed(AGENT, [READER.public], "summary", "call-1", AT, BODY)
        assert b"parcel" not in data
    else:
        data = pack(AGENT, "summary", "call-1", AT, BODY)
    found = unpack(data, READER)
    assert (found.kind, found.id, found.made_at, found.body) == ("summary", "call-1", AT, BODY)
    assert (found.sender, found.sealed) == (AGENT.public, sealed)


def test_the_sender_can_open_what_was_sealed_and_a_stranger_cannot() -> None:
    """Sealed to the reader and the sender; with another key, or none, it says so."""
    data = pack_sealed(AGENT, [READER.public], "summary", "call-1", AT, BODY)
    assert unpack(data, AGENT).body == BODY
    assert code(data, STRANGER) == "share-not-for-you"
    assert code(data) == "share-not-for-you"


def test_another_key_cannot_sign_for_the_sender() -> None:
    """A forged file names its forger's key, or its signature does not hold."""
    outer = json.loads(pack(STRANGER, "summary", "call-1", AT, BODY))
    outer["key"] = base64.b64encode(AGENT.public.sign_key).decode()
    assert code(json.dumps(outer).encode()) == "share-altered"


@settings(max_examples=60)
@given(st.data())
def test_no_altered_byte_goes_unnoticed(data: st.DataObject) -> None:
    """Whatever single byte of a signed file is changed, it is refused, or says exactly what was signed."""
    packed = bytearray(pack(AGENT, "summary", "call-1", AT, BODY))
    at = data.draw(st.integers(0, len(packed) - 1))
    packed[at] ^= data.draw(st.integers(1, 255))
    refused, found = "", None
    try:
        found = unpack(bytes(packed), None)
    except KnownError as error:
        refused = error.code
    if found is None:
        assert refused in {"share-altered", "share-unreadable", "share-newer"}
    else:
        assert (found.body, found.sender) == (BODY, AGENT.public)


@given(st.integers(0, 2000))
def test_a_cut_file_is_refused(length: int) -> None:
    """Wherever the copy broke off, sealed or not, there is a clear error."""
    for packed in (
        pack(AGENT, "note", "n-1", AT, BODY),
        pack_sealed(AGENT, [READER.public], "note", "n-1", AT, BODY),
    ):
        cut = packed[: min(length, len(packed) - 1)]
        assert code(cut, READER) in {"share-altered", "share-unreadable"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "share-unreadable"),
        (b"\xff\xfe\x00", "share-unreadable"),
        (b"[" * 100_000, "share-unreadable"),
        (b'{"version": NaN}', "share-unreadable"),
        (b"<html>" + b"<b>" * 1000, "share-unreadable"),
        (b'{"format": "sameside/share", "version": 2}', "share-newer"),
        (b"x" * (MOST_BYTES + 1), "share-too-large"),
        (b"age-encryption.org/v1\nrubbish", "share-altered"),
    ],
    ids=["empty", "binary", "deep", "nan", "markup", "newer", "huge", "broken-seal"],
)
def test_what_is_no_share_is_refused(data: bytes, expected: str) -> None:
    """Anything else is told by its kind, and nothing of it is looked at further."""
    assert code(data, READER) == expected


def test_a_card_carries_both_keys_and_the_name() -> None:
    """A card that was copied with its line ends gives the same person and fingerprint."""
    card = READER.public.card()
    assert Person.from_card(f"  {card}\n") == READER.public
    assert len(READER.public.fingerprint.split()) == 8
    assert READER.public.fingerprint != AGENT.public.fingerprint


@given(st.text(max_size=200))
def test_any_other_text_is_no_card(text: str) -> None:
    """Text that is not a card is refused with a sentence that says what to do."""
    with pytest.raises(KnownError) as raised:
        Person.from_card(text)
    assert raised.value.code == "key-unreadable"


def test_a_name_cannot_dress_up() -> None:
    """Line breaks, control and direction marks of a foreign name are not shown."""
    assert plain_name("Sue\n\u202eevE\x00  Smith") == "SueevE Smith"


def test_secrets_are_not_in_the_repr() -> None:
    """A log that holds an identity by accident holds no key."""
    sign, seal = AGENT.secrets
    assert seal not in repr(AGENT)
    assert sign.hex() not in repr(AGENT)
    assert repr(sign) not in repr(AGENT)
