"""An archive of an older schema is brought up to date, killed at every statement of it on the way: old or new, never between."""

import os
import shutil
import signal
import sqlite3
from pathlib import Path

import pytest

from archive import schema
from archive.database import open_archive
from archive.verify import verify
from tests.archive.crash import run

pytestmark = pytest.mark.slow
#: what triggers and virtual tables fill themselves
DERIVED = ("release_counts", "release_totals", "_sqlite_migrations", "sqlite_sequence", "unwritten")


def older(path: Path, version: int) -> Path:
    """The archive at ``path`` as a Communiqué of that version would have it: its tables, with what they could hold."""
    old = path.with_name(f"of-{version}.db")
    connection = sqlite3.connect(old, isolation_level=None)
    migrations, now = schema.MIGRATIONS, schema.VERSION
    try:
        schema.MIGRATIONS, schema.VERSION = migrations[:version], version
        schema.migrate(connection)
    finally:
        schema.MIGRATIONS, schema.VERSION = migrations, now
    connection.execute("attach ? as new", (str(path),))
    for table in tables(connection):
        columns = ", ".join(
            f'"{name}"'
            for name in names(connection, "main", table)
            if name in names(connection, "new", table)
        )
        connection.execute(f'insert into main."{table}" ({columns}) select {columns} from new."{table}"')
    connection.execute("detach new")
    connection.execute("pragma journal_mode = wal")
    connection.close()
    return old


def tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute(
        "select name from main.sqlite_master where type = 'table' and sql not like 'create virtual%' and name not like '%_fts%'"
    )
    return [name for (name,) in found if name not in DERIVED and names(connection, "new", name)]


def names(connection: sqlite3.Connection, database: str, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f'pragma {database}.table_info("{table}")')]


def shape(path: Path) -> dict[str, str]:
    """Its tables with their columns, as SQL."""
    connection = sqlite3.connect(path)
    master = connection.execute(
        "select name from sqlite_master where type = 'table' and sql not like 'create virtual%' and name not like '%_fts%'"
    ).fetchall()
    found = {
        name: ", ".join(f'"{column}"' for column in names(connection, "main", name))
        for (name,) in master
        if name not in DERIVED
    }
    connection.close()
    return found


def contents(path: Path, wanted: dict[str, str]) -> dict[str, list[tuple[object, ...]]]:
    """Every row of those tables, in those columns."""
    connection = sqlite3.connect(path)
    found = {
        table: connection.execute(f'select {columns} from "{table}" order by 1, 2').fetchall()
        for table, columns in wanted.items()
    }
    connection.close()
    return found


def migrate_killed(path: Path, kill_at: int) -> int:
    """Brings an archive up to date in a forked process that SIGKILL ends before its n-th statement; its return code."""
    if (child := os.fork()) == 0:
        reached = 0

        def statement(_: str) -> None:
            nonlocal reached
            reached += 1
            if reached == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

        connection = sqlite3.connect(path, isolation_level=None)
        connection.set_trace_callback(statement)
        schema.migrate(connection)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("version", [10, schema.VERSION - 1])
def test_a_migration_killed_at_every_statement_is_old_or_new(tmp_path: Path, version: int) -> None:
    path = tmp_path / "archive.db"
    run(path)
    old = older(path, version)
    tables_then = shape(old)
    before = contents(old, tables_then)
    for kill_at in range(1, 2000):
        for end in ("", "-wal", "-shm"):
            path.with_name(f"{path.name}{end}").unlink(missing_ok=True)
        shutil.copy(old, path)
        code = migrate_killed(path, kill_at)
        connection = sqlite3.connect(path)
        assert connection.execute("pragma integrity_check").fetchone()[0] == "ok"
        assert version <= schema.version_of(connection) <= schema.VERSION
        connection.close()
        with open_archive(path, write=True) as archive:
            assert schema.version_of(archive.connection) == schema.VERSION
        assert contents(path, tables_then) == before, f"killed at statement {kill_at}"
        if code == 0:
            break
        assert code == -signal.SIGKILL
    assert kill_at > (50 if version == 10 else 5), "the statements of the migrations are gone"
    with open_archive(path) as archive:
        assert verify(archive).findings == []


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_an_archive_of_every_older_schema_is_brought_up_to_date(tmp_path: Path, version: int) -> None:
    path = tmp_path / "archive.db"
    run(path)
    old = older(path, version)
    tables_then = shape(old)
    before = contents(old, tables_then)
    old.replace(path)
    with open_archive(path, write=True) as archive:
        assert schema.version_of(archive.connection) == schema.VERSION
    assert contents(path, tables_then) == before


def test_a_large_archive_says_that_it_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "archive.db"
    run(path)
    old = older(path, schema.VERSION - 1)
    monkeypatch.setattr(schema, "MANY", 1)
    with open_archive(old, write=True), open_archive(old):
        assert [record.message for record in caplog.records if "brought up to date" in record.message]
    assert len(caplog.records) == 1
