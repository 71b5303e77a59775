"""A call that goes wrong and recovers: a parcel that never came, three commitments, one flag left open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from coach.calls.summary import summarise
from coach.events import (
    Because,
    CallHeader,
    CallRecord,
    CallSource,
    CallSummary,
    Commitment,
    Cue,
    CueEnd,
    CueEnded,
    Due,
    Event,
    Gap,
    Level,
    Move,
    MovesFound,
    Owner,
    Turn,
    Word,
    WordsHeard,
)
from ui.text import MOVE_NAMES

ZONE = dt.timezone(dt.timedelta(hours=0), "GMT")
STARTED_AT = dt.datetime(2026, 11, 22, 16, 5, tzinfo=ZONE)


def _at(day: int, hour: int) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, tzinfo=ZONE)


_SAID: tuple[tuple[float, float, str, tuple[tuple[str, float, str], ...]], ...] = (
    (2.1, 7.8, "Good afternoon, you're through to Rosa at Harbour Parcels. How can I help?", ()),
    (
        19.4,
        27.0,
        "Right, but the tracking clearly says it was delivered on Thursday, so it must be there somewhere.",
        (("convincing", 0.91, "the tracking clearly says it was delivered on Thursday"),),
    ),
    (
        38.2,
        44.9,
        "Did you actually check with your neighbours? You should have put a safe place on the order.",
        (("blaming", 0.88, "You should have put a safe place on the order"),),
    ),
    (
        58.6,
        71.3,
        "You know what, let me start again. I was reading you a screen instead of listening, and that's on "
        "me. I'm sorry I made this about your neighbours.",
        (
            ("owning", 0.94, "I was reading you a screen instead of listening, and that's on me"),
            ("apologising", 0.9, "I'm sorry I made this about your neighbours"),
        ),
    ),
    (
        84.0,
        92.7,
        "So it was your daughter's birthday present, it's four days late, and nobody has told you a thing. "
        "Have I got that right?",
        (("reflecting", 0.93, "it was your daughter's birthday present, it's four days late"),),
    ),
    (
        101.5,
        106.2,
        "I'm sorry you feel that way about our drivers.",
        (("non_apology", 0.86, "I'm sorry you feel that way"),),
    ),
    (
        112.8,
        123.4,
        "No, that came out wrong. We handed your parcel to the wrong address and we let you down. I'd be "
        "upset in your place.",
        (
            ("owning", 0.92, "We handed your parcel to the wrong address and we let you down"),
            ("empathising", 0.85, "I'd be upset in your place"),
        ),
    ),
    (
        136.0,
        147.9,
        "I can send a replacement today or refund you in full. Which would suit you better?",
        (
            ("offering", 0.95, "I can send a replacement today or refund you in full"),
            ("asking_input", 0.89, "Which would suit you better?"),
        ),
    ),
    (
        160.3,
        177.5,
        "Then that's what we'll do. We'll deliver the replacement by Tuesday noon, and I'll call you back on "
        "Thursday at two to hear that it really came.",
        (("committing", 0.96, "I'll call you back on Thursday at two"),),
    ),
    (
        189.0,
        201.2,
        "I'll also ask the depot to check that round by Friday, because a photo of the door would have "
        "caught this.",
        (
            ("root_cause", 0.87, "a photo of the door would have caught this"),
            ("committing", 0.9, "I'll also ask the depot to check that round by Friday"),
        ),
    ),
    (
        212.4,
        217.0,
        "Honestly, this hardly ever happens.",
        (("isolating", 0.83, "this hardly ever happens"),),
    ),
    (
        224.1,
        231.6,
        "Thank you for staying with me, and for telling us. Take care, Mrs Adeyemi.",
        (("thanking", 0.91, "Thank you for staying with me, and for telling us"),),
    ),
)

_CUES = (
    (
        "c1",
        1,
        "learning",
        "Ask before you argue",
        "What did you find when you looked on Thursday?",
        "A2",
        28.0,
    ),
    (
        "c2",
        2,
        "owning",
        "Take your part",
        "I may have started this on the wrong foot. Let me listen first.",
        "A5",
        45.6,
    ),
    ("c3", 5, "owning", "Make the apology yours", "We let you down there, and I'm sorry.", "C3", 107.0),
    ("c4", 10, "root_cause", "Look for the cause", "Let me find out how it came to this.", "C8", 218.2),
)

_WHY = {
    "A2": "People dig in when the point is pushed. A question opens the talk again.",
    "A5": "Owning a small part early takes the heat out of the rest.",
    "C3": "An apology about their feelings sounds like no apology at all.",
    "C8": "To the customer it did happen. The cause interests them more than the odds.",
}

_ENDS = (
    CueEnded("c1", 46.0, CueEnd.EXPIRED),
    CueEnded("c2", 71.3, CueEnd.REPAIRED, "owning", 3),
    CueEnded("c3", 123.4, CueEnd.REPAIRED, "owning", 6),
    CueEnded("c4", 231.6, CueEnd.DISMISSED),
)

_PROMISES: tuple[tuple[str, str, Owner, str, Due, int], ...] = (
    ("p1", "Deliver the replacement", Owner.COMPANY, "by Tuesday noon", _at(24, 12), 8),
    ("p2", "Call you back", Owner.AGENT, "on Thursday at two", _at(26, 14), 8),
    ("p3", "Ask the depot to check the round", Owner.AGENT, "by Friday", dt.date(2026, 11, 27), 9),
)
_PROMISED = {
    "p1": "We'll deliver the replacement by Tuesday noon",
    "p2": "I'll call you back on Thursday at two",
    "p3": "I'll also ask the depot to check that round by Friday",
}


def words_of(text: str, start_s: float, end_s: float) -> tuple[Word, ...]:
    """Words spread evenly over the time."""
    parts = text.split()
    step = (end_s - start_s) / max(1, len(parts))
    return tuple(
        Word(part, start_s + step * at, start_s + step * (at + 1), 0.95) for at, part in enumerate(parts)
    )


def turns() -> list[Turn]:
    return [
        Turn(index, text, start_s, end_s, words_of(text, start_s, end_s))
        for index, (start_s, end_s, text, _moves) in enumerate(_SAID)
    ]


def moves() -> dict[int, tuple[Move, ...]]:
    found = {}
    for index, (_start_s, _end_s, text, said) in enumerate(_SAID):
        placed = []
        for name, confidence, words in said:
            at = text.index(words)
            placed.append(Move(name, confidence, (at, at + len(words))))
        found[index] = tuple(placed)
    return found


def cues() -> list[Cue]:
    made = []
    for cue_id, turn_index, repair, title, say, source, at_s in _CUES:
        move, _confidence, words = _SAID[turn_index][3][0]
        because = Because(move, words, turn_index, (source,))
        made.append(Cue(cue_id, at_s, repair, title, say, _WHY[source], because))
    return made


def commitments() -> list[Commitment]:
    made = []
    for key, action, owner, due_text, due, turn_index in _PROMISES:
        start_s, end_s, _text, _moves = _SAID[turn_index]
        where = (_PROMISED[key], turn_index, start_s, end_s)
        made.append(Commitment(key, action, owner, due_text, due, False, *where))
    return made


def gaps() -> list[Gap]:
    return [Gap(148.4, 157.0, "paused")]


def header(call_id: str = "sample", title: str = "Parcel that never came") -> CallHeader:
    return CallHeader(call_id, STARTED_AT, CallSource.LIVE, title, "base")


def record(call_id: str = "sample") -> CallRecord:
    return CallRecord(
        header(call_id),
        turns(),
        moves(),
        cues(),
        {end.cue_id: end for end in _ENDS},
        commitments(),
        gaps(),
        [],
        233.0,
    )


def summary(call_id: str = "sample") -> CallSummary:
    """The real summary of this record."""
    return summarise(record(call_id), MOVE_NAMES)


def events() -> Iterator[Event]:
    """The call as the engine sends it, between ``SessionStarted`` and ``SessionStopped``."""
    found, raised, promised = moves(), cues(), commitments()
    for turn in turns():
        yield Level(turn.start_s, -24.0, -12.0)
        half = len(turn.words) // 2
        for so_far in (turn.words[:half], turn.words):
            if so_far:
                yield WordsHeard(turn.index, so_far)
        yield turn
        yield MovesFound(turn.index, found[turn.index])
        yield from (made for made in promised if made.turn_index == turn.index)
        yield from (end for end in _ENDS if turn.start_s < end.at_s <= turn.end_s + 1.5)
        yield from (cue for cue in raised if cue.because.turn_index == turn.index)
    yield from gaps()
