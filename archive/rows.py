"""Between typed values and rows: the release as its readable row, its contacts, attachments and topics."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime

import msgspec

from archive.batch import Batch, as_json, stamp
from archive.model import Capture, Moment, Release
from archive.positions import position_of
from archive.stems import index_terms

_SHOWN = (
    "url", "language", "headline", "subheadline", "published_at", "published_raw", "published_precision",
    "modified_at", "type", "type_label", "byline", "number", "body", "body_html", "layout", "stems",
)  # fmt: skip
CONTACT_COLUMNS = (
    "position, name, role, org, phone, phone_e164, email, email_state, email_pattern, phones, emails, raw"
)
ATTACHMENT_COLUMNS = "position, url, title, media_type"


def capture(row: sqlite3.Row) -> Capture:
    """A capture from its row."""
    return Capture(
        url=row["url"],
        purpose=row["purpose"],
        status=row["status"],
        captured_at=instant(row["captured_at"]),
        payload_sha256=row["payload_sha256"],
        warc_file=row["warc_file"],
        offset=row["warc_offset"],
        length=row["warc_length"],
        content_type=row["content_type"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        complete=bool(row["complete"]),
        truncated=row["truncated"],
        id=row["id"],
    )


def content(text: str) -> Release:
    """The release that a reading holds."""
    return msgspec.json.decode(text, type=Release)


def instant(text: str) -> datetime:
    """An instant as the archive keeps it."""
    return datetime.fromisoformat(text)


def reading_before(connection: sqlite3.Connection, release_id: int, seq: int) -> Release:
    """The newest reading of the revision before ``seq``."""
    row = connection.execute(
        "select d.content from readings d join revisions v on v.id = d.revision_id"
        " where v.release_id = ? and v.seq = ? order by d.id desc limit 1",
        (release_id, seq - 1),
    ).fetchone()
    return content(row["content"])


def current_content(connection: sqlite3.Connection, release_id: int) -> Release:
    """What a release says now: the newest reading of its current revision."""
    row = connection.execute(
        "select d.content from releases r join readings d on d.revision_id = r.current_revision where r.id = ?"
        " order by d.id desc limit 1",
        (release_id,),
    ).fetchone()
    return content(row["content"])


def insert_release(batch: Batch, release: Release, seen: Capture) -> int:
    """A new row of ``releases``; its id."""
    first_seen = stamp(seen.captured_at)
    wished = position_of(_told(release.published), first_seen)
    names = (*_SHOWN, "newsroom", "identity_kind", "identity", "capture_id", "first_seen_at", "position")
    values = (
        *_shown(release),
        release.newsroom,
        release.identity.kind,
        release.identity.value,
        batch.capture_id(seen),
        first_seen,
        _free_position(batch.connection, wished),
    )
    cursor = batch.connection.execute(
        f"insert into releases ({', '.join(names)}) values ({', '.join('?' * len(names))})",
        values,
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def update_release(batch: Batch, release_id: int, release: Release) -> None:
    """The row shows this content now. Its place in the full-text index moves only with the publication date."""
    old = batch.connection.execute(
        "select published_at, first_seen_at, position, url from releases where id = ?", (release_id,)
    ).fetchone()
    position = old["position"]
    if old["published_at"] != _told(release.published):
        wished = position_of(_told(release.published), old["first_seen_at"])
        position = _free_position(batch.connection, wished)
    row = shown(release) | {"url": old["url"], "position": position}
    columns = ", ".join(f"{name} = ?" for name in row)
    batch.connection.execute(
        f"update releases set {columns} where id = ?",
        (*row.values(), release_id),
    )


def shown(release: Release) -> dict[str, object]:
    """The columns of ``releases`` that show a content."""
    return dict(zip(_SHOWN, _shown(release), strict=True))


def contact_rows(release: Release) -> list[tuple[object, ...]]:
    """The rows of ``contacts`` of a content, from ``position`` on."""
    return [
        (
            position, each.name, each.role, each.org, each.phone, each.phone_e164, each.email, each.email_state.value,
            each.email_pattern, as_json(each.phones), as_json(each.emails), each.raw,
        )
        for position, each in enumerate(release.contacts, 1)
    ]  # fmt: skip


def attachment_rows(release: Release) -> list[tuple[object, ...]]:
    """The rows of ``attachments`` of a content, from ``position`` on."""
    return [
        (position, each.url, each.title, each.media_type)
        for position, each in enumerate(release.attachments, 1)
    ]


def replace_parts(batch: Batch, revision_id: int, release: Release) -> None:
    """Contacts, attachments and topics of a revision, as its newest reading has them."""
    for table in ("contacts", "attachments", "topics"):
        batch.connection.execute(f"delete from {table} where revision_id = ?", (revision_id,))
    batch.connection.executemany(
        f"insert into contacts (revision_id, {CONTACT_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(revision_id, *row) for row in contact_rows(release)],
    )
    batch.connection.executemany(
        f"insert into attachments (revision_id, {ATTACHMENT_COLUMNS}) values (?, ?, ?, ?, ?)",
        [(revision_id, *row) for row in attachment_rows(release)],
    )
    batch.connection.execute(
        "update attachments set sha256 = (select d.sha256 from documents d where d.url = attachments.url"
        " order by d.seq desc limit 1) where revision_id = ?",
        (revision_id,),
    )
    batch.connection.executemany(
        "insert or ignore into topics (revision_id, topic) values (?, ?)",
        [(revision_id, topic) for topic in release.topics],
    )


def _shown(release: Release) -> tuple[str | None, ...]:
    published = release.published
    return (
        release.url,
        release.language,
        release.headline,
        release.subheadline,
        _told(published),
        release.published_raw,
        published.precision.value if published else None,
        _told(release.modified),
        release.type,
        release.type_label,
        release.byline,
        release.number,
        release.body,
        release.body_html,
        release.layout,
        index_terms(release.language, release.headline, release.subheadline, release.body),
    )


def refresh_stems(connection: sqlite3.Connection, release_id: int, release: Release) -> None:
    """Writes the stems of an unchanged text anew where the rules of ``archive.stems`` have changed since."""
    terms = index_terms(release.language, release.headline, release.subheadline, release.body)
    connection.execute("update releases set stems = ?1 where id = ?2 and stems <> ?1", (terms, release_id))


def _told(moment: Moment | None) -> str | None:
    return moment.isoformat() if moment else None


def _free_position(connection: sqlite3.Connection, wished: int) -> int:
    """The first free position from the wished one on: many releases tell only a day."""
    row = connection.execute(
        "select case when not exists (select 1 from releases where position = ?1) then ?1 else"
        " (select min(a.position) + 1 from releases a where a.position >= ?1"
        " and not exists (select 1 from releases b where b.position = a.position + 1)) end",
        (wished,),
    ).fetchone()
    return int(row[0])


def kinds_of(text: str) -> tuple[str, ...]:
    """The kinds of a revision from its column."""
    return tuple(json.loads(text))
