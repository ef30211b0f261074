"""Answers to questions: which releases, in what order, with the passage that matched. Reads only.

Newest first is a walk down the full-text index, whose keys follow publication. Best first ranks the newest ``WINDOW``
matches, then those before them, and says so: over all matches of a common word, ranking costs half a second at a million.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive import earlier
from archive.conditions import Conditions, conditions_of
from archive.database import Archive, named_errors
from archive.errors import UsageError
from archive.fulltext import Node, words_of
from archive.hits import Hit
from archive.query import Query, Sort, read_text
from archive.snippets import Marker, Markers
from archive.suggestions import suggest

WINDOW = 500
#: and so many where a question holds a phrase or the beginning of a word, which cost more to walk
PLAIN_WINDOW = 50
#: places in a block, for the name of the page that follows
PLACES = 4_096
MOST = 1_000  # hits on a page
#: weight of a match in headline, sub-headline, body and stems
WEIGHTS = (8.0, 4.0, 1.0, 0.7)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of answers. ``next`` is the following page's ``after``. How many there are: ``archive.totals``."""

    query: Query
    hits: tuple[Hit, ...]
    next: int | None
    notes: tuple[str, ...] = ()
    suggestion: str | None = None  # the question as it may have been meant, where nothing answers it


def search(archive: Archive, query: Query) -> Page:
    """One page of the releases that answer ``query``. Raises UsageError for a filter that can't be meant."""
    with named_errors(archive.path):
        connection = archive.connection
        reading = read_text(query)
        conditions = conditions_of(connection, reading)
        query = replace(reading.query, limit=max(1, min(query.limit, MOST)))
        if query.ever or query.as_of:
            return _over_time(connection, query, conditions)
        notes = conditions.notes
        if query.sort is Sort.RELEVANCE and conditions.match.positive:
            positions, following, told = _best(connection, conditions, query)
            notes += told
        else:
            found = _walk(connection, conditions, query.after, query.limit + 1)
            positions = found[: query.limit]
            following = positions[-1] if len(found) > query.limit else None
        hits = tuple(_hits(connection, positions, query, conditions.words))
        meant = None if hits or query.after else suggest(connection, query.text, conditions.words)
        return Page(query, hits, following, notes, meant)


def _over_time(connection: sqlite3.Connection, query: Query, conditions: Conditions) -> Page:
    """What releases say or said: their present text from the one index, their earlier ones from the other."""
    now = _walk(connection, earlier.unchanged_since(conditions, query), query.after, query.limit + 1)
    found = earlier.merged(connection, conditions, query, now, query.limit + 1)
    shown = list(found)[: query.limit]
    hits = tuple(
        earlier.as_then(connection, hit, found[hit.position], query, conditions.words)
        for hit in _hits(connection, shown, query, conditions.words)
    )
    return Page(query, hits, shown[-1] if len(found) > query.limit else None, conditions.notes)


def positions(archive: Archive, query: Query) -> Iterator[int]:
    """Every answer's position, newest first; ``query.limit`` and ``query.after`` don't count.

    Raises UsageError for a question about earlier revisions, as ``search`` does for what can't be meant.
    """
    if query.ever or query.as_of:
        raise UsageError(
            "what was said earlier can be searched and counted, but not exported, fed or cited as a question"
        )
    conditions = conditions_of(archive.connection, read_text(query))
    sql, values = conditions.sql(conditions.key)
    for row in archive.connection.execute(f"{sql} order by {conditions.key} desc", values):
        yield row[0]


def _walk(connection: sqlite3.Connection, conditions: Conditions, after: int | None, most: int) -> list[int]:
    """The newest positions that answer, below ``after``: a walk down the index, not a sort."""
    sql, values = conditions.sql(conditions.key, high=after)
    return [
        row[0] for row in connection.execute(f"{sql} order by {conditions.key} desc limit ?", [*values, most])
    ]


def _best(
    connection: sqlite3.Connection, conditions: Conditions, query: Query
) -> tuple[list[int], int | None, tuple[str, ...]]:
    """A page of the best, block by block: the newest answers ranked, then those before them ranked …

    The page that follows is named by where its block begins and how many of the block were shown.
    """
    start, shown = divmod(query.after or 0, PLACES)
    plain = any(word.prefix or word.phrase for word in words_of(conditions.words))
    size = PLAIN_WINDOW if plain else WINDOW
    found = _walk(connection, conditions, start or None, size + 1)
    block, older = found[:size], len(found) > size
    if plain:
        best = _headlines_first(connection, Markers(conditions.words, exact=query.exact), block)
    else:
        best = _by_score(connection, conditions, block)
    following = None
    if shown + query.limit < len(best):
        following = start * PLACES + shown + query.limit
    elif older:
        following = block[-1] * PLACES
    told = (
        (f"best first among the newest {size:,} answers; the others follow in the same way",) if older else ()
    )
    return best[shown : shown + query.limit], following, () if start else told


def _by_score(connection: sqlite3.Connection, conditions: Conditions, block: list[int]) -> list[int]:
    """By bm25; equal scores newest first."""
    if not block:
        return []
    ranked = replace(conditions, where=(), parameters=(), low=block[-1], high=block[0] + 1)
    sql, values = ranked.sql(f"f.rowid, bm25(releases_fts, {', '.join(map(str, WEIGHTS))}) as score")
    wanted = set(block)
    scored = [(row[1], -row[0]) for row in connection.execute(sql, values) if row[0] in wanted]
    return [-position for _, position in sorted(scored)]


def _headlines_first(connection: sqlite3.Connection, markers: Markers, block: list[int]) -> list[int]:
    """Those that say it in their headline, then the others. For phrases and beginnings of words bm25 would first walk all
    their places in the whole archive (measured at a million: 1.4 times the naive query, 0.4 s for a beginning)."""
    marks = ",".join("?" * len(block))
    rows = connection.execute(
        f"select position, language, headline, subheadline from releases where position in ({marks})", block
    )
    there = {
        row["position"]
        for row in rows
        if markers[row["language"]].finds(f"{row['headline']}\n{row['subheadline'] or ''}")
    }
    return sorted(block, key=lambda position: (position not in there, -position))


def _hits(
    connection: sqlite3.Connection, positions: list[int], query: Query, words: Node | None
) -> Iterator[Hit]:
    marks = ",".join("?" * len(positions))
    rows = connection.execute(
        "select r.id, r.newsroom, n.name, n.country, r.url, r.headline, r.subheadline, r.body, r.published_at,"
        " r.language, r.type, r.type_label, r.state, r.revisions, r.position from releases r"
        f" join newsrooms n on n.slug = r.newsroom where r.position in ({marks})",
        positions,
    )
    by_position = {row["position"]: row for row in rows}
    markers = Markers(words, exact=query.exact)
    for position in positions:
        row = by_position[position]
        yield _hit(row, markers[row["language"]])


def _hit(row: sqlite3.Row, marker: Marker) -> Hit:
    lead = f"{row['subheadline']}\n{row['body']}" if row["subheadline"] else row["body"]
    return Hit(
        id=row["id"],
        newsroom=row["newsroom"],
        ministry=row["name"],
        country=row["country"],
        url=row["url"],
        headline=marker.mark(row["headline"]),
        passage=marker.passage(lead),
        published_at=row["published_at"],
        language=row["language"],
        type=row["type"],
        type_label=row["type_label"],
        state=row["state"],
        revisions=row["revisions"],
        position=row["position"],
    )
