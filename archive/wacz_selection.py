"""Which captures a WACZ of some releases holds: the page of every revision, and the bodies that revisits refer to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from archive.database import Archive
from archive.evidence import Place
from archive.query import Query
from archive.search import positions
from archive.wacz import Selected

_PAGES = """
select c.id, c.warc_file, c.warc_offset, c.warc_length, c.revisit_of, v.seq, r.headline
from releases r join revisions v on v.release_id = r.id join captures c on c.id = v.capture_id
where r.position = ? and r.state != 'redacted_by_us' order by v.seq
"""
_ORIGINAL = "select id, warc_file, warc_offset, warc_length, revisit_of from captures where id = ?"


def selected(archive: Archive, query: Query) -> Iterator[Selected]:
    """The records of every release that answers, newest release first, each record once.

    A page is titled with the release's headline, an earlier revision with its number as well.
    """
    seen: set[int] = set()
    for position in positions(archive, query):
        for row in archive.connection.execute(_PAGES, (position,)).fetchall():
            if row["id"] not in seen:
                seen.add(row["id"])
                title = row["headline"] if row["seq"] == 1 else f"{row['headline']} (revision {row['seq']})"
                yield Selected(_place(row), title)
            yield from _originals(archive, row, seen)


def _originals(archive: Archive, row: sqlite3.Row, seen: set[int]) -> Iterator[Selected]:
    while row["revisit_of"] is not None and row["revisit_of"] not in seen:
        seen.add(row["revisit_of"])
        row = archive.connection.execute(_ORIGINAL, (row["revisit_of"],)).fetchone()
        yield Selected(_place(row))


def _place(row: sqlite3.Row) -> Place:
    return Place(row["warc_file"], row["warc_offset"], row["warc_length"])
