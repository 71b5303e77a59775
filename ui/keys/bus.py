"""The session bus without waiting: calls go out, answers and signals come in by Qt's event loop."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    Properties,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from PySide6.QtCore import QObject, QSocketNotifier, Slot

log = logging.getLogger(__name__)

Done = Callable[[tuple[Any, ...]], None]
Failed = Callable[[str], None]
Heard = Callable[[str, str, tuple[Any, ...]], None]
"""A signal's object path, its name ("org.example.Interface.Member") and what it carries."""


class Bus(QObject):
    """One connection of one's own. Raises ``OSError`` where there is no session bus.

    ``heard`` gets every signal of what ``listen`` asked for, ``lost`` is called once if the bus goes away.
    """

    def __init__(self, heard: Heard, lost: Callable[[], None], parent: QObject | None = None) -> None:
        connection = _connect()  # before there is a child of the parent's, which would outlive the error
        super().__init__(parent)
        self._heard = heard
        self._lost = lost
        self._waiting: dict[int, tuple[Done, Failed]] = {}
        self._connection = connection
        self._notifier = QSocketNotifier(self._connection.sock.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    @property
    def own_name(self) -> str:
        """As the bus calls this connection: ":1.42"."""
        return str(self._connection.unique_name)

    def call(
        self,
        at: DBusAddress,
        method: str,
        signature: str = "",
        body: tuple[Any, ...] = (),
        done: Done | None = None,
        failed: Failed | None = None,
    ) -> None:
        """``done`` gets what the method returns; ``failed`` the error's name and words in one string."""
        self._send(new_method_call(at, method, signature or None, body), done, failed)

    def get(self, at: DBusAddress, name: str, done: Done, failed: Failed) -> None:
        """Read a property; ``done`` gets its value as the one element."""
        self._send(Properties(at).get(name), lambda body: done((body[0][1],)), failed)

    def listen(self, rule: MatchRule) -> None:
        self._send(message_bus.AddMatch(rule), None, None)

    def close(self) -> None:
        """No answer is waited for any more."""
        self._waiting.clear()
        self._notifier.setEnabled(False)
        self._connection.close()

    def _send(self, message: Message, done: Done | None, failed: Failed | None) -> None:
        serial = next(self._connection.outgoing_serial)
        self._waiting[serial] = (done or _nothing, failed or _note)
        try:
            self._connection.send(message, serial=serial)
        except OSError:
            self._go()

    @Slot()
    def _read(self) -> None:
        while self._notifier.isEnabled():
            try:
                message = self._connection.receive(timeout=0)
            except TimeoutError:
                return
            except OSError:
                self._go()
                return
            self._take(message)

    def _take(self, message: Message) -> None:
        fields = message.header.fields
        if message.header.message_type is MessageType.signal:
            name = f"{fields[HeaderFields.interface]}.{fields[HeaderFields.member]}"
            self._heard(fields[HeaderFields.path], name, message.body)
            return
        done, failed = self._waiting.pop(fields.get(HeaderFields.reply_serial, -1), (_nothing, _note))
        if message.header.message_type is MessageType.method_return:
            done(message.body)
        elif message.header.message_type is MessageType.error:
            failed(f"{fields[HeaderFields.error_name]}: {' '.join(map(str, message.body))}")

    def _go(self) -> None:
        self._waiting.clear()
        if self._notifier.isEnabled():
            self._notifier.setEnabled(False)
            self._lost()


def _connect() -> DBusConnection:
    try:
        return open_dbus_connection("SESSION")
    except (KeyError, RuntimeError, ValueError) as error:
        # No address in the environment, one of a kind that is not supported, or one that is no address.
        raise OSError(f"no session bus: {error}") from error


def _nothing(_body: tuple[Any, ...]) -> None:
    pass


def _note(error: str) -> None:
    log.info("the bus: %s", error)
