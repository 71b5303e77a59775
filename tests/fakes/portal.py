"""A desktop's portal for keys on a bus of its own: says what was asked, and answers as the test has it."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.fakes.short_folder import short_folder
from ui.keys.portal import DESKTOP, PORTAL, SHORTCUTS

_CONFIG = """<busconfig><type>session</type><listen>unix:dir={folder}</listen>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>"""


@contextmanager
def private_bus() -> Iterator[str]:
    """The address of a session bus that nobody else is on, and that starts nothing by itself."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.fail("dbus-daemon is not installed (make test installs it)", pytrace=False)
    with short_folder("bus-") as folder:
        config = folder / "bus.conf"
        config.write_text(_CONFIG.format(folder=folder))
        command = [program, f"--config-file={config}", "--nofork", "--print-address=1"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
            assert daemon.stdout is not None
            yield daemon.stdout.readline().strip()
            daemon.terminate()


class FakePortal:
    """``version`` 0 has no keys to give; ``names`` says whether it takes a program's name."""

    def __init__(self, address: str, version: int = 1) -> None:
        self.version = version
        self.name_errors: list[str] = []
        self.binds: list[int | str] = [0]
        """Its answers to being asked for keys, the last one from then on: 0 given, 1 declined, 2 failed,
        and as GNOME 48 does it "failed, but given"."""
        self.triggers = {"start_end": "Press <Control><Shift>F8"}
        """What it calls the keys it gives; the others have none."""
        self.with_session = False
        """Whether it gives the keys with the session already, as Plasma 5.27 does."""
        self.names: list[str] = []
        self.asked: list[dict[str, dict[str, Any]]] = []
        self.closed: list[str] = []
        self.configured: list[str] = []
        self.session = ""
        self._lock = threading.Lock()
        self._connection = _on(address)
        self._thread = threading.Thread(target=self._serve, name="fake portal", daemon=True)
        self._thread.start()

    def press(self, name: str, session: str = "") -> None:
        self.signal(SHORTCUTS, "Activated", "osta{sv}", (session or self.session, name, 1, {}))

    def change(self, triggers: dict[str, str]) -> None:
        self.triggers = triggers
        self.signal(SHORTCUTS, "ShortcutsChanged", "oa(sa{sv})", (self.session, self._given(list(triggers))))

    def take_back(self) -> None:
        self.signal(DBusAddress(self.session, PORTAL, "org.freedesktop.portal.Session"), "Closed", "", ())

    def signal(self, at: DBusAddress, name: str, signature: str, body: tuple[Any, ...]) -> None:
        self._send(new_signal(at, name, signature or None, body))

    def stop(self) -> None:
        """Leave the bus, as a portal that crashed does."""
        self._connection.sock.shutdown(2)
        self._thread.join(10)
        self._connection.close()

    def _send(self, message: Message) -> None:
        with self._lock:
            self._connection.send(message)

    def _serve(self) -> None:
        while True:
            try:
                message = self._connection.receive()
            except (ConnectionResetError, OSError):
                return
            if message.header.message_type is MessageType.method_call:
                with suppress(BrokenPipeError):  # it was stopped while it answered
                    self._answer(message, message.header.fields[HeaderFields.member], message.body)

    def _answer(self, message: Message, method: str, body: tuple[Any, ...]) -> None:
        if method == "Register":
            self.names.append(body[0])
            if self.name_errors:
                words = self.name_errors.pop(0)
                self._send(new_error(message, "org.freedesktop.portal.Error.Failed", "s", (words,)))
                return
        if method == "Get" and not self.version:
            self._send(
                new_error(message, "org.freedesktop.DBus.Error.InvalidArgs", "s", ("No such interface",))
            )
            return
        if method == "Close":
            self.closed.append(message.header.fields[HeaderFields.path])
        if method == "ConfigureShortcuts":
            self.configured.append(body[0])
        replies: dict[str, tuple[str, tuple[Any, ...]]] = {"Get": ("v", (("u", self.version),))}
        if method in {"CreateSession", "BindShortcuts"}:
            self._take_request(message, method, body)
        else:
            signature, reply = replies.get(method, ("", ()))
            self._send(new_method_return(message, signature or None, reply))

    def _take_request(self, message: Message, method: str, body: tuple[Any, ...]) -> None:
        token = body[-1]["handle_token"][1]
        sender = message.header.fields[HeaderFields.sender].removeprefix(":").replace(".", "_")
        request = DBusAddress(f"{DESKTOP}/request/{sender}/{token}", PORTAL, "org.freedesktop.portal.Request")
        self._send(new_method_return(message, "o", (request.object_path,)))
        if method == "CreateSession":
            self.session = f"{DESKTOP}/session/{sender}/{body[-1]['session_handle_token'][1]}"
            results: dict[str, Any] = {"session_handle": ("s", self.session)}
            if self.with_session:
                self._note(body[-1]["shortcuts"][1])
                results["shortcuts"] = ("a(sa{sv})", self._given(list(self.asked[-1])))
            self.signal(request, "Response", "ua{sv}", (0, results))
            return
        self._note(body[1])
        answer = self.binds.pop(0) if len(self.binds) > 1 else self.binds[0]
        if answer in {0, "failed, but given"}:
            results = {"shortcuts": ("a(sa{sv})", self._given(list(self.asked[-1])))}
            self.signal(request, "Response", "ua{sv}", (0 if answer == 0 else 2, results))
        elif answer in {1, 2}:
            self.signal(request, "Response", "ua{sv}", (answer, {}))

    def _note(self, asked: list[tuple[str, dict[str, tuple[str, Any]]]]) -> None:
        self.asked.append(
            {name: {key: value for key, (_kind, value) in about.items()} for name, about in asked}
        )

    def _given(self, names: list[str]) -> list[tuple[str, dict[str, tuple[str, str]]]]:
        return [(name, {"trigger_description": ("s", self.triggers.get(name, ""))}) for name in names]


def _on(address: str) -> DBusConnection:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        connection = open_dbus_connection("SESSION")
    connection.send_and_get_reply(message_bus.RequestName(PORTAL), timeout=10)
    return connection
