"""Refuses bodies that did not come whole, after they were kept as evidence, and asks again a few times."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response

from crawler.middlewares.decoding import AS_RECEIVED
from crawler.refusals import BodyIncomplete


class IntegrityMiddleware:
    """A cut-off page is a failed fetch: never read, never a revision."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> IntegrityMiddleware:
        """The middleware of one newsroom's crawl."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """The whole response, or the request again. Raises ``BodyIncomplete`` when asking again did not help."""
        received = request.meta.get(AS_RECEIVED)
        if received is None or received.refused is None:
            return response
        self._crawler.stats.inc_value("integrity/refused")
        assert self._crawler.spider
        again = (
            get_retry_request(request, reason="body cut off", spider=self._crawler.spider)
            if received.truncated
            else None
        )
        if again is None:
            raise BodyIncomplete(received.refused)
        return again
