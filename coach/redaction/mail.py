"""E-mail addresses, written or spoken. Pure."""

from __future__ import annotations

import re

from coach.redaction.kinds import MAIL, Finding
from coach.redaction.reading import Reading

_WRITTEN = re.compile(r"(?<![\w.+%'’-])[\w.+%'’-]{1,64}\s?@\s?(?:[\w-]{1,63}(?:\.[\w-]{1,63}){0,4})?")
_ENDINGS = (
    "com|org|net|edu|gov|info|biz|io|co|uk|ie|in|de|fr|nl|es|it|eu|us|ca|au|nz|ch|at|be|se|no|dk|pl"
    "|example|app|dev|me"
)
_PROVIDERS = (
    "gmail|g mail|googlemail|google mail|hotmail|hot mail|outlook|yahoo|icloud|aol|proton"
    " ?mail|gmx|web|live|msn"
    "|btinternet|sky|virgin ?media|me|mac|mail"
)
_JOINT = r"(?:\.|_|-|\+|dot|underscore|under score|dash|hyphen|minus|plus)"
_PART = r"[\w'’]{1,40}"
_LABEL = rf"{_PART}(?:\s?(?:-|dash|hyphen)\s?{_PART}){{0,4}}"
_DOT = r"(?:\.|\s?dot\s)"
"""A full stop with a space after it ends a sentence."""
_END = rf"{_DOT}(?:{_ENDINGS})\b"
_DOMAIN = rf"(?:(?:{_PROVIDERS})|{_LABEL})(?:{_DOT}{_LABEL}){{0,4}}?{_END}(?:{_END})?"
_SPOKEN_DOMAIN = re.compile(rf"\s?(?:at|@)\s(?P<domain>{_DOMAIN})")
_JOINED_BEFORE = re.compile(rf"(?:{_PART}\s?{_JOINT}\s?){{0,6}}{_PART}(?:\s\d+)*\s?,?$")
_SPELLED_BEFORE = re.compile(
    rf"(?:(?<![\w'’])(?:[^\W_]|\d+)|(?:1st )?initial \w|{_PART}\s?{_JOINT})[\s,]*(?:then )?$"
)

_GLUED = re.compile(
    rf"(?<![\w.+'’-])[\w.+'’-]{{1,64}}at(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|aol|gmx)\.(?:{_ENDINGS})\b"
)
"""As a recogniser may write it: "john.smithatgmail.com"."""
_NAMED = re.compile(
    rf"\be-?mail(?: address)?(?:[’']s| is| was),? (?P<value>[\w.+'’-]{{1,64}}\.(?:{_ENDINGS})\b)"
)
_LONGEST_LOCAL = 120
"""Characters of a spelled local part; what is longer is cut."""
_NO_LOCAL = set(
    "look looking us site website page online is are was were available shop order orders visit go read"
    " here there it"
    " that me you find found out see them form forms details hours one policy up on in login log chat".split()
)


def mails_in(reading: Reading) -> list[Finding]:
    found = [Finding(*match.span(), MAIL) for match in _WRITTEN.finditer(reading.text)]
    found += [Finding(*match.span(), MAIL) for match in _GLUED.finditer(reading.low)]
    found += [Finding(*match.span("value"), MAIL) for match in _NAMED.finditer(reading.low)]
    for match in _SPOKEN_DOMAIN.finditer(reading.low):
        floor = max(0, match.start() - _LONGEST_LOCAL)
        start = floor + _local_start(reading.low[floor : match.start()])
        # "have a look at example dot com" is a site.
        if reading.low[start : match.start()].strip() not in _NO_LOCAL:
            found.append(Finding(start, match.end(), MAIL))
    return found


def _local_start(before: str) -> int:
    """Where the part before "at" begins: words joined by dot, dash or underscore, and spelled letters."""
    start = len(before)
    if (joined := _JOINED_BEFORE.search(before)) is not None:
        start = joined.start()
    while (more := _SPELLED_BEFORE.search(before[:start])) is not None:
        article = re.fullmatch(r"[ai][\s,]*", more[0]) is not None
        if article and not re.search(r"(?<!\w)\w[\s,]+$", before[: more.start()]):
            break
        start = more.start()
    return start
