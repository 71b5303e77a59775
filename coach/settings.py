"""Typed settings, kept as TOML in the user's configuration folder.

Unknown keys are kept out, wrong values are refused by name, and an older file is
brought forward by the numbered functions in ``_MIGRATIONS``.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal

import tomli_w
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    StringConstraints,
    ValidationError,
)

from coach.errors import KnownError
from coach.machine.whole_files import UnwrittenError, reason_of, write_whole
from coach.taxonomy import CONTENTIOUS

VERSION = 1

Theme = Literal["system", "light", "dark"]
ExportForm = Literal["html", "pdf", "md", "json"]
CueLevel = Literal["new", "standard", "quiet", "off"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Profile = Literal["headset", "shop-floor", "practice"]
ShareRule = Literal["by-hand", "after-closing"]


def _contentious(move: str) -> str:
    if move not in CONTENTIOUS:
        raise ValueError(f"{move} is no move that worsens a call; choose from {', '.join(CONTENTIOUS)}")
    return move


UrgentMove = Annotated[str, AfterValidator(_contentious)]


def _at_home(folder: str) -> str:
    """ "~/Team", as it is written by hand, is the user's own folder and none called "~"."""
    with suppress(RuntimeError):  # nobody knows where that user is at home
        return str(Path(folder).expanduser()) if folder.startswith("~") else folder
    return folder


Folder = Annotated[str, AfterValidator(_at_home)]

MAX_TERMS = 50
MAX_TERM_CHARS = 40
Term = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TERM_CHARS)]
"""One entry of the own vocabulary: a word or a short name. Bounded, so that it cannot take over the text."""


SET_BY = "Set by your organisation."


