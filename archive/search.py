"""Answers to questions: which releases, in what order, with the passage that matched. Reads only.

Newest first is a walk down the full-text index, whose keys follow publication. Best first ranks the newest ``WINDOW``
matches, and says so: over all matches of a common word, ranking costs half a second at a million releases.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive import earlier
from archive.conditions import Conditions, conditions_of
from archive.database import Archive, named_errors
from archive.fulltext import Node, words_of
from archive.query import Query, Sort, read_text
from archive.snippets import Marker, Part
from archive.suggestions import suggest

WINDOW = 1_000
#: matches are counted up to here; beyond, the answer says "more than"
COUNTED = 1_000
MOST = 1_000  # hits on a page
#: weight of a match in headline, sub-headline, body and stems
WEIGHTS = (8.0, 4.0, 1.0, 0.7)


@dataclass(frozen=True, slots=True)
class Hit:
    """One release that answers. Dates are ISO 8601 as the archive keeps them: a day or a local time with its offset."""

    id: int
    newsroom: str
    ministry: str
    country: str | None
    url: str
    headline: tuple[Part, ...]
    passage: tuple[Part, ...]
    published_at: str | None
    language: str | None
    type: str | None
    type_label: str | None
    state: str
    revisions: int
    position: int
    revision: int | None = None  # the earlier revision that said it, where the release doesn't any more

    @property
    def title(self) -> str:
        """The headline as text."""
        return "".join(part.text for part in self.headline)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of answers. ``next`` is the following page's ``after``; ``total`` counts up to ``COUNTED``."""

    query: Query
    hits: tuple[Hit, ...]
    total: int
    more: bool  # there are more than ``total``
    next: int | None
    notes: tuple[str, ...] = ()
    suggestion: str | None = None  # the question as it may have been meant, where nothing answers it


def search(archive: Archive, query: Query) -> Page:
    """One page of the releases that answer ``query``. Raises UsageError for a filter that can't be meant."""
    with named_errors(archive.path):
        connection = archive.connection
        reading = read_text(query)
        conditions = conditions_of(connection, reading)
        if query.ever or query.as_of:
            return _over_time(connection, reading.query, conditions)
        limit = max(1, min(query.limit, MOST))
        newest = _walk(connection, conditions, None, COUNTED + 1)
        total, more = min(len(newest), COUNTED), len(newest) > COUNTED
        if reading.query.sort is Sort.RELEVANCE and conditions.match.positive:
            positions, following = _best(connection, conditions, newest[:WINDOW], limit, query.after or 0)
        else:
            found = newest if query.after is None else _walk(connection, conditions, query.after, limit + 1)
            positions, following = found[:limit], found[limit - 1] if len(found) > limit else None
        hits = tuple(_hits(connection, positions, reading.query, conditions.words))
        meant = None if hits or query.after else suggest(connection, query.text, conditions.words)
        return Page(reading.query, hits, total, more, following, conditions.notes, meant)


def _over_time(connection: sqlite3.Connection, query: Query, conditions: Conditions) -> Page:
    """What releases say or said: their present text from the one index, their earlier ones from the other."""
    limit = max(1, min(query.limit, MOST))
    then = earlier.said(connection, conditions, query)
    current = earlier.unchanged_since(conditions, query)
    now = _walk(connection, current, query.after, limit)
    still = earlier.among(connection, current, list(then))
    only_then = {position: revision for position, revision in then.items() if position not in still}
    merged = sorted(
        {*now, *(position for position in only_then if query.after is None or position < query.after)},
        reverse=True,
    )
    shown = merged[:limit]
    total, more = count_matches(connection, current)
    hits = _hits(connection, shown, query, conditions.words)
    found = tuple(
        earlier.as_then(connection, hit, only_then.get(hit.position), query, conditions.words) for hit in hits
    )
    following = shown[-1] if shown and (len(merged) > limit or len(now) == limit) else None
    return Page(query, found, total + len(only_then), more, following, conditions.notes)


def positions(archive: Archive, query: Query) -> Iterator[int]:
    """Every answer's position, newest first; ``query.limit`` and ``query.after`` don't count."""
    conditions = conditions_of(archive.connection, read_text(query))
    sql, values = conditions.sql(conditions.key)
    for row in archive.connection.execute(f"{sql} order by {conditions.key} desc", values):
        yield row[0]


def count_matches(connection: sqlite3.Connection, conditions: Conditions) -> tuple[int, bool]:
    """How many answers there are, and whether there are more than ``COUNTED``."""
    sql, values = conditions.sql("1")
    found = connection.execute(f"select count(*) from ({sql} limit {COUNTED + 1})", values).fetchone()[0]
    return min(found, COUNTED), found > COUNTED


def _walk(connection: sqlite3.Connection, conditions: Conditions, after: int | None, most: int) -> list[int]:
    """The newest positions that answer, below ``after``: a walk down the index, not a sort."""
    sql, values = conditions.sql(conditions.key, high=after)
    return [
        row[0] for row in connection.execute(f"{sql} order by {conditions.key} desc limit ?", [*values, most])
    ]


def _best(
    connection: sqlite3.Connection, conditions: Conditions, window: list[int], limit: int, offset: int
) -> tuple[list[int], int | None]:
    """The best of these: a page by its offset; equal scores newest first."""
    if not window:
        return [], None
    ranked = replace(conditions, where=(), parameters=(), low=window[-1], high=window[0] + 1)
    if any(word.prefix for word in words_of(conditions.words)):
        best = _headlines_first(connection, ranked, window)
    else:
        sql, values = ranked.sql(f"f.rowid, bm25(releases_fts, {', '.join(map(str, WEIGHTS))}) as score")
        wanted = set(window)
        scored = [(row[1], -row[0]) for row in connection.execute(sql, values) if row[0] in wanted]
        best = [-position for _, position in sorted(scored)]
    following = offset + limit if len(best) > offset + limit else None
    return best[offset : offset + limit], following


def _headlines_first(connection: sqlite3.Connection, ranked: Conditions, window: list[int]) -> list[int]:
    """For beginnings of words: bm25 would first count every word that begins so (measured: 0.4 s at a million)."""
    headline = f"{{headline subheadline}} : ({ranked.match.positive})"
    sql, values = replace(ranked, match=replace(ranked.match, positive=headline)).sql("f.rowid")
    there = {row[0] for row in connection.execute(sql, values)}
    return sorted(window, key=lambda position: (position not in there, -position))


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
    markers: dict[str | None, Marker] = {}
    for position in positions:
        row = by_position[position]
        language = row["language"]
        if language not in markers:
            markers[language] = Marker(words_of(words), language, exact=query.exact)
        yield _hit(row, markers[language])


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
