"""Passwords, security answers and dates of birth: told by the words they are introduced with. Pure."""

from __future__ import annotations

import re

from coach.redaction import expiry
from coach.redaction.kinds import ANSWER, BIRTH, PASSWORD, Finding
from coach.redaction.reading import Reading
from coach.redaction.runs import MONTHS

_LINK = r"(?:\s(?!is\b|was\b|reads\b|as\b)[\w'’]+){0,5}?\s(?:is|was|reads|as)(?: now)?[:,]?\s"
_SECRET = (
    r"(?:password|pass ?phrase|memorable (?:word|information|info)|magic word|safe ?word|log[- ]?in code)"
)
_SYMBOL = (
    r"(?:capital|upper ?case|lower ?case|small|big)(?: letter)? \w+|exclamation (?:mark|point)"
    r"|hash(?:tag)?|underscore"
    r"|question mark|at sign|dollar sign|asterisk|star|ampersand|full stop|dash|hyphen|space"
)
_WORD = r"[^\s,.?!;]+(?:[.!@#$&*][^\s,.?!;]+)*"
_VALUE = rf"{_WORD}(?:\s(?!and\b|but\b|so\b|please\b|then\b|which\b|with\b){_WORD}){{0,4}}"
_MORE = rf"(?:,\s(?:(?:{_SYMBOL}|[^\W_]|\d+)\b(?!\s\w{{3,}}\s\w)))*"
_PASSWORD = re.compile(
    rf"(?<!\w)(?:{_SECRET}{_LINK}|(?:set|changed?|reset) (?:the|your"
    rf"|my) {_SECRET} to )(?P<value>(?:(?:{_SYMBOL}),?\s?)*{_VALUE}(?:,\s\w+(?=,\s(?:\d+"
    rf"|{_SYMBOL})\b))?{_MORE})"
)
_NO_PASSWORD = re.compile(
    r"(?:not|been|being|expired|wrong|incorrect|reset|sent|on|in|only|required|needed|case|at|too|still"
    r"|working|what"
    r"|something|safe|never|always|ready|by|for|the same|a\b|an\b|the\b|your\b|my\b|our\b|this|that|it"
    r"|you|i|we|log"
    r"|access|open|get|change|protect|very|no longer|also|going|about to|correct|valid|fine|right|okay|ok"
    r"|and|or"
    r"|reset it|be|inside|under|somewhere|written|printed|whatever|someone|somebody|changed|stored|kept"
    r"|linked|valid)\b"
)
_ONE_WORD_STATES = re.compile(
    r"(?:not|expired|wrong|incorrect|correct|valid|fine|right|okay|ok|sent|reset)\b"
)
_CHARACTERS = re.compile(
    r"(?:letters?|characters?|digits?)(?: of [^.?!,]{2,40}?| in [^.?!,]{2,40}?)? (?:is|are|was|were)"
    r" (?P<value>[^\W_](?:(?:, | and |, and )[^\W_])*)(?!\w)"
)
_QUESTION_OF = (
    r"(?:maiden name|(?:first|1st|childhood) pet|pet[’']?s name|(?:first|1st|primary"
    r"|elementary) (?:school|car|job|teacher)"
    r"|street [^.?!,]{0,20}grew up(?: on| in)?|(?:place|town|city) [^.?!,]{0,14}born(?: in)?|place of birth"
    r"|favou?rite (?:teacher|colou?r|film|movie|book|food|team|place)|memorable (?:place|date|name|person)"
    r"|security (?:question|answer)|best friend[’']?s name)"
)
_ANSWER = re.compile(
    rf"(?<!\w){_QUESTION_OF}(?:\s(?!is\b|was\b)[\w'’]+){{0,4}}?\s(?:is|was|as)\s(?P<value>{_VALUE})"
)
_ASKS_ANSWER = re.compile(rf"(?<!\w){_QUESTION_OF}[^.?!]*\?")
_NO_ANSWER = re.compile(
    r"(?:not|the one|wrong|correct|right|missing|set|required|needed|what|blank|empty|different)\b"
)
_CLAUSE = re.compile(r"\s*(?P<value>[^,.?!;]+)")
_SENTENCE_WORDS = set(
    "i you he she we they it that this thank thanks okay ok yes no sorry let one is are was were have has"
    " can could"
    " will would please right perfect lovely great good correct sure just so now all of course no problem"
    " hold what"
    " did do does how why when where my your i'm i'll that's it's well and but alright hmm um".split()
)
_YEAR = r"(?:(?:19|20) ?\d\d|2000(?: and \d+)?|2 thousand(?: and)?(?: \d+)?|\d\d)"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{MONTHS})(?:,? {_YEAR})?"
    rf"|(?:{MONTHS}) (?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?:,? {_YEAR})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? of (?:the )?\d{{1,2}}(?:st|nd|rd|th)(?:,? {_YEAR})?"
    r"|(?:19|20)\d\d-\d{1,2}-\d{1,2}|\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)?\d\d"
    r"|\d(?: ?\d)?,? \d(?: ?\d)?,? (?:(?:19|20),? ?)?\d ?\d)"
)
_BIRTH = re.compile(
    rf"(?<!\w)(?:date (?:of|on|and) birth|d\.? ?o\.? ?b|birth ?date|birthday"
    rf"|born)\b[^.?!\d]{{0,40}}?(?P<value>{_DATE})(?!\w)"
)
_ASKS_BIRTH = re.compile(r"(?:date of birth|birth ?date|\bdob\b|born|birthday)[^.?!]*\?")
_BEGINS_WITH_DATE = re.compile(rf"[^\d,.]{{0,16}}(?P<value>{_DATE})(?!\w)")


def phrases_in(reading: Reading, expected: str | None = None) -> list[Finding]:
    """``expected``: ANSWER or BIRTH where the turn before asked for it."""
    low = reading.low
    found = [
        _at(match, PASSWORD)
        for match in _PASSWORD.finditer(low)
        if not _NO_PASSWORD.match(match["value"]) or _several(match["value"])
    ]
    found += [_at(match, PASSWORD) for match in _CHARACTERS.finditer(low)]
    found += [_at(match, ANSWER) for match in _ANSWER.finditer(low) if not _NO_ANSWER.match(match["value"])]
    found += [_at(match, BIRTH) for match in _BIRTH.finditer(low)]
    found += expiry.dates_in(low, expected)
    if expected == BIRTH and (said := _BEGINS_WITH_DATE.match(low)):
        found.append(_at(said, BIRTH))
    if expected == ANSWER and (said := _CLAUSE.match(low)) and _is_answer(said["value"]):
        found.append(_at(said, ANSWER))
    return found


def asked_for(text: str) -> str | None:
    """Whether a turn ends by asking for a security answer or the date of birth."""
    low = text.lower()[-160:]
    if _ASKS_BIRTH.search(low):
        return BIRTH
    return ANSWER if _ASKS_ANSWER.search(low) else None


def _at(match: re.Match[str], kind: str) -> Finding:
    return Finding(match.start("value"), match.end("value"), kind)


def _several(value: str) -> bool:
    """Words that say no more than a state on their own may begin a pass phrase of three words and more."""
    return _ONE_WORD_STATES.match(value) is not None and len(value.split()) >= 4


def _is_answer(clause: str) -> bool:
    words = clause.replace("’", "'").split()
    return 0 < len(words) <= 3 and not any(word in _SENTENCE_WORDS for word in words)
