"""Summaries as the agent has made them, over a store in memory."""

from __future__ import annotations

from coach.values.revisions import WHOLE_CALL, LineRevision
from tests.fakes import sample_call
from tests.fakes.local_model import model_server
from tests.fakes.services import FakeServices, fill_past_calls

CARD = "4111 1111 1111 1111"


def test_a_number_that_is_typed_is_hidden_before_it_is_kept() -> None:
    """No comment and no other wording holds a card number; what was there before an edit comes back whole."""
    services = FakeServices()
    services.memory.calls["c1"] = (sample_call.record("c1"), sample_call.summary())
    summaries = services.summaries
    summaries.revise("c1", WHOLE_CALL, LineRevision(comment=f"I was short. Card {CARD}."))
    assert summaries.revision("c1").comment == "I was short. Card [card number]."
    detail = "You, Sat 28 Nov 2026, 14:00"
    edit = LineRevision(f"Charge {CARD}", detail, "Charge it", detail, "Call me on 0171 555 0199.")
    summaries.revise("c1", "keep.1", edit)
    kept = summaries.revision("c1").lines["keep.1"]
    assert (kept.text, kept.detail) == ("Charge [card number]", detail)
    assert "0199" not in kept.comment
    before = summaries.revise("c1", "keep.1", LineRevision())
    summaries.revise("c1", "keep.1", before)
    assert summaries.revision("c1").lines["keep.1"] == kept


def test_who_no_longer_waits_asks_no_model() -> None:
    """Stopped before there was a model to stop, nobody is asked afterwards; else the model is."""
    services = FakeServices()
    fill_past_calls(services.memory)
    shown = services.summaries.shown("sample")
    with model_server() as server:
        server.says("")
        services.settings.local_model.enabled = True
        services.settings.local_model.address = server.address
        services.summaries.stop_asking()
        assert services.summaries.smooth(shown, lambda: False).lines == ()
        assert server.asked == []
        services.summaries.smooth(shown)
        assert len(server.asked) > 0
