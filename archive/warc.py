"""How a response is written down as WARC 1.1 records (pure): each one gzip member, digests in SHA-256."""

from __future__ import annotations

import hashlib
import io
import uuid
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

import msgspec
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from archive.model import Exchange
from archive.tls import Tls

NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
#: the purpose of a ``metadata`` record that is a sheet of the ledger
LEDGER = "ledger"
_REASONS = {
    200: "OK",
    301: "Moved Permanently",
    302: "Found",
    304: "Not Modified",
    404: "Not Found",
    410: "Gone",
}
_SENT_AS_IT_IS = "/%:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class Original:
    """The earlier capture a revisit refers to."""

    url: str
    captured_at: datetime
    payload_sha256: str


class Notes(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the crawl knew and HTTP doesn't say; in the record, so that evidence alone can rebuild the archive."""

    purpose: str
    newsroom: str | None = None
    run: int | None = None
    asked: str | None = None
    hints: dict[str, str] = {}
    tls: Tls | None = None


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


def pack_sheet(payload: bytes, record_id: str, at: datetime, run: int | None = None) -> bytes:
    """A sheet of the ledger (JSON lines) as a ``metadata`` record: what we did, beside what the servers said."""
    writer = _Writer()
    fields = {
        "WARC-Record-ID": record_id,
        "WARC-Date": warc_date(at),
        "WARC-Payload-Digest": f"sha256:{sha256(payload)}",
        "WARC-JSON-Metadata": msgspec.json.encode(Notes(LEDGER, run=run)).decode(),
    }
    record = writer.create_warc_record(
        None, "metadata", payload=io.BytesIO(payload), length=len(payload), warc_headers_dict=fields,
        warc_content_type="application/jsonl",
    )  # fmt: skip
    return _member(writer.bytes_of(record))


def replace_in_member(data: bytes, texts: dict[str, str]) -> bytes:
    """A member with texts of its WARC header replaced by others of the same length."""
    plain = zlib.decompress(data, zlib.MAX_WBITS | 16)
    head, end, block = plain.partition(b"\r\n\r\n")
    for old, new in texts.items():
        assert len(old) == len(new)
        head = head.replace(old.encode(), new.encode())
    return _member(head + end + block)


def _response_record(exchange: Exchange, record_id: str, original: Original | None, run: int | None) -> bytes:
    writer = _Writer()
    status = f"{exchange.status} {_REASONS.get(exchange.status, '-')}"
    headers = _Headers(status, list(exchange.headers), protocol="HTTP/1.1")
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
    notes = Notes(exchange.purpose, exchange.newsroom, run, asked, dict(exchange.hints), exchange.tls)
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
    request = list(exchange.request_headers)
    if not any(name.lower() == "host" for name, _ in request):
        request.insert(0, ("Host", parts.netloc))
    headers = _Headers(f"{exchange.method} {_target(parts)} HTTP/1.1", request, is_http_request=True)
    fields = {"WARC-Date": warc_date(exchange.fetched_at), "WARC-Concurrent-To": record_id}
    record = writer.create_warc_record(
        exchange.url, "request", warc_headers_dict=fields, http_headers=headers
    )
    return writer.bytes_of(record)


def _target(parts: SplitResult) -> str:
    """What a client asks for: an address with letters beyond ASCII goes out with them as percent-encoded UTF-8."""
    return quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe=_SENT_AS_IT_IS)


def warcinfo(name: str) -> bytes:
    """The record at the head of a file: who wrote it, and what in it is not as the server sent it."""
    info = {
        "software": "Communiqué",
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "description": "HTTP headers and request lines are reconstructed from the client's values, not raw bytes;"
        " bodies without Content-Encoding may have been decompressed on arrival.",
    }
    writer = _Writer()
    return _member(writer.bytes_of(writer.create_warcinfo_record(name, info)))


class _Headers(StatusAndHeaders):  # type: ignore[misc]
    """HTTP headers in UTF-8: warcio would percent-encode those beyond ASCII, and they would be read back otherwise."""

    def to_ascii_bytes(self, header_filter: Callable[..., object] | None = None) -> bytes:
        written: bytes = self.to_bytes(header_filter)
        return written


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
