"""The microphone, through PortAudio, as an endless source of blocks."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from coach.audio.arrivals import Arrivals
from coach.audio.block import StreamResampler
from coach.audio.channels import ChannelMixer
from coach.audio.highpass import HighPass
from coach.audio.portaudio import (
    GATE,
    UNAVAILABLE,
    WRONG_SETTINGS,
    PortAudio,
    Stream,
    code_of,
    inputs_known,
    load_portaudio,
)
from coach.audio.route import NoRoutes, Routes, system_routes
from coach.audio.watch import records_playback
from coach.errors import KnownError
from coach.events import SAMPLE_RATE_HZ, Block
from coach.machine.clock import awake_or_not
from coach.ports import InputDevice

BLOCK_S = 0.04
QUEUE_S = 60.0
"""How far recognition may fall behind before audio is dropped, and counted."""
STALLED_S = 1.2
"""A device that delivers nothing for so long is gone, whatever PortAudio says: opened anew it is heard
again within 2 s."""
WAKING_S = 2.8
"""What a device may need for its first sound: a headset changes its radio profile. Twice as long each time
it was opened in vain, or one that wakes slowly would be closed again and again."""
LONGEST_WAKING_S = 12.0


class _Inbox:
    """Where the callback leaves audio: never blocks, never locks, holds at most ``limit`` blocks.

    PortAudio's own time stamps are not used: drivers let them jump. The clock is the one passed in.
    """

    def __init__(self, limit: int, clock: Callable[[], float]) -> None:
        self._queue: queue.SimpleQueue[tuple[float, int, NDArray[np.float32]]] = queue.SimpleQueue()
        self._limit = limit
        self._clock = clock
        self._frames = 0

    def callback(self, indata: NDArray[np.float32], frames: int, _time: object, _status: object) -> None:
        if self._queue.qsize() < self._limit:
            self._queue.put((self._clock(), self._frames, indata.copy()))
        self._frames += frames

    def get(self, timeout_s: float) -> tuple[float, int, NDArray[np.float32]] | None:
        """The next block, when it came, and the frames that came before it, dropped ones included."""
        try:
            return self._queue.get(timeout=timeout_s) if timeout_s > 0 else self._queue.get_nowait()
        except queue.Empty:
            return None


class Microphone:
    """A microphone as an endless audio source.

    ``device_key`` is an ``InputDevice.key``; None or "" is the system's default. After ``microphone-gone``
    call ``stop`` and ``start``: devices are looked for afresh and time goes on from the last sample.
    Sound that was lost, because ``read`` came too late or the system was too busy, is counted in ``dropped``
    as ``read`` comes to it; time jumps over it. Where the system can be asked, a stream moved to what
    an output plays is ended with ``microphone-wrong``, and nothing of it is given.
    Raises ``KnownError``: portaudio-missing, no-microphone, microphone-unknown, microphone-in-use,
    microphone-refused, microphone-wrong; ``read`` raises microphone-gone and microphone-wrong.
    After ``stop`` it gives what was not read yet.
    """

    def __init__(
        self,
        device_key: str | None,
        portaudio: PortAudio | None = None,
        clock: Callable[[], float] = awake_or_not,
        routes: Routes | None = None,
    ) -> None:
        self.name = _name_of(device_key)
        self.arrived_s: float | None = None
        """When what was read last came in, on ``clock``; None before the first sound."""
        self.wrong = False
        """This input records what the computer plays."""
        self.dropped = 0
        """Stretches of sound lost since the microphone was made, up to what was read last."""
        self._key = device_key or None
        self._portaudio = portaudio
        self._clock = clock
        self._routes = routes or (NoRoutes() if portaudio else system_routes())
        self._was_right = False
        self._stream: Stream | None = None
        self._inbox = _Inbox(0, clock)
        self._open_anew(1, SAMPLE_RATE_HZ)
        self._position = 0
        self._deadline_s = 0.0
        self._waking_s = WAKING_S

    @property
    def ended(self) -> KnownError | None:
        """What ``read`` will raise once it has given what came in before; None while the stream lives."""
        return self._gone() if self._stream is not None and not self._stream.active else None

    @property
    def follows_default(self) -> bool:
        """Whether the system's default is what is wanted, whichever that is."""
        return self._key is None

    def choose(self, device_key: str | None) -> None:
        """Another microphone, from the next ``start`` on."""
        self._key, self.name = device_key or None, _name_of(device_key)
        self._was_right, self._waking_s = False, WAKING_S

    def start(self) -> None:
        portaudio = self._portaudio or load_portaudio()
        with GATE.lock:
            GATE.renew(portaudio)
            index, device = self._choose(inputs_known(portaudio))
            self.name = device.name
            self._open(portaudio, index, device)
            GATE.open_streams += 1
        self._deadline_s = self._clock() + self._waking_s
        self._waking_s = min(2 * self._waking_s, LONGEST_WAKING_S)
        self._routes.start()
        self.wrong = records_playback(device.name)
        self._check_route()

    def read(self, timeout_s: float) -> Block | None:
        stream = self._stream
        if stream is None:
            return self._left_over()
        if self._routes.changed():
            self._check_route()
        # Asked before the inbox: what a dying stream still left behind must be read first.
        active = stream.active
        patience_s = timeout_s if active else 0.0
        asked_s = self._clock()
        item = self._inbox.get(patience_s)
        # Where this program stood still, as while models load, nobody took in what the device had to give.
        self._deadline_s += max(0.0, self._clock() - asked_s - patience_s)
        if item is not None:
            self._deadline_s, self._waking_s = self._clock() + STALLED_S, WAKING_S
            return self._block(*item)
        if not active or self._clock() >= self._deadline_s:
            raise self._gone()
        return None

    def stop(self) -> None:
        stream, self._stream = self._stream, None
        if stream is None:
            return
        self._routes.stop()
        GATE.closed(stream, self._portaudio or load_portaudio())

    def _check_route(self) -> None:
        """Ends a stream that the system moved to an output's monitor; remembers one that began there."""
        route = self._routes.current()
        if route is None:
            return
        self.name, self.wrong = route.name, route.monitor
        if not route.monitor:
            self._was_right = True
        elif self._was_right:
            self.stop()
            # What came in since is somebody else's voice.
            self._inbox = _Inbox(0, self._clock)
            raise KnownError(
                "microphone-wrong",
                "The microphone is gone, and the system offers only what this computer plays: the customer, "
                "not you. Plug the microphone in again or choose another; what was heard so far is kept.",
            )

    def _left_over(self) -> Block:
        """After ``stop``: what had come in but was not read yet, then ``EOFError``."""
        item = self._inbox.get(0.0)
        if item is None:
            raise EOFError
        return self._block(*item)

    def _choose(self, found: list[tuple[int, InputDevice]]) -> tuple[int, InputDevice]:
        if not found:
            raise KnownError(
                "no-microphone",
                "No microphone was found. Plug one in, or allow Sameside to use it, and try again.",
            )
        if self._key is None:
            return found[0]
        for index, device in found:
            if device.key == self._key:
                return index, device
        there = ", ".join(device.name for _, device in found)
        raise KnownError(
            "microphone-unknown",
            f"The microphone '{self.name}' is not there. Plug it in, or choose one of these: {there}.",
        )

    def _open(self, portaudio: PortAudio, index: int, device: InputDevice) -> None:
        refusal: Exception | None = None
        for rate_hz, channels in _settings_to_try(device):
            inbox = _Inbox(round(QUEUE_S / BLOCK_S), self._clock)
            try:
                self._stream = _started(portaudio, index, rate_hz, channels, inbox)
            except portaudio.PortAudioError as error:
                refusal = error
                if code_of(error) not in WRONG_SETTINGS:
                    break
            else:
                self._inbox = inbox
                self._open_anew(channels, rate_hz)
                return
        raise _refused(device.name, refusal) from refusal

    def _open_anew(self, channels: int, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._mixer = ChannelMixer(channels, rate_hz)
        self._resampler, self._highpass = StreamResampler(rate_hz), HighPass()
        self._arrivals = Arrivals()
        self._frames_read = 0

    def _block(self, arrived_s: float, frames_before: int, frames: NDArray[np.float32]) -> Block:
        missed = frames_before - self._frames_read
        self._frames_read = frames_before + len(frames)
        stalled_s = self._arrivals.feed(arrived_s, self._frames_read / self._rate_hz)
        self.arrived_s = arrived_s
        if missed > 0 or stalled_s > 0.0:
            self.dropped += 1
            self._resampler, self._highpass = StreamResampler(self._rate_hz), HighPass()
            self._position += round((missed / self._rate_hz + stalled_s) * SAMPLE_RATE_HZ)
        samples = self._highpass.push(self._resampler.push(self._mixer.push(frames)))
        block = Block(samples, self._position / SAMPLE_RATE_HZ)
        self._position += len(samples)
        return block

    def _gone(self) -> KnownError:
        return KnownError(
            "microphone-gone",
            f"The microphone '{self.name}' stopped sending sound. Plug it in again or choose another; "
            "what was heard so far is kept.",
        )


def _started(portaudio: PortAudio, index: int, rate_hz: int, channels: int, inbox: _Inbox) -> Stream:
    stream = portaudio.InputStream(
        device=index,
        samplerate=rate_hz,
        channels=channels,
        dtype="float32",
        blocksize=round(rate_hz * BLOCK_S),
        callback=inbox.callback,
    )
    try:
        stream.start()
    except BaseException:
        stream.close()
        raise
    return stream


def _settings_to_try(device: InputDevice) -> Iterator[tuple[int, int]]:
    """Rate in Hz and channels, the best first: what the engine wants, then what the device has."""
    channels = dict.fromkeys((1, min(2, device.channels), device.channels))
    for rate_hz in dict.fromkeys((SAMPLE_RATE_HZ, device.rate_hz, 48_000, 44_100)):
        for count in channels:
            yield rate_hz, count


def _name_of(device_key: str | None) -> str:
    return device_key.partition("|")[2] if device_key else "default microphone"


def _refused(name: str, error: Exception | None) -> KnownError:
    if error is not None and code_of(error) == UNAVAILABLE:
        return KnownError(
            "microphone-in-use",
            f"The microphone '{name}' is in use or not available ({error}). "
            "Close other programs that use it, or choose another.",
        )
    return KnownError(
        "microphone-refused",
        f"The system refused the microphone '{name}' ({error}). "
        "Check that Sameside may use it, or choose another.",
    )
