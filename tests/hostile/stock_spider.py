"""``python -m tests.hostile.stock_spider PORT ROOMS``: a spider as the tutorial writes it, with Scrapy's default settings.

It takes a newsroom's sources, follows their links and next pages, and yields what it takes for a release. Only where
the connection goes is ours, and a limit of three seconds, so that it ends. Prints one JSON line for each item and failure.
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response, TextResponse
from scrapy.selector import Selector
from twisted.python.failure import Failure

#: a page of more bytes is not parsed: forty times its size in memory would end this machine, not the comparison
PARSED = 12_000_000


class Handler(HTTP11DownloadHandler):
    """Scrapy's own, connected to the replay server for the hosts it serves."""

    async def download_request(self, request: Request) -> Response:
        parts = urlsplit(request.url)
        if not (parts.hostname or "").endswith(".example"):
            return await super().download_request(request)
        query = f"?{parts.query}" if parts.query else ""
        local = request.replace(url=f"http://127.0.0.1:{PORT}/{parts.netloc}{parts.path}{query}")
        return (await super().download_request(local)).replace(url=request.url)


class Stock(Spider):
    """One newsroom: ``sources`` are addresses of listings, feeds and sitemaps."""

    name = "stock"
    slug: str
    sources: list[str]

    async def start(self) -> AsyncIterator[Request]:
        for url in self.sources:
            yield Request(url, self.parse_source, errback=self.failed)

    def parse_source(self, response: Response) -> Iterator[Request]:
        text = response.text if isinstance(response, TextResponse) else response.body.decode("latin-1")
        if "xml" in (response.headers.get("Content-Type") or b"").decode():
            chosen = Selector(text=text, type="xml")
            chosen.remove_namespaces()
            found = chosen.css("link::text, link::attr(href), loc::text").getall()
        else:
            found = response.css("main li a::attr(href)").getall()
        for href in found:
            if "/news/" in href or "://" in href:
                yield response.follow(href, self.parse, errback=self.failed)
        for href in response.css("a[rel=next]::attr(href)").getall()[:40] if "html" in text[:20] else ():
            yield response.follow(href, self.parse_source, errback=self.failed)

    def parse(self, response: Response) -> Iterator[dict[str, Any]]:
        parsed = len(response.body) < PARSED and isinstance(response, TextResponse)
        body = " ".join(response.css("body ::text").getall()) if parsed else ""
        told = {"slug": self.slug, "url": response.url, "bytes": len(response.body), "text": len(body)}
        flags = {
            "lost": "\ufffd" in body,
            "mojibake": "Ã©" in body,
            "buried": "buried" in body,
            "nul": "\0" in body,
        }
        sys.stdout.write(json.dumps(told | flags) + "\n")
        yield told

    def failed(self, failure: Failure) -> None:
        url = failure.request.url  # type: ignore[attr-defined]
        error = type(failure.value).__name__
        sys.stdout.write(json.dumps({"slug": self.slug, "url": url, "error": error}) + "\n")


def main(rooms: dict[str, list[str]]) -> None:
    handlers = {"http": Handler, "https": Handler}
    quiet = {"LOG_ENABLED": False, "DOWNLOAD_TIMEOUT": 3, "ROBOTSTXT_OBEY": True}
    process = AsyncCrawlerProcess({"DOWNLOAD_HANDLERS": handlers, **quiet})
    for slug, sources in rooms.items():
        process.crawl(Stock, slug=slug, sources=sources)
    process.start()


if __name__ == "__main__":
    PORT = int(sys.argv[1])
    main(json.loads(sys.argv[2]))
