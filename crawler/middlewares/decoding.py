"""Decodes bodies and tells whole ones from cut-off ones; the bytes as received stay beside for the evidence."""

from __future__ import annotations

from dataclasses import dataclass

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from archive.integrity import BodyRefused, decode, encodings_of, looks_closed

AS_RECEIVED = "as_received"


@dataclass(frozen=True, slots=True)
class AsReceived:
    """A body before decoding, and what is wrong with it: ``refused`` is None for a whole one."""

    headers: Headers
    body: bytes
    refused: str | None = None
    truncated: str | None = None


class DecodingMiddleware:
    """In place of Scrapy's HttpCompressionMiddleware, which takes a cut-off body for a shorter one."""

    def __init__(self, limit: int) -> None:
        self._limit = limit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DecodingMiddleware:
        """Reads the size limit of the settings."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Asks for the encodings that can be checked for their end."""
        request.headers.setdefault(b"Accept-Encoding", b"gzip, deflate, br, zstd")

    def process_response(self, request: Request, response: Response) -> Response:
        """The response with its body decoded; ``request.meta["as_received"]`` tells the rest."""
        encodings = encodings_of(b",".join(response.headers.getlist(b"Content-Encoding")).decode("latin-1"))
        headers = response.headers.copy()
        body, received = response.body, AsReceived(headers, response.body)
        try:
            _check_transfer(response)
            body = decode(body, encodings, self._limit) if encodings and body else body
            _check_close(response, body)
        except BodyRefused as error:
            received = AsReceived(headers, response.body, str(error), error.truncated)
            body = b""
        request.meta[AS_RECEIVED] = received
        return _with_body(response, body) if encodings else response


def _check_transfer(response: Response) -> None:
    if "dataloss" in response.flags:
        raise BodyRefused("the connection ended before the body did", "disconnect")


def _check_close(response: Response, body: bytes) -> None:
    # Without Content-Length and chunks the end of the connection ends the body, cut off or not: only the page tells.
    if "partial" in response.flags and response.status == 200 and not looks_closed(body):
        raise BodyRefused("the connection ended the body and the page has no end", "disconnect")


def _with_body(response: Response, body: bytes) -> Response:
    headers = response.headers.copy()
    headers.pop(b"Content-Encoding", None)
    # Made anew from the decoded bytes: replace() would guess a charset from the compressed ones, 2-3 ms a page.
    kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
    return kind(
        url=response.url,
        status=response.status,
        headers=headers,
        body=body,
        flags=response.flags,
        request=response.request,
        certificate=response.certificate,
        ip_address=response.ip_address,
        protocol=response.protocol,
    )
