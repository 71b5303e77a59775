"""A language model on this machine is asked, and nothing beyond this machine ever is."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from coach.errors import KnownError
from coach.machine.local_model import MOST_BYTES, Address, LocalModel, loopback
from tests.fakes.local_model import ModelServer, model_server


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as made:
        yield made


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("http://127.0.0.1:8080/v1", Address("127.0.0.1", 8080, "/v1")),
        (" http://localhost:11434/v1/ ", Address("127.0.0.1", 11434, "/v1")),
        ("http://[::1]:1234", Address("::1", 1234, "")),
        ("http://127.8.8.8", Address("127.8.8.8", 80, "")),
    ],
)
def test_an_address_on_this_machine_is_taken(address: str, read: Address) -> None:
    """By number, or as localhost, which is not looked up."""
    assert loopback(address) == read


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://example.com/v1",
        "http://192.168.1.5:8080/v1",
        "http://0.0.0.0:8080/v1",
        "https://127.0.0.1/v1",
        "file:///etc/passwd",
        "http://127.0.0.1.example.com/v1",
        "http://127.0.0.1@example.com/v1",
        "http://localhost@example.com",
        "http://localhost.example.com",
        "http://2130706433/v1",
        "http://127.0.0.1:99999/v1",
        "http://[::ffff:8.8.8.8]/v1",
        "http://[bad",
        "127.0.0.1:8080",
    ],
)
def test_any_other_address_is_refused(address: str) -> None:
    """Before anything is sent, with what to give instead."""
    with pytest.raises(KnownError, match=r"http://127\.0\.0\.1:8080/v1") as refused:
        LocalModel(address)
    assert refused.value.code == "model-address"


def test_it_is_asked_as_openai_has_it(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Instruction and words in, its words out; a proxy of the system is not asked."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    server.says("Good.")
    assert LocalModel(server.address, "small").answer("Be kind.", "Hello") == "Good."
    ((path, asked),) = server.asked
    assert path == "/v1/chat/completions"
    assert asked["model"] == "small"
    assert [part["content"] for part in asked["messages"]] == ["Be kind.", "Hello"]


def test_a_redirect_is_not_followed(server: ModelServer) -> None:
    """It could lead off the machine."""
    server.status, server.headers = 307, {"Location": "http://example.com/v1/chat/completions"}
    with pytest.raises(KnownError, match="status 307"):
        LocalModel(server.address).answer("", "")
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "answer", [b"", b"no json", b"{}", b'{"choices": []}', b"[" * 100_000, b"x" * (MOST_BYTES + 1)]
)
def test_an_answer_that_is_none_is_told(server: ModelServer, answer: bytes) -> None:
    """Nothing, nonsense, or far too much: one plain sentence."""
    server.answer = answer
    with pytest.raises(KnownError) as told:
        LocalModel(server.address).answer("", "")
    assert told.value.code == "model-answer"


@contextmanager
def reached(answer: bytes = b"") -> Iterator[tuple[str, threading.Event]]:
    """A server that takes what it is asked, sends ``answer`` and no more; the event says so."""
    asked, over = threading.Event(), threading.Event()

    def serve() -> None:
        line, _from = listening.accept()
        with line:
            line.recv(1_000_000)
            line.sendall(answer)
            asked.set()
            over.wait()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}", asked
        finally:
            over.set()
            thread.join()


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\n\r\n   "])
def test_a_model_that_does_not_come_to_an_end_is_given_up(answer: bytes) -> None:
    """Silent, or with a beginning of an answer: after its time it is told, and nobody waits on."""
    with reached(answer) as (address, _asked), pytest.raises(KnownError, match="took longer") as told:
        LocalModel(address, timeout_s=0.05).answer("", "")
    assert told.value.code == "model-slow"


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\n\r\n   "])
def test_a_model_is_given_up_at_once_when_it_is_stopped(answer: bytes) -> None:
    """Also in the middle of its answer, and what is asked after that is not sent at all."""
    codes: list[str] = []
    with reached(answer) as (address, asked):
        model = LocalModel(address)

        def ask() -> None:
            try:
                model.answer("", "")
            except KnownError as error:
                codes.append(error.code)

        asking = threading.Thread(target=ask)
        asking.start()
        asked.wait()
        model.stop()
        asking.join()
        ask()
    assert codes == ["model-stopped", "model-stopped"]


def test_a_model_that_is_not_there_is_told() -> None:
    """With its address, and what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(KnownError, match="Start it, or turn it off") as told:
            LocalModel(address).answer("", "")
    assert told.value.code == "model-away"
