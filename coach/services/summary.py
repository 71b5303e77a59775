"""The part of the composition root about summaries: as the agent has made them, and written to files."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from coach.calls.page_html import summary_html
from coach.calls.page_markdown import summary_markdown
from coach.calls.shown import show
from coach.calls.smoothing import smooth, try_out
from coach.calls.summary_json import summary_to_json
from coach.errors import KnownError
from coach.events import Commitment
from coach.machine.local_model import LocalModel
from coach.machine.whole_files import write_whole
from coach.ports import CallStore
from coach.redaction.hiding import find, hide
from coach.settings import LocalModelSettings
from coach.values.judgements import FeedbackServices
from coach.values.revisions import (
    LineRevision,
    ModelTrial,
    Revision,
    RevisionStore,
    ShownSummary,
    Smoothed,
    SummaryServices,
    TextForm,
)

SENTENCE = "So, um, I'll I'll send you the the form on Friday, you know."
"""With what smoothing may mend, to try a model on."""


class SummaryStore(CallStore, RevisionStore, Protocol):
    """What ``coach.store.local.LocalStore`` is."""


class EngineSummaries(SummaryServices):
    """``store`` opens the store, and raises what it raises; ``local`` tells the settings as they are now,
    ``mended`` the commitments of a call that the agent edited."""

    def __init__(
        self,
        store: Callable[[], SummaryStore],
        feedback: FeedbackServices,
        local: Callable[[], LocalModelSettings] = LocalModelSettings,
        mended: Callable[[str], Mapping[str, Commitment]] = lambda _call_id: {},
    ) -> None:
        self._store = store
        self._mended = mended
        self._feedback = feedback
        self._local = local
        self._asked: LocalModel | None = None

    def shown(self, call_id: str) -> ShownSummary:
        store = self._store()
        record, summary = store.load(call_id)
        if summary is None:
            raise KnownError("call-unfinished", "This call is still running, so it has no summary yet.")
        unfair = {(one.turn_index or 0, one.move) for one in self._feedback.of_call(call_id)}
        mended = {
            made_id: dataclasses.replace(made, action=hide(made.action, find(made.action)))
            for made_id, made in self._mended(call_id).items()
        }
        return show(record, summary, store.revision(call_id), unfair, mended)

    def revision(self, call_id: str) -> Revision:
        return self._store().revision(call_id)

    def revise(self, call_id: str, line_id: str, revision: LineRevision) -> LineRevision:
        return self._store().revise(call_id, line_id, _without_secrets(revision))

    @property
    def can_smooth(self) -> bool:
        return self._local().enabled

    def smooth(self, shown: ShownSummary, wanted: Callable[[], bool] = lambda: True) -> Smoothed:
        chosen = self._local()
        if not chosen.enabled:
            return Smoothed((), 0)
        model = self._model(chosen.address, chosen.name)
        # Looked at only now: whoever stopped it before there was a model to stop waits no longer.
        return smooth(shown, model.answer) if wanted() else Smoothed((), 0)

    def try_model(self, address: str, name: str) -> ModelTrial:
        return ModelTrial(SENTENCE, try_out(SENTENCE, self._model(address, name).answer))

    def stop_asking(self) -> None:
        if self._asked is not None:
            self._asked.stop()

    def _model(self, address: str, name: str) -> LocalModel:
        self._asked = LocalModel(address, name)
        return self._asked

    def export(self, shown: ShownSummary, path: Path, form: TextForm, replace: bool = False) -> None:
        write_whole(path, written(shown, form), replace)


def _without_secrets(revision: LineRevision) -> LineRevision:
    """Numbers and passwords go out of what is typed as out of what is heard. Words left as they stood
    were looked at when they were heard; a name that is typed is meant, and sharing hides it where chosen."""

    def safe(typed: str, before: str = "") -> str:
        return typed if typed == before else hide(typed, find(typed))

    return dataclasses.replace(
        revision,
        text=None if revision.text is None else safe(revision.text, revision.was_text),
        detail=safe(revision.detail, revision.was_detail),
        comment=safe(revision.comment),
    )


def written(shown: ShownSummary, form: TextForm) -> str:
    if form == "html":
        return summary_html(shown)
    if form == "md":
        return summary_markdown(shown)
    return json.dumps(summary_to_json(shown), ensure_ascii=False, indent=2) + "\n"
