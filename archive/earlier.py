"""What releases said before they were edited: the index of earlier revisions, and what was said on a day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from archive.fulltext import Node, words_of
from archive.hits import Hit
from archive.query import Query
from archive.rows import content
from archive.snippets import Marker

if TYPE_CHECKING:
    from archive.conditions import Conditions

CHUNK = 500


def merged(
    connection: sqlite3.Connection, conditions: Conditions, query: Query, now: list[int], most: int
) -> dict[int, int | None]:
    """The newest releases (by position) that say or said it, below ``query.after``: the earlier revision, or None for now.

    ``now`` are the newest ``most`` that say it now.
    """
    then = dict(islice(only_then(connection, conditions, query), most))
    found: dict[int, int | None] = dict.fromkeys(now) | then
    return {position: found[position] for position in sorted(found, reverse=True)[:most]}


def only_then(
    connection: sqlite3.Connection, conditions: Conditions, query: Query
) -> Iterator[tuple[int, int]]:
    """Releases (by position) that said it and no longer do, with the revision (its id) that did; newest first."""
    current = unchanged_since(conditions, query)
    found = said(connection, conditions, query)
    while chunk := list(islice(found, CHUNK)):
        still = among(connection, current, [position for position, _ in chunk])
        yield from (pair for pair in chunk if pair[0] not in still)


def said(connection: sqlite3.Connection, conditions: Conditions, query: Query) -> Iterator[tuple[int, int]]:
    """Releases (by position) of which an earlier revision (its id) answers: the latest that does, or the one of that day."""
    if conditions.match.positive is None:
        return
    high = conditions.high if query.after is None else min(conditions.high, query.after)
    clauses = ["earlier_fts match ?", "r.position >= ?", "r.position < ?", *conditions.where]
    values = [conditions.match.positive, conditions.low, high, *conditions.parameters]
    if query.as_of:
        clauses.append(
            "v.seen_at < ? and exists (select 1 from revisions n where n.release_id = v.release_id and n.seq = v.seq + 1 and n.seen_at >= ?)"
        )
        values += [_end(query), _end(query)]
    found = connection.execute(
        "select r.position, max(v.id) from earlier_fts join revisions v on v.id = earlier_fts.rowid"
        f" join releases r on r.id = v.release_id where {' and '.join(clauses)} group by 1 order by 1 desc",
        values,
    )
    yield from ((row[0], row[1]) for row in found)


def unchanged_since(conditions: Conditions, query: Query) -> Conditions:
    """The question to the present texts; for a day, only to those that stood already then."""
    if query.as_of is None:
        return conditions
    clause = "(select v.seen_at from revisions v where v.id = r.current_revision) < ?"
    return replace(
        conditions, where=(*conditions.where, clause), parameters=(*conditions.parameters, _end(query))
    )


def among(connection: sqlite3.Connection, conditions: Conditions, positions: list[int]) -> set[int]:
    """Which of these releases answer."""
    found: set[int] = set()
    for start in range(0, len(positions), CHUNK):
        chunk = positions[start : start + CHUNK]
        marks = ",".join("?" * len(chunk))
        narrowed = replace(
            conditions,
            where=(*conditions.where, f"r.position in ({marks})"),
            parameters=(*conditions.parameters, *chunk),
        )
        sql, values = narrowed.sql(narrowed.key)
        found |= {row[0] for row in connection.execute(sql, values)}
    return found


def as_then(
    connection: sqlite3.Connection, hit: Hit, revision: int | None, query: Query, words: Node | None
) -> Hit:
    """The hit with the headline and passage of that earlier revision; as it is without one."""
    if revision is None:
        return hit
    row = connection.execute(
        "select v.seq, d.content from revisions v join readings d on d.revision_id = v.id where v.id = ? order by d.id desc limit 1",
        (revision,),
    ).fetchone()
    then = content(row["content"])
    marker = Marker(words_of(words), then.language, exact=query.exact)
    lead = f"{then.subheadline}\n{then.body}" if then.subheadline else then.body
    return replace(
        hit, headline=marker.mark(then.headline), passage=marker.passage(lead), revision=row["seq"]
    )


def _end(query: Query) -> str:
    assert query.as_of is not None
    return (query.as_of + timedelta(days=1)).isoformat()
