"""robots.txt as RFC 9309 says: unreachable means no, missing means yes, and its crawl delay counts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from crawler.failures import explain, explain_status
from crawler.fetching import PACE
from crawler.middlewares.evidence import PURPOSE
from crawler.network import NETWORK
from crawler.recorder import Recorder
from crawler.refusals import RobotsForbidden, RobotsUnreachable

#: RFC 9309 §2.5: parsers must take at least 500 KiB; what stands behind is ignored
MAX_BYTES = 512_000
TROUBLE: tuple[type[Exception], ...] = (IgnoreRequest, *NETWORK)
_ALLOW_ALL = Protego.parse("")
_DISALLOW_ALL = Protego.parse("User-agent: *\nDisallow: /")


@dataclass(frozen=True, slots=True)
class Rules:
    """What a robots.txt says; ``trouble`` is why it could not be read."""

    parsed: Protego
    trouble: str | None = None


class RobotsMiddleware:
    """Scrapy's own crawls on when robots.txt is unreachable, and never applies the crawl delay (measured)."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._recorder = Recorder.of(crawler)
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._rules: dict[str, asyncio.Future[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """The middleware of one newsroom's crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Lets an admitted request pass. Raises ``RobotsForbidden`` or ``RobotsUnreachable``."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        rules = await self._rules_for(request)
        if rules.parsed.can_fetch(request.url, self._agent):
            return
        self._crawler.stats.inc_value("robotstxt/forbidden")
        if rules.trouble is not None:
            raise RobotsUnreachable(rules.trouble)
        raise RobotsForbidden(f"robots.txt forbids {request.url}")

    async def _rules_for(self, request: Request) -> Rules:
        parts = urlsplit(request.url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = asyncio.ensure_future(self._ask(site))
        return await self._rules[site]

    async def _ask(self, site: str) -> Rules:
        earlier = await self._recorder.robots(f"{site}/robots.txt")
        if earlier is not None:
            return self._read(site, earlier.status, earlier.body)
        meta = {"dont_obey_robotstxt": True, PURPOSE: "robots"}
        ask = Request(f"{site}/robots.txt", priority=1000, meta=meta, callback=NO_CALLBACK)
        self._crawler.stats.inc_value("robotstxt/request_count")
        try:
            response = await self._crawler.engine.download_async(ask)
        except TROUBLE as error:
            return Rules(_DISALLOW_ALL, explain(error)[1])
        return self._read(site, response.status, response.body)

    def _read(self, site: str, status: int, body: bytes) -> Rules:
        if status >= 500 or status == 429:
            return Rules(_DISALLOW_ALL, explain_status(status)[1])
        if status != 200:
            return Rules(_ALLOW_ALL)
        rules = Protego.parse(body[:MAX_BYTES].decode("utf-8", "replace"))
        delay = rules.crawl_delay(self._agent)
        if delay:
            PACE.crawl_delay(urlsplit(site).netloc, float(delay))
        return Rules(rules)
