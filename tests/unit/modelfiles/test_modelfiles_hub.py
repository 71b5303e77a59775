"""The hub's own library against a small stand-in hub on this machine."""

from __future__ import annotations

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from coach.errors import KnownError
from coach.modelfiles.sources import HubSource

REVISION = "0" * 40


class Hub(BaseHTTPRequestHandler):
    """Serves one repository at one revision: its file list, and its files."""

    protocol_version = "HTTP/1.1"
    files: dict[str, bytes]
    asked: list[str]

    def log_message(self, format, *args):
        """Keep the test's output clean."""

    def do_HEAD(self):
        self._answer(body=False)

    def do_GET(self):
        self._answer(body=True)

    def _answer(self, body):
        path = urlsplit(self.path).path
        self.asked.append(path)
        name = path.rpartition("/")[2]
        if path.startswith("/api/") and REVISION in path:
            self._send(json.dumps(self._listing("/tree/" in path)).encode(), body, "application/json")
        elif f"/resolve/{REVISION}/" in path and name in self.files:
            self._send(self.files[name], body, "application/octet-stream")
        else:
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()

    def _listing(self, tree):
        if tree:
            return [
                {"type": "file", "path": name, "size": len(content), "oid": hashlib.sha1(content).hexdigest()}
                for name, content in self.files.items()
            ]
        return {
            "id": "made/up-base",
            "sha": REVISION,
            "siblings": [{"rfilename": name} for name in self.files],
        }

    def _send(self, data, body, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", f'"{hashlib.sha1(data).hexdigest()}"')
        self.send_header("X-Repo-Commit", REVISION)
        self.end_headers()
        if body:
            self.wfile.write(data)


@pytest.fixture
def hub(good):
    handler = type("ThisHub", (Hub,), {"files": {**good, "README.md": b"not wanted"}, "asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        handler.address = f"http://127.0.0.1:{server.server_port}"
        yield handler
        server.shutdown()
        thread.join()


def test_the_hub_serves_at_the_pinned_revision(kit, hub, said, contents_of, good):
    """The last source brings the same bytes, and only the files recognition opens."""
    folder = kit.files(HubSource(kit.root / "hub-cache", hub.address)).get("base", said)
    assert contents_of(folder) == good
    assert all(REVISION in path for path in hub.asked)
    assert not any("README" in path for path in hub.asked)
    assert "downloading from the model hub" in said.whats


def test_a_wrong_byte_from_the_hub_is_refused_by_name(kit, hub, good):
    """The hub is not trusted more than anybody else."""
    hub.files["model.bin"] = good["model.bin"][:-1] + b"?"
    with pytest.raises(KnownError, match=r"model\.bin") as caught:
        kit.files(HubSource(kit.root / "hub-cache", hub.address)).get("base")
    assert caught.value.code == "model-damaged"


def test_what_the_hubs_own_cache_holds_is_not_downloaded(kit, contents_of, good):
    """A model another program fetched through the hub is copied from its cache."""
    snapshot = kit.root / "hub-cache" / "models--made--up-base" / "snapshots" / REVISION
    snapshot.mkdir(parents=True)
    for name, content in good.items():
        (snapshot / name).write_bytes(content)
    folder = kit.files(HubSource(kit.root / "hub-cache", "http://127.0.0.1:1")).get("base")
    assert contents_of(folder) == good


def test_a_revision_the_hub_does_not_know_is_a_source_that_cannot_serve(kit, hub):
    """A withdrawn revision is said, not raised as a bug."""
    kit.manifest.write_text(kit.manifest.read_text().replace(REVISION, "1" * 40))
    with pytest.raises(KnownError, match="model hub did not answer") as caught:
        kit.files(HubSource(kit.root / "hub-cache", hub.address)).get("base")
    assert caught.value.code == "model-unreachable"
