"""``python -m bench.bare PORT N``: N bare crawlers of the installed Scrapy in one process, one request each."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response


class Bare(Spider):
    """One request, nothing read."""

    name = "bare"
    port: str
    number: int

    async def start(self) -> AsyncIterator[Request]:
        yield Request(f"http://127.0.0.1:{self.port}/bare-{self.number}.example/feed")

    def parse(self, response: Response) -> None:
        """Nothing."""


def main(port: str, count: str) -> None:
    quiet = {"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False}
    process = AsyncCrawlerProcess(quiet)
    for number in range(int(count)):
        process.crawl(Bare, port=port, number=number)
    process.start()


if __name__ == "__main__":
    main(*sys.argv[1:])
