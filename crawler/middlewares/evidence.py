"""Every response goes into the evidence, as received, before anything looks at it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response

from archive.model import Exchange
from crawler.certificates import of_response
from crawler.middlewares.decoding import AS_RECEIVED, AsReceived
from crawler.recorder import Recorder
from crawler.registry import Newsroom
from crawler.sources import Found

#: in ``request.meta``: what the request is for (robots, feed, listing, sitemap, api, release, attachment)
PURPOSE = "purpose"
#: says in the record that the body is what a browser made of the page, not the bytes of the server
RENDERED = (("X-Communique-Rendered", "chromium"),)
#: in ``request.meta``: the capture of its last response
CAPTURE = "capture"


class EvidenceMiddleware:
    """Hands each exchange to the archive and waits until it is appended: a parser bug never loses a page."""

    def __init__(self, recorder: Recorder, newsroom: Newsroom) -> None:
        self._recorder = recorder
        self._newsroom = newsroom.slug
        self._exception = newsroom.tls_exception

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> EvidenceMiddleware:
        """The middleware with the archive of the run."""
        spider: Any = crawler.spider
        return cls(Recorder.of(crawler), spider.newsroom)

    async def process_response(self, request: Request, response: Response) -> Response:
        """The response, once it is kept. Raises ``ArchiveError`` when it can't be."""
        received: AsReceived = request.meta[AS_RECEIVED]
        given = self._exchange(request, response, received)
        request.meta[CAPTURE], kept = await self._recorder.receive(given)
        if kept is not given:  # a standing order of redaction: nobody reads what is not kept
            response = response.replace(body=kept.body)
        request.meta[AS_RECEIVED] = replace(received, body=b"")  # kept on disk: no need to hold it longer
        return response

    def _exchange(self, request: Request, response: Response, received: AsReceived) -> Exchange:
        return Exchange(
            url=response.url,
            purpose=request.meta.get(PURPOSE, "other"),
            status=response.status,
            headers=_pairs(received.headers) + (RENDERED if "playwright" in response.flags else ()),
            body=received.body,
            fetched_at=datetime.now(UTC),
            newsroom=self._newsroom,
            method=request.method,
            request_headers=_pairs(request.headers),
            ip=str(response.ip_address) if response.ip_address else None,
            truncated=received.truncated,
            asked=request.cb_kwargs.get("asked"),
            hints=_hints(request.cb_kwargs.get("found")),
            tls=of_response(response.certificate, self._exception),
        )


def _hints(found: Found | None) -> tuple[tuple[str, str], ...]:
    """What the source said of a page stays with it: without that, nobody could read the page again the same way."""
    told = {"published_raw": found.published_raw, "language": found.language} if found else {}
    return tuple((name, value) for name, value in told.items() if value)


def _pairs(headers: Headers) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in (values if isinstance(values, list) else [values])
    )
