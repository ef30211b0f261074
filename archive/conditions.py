"""A question as SQL: its words as an expression of the full-text index, its filters as conditions on ``releases``."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import partial
from typing import Any

from archive.fulltext import Match, Node, compile_match
from archive.model import State
from archive.naming import name_patterns, names_match
from archive.positions import positions_between
from archive.query import Query, Reading
from archive.stems import ALGORITHMS, algorithm_code
from archive.vocabulary import named

#: filters that hold on the kept counts as on the releases
KEPT = ("r.newsroom in ", "r.language in ", "r.state in ")


@dataclass(frozen=True, slots=True)
class Conditions:
    """A question as SQL: which positions of the full-text index, which rows of ``releases`` (``r``)."""

    match: Match
    named: (
        str | None
    )  # what the index of contacts is asked, where it is walked itself because no words are sought
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
        clauses = [f"{self.key} >= ?", f"{self.key} < ?"]
        values: list[Any] = [first, last]
        if sought := self.match.positive or self.named:
            clauses.insert(0, f"f.{self._index} match ?")
            values.insert(0, sought)
        if self.match.negative:
            clauses.append(f"{self.key} not in (select rowid from releases_fts where releases_fts match ?)")
            values.append(self.match.negative)
        return (
            f"select {columns} from {self._tables(joined)} where {' and '.join((*clauses, *self.where))}",
            [*values, *self.parameters],
        )

    def _tables(self, joined: bool) -> str:
        if not (self.match.positive or self.named):
            by_newsroom = any(clause.startswith("r.newsroom") for clause in self.where)
            return "releases r" if by_newsroom else "releases r indexed by releases_facets"
        if not (joined or self.where):
            return f"{self._index} f"
        return f"{self._index} f cross join releases r indexed by releases_facets on r.position = f.rowid"

    @property
    def _index(self) -> str:
        return "releases_fts" if self.match.positive else "contacts_fts"

    @property
    def is_everything(self) -> bool:
        """Whether the question has neither words nor filters nor days."""
        return self.is_summed_up and not self.where

    @property
    def is_summed_up(self) -> bool:
        """Whether the counts that triggers keep answer it: no words, no days, only filters by what they are kept by."""
        unbounded = self.low == 0 and self.high == 2**62
        filters = all(clause.startswith(KEPT) for clause in self.where)
        return self.match.positive is self.match.negative is self.named is None and filters and unbounded

    @property
    def key(self) -> str:
        """The SQL name of a match's position."""
        return "f.rowid" if self.match.positive or self.named else "r.position"


def conditions_of(connection: sqlite3.Connection, reading: Reading, *, by_name: bool = True) -> Conditions:
    """The question with its names resolved: countries and ministries to newsrooms, languages to stems.

    The beginning of a word becomes the words of the index that begin so. With ``by_name`` off it stays a beginning, so that the
    expression holds for any text, and whom the question names stays a filter.
    """
    query, notes = reading.query, list(reading.notes)
    where, values = _filters(connection, query, notes)
    low, high = positions_between(query.since, query.until)
    languages = query.languages or distinct(connection, "language")
    codes = tuple(dict.fromkeys(code for code in map(algorithm_code, languages) if code in ALGORITHMS))

    alone = not (query.ever or query.as_of)
    texts = ("releases_fts",) if alone else ("releases_fts", "earlier_fts")
    words = partial(named, connection, indexes=texts) if by_name else lambda _: ()
    match = compile_match(reading.words, codes, exact=query.exact, begins=words)
    whom = names_match(query.contacts, partial(named, connection, indexes=("contacts_fts",)))
    walked = whom if alone and by_name and match.positive is None else None
    if whom and not walked:
        where.append("r.position in (select rowid from contacts_fts where contacts_fts match ?)")
        values.append(whom)
    return Conditions(match, walked, low, high, tuple(where), tuple(values), reading.words, tuple(notes))


