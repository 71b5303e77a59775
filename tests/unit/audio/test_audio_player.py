"""A recording is played from any second, at any speed, at its own pitch, and says where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from coach.audio.excerpt import ClipSource
from coach.audio.media_file import MediaFile
from coach.audio.player import Player
from coach.audio.stretch import Stretcher
from coach.values.reviewing import Playback
from tests.fakes.waiting import until
from tests.unit.audio.audio_recordings import float_wav, loudest_hz, tone
from tests.unit.audio.conftest import Encode
from tests.unit.audio.fake_portaudio import FakePortAudio, FakePortAudioError

FRAMES = 4_800
"""A tenth of a second at the output's rate."""


@pytest.fixture
def stairs(tmp_path: Path) -> Path:
    """Ten seconds; each second has a tone of its own: 200, 300 ... 1100 Hz."""
    path = tmp_path / "stairs.wav"
    frames = np.concatenate([tone(200 + 100 * second, 1.0, 16_000) for second in range(10)])
    path.write_bytes(float_wav(frames[:, None], 16_000))
    return path


@pytest.fixture
def machine() -> FakePortAudio:
    return FakePortAudio()


@pytest.fixture
def make(machine: FakePortAudio) -> Iterator[Callable[[Path], Player]]:
    made: list[Player] = []

    def player(path: Path) -> Player:
        made.append(Player(path, portaudio=machine))
        return made[-1]

    yield player
    for one in made:
        one.close()


def heard(machine: FakePortAudio, player: Player, most_s: float = 4.0) -> np.ndarray:
    """What the output gets until the playing is over, or for ``most_s``; shape (n,) at 48 kHz."""
    until(lambda: bool(machine.players) or player.playback.problem is not None)
    pieces: list[np.ndarray] = []
    while len(pieces) < round(most_s * 10) and _next(machine, player, pieces):
        pass
    return np.concatenate(pieces)


def _next(machine: FakePortAudio, player: Player, pieces: list[np.ndarray]) -> bool:
    run = player._run
    assert run is not None
    deck = run.deck
    assert deck is not None
    until(lambda: bool(deck.queue) or deck.all_in or run.over)
    if run.over:
        return False
    pieces.append(machine.players[-1].take(FRAMES)[:, 0])
    if deck.done:
        until(lambda: run.over)
    return True


def pitch(samples: np.ndarray) -> float:
    return loudest_hz(samples) * 3


def test_it_plays_the_second_it_is_asked_for(
    stairs: Path, machine: FakePortAudio, make: Callable[[Path], Player]
) -> None:
    """From 3 s to 4 s there is the tone of the fourth second, and then it ends by itself."""
    player = make(stairs)
    player.play(3.0, 4.0)
    sound = heard(machine, player)
    assert len(sound) == pytest.approx(48_000, abs=FRAMES * 2)
    assert pitch(sound[4_800:40_000]) == pytest.approx(500, abs=5)
    assert player.playback.at_s == pytest.approx(4.0, abs=0.02)
    assert not player.playback.playing
    assert machine.players[-1].closed


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.25, 2.0])
def test_the_pitch_stays_at_any_speed(
    stairs: Path, machine: FakePortAudio, make: Callable[[Path], Player], speed: float
) -> None:
    """Slower or faster takes longer or shorter, and sounds as high as before."""
    player = make(stairs)
    player.set_speed(speed)
    player.play(2.0, 3.0)
    sound = heard(machine, player)
    assert len(sound) / 48_000 == pytest.approx(1 / speed, abs=0.25)
    assert pitch(sound[8_000:20_000]) == pytest.approx(400, abs=12)
    assert player.playback.at_s == pytest.approx(3.0, abs=0.1)


@pytest.mark.parametrize("until_s", [None, 0.5])
def test_an_output_that_is_unplugged_ends_the_playing_and_says_so(
    stairs: Path, machine: FakePortAudio, make: Callable[[Path], Player], until_s: float | None
) -> None:
    """Nobody waits before a transport that stands still: in the middle, and in the last second of it."""
    player = make(stairs)
    player.play(0.0, until_s)
    until(lambda: bool(machine.players))
    machine.players[-1].take(FRAMES)
    machine.players[-1].active = False
    until(lambda: not player.playback.playing)
    assert player.playback.problem is not None
    assert player.playback.problem.code == "output-gone"
    assert machine.players[-1].closed


def test_a_turn_is_looped_until_it_is_paused(
    stairs: Path, machine: FakePortAudio, make: Callable[[Path], Player]
) -> None:
    """The same second over and over; paused, it stays where it was."""
    player = make(stairs)
    player.play(5.0, 5.5, loop=True)
    sound = heard(machine, player, most_s=2.0)
    assert len(sound) == 2 * 48_000
    assert all(pitch(sound[at : at + 9_600]) == pytest.approx(700, abs=15) for at in (4_800, 40_000, 80_000))
    player.pause()
    assert 5.0 <= player.playback.at_s <= 5.5
    assert not player.playback.playing


