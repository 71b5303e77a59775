"""What an organisation lays down holds, gives back what was the user's, and takes no promise away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach import resources
from coach.errors import KnownError
from coach.organisation import ANY, AT_MOST, ONLY, Policy, apply, read_policy, usual
from coach.settings import SET_BY, Settings, load, save


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    return tmp_path / "policy.toml"


def of(path: Path, text: str) -> Policy:
    path.write_text(text, encoding="utf-8")
    return read_policy(path)


def value_of(settings: Settings, name: str) -> Any:
    section, key = name.split(".")
    return getattr(settings.sections()[section], key)


def test_without_a_file_nothing_is_laid_down(policy: Path) -> None:
    """Most machines have none."""
    read = read_policy(policy)
    assert (read.there, read.values, read.trouble) == (False, {}, None)
    assert apply(read, Settings()) == Settings()


def test_what_is_laid_down_holds_and_cannot_be_changed(policy: Path) -> None:
    """Whatever the user had chosen; to say again what holds is no change."""
    chosen = Settings()
    chosen.sharing.folder, chosen.listening.threads = "/home/ann/elsewhere", 4
    text = "version = 1\n[sharing]\nfolder = '\\\\server\\team'\n[office]\nopens = 07:30:00\n"
    read = of(policy, f"{text}[listening]\nthreads = 1")
    assert read.trouble is None
    apply(read, chosen)
    assert chosen.sharing.folder == r"\\server\team"
    assert chosen.office.opens == dt.time(7, 30)
    assert chosen.listening.threads == 1
    assert chosen.sharing.is_laid_down("folder")
    assert not chosen.sharing.is_laid_down("team_room")
    chosen.sharing.folder = r"\\server\team"
    with pytest.raises(KnownError, match=SET_BY) as caught:
        chosen.sharing.folder = ""
    assert caught.value.code == "laid-down"
    assert chosen.sharing.folder == r"\\server\team"
    chosen.sharing.team_room = True


def test_what_the_user_had_chosen_is_theirs_again(policy: Path, tmp_path: Path) -> None:
    """What is saved is the user's own: a policy that goes leaves nothing behind."""
    chosen, path = Settings(), tmp_path / "settings.toml"
    chosen.sharing.folder, chosen.sharing.mount, chosen.privacy.keep_days = "/mnt/mine", "/mnt", 0
    before = chosen.model_copy(deep=True)
    apply(of(policy, "sharing.folder = ''\nprivacy.keep_days = 30"), chosen)
    chosen.cues.level = before.cues.level = "quiet"
    save(chosen, path)
    assert load(path) == before


def test_a_limit_may_be_gone_below(policy: Path, tmp_path: Path) -> None:
    """At most 30 days: fewer are the agent's choice and are kept; more, or for ever, is not to be had."""
    read, path = of(policy, "[privacy]\nkeep_days = 30"), tmp_path / "settings.toml"
    for own, held in ((0, 30), (90, 30), (30, 30), (7, 7)):
        chosen = Settings()
        chosen.privacy.keep_days = own
        assert apply(read, chosen).privacy.keep_days == held
        assert chosen.privacy.most("keep_days") == 30
    chosen = apply(read, Settings())
    for too_many in (0, 31):
        with pytest.raises(KnownError, match="At most 30"):
            chosen.privacy.keep_days = too_many
    chosen.privacy.keep_days = 14
    save(chosen, path)
    assert load(path).privacy.keep_days == 14


@pytest.mark.parametrize("name", sorted(ONLY))
def test_no_promise_is_taken_away(policy: Path, name: str) -> None:
    """The one value that counts is taken; another is refused with the reason, and never holds."""
    only, why = ONLY[name]
    other = "'after-closing'" if name.endswith("rule") else "'headset'" if name.endswith("profile") else None
    other = other or str(not only).lower()
    read = of(policy, f"{name} = {other}")
    assert read.trouble is not None
    assert f"{name}: It can only be" in read.trouble.message
    assert why in read.trouble.message
    assert read.values.get(name, only) == only
    right = f"'{only}'" if isinstance(only, str) else str(only).lower()
    read = of(policy, f"{name} = {right}")
    assert (read.trouble, read.values[name]) == (None, only)


@pytest.mark.parametrize(
    "name",
    [
        "consent.first_run_done",
        "cues.level",
        "appearance.theme",
        "keys.pause",
        "export.folder",
        "listening.device",
    ],
)
def test_what_is_each_persons_own_stays_so(policy: Path, name: str) -> None:
    """Consent above all, then eyes and hands, and whether there are cues at all."""
    read = of(policy, f"{name} = true\nsharing.team_room = true")
    assert read.trouble is not None
    assert f"{name}: This is each person's own." in read.trouble.message
    assert read.values == {"sharing.team_room": True}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[shareing]\nfolder = ''", "shareing: There is no such setting."),
        ("[sharing]\nfoldr = ''", "sharing.foldr: There is no such setting."),
        ("colour = 'red'", "colour: There is no such setting."),
        ("listening = 3", "listening: There is no such setting."),
        ("listening.threads = 99", "listening.threads: Input should be less than or equal to 16."),
        ("privacy.keep_days = 0", "privacy.keep_days: 0 sets no limit."),
        ("office.country = 'UK-NOWHERE'", "office.country: Public holidays are not known for it."),
        ("privacy.keep_days = true", "privacy.keep_days: It cannot be true."),
    ],
)
def test_a_wrong_line_is_told_and_the_others_count(policy: Path, text: str, told: str) -> None:
    """By its name, with the file to mend and whose it is."""
    read = of(policy, f"cues.playbook = '/opt/playbook.toml'\n{text}")
    assert read.values == {"cues.playbook": "/opt/playbook.toml"}
    assert read.trouble is not None
    assert told in read.trouble.message
    assert str(policy) in read.trouble.message
    assert "whoever looks after this machine" in read.trouble.message


