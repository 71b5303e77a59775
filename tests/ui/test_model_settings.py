"""The settings page about a language model: off at first, on this machine, tried before it is trusted."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.fakes.desk import Desk, desk, services, unnamed_controls, unopened_desk
from ui.settings.dialog import MODEL, SettingsDialog
from ui.settings.model_page import ModelPage

__all__ = ["desk", "services", "unopened_desk"]


@pytest.fixture
def page(desk: Desk) -> Iterator[ModelPage]:
    desk.app.ear.open_settings()
    dialog = desk.window.findChild(SettingsDialog)
    assert dialog is not None
    dialog.go_to(MODEL)
    desk.settle()
    yield dialog.model
    dialog.close()
    desk.settle()


def answer_once(desk: Desk, page: ModelPage, content: str) -> None:
    """Try the model of a server on this machine that says ``content``."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"choices": [{"message": {"content": content}}]}).encode())

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    page.address.setText(f"http://127.0.0.1:{server.server_port}/v1")
    page.try_button.click()
    thread.join()
    server.server_close()
    desk.qtbot.waitUntil(lambda: not desk.app.summary_desk.model_work.busy)
    desk.settle()


def test_it_is_off_until_it_is_turned_on(desk: Desk, page: ModelPage) -> None:
    """Kept at once, and the summary offers it from then on; every control has a name."""
    local, saved = desk.services.settings.local_model, desk.services.saved_settings
    assert not page.enabled.isChecked()
    assert desk.window.summary.smooth_button.isHidden()
    page.enabled.click()
    desk.settle()
    assert local.enabled
    assert desk.services.saved_settings == saved + 1
    assert not desk.window.summary.smooth_button.isHidden()
    assert unnamed_controls(page.window()) == []


@pytest.mark.parametrize("address", ["http://10.1.2.3/v1", "https://api.example.com/v1", "127.0.0.1", ""])
def test_an_address_elsewhere_is_refused_and_not_kept(desk: Desk, page: ModelPage, address: str) -> None:
    """The sentence says why; what was kept stays, and nothing is asked."""
    before = desk.services.settings.local_model.address
    page.address.setText(address)
    page.try_button.click()
    assert "not an address on this machine" in page.note.text()
    assert desk.services.settings.local_model.address == before
    assert not desk.app.summary_desk.model_work.busy


def test_its_fields_begin_below_each_other(desk: Desk, page: ModelPage) -> None:
    """The address and the model's name."""
    desk.qtbot.waitUntil(lambda: page.address.isVisible() and page.address.x() > 0)
    assert page.address.x() == page.name.x()
    assert page.address.width() == page.name.width()


def test_trying_it_shows_what_it_makes_of_a_sentence(desk: Desk, page: ModelPage) -> None:
    """A wording that stays with the words is shown; one that adds something is said to be dropped."""
    answer_once(desk, page, json.dumps(["So, I'll send you the form on Friday."]))
    assert "became “So, I'll send you the form on Friday.”" in page.note.text()
    answer_once(desk, page, json.dumps(["I promise a full refund of 40 pounds by Friday."]))
    assert "would be dropped" in page.note.text()
    assert page.try_button.isEnabled()


def test_a_model_that_is_away_is_told(desk: Desk, page: ModelPage) -> None:
    """With what to do."""
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.server_close()
    page.address.setText(f"http://127.0.0.1:{server.server_port}/v1")
    page.name.setText("small")
    page.try_button.click()
    desk.qtbot.waitUntil(lambda: not desk.app.summary_desk.model_work.busy)
    desk.settle()
    assert "No local model answers" in page.note.text()
    assert desk.services.settings.local_model.name == "small"


def test_where_customers_words_would_go_follows_the_address(desk: Desk, page: ModelPage) -> None:
    """The page about practice names the address that is chosen now; a wrong one put right says no more."""
    dialog = page.window()
    assert isinstance(dialog, SettingsDialog)
    page.address.setText("http://127.0.0.1:9/v1")
    page.address.editingFinished.emit()
    assert "127.0.0.1:9/v1" in dialog.practice.model.accessibleDescription()
    page.address.setText("elsewhere")
    page.address.editingFinished.emit()
    assert page.note.isVisible()
    page.address.setText("http://127.0.0.1:9/v1")
    page.address.editingFinished.emit()
    assert not page.note.isVisible()
