"""The download handler: Scrapy's own HTTP/1.1 handler, one polite turn at a time."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler import guard
from crawler.headers import BoundedFactory
from crawler.identity import is_loopback
from crawler.politeness import Pace
from crawler.refusals import AddressRefused
from crawler.registry import Newsroom

#: shared by all newsrooms of the process: two of them may stand on one host
PACE = Pace()


class PoliteHandler(HTTP11DownloadHandler):
    """Fetches when it is this request's turn. The time limit starts with the turn, not with the wait."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        spider: Any = crawler.spider
        newsroom: Newsroom = spider.newsroom
        self._delay = newsroom.delay
        self._own = urlsplit(newsroom.site)
        self._pool._factory = BoundedFactory
        # On, the default, Twisted asks again at once where a kept connection ends without an answer, past every pause:
        # two requests 2 ms apart reached a server that had asked for 10 (seen in the simulated month, 2026-11).
        self._pool.retryAutomatically = False
        guard.install()
        if is_loopback(newsroom.site):
            guard.allow(self._own.hostname or "", self._own.port or 80)

    async def download_request(self, request: Request) -> Response:
        """The response; raises what Scrapy's handler raises."""
        parts = urlsplit(request.url)
        if is_loopback(request.url) and parts.netloc != self._own.netloc:
            raise AddressRefused(f"{parts.netloc} is this machine: nothing was sent")
        async with PACE.turn(parts.netloc, self._delay):
            return await self.fetch(request)

    async def fetch(self, request: Request) -> Response:
        """One exchange, now."""
        return await super().download_request(request)
