"""Conditional requests with the validators of the last whole capture, looked up in the archive."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.recorder import Recorder

#: in ``request.meta``: ask with If-None-Match and If-Modified-Since where the archive knows them
CONDITIONAL = "conditional"


class ConditionalMiddleware:
    """Scrapy's RFC 2616 cache answers without asking and hides outages (measured): this only adds headers."""

    def __init__(self, crawler: Crawler, recorder: Recorder) -> None:
        self._crawler = crawler
        self._recorder = recorder

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ConditionalMiddleware:
        """The middleware with the archive of the run."""
        return cls(crawler, Recorder.of(crawler))

    async def process_request(self, request: Request) -> None:
        """Adds the validators of this very address: a redirect must not carry those of another one."""
        for name in (b"If-None-Match", b"If-Modified-Since"):
            request.headers.pop(name, None)
        if not request.meta.get(CONDITIONAL):
            return
        etag, modified = await self._recorder.validators(request.url)
        if etag:
            request.headers[b"If-None-Match"] = etag
        if modified:
            request.headers[b"If-Modified-Since"] = modified

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """A 304 that nobody asked for is no answer: the page is asked for again."""
        asked = b"If-None-Match" in request.headers or b"If-Modified-Since" in request.headers
        if response.status != 304 or asked:
            return response
        assert self._crawler.spider
        again = get_retry_request(request, reason="304 unasked", spider=self._crawler.spider)
        if again is None:
            raise IgnoreRequest("the server answers 304 to a request without conditions")
        return again
