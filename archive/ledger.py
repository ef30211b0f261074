"""What we did and saw happen: runs, polls, gaps, incidents, rejects, hosts on hold, and where the evidence ends."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive.batch import Batch, as_json, key_or_url, stamp
from archive.model import Capture, Look, Newsroom, Stored


def begin_run(
    connection: sqlite3.Connection, at: datetime, *, command: str, version: str, host: str, run_id: int | None
) -> int:
    """A run begins; its id, the given one or the next."""
    cursor = connection.execute(
        "insert into runs (id, started_at, command, version, host) values (?, ?, ?, ?, ?)",
        (run_id, stamp(at), command, version, host),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def end_run(
    connection: sqlite3.Connection, run_id: int, at: datetime, exit_code: int, report: str | None
) -> None:
    """A run ends with the exit code it will give."""
    connection.execute(
        "update runs set ended_at = ?, state = 'done', exit_code = ?, report = ? where id = ?",
        (stamp(at), exit_code, report, run_id),
    )


def put_newsroom(connection: sqlite3.Connection, newsroom: Newsroom, at: datetime) -> None:
    """The archive knows a newsroom as its registry entry has it now; an unchanged row isn't written."""
    connection.execute(
        "insert into newsrooms (slug, name, country, site, platform, grade, languages, timezone, entry_sha256, translations_within, first_seen_at)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (slug) do update set name = excluded.name,"
        " country = excluded.country, site = excluded.site, platform = excluded.platform, grade = excluded.grade,"
        " languages = excluded.languages, timezone = excluded.timezone, entry_sha256 = excluded.entry_sha256, translations_within = excluded.translations_within"
        " where entry_sha256 is not excluded.entry_sha256 or grade is not excluded.grade",
        (
            newsroom.slug,
            newsroom.name,
            newsroom.country,
            newsroom.site,
            newsroom.platform,
            newsroom.grade,
            as_json(newsroom.languages),
            newsroom.timezone,
            newsroom.entry_sha256,
            newsroom.translations_within,
            stamp(at),
        ),
    )


def begin_poll(batch: Batch, newsroom: str, source: str, source_kind: str, at: datetime) -> int:
    """A look at a source begins: if the run dies, that it was begun is known."""
    cursor = batch.connection.execute(
        "insert into polls (run_id, newsroom, source, source_kind, started_at) values (?, ?, ?, ?, ?)",
        (batch.run_id, newsroom, source, source_kind, stamp(at)),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def end_poll(batch: Batch, poll_id: int, look: Look) -> None:
    """A look at a source ended. One that reached what was known closes the gaps of its source."""
    batch.connection.execute(
        "update polls set ended_at = ?, outcome = ?, status = ?, pages = ?, items_seen = ?, items_new = ?,"
        " reached_known = ?, message = ? where id = ?",
        (
            stamp(look.ended_at),
            look.outcome,
            look.status,
            look.pages,
            look.items_seen,
            look.items_new,
            look.reached_known,
            look.message,
            poll_id,
        ),
    )
    if look.reached_known or look.outcome == "unchanged":
        batch.connection.execute(
            "update gaps set closed_run = ?, closed_at = ?, to_at = coalesce(to_at, ?) where closed_at is null and"
            " (newsroom, source) = (select newsroom, source from polls where id = ?)",
            (batch.run_id, stamp(look.ended_at), stamp(look.ended_at), poll_id),
        )


def open_gap(
    connection: sqlite3.Connection,
    run_id: int | None,
    *,
    newsroom: str,
    source: str,
    reason: str,
    to_at: datetime | None,
) -> None:
    """A time of which we don't know what a source published: from its last good look on. One open gap a source."""
    connection.execute(
        "insert into gaps (newsroom, source, from_at, to_at, reason, opened_run)"
        " select ?1, ?2, (select max(started_at) from polls where newsroom = ?1 and source = ?2"
        "   and outcome in ('ok', 'unchanged')), ?3, ?4, ?5"
        " where not exists (select 1 from gaps where newsroom = ?1 and source = ?2 and closed_at is null)",
        (newsroom, source, stamp(to_at) if to_at else None, reason, run_id),
    )


@dataclass(frozen=True, slots=True)
class Refused:
    """A page or answer that was refused, with the reason."""

    newsroom: str
    url: str
    reason: str
    detail: str
    at: datetime
    capture: Capture | None = None
    reader_version: str | None = None


def reject(batch: Batch, refused: Refused) -> Stored:
    """Records a refusal. The same one of the same address by the same reader is one row."""
    key = (key_or_url(refused.url), refused.newsroom, refused.reason, refused.reader_version)
    same = batch.connection.execute(
        "select id from rejects where url_key = ? and newsroom = ? and reason = ? and reader_version is ?"
        " and resolved_at is null",
        key,
    ).fetchone()
    if same is None:
        capture_id = batch.capture_id(refused.capture) if refused.capture else None
        batch.connection.execute(
            "insert into rejects (url_key, newsroom, reason, reader_version, url, capture_id, run_id, at, detail)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*key, refused.url, capture_id, batch.run_id, stamp(refused.at), refused.detail),
        )
    return Stored(None, refused.url, refused.newsroom, "rejected")


def resolve_rejects(batch: Batch, url: str, newsroom: str, at: datetime) -> None:
    """An address that was refused is stored now."""
    batch.connection.execute(
        "update rejects set resolved_at = ? where url_key = ? and newsroom = ? and resolved_at is null",
        (stamp(at), key_or_url(url), newsroom),
    )


def hold_host(batch: Batch, host: str, until: datetime, reason: str, at: datetime) -> None:
    """A host asked to be left alone until then: also by later runs."""
    batch.connection.execute(
        "insert into hosts (host, not_before, reason, set_at) values (?, ?, ?, ?) on conflict (host) do update set"
        " not_before = max(not_before, excluded.not_before), reason = excluded.reason, set_at = excluded.set_at",
        (host, stamp(until), reason, stamp(at)),
    )


def close_gap(batch: Batch, newsroom: str, source: str, at: datetime) -> None:
    """What a source published in its open gap is known now; nothing happens where none is open."""
    batch.connection.execute(
        "update gaps set closed_run = ?, closed_at = ? where newsroom = ? and source = ? and closed_at is null",
        (batch.run_id, stamp(at), newsroom, source),
    )


def recover(connection: sqlite3.Connection, evidence: Path, at: datetime) -> list[int]:
    """After a death: cuts evidence that no transaction knows, closes open runs as ``died`` and records their gaps.

    The runs that died.
    """
    for row in connection.execute("select name, bytes_committed from warc_files where closed_at is null"):
        path = evidence / row["name"]
        if path.exists() and path.stat().st_size > row["bytes_committed"]:
            with path.open("r+b") as file:
                file.truncate(row["bytes_committed"])
    for poll in connection.execute(
        "select id, run_id, newsroom, source from polls where outcome = 'running'"
    ).fetchall():
        open_gap(
            connection,
            poll["run_id"],
            newsroom=poll["newsroom"],
            source=poll["source"],
            reason="run died",
            to_at=None,
        )
        connection.execute(
            "update polls set outcome = 'died', ended_at = ? where id = ?", (stamp(at), poll["id"])
        )
    died = [
        row["id"] for row in connection.execute("select id from runs where state = 'running' order by id")
    ]
    connection.execute("update runs set state = 'died', ended_at = ? where state = 'running'", (stamp(at),))
    return died
