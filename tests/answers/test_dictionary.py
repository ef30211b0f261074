"""The data dictionary describes the schema, all of it and nothing else."""

import sqlite3

from archive import schema
from archive.dictionary import TABLES


def test_every_table_and_column_is_described() -> None:
    connection = sqlite3.connect(":memory:")
    schema.migrate(connection)
    listed = connection.execute(
        "select name, sql from sqlite_master where type in ('table', 'view')"
    ).fetchall()
    ours = [
        name
        for name, sql in listed
        if "fts" not in name and name != "words" and not name.startswith(("_sqlite", "sqlite"))
    ]
    real = {name: [row[1] for row in connection.execute(f"pragma table_info({name})")] for name in ours}
    assert {name: list(table.columns) for name, table in TABLES.items()} == real
