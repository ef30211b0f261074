"""The evidence: every response in WARC 1.1 files, one gzip member a record, appended and synced before anything else.

Nothing here knows the database. Offsets count bytes of the compressed file; digests are SHA-256.
"""

from __future__ import annotations

import io
import mmap
import os
import re
import secrets
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import msgspec
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParserException

from archive.errors import ArchiveDamaged
from archive.failpoints import reach
from archive.tls import Tls
from archive.warc import LEDGER, Notes, warcinfo

ROTATE_AT = 1 << 30


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies: its gzip member in ``file`` (a name inside the evidence folder)."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Record:
    """A response (or revisit) record read back. ``payload`` is as stored; empty for a revisit."""

    place: Place
    kind: str
    record_id: str
    url: str
    at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    payload: bytes
    payload_sha256: str
    newsroom: str | None
    purpose: str
    truncated: str | None
    run: int | None = None
    asked: str | None = None
    hints: tuple[tuple[str, str], ...] = ()
    tls: Tls | None = None

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the ledger read back: rows of our own doing as they stood then (``archive.sheets``)."""

    place: Place
    record_id: str
    at: datetime
    payload: bytes
    run: int | None = None


_Kind = TypeVar("_Kind", Record, Sheet)
_WHAT: dict[type, str] = {Record: "response", Sheet: "sheet of the ledger"}


class EvidenceFile:
    """The WARC file that is appended to. Appending is safe from several threads.

    ``sync`` makes what was appended durable. After an error of the disk the file is cut back to whole records.
    """

    def __init__(self, folder: Path, name: str, size: int) -> None:
        self.name = name
        self.size = size
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        self._descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        os.ftruncate(self._descriptor, size)
        if size == 0:
            _sync_folder(folder)
            self.append((warcinfo(name),))

    def append(self, members: tuple[bytes, ...]) -> Place:
        """Appends whole records; the place is the first one's. Raises OSError when the disk is full."""
        data = b"".join(members)
        with self._lock:
            offset = self.size
            reach("before_warc_write")
            try:
                self._write(data, offset)
            except OSError:
                os.ftruncate(self._descriptor, offset)
                raise
            self.size += len(data)
        reach("after_warc_write")
        return Place(self.name, offset, len(members[0]))

    def sync(self) -> int:
        """Makes everything appended so far durable; the size that is."""
        with self._lock:
            os.fsync(self._descriptor)
            reach("after_warc_fsync")
            return self.size

    def cut(self, size: int) -> None:
        """Takes back what was appended beyond ``size``: the transaction that would have known it failed."""
        with self._lock:
            os.ftruncate(self._descriptor, size)
            self.size = size

    def close(self) -> None:
        """Closes the file; what was not synced may be cut at the next start."""
        os.close(self._descriptor)

    def _write(self, data: bytes, offset: int) -> None:
        half = len(data) // 2
        for start, part in ((offset, data[:half]), (offset + half, data[half:])):
            done = 0
            while done < len(part):
                done += os.pwrite(self._descriptor, part[done:], start + done)
            reach("mid_warc_write")


def new_file_name(archive: Path, number: int, now: datetime) -> str:
    """A name that no other file has: the archive's, its number, the UTC time it was opened, four random bytes.

    Names in order are files in the order they were written, and say which archive of a folder they belong to.
    """
    return f"{_stem(archive)}-{number:06}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}.warc.gz"


def files_of(archive: Path, folder: Path) -> list[str]:
    """The names of an archive's evidence files, in the order they were written."""
    own = re.compile(rf"{re.escape(_stem(archive))}-\d{{6,}}-[^-]+-[^-]+\.warc\.gz")
    return sorted(file.name for file in folder.glob("*.warc.gz") if own.fullmatch(file.name))


def _stem(archive: Path) -> str:
    return archive.name.removesuffix(".rebuilding").rpartition(".")[0] or archive.name


def read_record(folder: Path, place: Place) -> Record:
    """The record at a place. Raises ArchiveDamaged, naming file and offset, when it isn't there whole."""
    return _read(folder, place, Record)


def read_sheet(folder: Path, place: Place) -> Sheet:
    """The sheet of the ledger at a place. Raises ArchiveDamaged, naming file and offset, when it isn't there whole."""
    return _read(folder, place, Sheet)


