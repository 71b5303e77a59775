"""Pictures of the room of recordings and of its dialogs, over fake recordings."""

from __future__ import annotations

from pathlib import Path

from coach.values.batches import BatchItem, BatchState, FoundVoice, ItemProgress, Side
from scripts.ear_pictures import Studio
from ui.recordings.voices import PickVoiceDialog
from ui.window.main_window import RECORDINGS

_FOLDER = Path("/home/robin/Calls/week 48")
_EVERY = "Every voice in it was taken as yours: none is enrolled, and none was picked."
_FOUND = "Yours is the right channel, where your voice was found."


def items() -> list[BatchItem]:
    def item(number: int, name: str, **more: object) -> BatchItem:
        return BatchItem(number, _FOLDER / name, **more)  # type: ignore[arg-type]

    done = BatchState.DONE
    return [
        item(
            1, "2026-11-23 Mrs Okafor, parcel.wav", state=done, call_id="c1", duration_s=421.0,
            flags=3, repaired=2, taken=_FOUND,
        ),
        item(
            2, "2026-11-23 window returns.mp3", state=done, call_id="c2", duration_s=1312.0, flags=1,
            taken=_EVERY,
            notes=(
                "It was recorded too loud: parts of it are clipped, so words there may be misheard.",
            ),
        ),
        item(3, "copy of 2026-11-23 Mrs Okafor, parcel.wav", state=BatchState.KNOWN, call_id="c1"),
        item(
            4, "2026-11-24 hold music.m4a", state=done, call_id="c4", duration_s=95.0, taken=_EVERY,
            notes=("No speech was heard in it. There is sound in it, such as music or noise.",),
        ),
        item(
            5, "notes.wav", state=BatchState.FAILED,
            why="It is not a sound or video file Sameside can read, or it is damaged. Try a WAV, FLAC, MP3, "
            "M4A, OGG or MP4 file.",
        ),
        item(6, "2026-11-24 tariff change.ogg", state=BatchState.RUNNING, side=Side(find=True)),
        item(7, "2026-11-25 meter reading, second call after the technician came.wav", side=Side(0)),
        item(8, "2026-11-25 refund.flac", side=Side(find=True)),
    ]  # fmt: skip


def take_recordings(studio: Studio) -> None:
    """``recordings-<theme>.png``, empty, and the dialog in which a voice is picked."""
    window = studio.desk.window
    window.go_to(RECORDINGS)
    studio.picture(window, studio.folder / f"recordings-empty-{studio.theme}.png")
    page = window.recordings
    page.show_items(items())
    page.set_running(True)
    page.show_progress(ItemProgress(6, 254.0, 611.0, 74.0, 205.0))
    page.select(2)
    window.navigation.set_count(RECORDINGS, 3)
    studio.picture(window, studio.folder / f"recordings-{studio.theme}.png")
    dialog = PickVoiceDialog("2026-11-23 window returns.mp3", window)
    dialog.show_voices([FoundVoice(b"", 132.0, 3.0, 8.0, True), FoundVoice(b"", 71.0, 12.0, 17.0, True)])
    dialog.group.button(0).click()
    dialog.keep_check.setChecked(True)
    dialog.show_playing(0)
    dialog.open()
    studio.picture(dialog, studio.folder / f"recordings-voice-{studio.theme}.png")
    dialog.close()
    page.set_running(False)
    page.show_items([])
    window.navigation.set_count(RECORDINGS, 0)