class Section(BaseModel):
    """Settings of one subject. What the organisation laid down (``coach.organisation``) cannot be changed."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)
    _fixed: set[str] = PrivateAttr(default_factory=set)
    _most: dict[str, int] = PrivateAttr(default_factory=dict)
    _own: dict[str, Any] = PrivateAttr(default_factory=dict)
    """What the user had chosen in the place of what is laid down: it is theirs again once that is gone."""

    def lay_down(self, name: str, value: object) -> None:
        """From now on ``name`` is ``value``. Raises ``ValidationError``."""
        before = getattr(self, name)
        setattr(self, name, value)
        self._own[name] = before
        self._fixed.add(name)

    def lay_down_most(self, name: str, most: int) -> None:
        """From now on ``name`` is from 1 to ``most``; 0, which stands for no limit, is more than that."""
        before = getattr(self, name)
        if not 0 < before <= most:
            setattr(self, name, most)
            self._own[name] = before
        self._most[name] = most

    def is_laid_down(self, name: str) -> bool:
        """Whether the user cannot change it at all."""
        return name in self._fixed

    def most(self, name: str) -> int | None:
        """The most that the organisation allows; None where it says nothing."""
        return self._most.get(name)

    def own(self) -> dict[str, Any]:
        """What the user chose, by name: to be saved."""
        return self.model_dump() | self._own

    def __setattr__(self, name: str, value: Any) -> None:
        if not name.startswith("_"):
            most = self._most.get(name)
            if name in self._fixed and value == getattr(self, name):
                return
            if name in self._fixed or (most is not None and not 0 < value <= most):
                what = type(self).model_fields[name].description
                limit = "" if most is None else f" At most {most}."
                raise KnownError("laid-down", f"{SET_BY}{limit} It cannot be changed here: {what}")
            self._own.pop(name, None)
        super().__setattr__(name, value)


class ListeningSettings(Section):
    device: str = Field("", description="Microphone to listen to; empty means the system's default.")
    model: str = Field(
        "base", description="Whisper size (tiny.en, base, small ...) or a folder with a model."
    )
    model_automatic: bool = Field(
        False, description="The model was chosen by a measurement on this machine, and may be by another."
    )
    threads: int = Field(1, ge=1, le=16, description="Processor threads recognition may use in a call.")
    language: str = Field("en", description="Language spoken, as a two-letter code.")
    profile: Profile = Field(
        "headset", description="Where you talk: headset, shop-floor, or practice for recordings."
    )
    vocabulary: list[Term] = Field(
        default_factory=list,
        max_length=MAX_TERMS,
        description="Names and terms of your trade, to be spelled right.",
    )
    own_voice_only: bool = Field(
        True, description="Drop every voice but the enrolled one, once a voice is enrolled."
    )
    other_talk_time: bool = Field(
        False,
        description="Count how long others talk (never words), for the balance of talking and listening.",
    )
    start_by_speech: bool = Field(
        False, description="Begin a call by itself when you speak after a quiet time; nothing before is kept."
    )
    end_after_quiet_minutes: int = Field(
        0, ge=0, le=60, description="End a call in which you said nothing for so many minutes; 0 is never."
    )
    output_device: str = Field(
        "", description="Where the customer is heard, for the leak check; empty means the system's default."
    )


class CueSettings(Section):
    level: CueLevel = Field("standard", description="How often cues may appear: new, standard, quiet or off.")
    own_limits: bool = Field(False, description="Your own limits below, in place of those of the level.")
    gap_s: int = Field(20, ge=5, le=300, description="At least so many seconds between two cues.")
    most_in_ten_minutes: int = Field(8, ge=1, le=20, description="At most so many cues in ten minutes.")
    missing: bool = Field(True, description="Remind of what was not said, not only of what was.")
    urgent: list[UrgentMove] = Field(
        default_factory=list, description="Moves that may bring a cue while you are still speaking."
    )
    counts: bool = Field(
        True, description="Count the moves and repairs of the running call beside its transcript."
    )
    playbook: str = Field(
        "", description="Your organisation's playbook file; empty means playbook.toml beside the settings."
    )


class AppearanceSettings(Section):
    theme: Theme = Field("system", description="Light, dark, or as the system has it.")
    overlay_opacity: float = Field(0.97, ge=0.5, le=1.0, description="How solid the overlay is, 0.5 to 1.")
    overlay_place: dict[str, list[int]] = Field(
        default_factory=dict, description="Where the overlay was left, per screen layout."
    )
    overlay_locked: bool = Field(False, description="Let every click through the overlay to what is beneath.")
    overlay_private: bool = Field(
        True,
        description="Keep the overlay out of screen sharing and recordings, where the system can do that.",
    )
    reduced_motion: bool = Field(False, description="Show and hide cards without movement.")


class KeySettings(Section):
    """Keys that work whatever window has the keyboard, written as "Ctrl+Shift+F1"; empty means none."""

    enabled: bool = Field(True, description="Whether keys work while another window has the keyboard.")
    start_end: str = Field("Ctrl+Shift+F8", description="Starts a call, or ends the one that runs.")
    pause: str = Field("Ctrl+Shift+F7", description="Stops listening, and listens again.")
    said_it: str = Field("Ctrl+Shift+F1", description="The line on the card was said.")
    not_now: str = Field("Ctrl+Shift+F2", description="Puts the card away.")
    unfair: str = Field("Ctrl+Shift+F3", description="Puts the card away and marks its cue as unfair.")
    why: str = Field("Ctrl+Shift+F4", description="Shows why there is this card, or hides it again.")
    another: str = Field("Ctrl+Shift+F5", description="Shows another line to say.")
    black_out: str = Field("Ctrl+Shift+F6", description="Hears nothing for half a minute.")
    lock: str = Field(
        "Ctrl+Shift+F9", description="Locks the overlay, so that clicks go through, or unlocks it."
    )
    confirm: str = Field("Ctrl+Shift+F10", description="Confirms the commitment that was just heard.")
    drop: str = Field("Ctrl+Shift+F11", description="What was just heard is no commitment.")


CONSENT_TEXTS: dict[Profile, int] = {"headset": 1, "shop-floor": 1, "practice": 1}
"""The number of each text about what is captured (``ui/dialogs/consent.py``). With a higher one everybody is
asked again, before the next call there."""


class ConsentSettings(Section):
    first_run_done: bool = Field(False, description="The text about what is captured was read and agreed to.")
    first_steps_done: bool = Field(False, description="The three first steps were offered, taken or not.")
    agreed_on: dict[Profile, dt.date] = Field(
        default_factory=dict, description="The day the text was agreed to, for each place one talks in."
    )

    texts: dict[Profile, int] = Field(
        default_factory=dict, description="The number of the text that was agreed to, for each place."
    )

    def agreed(self, profile: Profile) -> bool:
        """Whether a text for ``profile`` was agreed to; before days were kept there was but one text."""
        before = self.first_run_done and not self.agreed_on
        return profile in self.agreed_on or (profile == "headset" and before)

    def covers(self, profile: Profile) -> bool:
        """Whether the text there is today was agreed to; before texts had numbers there was the first."""
        return self.agreed(profile) and self.texts.get(profile, 1) >= CONSENT_TEXTS[profile]


class PrivacySettings(Section):
    hide_names: bool = Field(False, description="Hide names of people in what is kept, as numbers are.")
    hide_references: bool = Field(
        False, description="Hide order, booking and case numbers too; follow-up may need them."
    )
    keep_days: int = Field(
        0, ge=0, le=3650, description="Delete live calls after so many days; 0 keeps them until you do."
    )


class OfficeSettings(Section):
    opens: dt.time = Field(dt.time(8), description="When you open; a bare hour in a promise is after it.")
    closes: dt.time = Field(dt.time(17), description="When you close: what close of business means.")
    working_days: list[Weekday] = Field(
        default=["mon", "tue", "wed", "thu", "fri"],
        min_length=1,
        description="Days that count as business days, from mon to sun.",
    )
    closed: list[dt.date] = Field(default_factory=list, description="Days you are closed, as dates.")
    country: str = Field(
        "", description="Country whose public holidays you keep, such as GB-ENG or US-CA; empty for none."
    )


class FollowUpSettings(Section):
    reminders: bool = Field(True, description="Remind of commitments before they are due.")
    lead_minutes: int = Field(
        10, ge=0, le=240, description="How many minutes before a time that was promised to remind of it."
    )


class ExportSettings(Section):
    form: ExportForm = Field("html", description="How summaries were exported last: html, pdf, md or json.")
    folder: str = Field("", description="The folder summaries were exported to last; empty for your own.")


class SharingSettings(Section):
    folder: Folder = Field(
        "", description="Folder in which you share and answers come back; empty means you share by hand only."
    )
    mount: str = Field(
        "",
        description="Where the file system of that folder is mounted, if elsewhere than the system itself.",
    )
    rule: ShareRule = Field(
        "by-hand", description="When a call is shared: by-hand, or after-closing its summary."
    )
    seal: bool = Field(True, description="Encrypt what you share, so that only those you chose can read it.")
    sound: bool = Field(
        True, description="Sound of recordings may go with a summary, where you say so, or come with one."
    )
    count_alone: bool = Field(
        False, description="Your calls may be counted in a trend even where fewer than five people are."
    )
    tell_opened: bool = Field(True, description="Tell the sender when you opened what they shared.")
    team_room: bool = Field(False, description="Show the room in which you read what others share with you.")
    team_folders: list[Folder] = Field(
        default_factory=list, max_length=20, description="Folders in which others share with you."
    )


class LocalModelSettings(Section):
    enabled: bool = Field(
        False, description="Let a language model on this machine propose smoother wording of summaries."
    )
    address: str = Field(
        "http://127.0.0.1:8080/v1", description="Where it answers, as OpenAI's API; only on this machine."
    )
    name: str = Field("", description="The model's name, where the server has several.")


class PracticeSettings(Section):
    customers_speak: bool = Field(
        True, description="Read customers' lines aloud in practice, where a voice is installed."
    )
    model_customers: bool = Field(
        False, description="Let the language model on this machine word what role-play customers say."
    )


class Settings(Section):
    version: int = VERSION
    listening: ListeningSettings = Field(default_factory=ListeningSettings)
    cues: CueSettings = Field(default_factory=CueSettings)
    appearance: AppearanceSettings = Field(default_factory=AppearanceSettings)
    keys: KeySettings = Field(default_factory=KeySettings)
    consent: ConsentSettings = Field(default_factory=ConsentSettings)
    privacy: PrivacySettings = Field(default_factory=PrivacySettings)
    office: OfficeSettings = Field(default_factory=OfficeSettings)
    follow_up: FollowUpSettings = Field(default_factory=FollowUpSettings)
    export: ExportSettings = Field(default_factory=ExportSettings)
    sharing: SharingSettings = Field(default_factory=SharingSettings)
    local_model: LocalModelSettings = Field(default_factory=LocalModelSettings)
    practice: PracticeSettings = Field(default_factory=PracticeSettings)

    def sections(self) -> dict[str, Section]:
        """By name, in the order of the file."""
        return {name: part for name, part in self if isinstance(part, Section)}


_MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From version n to n + 1."""


