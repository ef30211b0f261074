"""How far earlier looks came: what the crawl asks before it decides how far to walk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile

from archive import rows
from archive.batch import key_or_url, stamp
from archive.database import Archive
from archive.known import DuePage, page
from archive.schedule import may_ask_conditionally

ROBOTS_STAND = timedelta(hours=24)


def last_whole(archive: Archive, newsroom: str, source: str) -> datetime | None:
    """When the last look at a source that was carried through began; None where there was none."""
    row = archive.connection.execute(
        "select max(started_at) from polls where newsroom = ? and source = ? and outcome in ('ok', 'unchanged')",
        (newsroom, source),
    ).fetchone()
    return rows.instant(row[0]) if row[0] else None


@dataclass(frozen=True, slots=True)
class Robots:
    """A robots.txt as it was answered; ``body`` is empty for any status but 200."""

    status: int
    body: bytes


def fresh_robots(archive: Archive, url: str, now: datetime) -> Robots | None:
    """The answer of a robots.txt that is young enough to stand for today's; never one of a failing server.

    RFC 9309 §2.4 lets it stand for 24 hours. None where it has to be asked for.
    """
    row = archive.connection.execute(
        "select * from captures where url_key = ? and purpose = 'robots' and captured_at > ? and complete"
        " order by captured_at desc limit 1",
        (key_or_url(url), stamp(now - ROBOTS_STAND)),
    ).fetchone()
    if row is None or row["status"] >= 500 or row["status"] == 429 or 300 <= row["status"] < 400:
        return None
    return Robots(row["status"], page(archive, rows.capture(row)).body if row["status"] == 200 else b"")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a newsroom was looked at and publishes: the last look, its newest publications, failures in a row."""

    last_look: datetime | None
    published: tuple[datetime, ...]
    failures: int


def rhythm(archive: Archive, newsroom: str) -> Rhythm:
    """What decides when a newsroom is looked at next; all empty for one never looked at."""
    polls = archive.connection.execute(
        "select started_at, outcome from polls where newsroom = ? and outcome not in ('running', 'died')"
        " order by id desc limit 20",
        (newsroom,),
    ).fetchall()
    published = archive.connection.execute(
        "select published_at from releases where newsroom = ? and published_at is not null"
        " order by position desc limit 40",
        (newsroom,),
    )
    good = (n for n, row in enumerate(polls) if row["outcome"] in ("ok", "unchanged"))
    return Rhythm(
        max((rows.instant(row["started_at"]) for row in polls), default=None),
        tuple(_aware(rows.instant(row[0])) for row in published),
        next(good, len(polls)),
    )


def may_ask_source_conditionally(archive: Archive, newsroom: str, source: str, now: datetime) -> bool:
    """Whether the next look at a source may send validators: one in ten may not, and one a day (case B15).

    Nor after a look that was not carried through or found the source broken: a 304 would then say that the same broken
    answer has not changed, and stand for "nothing new".
    """
    outcomes = archive.connection.execute(
        "select outcome, started_at from polls where newsroom = ? and source = ? and outcome <> 'running'"
        " order by id desc limit 20",
        (newsroom, source),
    ).fetchall()
    good = list(takewhile(lambda row: row["outcome"] in ("ok", "unchanged"), outcomes))
    streak = next((n for n, row in enumerate(good) if row["outcome"] == "ok"), None)
    if streak is None:
        return False
    read_at = rows.instant(good[streak]["started_at"])
    return may_ask_conditionally(streak) and now - read_at < timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last run that ended by itself: when (aware), and with which code."""

    ended_at: datetime
    exit_code: int


def last_run(archive: Archive) -> LastRun | None:
    """None where none has ended yet."""
    row = archive.connection.execute(
        "select ended_at, exit_code from runs where exit_code is not null order by id desc limit 1"
    ).fetchone()
    return LastRun(rows.instant(row["ended_at"]), row["exit_code"]) if row else None


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


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
