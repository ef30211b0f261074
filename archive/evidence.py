"""The evidence: every response in WARC 1.1 files, one gzip member a record, appended and synced before anything else.

Nothing here knows the database. Offsets count bytes of the compressed file; digests are SHA-256.
"""

from __future__ import annotations

import hashlib
import io
import mmap
import os
import re
import secrets
import threading
import uuid
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import msgspec
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from archive.errors import ArchiveDamaged
from archive.failpoints import reach
from archive.model import Exchange

ROTATE_AT = 1 << 30
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_REASONS = {
    200: "OK",
    301: "Moved Permanently",
    302: "Found",
    304: "Not Modified",
    404: "Not Found",
    410: "Gone",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies: its gzip member in ``file`` (a name inside the evidence folder)."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Original:
    """The earlier capture a revisit refers to."""

    url: str
    captured_at: datetime
    payload_sha256: str


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

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Notes(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the crawl knew and HTTP doesn't say; in the record, so that evidence alone can rebuild the archive."""

    purpose: str
    newsroom: str | None = None
    run: int | None = None
    asked: str | None = None
    hints: dict[str, str] = {}


def sha256(data: bytes) -> str:
    """The digest under which a payload is known, as lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def new_record_id() -> str:
    """A fresh ``WARC-Record-ID``."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def pack(
    exchange: Exchange, record_id: str, original: Original | None, run: int | None = None
) -> tuple[bytes, bytes]:
    """The response (or revisit) record and the request record, each one gzip member. Safe in any thread."""
    response = _response_record(exchange, record_id, original, run)
    return _member(response), _member(_request_record(exchange, record_id))


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
            self.append((_warcinfo(name),))

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
    path = folder / place.file
    try:
        with path.open("rb") as file:
            file.seek(place.offset)
            data = file.read(place.length)
    except OSError as error:
        raise ArchiveDamaged(f"the evidence file {path} can't be read: {error.strerror}") from error
    record = parse_member(data, place, path) if len(data) == place.length else None
    if record is None:
        raise ArchiveDamaged(f"{path} holds no whole response at offset {place.offset}")
    return record


def records(folder: Path, name: str, end: int | None = None) -> Iterator[Record]:
    """Every response and revisit record of a file, in order, up to byte ``end``."""
    for place, data in members(folder / name, end):
        record = parse_member(data, place, folder / name)
        if record is not None:
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


def parse_member(data: bytes, place: Place, path: Path) -> Record | None:
    """The response or revisit in a member; None for other records. Raises ArchiveDamaged for bytes that are no record."""
    try:
        plain = zlib.decompress(data, zlib.MAX_WBITS | 16)  # its checksum finds what warcio passes over
        record = next(iter(ArchiveIterator(io.BytesIO(plain))), None)
        if record is None or record.rec_type not in ("response", "revisit"):
            return None
        return _record(record, place, record.raw_stream.read())
    except (ArchiveLoadFailed, StatusAndHeadersParserException, zlib.error, ValueError) as error:
        raise ArchiveDamaged(f"{path} is damaged at offset {place.offset}: {error}") from error


def replace_in_member(data: bytes, texts: dict[str, str]) -> bytes:
    """A member with texts of its WARC header replaced by others of the same length."""
    plain = zlib.decompress(data, zlib.MAX_WBITS | 16)
    head, end, block = plain.partition(b"\r\n\r\n")
    for old, new in texts.items():
        assert len(old) == len(new)
        head = head.replace(old.encode(), new.encode())
    return _member(head + end + block)


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
    )


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


def _response_record(exchange: Exchange, record_id: str, original: Original | None, run: int | None) -> bytes:
    writer = _Writer()
    status = f"{exchange.status} {_REASONS.get(exchange.status, '-')}"
    headers = StatusAndHeaders(status, list(exchange.headers), protocol="HTTP/1.1")
    fields = _fields(exchange, record_id, original, run)
    body = b"" if original else exchange.body
    record = writer.create_warc_record(
        exchange.url,
        "revisit" if original else "response",
        payload=io.BytesIO(body),
        length=len(body),
        warc_headers_dict=fields,
        http_headers=headers,
    )
    return writer.bytes_of(record)


def _fields(exchange: Exchange, record_id: str, original: Original | None, run: int | None) -> dict[str, str]:
    digest = original.payload_sha256 if original else sha256(exchange.body)
    asked = exchange.asked if exchange.asked != exchange.url else None
    notes = Notes(exchange.purpose, exchange.newsroom, run, asked, dict(exchange.hints))
    fields = {
        "WARC-Record-ID": record_id,
        "WARC-Date": warc_date(exchange.fetched_at),
        "WARC-Payload-Digest": f"sha256:{digest}",
        "WARC-JSON-Metadata": msgspec.json.encode(notes).decode(),
    }
    if exchange.ip:
        fields["WARC-IP-Address"] = exchange.ip
    if exchange.truncated:
        fields["WARC-Truncated"] = exchange.truncated
    if original:
        fields["WARC-Profile"] = NOT_MODIFIED if exchange.status == 304 else SAME_PAYLOAD
        fields["WARC-Refers-To-Target-URI"] = original.url
        fields["WARC-Refers-To-Date"] = warc_date(original.captured_at)
    return fields


def _request_record(exchange: Exchange, record_id: str) -> bytes:
    writer = _Writer()
    parts = urlsplit(exchange.url)
    target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    request = list(exchange.request_headers)
    if not any(name.lower() == "host" for name, _ in request):
        request.insert(0, ("Host", parts.netloc))
    headers = StatusAndHeaders(f"{exchange.method} {target} HTTP/1.1", request, is_http_request=True)
    fields = {"WARC-Date": warc_date(exchange.fetched_at), "WARC-Concurrent-To": record_id}
    record = writer.create_warc_record(
        exchange.url, "request", warc_headers_dict=fields, http_headers=headers
    )
    return writer.bytes_of(record)


def _warcinfo(name: str) -> bytes:
    info = {
        "software": "Communiqué",
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "description": "HTTP headers and request lines are reconstructed from the client's values, not raw bytes;"
        " bodies without Content-Encoding may have been decompressed on arrival.",
    }
    writer = _Writer()
    return _member(writer.bytes_of(writer.create_warcinfo_record(name, info)))


class _Writer(WARCWriter):  # type: ignore[misc]
    """warcio with SHA-256 in place of SHA-1; compression is ours, since its level 9 costs twice as much as 6."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        super().__init__(self._buffer, gzip=False, warc_version="WARC/1.1")

    def bytes_of(self, record: ArcWarcRecord) -> bytes:
        self.write_record(record)
        return self._buffer.getvalue()

    @staticmethod
    def _create_digester() -> Digester:
        return Digester("sha256")


def _member(record: bytes) -> bytes:
    deflate = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return deflate.compress(record) + deflate.flush()


def warc_date(at: datetime) -> str:
    """WARC 1.1 admits fractions of a second; ours keep six digits, so that a date read back is the same."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
