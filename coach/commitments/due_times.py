"""Rules for times of day and for events: tonight, first thing, between nine and twelve, once I hang up."""

from __future__ import annotations

import re
from dataclasses import replace

from coach.commitments import due_calendar as cal
from coach.commitments.due_atoms import Atom, Clock, Part, Read, Said, rule
from coach.commitments.due_clock import _HOUR, ANY, ENDS, STRONG, read_clock
from coach.commitments.due_words import ISH, MONTH, WEEKDAY

NIGHT = Part("night", (18, 0), (23, 59))
FIRST_THING = Part("first thing", (8, 0), (10, 0))
TEA_TIME = Part("tea time", (18, 0), (18, 0))
CLOSING = Part("close of business", (17, 0), (17, 0))
"""Its hour is the office's own; the one here is the convention's."""
_MORNING = Part("morning", (8, 0), (12, 0))
_AFTERNOON = Part("afternoon", (12, 0), (18, 0))
_LUNCH = Part("lunch", (12, 0), (14, 0))
_AFTER_LUNCH = Part("after lunch", (14, 0), (18, 0))
_PARTS = {
    "morning": _MORNING,
    "afternoon": _AFTERNOON,
    "arvo": _AFTERNOON,
    "evening": Part("evening", (18, 0), (22, 0)),
    "lunchtime": _LUNCH,
    "lunch": _LUNCH,
    "night": NIGHT,
}


def _closing_at(match: re.Match[str], _said: Said) -> Atom:
    """ "Before we close at eight" is in the evening."""
    clock = read_clock(match["hour"])
    hour = clock.hour + 12 if clock.hour < 12 and not clock.sure else clock.hour
    return Atom(span=match.span(), clock=replace(clock, hour=hour, sure=True), limit="by")


def _military(match: re.Match[str], _said: Said) -> Atom | None:
    """ "By 1700", but not "by 2027"."""
    digits = match["hour"]
    if digits[:2] >= "20" and not match[0].endswith("s") and digits[2:] not in ("00", "15", "30", "45"):
        return None
    limit = match[0].split()[0].lower()
    limits = {"by": "by", "until": "by", "till": "by", "before": "before"}
    return Atom(
        span=match.span(), clock=Clock(int(digits[:2]), int(digits[2:]), True), limit=limits.get(limit)
    )


def _at_night(match: re.Match[str], said: Said) -> Atom:
    """ "At seven the night", as it is said in Scotland."""
    clock = read_clock(match["hour"])
    hour = clock.hour + 12 if clock.hour < 12 and not clock.sure else clock.hour
    return Atom(span=match.span(), day=said.today, clock=replace(clock, hour=hour, sure=True), part=NIGHT)


def _ish(match: re.Match[str], _said: Said) -> Atom:
    return Atom(span=match.span(), clock=read_clock(match["hour"]))


def _strong(match: re.Match[str], _said: Said) -> Atom:
    return Atom(span=match.span(), clock=read_clock(match[0]))


def _weak(match: re.Match[str], _said: Said) -> Atom:
    return Atom(span=match.span(), clock=read_clock(match[0]), weak=True)


_EVENING = re.compile(r"p\.?m|evening|night", re.IGNORECASE)


def _from_to(match: re.Match[str], _said: Said) -> Atom:
    start, end = read_clock(match["low"]), read_clock(match["high"])
    if end.sure and not start.sure and start.hour < 12:
        shifted = start.hour + 12
        # "Seven to nine pm", "ten to midnight", and "eleven to one am"; but "nine to 22:00" begins at nine.
        named = start.hour < 8 or _EVENING.search(match["high"]) is not None
        in_the_evening = (shifted < end.hour and named) or end.hour < start.hour
        start = Clock(shifted if in_the_evening else start.hour, start.minute, True)
    return Atom(span=match.span(), clock=(start, end))


