"""Storing one release: the same content is seen again, or is a revision, or is our own reader reading anew.

A revision is made if and only if the content digest differs and both contents were read by the same reader.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from archive import absence, changes, divergence, identities, readings, relations, rows, sightings
from archive.batch import Batch, as_json, stamp
from archive.digest import NORM_VERSION, content_sha256
from archive.model import Capture, EventKind, Release, State, Stored

#: how often a page may go back to an earlier text before it is called unstable and told no more
FLAPS = 2


@dataclass(frozen=True, slots=True)
class Current:
    """The current revision of a release with its newest reading."""

    release_id: int
    revision_id: int
    seq: int
    capture: Capture
    state: State
    content: Release
    content_sha256: str
    norm_version: int

    def read_as(self, release: Release) -> bool:
        """Whether its reading was made by the same reader as ``release``."""
        return (self.content.reader_version, self.norm_version) == (release.reader_version, NORM_VERSION)


def store(batch: Batch, release: Release, capture: Capture) -> Stored:
    """Stores what a complete capture says. The caller has checked that it is a release and within its contract."""
    release_id = identities.find(batch, release, capture)
    if release_id is None:
        return _store_new(batch, release, capture)
    current = current_of(batch.connection, release_id)
    identities.settle_former_owner(batch, release_id, release, capture)
    events = _come_back(batch, current, capture)
    if moved := identities.note_address(batch, release_id, release, capture):
        events.append(moved)
    return _store_again(batch, current, release, capture, events)


def current_of(connection: sqlite3.Connection, release_id: int) -> Current:
    """The current revision of a release, with the capture it was made from."""
    row = connection.execute(
        "select r.id as release_id, r.state, v.id as revision_id, v.seq, d.content, d.content_sha256, d.norm_version,"
        " c.* from releases r join revisions v on v.id = r.current_revision join captures c on c.id = v.capture_id"
        " join readings d on d.revision_id = v.id where r.id = ? order by d.id desc limit 1",
        (release_id,),
    ).fetchone()
    return Current(
        release_id=release_id,
        revision_id=row["revision_id"],
        seq=row["seq"],
        capture=rows.capture(row),
        state=State(row["state"]),
        content=rows.content(row["content"]),
        content_sha256=row["content_sha256"],
        norm_version=row["norm_version"],
    )


def _store_new(batch: Batch, release: Release, capture: Capture) -> Stored:
    release_id = rows.insert_release(batch, release, capture)
    revision_id = _add_revision(batch, release_id, 1, release, capture)
    identities.settle_former_owner(batch, release_id, release, capture)
    identities.add(batch, release_id, release, capture)
    sightings.begin(batch, release_id, release, capture)
    _note_withdrawal(batch, release_id, release)
    event = batch.add_event(
        release_id,
        EventKind.NEW,
        stamp(capture.captured_at),
        revision_id=revision_id,
        capture_id=batch.capture_id(capture),
    )
    return Stored(release_id, release.url, release.newsroom, "new", (event,))


def _store_again(
    batch: Batch, current: Current, release: Release, capture: Capture, events: list[EventKind]
) -> Stored:
    release = readings.keep_hints(release, current.content)
    digest = content_sha256(release)
    if digest != current.content_sha256 and not current.read_as(release):
        current = _read_anew(batch, current, release, capture)
    if digest == current.content_sha256:
        sightings.seen(batch, current.release_id, capture, read=True)
        events += _announce_confirmed(batch, current, capture)
        result = "unchanged"
    elif capture.payload_sha256 == current.capture.payload_sha256:
        _add_reading(batch, current, release, capture)
        sightings.seen(batch, current.release_id, capture, read=True)
        result = "reread"
    else:
        return _store_revision(batch, current, release, capture, events)
    return Stored(current.release_id, release.url, release.newsroom, result, tuple(events))


def _read_anew(batch: Batch, current: Current, release: Release, capture: Capture) -> Current:
    """The current revision as the reader of ``release`` reads it, so that like is compared with like (case D11)."""
    if batch.reread is None or capture.payload_sha256 == current.capture.payload_sha256:
        return current
    again = batch.reread(current.capture)
    if again is None or again.reader_version != release.reader_version:
        return current
    _add_reading(batch, current, again, current.capture)
    return current_of(batch.connection, current.release_id)


def _add_reading(batch: Batch, current: Current, release: Release, capture: Capture) -> None:
    """Another reading of the current revision: the release shows it; no revision, no event."""
    readings.insert(batch, current.revision_id, release, capture)
    rows.update_release(batch, current.release_id, release)


def _store_revision(
    batch: Batch, current: Current, release: Release, capture: Capture, events: list[EventKind]
) -> Stored:
    change = changes.compare(current.content, release)
    reverts_to = _earlier_revision(batch, current, content_sha256(release))
    revision_id = _add_revision(
        batch, current.release_id, current.seq + 1, release, capture, change=change, reverts_to=reverts_to
    )
    rows.update_release(batch, current.release_id, release)
    _note_withdrawal(batch, current.release_id, release)
    sightings.seen(batch, current.release_id, capture, read=True)
    confirm = change.large_removal and reverts_to is None
    if confirm:
        _hold(batch, current.release_id, revision_id, capture)
    else:
        events += _announce(batch, current, revision_id, change, capture, reverts_to=reverts_to)
        events += relations.diverged(
            batch, current.release_id, current.content, release, revision_id=revision_id, capture=capture
        )
        divergence.compare(
            batch, current.release_id, current.content, release, revision_id=revision_id, capture=capture
        )
    return Stored(current.release_id, release.url, release.newsroom, "changed", tuple(events), confirm)


def _announce(
    batch: Batch,
    current: Current,
    revision_id: int,
    change: changes.Change,
    capture: Capture,
    *,
    reverts_to: int | None = None,
) -> list[EventKind]:
    """The event of a revision; none for the end of an unconfirmed edit, one for a page that flaps."""
    kind, detail = change.event, ", ".join(change.kinds)
    if reverts_to is not None:
        if _drop_held(batch, current.revision_id):
            return []
        flaps = _flaps(batch, current.release_id)
        if flaps > FLAPS:
            return []
        if flaps == FLAPS:
            kind, detail = EventKind.UNSTABLE, "goes to and fro between the same texts; told once"
    event = batch.add_event(
        current.release_id,
        kind,
        stamp(capture.captured_at),
        revision_id=revision_id,
        capture_id=batch.capture_id(capture),
        detail=detail,
    )
    return [event]


def _flaps(batch: Batch, release_id: int) -> int:
    return int(
        batch.connection.execute(
            "select count(*) from revisions where release_id = ? and reverts_to is not null", (release_id,)
        ).fetchone()[0]
    )


def _hold(batch: Batch, release_id: int, revision_id: int, capture: Capture) -> None:
    batch.connection.execute(
        "insert into unannounced (revision_id, release_id, since, reason) values (?, ?, ?, 'large removal')",
        (revision_id, release_id, stamp(capture.captured_at)),
    )
    sightings.look_again_soon(batch, release_id, capture)


def _drop_held(batch: Batch, revision_id: int) -> bool:
    cursor = batch.connection.execute("delete from unannounced where revision_id = ?", (revision_id,))
    return cursor.rowcount > 0


def _announce_confirmed(batch: Batch, current: Current, capture: Capture) -> list[EventKind]:
    """A second read some minutes later found the same: the edit that was held back is told now."""
    held = batch.connection.execute(
        "select since from unannounced where revision_id = ?", (current.revision_id,)
    ).fetchone()
    if held is None or capture.captured_at - rows.instant(held["since"]) < absence.SECOND_LOOK:
        return []
    _drop_held(batch, current.revision_id)
    before = rows.reading_before(batch.connection, current.release_id, current.seq)
    change = changes.compare(before, current.content)
    divergence.compare(
        batch, current.release_id, before, current.content, revision_id=current.revision_id, capture=capture
    )
    return _announce(batch, current, current.revision_id, change, capture)


def _note_withdrawal(batch: Batch, release_id: int, release: Release) -> None:
    """A banner over an unchanged text is a state of the release, not an edit of it (case D12)."""
    state = State.WITHDRAWN if release.withdrawn else State.PRESENT
    batch.connection.execute(
        "update releases set state = ?1 where id = ?2 and state in ('present', 'withdrawn') and state != ?1",
        (state.value, release_id),
    )


def _come_back(batch: Batch, current: Current, capture: Capture) -> list[EventKind]:
    if current.state not in absence.MISSING:
        return []
    batch.connection.execute("update releases set state = 'present' where id = ?", (current.release_id,))
    _note_withdrawal(batch, current.release_id, current.content)
    at = stamp(capture.captured_at)
    return [batch.add_event(current.release_id, EventKind.RESTORED, at, capture_id=batch.capture_id(capture))]


def _earlier_revision(batch: Batch, current: Current, digest: str) -> int | None:
    row = batch.connection.execute(
        "select min(v.id) from readings d join revisions v on v.id = d.revision_id"
        " where d.content_sha256 = ? and v.release_id = ? and v.id != ?",
        (digest, current.release_id, current.revision_id),
    ).fetchone()
    return None if row[0] is None else int(row[0])


def _add_revision(
    batch: Batch,
    release_id: int,
    seq: int,
    release: Release,
    capture: Capture,
    *,
    change: changes.Change | None = None,
    reverts_to: int | None = None,
) -> int:
    change = change or changes.Change((), silent=False, large_removal=False)
    cursor = batch.connection.execute(
        "insert into revisions (release_id, seq, capture_id, seen_at, content_sha256, norm_version, kinds, silent,"
        " reverts_to) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            release_id,
            seq,
            batch.capture_id(capture),
            stamp(capture.captured_at),
            content_sha256(release),
            NORM_VERSION,
            as_json(change.kinds),
            change.silent,
            reverts_to,
        ),
    )
    assert cursor.lastrowid is not None
    readings.insert(batch, cursor.lastrowid, release, capture)
    batch.connection.execute(
        "update releases set current_revision = ?, revisions = ?, capture_id = ? where id = ?",
        (cursor.lastrowid, seq, batch.capture_id(capture), release_id),
    )
    return cursor.lastrowid