def _filters(connection: sqlite3.Connection, query: Query, notes: list[str]) -> tuple[list[str], list[Any]]:
    where: list[str] = []
    values: list[Any] = []

    def one_of(column: str, wanted: list[str]) -> None:
        where.append(f"{column} in ({','.join('?' * len(wanted))})")
        values.extend(wanted)

    if query.countries or query.newsrooms or query.ministries:
        one_of("r.newsroom", _newsrooms(connection, query, notes))
    if query.languages:
        asked, known = [code.strip().lower() for code in query.languages], distinct(connection, "language")
        one_of("r.language", asked)
        notes.extend(
            f"no release here is in the language “{code}”: there are {', '.join(known) or 'none'}"
            for code in asked
            if code not in known
        )
    if query.types:
        clause, given = _types(connection, query, notes)
        where.append(clause)
        values.extend(given)
    if query.states:
        one_of("r.state", list(query.states))
        unknown = [state for state in query.states if state not in list(State)]
        notes.extend(f"there is no state “{state}”: there are {', '.join(State)}" for state in unknown)
    if query.since:
        where.append("r.published_at >= ?")
        values.append(query.since.isoformat())
    if query.until:
        where.append("substr(r.published_at, 1, 10) <= ?")
        values.append(query.until.isoformat())
    for pattern in name_patterns(query.contacts):
        where.append("r.position in (select rowid from contacts_fts where text like ? escape '|')")
        values.append(pattern)
    return where, values


def _types(connection: sqlite3.Connection, query: Query, notes: list[str]) -> tuple[str, list[str]]:
    """Types by their normalised names or as printed."""
    wanted = {kind.strip().lower() for kind in query.types}
    types = [kind for kind in distinct(connection, "type") if kind in wanted]
    printed = distinct(connection, "type_label", "releases")
    labels = [label for label in printed if label.lower() in wanted.difference(types)]
    unknown = wanted.difference(types, (label.lower() for label in labels))
    notes.extend(f"no release here is of the type “{kind}”" for kind in sorted(unknown))
    marks = [",".join("?" * len(values)) for values in (types, labels)]
    return f"(r.type in ({marks[0]}) or r.type_label in ({marks[1]}))", [*types, *labels]


def _newsrooms(connection: sqlite3.Connection, query: Query, notes: list[str]) -> list[str]:
    """The slugs that fit country, newsroom and ministry together; a name that fits none is told."""
    countries = {country.strip().upper() for country in query.countries}
    parts = [part.strip().casefold() for part in query.ministries]
    rows = connection.execute("select slug, name, country from newsrooms").fetchall()
    named = {row["slug"]: f"{row['slug']} {row['name']}".casefold() for row in rows}
    unknown = [part for part in parts if not any(part in name for name in named.values())]
    unknown += [slug for slug in query.newsrooms if slug not in named]
    notes.extend(f"no newsroom of this archive is called “{name}”" for name in unknown)
    there = sorted({(row["country"] or "").upper() for row in rows} - {""})
    notes.extend(
        f"no newsroom of this archive is in “{country}”: there are {', '.join(there) or 'none'}"
        for country in sorted(countries.difference(there))
    )
    return [
        row["slug"]
        for row in rows
        if (not countries or (row["country"] or "").upper() in countries)
        and (not query.newsrooms or row["slug"] in query.newsrooms)
        and (not parts or any(part in named[row["slug"]] for part in parts))
    ]


def distinct(connection: sqlite3.Connection, column: str, table: str = "release_counts") -> tuple[str, ...]:
    """The archive's languages or types: a few jumps through an index, 0.1 ms; mostly of the counts that triggers keep."""
    sql = (
        f"with recursive found (value) as (select min({column}) from {table} union all"
        f" select (select min({column}) from {table} where {column} > value) from found where value is not null)"
        " select value from found where value <> ''"
    )
    return tuple(row[0] for row in connection.execute(sql))