def _read(folder: Path, place: Place, kind: type[_Kind]) -> _Kind:
    path = folder / place.file
    try:
        with path.open("rb") as file:
            file.seek(place.offset)
            data = file.read(place.length)
    except OSError as error:
        raise ArchiveDamaged(f"the evidence file {path} can't be read: {error.strerror}") from error
    record = parse_member(data, place, path) if len(data) == place.length else None
    if not isinstance(record, kind):
        raise ArchiveDamaged(f"{path} holds no whole {_WHAT[kind]} at offset {place.offset}")
    return record


def records(folder: Path, name: str, end: int | None = None) -> Iterator[Record]:
    """Every response and revisit record of a file, in order, up to byte ``end``."""
    for place, data in members(folder / name, end):
        record = parse_member(data, place, folder / name)
        if isinstance(record, Record):
            yield record


def members(path: Path, end: int | None = None, start: int = 0) -> Iterator[tuple[Place, bytes]]:
    """Every gzip member between two offsets of a file, compressed, with its place. Raises ArchiveDamaged where one doesn't decompress."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size == 0:
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            offset, stop = start, min(size, size if end is None else end)
            while offset < stop:
                length = _member_length(data, offset, path)
                yield Place(path.name, offset, length), data[offset : offset + length]
                offset += length


def parse_member(data: bytes, place: Place, path: Path) -> Record | Sheet | None:
    """The response, revisit or sheet of the ledger in a member; None for other records. Raises ArchiveDamaged for bytes that are no record."""
    try:
        plain = zlib.decompress(data, zlib.MAX_WBITS | 16)  # its checksum finds what warcio passes over
        record = next(iter(ArchiveIterator(io.BytesIO(plain))), None)
        if record is not None and record.rec_type == "metadata":
            return _sheet(record, place, record.raw_stream.read())
        if record is None or record.rec_type not in ("response", "revisit"):
            return None
        return _record(record, place, record.raw_stream.read())
    except (ArchiveLoadFailed, StatusAndHeadersParserException, zlib.error, ValueError) as error:
        raise ArchiveDamaged(f"{path} is damaged at offset {place.offset}: {error}") from error


def _record(record: ArcWarcRecord, place: Place, payload: bytes) -> Record:
    head = record.rec_headers.get_header
    notes = msgspec.json.decode(head("WARC-JSON-Metadata", '{"purpose":""}'), type=Notes)
    http = record.http_headers
    return Record(
        place=place,
        kind=record.rec_type,
        record_id=head("WARC-Record-ID", ""),
        url=head("WARC-Target-URI", ""),
        at=datetime.fromisoformat(head("WARC-Date")),
        status=int(http.get_statuscode()),
        headers=tuple(http.headers),
        payload=payload,
        payload_sha256=head("WARC-Payload-Digest", "").removeprefix("sha256:"),
        newsroom=notes.newsroom,
        purpose=notes.purpose,
        truncated=head("WARC-Truncated"),
        run=notes.run,
        asked=notes.asked,
        hints=tuple(notes.hints.items()),
        tls=notes.tls,
    )


def _sheet(record: ArcWarcRecord, place: Place, payload: bytes) -> Sheet | None:
    head = record.rec_headers.get_header
    notes = msgspec.json.decode(head("WARC-JSON-Metadata", '{"purpose":""}'), type=Notes)
    if notes.purpose != LEDGER:
        return None
    at = datetime.fromisoformat(head("WARC-Date"))
    return Sheet(place, head("WARC-Record-ID", ""), at, payload, notes.run)


def _member_length(data: mmap.mmap, offset: int, path: Path) -> int:
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    position = offset
    try:
        while not inflate.eof and position < len(data):
            chunk = data[position : position + 65536]
            inflate.decompress(chunk)
            position += len(chunk)
    except zlib.error as error:
        raise ArchiveDamaged(f"{path} is damaged at offset {offset}: {error}") from error
    if not inflate.eof:
        raise ArchiveDamaged(f"{path} is cut off: the record at offset {offset} has no end")
    return position - len(inflate.unused_data) - offset


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
