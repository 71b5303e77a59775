"""A language model on this machine, behind an address as OpenAI's has it. It never leaves the machine.

Only a loopback address is taken. Neither proxies nor redirects are followed, and a name is not looked up:
"localhost" is 127.0.0.1 here, whatever the system says.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from coach.errors import KnownError

MOST_BYTES = 1_000_000
"""Of an answer. What is longer is none."""

TIMEOUT_S = 60.0


@dataclass(frozen=True, slots=True)
class Address:
    host: str
    port: int
    path: str


def loopback(address: str) -> Address:
    """Read such an address as "http://127.0.0.1:8080/v1". Raises ``KnownError`` ("model-address")."""
    try:
        parts = urlsplit(address.strip())
        port, host = parts.port or 80, (parts.hostname or "").lower()
    except ValueError as error:
        raise _refused(address) from error
    if parts.scheme != "http" or "@" in parts.netloc or parts.query or parts.fragment:
        raise _refused(address)
    host = "127.0.0.1" if host == "localhost" else host
    try:
        here = ipaddress.ip_address(host)
    except ValueError as error:
        raise _refused(address) from error
    if not here.is_loopback:
        raise _refused(address)
    return Address(str(here), port, parts.path.rstrip("/"))


def _refused(address: str) -> KnownError:
    return KnownError(
        "model-address",
        f"“{address}” is not an address on this machine, so nothing is sent there. "
        "Give one such as http://127.0.0.1:8080/v1.",
    )


class LocalModel:
    """``name`` is the model's, as the server wants it; empty where it has but one."""

    def __init__(self, address: str, name: str = "", timeout_s: float = TIMEOUT_S) -> None:
        self._address = loopback(address)
        self._name = name
        self._timeout_s = timeout_s
        self._line: socket.socket | None = None
        self._stopped = False

    def stop(self) -> None:
        """From another thread: whatever is asked, now or later, is given up at once ("model-stopped")."""
        self._stopped = True
        if self._line is not None:
            with suppress(OSError):  # it is over already
                self._line.shutdown(socket.SHUT_RDWR)

    def answer(self, instruction: str, words: str) -> str:
        """What the model makes of ``words``. Raises ``KnownError`` ("model-away", "model-slow",
        "model-answer", "model-stopped")."""
        asked = {
            "model": self._name or "default",
            "messages": [
                {"role": "system", "content": instruction},
                {"role": "user", "content": words},
            ],
            "temperature": 0.0,
            "stream": False,
        }
        return _content(self._post(json.dumps(asked).encode()))

    def _post(self, body: bytes) -> bytes:
        here = self._address
        connection = http.client.HTTPConnection(here.host, here.port, timeout=self._timeout_s)
        by = time.monotonic() + self._timeout_s
        try:
            connection.connect()
            self._line = connection.sock
            if self._stopped:
                raise _stopped()
            headers = {"Content-Type": "application/json"}
            connection.request("POST", f"{here.path}/chat/completions", body, headers)
            with connection.getresponse() as response:
                if response.status != http.client.OK:
                    raise KnownError(
                        "model-answer",
                        f"The local model refused (status {response.status}). Look at its own log.",
                    )
                return self._read(response, by)
        except (OSError, http.client.HTTPException) as error:
            raise self._trouble(error) from error
        finally:
            connection.close()

    def _read(self, response: http.client.HTTPResponse, by: float) -> bytes:
        """The answer, by then: one that comes in drops is given up all the same."""
        read = b""
        # From Python 3.13 on the line is closed with the last byte, where the server said that it closes it.
        while len(read) <= MOST_BYTES and not response.isclosed():
            left_s = by - time.monotonic()
            if left_s <= 0:
                raise TimeoutError
            if self._line is not None:
                self._line.settimeout(left_s)
            more = response.read1(MOST_BYTES)
            if self._stopped:
                raise _stopped()
            if not more:
                break
            read += more
        return read

    def _trouble(self, error: Exception) -> KnownError:
        if self._stopped:
            return _stopped()
        if isinstance(error, TimeoutError):
            return KnownError(
                "model-slow",
                f"The local model took longer than {self._timeout_s:.0f} seconds. Nothing was changed. "
                "Try again later, or use a smaller model.",
            )
        return KnownError(
            "model-away",
            f"No local model answers at {self._address.host}:{self._address.port}. "
            "Start it, or turn it off in the settings.",
        )


def _stopped() -> KnownError:
    return KnownError("model-stopped", "The local model was not waited for. Nothing was changed.")


def _content(answered: bytes) -> str:
    unread = KnownError("model-answer", "The local model's answer could not be read. Nothing was changed.")
    if len(answered) > MOST_BYTES:
        raise unread
    try:
        content = json.loads(answered)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise unread from error
    if not isinstance(content, str):
        raise unread
    return content
