"""A smaller archive: the answers to a question with their revisions, contacts, events and captures' rows, as a file of its own."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

from archive import schema
from archive.database import Archive
from archive.errors import UsageError
from archive.query import Query
from archive.search import positions

#: table → the condition by which its rows belong to the picked releases
TABLES = {
    "newsrooms": "slug in (select newsroom from old.releases where id in picked)",
    "runs": "true",
    "warc_files": "true",
    "captures": "id in (select capture_id from old.revisions where release_id in picked)",
    "releases": "id in picked",
    "release_identities": "release_id in picked",
    "release_urls": "release_id in picked",
    "sightings": "release_id in picked",
    "translations": "release_id in picked",
    "revisions": "release_id in picked",
    "readings": "revision_id in (select id from old.revisions where release_id in picked)",
    "contacts": "revision_id in (select id from old.revisions where release_id in picked)",
    "attachments": "revision_id in (select id from old.revisions where release_id in picked)",
    "topics": "revision_id in (select id from old.revisions where release_id in picked)",
    "events": "release_id in picked",
}


def write_subset(archive: Archive, query: Query, path: Path) -> int:
    """Writes a new archive with what answers; how many releases. The evidence stays where it is. Raises UsageError if the file exists."""
    if path.exists():
        raise UsageError(f"{path} exists: name a new file")
    path.open("xb").close()
    made = sqlite3.connect(f"file:{quote(str(path.absolute()))}", uri=True, isolation_level=None)
    try:
        schema.migrate(made)
        made.execute("attach ? as old", (f"file:{quote(str(archive.path.absolute()))}?mode=ro",))
        made.execute("begin")
        made.execute("create temp table picked (id integer primary key)")
        made.executemany(
            "insert into picked select id from old.releases where position = ?",
            ((each,) for each in positions(archive, query)),
        )
        for table, condition in TABLES.items():
            made.execute(
                f"insert into main.{table} select * from old.{table} where {condition.replace('in picked', 'in (select id from picked)')}"
            )
        number = int(made.execute("select count(*) from picked").fetchone()[0])
        made.execute("commit")
    except BaseException:
        path.unlink()
        raise
    finally:
        made.close()
    return number
