"""A release's address that leads to another page: was the release replaced, or does the site send everything lost there?

Judged at the end of a run, when all that lead to one page are known: from ten releases on, that page is a sink
(reliability.md §7), and they are missing, not replaced. What leads to a front page or a listing was told before this.
"""

from __future__ import annotations

from dataclasses import replace

import msgspec

from archive import identities, revisions, rows, sightings
from archive.batch import Batch, key_or_url, stamp
from archive.model import Absence, Capture, EventKind, Release, State, Stored

SINK_FROM = 10


def store(batch: Batch, release: Release, capture: Capture) -> Stored | None:
    """Stores what a look found; what another release's address led to waits for the end of the run, with None."""
    owner = _led_away(batch, release, capture)
    if owner is None:
        return revisions.store(batch, release, capture)
    batch.connection.execute(
        "insert into redirects (release_id, target_key, at, capture_id, waiting) values (?, ?, ?, ?, ?)"
        " on conflict do update set capture_id = excluded.capture_id, waiting = excluded.waiting",
        (
            owner,
            key_or_url(release.url),
            stamp(capture.captured_at),
            batch.capture_id(capture),
            msgspec.json.encode(release).decode(),
        ),
    )
    return None


def judge(batch: Batch) -> tuple[Stored, ...]:
    """What the redirects of this run mean: the release there is stored and the old one replaced, or it is a sink."""
    waiting = batch.connection.execute(
        "select d.release_id, d.target_key, d.waiting, r.url as asked, r.newsroom, c.* from redirects d"
        " join releases r on r.id = d.release_id join captures c on c.id = d.capture_id"
        " where d.waiting is not null order by c.id"
    ).fetchall()
    batch.connection.execute("update redirects set waiting = null where waiting is not null")
    done: list[Stored] = []
    for row in waiting:
        capture = replace(rows.capture(row), url=row["asked"])
        if _leading_to(batch, row["target_key"]) >= SINK_FROM:
            done += _mend_replaced(batch, row["target_key"], capture)
            sightings.absent(batch, row["newsroom"], row["asked"], Absence.SINK, capture)
        else:
            done.append(revisions.store(batch, rows.content(row["waiting"]), capture))
    return tuple(done)


def _led_away(batch: Batch, release: Release, capture: Capture) -> int | None:
    """The release whose own address was asked for, where what came is another one at another address."""
    asked = key_or_url(capture.url)
    if asked == key_or_url(release.url):
        return None
    row = batch.connection.execute(
        "select r.id, r.url from release_urls u join releases r on r.id = u.release_id"
        " where u.url_key = ? and r.newsroom = ? and r.state != 'replaced' order by r.id desc limit 1",
        (asked, release.newsroom),
    ).fetchone()
    if row is None or key_or_url(row["url"]) != asked:
        return None
    known = identities.known(batch, release)
    other = known != row["id"] if known is not None else identities.is_other(batch, row["id"], release)
    return int(row["id"]) if other else None


def _leading_to(batch: Batch, target_key: str) -> int:
    found = batch.connection.execute("select count(*) from redirects where target_key = ?", (target_key,))
    return int(found.fetchone()[0])


def _mend_replaced(batch: Batch, target_key: str, capture: Capture) -> list[Stored]:
    """Those that were called replaced while fewer led there."""
    found = batch.connection.execute(
        "select r.id, r.url, r.newsroom from redirects d join releases r on r.id = d.release_id"
        " where d.target_key = ? and r.state = 'replaced'",
        (target_key,),
    ).fetchall()
    mended = []
    for row in found:
        batch.connection.execute(
            "update releases set state = ? where id = ?", (State.REDIRECTED_SINK.value, row["id"])
        )
        event = batch.add_event(
            row["id"], EventKind.REDIRECTED_AWAY, stamp(capture.captured_at), detail=Absence.SINK.value
        )
        mended.append(Stored(row["id"], row["url"], row["newsroom"], "changed", (event,)))
    return mended
