"""What readers' SQL may do: read, and nothing private."""

from __future__ import annotations

import sqlite3

#: their columns read as null, whatever SQL a reader writes: they belong to whoever set the watches up
PRIVATE = ("watches", "outbox", "deliveries", "standing")


def guard(connection: sqlite3.Connection) -> None:
    """Makes a connection one that can only read what is not private."""
    connection.execute("pragma query_only = on")
    connection.execute("pragma trusted_schema = off")
    connection.set_authorizer(_allowed)


def _allowed(action: int, table: str | None, *_: str | None) -> int:
    if action == sqlite3.SQLITE_READ and table in PRIVATE:
        return sqlite3.SQLITE_IGNORE
    return sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_ATTACH else sqlite3.SQLITE_OK
