"""The part of the composition root about summaries: as the agent has made them, and written to files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from coach.calls.page_html import summary_html
from coach.calls.page_markdown import summary_markdown
from coach.calls.shown import show
from coach.calls.summary_json import summary_to_json
from coach.errors import KnownError
from coach.judgements import FeedbackServices
from coach.ports import CallStore
from coach.revisions import LineRevision, Revision, RevisionStore, ShownSummary, SummaryServices, TextForm
from coach.whole_files import write_whole


class SummaryStore(CallStore, RevisionStore, Protocol):
    """What ``coach.store.local.LocalStore`` is."""


class EngineSummaries(SummaryServices):
    """``store`` opens the store, and raises what it raises."""

    def __init__(self, store: Callable[[], SummaryStore], feedback: FeedbackServices) -> None:
        self._store = store
        self._feedback = feedback

    def shown(self, call_id: str) -> ShownSummary:
        store = self._store()
        record, summary = store.load(call_id)
        if summary is None:
            raise KnownError("call-unfinished", "This call is still running, so it has no summary yet.")
        unfair = {(one.turn_index or 0, one.move) for one in self._feedback.of_call(call_id)}
        return show(record, summary, store.revision(call_id), unfair)

    def revision(self, call_id: str) -> Revision:
        return self._store().revision(call_id)

    def revise(self, call_id: str, line_id: str, revision: LineRevision) -> LineRevision:
        return self._store().revise(call_id, line_id, revision)

    def export(self, shown: ShownSummary, path: Path, form: TextForm, replace: bool = False) -> None:
        write_whole(path, written(shown, form), replace)


def written(shown: ShownSummary, form: TextForm) -> str:
    if form == "html":
        return summary_html(shown)
    if form == "md":
        return summary_markdown(shown)
    return json.dumps(summary_to_json(shown), ensure_ascii=False, indent=2) + "\n"
