"""Settings that whoever looks after the machine lays down for everybody on it.

They stand in a policy file (``resources.policy_path``) under the names of the settings. Each is one of three
kinds: any value counts, or only the value that takes nothing away from what agents and customers are promised
(``_ONLY``), or a limit that may be gone below. Whatever is not listed here is the user's own.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from coach.errors import KnownError
from coach.settings import VERSION, Settings

ANY = frozenset(
    {
        "listening.model",
        "listening.threads",
        "listening.language",
        "listening.end_after_quiet_minutes",
        "cues.playbook",
        "office.opens",
        "office.closes",
        "office.working_days",
        "office.closed",
        "office.country",
        "sharing.folder",
        "sharing.mount",
        "sharing.team_room",
        "sharing.team_folders",
    }
)
"""May be laid down as the organisation likes."""

ONLY: dict[str, tuple[Any, str]] = {
    "listening.profile": ("shop-floor", "Where somebody talks is theirs to say, unless it is the strictest."),
    "listening.own_voice_only": (True, "Only the agent is written down."),
    "listening.other_talk_time": (False, "Nothing about others is counted unless the agent wants it."),
    "listening.start_by_speech": (False, "The microphone waits for nobody unless the agent wants it."),
    "appearance.overlay_private": (True, "Cues are for the agent alone."),
    "keys.enabled": (False, "Keys for any window are each person's own, unless there are none."),
    "privacy.hide_names": (True, "Less is hidden only where the agent wants it."),
    "privacy.hide_references": (True, "Less is hidden only where the agent wants it."),
    "sharing.rule": ("by-hand", "The agent sees a summary first, and shares it."),
    "sharing.seal": (True, "Only those the agent chose can read what is shared."),
    "sharing.sound": (False, "Sound goes along only where the agent wants it."),
    "sharing.count_alone": (False, "To be counted alone is the agent's to allow."),
    "sharing.tell_opened": (True, "The agent is told who opened what they shared."),
    "local_model.enabled": (False, "Words go to another program only where the agent wants it."),
    "practice.customers_speak": (False, "What is read aloud is each person's own, unless it is nothing."),
    "practice.model_customers": (False, "Words go to another program only where the agent wants it."),
}
"""May be laid down as this value only, and why."""

AT_MOST = frozenset({"privacy.keep_days"})
"""Laid down as the most that there may be. The agent may choose less."""

CODE = "policy-wrong"
_COMPANIONS = {"listening.model": "listening.model_automatic", "sharing.folder": "sharing.mount"}
"""What would go on meaning the user's own value; laid down as its default, unless the file says otherwise."""
_USUAL = Settings().sections()


@dataclass(frozen=True, slots=True)
class Policy:
    """What holds on this machine, by the names of the settings, as their types have it."""

    path: Path
    there: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()
    """What of the file does not count, and why: a sentence each."""

    @property
    def trouble(self) -> KnownError | None:
        if not self.wrong:
            return None
        return KnownError(
            CODE,
            f"Not all that your organisation set in {self.path} counts. {' '.join(self.wrong)} "
            "Tell whoever looks after this machine.",
        )


def read_policy(path: Path) -> Policy:
    """Never raises: what is wrong is left out and told, and where that would open what may have been meant to
    be shut, the strict value holds for everybody until the file is mended."""
    try:
        # With a mark at its beginning, as PowerShell writes it.
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return Policy(path)
    except (ValueError, RecursionError) as error:
        return _nothing_of(path, f"It cannot be read ({error}).")
    except OSError as error:
        return _nothing_of(path, f"It cannot be read ({error.strerror or error}).")
    version = data.pop("version", VERSION)
    if version not in range(1, VERSION + 1):
        return _nothing_of(path, f"It is of version {version}, for another Sameside.")
    values: dict[str, Any] = {}
    wrong = []
    for name, value in _named(data):
        try:
            values[name] = _checked(name, value)
        except ValueError as error:
            wrong.append(f"{name}: {error}")
            if name in _SHUT:
                values[name] = _SHUT[name]
    for name, companion in _COMPANIONS.items():
        if name in values:
            values.setdefault(companion, usual(companion))
    if values.get("sharing.folder") == "":
        # Whoever chose to share after each call would be told after each call that nothing is shared.
        values.setdefault("sharing.rule", ONLY["sharing.rule"][0])
    return Policy(path, True, values, tuple(wrong))


def apply(policy: Policy, settings: Settings) -> Settings:
    """``settings`` with what the policy lays down in force, and the user's own choices kept beneath."""
    sections = settings.sections()
    for name, value in policy.values.items():
        section, key = name.split(".")
        if name in AT_MOST:
            sections[section].lay_down_most(key, value)
        else:
            sections[section].lay_down(key, value)
    return settings


def usual(name: str) -> Any:
    """What a setting is where nobody chose."""
    section, key = name.split(".")
    return getattr(_USUAL[section], key)


_SHUT: dict[str, Any] = {
    "sharing.folder": "",
    "sharing.sound": False,
    **{name: value for name, (value, _why) in ONLY.items() if usual(name) == value},
}
"""What holds where the file cannot be read or names it wrongly: none of these loses anything, and each may
have been meant to keep something in. The other strict values would lose words, or calls."""


def _nothing_of(path: Path, why: str) -> Policy:
    return Policy(path, True, dict(_SHUT), (why,))


def _named(data: dict[str, Any]) -> list[tuple[str, Any]]:
    named = []
    for section, part in data.items():
        if isinstance(part, dict) and section in _USUAL:
            named += [(f"{section}.{key}", value) for key, value in part.items()]
        else:
            named.append((section, part))
    return named


def _checked(name: str, value: Any) -> Any:
    """As the settings have it. Raises ``ValueError`` with a sentence."""
    section, _, key = name.partition(".")
    if section not in _USUAL or key not in type(_USUAL[section]).model_fields:
        raise ValueError("There is no such setting.")
    if name not in ANY | ONLY.keys() | AT_MOST:
        raise ValueError("This is each person's own.")
    try:
        checked = getattr(type(_USUAL[section]).model_validate({key: value}), key)
    except ValidationError as error:
        raise ValueError(f"{error.errors()[0]['msg']}.") from error
    if isinstance(value, bool) and not isinstance(checked, bool):
        raise ValueError(f"It cannot be {_toml(value)}.")
    if name == "office.country":
        _must_have_holidays(checked)
    if name in ONLY and checked != ONLY[name][0]:
        only, why = ONLY[name]
        raise ValueError(f"It can only be {_toml(only)}. {why}")
    if name in AT_MOST and checked == 0:
        raise ValueError("0 sets no limit.")
    return checked


def _must_have_holidays(country: str) -> None:
    """Laid down, a country that is none would refuse every call, and nobody there could change it."""
    import holidays  # slow to load, and only needed where a country is set

    code, _, part = country.strip().upper().partition("-")
    try:
        if code:
            holidays.country_holidays(code, subdiv=part or None)
    except NotImplementedError as error:
        raise ValueError(
            'Public holidays are not known for it. Write it as in "GB", "GB-ENG" or "US-CA".'
        ) from error


def _toml(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"'
