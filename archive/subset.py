"""A smaller archive: the answers to a question with their revisions, contacts, events and captures' rows, as a file of its own."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from archive import schema
from archive.database import Archive
from archive.errors import UsageError
from archive.query import Query
from archive.search import positions

#: releases copied at a time: what memory must hold
BLOCK = 5_000
#: table → the condition by which its rows belong to the picked releases; what several releases share comes once
TABLES = {
    "newsrooms": "slug in (select newsroom from old.releases where id in picked)",
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
#: tables that come whole
WHOLE = ("runs", "warc_files")
_EARLIER = "rowid, headline, subheadline, body, stems"
#: the full text is indexed in one go at the end: row by row took four times as long (a million releases, 2026-11)
_INDEXED = """
insert into releases_fts (releases_fts, rank) values ('hashsize', 67108864);
insert into releases_fts (releases_fts) values ('rebuild');
insert into releases_fts (releases_fts) values ('optimize');
insert into releases_fts (releases_fts, rank) values ('hashsize', 1048576);
insert into contacts_fts (rowid, text) select position, text from contacted where text is not null order by position;
"""


def write_subset(
    archive: Archive, query: Query, path: Path, told: Callable[[int], None] = lambda _: None
) -> int:
    """Writes a new archive with what answers; how many releases. The evidence stays where it is.

    ``told`` hears how many are copied. Half-made, the file is called ``<path>.part``. Raises UsageError if the file exists.
    """
    if path.exists():
        raise UsageError(f"{path} exists: name a new file")
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        made = sqlite3.connect(f"file:{quote(str(part.absolute()))}", uri=True, isolation_level=None)
        with closing(made):
            number = _fill(made, archive, query, told)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return number


def _fill(made: sqlite3.Connection, archive: Archive, query: Query, told: Callable[[int], None]) -> int:
    schema.migrate(made)
    for pragma in ("journal_mode = off", "synchronous = off", "cache_size = -65536"):
        made.execute(f"pragma {pragma}")
    triggers = _without_full_text_triggers(made)
    made.execute("attach ? as old", (f"file:{quote(str(archive.path.absolute()))}?mode=ro",))
    made.execute("begin")
    for table in WHOLE:
        made.execute(f"insert into main.{table} select * from old.{table}")
    made.execute("create temp table picked (id integer primary key)")
    found, number = positions(archive, query), 0
    while block := list(islice(found, BLOCK)):
        _copy(made, block)
        number += len(block)
        told(number)
    made.execute("commit")
    made.executescript(_INDEXED)
    for sql in triggers:
        made.execute(sql)
    return number


def _copy(made: sqlite3.Connection, block: list[int]) -> None:
    made.execute("delete from picked")
    made.executemany(
        "insert into picked select id from old.releases where position = ?", ((each,) for each in block)
    )
    for table, condition in TABLES.items():
        belongs = condition.replace("in picked", "in (select id from picked)")
        made.execute(f"insert or ignore into main.{table} select * from old.{table} where {belongs}")
    made.execute(
        f"insert into earlier_fts ({_EARLIER}) select {_EARLIER} from old.earlier_fts"
        " where rowid in (select id from old.revisions where release_id in (select id from picked))"
    )


def _without_full_text_triggers(made: sqlite3.Connection) -> list[str]:
    """Takes them out; gives their SQL. That of earlier texts would take the present one for an earlier one, too."""
    found = made.execute(
        "select name, sql from sqlite_master where type = 'trigger' and name like '%\\_fts\\_%' escape '\\'"
    ).fetchall()
    for name, _ in found:
        made.execute(f"drop trigger {name}")
    return [sql for _, sql in found]
