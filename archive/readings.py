"""Readings: what one version of our reader takes a revision to say. The newest one is what the archive shows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import msgspec

from archive import rows
from archive.batch import Batch, stamp
from archive.database import Archive
from archive.digest import NORM_VERSION, content_sha256
from archive.model import Capture, Release, Stored


@dataclass(frozen=True, slots=True)
class ReadRevision:
    """A revision with the capture it was made from: what there is to read again."""

    revision_id: int
    release_id: int
    capture: Capture


def insert(batch: Batch, revision_id: int, release: Release, capture: Capture) -> None:
    """Another reading of a revision, with the contacts, attachments and topics it finds."""
    text = msgspec.json.encode(release).decode()
    batch.connection.execute(
        "insert into readings (revision_id, reader_version, norm_version, capture_id, read_at, content_sha256, content,"
        " text_sha256) values (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            revision_id,
            release.reader_version,
            NORM_VERSION,
            batch.capture_id(capture),
            stamp(capture.captured_at),
            content_sha256(release),
            text,
            text_sha256(text),
        ),
    )
    rows.replace_parts(batch, revision_id, release)


def keep_hints(release: Release, known: Release) -> Release:
    """What only the list told holds while the page itself tells nothing: a re-read has no list beside it."""
    if release.language is None and dict(known.evidence).get("language", "").startswith("source:"):
        release = replace(release, language=known.language)
    told = known.published
    if release.published or release.published_raw or not (told and told.evidence.startswith("source:")):
        return release
    return replace(release, published=told, published_raw=known.published_raw, published_reason=None)


def text_sha256(content: str) -> str:
    """The digest of a reading's whole text, also of what no publisher edits (its evidence, its layout)."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def reread(batch: Batch, revision: ReadRevision, release: Release) -> Stored:
    """A reading by the present reader where it differs from the newest one: no revision, no event.

    ``result`` is ``reread`` where it differs and ``unchanged`` where it doesn't.
    """
    newest = batch.connection.execute(
        "select d.content, d.reader_version, r.current_revision, r.newsroom from readings d"
        " join revisions v on v.id = d.revision_id join releases r on r.id = v.release_id"
        " where v.id = ? order by d.id desc limit 1",
        (revision.revision_id,),
    ).fetchone()
    release = keep_hints(release, rows.content(newest["content"]))
    if newest["content"] == msgspec.json.encode(release).decode():
        if newest["current_revision"] == revision.revision_id:
            rows.refresh_stems(batch.connection, revision.release_id, release)
        return Stored(revision.release_id, release.url, newest["newsroom"], "unchanged")
    insert(batch, revision.revision_id, release, revision.capture)
    if newest["current_revision"] == revision.revision_id:
        rows.update_release(batch, revision.release_id, release)
    return Stored(revision.release_id, release.url, newest["newsroom"], "reread")


def is_known(archive: Archive, newsroom: str) -> bool:
    """Whether the archive holds anything of a newsroom, or of a country's newsrooms."""
    found = archive.connection.execute(
        "select 1 from newsrooms where slug = ?1 or slug like ?1 || '\\_%' escape '\\' limit 1", (newsroom,)
    )
    return found.fetchone() is not None


def to_read_again(
    archive: Archive, newsroom: str | None = None, since: str | None = None
) -> list[ReadRevision]:
    """Every revision, of a newsroom and seen since a day (ISO 8601) where these are given, oldest first."""
    found = archive.connection.execute(
        "select v.id as revision_id, v.release_id, c.* from revisions v join releases r on r.id = v.release_id"
        " join captures c on c.id = v.capture_id where (?1 is null or r.newsroom = ?1 or r.newsroom like ?1 || '\\_%' escape '\\')"
        " and (?2 is null or v.seen_at >= ?2) and r.state != 'redacted_by_us' order by c.id",
        (newsroom, since),
    )
    return [ReadRevision(row["revision_id"], row["release_id"], rows.capture(row)) for row in found]


def refused_captures(
    archive: Archive, newsroom: str | None = None, since: str | None = None
) -> list[Capture]:
    """The whole captures of what was refused and never stored since: a better reader may read them."""
    found = archive.connection.execute(
        "select distinct c.* from rejects j join captures c on c.id = j.capture_id where j.resolved_at is null"
        " and c.status = 200 and c.complete and (?1 is null or j.newsroom = ?1 or j.newsroom like ?1 || '\\_%' escape '\\')"
        " and (?2 is null or j.at >= ?2) order by c.id",
        (newsroom, since),
    )
    return [rows.capture(row) for row in found]
