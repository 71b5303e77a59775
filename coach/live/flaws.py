"""What the agent should know of a recording that was read to its end."""

from __future__ import annotations

from collections import Counter

from coach.calls.phrases import clock
from coach.events import CallRecord, Failure
from coach.ports import AudioSource

NOTES = frozenset({"recording-clipped", "other-language", "little-speech"})
"""Codes of what was found in a recording and is no fault."""
_MUCH = 0.3
"""From this share of the words on, a recording is partly in another language."""
_LITTLE, _WORTH_S = 0.1, 60.0
"""Less than this share of a recording is speech, and it is long enough for that to mean something."""
_OTHERS_S = 1.0
"""So much of other voices is speech, and no noise that was taken for some."""
_ALL = 95
"""Percent of the words; a name or a thank-you may be English in any language."""
_LANGUAGES = {
    "ar": "Arabic",
    "bn": "Bengali",
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pa": "Punjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "ta": "Tamil",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""Those most of which is heard in calls; others are told by their code (ISO 639)."""


def flaws_of(
    record: CallRecord, source: AudioSource, at_s: float, others_s: float = 0.0
) -> tuple[Failure, ...]:
    """What is wrong with it, then what was found in it (``NOTES``).

    ``others_s``: how long voices spoke in it that were not the agent's, and were dropped.
    """
    notes = [
        Failure(at_s, code, message)
        for code, message in (
            ("recording-clipped", _clipped(source)),
            ("other-language", _foreign(record)),
            ("little-speech", _little(record, source, at_s)),
        )
        if message
    ]
    warning: str | None = getattr(source, "warning", None)
    if warning is not None:
        return (Failure(at_s, "recording-damaged", warning), *notes)
    if record.turns:
        return tuple(notes)
    return (Failure(at_s, "no-speech", _nothing(source, others_s)), *notes)


def _nothing(source: AudioSource, others_s: float) -> str:
    if others_s >= _OTHERS_S:
        return (
            f"Nothing was heard of you in {source.name}, only other voices ({clock(others_s)}, dropped). "
            "Check that it is the right recording, and the agent's channel, or pick your voice in it."
        )
    silent: bool | None = getattr(source, "silent", None)
    there = {True: "It is silent.", False: "There is sound in it, such as music or noise.", None: ""}[silent]
    heard = f"No speech was heard in {source.name}. {there}".rstrip()
    return f"{heard} Check that it is the right recording, and the agent's channel."


def _clipped(source: AudioSource) -> str:
    if not getattr(source, "clipped", False):
        return ""
    return f"{source.name} was recorded too loud: parts of it are clipped, so words there may be misheard."


def _little(record: CallRecord, source: AudioSource, at_s: float) -> str:
    said_s = sum(turn.end_s - turn.start_s for turn in record.turns)
    if not record.turns or at_s < _WORTH_S or said_s >= _LITTLE * at_s:
        return ""
    return (
        f"Only {round(said_s)} s of {source.name} are words of yours. The rest is silence, music, noise or "
        "other voices: check that it is the right recording, and the agent's channel."
    )


def _foreign(record: CallRecord) -> str:
    """The share of words in turns that were not judged, and in which language most of them are."""
    words = Counter[str]()
    for turn in record.turns:
        words[turn.language] += len(turn.text.split())
    foreign = words.total() - words[""]
    if not foreign or foreign < _MUCH * words.total():
        return ""
    language = max((code for code in words if code), key=lambda code: words[code])
    share, name = round(100 * foreign / words.total()), _LANGUAGES.get(language, f"“{language}”")
    mostly = f"(mostly {name})" if share < _ALL else f"({name})"
    how_much = f"About {share} % of the words are" if share < _ALL else "What is said in it is"
    not_said = "those turns were not judged, and their words may not be what was said"
    return f"{how_much} not English {mostly}; {not_said}."
