"""What a crawl asks the archive before and while it fetches: known addresses, validators, what is due, hosts on hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from archive import evidence, rows
from archive.addresses import url_key
from archive.batch import key_or_url, stamp
from archive.database import Archive
from archive.errors import ArchiveDamaged
from archive.integrity import BodyRefused, decode, encodings_of
from archive.model import Capture, State
from archive.schedule import may_ask_conditionally
from archive.tls import Tls

#: no stored body is unpacked beyond this, whatever limit its crawl had
UNPACKED = 1 << 28


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A release address that the archive knows. ``published_at`` is ISO 8601 as told, None where the page tells none."""

    release_id: int
    url: str
    published_at: str | None
    state: State


@dataclass(frozen=True, slots=True)
class Validators:
    """What makes the next request for an address conditional: of its last whole 200."""

    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class DuePage:
    """A release to look at again. ``conditional``: whether validators may be sent."""

    release_id: int
    url: str
    conditional: bool


def known_pages(archive: Archive, newsroom: str) -> dict[str, KnownPage]:
    """Every release address of a newsroom by its ``url_key``: old and new addresses, aliases too."""
    found = archive.connection.execute(
        "select u.url_key, u.url, r.id, r.published_at, r.state from release_urls u join releases r on r.id = u.release_id"
        " where r.newsroom = ?",
        (newsroom,),
    )
    return {
        row["url_key"]: KnownPage(row["id"], row["url"], row["published_at"], State(row["state"]))
        for row in found
    }


def rejected_addresses(archive: Archive, newsroom: str, reader_version: str) -> set[str]:
    """The ``url_key`` of every address that this version of the reader has refused: no need to fetch it each time."""
    found = archive.connection.execute(
        "select url_key from rejects where newsroom = ? and reader_version = ? and resolved_at is null",
        (newsroom, reader_version),
    )
    return {row["url_key"] for row in found}


def validators(archive: Archive, url: str) -> Validators | None:
    """ETag and Last-Modified of the last whole 200 at an address; None where there is neither."""
    row = archive.connection.execute(
        "select etag, last_modified from captures where url_key = ? and status = 200 and complete"
        " order by captured_at desc limit 1",
        (key_or_url(url),),
    ).fetchone()
    if row is None or not (row["etag"] or row["last_modified"]):
        return None
    return Validators(row["etag"], row["last_modified"])


def due_pages(archive: Archive, newsroom: str, now: datetime, limit: int = 10_000) -> list[DuePage]:
    """The releases of a newsroom whose next look is due, longest overdue first."""
    found = archive.connection.execute(
        "select s.release_id, r.url, s.looks_since_read from sightings s join releases r on r.id = s.release_id"
        " where s.newsroom = ? and s.due_at <= ? and r.state not in ('replaced', 'redacted_by_us')"
        " order by s.due_at limit ?",
        (newsroom, stamp(now), limit),
    )
    return [
        DuePage(row["release_id"], row["url"], may_ask_conditionally(row["looks_since_read"]))
        for row in found
    ]


def host_on_hold(archive: Archive, host: str, now: datetime) -> datetime | None:
    """Until when a host asked to be left alone; None where it may be asked."""
    row = archive.connection.execute("select not_before from hosts where host = ?", (host,)).fetchone()
    until = rows.instant(row["not_before"]) if row else None
    return until if until and until > now else None


def last_capture(archive: Archive, url: str) -> Capture | None:
    """The newest whole capture of an address with a body of its own or of an earlier one; None for none."""
    row = archive.connection.execute(
        "select * from captures where url_key = ? and status = 200 and complete order by captured_at desc limit 1",
        (url_key(url),),
    ).fetchone()
    return None if row is None else rows.capture(row)


def captures(archive: Archive, *, newsroom: str | None = None, purpose: str = "release") -> Iterator[Capture]:
    """Every whole 200 capture with a body of its own, in the order they were made, but for what stood instead of a
    release: the front page that a removed one leads to answers 200, too.
    """
    found = archive.connection.execute(
        "select * from captures where purpose = ? and (?2 is null or newsroom = ?2) and status = 200 and complete"
        " and revisit_of is null and id not in (select capture_id from absences where capture_id is not null) order by id",
        (purpose, newsroom),
    )
    return (rows.capture(row) for row in found)


@dataclass(frozen=True, slots=True)
class Page:
    """A stored response as a reader takes it: headers of the look, body decompressed, of the original for a revisit."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    captured_at: datetime
    newsroom: str | None
    hints: tuple[tuple[str, str], ...] = ()


def page(archive: Archive, capture: Capture) -> Page:
    """The page of a capture out of the evidence. Raises ArchiveDamaged, naming file and offset."""
    record = evidence.read_record(
        archive.evidence, evidence.Place(capture.warc_file, capture.offset, capture.length)
    )
    if record.kind == "revisit":
        original = _original(archive, capture)
        body = page(archive, original).body if original else b""
        return page_of(record, body)
    return page_of(record)


def tls(archive: Archive, capture: Capture) -> Tls | None:
    """The certificates that came with a capture; None for plain HTTP. Raises ArchiveDamaged, naming file and offset."""
    place = evidence.Place(capture.warc_file, capture.offset, capture.length)
    return evidence.read_record(archive.evidence, place).tls


def page_of(record: evidence.Record, body: bytes | None = None) -> Page:
    """The page of a record; ``body`` for one that repeats an earlier record and has none of its own."""
    body = decoded(record) if body is None else body
    return Page(record.url, record.status, record.headers, body, record.at, record.newsroom, record.hints)


def decoded(record: evidence.Record) -> bytes:
    """The payload of a record without its content encodings. Raises ArchiveDamaged where it isn't what it says."""
    encodings = encodings_of(record.header("Content-Encoding"))
    if not encodings or not record.payload:
        return record.payload
    try:
        return decode(record.payload, encodings, UNPACKED)
    except BodyRefused as error:
        place = f"{record.place.file} at offset {record.place.offset}"
        raise ArchiveDamaged(f"the body in {place} can't be unpacked: {error}") from error


def _original(archive: Archive, capture: Capture) -> Capture | None:
    row = archive.connection.execute(
        "select o.* from captures c join captures o on o.id = c.revisit_of where c.warc_file = ? and c.warc_offset = ?",
        (capture.warc_file, capture.offset),
    ).fetchone()
    return None if row is None else rows.capture(row)
