"""Names of people, from titles, introductions and the way people are addressed. Off unless asked for. Pure.

A recogniser writes a name with a capital letter; whether it is one is told by the words around it, for a
list of names would miss most of the world's.
"""

from __future__ import annotations

import re

from coach.redaction.kinds import NAME, Finding
from coach.redaction.reading import Reading

_NAME = r"[A-Z][\w]*(?:['’-][A-Z]?\w+)?"
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Professor|Prof|Sir|Madam)"
_TITLED = re.compile(rf"(?<!\w){_TITLE}\.?(?:\s{_NAME}){{1,2}}")
_LEADS = (
    r"(?:[Mm]y name is|[Nn]ame[’']?s|[Tt]his is|[Ss]peaking (?:with|to)|[Ss]poke (?:with|to)|[Ii]s that"
    r"|[Aa]sk for|[Tt]hanks"
    r"|[Tt]hank you|[Hh]ello|[Hh]i|[Dd]ear|[Gg]ood (?:morning|afternoon|evening)|[Cc]olleague|[Mm]anager"
    r"|[Ss]o|[Ss]orry"
    r"|I understand|called)"
)
_LED = re.compile(rf"(?<!\w){_LEADS},?\s(?P<name>{_NAME}(?:\s{_NAME})?)(?!\w)")
_ADDRESSED = re.compile(rf",\s(?P<name>{_NAME}(?:\s{_NAME})?)(?=[,.?!])")
_NO_NAMES = set(
    "I I'm I'll I've I'd I’m I’ll I’ve I’d Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    " January February"
    " March April May June July August September October November December English Christmas Easter Visa"
    " Mastercard"
    " American Windows Google Apple Samsung Amazon The A An It It's That That's This There We You Your"
    " Yes No Okay OK"
    " So And But If Is Are What When Where Which Who How Why Please Thank Thanks Sorry Let London Dublin"
    " Paris Mumbai"
    " Chicago Germany France Ireland England Scotland Wales UK USA Postcode IBAN".split()
)


def names_in(reading: Reading) -> list[Finding]:
    text = reading.text
    found = [Finding(*match.span(), NAME) for match in _TITLED.finditer(text)]
    for pattern in (_LED, _ADDRESSED):
        found += [
            Finding(match.start("name"), match.end("name"), NAME)
            for match in pattern.finditer(text)
            if match["name"].split()[0] not in _NO_NAMES
        ]
    return found
