"""What the files say inside: made from a summary, and checked in every member before it is kept or shown."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from coach.errors import KnownError
from coach.sharing.envelope import Shared
from coach.sharing.identity import plain_name
from coach.sharing.leaving_out import MOST_TITLE
from coach.values.shares import Note, ReadFigures, ReadLine, ReadSection, ReadShare, ReadTurn

Json = dict[str, Any]

SUMMARY_FORMAT = "sameside/call-summary"
_LONGEST = 4000
"""Characters of a turn or a comment; a turn is a minute of speech at most."""
MOST_NOTE = 2000
_LONGEST_CLIP = 1_000_000
"""Characters: two minutes of speech are half of it."""

_NOT_SHOWN = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF)}
"""Marks that turn the direction of text, so that it reads otherwise than it is."""


def plain(text: str) -> str:
    """Foreign text as it may be shown: line breaks stay, control and direction marks go."""
    return "".join(char for char in text if char == "\n" or (char >= " " and char not in _NOT_SHOWN))


def _plain(value: object) -> object:
    return plain(value) if isinstance(value, str) else value


_Text = Annotated[str, BeforeValidator(_plain), StringConstraints(max_length=_LONGEST)]
_Name = Annotated[str, BeforeValidator(_plain), StringConstraints(max_length=MOST_TITLE)]
_Said = Annotated[str, BeforeValidator(_plain), StringConstraints(min_length=1, max_length=_LONGEST)]
_Second = Annotated[float, Field(ge=0, le=7 * 24 * 3600, allow_inf_nan=False)]
_Count = Annotated[int, Field(ge=0, le=1_000_000)]
_Id = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[0-9A-Za-z-]+$")]


class _Part(BaseModel):
    """Members that are not known are ignored: a later version may add some."""

    model_config = ConfigDict(frozen=True)


class _Call(_Part):
    title: _Name
    started_at: AwareDatetime
    duration_s: _Second


class _Original(_Part):
    text: _Text
    detail: _Text


class _Line(_Part):
    id: _Name
    subject: _Name
    text: _Said
    detail: _Text
    t: _Second
    turn: _Count
    evidence: _Said
    original: _Original | None
    comment: _Text
    contested: bool


class _Section(_Part):
    key: _Name
    title: _Name
    lines: Annotated[list[_Line], Field(max_length=1000)]


class _Commitment(_Part):
    id: _Name = ""
    owner: Literal["agent", "company", "customer"]
    due: (
        Annotated[str, StringConstraints(max_length=40)]
        | Annotated[list[Annotated[str, StringConstraints(max_length=40)]], Field(min_length=2, max_length=2)]
        | None
    )


class _Turn(_Part):
    turn: _Count
    t0: _Second
    t1: _Second
    text: _Text


class _Figures(_Part):
    talk_s: _Second
    words: _Count
    words_per_minute: Annotated[float, Field(ge=0, le=10_000, allow_inf_nan=False)]
    flags: _Count
    flags_repaired: _Count
    flags_contested: _Count
    repairs: _Count


class _Summary(_Part):
    format: Literal["sameside/call-summary"]
    version: Literal[1]
    call: _Call
    headline: _Text
    comment: _Text
    figures: _Figures
    sections: Annotated[list[_Section], Field(max_length=20)]
    commitments: Annotated[list[_Commitment], Field(max_length=1000)]
    turns: Annotated[list[_Turn], Field(max_length=2000)]


class _FollowUp(_Part):
    settled: _Count = 0
    kept: _Count = 0
    settled_ids: Annotated[list[_Name], Field(max_length=1000)] = []


class _Sound(_Part):
    turn: _Count
    data: str = Field("", max_length=_LONGEST_CLIP)


class _Body(_Part):
    summary: _Summary
    follow_up: _FollowUp = _FollowUp()
    may_count: bool = False
    sound: Annotated[list[_Sound], Field(max_length=500)] = []


class _Note(_Part):
    share: _Id
    to: str = Field(max_length=60)
    text: Annotated[
        str,
        BeforeValidator(_plain),
        StringConstraints(min_length=1, max_length=MOST_NOTE, strip_whitespace=True),
    ]
    t: _Second
    line: _Name = ""


class _Receipt(_Part):
    share: _Id
    to: str = Field(max_length=60)
    what: Literal["opened", "acknowledged"]
    note: _Id | None = None


class Receipt(_Receipt):
    """``what`` happened to ``share``, or to ``note`` about it."""


def summary_body(
    summary: Json,
    settled: Collection[str],
    kept: int,
    may_count: bool,
    clips: Mapping[int, bytes] | None = None,
) -> Json:
    """The body of a shared summary around its published JSON form. ``clips``: Ogg Opus, by turn.

    ``settled``: ids of commitments. Of one that was left out of the summary only the count tells.
    """
    told = [made["id"] for made in summary["commitments"] if made["id"] in settled]
    follow_up = {"settled": len(settled), "kept": kept, "settled_ids": told}
    body: Json = {"summary": summary, "follow_up": follow_up, "may_count": may_count}
    if clips:
        sound = [{"turn": turn, "data": base64.b64encode(clip).decode()} for turn, clip in clips.items()]
        body["sound"] = sound
    return body


def clips_of(body: Mapping[str, object]) -> tuple[Json, dict[int, bytes]]:
    """A body that was read, without its sound, and the sound by turn. Raises ``KnownError``."""
    read = _checked(body)
    cited = {turn.turn for turn in read.summary.turns}
    try:
        clips = {one.turn: base64.b64decode(one.data, validate=True) for one in read.sound}
    except ValueError as error:
        raise _malformed(error) from error
    kept = {turn: clip for turn, clip in clips.items() if clip and turn in cited}
    bare = dict(body) | {"sound": [{"turn": turn} for turn in kept]}
    return bare, kept


def note_body(share_id: str, to: bytes, text: str, at_s: float, line_id: str) -> Json:
    """``to`` is the key of whom it is for: a note that is copied to others is none of theirs."""
    return {"share": share_id, "to": _key_text(to), "text": text, "t": at_s, "line": line_id}


def receipt_body(share_id: str, to: bytes, what: str, note_id: str | None = None) -> Json:
    return {"share": share_id, "to": _key_text(to), "what": what, "note": note_id}


def is_for(answer: Mapping[str, object], key: bytes) -> bool:
    """Whether a note or receipt answers whoever has this key."""
    return answer.get("to") == _key_text(key)


def read_summary(body: Mapping[str, object]) -> ReadShare:
    """Raises ``KnownError``: "share-newer", "share-malformed", and where a line stands on nothing,
    "share-no-evidence"."""
    summary = body.get("summary")
    version = summary.get("version") if isinstance(summary, dict) else None
    if isinstance(version, int) and version > 1:
        raise KnownError(
            "share-newer", "This summary comes from a newer Sameside. Update Sameside, then look again."
        )
    read = _checked(body)
    turns = {turn.turn: turn for turn in read.summary.turns}
    for section in read.summary.sections:
        for line in section.lines:
            turn = turns.get(line.turn)
            if turn is None or line.evidence not in turn.text or not turn.t0 <= line.t <= turn.t1:
                raise KnownError(
                    "share-no-evidence",
                    "A line of this summary does not stand on words of its call. It was set aside; ask its "
                    "sender to share it again.",
                )
    return _share(read)


def _checked(body: Mapping[str, object]) -> _Body:
    try:
        return _Body.model_validate(body)
    except ValidationError as error:
        raise _malformed(error) from error


def words_of(share: ReadShare) -> Iterator[str]:
    """What search looks through: every sentence of it once."""
    seen = set()
    for text in _texts(share):
        if text and text not in seen:
            seen.add(text)
            yield text


def read_note(shared: Shared, mine: Sequence[bytes]) -> Note | None:
    """A note, or None where it is for none of ``mine``. Raises ``KnownError("share-malformed")``."""
    try:
        read = _Note.model_validate(shared.body)
    except ValidationError as error:
        raise _malformed(error) from error
    if read.to not in map(_key_text, mine):
        return None
    return Note(
        shared.id, read.share, shared.sender.sign_key, False, read.text, read.t, read.line, made_at(shared)
    )


def read_receipt(shared: Shared, mine: Sequence[bytes]) -> Receipt | None:
    """A receipt, or None where it is for none of ``mine``. Raises ``KnownError("share-malformed")``."""
    try:
        read = Receipt.model_validate(shared.body)
    except ValidationError as error:
        raise _malformed(error) from error
    return read if read.to in map(_key_text, mine) else None


def made_at(shared: Shared) -> dt.datetime:
    """When its sender says it was made. Raises ``KnownError("share-malformed")``."""
    try:
        moment = dt.datetime.fromisoformat(shared.made_at)
        if moment.tzinfo is None:
            raise ValueError(shared.made_at)
        moment.timestamp()
    except (ValueError, OverflowError) as error:
        raise _malformed(error) from error
    return moment


def _share(read: _Body) -> ReadShare:
    summary = read.summary
    figures = summary.figures.model_dump() | {"settled": read.follow_up.settled, "kept": read.follow_up.kept}
    return ReadShare(
        title=plain_name(summary.call.title),
        started_at=summary.call.started_at,
        duration_s=summary.call.duration_s,
        headline=summary.headline,
        comment=summary.comment,
        figures=ReadFigures(**figures),
        sections=tuple(
            ReadSection(section.key, section.title, tuple(_line(line) for line in section.lines))
            for section in summary.sections
        ),
        turns=tuple(ReadTurn(turn.turn, turn.t0, turn.t1, turn.text) for turn in summary.turns),
        due=tuple(_due_days(summary.commitments, read.follow_up.settled_ids)),
        may_count=read.may_count,
        heard=frozenset(one.turn for one in read.sound),
    )


def _line(line: _Line) -> ReadLine:
    return ReadLine(
        line.id,
        line.subject,
        line.text,
        line.detail,
        line.t,
        line.turn,
        line.evidence,
        line.original.text if line.original else "",
        line.comment,
        line.contested,
    )


def _due_days(commitments: list[_Commitment], settled: Collection[str]) -> Iterator[dt.date]:
    """What is settled is due no more, but must be as well-formed as the rest."""
    for made in commitments:
        end = made.due[1] if isinstance(made.due, list) else made.due
        if made.owner == "customer" or end is None:
            continue
        try:
            day = dt.date.fromisoformat(end[:10])
        except ValueError as error:
            raise _malformed(error) from error
        if made.id not in settled:
            yield day


def _texts(share: ReadShare) -> Iterator[str]:
    # What was said comes first, for a hit is shown in the first of them.
    for turn in share.turns:
        yield turn.text
    for section in share.sections:
        for line in section.lines:
            yield from (line.text, line.detail, line.comment)
    yield from (share.title, share.headline, share.comment)


def _key_text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _malformed(error: ValueError | OverflowError) -> KnownError:
    where = ""
    if isinstance(error, ValidationError):
        where = " (" + ".".join(str(part) for part in error.errors()[0]["loc"])[:80] + ")"
    return KnownError(
        "share-malformed",
        f"Something in this file is not as it must be{where}, so nothing of it was taken in. Ask its sender "
        "to share it again.",
    )
