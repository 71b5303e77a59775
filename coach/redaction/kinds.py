"""What may be hidden, by the words that take its place."""

from __future__ import annotations

from dataclasses import dataclass

CARD = "card number"
SECURITY_CODE = "security code"
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
    CARD, SECURITY_CODE, ACCOUNT, ID, PHONE, MAIL, POSTCODE,
    PASSWORD, PIN, ANSWER, BIRTH, NUMBER, NAME, REFERENCE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """[start, end) is to be hidden: of the reading where a rule found it, of the original once given out."""

    start: int
    end: int
    kind: str
