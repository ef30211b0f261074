"""What no evidence holds, carried from the database that was there into the one rebuilt in its place.

Watches with their deliveries and cited questions are the user's own and never go into the evidence; of a release that is
owed the evidence has the answers, but not which source named it, nor a time when nothing answered.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from archive.database import Archive

#: in the order in which they refer to one another
_OWN = ("watches", "outbox", "deliveries", "cited_queries", "cited_results")


def carry(archive: Archive, old: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    """Takes over what is the user's own from the database ``old``: (rows by table, what could not be, in words).

    Nothing where there is no such file. A message waiting to be sent goes along if the event it tells of is there
    again; a release that came meanwhile is owed no more. Damage in ``old`` is told, table by table, never raised.
    """
    if not old.exists():
        return {}, ()
    taken: dict[str, int] = {}
    lost: list[str] = []
    source = sqlite3.connect(f"{old.absolute().as_uri()}?mode=ro", uri=True)
    source.row_factory = sqlite3.Row
    try:
        for table in (*_OWN, "owed"):
            try:
                rows = list(_rows(source, archive.connection, table))
            except sqlite3.DatabaseError as error:
                lost.append(f"{table} of the database that was there can't be read: {error}")
                continue
            with archive.transaction() as connection:
                taken[table] = sum(_put(connection, table, row) for row in rows)
    finally:
        source.close()
    return {table: count for table, count in taken.items() if count}, tuple(lost)


def _rows(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> Iterator[dict[str, object]]:
    """The rows of a table that can be taken over, with the columns that both databases have."""
    columns = [row["name"] for row in target.execute(f"pragma table_info({table})")]
    newest = target.execute("select coalesce(max(id), 0) from events").fetchone()[0]
    for found in source.execute(f"select * from {table}"):
        row = {name: found[name] for name in columns if name in found.keys()}  # noqa: SIM118 - a Row
        if table == "watches":
            row["last_event"] = min(row["last_event"], newest)
        if table == "owed" and _has_come(target, row):
            continue
        if table == "outbox" and _event(source, row["event_id"]) != _event(target, row["event_id"]):
            continue
        yield row


def _event(connection: sqlite3.Connection, event: object) -> tuple[object, ...] | None:
    found = connection.execute(
        "select e.kind, e.at, r.url from events e join releases r on r.id = e.release_id where e.id = ?",
        (event,),
    ).fetchone()
    return tuple(found) if found else None


def _has_come(connection: sqlite3.Connection, row: dict[str, object]) -> bool:
    found = connection.execute("select 1 from release_urls where url_key = ?", (row["url_key"],))
    return found.fetchone() is not None


def _put(connection: sqlite3.Connection, table: str, row: dict[str, object]) -> int:
    """1 where the row is in the table now, 0 where what it refers to is not."""
    if (
        "capture_id" in row
        and not connection.execute("select 1 from captures where id = ?", (row["capture_id"],)).fetchone()
    ):
        row["capture_id"] = None
    names = ", ".join(row)
    marks = ", ".join("?" * len(row))
    try:
        connection.execute(f"insert or replace into {table} ({names}) values ({marks})", tuple(row.values()))
    except sqlite3.IntegrityError:
        return 0
    return 1
