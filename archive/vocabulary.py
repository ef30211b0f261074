"""The words of the full-text index, by name alone.

Asking FTS5 for the beginning of a word first merges every place of every word that begins so; asking for the words themselves,
joined by OR, walks them side by side and stops when enough is found. At a million releases (2026-11, p95 of the processor's
time): five letters 31 ms and 4 ms. For three letters the index has a list of its own; one or two stand for the threes that
begin with them.
The words are found by leaps in a table of instances: one of rows would count every place of every word on its way.
"""

from __future__ import annotations

import sqlite3

from archive.fulltext import LISTED

#: words that begin alike; beyond, FTS5's own way is cheaper
MOST = 2_500
#: an index → the table of its words' places
_INSTANCES = {
    "releases_fts": "instances",
    "earlier_fts": "earlier_instances",
    "contacts_fts": "named_instances",
}
_LEAPS = """
with recursive found (term) as (
  select (select term from {instances} where term >= ?1 and term < ?2 limit 1)
  union all
  select (select term from {instances} where term >= found.term || char(1) and term < ?2 limit 1) from found
  where found.term is not null limit ?3
)
select term from found where term is not null
"""
#: the same for their first letters: behind "abc" comes whatever doesn't begin so, behind the whole word "ab" whatever comes
_LEAPS_OF_LISTED = _LEAPS.replace(
    "select term from {instances}", f"select substr(term, 1, {LISTED}) from {{instances}}"
).replace("char(1)", f"char(iif(length(found.term) < {LISTED}, 1, 0x10ffff))")


def begins(
    connection: sqlite3.Connection, start: str, most: int = MOST, index: str = "releases_fts"
) -> tuple[str, ...]:
    """The index's words that begin with ``start`` (as the index writes it), in its order; at most ``most`` + 1."""
    return _leaps(connection, _LEAPS, start, most, index)


def beginnings(
    connection: sqlite3.Connection, start: str, most: int = MOST, index: str = "releases_fts"
) -> tuple[str, ...]:
    """What stands for a ``start`` of less than ``LISTED`` letters: the beginnings of that length, and the shorter words."""
    return _leaps(connection, _LEAPS_OF_LISTED, start, most, index)


def named(connection: sqlite3.Connection, start: str, *, indexes: tuple[str, ...]) -> tuple[str, ...]:
    """What stands for a ``start`` in these, as ``fulltext.Begins`` wants it: beginnings or words; none where they are too many."""
    found: set[str] = set()
    for index in indexes:
        found.update((beginnings if len(start) < LISTED else begins)(connection, start, MOST, index))
    return tuple(sorted(found)) if len(found) <= MOST else ()


def _leaps(connection: sqlite3.Connection, sql: str, start: str, most: int, index: str) -> tuple[str, ...]:
    _with_tables(connection)
    values = (start, start + "\U0010ffff", most + 1)
    return tuple(row[0] for row in connection.execute(sql.format(instances=_INSTANCES[index]), values))


def is_known(connection: sqlite3.Connection, term: str) -> bool:
    """Whether any text has this word (as the index writes it)."""
    _with_tables(connection)
    sql = "select 1 from instances where term = ? limit 1"
    return connection.execute(sql, (term,)).fetchone() is not None


def frequency(connection: sqlite3.Connection, term: str) -> int:
    """In how many releases the word stands; reads all its places."""
    _with_tables(connection)
    found = connection.execute("select doc from words where term = ?", (term,)).fetchone()
    return int(found[0]) if found else 0


def _with_tables(connection: sqlite3.Connection) -> None:
    """The index's words as tables of this connection; nothing is written into the archive."""
    if connection.execute("select 1 from temp.sqlite_master where name = 'instances'").fetchone():
        return
    before = connection.execute("pragma query_only").fetchone()[0]
    connection.execute("pragma query_only = off")
    try:
        tables = [
            ("words", "releases_fts", "row"),
            *((name, index, "instance") for index, name in _INSTANCES.items()),
        ]
        for name, index, kind in tables:
            connection.execute(
                f"create virtual table if not exists temp.{name} using fts5vocab (main, {index}, {kind})"
            )
    finally:
        connection.execute(f"pragma query_only = {before}")
