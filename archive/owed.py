"""Releases that a source names and that could not be had: the archive owes them, and the source need not repeat itself.

Without this, a page that keeps failing would make its source be asked in full in every run. Each is asked for again
after a growing pause, at most eight times in its first day and once a day after three, until it comes or is gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.batch import Batch, key_or_url, stamp
from archive.database import Archive
from archive.model import Capture

_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (10, 30, 60, 120, 240, 480, 720, 720, 720, 720))
_LONGEST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Debt:
    """A release that could not be had: what its source said of it, and why. ``requested``: whether a request was made at all."""

    newsroom: str
    url: str
    source: str
    verdict: str
    reason: str
    published_raw: str | None = None
    language: str | None = None
    capture: Capture | None = None
    requested: bool = True


def pause_after(tries: int) -> timedelta:
    """How long to leave a release alone after so many tries in vain."""
    return _PAUSES[max(tries, 1) - 1] if tries <= len(_PAUSES) else _LONGEST


def owe(batch: Batch, debt: Debt, at: datetime) -> None:
    """Notes a try in vain, and when the next one is due."""
    key = (debt.newsroom, key_or_url(debt.url))
    row = batch.connection.execute(
        "select tries from owed where newsroom = ? and url_key = ?", key
    ).fetchone()
    tries = (row["tries"] if row else 0) + debt.requested
    batch.connection.execute(
        "insert into owed (newsroom, url_key, url, source, published_raw, language, since, tries, last_at, due_at, verdict,"
        " reason, capture_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (newsroom, url_key) do update set"
        " tries = excluded.tries, last_at = excluded.last_at, due_at = excluded.due_at, verdict = excluded.verdict,"
        " reason = excluded.reason, capture_id = coalesce(excluded.capture_id, capture_id)",
        (
            *key,
            debt.url,
            debt.source,
            debt.published_raw,
            debt.language,
            stamp(at),
            tries,
            stamp(at),
            stamp(at + pause_after(tries)),
            debt.verdict,
            debt.reason,
            batch.capture_id(debt.capture) if debt.capture else None,
        ),
    )


def paid(batch: Batch, newsroom: str, url: str) -> None:
    """The release came, or is known not to be one, or to be gone."""
    batch.connection.execute(
        "delete from owed where newsroom = ? and url_key = ?", (newsroom, key_or_url(url))
    )


def debts(archive: Archive, newsroom: str, due: datetime | None = None) -> list[Debt]:
    """What the archive owes of a newsroom, oldest first: what is ``due`` then, or everything."""
    rows = archive.connection.execute(
        "select * from owed where newsroom = ? and (?2 is null or due_at <= ?2) order by since, url_key",
        (newsroom, stamp(due) if due else None),
    )
    return [
        Debt(
            newsroom,
            row["url"],
            row["source"] or "",
            row["verdict"],
            row["reason"],
            row["published_raw"],
            row["language"],
        )
        for row in rows
    ]
