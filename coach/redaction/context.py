"""What the words around a run of digits say that it is. Pure."""

from __future__ import annotations

import re

from coach.redaction import expiry
from coach.redaction.kinds import (
    ACCOUNT,
    CARD,
    EXPIRY,
    ID,
    NUMBER,
    PHONE,
    PIN,
    POSTCODE,
    REFERENCE,
    SECURITY_CODE,
)
from coach.redaction.reading import Reading
from coach.redaction.runs import Run

THING = "thing"
"""A model, a flight, a meter reading: nobody's secret."""

_SAID: dict[str, str] = {
    SECURITY_CODE: r"cv[vc]2?|security code|on the back|last (?:three|3)|(?:three|3) digits|(?:3|three|4"
    r"|four)[ -]digit code",
    EXPIRY: expiry.SAID,
    CARD: r"(?:credit |debit )?card(?: number)?|visa|mastercard|amex|american express|maestro|long number",
    ACCOUNT: r"account(?: number)?|sort code|iban|routing(?: number)?|ifsc|swift|bic|direct debit"
    r"|bank details",
    ID: r"national insurance|ni number|nino|social(?: security)?|ssn|aadhaa?r|pps(?: number|n)?|passport"
    r"|driv\w+[’']?s? licen[cs]e|licen[cs]e number|nhs|utr|tax (?:id|number|reference)|pan(?= )"
    r"|national id\w*"
    r"|identity (?:card|number)|id (?:number|card)|personal number",
    POSTCODE: r"post ?code|zip(?: code)?|eircode|postal code|(?:pin|p i n) ?code|area code",
    PIN: r"pin(?: number)?|one[- ]time (?:code|passcode|password)|1[- ]time (?:code|passcode|password)"
    r"|passcode"
    r"|(?:verification|access|confirmation|unlock) code|code (?:we|i) (?:just )?(?:texted|sent)(?: you)?"
    r"|password|passphrase|otp|code(?:[’']s| is| was)",
    PHONE: r"(?:tele)?phone|mobile|landline|cell(?:phone)?|whatsapp|fax|extension|ext|direct line"
    r"|call ?back number"
    r"|(?<!this )(?<!the )(?<!your )(?:call|ring|rang|dial|text|phone|reach)(?:ing|ed)?"
    r"|(?:best|contact|callback|home|work|evening|daytime|irish) number",
    REFERENCE: r"ref(?:erence)?|complaint|token|docket|policy|orders?|booking|ticket|case|tracking|shipment"
    r"|parcel|consignment|invoice|confirmation number|claim|policy number|customer number"
    r"|member(?:ship)? number|quote|contract",
    THING: r"(?:error|promo\w*|discount|voucher|pac|product|loyalty|coupon|fault|billing|item) code"
    r"|serial|model|part|version|flight|bus|room|error|step|option|page|meter|reading",
    NUMBER: r"read (?:it|that|this|the number|them)(?: \w+){0,2} ?back|read back|(?:repeat"
    r"|confirm) (?:that|it|them)"
    r"|(?:writ\w+|note) (?:it|that|this) down|to be sure|the number(?: is| was)?|you said|i(?: ha|[’'])ve got"
    r"|(?:so )?that[’']?s|it[’']?s|it is",
}  # fmt: skip
_PATTERNS = {
    kind: re.compile(rf"(?<!\w)(?:{words})(?:[’']s| is| was)?(?!\w)") for kind, words in _SAID.items()
}
_WINDOW = 64
_NEAR = 32
_AFTER = re.compile(r"[\s,]*(?:for|as|is|was|on)\s(?:the|your|my|a|an)\s([^.?!;]{2,32})")
_SENTENCE_END = re.compile(r"[.?!](?=\s)")
_ENDING = re.compile(
    r"\b(?:end(?:s|ed|ing)?(?: in| with)?|last (?:four|three|two|4|3|2)(?: digits)?|extension|ext)\b"
)


def kind_of(reading: Reading, run: Run) -> str | None:
    """The kind named nearest before ``run``, else right after it."""
    before = _before(reading, run)
    named = _nearest(before, skip={NUMBER})
    if named is not None:
        return named
    after = _AFTER.match(reading.low, run.end)
    return (_first(after[1]) if after else None) or _nearest(before)


def also_named(reading: Reading, run: Run) -> list[str]:
    """All kinds named before ``run``, for one that is not the nearest: "the passcode I texted is"."""
    before = _before(reading, run)[-_NEAR:]
    return [kind for kind, pattern in _PATTERNS.items() if pattern.search(before)]


def _before(reading: Reading, run: Run) -> str:
    before = reading.low[max(0, run.start - _WINDOW) : run.start]
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    # A new sentence starts anew, unless it is the run itself.
    anew = ends and re.search(r"[^\W\d]{3}", before[ends[-1] :])
    return before[ends[-1] :] if anew else before


def is_ending(reading: Reading, run: Run) -> bool:
    """Only the last digits of a longer number, or an extension: three are enough to tell it."""
    return _ENDING.search(reading.low[max(0, run.start - 40) : run.start]) is not None


def asked_for(text: str) -> str | None:
    """What a turn asks the customer for, so that the next one may hold it: the kind named last."""
    low = text.lower()
    return _nearest(low[-120:], skip={NUMBER, REFERENCE, THING})


def _nearest(text: str, skip: frozenset[str] | set[str] = frozenset()) -> str | None:
    best: tuple[int, int, str] | None = None
    for kind, pattern in _PATTERNS.items():
        if kind in skip:
            continue
        for match in pattern.finditer(text):
            found = (match.end(), match.end() - match.start(), kind)
            best = found if best is None or found[:2] > best[:2] else best
    return best[2] if best else None


def _first(text: str) -> str | None:
    found = [
        (match.start(), kind)
        for kind, pattern in _PATTERNS.items()
        if kind != NUMBER and (match := pattern.search(text))
    ]
    return min(found)[1] if found else None