def _loose_from_to(match: re.Match[str], said: Said) -> Atom | None:
    """ "8 to 12" beside a day; alone it may be anything."""
    if not all(1 <= int(match[name]) <= 12 for name in ("low", "high")):
        return None
    return replace(_from_to(match, said), weak=True)


def _this_time(match: re.Match[str], said: Said) -> Atom:
    return Atom(span=match.span(), clock=Clock(said.now.hour, said.now.minute, True))


def _part(part: Part) -> Read:
    return lambda match, _said: Atom(span=match.span(), part=part)


def _named_part(match: re.Match[str], _said: Said) -> Atom:
    part = _PARTS[match["part"].lower()]
    return Atom(span=match.span(), part=part, weak=match[0].lower() == match["part"].lower())


def _part_today(match: re.Match[str], said: Said) -> Atom:
    return Atom(span=match.span(), day=said.today, part=_PARTS[match["part"].lower()])


def _part_of_the_day_named(match: re.Match[str], _said: Said) -> Atom:
    ahead = 0 if match["which"].lower().startswith(("that", "the same")) else 1
    return Atom(span=match.span(), back=ahead, part=_PARTS[match["part"].lower()])


def _part_before(match: re.Match[str], _said: Said) -> Atom:
    """ "The night before": of the day before the one just named."""
    part = match["part"].lower()
    return Atom(span=match.span(), back=-1, part=_PARTS["evening" if part == "night" else part])


def _every(match: re.Match[str], _said: Said) -> Atom:
    part = match.groupdict().get("part")
    return Atom(span=match.span(), every=True, part=_PARTS[part.lower()] if part else None)


def _tonight(match: re.Match[str], said: Said) -> Atom:
    return Atom(span=match.span(), day=said.today, part=NIGHT)


def _today(match: re.Match[str], said: Said) -> Atom:
    return Atom(span=match.span(), whole=said.today, fuse=False)


def _quarter_past(match: re.Match[str], said: Said) -> Atom:
    """ "By quarter past": the next time the clock shows it."""
    which, _, side = " ".join(match["when"].lower().split()).rpartition(" ")
    minutes = {
        "quarter": 15,
        "half": 30,
        "five": 5,
        "ten": 10,
        "twenty": 20,
        "on the": 0,
        "top of the": 60,
        "on the half": 30,
    }
    wanted = minutes[which] if side in ("past", "hour") else 60 - minutes[which]
    wait = (wanted - said.now.minute) % 60 or 60
    return Atom(
        span=match.span(), whole=cal.later(said.now.replace(second=0, microsecond=0), wait), fuse=False
    )


def _limit(match: re.Match[str], _said: Said) -> Atom:
    before = match[0].lower().startswith(("before", "ahead"))
    return Atom(span=match.span(), limit="before" if before else "by")


def _open(match: re.Match[str], _said: Said) -> Atom:
    return Atom(span=match.span(), open=True, fuse=False)


def _late(match: re.Match[str], said: Said) -> Atom | None:
    """ "Late afternoon" is still to come in the afternoon, unless another day is named beside it."""
    part = _PARTS[match["part"].lower()]
    coming = part.start <= (said.now.hour, said.now.minute) < part.end
    after = re.match(r"\s*(?:[.,;!?]|$|and\b|so\b)", match.string[match.end() :])
    before = match.string[: match.start()]
    named = re.search(rf"(?:day|morrow|\d(?:st|nd|rd|th)?|{MONTH}),?\s*$", before, re.IGNORECASE)
    alone = after is not None and named is None
    return Atom(span=match.span(), day=said.today, part=part) if coming and alone else None


def _half(match: re.Match[str], _said: Said) -> Atom:
    """ "Tomorrow second half", as offices in India have it."""
    first = match["half"].lower() == "first"
    return Atom(span=match.span(), part=_PARTS["morning" if first else "afternoon"])


