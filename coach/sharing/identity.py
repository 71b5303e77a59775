"""Who shares and who reads: a key to sign with (Ed25519, RFC 8032) and one to be sealed to (age, X25519)."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from mnemonic import Mnemonic

from coach.errors import KnownError

KEY_BYTES = 32
MOST_NAME = 80
_PREFIX = "sameside1"
_GROUPS = 8
_GROUP_DIGITS = 5
_WORD_BYTES = 16


@dataclass(frozen=True, slots=True)
class Person:
    """The public half: ``sign_key`` of 32 bytes, ``seal_key`` an age recipient; the name is a claim."""

    name: str
    sign_key: bytes
    seal_key: str

    @property
    def fingerprint(self) -> str:
        """Eight groups of five digits over both keys, to be compared aloud; the name is no part of it."""
        digest = hashlib.sha256(self.sign_key + self.seal_key.encode()).digest()
        groups = (
            int.from_bytes(digest[at * 4 : at * 4 + 4], "big") % 10**_GROUP_DIGITS for at in range(_GROUPS)
        )
        return " ".join(f"{group:0{_GROUP_DIGITS}d}" for group in groups)

    @property
    def words(self) -> str:
        """Twelve English words over both keys, told apart by their first four letters: easier to say."""
        digest = hashlib.sha256(self.sign_key + self.seal_key.encode()).digest()
        return Mnemonic("english").to_mnemonic(digest[:_WORD_BYTES])

    def card(self) -> str:
        """What is given to others, in one line: "sameside1:key:recipient:name"."""
        key = base64.urlsafe_b64encode(self.sign_key).decode().rstrip("=")
        return f"{_PREFIX}:{key}:{self.seal_key}:{self.name}"

    @classmethod
    def from_card(cls, card: str) -> Person:
        """Raises ``KnownError("key-unreadable")`` where ``card`` is not one, whole and unaltered in form."""
        try:
            prefix, key, seal_key, name = card.strip().split(":", 3)
            if prefix != _PREFIX:
                raise ValueError(prefix)
            return cls.checked(name, base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)), seal_key)
        except ValueError as error:
            raise KnownError(
                "key-unreadable",
                "That is not a Sameside key. Copy the whole line, from sameside1 to the name.",
            ) from error

    @classmethod
    def checked(cls, name: str, sign_key: bytes, seal_key: str) -> Person:
        """Raises ValueError where one of the keys is none."""
        Ed25519PublicKey.from_public_bytes(sign_key)
        try:
            pyrage.x25519.Recipient.from_str(seal_key)
        except pyrage.RecipientError as error:
            raise ValueError(seal_key) from error
        return cls(plain_name(name), sign_key, seal_key)


@dataclass(frozen=True, slots=True)
class Identity:
    """Both secret keys of one person; kept in the encrypted store and never exported."""

    name: str
    _sign: bytes = field(repr=False)
    _seal: str = field(repr=False)

    @classmethod
    def new(cls, name: str) -> Identity:
        return cls(
            plain_name(name),
            Ed25519PrivateKey.generate().private_bytes_raw(),
            str(pyrage.x25519.Identity.generate()),
        )

    @property
    def public(self) -> Person:
        sign_key = Ed25519PrivateKey.from_private_bytes(self._sign).public_key().public_bytes_raw()
        return Person(self.name, sign_key, str(pyrage.x25519.Identity.from_str(self._seal).to_public()))

    @property
    def secrets(self) -> tuple[bytes, str]:
        """What the store keeps: the signing key, 32 bytes, and the age identity."""
        return self._sign, self._seal

    def sign(self, message: bytes) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self._sign).sign(message)

    def unseal(self, sealed: bytes) -> bytes:
        """Raises ``KnownError``: "share-not-for-you", "share-altered"."""
        try:
            plain: bytes = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(self._seal)])
        except pyrage.DecryptError as error:
            if "no matching keys" in str(error).lower():
                raise KnownError(
                    "share-not-for-you",
                    "This file was sealed to somebody else's key. Ask its sender to share it with yours.",
                ) from error
            raise KnownError(
                "share-altered", "This file cannot be opened: it was altered or cut off. Ask for it again."
            ) from error
        return plain


def is_signed_by(sign_key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(sign_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def seal(message: bytes, readers: list[Person]) -> bytes:
    """``message`` as an age file that only ``readers`` can open (age-encryption.org/v1)."""
    recipients = [pyrage.x25519.Recipient.from_str(reader.seal_key) for reader in readers]
    sealed: bytes = pyrage.encrypt(message, recipients)
    return sealed


def plain_name(name: str) -> str:
    """A name as it may be shown: one line without control or direction marks, ``MOST_NAME`` characters."""
    shown = "".join(char for char in name if char.isprintable())
    return " ".join(shown.split())[:MOST_NAME]
