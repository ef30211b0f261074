"""Translations that stay behind: one language's version of a release drops what both said, and the other keeps it.

An edit that takes a number, a contact or the date that both versions had from one of them is noted; the other is looked
at again when the newsroom's time for it is over (``expects.translations_within``, three days). What it then still says
is told once, as an event of the edited version. Whichever version comes round ends it.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive import facts, rows
from archive.batch import Batch, as_json, stamp
from archive.model import Capture, EventKind, Release, Stored
from archive.schedule import CONDITIONAL_LOOKS


@dataclass(frozen=True, slots=True)
class Apart:
    """A translation that says what this release dropped (``by_us``), or that dropped what this release still says."""

    other: int
    by_us: bool
    since: datetime
    facts: tuple[str, ...]


def compare(
    batch: Batch, release_id: int, before: Release, after: Release, *, revision_id: int, capture: Capture
) -> None:
    """Notes which translations of an edited release still say what it dropped, and ends what is over."""
    _settle(batch, release_id, after)
    for other in _translations(batch.connection, release_id):
        lost = facts.dropped(before, after, rows.current_content(batch.connection, other))
        if not lost:
            continue
        _note(batch, (release_id, other), revision_id, lost, capture)


def _note(
    batch: Batch, pair: tuple[int, int], revision_id: int, lost: tuple[str, ...], capture: Capture
) -> None:
    """A second edit, before the first was followed, begins the time anew: what it took out is told for itself."""
    row = batch.connection.execute(
        "select lost from diverging where release_id = ? and other_id = ?", pair
    ).fetchone()
    known = tuple(json.loads(row["lost"])) if row else ()
    batch.connection.execute(
        "insert into diverging (release_id, other_id, revision_id, since, lost) values (?, ?, ?, ?, ?)"
        " on conflict do update set revision_id = excluded.revision_id, since = excluded.since, lost = excluded.lost,"
        " event_id = null",
        (*pair, revision_id, stamp(capture.captured_at), as_json(tuple(dict.fromkeys(lost + known)))),
    )


def judge(batch: Batch) -> tuple[Stored, ...]:
    """At the end of a run: tells of each translation that had not followed when its time was over, and both were looked at."""
    told = []
    found = batch.connection.execute(
        "select d.*, max(d.since, min(s.last_seen_at, e.last_seen_at)) as last_seen_at, r.newsroom, r.url,"
        " o.url as other_url, o.language from diverging d join sightings s on s.release_id = d.other_id"
        " join sightings e on e.release_id = d.release_id join releases r on r.id = d.release_id"
        " join releases o on o.id = d.other_id where d.event_id is null"
        " order by d.since, d.release_id, d.other_id"
    ).fetchall()
    for row in found:
        waited = rows.instant(row["last_seen_at"]) - rows.instant(row["since"])
        within = _within(batch.connection, row["release_id"])
        if waited < within:
            _look_at_both(batch, row, rows.instant(row["since"]) + within)
            continue
        event = _told_already(batch, row)
        if event is None:
            event = _tell(batch, row)
            told.append(
                Stored(row["release_id"], row["url"], row["newsroom"], "changed", (EventKind.DIVERGED,))
            )
        batch.connection.execute(
            "update diverging set event_id = ? where release_id = ? and other_id = ?",
            (event, row["release_id"], row["other_id"]),
        )
    return tuple(told)


def _look_at_both(batch: Batch, row: sqlite3.Row, at: datetime) -> None:
    """When the time is over, both are read again, whatever their own schedule says: a 304 would show nothing."""
    batch.connection.executemany(
        "update sightings set due_at = min(coalesce(due_at, ?1), ?1), looks_since_read = ?2"
        " where release_id = ?3 and last_seen_at < ?1",
        [(stamp(at), CONDITIONAL_LOOKS, each) for each in (row["release_id"], row["other_id"])],
    )


def _told_already(batch: Batch, row: sqlite3.Row) -> int | None:
    """A third version that followed the edit says no other thing of the one that stays behind."""
    lost = set(json.loads(row["lost"]))
    for other in batch.connection.execute(
        "select event_id, lost from diverging where other_id = ? and event_id is not null", (row["other_id"],)
    ):
        if lost & set(json.loads(other["lost"])):
            return int(other["event_id"])
    return None


def _tell(batch: Batch, row: sqlite3.Row) -> int:
    facts_kept = ", ".join(json.loads(row["lost"])[:6])
    detail = f"its version in {row['language']} still says: {facts_kept} ({row['other_url']})"
    at, revision = row["last_seen_at"], row["revision_id"]
    batch.add_event(row["release_id"], EventKind.DIVERGED, at, revision_id=revision, detail=detail)
    return int(batch.connection.execute("select max(id) from events").fetchone()[0])


def apart(connection: sqlite3.Connection, release_id: int) -> tuple[Apart, ...]:
    """Where a release and its translations say different things by now."""
    found = connection.execute(
        "select * from diverging where release_id = ?1 or other_id = ?1 order by since", (release_id,)
    )
    return tuple(
        Apart(
            row["other_id"] if row["release_id"] == release_id else row["release_id"],
            row["release_id"] == release_id,
            rows.instant(row["since"]),
            tuple(json.loads(row["lost"])),
        )
        for row in found
    )


def _settle(batch: Batch, release_id: int, after: Release) -> None:
    """What the edited version and its translations say alike again is over."""
    for row in batch.connection.execute(
        "select release_id, other_id, lost from diverging where release_id = ?1 or other_id = ?1",
        (release_id,),
    ).fetchall():
        ours = row["release_id"] == release_id
        kin = rows.current_content(batch.connection, row["other_id"] if ours else row["release_id"])
        pair = (after, kin) if ours else (kin, after)
        lost = facts.still_apart(tuple(json.loads(row["lost"])), *pair)
        key = (row["release_id"], row["other_id"])
        if lost:
            batch.connection.execute(
                "update diverging set lost = ? where release_id = ? and other_id = ?", (as_json(lost), *key)
            )
        else:
            batch.connection.execute("delete from diverging where release_id = ? and other_id = ?", key)


def _translations(connection: sqlite3.Connection, release_id: int) -> list[int]:
    found = connection.execute(
        "select to_release from relations where from_release = ? and kind = 'translation' order by 1",
        (release_id,),
    )
    return [row["to_release"] for row in found]


def _within(connection: sqlite3.Connection, release_id: int) -> timedelta:
    hours = connection.execute(
        "select n.translations_within from newsrooms n join releases r on r.newsroom = n.slug where r.id = ?",
        (release_id,),
    ).fetchone()[0]
    return timedelta(hours=hours)
