"""robots.txt as RFC 9309 says: unreachable means no, missing means yes, and its crawl delay counts."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.fetching import PACE
from crawler.middlewares.evidence import PURPOSE
from crawler.network import NETWORK

#: RFC 9309 §2.5: parsers must take at least 500 KiB; what stands behind is ignored
MAX_BYTES = 512_000
TROUBLE: tuple[type[Exception], ...] = (IgnoreRequest, *NETWORK)
_ALLOW_ALL = Protego.parse("")
_DISALLOW_ALL = Protego.parse("User-agent: *\nDisallow: /")


class RobotsForbidden(IgnoreRequest):
    """robots.txt does not admit the request."""


class RobotsUnreachable(IgnoreRequest):
    """robots.txt answered with a server error or not at all: RFC 9309 §2.3.1.4 assumes complete disallow."""


class RobotsMiddleware:
    """Scrapy's own crawls on when robots.txt is unreachable, and never applies the crawl delay (measured)."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._rules: dict[str, asyncio.Future[tuple[Protego, bool]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """The middleware of one newsroom's crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Lets an admitted request pass. Raises ``RobotsForbidden`` or ``RobotsUnreachable``."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        rules, reachable = await self._rules_for(request)
        if rules.can_fetch(request.url, self._agent):
            return
        self._crawler.stats.inc_value("robotstxt/forbidden")
        if not reachable:
            raise RobotsUnreachable(
                f"robots.txt of {urlsplit(request.url).netloc} can't be reached: nothing is fetched"
            )
        raise RobotsForbidden(f"robots.txt forbids {request.url}")

    async def _rules_for(self, request: Request) -> tuple[Protego, bool]:
        parts = urlsplit(request.url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = asyncio.ensure_future(self._ask(site))
        return await self._rules[site]

    async def _ask(self, site: str) -> tuple[Protego, bool]:
        meta = {"dont_obey_robotstxt": True, PURPOSE: "robots"}
        ask = Request(f"{site}/robots.txt", priority=1000, meta=meta, callback=NO_CALLBACK)
        self._crawler.stats.inc_value("robotstxt/request_count")
        try:
            response = await self._crawler.engine.download_async(ask)
        except TROUBLE as error:
            self._crawler.stats.set_value("robotstxt/unreachable", f"{type(error).__name__}: {error}")
            return _DISALLOW_ALL, False
        return self._read(site, response)

    def _read(self, site: str, response: Response) -> tuple[Protego, bool]:
        if response.status >= 500 or response.status == 429:
            self._crawler.stats.set_value("robotstxt/unreachable", f"HTTP {response.status}")
            return _DISALLOW_ALL, False
        if response.status != 200:
            return _ALLOW_ALL, True
        rules = Protego.parse(response.body[:MAX_BYTES].decode("utf-8", "replace"))
        delay = rules.crawl_delay(self._agent)
        if delay:
            PACE.crawl_delay(urlsplit(site).netloc, float(delay))
        return rules, True
