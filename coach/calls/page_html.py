"""A summary as one HTML file: nothing outside of it is needed, and nothing in it can run.

What was said is escaped wherever it stands, by markupsafe; a content security policy forbids the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from markupsafe import Markup

from coach import resources
from coach.calls.phrases import clock, counted, moment_words
from coach.events import CallSource, Turn
from coach.values.revisions import ShownLine, ShownSection, ShownSummary

SOURCES = {
    CallSource.LIVE: "Live call",
    CallSource.FILE: "Recording",
    CallSource.WRITTEN: "Written call",
}

SIGNS = {
    "about": "why",
    "suggestions": "voice",
    "moments": "flag",
    "repairs": "repair",
    "missing": "gap",
    "commitments": "commitment",
    "keep": "check",
    "try": "another",
}
"""For each section the name of its icon."""

ORIGIN = "Made by Sameside on the agent's own machine, from the agent's words alone."

_PAGE = Markup(
    """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Sameside">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
<header>{logo}<div><h1>{title}</h1><p class="when">{when}</p></div></header>
<p class="lead">{headline}</p>
<ul class="figures">{figures}</ul>
{note}{sections}{turns}</main>
<footer>{origin}</footer>
</body>
</html>
"""
)
_FIGURE = Markup("<li><b>{}</b>{}</li>")
_NOTE = Markup('<div class="note"><h2>What the agent says of this call</h2><p>{}</p></div>\n')
_SECTION = Markup('<section class="{}"><h2>{}<span>{}</span></h2>\n<ol>\n{}</ol></section>\n')
_LINE = Markup('<li class="line"><a class="at" href="#turn-{}">{}</a><div>{}</div></li>\n')
_TEXT = Markup('<p><span class="text">{}</span>{}</p>')
_DETAIL = Markup('<p class="detail">{}</p>')
_QUOTE = Markup("<blockquote>“{}”</blockquote>")
_REMARK = Markup('<div class="remark"><b>The agent\'s comment</b><p>{}</p></div>')
_ORIGINAL = Markup('<p class="original">Before the agent\'s edit: {}</p>')
_EDITED = Markup('<span class="mark">Edited by the agent</span>')
_CONTESTED = Markup('<span class="mark contested">Called unfair by the agent</span>')
_TURNS = Markup(
    '<section class="turns"><h2>{}<span>The words behind it</span></h2>\n'
    "<p>The turns that the lines above cite, in the agent's words. The rest of the call is not here.</p>\n"
    "<ol>\n{}</ol></section>\n"
)
_TURN = Markup('<li class="line" id="turn-{}"><span class="at">{}</span><p>{}</p></li>\n')


def summary_html(shown: ShownSummary) -> str:
    """The page as text, to be written as UTF-8. Light or dark as the reader's system is; prints well."""
    style = resources.asset("summary", "page.css").read_text(encoding="utf-8")
    sections = [_section(section) for section in shown.to_read]
    return _PAGE.format(
        title=shown.header.title,
        style=Markup(style),
        logo=_sign("logo"),
        when=when_words(shown),
        headline=shown.headline,
        figures=_joined(_FIGURE.format(*figure) for figure in figure_words(shown)),
        note=_NOTE.format(shown.comment) if shown.comment else "",
        sections=_joined(sections),
        turns=_turns(shown),
        origin=f"{ORIGIN} Every line quotes its second.",
    )


def when_words(shown: ShownSummary) -> str:
    header = shown.header
    return f"{moment_words(header.started_at)} · {clock(shown.duration_s)} · {SOURCES[header.source]}"


def figure_words(shown: ShownSummary) -> list[tuple[str, str]]:
    """The call in numbers: each with what it counts."""
    figures, promised = shown.figures, shown.promised
    repaired = (f"{figures.flags_repaired} of {figures.flags}", "flags repaired within two turns")
    return [
        repaired if figures.flags else ("0", "flags"),
        (str(promised), "commitment" if promised == 1 else "commitments"),
        (clock(figures.talk_s), f"the agent spoke, {counted(figures.words, 'word')}"),
        (f"{figures.words_per_minute:.0f}", "words a minute"),
    ]


def _section(section: ShownSection) -> Markup:
    lines = _joined(_line(line) for line in section.lines)
    return _SECTION.format(section.key, _sign(SIGNS.get(section.key, "why")), section.title, lines)


def _line(line: ShownLine) -> Markup:
    marks = (_EDITED if line.edited else Markup()) + (_CONTESTED if line.contested else Markup())
    parts = [_TEXT.format(f"“{line.text}”" if line.text == line.own.evidence else line.text, marks)]
    parts += [_DETAIL.format(line.detail)] if line.detail else []
    parts += [_QUOTE.format(line.quote)] if line.quote else []
    if line.edited:
        parts.append(_ORIGINAL.format(" · ".join(part for part in (line.own.text, line.own.detail) if part)))
    parts += [_REMARK.format(line.comment)] if line.comment else []
    return _LINE.format(line.own.turn_index, clock(line.own.at_s), _joined(parts))


def _turns(shown: ShownSummary) -> Markup:
    quoted: dict[int, list[str]] = defaultdict(list)
    for section in shown.sections:
        for line in section.lines:
            quoted[line.own.turn_index].append(line.own.evidence)
    turns = [
        _TURN.format(turn.index, clock(turn.start_s), _marked(turn, quoted[turn.index]))
        for turn in shown.turns
    ]
    return _TURNS.format(_sign("calls"), _joined(turns)) if turns else Markup()


def _marked(turn: Turn, quotes: list[str]) -> Markup:
    """The turn with the words that lines quote marked; ranges that meet become one."""
    inside = [False] * len(turn.text)
    for quote in quotes:
        at = turn.text.find(quote)
        if at >= 0 and len(quote) < len(turn.text.strip()):
            inside[at : at + len(quote)] = [True] * len(quote)
    made, start = Markup(), 0
    for end in range(1, len(turn.text) + 1):
        if end == len(turn.text) or inside[end] != inside[start]:
            part = turn.text[start:end]
            made += Markup("<mark>{}</mark>").format(part) if inside[start] else Markup("{}").format(part)
            start = end
    return made


def _sign(name: str) -> Markup:
    """One of our own drawings, inline."""
    drawing = resources.asset("icons", f"{name}.svg").read_text(encoding="utf-8").strip()
    return Markup(drawing.replace("<svg ", '<svg aria-hidden="true" ', 1))


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)
