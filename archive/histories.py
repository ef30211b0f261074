"""What the archive knows of each newsroom, as ``archive.health`` judges it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.database import Archive
from archive.health import Contract, Filled, Health, History, SourceLook, Trouble, judge
from archive.rows import instant
from archive.store import Writer

#: enough to know what is usual, little enough to judge five hundred newsrooms in a second
_LOOKS = 400
_RELEASES = 220


@dataclass(frozen=True, slots=True)
class Incident:
    """Something an operator must know, opened once and closed once. Times are aware."""

    newsroom: str
    kind: str
    opened_at: datetime
    last_seen_at: datetime
    message: str
    todo: str
    count: int
    capture_id: int | None


def newsrooms(archive: Archive) -> tuple[str, ...]:
    """The slugs of every newsroom that was crawled into this archive."""
    return tuple(row[0] for row in archive.connection.execute("select slug from newsrooms order by slug"))


def history_of(archive: Archive, newsroom: str) -> History:
    """The newest looks, releases and refusals of one newsroom."""
    connection = archive.connection
    run = connection.execute("select max(run_id) from polls where newsroom = ?", (newsroom,)).fetchone()[0]
    rejects = connection.execute(
        "select reason, count(*) from rejects where newsroom = ? and run_id = ? and resolved_at is null"
        " group by reason order by 2 desc",
        (newsroom, run),
    )
    read = connection.execute(
        "select count(*) from captures where newsroom = ? and run_id = ? and purpose = 'release' and status = 200",
        (newsroom, run),
    ).fetchone()[0]
    refused = tuple((row[0], row[1]) for row in rejects)
    return History(
        newsroom,
        _looks(connection, newsroom),
        _releases(connection, newsroom),
        refused,
        max(0, read - sum(count for _, count in refused)),
    )


def open_incidents(archive: Archive) -> tuple[Incident, ...]:
    """Every incident that is open, the newest first."""
    rows = archive.connection.execute(
        "select newsroom, kind, opened_at, last_seen_at, message, todo, count, capture_id from incidents"
        " where closed_at is null order by opened_at desc, id desc"
    )
    return tuple(
        Incident(
            row["newsroom"],
            row["kind"],
            instant(row["opened_at"]),
            instant(row["last_seen_at"]),
            row["message"],
            row["todo"],
            row["count"],
            row["capture_id"],
        )
        for row in rows
    )


def settle(writer: Writer, newsroom: str, contract: Contract) -> Health:
    """Judges a newsroom at the end of a run: opens an incident for each trouble, closes those that are over."""
    health = judge(history_of(writer.archive, newsroom), contract, datetime.now(UTC))
    troubles = _by_kind(health.troubles)
    for incident in open_incidents(writer.archive):
        if incident.newsroom == newsroom and incident.kind not in troubles:
            writer.close_incident(newsroom, incident.kind)
    for kind, trouble in troubles.items():
        writer.open_incident(newsroom, kind, trouble.message, trouble.todo)
    return health


def _by_kind(troubles: tuple[Trouble, ...]) -> dict[str, Trouble]:
    """One trouble a kind; two sources with the same trouble share its message."""
    merged: dict[str, Trouble] = {}
    for trouble in troubles:
        before = merged.get(trouble.kind)
        message = f"{before.message}; {trouble.message}" if before else trouble.message
        merged[trouble.kind] = Trouble(trouble.kind, message, trouble.todo)
    return merged


def _looks(connection: sqlite3.Connection, newsroom: str) -> tuple[SourceLook, ...]:
    rows = connection.execute(
        "select source, started_at, outcome, items_seen, items_new, message from polls"
        " where newsroom = ? and outcome not in ('running', 'died') order by id desc limit ?",
        (newsroom, _LOOKS),
    ).fetchall()
    return tuple(
        SourceLook(
            row["source"],
            instant(row["started_at"]),
            row["outcome"],
            row["items_seen"],
            row["items_new"],
            row["message"],
        )
        for row in reversed(rows)
    )


def _releases(connection: sqlite3.Connection, newsroom: str) -> tuple[Filled, ...]:
    rows = connection.execute(
        "select published_at, type, byline, exists (select 1 from contacts where revision_id = current_revision)"
        " as contact from releases where newsroom = ? order by position desc limit ?",
        (newsroom, _RELEASES),
    )
    return tuple(Filled(_moment(row["published_at"]), _fields(row)) for row in rows)


def _fields(row: sqlite3.Row) -> frozenset[str]:
    named = {
        "published": row["published_at"],
        "type": row["type"],
        "byline": row["byline"],
        "contacts": row["contact"],
    }
    return frozenset(field for field, value in named.items() if value)


def _moment(text: str | None) -> datetime | None:
    """A publication in UTC; a day without a time counts from its midnight."""
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
