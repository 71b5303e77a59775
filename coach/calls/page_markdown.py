"""A summary as a Markdown page; what was said is escaped, so it cannot become markup."""

from __future__ import annotations

import re

from coach.calls.page_html import when_words
from coach.calls.phrases import clock
from coach.values.revisions import ShownLine, ShownSummary

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~&])")


def summary_markdown(shown: ShownSummary) -> str:
    figures = shown.figures
    page = [
        f"# {_plain(shown.header.title)}",
        "",
        f"{when_words(shown)} · {_plain(shown.headline)}",
        "",
        f"You spoke for {clock(figures.talk_s)}, at {figures.words_per_minute:.0f} words a minute.",
    ]
    if shown.comment:
        page += ["", f"> The agent's comment: {_plain(shown.comment)}"]
    for section in shown.to_read:
        page += ["", f"## {_plain(section.title)}", ""]
        page += [row for line in section.lines for row in _item(line)]
    return "\n".join(page) + "\n"


def _item(line: ShownLine) -> list[str]:
    parts = [_plain(part) for part in (line.text, line.detail) if part]
    parts += [f"“{_plain(line.quote)}”"] if line.quote else []
    parts += ["*called unfair by the agent*"] if line.contested else []
    rows = [f"- **{clock(line.own.at_s)}** {' · '.join(parts)}"]
    if line.edited:
        before = " · ".join(_plain(part) for part in (line.own.text, line.own.detail) if part)
        rows.append(f"  - *Edited by the agent.* Before: {before}")
    if line.comment:
        rows.append(f"  - *The agent's comment:* {_plain(line.comment)}")
    return rows


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
