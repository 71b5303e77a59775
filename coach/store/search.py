"""Full-text search over what was said, over call titles, and over whom calls were with."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, text

from coach.values import hits

_SNIPPET_TOKENS = 14

# "+" keeps SQLite from looking up each hit by its number: reading the hits once, against the index of
# turns by call, is ten to thirty times faster over a year of calls.
_CALLS_WITH = text(
    "SELECT DISTINCT call_id FROM turns"
    " WHERE +id IN (SELECT rowid FROM search WHERE search MATCH :term)"
    " UNION SELECT id FROM calls WHERE -number IN (SELECT rowid FROM search WHERE search MATCH :term)"
)
_FIRST_HITS = text(
    "SELECT call_id, min(id) AS hit FROM turns WHERE call_id IN :calls"
    " AND +id IN (SELECT rowid FROM search WHERE search MATCH :words) GROUP BY call_id"
    " UNION ALL SELECT id, -number FROM calls WHERE id IN :calls"
    " AND -number IN (SELECT rowid FROM search WHERE search MATCH :words)"
).bindparams(bindparam("calls", expanding=True))
_SNIPPETS = text(
    f"SELECT rowid, snippet(search, 0, '{hits.BEGINS}', '{hits.ENDS}', '…', {_SNIPPET_TOKENS}) FROM search"
    " WHERE search MATCH :words AND +rowid IN :hits"
).bindparams(bindparam("hits", expanding=True))


def terms(query: str) -> list[str]:
    """The user's words as FTS5 strings, so that none is taken for syntax; the last matches as a prefix.

    Empty where the query holds nothing that could be found.
    """
    words = [word for word in query.replace("\0", " ").split() if any(map(str.isalnum, word))]
    quoted = ['"' + word.replace('"', '""') + '"' for word in words]
    return [*quoted[:-1], quoted[-1] + " *"] if quoted else []


def matching(connection: Connection, wanted: Sequence[str]) -> set[str]:
    """Ids of the calls that hold every term somewhere, in a turn or in the title."""
    found = [set(connection.execute(_CALLS_WITH, {"term": term}).scalars()) for term in wanted]
    return set.intersection(*found)


def snippets(connection: Connection, wanted: Sequence[str], calls: Sequence[str]) -> dict[str, str]:
    """For each call the first place that holds all terms, else the first that holds any."""
    shown: dict[str, str] = {}
    for words in (" AND ".join(wanted), " OR ".join(wanted)):
        missing = [call for call in calls if call not in shown]
        if not missing:
            break
        first = connection.execute(_FIRST_HITS, {"words": words, "calls": missing})
        call_of = {row.hit: row.call_id for row in first}
        marked = connection.execute(_SNIPPETS, {"words": words, "hits": list(call_of)})
        # Titles have negative numbers, so a turn of the same call takes their place.
        for hit, snippet in sorted(marked.all()):
            shown[call_of[hit]] = snippet
    return shown