def test_seeking_goes_on_playing_only_where_it_played(
    stairs: Path, machine: FakePortAudio, make: Callable[[Path], Player]
) -> None:
    """The arrows move the place; they do not start what stands still."""
    player = make(stairs)
    player.seek(7.0)
    assert player.playback == Playback(7.0, False)
    player.play(1.0)
    until(lambda: bool(machine.players))
    player.seek(8.0)
    until(lambda: len(machine.players) == 2)
    assert pitch(heard(machine, player, most_s=0.5)[4_800:]) == pytest.approx(1_000, abs=15)
    player.set_speed(2.0)
    assert player.playback.playing
    assert player.playback.at_s >= 8.0


def test_no_output_is_said_and_nothing_breaks(stairs: Path, make: Callable[[Path], Player]) -> None:
    """A machine without a loudspeaker, or one that refuses, gives a sentence that says what to do."""
    silent = FakePortAudio()
    silent.devices = silent.devices[:1]
    refusing = FakePortAudio(lambda settings: FakePortAudioError("busy", -9985))
    for machine, code in ((silent, "no-output"), (refusing, "output-refused")):
        player = Player(stairs, portaudio=machine)
        player.play(0.0)
        until(lambda player=player: player.playback.problem is not None)  # type: ignore[misc]
        problem = player.playback.problem
        assert problem is not None
        assert problem.code == code
        assert not player.playback.playing
        player.close()


def test_a_file_that_went_is_said_before_an_output_is_opened(
    stairs: Path, machine: FakePortAudio, make: Callable[[Path], Player]
) -> None:
    """Between two playings the file may vanish."""
    player = make(stairs)
    stairs.unlink()
    player.play(0.0)
    until(lambda: player.playback.problem is not None)
    problem = player.playback.problem
    assert problem is not None
    assert problem.code == "file-missing"
    assert machine.players == []


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("a.wav", "pcm_s16le"),
        ("a.flac", "flac"),
        ("a.mp3", "libmp3lame"),
        ("a.m4a", "aac"),
        ("a.ogg", "libopus"),
    ],
)
def test_every_kind_of_file_is_entered_at_the_right_second(encode: Encode, name: str, codec: str) -> None:
    """A file read from its middle gives what a file read from its beginning gives there."""
    steps = [tone(300 + 150 * (second % 9), 1.0, 16_000) for second in range(40)]
    path = encode(name, codec, np.concatenate(steps), 16_000)
    source = MediaFile(path, block_s=0.25)
    for at_s in (0.4, 12.5, 33.5):
        source.start(at_s)
        found = [source.read(0.0)]
        while found[-1].end_s < at_s + 0.4:
            found.append(source.read(0.0))
        assert found[0].start_s <= at_s
        whole = np.concatenate([block.samples for block in found])
        part = whole[round((at_s - found[0].start_s) * 16_000) :][:4_800]
        assert loudest_hz(part) == pytest.approx(300 + 150 * (int(at_s) % 9), abs=12)
    source.stop()


def test_the_pieces_do_not_change_what_is_stretched() -> None:
    """One long piece or many short ones: the same sound."""
    samples = tone(440, 1.0, 16_000)
    one, many = Stretcher(0.75, 48_000), Stretcher(0.75, 48_000)
    whole = np.concatenate([one.push(samples), one.flush()])
    parts = [many.push(samples[at : at + 700]) for at in range(0, len(samples), 700)]
    pieces = np.concatenate([*parts, many.flush()])
    assert len(whole) == len(pieces)
    assert np.allclose(whole, pieces, atol=1e-4)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (Path.unlink, "recording-gone"),
        (lambda path: path.write_bytes(path.read_bytes()[:200_000]), "recording-changed"),
        (
            lambda path: path.with_name("other.wav").rename(path),
            "recording-changed",
        ),
    ],
)
def test_a_recording_that_goes_or_changes_while_it_plays_is_told(
    stairs: Path,
    machine: FakePortAudio,
    make: Callable[[Path], Player],
    spoil: Callable[[Path], object],
    code: str,
) -> None:
    """Deleted, cut short, or another file in its place: it stops and says so, and the output is let go."""
    stairs.with_name("other.wav").write_bytes(float_wav(tone(900, 9.0, 16_000)[:, None], 16_000))
    player = make(stairs)
    player.play(0.0)
    until(lambda: bool(machine.players) and player._run is not None and player._run.deck is not None)
    spoil(stairs)

    def told() -> bool:
        machine.players[-1].take(FRAMES)
        return player.playback.problem is not None

    until(told)
    playback = player.playback
    assert not playback.playing
    assert playback.problem is not None
    assert playback.problem.code == code
    player.play(1.0)
    until(lambda: player.playback.problem is not None)
    assert player.playback.problem is not None
    assert player.playback.problem.code in (code, "file-missing")


def test_sound_in_memory_is_played_to_its_end(machine: FakePortAudio, make: Callable[[Path], Player]) -> None:
    """What came with a shared summary is in no file: the output gets all of it, and nothing is looked for."""
    samples = tone(700, 1.0, 16_000).astype(np.float32)
    player = Player(Path("nowhere"), portaudio=machine, source=lambda: ClipSource(samples))
    player.play(0.0)
    sound = heard(machine, player)
    assert player.playback.problem is None
    assert loudest_hz(sound[: 3 * FRAMES : 3]) == pytest.approx(700, abs=15)
    assert int(np.flatnonzero(np.abs(sound) > 0.01)[-1]) == pytest.approx(48_000, abs=2 * FRAMES)
    player.close()