def load(path: Path) -> Settings:
    """Settings from ``path``; defaults where there is no file.

    Raises ``KnownError`` ("settings-damaged", "settings-newer") naming the file and the value.
    """
    try:
        # With a mark at its beginning, as PowerShell and editors on Windows write it.
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnownError(
            "settings-damaged", f"{path} cannot be read ({error}). Mend or delete it."
        ) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise KnownError(
            "settings-damaged", f"{path} cannot be read ({reason}). Allow it to be read, or move it away."
        ) from error
    version = data.get("version", VERSION)
    if not isinstance(version, int) or version > VERSION:
        raise KnownError(
            "settings-newer",
            f"{path} was written by a newer Sameside. Update Sameside, or move the file away.",
        )
    if version < 1:
        raise KnownError("settings-damaged", f"{path}: there is no version {version}. Mend or delete it.")
    for step in range(version, VERSION):
        data = _MIGRATIONS[step](data)
    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise KnownError(
            "settings-damaged", f"{path}: {where}: {first['msg']}. Mend or delete it."
        ) from error


def save(settings: Settings, path: Path) -> None:
    """Write ``path`` whole or not at all. Raises ``KnownError`` ("settings-unwritable")."""
    kept = {name: part.own() for name, part in settings.sections().items()}
    text = tomli_w.dumps({"version": settings.version, **kept})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text, replace=True)
    except (OSError, UnwrittenError) as error:
        reason = reason_of(error)
        raise KnownError(
            "settings-unwritable", f"Settings could not be saved to {path}: {reason}."
        ) from error
