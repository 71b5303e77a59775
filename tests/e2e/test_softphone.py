"""Sameside hears the microphone that a softphone uses at the same time, as on every call."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.e2e.sound_server import SoundServer, missing_packages

pytestmark = [pytest.mark.desktop, pytest.mark.alone, pytest.mark.timeout(120)]

AGENT_HZ, CUSTOMER_HZ = 500.0, 1_100.0
WAIT_S = 20.0
_CONFIG = """\
sip_listen 127.0.0.1:{port}
audio_player alsa,{player}
audio_source alsa,{source}
audio_alert alsa,null
rtp_ports {rtp}-{rtp_last}
module_path {modules}
module alsa.so
module g711.so
module_tmp account.so
module_app menu.so
"""
_DEVICES = """\
pcm.far {{ type pulse device far }}
pcm.customer {{ type pulse device customer.monitor }}
"""


@pytest.fixture
def sound(tmp_path: Path) -> Iterator[SoundServer]:
    missing = missing_packages() + ([] if shutil.which("baresip") else ["baresip-core"])
    if missing:
        pytest.skip(f"NO SOFTPHONE TO TEST WITH. Install: apt-get install {' '.join(missing)}")
    with SoundServer(tmp_path / "sound") as running:
        for sink in ("far", "customer"):
            running.pactl("load-module", "module-null-sink", f"sink_name={sink}", "rate=48000")
            running.quick(f"{sink}.monitor")
        with (running.folder / "home" / ".asoundrc").open("a", encoding="utf-8") as devices:
            devices.write(_DEVICES.format())
        yield running


def modules() -> Path:
    return next(Path("/usr/lib").glob("**/baresip/modules"))


def free_port() -> int:
    """One that is free, as is the next, which the phone takes for TLS."""
    for port in range(15_060, 16_060, 10):
        try:
            for one in (port, port + 1):
                for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                    with socket.socket(socket.AF_INET, kind) as taken:
                        taken.bind(("127.0.0.1", one))
        except OSError:
            continue
        return port
    raise AssertionError("no free port for a softphone")


def phone(sound: SoundServer, name: str, port: int, player: str, source: str, *commands: str) -> Path:
    """A baresip that registers nowhere and answers by itself. The file is what it says."""
    folder = sound.folder / name
    folder.mkdir()
    rtp = port + 20_000
    config = _CONFIG.format(
        port=port, player=player, source=source, rtp=rtp, rtp_last=rtp + 8, modules=modules()
    )
    (folder / "config").write_text(config, encoding="utf-8")
    account = f"<sip:{name}@127.0.0.1:{port}>;regint=0;answermode=auto\n"
    (folder / "accounts").write_text(account, encoding="utf-8")
    (folder / "contacts").write_text("", encoding="utf-8")
    sound.run(name, "baresip", "-f", str(folder), *(part for one in commands for part in ("-e", one)))
    return sound.folder / f"{name}.log"


def tone(hz: float, seconds: float = 60.0) -> np.ndarray:
    return 0.3 * np.sin(2 * np.pi * hz * np.arange(round(seconds * 16_000)) / 16_000)


def strength(sound: SoundServer, monitor: str, hz: float) -> float:
    """How much of half a second from a monitor is of one pitch, in [0, 1]; 0 where it is silent."""
    command = [
        "parec",
        f"--device={monitor}",
        "--format=s16le",
        "--rate=16000",
        "--channels=1",
        "--latency-msec=20",
    ]
    with subprocess.Popen(command, env=sound.env, stdout=subprocess.PIPE) as recorder:
        assert recorder.stdout is not None
        heard = np.frombuffer(recorder.stdout.read(16_000), "<i2").astype(float)
        recorder.terminate()
    if np.std(heard) < 300:
        return 0.0
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard)))) ** 2
    near = np.abs(np.fft.rfftfreq(len(heard), 1 / 16_000) - hz) < 30
    return float(spectrum[near].sum() / spectrum.sum())


def test_the_softphone_and_sameside_share_the_microphone(sound: SoundServer) -> None:
    """Two softphones call each other over loopback, with Sameside on the agent's microphone all the while.

    The customer hears the agent, the agent hears the customer, Sameside hears the agent; nobody is refused
    the device, whoever came first.
    """
    sound.play("voice", tone(AGENT_HZ))
    sound.play("customer", tone(CUSTOMER_HZ))
    before = sound.hear()
    before.loud(WAIT_S)
    port = free_port()
    customer = phone(sound, "customer", port, "far", "customer")
    sound.wait(
        lambda: "baresip is ready" in customer.read_text(errors="replace"), WAIT_S, "the customer's phone"
    )
    dial = f"/dial sip:customer@127.0.0.1:{port}"
    agent = phone(sound, "agent", free_port(), "default", "default", dial)
    sound.wait(lambda: "Call established" in agent.read_text(errors="replace"), WAIT_S, "the call")
    sound.wait(lambda: strength(sound, "far.monitor", AGENT_HZ) > 0.5, WAIT_S, "the customer hears the agent")
    sound.wait(
        lambda: strength(sound, "speakers.monitor", CUSTOMER_HZ) > 0.5, WAIT_S, "the agent hears the customer"
    )
    since_s = sound.now_s()
    after = sound.hear()
    for hearing in (before, after):
        hearing.until("Level", WAIT_S, lambda event: event["clock_s"] > since_s and event["rms_dbfs"] > -20)
        assert [event for event in hearing.seen if event["kind"] in ("Failure", "Gap")] == []
    assert strength(sound, "far.monitor", AGENT_HZ) > 0.5
