"""Numbers that prove themselves: check digits by python-stdnum, telephone numbers by phonenumbers."""

from __future__ import annotations

import re

import phonenumbers
from stdnum import iban, luhn
from stdnum.ie import pps
from stdnum.in_ import aadhaar, pan

REGIONS = ("GB", "IE", "US", "IN", "AU")
"""Where English-speaking desks are called from; a number with + is known in every country."""

_CARD = re.compile(
    r"(?:4\d{12}|4\d{15}|4\d{18}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3[068]\d{12}|6\d{15,18})"
)
_INSURANCE = re.compile(r"(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])\d{6}[A-D]")
_POSTCODE = re.compile(r"(?:GIR0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?\d[ABD-HJLNP-UW-Z]{2})")
_EIRCODE = re.compile(r"[AC-FHKNPRTV-Y](?:\d\d|6W)[0-9AC-FHKNPRTV-Y]{4}")
_SORT_CODE_AND_ACCOUNT = re.compile(r"\d{2}-\d{2}-\d{2},? \d{8}|\d{8},? \d{2}-\d{2}-\d{2}")
_SOCIAL = re.compile(r"(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}")


def is_card(digits: str) -> bool:
    """A length and a beginning that card schemes use, and the Luhn check digit."""
    return _CARD.fullmatch(digits) is not None and luhn.is_valid(digits)


def begins_with_iban(code: str) -> bool:
    """Two letters, two check digits, and a length that fits the country."""
    if not (code[:2].isalpha() and code[2:4].isdigit()):
        return False
    return any(iban.is_valid(code[:length]) for length in range(15, min(34, len(code)) + 1))


def is_phone(digits: str) -> bool:
    """A number some telephone network gives out. ``digits`` may begin with +."""
    regions: tuple[str | None, ...] = (None,) if digits.startswith("+") else REGIONS
    for region in regions:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(digits, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False


def is_national_id(code: str, written: str) -> bool:
    """Recognisable by its form alone: UK national insurance, US social security, Irish PPS, Indian PAN.

    ``code``: letters and digits without spaces; ``written``: as it stands in the text.
    """
    if _INSURANCE.fullmatch(code) or _SOCIAL.fullmatch(written):
        return True
    return bool(pps.is_valid(code) or (pan.is_valid(code) and written.isalnum()))


def is_aadhaar(digits: str) -> bool:
    """Twelve digits with the Verhoeff check digit."""
    return bool(aadhaar.is_valid(digits))


def is_postcode(code: str) -> bool:
    """The whole form of a UK postcode or an Irish Eircode, without spaces."""
    return _POSTCODE.fullmatch(code) is not None or _EIRCODE.fullmatch(code) is not None


def is_bank_pair(written: str) -> bool:
    """A UK sort code beside an account number."""
    return _SORT_CODE_AND_ACCOUNT.fullmatch(written) is not None
