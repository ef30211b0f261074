"""How far earlier looks came: what the crawl asks before it decides how far to walk."""

from __future__ import annotations

from datetime import datetime

from archive import rows
from archive.database import Archive
from archive.known import DuePage
from archive.schedule import may_ask_conditionally


def last_whole(archive: Archive, newsroom: str, source: str) -> datetime | None:
    """When the last look at a source that was carried through began; None where there was none."""
    row = archive.connection.execute(
        "select max(started_at) from polls where newsroom = ? and source = ? and outcome in ('ok', 'unchanged')",
        (newsroom, source),
    ).fetchone()
    return rows.instant(row[0]) if row[0] else None


def all_pages(archive: Archive, newsroom: str) -> list[DuePage]:
    """Every release of a newsroom, whether its next look is due or not."""
    found = archive.connection.execute(
        "select s.release_id, r.url, s.looks_since_read from sightings s join releases r on r.id = s.release_id"
        " where s.newsroom = ? and r.state not in ('replaced', 'redacted_by_us') order by s.release_id",
        (newsroom,),
    )
    return [
        DuePage(row["release_id"], row["url"], may_ask_conditionally(row["looks_since_read"]))
        for row in found
    ]
