"""The download handler: Scrapy's own HTTP/1.1 handler, one polite turn at a time."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.politeness import Pace

#: shared by all newsrooms of the process: two of them may stand on one host
PACE = Pace()


class PoliteHandler(HTTP11DownloadHandler):
    """Fetches when it is this request's turn. The time limit starts with the turn, not with the wait."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        newsroom = getattr(crawler.spider, "newsroom", None)
        self._delay: float = newsroom.delay if newsroom else 3.0

    async def download_request(self, request: Request) -> Response:
        """The response; raises what Scrapy's handler raises."""
        async with PACE.turn(urlsplit(request.url).netloc, self._delay):
            return await self.fetch(request)

    async def fetch(self, request: Request) -> Response:
        """One exchange, now."""
        return await super().download_request(request)