def test_a_file_as_powershell_writes_it_counts(policy: Path) -> None:
    """With the mark of UTF-8 before its first line, and lines that end as on Windows."""
    policy.write_bytes(b"\xef\xbb\xbfprivacy.keep_days = 30\r\n[sharing]\r\nsound = false\r\n")
    read = read_policy(policy)
    assert (read.trouble, read.values) == (None, {"privacy.keep_days": 30, "sharing.sound": False})


@pytest.mark.parametrize(
    "text",
    [
        "not toml",
        "version = 99",
        "version = 'x'",
        "sharing.folder = 3",
        "\x00",
        f"privacy.keep_days = {'9' * 5000}",
        f"x = {'[' * 5000}",
    ],
    ids=["text", "newer", "odd", "number", "binary", "endless", "deep"],
)
def test_a_file_that_cannot_be_read_opens_nothing(policy: Path, text: str) -> None:
    """A slip of the pen may have been meant to keep things in: no folder to share in until it is mended."""
    read = of(policy, text)
    assert read.trouble is not None
    chosen = Settings()
    chosen.sharing.folder = "/mnt/team"
    chosen.privacy.keep_days = 365
    apply(read, chosen)
    assert chosen.sharing.folder == ""
    assert chosen.sharing.is_laid_down("folder")
    assert chosen.privacy.keep_days == 365, "calls would be deleted by a slip"


def test_an_unreadable_file_is_shut_too(policy: Path) -> None:
    """A folder in its place stands for whatever keeps it from being read; what is hidden stays a choice."""
    policy.mkdir()
    read = read_policy(policy)
    chosen = apply(read, Settings())
    assert read.trouble is not None
    assert chosen.sharing.is_laid_down("sound")
    assert not chosen.sharing.sound
    assert chosen.listening.is_laid_down("own_voice_only")
    assert not chosen.privacy.is_laid_down("hide_names")


def test_what_belongs_together_is_laid_down_together(policy: Path) -> None:
    """The user's mount is that of another folder, and a model that was measured is none that was set."""
    chosen = Settings()
    chosen.sharing.mount, chosen.listening.model_automatic = "/mnt", True
    apply(of(policy, "sharing.folder = '/team'\nlistening.model = 'tiny.en'"), chosen)
    assert (chosen.sharing.mount, chosen.listening.model_automatic) == ("", False)
    chosen = apply(of(policy, "sharing.folder = '/mnt/team'\nsharing.mount = '/mnt'"), Settings())
    assert chosen.sharing.mount == "/mnt"
    chosen = Settings()
    chosen.sharing.rule = "after-closing"
    chosen = apply(of(policy, "sharing.folder = ''"), chosen)
    assert chosen.sharing.rule == "by-hand", "told after each call that nothing is shared"


def test_every_name_is_a_setting() -> None:
    """What can be laid down exists, once, and is allowed as its setting is."""
    assert not ANY & ONLY.keys()
    assert not AT_MOST & (ANY | ONLY.keys())
    for name in (*ANY, *ONLY, *AT_MOST):
        assert usual(name) == value_of(Settings(), name)
    sections = {name.split(".")[0] for name in (*ANY, *ONLY, *AT_MOST)}
    assert "consent" not in sections


@pytest.mark.parametrize(
    ("system", "place"),
    [("linux", "/etc/xdg/sameside"), ("darwin", "/Library/Application Support/sameside")],
)
def test_the_machines_file_cannot_be_gone_around(
    monkeypatch: pytest.MonkeyPatch, policy: Path, system: str, place: str
) -> None:
    """Neither by the variable that names another, nor by the user's search path."""
    monkeypatch.setattr(resources.sys, "platform", system)
    monkeypatch.delenv(resources.POLICY_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(policy.parent))
    machine = resources.policy_path()
    assert machine == Path(place) / "policy.toml"
    monkeypatch.setenv(resources.POLICY_VARIABLE, str(policy))
    assert resources.policy_path() == policy
    monkeypatch.setattr(Path, "stat", stat_that(None, machine))
    assert resources.policy_path() == machine


def test_a_folder_that_the_user_may_not_look_into_holds_a_policy(
    monkeypatch: pytest.MonkeyPatch, policy: Path
) -> None:
    """Made for administrators alone, by a slip: nobody gets a policy of their own by it."""
    monkeypatch.setenv(resources.POLICY_VARIABLE, str(policy))
    assert resources.policy_path() == policy
    monkeypatch.delenv(resources.POLICY_VARIABLE)
    machine = resources.policy_path()
    monkeypatch.setenv(resources.POLICY_VARIABLE, str(policy))
    monkeypatch.setattr(Path, "stat", stat_that(PermissionError(13, "Permission denied"), machine))
    assert resources.policy_path() == machine


def stat_that(error: OSError | None, of: Path) -> Callable[..., Any]:
    """``Path.stat`` to which ``of`` is there, or refused."""
    usual_stat = Path.stat

    def stat(path: Path, **how: Any) -> Any:
        if path == of and error is not None:
            raise error
        return usual_stat(Path("/") if path == of else path, **how)

    return stat
