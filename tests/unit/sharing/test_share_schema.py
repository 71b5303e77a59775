"""The published form of shared files: what is written fits it, for summaries, notes and receipts."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import jsonschema
import referencing

from coach.sharing.envelope import pack
from coach.sharing.identity import Identity
from coach.sharing.package import note_body, receipt_body
from tests.unit.sharing.share_parts import Someone

SCHEMAS = Path(__file__).resolve().parents[3] / "docs" / "schema"


def checked(data: bytes) -> dict[str, Any]:
    """The message of a file that fits the schema, inside and out."""
    read = [json.loads((SCHEMAS / name).read_text()) for name in ("share-1.json", "call-summary-1.json")]
    resources = [(one["$id"], referencing.Resource.from_contents(one)) for one in read]
    registry: Any = referencing.Registry().with_resources(resources)
    kind = jsonschema.Draft202012Validator
    outer = json.loads(data)
    kind.check_schema(read[0])
    kind(read[0], registry=registry).validate(outer)
    message: dict[str, Any] = json.loads(base64.b64decode(outer["message"]))
    inner = {"$ref": "urn:sameside:share:1#/$defs/message"}
    kind(inner, registry=registry, format_checker=kind.FORMAT_CHECKER).validate(message)
    return message


def test_a_shared_summary_fits_the_published_schema(tmp_path: Path) -> None:
    """As it lies in the folder, with its lines, turns and commitments."""
    someone = Someone(tmp_path / "one")
    someone.sharing.make_me("Ann")
    someone.settings.folder, someone.settings.seal = str(tmp_path), False
    promised = someone.record.commitments[0].id
    someone.settled |= {promised}
    out = someone.sharing.share("c1")
    message = checked((tmp_path / out.name).read_bytes())
    assert message["body"]["follow_up"] == {"settled": 4, "kept": 2, "settled_ids": [promised]}
    someone.store.close()


def test_notes_and_receipts_fit_it_too() -> None:
    """Each names the share and the key of whom it is for."""
    me = Identity.new("Sue")
    at, to = "2026-11-27T10:00:00+00:00", me.public.sign_key
    for kind, body in (
        ("note", note_body("s-1", to, "Well caught.", 3.5, "moments.0.blaming")),
        ("receipt", receipt_body("s-1", to, "opened")),
        ("receipt", receipt_body("s-1", to, "acknowledged", "n-1")),
    ):
        message = checked(pack(me, kind, "a-1", at, body))  # type: ignore[arg-type]
        assert base64.b64decode(message["body"]["to"]) == to
