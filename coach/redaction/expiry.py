"""When a card expires: month and year, which buys things together with its number. Pure."""

from __future__ import annotations

import re

from coach.redaction.kinds import CARD, EXPIRY, SECURITY_CODE, Finding

SAID = r"expir\w+(?: date)?|valid (?:until|thru|through)"
"""What is said before the month and the year."""

_LINKS = (
    r"date|month|year|is|was|are|of|on|in|at|the|your|that|this|end|card|it|says?|reads?|as|a|and|then|here"
    r"|i|think|have|got|believe|um|uh|er|erm|it[’']s|i[’']ve"
)
"""Before them, in the turn after the one that asked."""
_VALUE = r"(?P<value>(?:0?[1-9]|1[0-2]) ?/ ?(?:20)?\d\d)(?![\w/])"
_WRITTEN = re.compile(
    r"(?<!\w)(?:expir\w+|valid (?:until|thru|through|to))\b"
    rf"(?P<between>(?:[^.?!\d]|(?<= )1(?= )){{0,24}}?)(?<![\w/]){_VALUE}"
)
"""Not far behind; "that one" is read as a figure."""
_ELSE = re.compile(r"\w[’']ll\b|\b(?:will|shall|going to|gonna|by|before|so (?:i|we) can)\b")
"""Between them somebody promises: "expires, so I'll post it by 12/26" goes on with something else."""
_BEGINS = re.compile(rf"(?:(?:{_LINKS}|okay|so|yes|yep|right|thanks?|thank you)[\s,.]+)*{_VALUE}")
_THINGS = re.compile(
    r"\b(?:warrant\w+|guarantees?|offers?|quotes?|quotations?|estimates?|polic(?:y|ies)|vouchers?|coupons?|promo\w*"
    r"|discounts?|sales?|deals?|prices?|rates?|tariffs?|contracts?|agreements?|memberships?|subscriptions?|plans?"
    r"|trials?|tickets?|railcards?|passes|pass|permits?|bookings?|reservations?|holds?|insurance|cover|certificates?|mot"
    r"|points|food|milk|batch|products?|medicines?|returns?|labels?|links?|passwords?|windows?|receipts?)\b"
)
_CARD = re.compile(r"\b(?:cards?|visa|mastercard|amex|american express|maestro|debit|credit)\b")
_SENTENCE_END = re.compile(r"[.?!](?=\s)")


def dates_in(low: str, expected: str | None) -> list[Finding]:
    """``low``: what was said, in small letters; ``expected``: what the turn before left open."""
    found = [
        match
        for match in _WRITTEN.finditer(low)
        if not _ELSE.search(match["between"]) and not of_a_thing(low, match.start())
    ]
    if expected in (EXPIRY, CARD, SECURITY_CODE) and (begins := _BEGINS.match(low)):
        found.append(begins)
    return [Finding(match.start("value"), match.end("value"), EXPIRY) for match in found]


def of_a_thing(low: str, at: int) -> bool:
    """Whether what expires there is a warranty, an offer or the like, and no card is spoken of."""
    ends = [match.end() for match in _SENTENCE_END.finditer(low[:at])]
    before = low[ends[-1] if ends else 0 : at]
    return _THINGS.search(before) is not None and _CARD.search(before) is None
