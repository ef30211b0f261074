"""From a question to its feed: the revisions of the newest releases that answer it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from archive.atom import Entry
from archive.database import Archive
from archive.hits import Hit
from archive.query import Query
from archive.rows import instant
from archive.search import search
from archive.snippets import plain


def entries(
    archive: Archive, query: Query, here: Callable[[int], str] | None = None
) -> tuple[list[Entry], int | None]:
    """The entries of a page of answers, newest first, and the next page's ``after``.

    ``here`` makes the address of a release's page in the archive from its id. Raises UsageError as ``search`` does.
    """
    page = search(archive, query)
    return [_entry(archive, hit, here) for hit in page.hits], page.next


def _entry(archive: Archive, hit: Hit, here: Callable[[int], str] | None) -> Entry:
    row = archive.connection.execute(
        "select r.*, v.seq, v.seen_at, v.silent, v.content_sha256 from releases r"
        " join revisions v on v.id = r.current_revision where r.id = ?",
        (hit.id,),
    ).fetchone()
    edited = "" if row["seq"] == 1 else "Edited in silence: " if row["silent"] else "Edited: "
    return Entry(
        url=row["url"],
        content_sha256=row["content_sha256"],
        title=f"{edited}{plain(hit.headline)}",
        updated=instant(row["seen_at"]),
        published=_aware(row["published_at"]),
        author=hit.ministry,
        summary=plain(hit.passage),
        content=row["body"],
        language=row["language"],
        category=row["type"],
        here=here(hit.id) if here else None,
    )


def _aware(told: str | None) -> datetime | None:
    """A day without a time is its midnight in UTC: the feed must tell an instant."""
    if told is None:
        return None
    at = instant(told)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
