"""What may be hidden, by the words that take its place."""

from __future__ import annotations

from dataclasses import dataclass

CARD = "card number"
SECURITY_CODE = "security code"
EXPIRY = "expiry date"
ACCOUNT = "account number"
ID = "ID number"
PHONE = "phone number"
MAIL = "e-mail"
POSTCODE = "postcode"
PASSWORD = "password"
PIN = "PIN"
ANSWER = "security answer"
BIRTH = "date of birth"
NUMBER = "number"
NAME = "name"
REFERENCE = "reference"

KINDS = (
    CARD, SECURITY_CODE, EXPIRY, ACCOUNT, ID, PHONE, MAIL, POSTCODE,
    PASSWORD, PIN, ANSWER, BIRTH, NUMBER, NAME, REFERENCE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Open:
    """What a turn leaves open for the next one: a number it ends with, or what it asks for.

    ``digits`` are those it ends with and ``start`` where they begin. ``hidden``: they are, or it asked.
    """

    kind: str
    digits: str = ""
    start: int = 0
    hidden: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """[start, end) is to be hidden: of the reading while searching, later of the original."""

    start: int
    end: int
    kind: str
