"""The documents that releases attach: each content once, with its text; a file that changes under its address is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.batch import Batch, key_or_url, stamp
from archive.database import Archive
from archive.model import Capture, EventKind

#: how long after it was fetched a document is asked for again
AGAIN_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Document:
    """A fetched document. ``text`` is what a reader can search; ``refused`` says why there is none."""

    newsroom: str
    url: str
    sha256: str
    size: int
    media_type: str | None
    text: str = ""
    pages: int = 0
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document that holds the words of a search, with a passage and the releases that link it."""

    url: str
    seen_at: datetime
    passage: str
    releases: tuple[int, ...]


def store(batch: Batch, document: Document, capture: Capture) -> None:
    """Stores a document where its content is new at its address; the releases that link it are told of a change."""
    key = key_or_url(document.url)
    last = batch.connection.execute(
        "select seq, sha256 from documents where url_key = ? order by seq desc limit 1", (key,)
    ).fetchone()
    if last is not None and last["sha256"] == document.sha256:
        return
    seq = last["seq"] + 1 if last else 1
    batch.connection.execute(
        "insert into documents (newsroom, url, url_key, seq, capture_id, seen_at, sha256, media_type, bytes, pages, text,"
        " refused) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.newsroom,
            document.url,
            key,
            seq,
            batch.capture_id(capture),
            stamp(capture.captured_at),
            document.sha256,
            document.media_type,
            document.size,
            document.pages,
            document.text,
            document.refused,
        ),
    )
    _tell(batch, document, capture, changed=seq > 1)


def wanted(archive: Archive, urls: list[str], now: datetime) -> list[str]:
    """Those of the addresses that were never fetched, or not lately."""
    lately = stamp(now - AGAIN_AFTER)
    return [
        url
        for url in urls
        if archive.connection.execute(
            "select 1 from captures where url_key = ? and purpose = 'attachment' and status in (200, 304)"
            " and captured_at > ? limit 1",
            (key_or_url(url), lately),
        ).fetchone()
        is None
    ]


def search(archive: Archive, query: str, limit: int = 20) -> list[FoundDocument]:
    """Documents whose text holds the words, newest first; any text is a search, never an error."""
    expression = " ".join(f'"{word}"' for word in re.findall(r"\w+", query))
    if not expression:
        return []
    found = archive.connection.execute(
        "select d.url, d.seen_at, snippet(documents_fts, 0, '[', ']', ' … ', 24) as passage from documents_fts"
        " join documents d on d.id = documents_fts.rowid where documents_fts match ? order by d.seen_at desc, d.id desc"
        " limit ?",
        (expression, limit),
    ).fetchall()
    return [
        FoundDocument(
            row["url"], datetime.fromisoformat(row["seen_at"]), row["passage"], _linking(archive, row["url"])
        )
        for row in found
    ]


def _linking(archive: Archive, url: str) -> tuple[int, ...]:
    found = archive.connection.execute(
        "select r.id from releases r join attachments a on a.revision_id = r.current_revision where a.url = ? order by r.id",
        (url,),
    )
    return tuple(row["id"] for row in found)


def _tell(batch: Batch, document: Document, capture: Capture, *, changed: bool) -> None:
    linking = batch.connection.execute(
        "select r.id, r.current_revision from attachments a join releases r on r.current_revision = a.revision_id"
        " where a.url = ? and r.newsroom = ? order by r.id",
        (document.url, document.newsroom),
    ).fetchall()
    for row in linking:
        batch.connection.execute(
            "update attachments set sha256 = ? where revision_id = ? and url = ?",
            (document.sha256, row["current_revision"], document.url),
        )
        if changed:
            batch.add_event(
                row["id"],
                EventKind.ATTACHMENT_CHANGED,
                stamp(capture.captured_at),
                capture_id=batch.capture_id(capture),
                detail=f"the file at {document.url} is another one",
            )
