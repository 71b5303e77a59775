"""``sameside export``: summaries as files for people and for other programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, get_args

from coach.bootstrap import EngineServices, make_services
from coach.calls.file_name import file_name
from coach.errors import KnownError
from coach.machine.whole_files import is_folder, write_whole
from coach.values.revisions import ShownSummary, TextForm

_FORMS: tuple[TextForm, ...] = get_args(TextForm)
_TEXT = "a summary as a file: one HTML page, PDF, Markdown, or JSON with a published schema"


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    parser = subparsers.add_parser("export", help=_TEXT, description=_TEXT[0].upper() + _TEXT[1:] + ".")
    parser.add_argument(
        "calls", nargs="+", metavar="CALL", help="ids, as 'sameside calls' shows them; or all"
    )
    parser.add_argument(
        "--format", choices=(*_FORMS, "pdf"), help="html unless the file's name says otherwise"
    )
    parser.add_argument(
        "--to", type=Path, default=Path(), metavar="PLACE", help="a folder, or for one call a file (here)"
    )
    parser.add_argument("--replace", action="store_true", help="replace files that are there already")
    parser.set_defaults(run=run, draw_pdf=None)


def run(args: argparse.Namespace) -> int:
    services = make_services()
    ids = _ids(services, args.calls)
    form, folder = _form(args), args.to
    one_file = len(ids) == 1 and args.calls != ["all"] and not is_folder(folder) and folder.suffix != ""
    written: set[str] = set()
    for call_id in ids:
        shown = services.summaries.shown(call_id)
        path = folder if one_file else _another(_folder(folder) / file_name(shown.header, form), written)
        _write(services, shown, path, form, args)
        sys.stdout.write(f"{path}\n")
    if not ids:
        sys.stdout.write("No calls yet.\n")
    return 0


def _another(path: Path, written: set[str]) -> Path:
    """``path``, with a number where a call before has that name: of the same minute, and called alike."""
    found, number = path, 1
    while str(found).casefold() in written:
        number += 1
        found = path.with_name(f"{path.stem} ({number}){path.suffix}")
    written.add(str(found).casefold())
    return found


def _ids(services: EngineServices, named: list[str]) -> list[str]:
    if named != ["all"]:
        return list(dict.fromkeys(named))
    # Those still running have no summary yet.
    return [row.id for row in services.store().listing() if row.finished]


def _form(args: argparse.Namespace) -> str:
    named = args.to.suffix.lower().lstrip(".")
    return args.format or (named if named in (*_FORMS, "pdf") else "html")


def _folder(folder: Path) -> Path:
    if not is_folder(folder):
        raise KnownError("folder-missing", f"There is no folder {folder}. Make it, or choose another.")
    return folder


def _write(
    services: EngineServices, shown: ShownSummary, path: Path, form: str, args: argparse.Namespace
) -> None:
    for text_form in _FORMS:
        if form == text_form:
            services.summaries.export(shown, path, text_form, args.replace)
            return
    if args.draw_pdf is None:
        raise KnownError("pdf-without-app", "A PDF is drawn by the app: run 'sameside export' itself.")
    write_whole(path, args.draw_pdf(shown), args.replace)
