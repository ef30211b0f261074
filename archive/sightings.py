"""When each release was seen, read and looked for. A narrow table: an unchanged release is never written again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from archive import absence, rows
from archive.batch import Batch, key_or_url, stamp
from archive.model import Absence, Capture, Release, State, Stored
from archive.schedule import CONDITIONAL_LOOKS, next_look

#: an outage lasts hours, and must not cost an old release its one look of the month
AFTER_TROUBLE = timedelta(hours=6)


def begin(batch: Batch, release_id: int, release: Release, capture: Capture) -> None:
    """The first sighting of a release."""
    at = stamp(capture.captured_at)
    published = release.published.at if release.published else capture.captured_at
    batch.connection.execute(
        "insert into sightings (release_id, newsroom, last_seen_at, last_read_at, last_look_at, due_at)"
        " values (?, ?, ?, ?, ?, ?)",
        (
            release_id,
            release.newsroom,
            at,
            at,
            at,
            stamp(next_look(release_id, published, capture.captured_at)),
        ),
    )


def seen(batch: Batch, release_id: int, capture: Capture, *, read: bool) -> None:
    """The release is there; ``read`` where its body was sent, false where the server said "not modified"."""
    at = stamp(capture.captured_at)
    batch.connection.execute(
        "update sightings set last_seen_at = ?1, last_look_at = ?1, looks = looks + 1, due_at = ?2,"
        " last_read_at = iif(?3, ?1, last_read_at), looks_since_read = iif(?3, 0, looks_since_read + 1),"
        " in_vain_since = null, in_vain_reason = null where release_id = ?4",
        (at, _due(batch, release_id, capture.captured_at), read, release_id),
    )


def look_again_soon(batch: Batch, release_id: int, capture: Capture) -> None:
    """A doubtful look is repeated as soon as a second one counts, without conditions: a 304 would confirm nothing."""
    due = stamp(capture.captured_at + absence.SECOND_LOOK + timedelta(seconds=30))
    batch.connection.execute(
        "update sightings set due_at = min(coalesce(due_at, ?1), ?1), last_look_at = ?2, looks_since_read = ?3,"
        " in_vain_since = null, in_vain_reason = null where release_id = ?4",
        (due, stamp(capture.captured_at), CONDITIONAL_LOOKS, release_id),
    )


def not_modified(batch: Batch, newsroom: str, url: str, capture: Capture) -> Stored | None:
    """The server answered 304 for the address of a release; None for an address that is no release's."""
    release_id = release_at(batch, newsroom, url)
    if release_id is None:
        return None
    seen(batch, release_id, capture, read=False)
    return Stored(release_id, url, newsroom, "unchanged")


def looked_in_vain(batch: Batch, newsroom: str, url: str, at: datetime, reason: str) -> None:
    """A look that an outage, a block or a page we can't read kept from finding anything out: again some hours later.

    Then without conditions: a 304 would say that a maintenance page has not changed, and count as the release seen.
    """
    release_id = release_at(batch, newsroom, url)
    if release_id is not None:
        batch.connection.execute(
            "update sightings set last_look_at = ?1, looks = looks + 1, due_at = ?2, looks_since_read = ?3,"
            " in_vain_since = coalesce(in_vain_since, ?1), in_vain_reason = ?4 where release_id = ?5",
            (
                stamp(at),
                min(_due(batch, release_id, at), stamp(at + AFTER_TROUBLE)),
                CONDITIONAL_LOOKS,
                reason,
                release_id,
            ),
        )


def absent(batch: Batch, newsroom: str, url: str, how: Absence, capture: Capture) -> None:
    """A look that didn't find a release; what it means is judged at the end of the run."""
    release_id = release_at(batch, newsroom, url)
    if release_id is None:
        return
    batch.connection.execute(
        "insert into absences (release_id, capture_id, run_id, at, how) values (?, ?, ?, ?, ?)",
        (release_id, batch.capture_id(capture), batch.run_id, stamp(capture.captured_at), how.value),
    )
    row = batch.connection.execute("select state from releases where id = ?", (release_id,)).fetchone()
    state = State(row[0])
    if state in absence.MISSING or how in (Absence.GONE, Absence.FRONT_PAGE):
        batch.connection.execute(
            "update sightings set last_look_at = ?, due_at = ?, in_vain_since = null, in_vain_reason = null"
            " where release_id = ?",
            (stamp(capture.captured_at), stamp(capture.captured_at + absence.pause_after(state)), release_id),
        )
    else:
        look_again_soon(batch, release_id, capture)


def release_at(batch: Batch, newsroom: str, url: str) -> int | None:
    """The release of a newsroom that was last known at an address."""
    row = batch.connection.execute(
        "select u.release_id from release_urls u join releases r on r.id = u.release_id"
        " where u.url_key = ? and r.newsroom = ? order by u.to_at is null desc, u.release_id desc limit 1",
        (key_or_url(url), newsroom),
    ).fetchone()
    return None if row is None else int(row[0])


def _due(batch: Batch, release_id: int, last_look: datetime) -> str:
    row = batch.connection.execute(
        "select coalesce(published_at, first_seen_at) from releases where id = ?", (release_id,)
    ).fetchone()
    published = rows.instant(row[0])
    aware = published if published.tzinfo else published.replace(tzinfo=UTC)
    return stamp(next_look(release_id, aware, last_look))
