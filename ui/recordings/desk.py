"""Brings the room of recordings and the line of the engine together, off the main thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication

from coach.errors import KnownError
from coach.machine.whole_files import write_whole
from coach.ports import Services
from coach.values.batches import (
    OVER,
    BatchEnded,
    BatchEvent,
    BatchItem,
    BatchState,
    Forgotten,
    ItemChanged,
    ItemProgress,
    Side,
)
from coach.values.file_names import shown_name
from ui import text
from ui.parts.banner import Banner
from ui.parts.saving import ask_where_to_save
from ui.recordings.words import result_text
from ui.running.call_runner import CallRunner, Phase
from ui.window.main_window import RECORDINGS, MainWindow
from ui.work import Background

T = TypeVar("T")
CODE = "recordings"
"""The one banner that tells what came of them, or that some still wait."""


class RecordingsDesk(QObject):
    """``failed`` with a ``KnownError``; ``kept`` when a recording became a call; ``side_wanted`` and
    ``voice_wanted`` with a ``BatchItem``; ``summary_wanted``, ``review_wanted`` with the number of a call."""

    failed = Signal(object)
    kept = Signal()
    side_wanted = Signal(object)
    voice_wanted = Signal(object)
    summary_wanted = Signal(str)
    review_wanted = Signal(str)
    _told = Signal(object)

    def __init__(
        self, services: Services, background: Background, runner: CallRunner, window: MainWindow
    ) -> None:
        super().__init__(window)
        self._batch = services.batch
        self._settings = services.settings
        self._background = background
        self._runner = runner
        self._window = window
        self._closing = False
        self._shown_at_end: int | None = None
        self._told_of = 0
        """How often one of the line has changed."""
        self.page = page = window.recordings
        self._told.connect(self._take, Qt.ConnectionType.QueuedConnection)
        runner.phase_changed.connect(self._give_way)
        window.room_entered.connect(lambda room: page.take_focus() if room == RECORDINGS else None)
        page.go_on_wanted.connect(self.go_on)
        page.stop_all_wanted.connect(self.stop_all)
        page.copy_wanted.connect(self._copy_report)
        page.save_wanted.connect(self._ask_where)
        page.clear_wanted.connect(self.clear)
        page.stop_wanted.connect(lambda one: self._stop([one]))
        page.again_wanted.connect(self._again)
        page.remove_wanted.connect(lambda one: self._forget([one]))
        page.side_wanted.connect(lambda one: self._of(one, self.side_wanted.emit))
        page.voice_wanted.connect(lambda one: self._of(one, self.voice_wanted.emit))
        page.summary_wanted.connect(lambda one: self._with_call(one, self.summary_wanted.emit))
        page.review_wanted.connect(lambda one: self._with_call(one, self.review_wanted.emit))

    @property
    def running(self) -> bool:
        return self._batch.running

    def begin(self) -> None:
        """The store is open: what was left in line, by quitting or by a crash."""

        def show(items: list[BatchItem]) -> None:
            self.page.show_items(items)
            self._count()
            waiting = sum(one.state is BatchState.WAITING for one in items)
            asking = sum(one.state is BatchState.ASKING for one in items)
            if asking and not waiting:
                self._tell_asking(f"{text.count_text(asking, 'recording needs', 'recordings need')} you")
            if waiting and not self.running:
                left = text.count_text(waiting, "recording waits", "recordings wait")
                banner = self._banner(f"{left} from last time.", "plain")
                banner.offer("Go on", self._go_on_there)
                banner.also("Show", lambda: self._window.go_to(RECORDINGS))

        self._run(self._batch.items, show)

    @Slot()
    def _go_on_there(self) -> None:
        """Asked from another room: there one sees that it does."""
        self._window.go_to(RECORDINGS)
        self.go_on()

    def add(self, paths: Sequence[Path], side: Side, *more: tuple[Sequence[Path], Side]) -> None:
        """Put them in line, show the line and begin. ``more``: those of them with another side."""

        def work() -> list[BatchItem]:
            return [one for those, where in ((paths, side), *more) for one in self._batch.add(those, where)]

        def added(items: list[BatchItem]) -> None:
            self.page.add_items(items)
            self._window.go_to(RECORDINGS)
            if len(items) == 1:
                # One alone is waited for: what came of it is shown.
                self._shown_at_end = items[0].id
                self.page.select(items[0].id)
            if items:
                self.page.show_from(items[0].id)
            else:
                self._window.toast.say("They wait in line already.")
            self.go_on()

        self._run_in_line(work, added)

    @Slot()
    def go_on(self) -> None:
        self._window.banners.dismiss(CODE)
        self.page.set_running(True)
        self._batch.hold(self._runner.running)
        self._run(lambda: self._batch.run(self._told.emit), lambda _none: self._count())

    @Slot()
    def stop_all(self) -> None:
        """Take all out of the line that are not over; Undo puts them back."""
        self._stop([one.id for one in self.page.model.items if one.state not in OVER])

    @Slot()
    def clear(self) -> None:
        self._forget([one.id for one in self.page.model.items if one.state in OVER])

    def choose_sides(self, sides: Mapping[int, Side]) -> None:
        """Where the agent is on each; they are reviewed by that, also where they were before."""

        def work() -> list[BatchItem]:
            return [one for item_id, side in sides.items() for one in self._batch.again([item_id], side)]

        if len(sides) == 1 and all(one.state in OVER or one.id in sides for one in self.page.model.items):
            # Nothing else is left to do: what comes of it is waited for.
            (self._shown_at_end,) = sides
        elif self._shown_at_end in sides:
            # Nobody is led away from a line that goes on.
            self._shown_at_end = None
        self._run_in_line(work, self._changed)

    def ask_no_more(self) -> None:
        """A voice is enrolled now: those that asked for it go on by themselves."""
        asking = [one.id for one in self.page.model.items if one.state is BatchState.ASKING]
        if asking and self._settings.listening.own_voice_only:
            self._put_back(asking)

    def close(self) -> None:
        """What runs is stopped, and waits for the next start."""
        self._closing = True
        self._batch.close()

    def _stop(self, ids: list[int]) -> None:
        self.page.model.leave(ids)
        # One that asks is not kept from going on by that.
        went = self.running or all(one.state is not BatchState.WAITING for one in self.page.model.items)

        def stopped(items: list[BatchItem]) -> None:
            self._show(items)
            said = text.count_text(len(ids), "recording", "recordings")
            self._window.toast.say(
                f"{said} taken out of the line.", text.UNDO, lambda: self._bring_back(ids, went)
            )

        self._run(lambda: self._batch.stop(ids), stopped)

    def _bring_back(self, ids: list[int], went: bool) -> None:
        """Undo: one that came to its end before it could be stopped is not done anew. A line that stood still
        stays so."""
        model = self.page.model
        rows = {one: model.row_of(one) for one in ids}
        out = (BatchState.STOPPED, BatchState.RUNNING)
        left = [one for one, row in rows.items() if row is not None and model.item_at(row).state in out]
        if left:
            self._run_in_line(lambda: self._batch.again(left), self._changed if went else self._show)

    def _again(self, item_id: int) -> None:
        self._put_back([item_id])

    def _put_back(self, ids: list[int]) -> None:
        self._run_in_line(lambda: self._batch.again(ids), self._changed)

    def _changed(self, items: list[BatchItem]) -> None:
        self._show(items)
        self.go_on()

    def _forget(self, ids: list[int]) -> None:
        """Take them off the list; Undo puts them back in their places."""

        def gone(forgotten: Forgotten) -> None:
            self._window.banners.dismiss(CODE)
            self._show_anew()
            if count := len(forgotten.items):
                said = text.count_text(count, "recording", "recordings")
                kept = "Its call stays." if count == 1 else "Their calls stay."
                self._window.toast.say(
                    f"{said} taken off the list. {kept}", text.UNDO, lambda: self._remember(forgotten)
                )

        self._run(lambda: self._batch.forget(ids), gone)

    def _remember(self, forgotten: Forgotten) -> None:
        self._run(lambda: self._batch.put_back(forgotten), lambda _none: self._show_anew())

    def _run_in_line(
        self, work: Callable[[], list[BatchItem]], done: Callable[[list[BatchItem]], None]
    ) -> None:
        """Where one of the line changed before ``done``, its row may stand as it was before."""
        told = self._told_of

        def shown(items: list[BatchItem]) -> None:
            done(items)
            if told != self._told_of:
                self._show_anew()

        self._run(work, shown)

    def _show_anew(self) -> None:
        """All of the line. Where one of it changed while it was read, it is read once more: the row would
        stay as it was before."""
        told = self._told_of

        def show(items: list[BatchItem]) -> None:
            if told == self._told_of:
                self._show_all(items)
            else:
                self._show_anew()

        self._run(self._batch.items, show)

    def _show_all(self, items: list[BatchItem]) -> None:
        self.page.show_items(items)
        self._count()

    def _of(self, item_id: int, then: Callable[[BatchItem], None]) -> None:
        row = self.page.model.row_of(item_id)
        if row is not None:
            then(self.page.model.item_at(row))

    def _with_call(self, item_id: int, then: Callable[[str], None]) -> None:
        self._of(item_id, lambda item: then(item.call_id) if item.call_id else None)

    def _show(self, items: Sequence[BatchItem]) -> None:
        for item in items:
            self.page.model.change(item)
        self.page.set_running(self.running)
        self._count()

    @Slot(object)
    def _take(self, event: BatchEvent) -> None:
        if self._closing:
            return
        if isinstance(event, ItemProgress):
            self.page.show_progress(event)
        elif isinstance(event, ItemChanged):
            self._told_of += 1
            if self.page.model.row_of(event.item.id) is None:
                # Another window has put it in line.
                self._show_anew()
            self.page.change_item(event.item)
            self._count()
            if event.item.call_id and event.item.state is BatchState.DONE:
                self.kept.emit()
            self._show_result(event.item)
        elif isinstance(event, BatchEnded):
            self._ended(event)

    def _show_result(self, item: BatchItem) -> None:
        """Of one that was opened alone, to whoever still waits for it; what was found in it is read first."""
        if item.id != self._shown_at_end or item.state not in OVER:
            # One that asks for a voice is still waited for.
            return
        self._shown_at_end = None
        if self._window.room == RECORDINGS and item.call_id and not item.notes:
            self.summary_wanted.emit(item.call_id)

    def _ended(self, ended: BatchEnded) -> None:
        items = self.page.model.items
        self.page.set_running(False)
        self._count()
        if ended.problem is not None:
            banner = self._banner(f"{ended.problem.message} The recordings that wait are kept.", "danger")
            banner.offer("Go on", self.go_on)
        elif any(one.state is BatchState.WAITING for one in items):
            # Added in the moment the line came to its end. As the line has them: what is shown here may be
            # older, and would be begun without end.
            self._run(self._batch.items, self._go_on_with)
        else:
            self._tell_end(items)

    def _go_on_with(self, items: list[BatchItem]) -> None:
        self._show_all(items)
        if any(one.state is BatchState.WAITING for one in items):
            self.go_on()
        else:
            self._tell_end(items)

    def _tell_end(self, items: Sequence[BatchItem]) -> None:
        if any(one.state is BatchState.ASKING for one in items):
            self._tell_asking(
                f"{text.count_text(len(items), 'recording', 'recordings')}: {result_text(items)}"
            )
            return
        failed = [one for one in items if one.state is BatchState.FAILED]
        recordings = text.count_text(len(items), "recording", "recordings")
        said = f"{recordings}: {result_text(items)}."
        if len(failed) == 1:
            # No alarm for one broken file: which it is, and what to do about it.
            [one] = failed
            why = f"{shown_name(one.path.name)}: {one.why}"
            said = why if len(items) == 1 else f"{said} {why}"
        banner = self._banner(said, "plain" if failed else "good")
        banner.offer("Copy the report", self._copy_report)
        if self._window.room != RECORDINGS:
            banner.also("Show", lambda: self._window.go_to(RECORDINGS))

    def _tell_asking(self, said: str) -> None:
        banner = self._banner(f"{said}. Which voice is yours?", "plain")
        banner.offer("Answer", self._answer)

    @Slot()
    def _answer(self) -> None:
        """The first of those that ask."""
        asking = [one for one in self.page.model.items if one.state is BatchState.ASKING]
        if asking:
            self._window.go_to(RECORDINGS)
            self.page.select(asking[0].id)
            self.voice_wanted.emit(asking[0])

    @Slot()
    def _copy_report(self) -> None:
        def copy(report: str) -> None:
            QGuiApplication.clipboard().setText(report)
            self._window.toast.say("Report copied.")

        self._run(self._batch.report, copy)

    @Slot()
    def _ask_where(self) -> None:
        kinds = "Table (*.csv)"
        ask_where_to_save(self._window, "Save the report", "recordings.csv", kinds, self.save_report)

    def save_report(self, path: Path) -> None:
        """The dialog has asked already whether a file that is there may be replaced."""
        self._run(
            # Spreadsheets take a file without the mark for their own old alphabet.
            lambda: write_whole(path, self._batch.report().encode("utf-8-sig"), replace=True),
            lambda _none: self._window.toast.say("Report saved."),
        )

    @Slot(object)
    def _give_way(self, phase: Phase) -> None:
        """A call comes first: it needs the processor."""
        held = phase is not Phase.IDLE
        self._batch.hold(held)
        self.page.hold(held)

    def _count(self) -> None:
        waiting = sum(one.state not in OVER for one in self.page.model.items)
        self._window.navigation.set_count(RECORDINGS, waiting)

    def _banner(self, message: str, kind: str) -> Banner:
        return self._window.banners.show_message(CODE, message, kind)

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        def failed(error: KnownError) -> None:
            self.page.set_running(self.running)
            self.failed.emit(error)

        self._background.run(work, done, failed)
