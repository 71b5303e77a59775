"""A desktop that shows notifications, on a bus of its own: it writes down what was asked, and clicks."""

from __future__ import annotations

import threading
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection

from ui.keys.notes import NAME, PATH

_FROM = DBusAddress(PATH, NAME, NAME)


class FakeDesktop:
    """``connection`` is one of its own. ``deaf``: it refuses every notification."""

    def __init__(self, connection: DBusConnection, deaf: bool = False) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.deaf = deaf
        self._connection = connection
        connection.send_and_get_reply(message_bus.RequestName(NAME), timeout=10)
        self._thread = threading.Thread(target=self._serve, name="fake desktop", daemon=True)
        self._thread.start()

    def click(self, number: int, action: str = "default") -> None:
        self._connection.send(new_signal(_FROM, "ActionInvoked", "us", (number, action)))

    def stop(self) -> None:
        self._connection.sock.shutdown(2)
        self._thread.join(10)
        self._connection.close()

    def _serve(self) -> None:
        while True:
            try:
                message = self._connection.receive()
            except (ConnectionResetError, OSError):
                return
            if message.header.message_type is not MessageType.method_call:
                continue
            if message.header.fields[HeaderFields.member] != "Notify" or self.deaf:
                self._connection.send(new_error(message, f"{NAME}.Error", "s", ("not now",)))
                continue
            self.asked.append(message.body)
            self._connection.send(new_method_return(message, "u", (len(self.asked),)))
