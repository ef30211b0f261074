"""Incidents: what an operator must know of a newsroom. One is open while the newsroom is not well, whatever changes.

An incident holds one *trouble* for each thing that is wrong, with its own times and its own example page; another kind of
the same outage, or a second thing that breaks meanwhile, is a trouble of the open incident and never a second incident.
A ministry's silence is told apart: it is nothing for us to mend, and must not keep a mended newsroom's incident open.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from archive.batch import Batch, stamp
from archive.database import Archive
from archive.rows import instant
from archive.trouble import Example, Trouble

#: the kind that is told as an incident of its own
QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Seen:
    """A trouble of an incident and when it was seen (aware). ``closed_at`` is None while it lasts."""

    trouble: Trouble
    opened_at: datetime
    last_seen_at: datetime
    closed_at: datetime | None
    count: int


@dataclass(frozen=True, slots=True)
class Incident:
    """Opened once and closed once. ``kind``, ``message`` and ``todo`` are of its worst present trouble.

    ``troubles`` is everything that was wrong since it opened, in order. Times are aware.
    """

    id: int
    newsroom: str
    kind: str
    opened_at: datetime
    last_seen_at: datetime
    message: str
    todo: str
    count: int
    capture_id: int | None
    troubles: tuple[Seen, ...] = ()

    @property
    def newest(self) -> datetime:
        """When the newest trouble that lasts began: what a table sorts by."""
        return max((it.opened_at for it in self.troubles if it.closed_at is None), default=self.opened_at)


def open_incidents(archive: Archive, newsroom: str | None = None) -> tuple[Incident, ...]:
    """Every incident that is open, the newest first; of one newsroom or of all."""
    rows = archive.connection.execute(
        "select * from incidents where closed_at is null and (?1 is null or newsroom = ?1)"
        " order by opened_at desc, id desc",
        (newsroom,),
    ).fetchall()
    return tuple(_incident(archive.connection, row) for row in rows)


def settle(
    batch: Batch, newsroom: str, troubles: Sequence[Trouble], kept: Collection[str], at: datetime
) -> None:
    """What is wrong with a newsroom now, worst first: notes it, and ends what is over.

    ``kept`` are kinds that could not be judged now: where one is open, it stays open.
    """
    for quiet in (False, True):
        found = [trouble for trouble in troubles if (trouble.kind == QUIET) is quiet]
        incident = _open(batch.connection, newsroom, quiet)
        if incident is None and not found:
            continue
        if incident is None:
            incident = _begin(batch, newsroom, found[0], at)
        for trouble in found:
            _note(batch, incident, trouble, at)
        _end_others(batch, incident, {trouble.kind for trouble in found} | set(kept), at)
        _mirror(batch, incident, at, found[0] if found else None)


def note(batch: Batch, newsroom: str, trouble: Trouble, at: datetime) -> None:
    """One thing more that is wrong, beside whatever is known already."""
    incident = _open(batch.connection, newsroom, trouble.kind == QUIET)
    opened = incident is None
    if incident is None:
        incident = _begin(batch, newsroom, trouble, at)
    _note(batch, incident, trouble, at)
    _mirror(batch, incident, at, trouble if opened else None)


def end(batch: Batch, newsroom: str, kind: str, at: datetime) -> None:
    """One thing is over; the incident too, where it was the last. Nothing happens where none is open."""
    incident = _open(batch.connection, newsroom, kind == QUIET)
    if incident is not None:
        batch.connection.execute(
            "update troubles set closed_at = ? where incident_id = ? and kind = ? and closed_at is null",
            (stamp(at), incident, kind),
        )
        _mirror(batch, incident, at, None)


def _open(connection: sqlite3.Connection, newsroom: str, quiet: bool) -> int | None:
    row = connection.execute(
        "select id from incidents where newsroom = ? and (kind = 'quiet') = ? and closed_at is null",
        (newsroom, quiet),
    ).fetchone()
    return None if row is None else int(row[0])


def _begin(batch: Batch, newsroom: str, trouble: Trouble, at: datetime) -> int:
    cursor = batch.connection.execute(
        "insert into incidents (newsroom, kind, opened_at, last_seen_at, count, message, todo) values (?, ?, ?, ?, 0, ?, ?)",
        (newsroom, trouble.kind, stamp(at), stamp(at), trouble.message, trouble.todo),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _note(batch: Batch, incident: int, trouble: Trouble, at: datetime) -> None:
    batch.connection.execute(
        "insert into troubles (incident_id, kind, opened_at, last_seen_at, message, todo, example, capture_id)"
        " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (incident_id, kind) where closed_at is null do update set"
        " last_seen_at = excluded.last_seen_at, count = count + 1, message = excluded.message, todo = excluded.todo,"
        " example = coalesce(excluded.example, example), capture_id = coalesce(excluded.capture_id, capture_id)",
        (
            incident,
            trouble.kind,
            stamp(at),
            stamp(at),
            trouble.message,
            trouble.todo,
            trouble.example.url if trouble.example else None,
            trouble.example.capture_id if trouble.example else None,
        ),
    )


def _end_others(batch: Batch, incident: int, lasting: set[str], at: datetime) -> None:
    ended = [
        (stamp(at), row["id"])
        for row in batch.connection.execute(
            "select id, kind from troubles where incident_id = ? and closed_at is null", (incident,)
        )
        if row["kind"] not in lasting
    ]
    batch.connection.executemany("update troubles set closed_at = ? where id = ?", ended)


def _mirror(batch: Batch, incident: int, at: datetime, worst: Trouble | None) -> None:
    """The incident shows its worst trouble, or the oldest that lasts; without one that lasts it is over."""
    row = batch.connection.execute(
        "select * from troubles where incident_id = ? and closed_at is null order by kind is not ?, id limit 1",
        (incident, worst.kind if worst else None),
    ).fetchone()
    if row is None:
        batch.connection.execute("update incidents set closed_at = ? where id = ?", (stamp(at), incident))
        return
    batch.connection.execute(
        "update incidents set kind = ?, message = ?, todo = ?, capture_id = ?, last_seen_at = ?, count = count + ?"
        " where id = ?",
        (
            row["kind"],
            row["message"],
            row["todo"],
            row["capture_id"],
            row["last_seen_at"],
            worst is not None,
            incident,
        ),
    )


def _incident(connection: sqlite3.Connection, row: sqlite3.Row) -> Incident:
    troubles = connection.execute("select * from troubles where incident_id = ? order by id", (row["id"],))
    return Incident(
        row["id"],
        row["newsroom"],
        row["kind"],
        instant(row["opened_at"]),
        instant(row["last_seen_at"]),
        row["message"],
        row["todo"],
        row["count"],
        row["capture_id"],
        tuple(map(_seen, troubles)),
    )


def _seen(row: sqlite3.Row) -> Seen:
    example = Example(row["example"], row["capture_id"]) if row["example"] else None
    return Seen(
        Trouble(row["kind"], row["message"], row["todo"], example),
        instant(row["opened_at"]),
        instant(row["last_seen_at"]),
        instant(row["closed_at"]) if row["closed_at"] else None,
        row["count"],
    )
