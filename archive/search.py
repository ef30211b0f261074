"""Answers to questions: which releases, in what order, with the passage that matched. Reads only.

Newest first is a walk down the full-text index, whose keys follow publication. Best first ranks the newest ``WINDOW``
matches, and says so: over all matches of a common word, ranking costs half a second at a million releases.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from archive import earlier
from archive.database import Archive, named_errors
from archive.fulltext import Match, Node, compile_match, words_of
from archive.positions import positions_between
from archive.query import Query, Reading, Sort, read_text
from archive.snippets import Marker, Part
from archive.stems import ALGORITHMS, algorithm_code
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


@dataclass(frozen=True, slots=True)
class Conditions:
    """A question as SQL: which positions of the full-text index, which rows of ``releases`` (``r``)."""

    match: Match
    low: int
    high: int
    where: tuple[str, ...]
    parameters: tuple[Any, ...]
    words: Node | None
    notes: tuple[str, ...]

    def sql(
        self, columns: str, *, low: int | None = None, high: int | None = None, joined: bool = False
    ) -> tuple[str, list[Any]]:
        """``select columns`` over what answers, without an order; positions within ``low`` (included) and ``high``.

        Columns of ``releases`` (``r``) are there where the question filters by one, or always if ``joined``.
        """
        first, last = max(self.low, low or 0), min(self.high, self.high if high is None else high)
        key = "f.rowid" if self.match.positive else "r.position"
        clauses = [f"{key} >= ?", f"{key} < ?"]
        values: list[Any] = [first, last]
        if self.match.positive:
            clauses.insert(0, "f.releases_fts match ?")
            values.insert(0, self.match.positive)
        if self.match.negative:
            clauses.append(f"{key} not in (select rowid from releases_fts where releases_fts match ?)")
            values.append(self.match.negative)
        return (
            f"select {columns} from {self._tables(joined)} where {' and '.join((*clauses, *self.where))}",
            [
                *values,
                *self.parameters,
            ],
        )

    def _tables(self, joined: bool) -> str:
        if not self.match.positive:
            return "releases r"
        if not (joined or self.where):
            return "releases_fts f"
        return "releases_fts f cross join releases r indexed by releases_facets on r.position = f.rowid"

    @property
    def key(self) -> str:
        """The SQL name of a match's position."""
        return "f.rowid" if self.match.positive else "r.position"


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


def conditions_of(connection: sqlite3.Connection, reading: Reading) -> Conditions:
    """The question with its names resolved: countries and ministries to newsrooms, languages to stems."""
    query, notes = reading.query, list(reading.notes)
    where, values = _filters(connection, query, notes)
    low, high = positions_between(query.since, query.until)
    languages = query.languages or distinct(connection, "language")
    codes = tuple(dict.fromkeys(code for code in map(algorithm_code, languages) if code in ALGORITHMS))
    match = compile_match(reading.words, codes, exact=query.exact)
    return Conditions(match, low, high, tuple(where), tuple(values), reading.words, tuple(notes))


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


def _filters(connection: sqlite3.Connection, query: Query, notes: list[str]) -> tuple[list[str], list[Any]]:
    where: list[str] = []
    values: list[Any] = []

    def one_of(column: str, wanted: list[str]) -> None:
        where.append(f"{column} in ({','.join('?' * len(wanted))})")
        values.extend(wanted)

    if query.countries or query.newsrooms or query.ministries:
        one_of("r.newsroom", _newsrooms(connection, query, notes))
    if query.languages:
        one_of("r.language", [code.strip().lower() for code in query.languages])
    if query.types:
        wanted = [kind.strip().lower() for kind in query.types]
        known = distinct(connection, "type")
        one_of("r.type" if set(known).issuperset(wanted) else "lower(r.type_label)", wanted)
    if query.states:
        one_of("r.state", list(query.states))
    if query.since:
        where.append("r.published_at >= ?")
        values.append(query.since.isoformat())
    if query.until:
        where.append("substr(r.published_at, 1, 10) <= ?")
        values.append(query.until.isoformat())
    for contact in query.contacts:
        where.append(_CONTACT)
        values.extend([contact.strip()] * 5)
    return where, values


_CONTACT = (
    "r.current_revision in (select c.revision_id from contacts c where instr(lower(c.name), lower(?))"
    " or instr(lower(c.role), lower(?)) or instr(lower(c.org), lower(?)) or instr(lower(c.email), lower(?))"
    " or instr(c.phone_e164, ?))"
)


def _newsrooms(connection: sqlite3.Connection, query: Query, notes: list[str]) -> list[str]:
    """The slugs that fit country, newsroom and ministry together; a name that fits none is told."""
    countries = {country.strip().upper() for country in query.countries}
    parts = [part.strip().casefold() for part in query.ministries]
    rows = connection.execute("select slug, name, country from newsrooms").fetchall()
    named = {row["slug"]: f"{row['slug']} {row['name']}".casefold() for row in rows}
    unknown = [part for part in parts if not any(part in name for name in named.values())]
    unknown += [slug for slug in query.newsrooms if slug not in named]
    notes.extend(f"no newsroom of this archive is called “{name}”" for name in unknown)
    return [
        row["slug"]
        for row in rows
        if (not countries or (row["country"] or "").upper() in countries)
        and (not query.newsrooms or row["slug"] in query.newsrooms)
        and (not parts or any(part in named[row["slug"]] for part in parts))
    ]


def distinct(connection: sqlite3.Connection, column: str) -> tuple[str, ...]:
    """The archive's languages or types: a few jumps through an index of the counts that triggers keep, 0.1 ms."""
    sql = (
        f"with recursive found (value) as (select min({column}) from release_counts union all"
        f" select (select min({column}) from release_counts where {column} > value) from found where value is not null)"
        " select value from found where value <> ''"
    )
    return tuple(row[0] for row in connection.execute(sql))
