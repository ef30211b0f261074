"""The tables of ``archive.db``, as migrations. What we saw, what it says and what we concluded are kept apart.

SQLite 3.40 is the floor: no JSONB, no contentless-delete, no loadable extensions.
Times are ISO 8601: UTC for what we did, the newsroom's local time with its offset for what a page tells.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def _scripts() -> tuple[tuple[str, str], ...]:
    """``migrations/03_concluded.sql`` is the migration "concluded", the third."""
    found = sorted(files("archive").joinpath("migrations").iterdir(), key=lambda file: file.name)
    return tuple(
        (file.name[3:].removesuffix(".sql"), file.read_text(encoding="utf-8"))
        for file in found
        if file.name.endswith(".sql")
    )


#: In order, never changed once released: a later change is a new script at the end.
MIGRATIONS = _scripts()
VERSION = len(MIGRATIONS)
_SET = "communique"
#: releases from which on bringing an archive up to date takes a while: a migration may index all of them anew
MANY = 20_000
#: the version from which on an archive has releases
SAYS = 2
log = logging.getLogger(__name__)


def version_of(connection: sqlite3.Connection) -> int:
    """How many of the migrations this file has: 0 for an empty one, ``VERSION`` for a current one."""
    return int(connection.execute("pragma user_version").fetchone()[0])


def foreign_tables(connection: sqlite3.Connection) -> list[str]:
    """The tables of a database that no migration of ours ever touched; [] for a new or a half-made archive."""
    tables = [
        name
        for (name,) in connection.execute("select name from sqlite_master where type = 'table' order by name")
    ]
    if "_sqlite_migrations" not in tables:
        return tables
    ours = connection.execute("select 1 from _sqlite_migrations where migration_set = ?", (_SET,)).fetchone()
    return [] if ours or tables == ["_sqlite_migrations"] else tables


def migrate(connection: sqlite3.Connection) -> None:
    """Brings the file to ``VERSION``: each migration and its record in one transaction, so never half of one."""
    from sqlite_utils import Database, Migrations

    if SAYS <= version_of(connection) < VERSION and (releases := _releases(connection)) >= MANY:
        log.warning(
            "the archive is of an older version and is brought up to date: %s releases are indexed anew, some minutes a million",
            f"{releases:,}",
        )
    migrations = Migrations(_SET)
    for number, (name, script) in enumerate(MIGRATIONS, 1):
        migrations(name=name)(_step(f"{script}\npragma user_version = {number};"))
    migrations.apply(Database(connection, execute_plugins=False))


def _releases(connection: sqlite3.Connection) -> int:
    return int(connection.execute("select coalesce(max(id), 0) from releases").fetchone()[0])


def _step(script: str) -> Callable[[Database], None]:
    def step(db: Database) -> None:
        db.executescript(script)

    return step