_HANG_UP = (
    r"(?:hang\s+up(?:\s+(?:with\s+you|here))?|put\s+(?:the|this|my)\s+phone\s+down"
    r"|put\s+down\s+the\s+phone|(?:finish(?:\s+up)?|end|close|wrap\s+up|get\s+off|come\s+off)"
    r"(?:\s+(?:this|the|our|with\s+you))?(?:\s+(?:call|phone|chat|line|here))?"
    r"|(?:['’]re|are|['’]m|am|['’]ve|have|get)?\s*(?:off|done|finished)(?:\s+(?:here|talking|speaking|on))?"
    r"(?:\s+(?:with\s+)?(?:this|the|our)\s+(?:phone|call|chat|line))?)"
)
_WHEN = (
    r"(?:(?:as\s+)?soon\s+as|the\s+(?:minute|moment|second)|once|when"
    r"|(?:(?:right|straight|just|immediately|directly)\s+)?after)"
)
_SUBJECT = r"(?:it|you|they|he|she|that|this|one|(?:the|your)\s+\w+(?:\s+\w+)?|(?:our|his|her)\s+\w+)"
_PART = r"(?P<part>morning|afternoon|arvo|evening|lunchtime|lunch)"
_AFTER_AT = (
    r"(?:(?<=\bat )|(?<=\bbang on )|(?<=\bdead on )|(?<=\bat sharp )|(?<=\bsharp )"
    r"|(?<=\bthe )(?=[\w ]+ mark\b)|(?<=\bnow and )|(?<=\bnow until )"
    r"|(?<=\bby )|(?<=\bbefore )|(?<=\buntil )|(?<=\btill )|(?<=\baround )|(?<=\babout )"
    r"|(?<=\bfrom )"
    r"|(?<=\blatest )|(?<=\blatest by )|(?<=\bthan )|(?<=\bafter )|(?<=\bfor ))"
)
_AFTER_DAY = (
    r"(?:(?<=day )|(?<=day, )|(?<=tomorrow )|(?<=tomorrow, )|(?<=morning )|(?<=morning, )|(?<=afternoon )"
    r"|(?<=evening )|(?<=tonight ))"
)
_AFTER_CORRECTION = (
    r"(?:(?<=\bmake that )|(?<=\bmake it )|(?<=\bsay )|(?<=\bsorry, )|(?<=\bsorry )|(?<=\bwait, )"
    r"|(?<=\bwait )|(?<=\bno, )|(?<=\bmean )"
    r"|(?<=\brather )|(?<=\bactually )|(?<=\bactually, ))"
)

