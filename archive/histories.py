"""What the archive knows of each newsroom, as ``archive.health`` judges it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import UTC, datetime

from archive.batch import key_or_url
from archive.database import Archive
from archive.filling import RECENT, Filled
from archive.health import Contract, Health, History, SourceLook, judge
from archive.missed import Owed, Refusals, Unread
from archive.rows import instant
from archive.store import Writer
from archive.trouble import Example

#: enough to know what is usual, little enough to judge five hundred newsrooms in a second
_LOOKS = 400
_RELEASES = 220


def newsrooms(archive: Archive) -> tuple[str, ...]:
    """The slugs of every newsroom that was crawled into this archive."""
    return tuple(row[0] for row in archive.connection.execute("select slug from newsrooms order by slug"))


def history_of(archive: Archive, newsroom: str) -> History:
    """The newest looks, releases and refusals of one newsroom."""
    connection = archive.connection
    return History(
        newsroom,
        _looks(connection, newsroom),
        _releases(connection, newsroom),
        _refusals(connection, newsroom),
        _owed(connection, newsroom),
        _unread(connection, newsroom),
    )


def settle(writer: Writer, newsroom: str, contract: Contract) -> Health:
    """Judges a newsroom at the end of a run and hands its troubles over: its incident opens, changes or closes."""
    health = judge(history_of(writer.archive, newsroom), contract, datetime.now(UTC))
    writer.settle(newsroom, health.troubles)
    return health


def _refusals(connection: sqlite3.Connection, newsroom: str) -> Refusals:
    """Of the newest pages, read or refused, those that were refused and never read since.

    Not those of the last run: a refused page is not asked for again in the next one, and nothing would be mended.
    """
    refused = connection.execute(
        "select at, reason, url, capture_id from rejects where newsroom = ? and resolved_at is null"
        " group by url_key having max(id) order by max(id) desc limit ?",
        (newsroom, RECENT),
    ).fetchall()
    if len(refused) < 3:
        return Refusals()
    read = connection.execute(
        "select last_read_at from sightings where newsroom = ? order by last_read_at desc limit ?",
        (newsroom, RECENT),
    )
    moments = sorted([*(row["at"] for row in refused), *(row["last_read_at"] for row in read)], reverse=True)
    since = moments[:RECENT][-1]
    newest = [row for row in refused if row["at"] >= since]
    reasons = Counter(row["reason"] for row in newest).most_common()
    example = Example(newest[0]["url"], newest[0]["capture_id"]) if newest else None
    return Refusals(tuple(reasons), len(moments[:RECENT]), example)


def _owed(connection: sqlite3.Connection, newsroom: str) -> tuple[Owed, ...]:
    rows = connection.execute(
        "select * from owed where newsroom = ? order by since, url_key limit 50", (newsroom,)
    )
    return tuple(
        Owed(
            row["url"], row["verdict"], row["reason"], instant(row["since"]), row["tries"], row["capture_id"]
        )
        for row in rows
    )


def _unread(connection: sqlite3.Connection, newsroom: str) -> tuple[Unread, ...]:
    rows = connection.execute(
        "select url, in_vain_reason, in_vain_since, last_look_at from sightings join releases on id = release_id"
        " where sightings.newsroom = ? and in_vain_since is not null order by in_vain_since, release_id limit 50",
        (newsroom,),
    )
    return tuple(
        Unread(
            row["url"],
            row["in_vain_reason"],
            instant(row["in_vain_since"]),
            instant(row["last_look_at"]),
        )
        for row in rows
    )


def _looks(connection: sqlite3.Connection, newsroom: str) -> tuple[SourceLook, ...]:
    rows = connection.execute(
        "select source, started_at, outcome, items_seen, items_new, message, run_id from polls"
        " where newsroom = ? and outcome not in ('running', 'died') order by id desc limit ?",
        (newsroom, _LOOKS),
    ).fetchall()
    newest = {row["source"]: row for row in reversed(rows)}
    return tuple(
        SourceLook(
            row["source"],
            instant(row["started_at"]),
            row["outcome"],
            row["items_seen"],
            row["items_new"],
            row["message"],
            _answer(connection, row) if newest[row["source"]] is row else None,
        )
        for row in reversed(rows)
    )


def _answer(connection: sqlite3.Connection, poll: sqlite3.Row) -> int | None:
    """The capture of what a source answered in a run."""
    row = connection.execute(
        "select max(id) from captures where url_key = ? and run_id = ?",
        (key_or_url(poll["source"]), poll["run_id"]),
    ).fetchone()
    return None if row is None else row[0]


def _releases(connection: sqlite3.Connection, newsroom: str) -> tuple[Filled, ...]:
    rows = connection.execute(
        "select published_at, type, byline, subheadline, number, url, capture_id,"
        " exists (select 1 from contacts where revision_id = current_revision)"
        " as contact from releases where newsroom = ? order by position desc limit ?",
        (newsroom, _RELEASES),
    )
    return tuple(
        Filled(_moment(row["published_at"]), _fields(row), Example(row["url"], row["capture_id"]))
        for row in rows
    )


def _fields(row: sqlite3.Row) -> frozenset[str]:
    named = {
        "published": row["published_at"],
        "type": row["type"],
        "byline": row["byline"],
        "subheadline": row["subheadline"],
        "number": row["number"],
        "contacts": row["contact"],
    }
    return frozenset(field for field, value in named.items() if value)


def _moment(text: str | None) -> datetime | None:
    """A publication in UTC; a day without a time counts from its midnight."""
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
