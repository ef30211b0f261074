"""How many releases, by what: from the counts that triggers keep where that is enough, else over the matches."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from archive import earlier
from archive.conditions import Conditions, conditions_of
from archive.database import Archive, named_errors
from archive.errors import UsageError
from archive.query import Query, read_text

if TYPE_CHECKING:
    import pandas as pd

#: counts beside a page of answers are over so many of the newest matches at most, and say so
WINDOW = 20_000
#: what can be counted by → its SQL over ``releases r join newsrooms n``
BY = {
    "country": "n.country",
    "newsroom": "r.newsroom",
    "ministry": "n.name",
    "language": "r.language",
    "type": "r.type",
    "state": "r.state",
    "year": "substr(r.published_at, 1, 4)",
    "month": "substr(r.published_at, 1, 7)",
    "day": "substr(r.published_at, 1, 10)",
    "hour": "case when length(r.published_at) > 10 then substr(r.published_at, 12, 2) end",
    "weekday": "strftime('%w', substr(r.published_at, 1, 10))",
}
_FROM_ROLLUP = {
    "country": "n.country", "newsroom": "r.newsroom", "ministry": "n.name", "language": "nullif(r.language, '')",
    "type": "nullif(r.type, '')", "state": "r.state", "year": "nullif(substr(r.month, 1, 4), '')",
    "month": "nullif(r.month, '')",
}  # fmt: skip
_FROM_TOTALS = {"year": "nullif(r.year, '')"}


FACETS = ("newsroom", "language", "type", "state", "year")
#: values, and how many releases have them
Tally = tuple[tuple[str | None, ...], int]

#: what the index ``releases_facets`` holds: counting by these reads no release
_NARROW = "r.newsroom, r.language, r.type, r.state, r.published_at"


@dataclass(frozen=True, slots=True)
class Counted:
    """One value with its releases; None stands for “not told”."""

    value: str | None
    releases: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts beside a page of answers, largest first (years newest first). Not ``whole``: over the newest matches only."""

    newsrooms: tuple[Counted, ...]
    languages: tuple[Counted, ...]
    types: tuple[Counted, ...]
    states: tuple[Counted, ...]
    years: tuple[Counted, ...]
    total: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by one or more things: ``rows`` hold a value for each of ``by`` and the number of releases."""

    by: tuple[str, ...]
    rows: tuple[tuple[tuple[str | None, ...], int], ...]

    def to_pandas(self) -> pd.DataFrame:
        """A column for each of ``by``, and ``releases``. Needs pandas."""
        import pandas as pd

        return pd.DataFrame(
            [(*values, number) for values, number in self.rows], columns=[*self.by, "releases"]
        )


def facets(archive: Archive, query: Query, window: int | None = WINDOW) -> Facets:
    """Counts of what answers ``query``: of its newest ``window`` answers, or of all. Raises UsageError as ``search`` does."""
    with named_errors(archive.path):
        reading = read_text(replace(query, after=None))
        conditions = conditions_of(archive.connection, reading)
        if conditions.is_summed_up and not (query.ever or query.as_of):
            rows = _rollup(archive, conditions)
        else:
            rows = _tallied(archive, reading.query, conditions, FACETS, window)
    columns = [Counter[str | None]() for _ in FACETS]
    total = 0
    for values, releases in rows:
        total += releases
        for column, value in zip(columns, values, strict=True):
            column[value or None] += releases
    newsrooms, languages, types, states, years = map(_largest_first, columns)
    by_year = tuple(sorted(years, key=lambda each: each.value or "", reverse=True))
    whole = conditions.is_summed_up or window is None or total < window
    return Facets(newsrooms, languages, types, states, by_year, total, whole)


def count(archive: Archive, query: Query, by: tuple[str, ...], newest: int | None = None) -> Table:
    """How many releases answer, by every combination of ``by`` (names of ``BY``), in the order of the values.

    With ``newest``, only so many of the newest answers are counted.
    Raises UsageError for another name, and as ``search`` does.
    """
    for name in by:
        if name not in BY:
            raise UsageError(f"releases can't be counted by “{name}”: by {', '.join(BY)}")
    if len(set(by)) < len(by) or not by:
        raise UsageError("releases are counted by one or more different things")
    with named_errors(archive.path):
        reading = read_text(replace(query, after=None))
        conditions = conditions_of(archive.connection, reading)
        kept = conditions.is_summed_up and _FROM_ROLLUP.keys() >= set(by)
        if newest is None and kept and not (query.ever or query.as_of):
            rows = _from_rollup(archive, conditions, by)
        else:
            rows = _tallied(archive, reading.query, conditions, by, newest)
    return Table(by, tuple(row for row in rows if row[1]))


def _from_rollup(archive: Archive, conditions: Conditions, by: tuple[str, ...]) -> list[Tally]:
    columns = ", ".join(
        _FROM_TOTALS.get(name, _FROM_ROLLUP[name]) if "month" not in by else _FROM_ROLLUP[name] for name in by
    )
    kept, where = ("release_counts r not indexed" if "month" in by else "release_totals r"), conditions.where
    if "month" in by and not {"language", "type", "state"}.intersection(by):
        # the key begins with both, so that these sums need no sorting: a quarter less time
        inner = "select newsroom, month, sum(releases) as releases from release_counts r not indexed"
        kept, where = f"({inner} where {' and '.join(('true', *where))} group by newsroom, month) r", ()
    sql = _grouped(kept, "sum(r.releases)", columns, len(by), where)
    found = archive.connection.execute(sql, conditions.parameters)
    return [(tuple(row[:-1]), row[-1]) for row in found]


def _tallied(
    archive: Archive, query: Query, conditions: Conditions, by: tuple[str, ...], newest: int | None
) -> list[Tally]:
    """The matches counted one by one; for a question about earlier revisions those of then are added to those of now."""
    if not (query.ever or query.as_of):
        return _matches(archive, conditions, by, newest)
    tally = Counter(dict(_matches(archive, earlier.unchanged_since(conditions, query), by, newest)))
    then = [position for position, _ in earlier.only_then(archive.connection, conditions, query)]
    inner = f"select {_NARROW} from releases r where r.position in (select value from json_each(?))"
    columns = ", ".join(BY[name] for name in by)
    sql = _grouped(f"({inner}) r", "count(*)", columns, len(by))
    for row in archive.connection.execute(sql, (msgspec.json.encode(then).decode(),)):
        tally[tuple(row[:-1])] += row[-1]
    return sorted(tally.items(), key=lambda each: tuple(value or "" for value in each[0]))


def _matches(
    archive: Archive, conditions: Conditions, by: tuple[str, ...], newest: int | None
) -> list[Tally]:
    inner, values = conditions.sql(_NARROW, joined=True)
    if newest is not None:
        inner = f"{inner} order by {conditions.key} desc limit {newest}"
    sql = _grouped(f"({inner}) r", "count(*)", ", ".join(BY[name] for name in by), len(by))
    return [(tuple(row[:-1]), row[-1]) for row in archive.connection.execute(sql, values)]


def _grouped(tables: str, number: str, columns: str, width: int, where: tuple[str, ...] = ()) -> str:
    places = ", ".join(str(place) for place in range(1, width + 1))
    joined = f"select {columns}, {number} from {tables} join newsrooms n on n.slug = r.newsroom"
    return f"{joined} where {' and '.join(('true', *where))} group by {places} order by {places}"


def _rollup(archive: Archive, conditions: Conditions) -> list[Tally]:
    sql = "select r.newsroom, r.language, r.type, r.state, r.year, r.releases from release_totals r where r.releases > 0"
    found = archive.connection.execute(" and ".join((sql, *conditions.where)), conditions.parameters)
    return [(tuple(row[:-1]), row[-1]) for row in found]


def _largest_first(counter: Counter[str | None]) -> tuple[Counted, ...]:
    ordered = sorted(counter.items(), key=lambda item: (-item[1], item[0] or ""))
    return tuple(Counted(value, releases) for value, releases in ordered)