EVENT_RULES = (
    rule(rf"{_WHEN}\s+(?:I|we|you)\s*{_HANG_UP}(?=\s*(?:[.,;!?]|$)|\s+(?:I|we|and|with|to|so)\b)", _today),
    rule(
        r"(?:(?:right|straight|just|immediately|directly)\s+)?after\s+(?:this|the|our)\s+(?:call|chat"
        r"|conversation)",
        _today,
    ),
    rule(r"(?:straight\s+|right\s+)?after\s+this(?=\s*(?:[.,;!?]|$)|\s+(?:and|I|we)\b)", _today),
    rule(
        r"(?:straight|right)\s+(?:away|afterwards|after(?=\s*(?:[.,;!?]|$)|\s+(?:and|I|we)\b))|immediately"
        r"|this\s+(?:very\s+)?minute|at\s+once",
        _today,
    ),
    rule(
        r"before\s+(?:I|we)\s+(?:go\s+home|head\s+home|clock\s+off|knock\s+off|finish(?:\s+up)?"
        r"|leave|sign\s+off|log\s+off|lock\s+up)"
        r"(?:\s+(?:for\s+the\s+day|today|here|the\s+office|work))?(?=\s*(?:[.,;!?]|$)|\s+(?:and|I|we|so)\b)"
        r"|(?:by|before|at)\s+(?:the\s+)?end\s+of\s+(?:my|our|this|the)\s+shift",
        _today,
    ),
    rule(
        rf"by\s+the\s+time\s+{_SUBJECT}\s+\w+(?![^.,;!?]*\b(?:{WEEKDAY}|to-?morrow|tonight)\b)[^.,;!?]*",
        _open,
    ),
    rule(
        rf"(?:as\s+soon\s+as|when|the\s+(?:minute|moment|second)(?!\s+one\b)|once)\s+{_SUBJECT}(?:['’]\w+"
        rf"|\s+\w+)(?![^.,;!?]*\b(?:{WEEKDAY}|to-?morrow|tonight|at\s+{_HOUR})\b)(?:(?!\s+and\b"
        rf"|\s+(?:I|we)\s+\w|\s+(?:I|we|you|he|she|they)(?:['’]ll|\s+will)\b)[^.,;!?])*",
        _open,
    ),
    rule(
        r"before\s+(?:you|ye|he|she|they)\s+(?:even\s+)?(?:get|arrive|come|travel|land|check\s+in"
        r"|move\s+in|fly|set\s+off)\b"
        r"(?:\s+(?:here|there|in|home|out))?",
        _open,
    ),
)
TIME_RULES = (
    rule(r"(?:at\s+)?this\s+time(?=\s+(?:to-?morrow|on\b))", _this_time),
    rule(rf"(?:between|from)\s+(?P<low>{ANY})\s*(?:and|to|till|until|-|–)\s*(?P<high>{ANY}){ENDS}", _from_to),
    rule(rf"(?P<low>{ANY})\s*(?:to|till|until|-|–)\s*(?P<high>{STRONG})(?!\w)", _from_to),
    rule(
        r"before\s+(?:the\s+)?day\s+(?:ends|is\s+(?:out|over|done))"
        r"|before\s+the\s+day['’]s\s+(?:out|over|done)",
        _part(CLOSING),
    ),
    rule(r"last\s+thing(?=\s+(?:today|to-?morrow|on\s+\w+day|\w+day))", _part(CLOSING)),
    rule(r"first\s+thing(?:\s+in\s+the\s+morning)?", _part(FIRST_THING)),
    rule(
        r"(?:(?:the\s+)?(?:close|end)\s+of\s+(?:the\s+)?(?:business|play|work|trading|school"
        r"|(?:working\s+|business\s+)?day)|cob|c\.o\.b\.?|eod|close\s+of\s+day"
        rf"|(?:the\s+)?end\s+of(?=\s+(?:today|tomorrow|{WEEKDAY})))|(?<=day['’]s )close"
        rf"|(?<=day )clos(?:e|ing)(?:\s+time)?(?!\s+(?:the|your|it))",
        _part(CLOSING),
    ),
    rule(
        r"(?:(?<=\btill )|(?<=\buntil )|(?<=\bby )|(?<=\bbefore )|(?<=\bat ))"
        r"(?:we\s+)?clos(?:e|ing)(?:\s+time)?"
        rf"(?=\s*(?:[.,;!?]|$)|\s+(?:on|today|tomorrow|tonight|and|so|{WEEKDAY})\b)",
        _part(CLOSING),
    ),
    rule(
        r"(?:by|at|until|before|around|about)\s+(?P<when>(?:quarter|half|five|ten|twenty)\s+past"
        r"|(?:quarter|five|ten|twenty)\s+to)"
        r"(?=\s*(?:[.,;!?]|$)|\s+(?:and|so|with|I|he|she|it|we)\b)",
        _quarter_past,
    ),
    rule(r"(?:at\s+the\s+)?(?P<when>(?:on\s+the(?:\s+half)?|top\s+of\s+the)\s+hour)", _quarter_past),
    rule(
        rf"(?:before|until|till|by\s+the\s+time)\s+(?:we|they|the\s+\w+)\s+(?:close|shut|finish"
        rf"|lock\s+up)s?\s+at\s+(?P<hour>{ANY}){ENDS}",
        _closing_at,
    ),
    rule(
        r"(?:by|before|at|for|from|until|till|around)\s+(?P<hour>(?:[01]\d"
        r"|2[0-3])[0-5]\d)(?:\s*(?:hours|hrs))?",
        _military,
    ),
    rule(rf"(?P<hour>{ANY}){ISH}{ENDS}", _ish),
    rule(rf"(?P<hour>{ANY})\s+the\s+night(?=\s*(?:[.,;!?]|$)|\s+(?:and|so|with|to)\b)", _at_night),
    rule(
        rf"(?:(?<=morning )|(?<=morning, )|(?<=afternoon )|(?<=afternoon, )|(?<=evening )|(?<=evening, ))"
        rf"(?P<low>(?!five\b|ten\b|twenty\b|quarter\b){ANY})\s+to\s+(?P<high>{ANY}){ENDS}",
        _from_to,
    ),
    rule(rf"(?P<low>{ANY})\s*(?:til|till|until)\s*(?P<high>{ANY}){ENDS}", _from_to),
    rule(
        rf"{_HOUR}[ -](?:thirty|fifteen|forty[ -]five)(?=\s+(?:{WEEKDAY}|to-?morrow|this\s+\w+)\b)", _strong
    ),
    rule(r"tea[- ]?time", _part(TEA_TIME)),
    rule(r"(?:(?:right|straight|just)\s+)?after\s+lunch", _part(_AFTER_LUNCH)),
    rule(r"mid[- ](?P<part>morning|afternoon)", _named_part),
    rule(r"tonight|this\s+night", _tonight),
    rule(
        r"the\s+(?P<part>night|morning|afternoon|arvo|evening)\s+before(?=\s*(?:[.,;!?]|$)"
        r"|\s+(?:and|to|so|with)\b)",
        _part_before,
    ),
    rule(r"(?:in\s+the\s+)?(?:(?<=day )|(?<=row )|(?<=in the ))(?P<half>first|second)\s+half", _half),
    rule(rf"(?:later\s+(?:on\s+)?)?this\s+(?:very\s+|same\s+)?{_PART}", _part_today),
    rule(
        rf"(?P<which>that(?:\s+same)?|the\s+same|the\s+following|the\s+next)\s+{_PART}",
        _part_of_the_day_named,
    ),
    rule(rf"(?:every|each)\s+{_PART}", _every),
    rule(r"(?:every|each)\s+day|daily", _every),
    rule(rf"(?:every|each)(?=\s+{WEEKDAY})", _every),
    rule(rf"{STRONG}(?!\w)", _strong),
    rule(rf"{_AFTER_AT}{ANY}{ENDS}", _strong),
    rule(rf"{_AFTER_DAY}{ANY}(?=\s*(?:[.,;!?]|$)|\s+(?:sharp|today|to-?morrow|tonight)\b)", _strong),
    rule(r"(?P<low>\d{1,2})\s*(?:to|till|-|–)\s*(?P<high>\d{1,2})(?=\s*(?:[.,;!?]|$))", _loose_from_to),
    rule(rf"{_AFTER_CORRECTION}{ANY}(?=\s*(?:[.,;!?]|$))", _weak),
    rule(rf"(?<!the )late\s+{_PART}", _late),
    rule(
        rf"(?:early\s+|(?:in\s+the\s+)?late\s+|(?:in|for)\s+the\s+|at\s+|over\s+|around\s+|about\s+)?{_PART}",
        _named_part,
    ),
    rule(r"(?P<part>night)", _named_part),
    rule(rf"(?:any\s?time\s+)?up\s+(?:to|until|till)(?=\s+{ANY}{ENDS})", _limit),
    rule(r"on\s+or\s+before", lambda match, _said: Atom(span=match.span(), limit="by")),
    rule(
        r"(?<!swing )(?<!drop )(?<!pop )(?<!nip )(?<!stop )(?<!pass )(?<!come )(?<!call )(?<!swinging )by"
        r"|before|until|till|(?:no|not)\s+later\s+than|ahead\s+of",
        _limit,
    ),
)
