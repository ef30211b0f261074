"""``python -m tests.hostile.stock``: what stock Scrapy does on the hostile newsrooms, so that each test is known to discriminate.

A spider with Scrapy's default settings fetches every release address of the cases B1 to B6, B9 and B17 once; only where the connection goes
is ours. The table says what reached the callback as a page with status 200.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.replay import replay

ROOT = Path(__file__).parent.parent.parent
SPIDER = """
import json, sys
from scrapy import Request, Spider
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import AsyncCrawlerProcess
from urllib.parse import urlsplit

port, urls = int(sys.argv[1]), json.loads(sys.argv[2])

class Handler(HTTP11DownloadHandler):
    async def download_request(self, request):
        parts = urlsplit(request.url)
        local = request.replace(url=f"http://127.0.0.1:{port}/{parts.netloc}{parts.path}?{parts.query}".rstrip("?"))
        return (await super().download_request(local)).replace(url=request.url)

class Stock(Spider):
    name = "stock"
    async def start(self):
        for url in urls:
            yield Request(url, errback=self.failed, cb_kwargs={"asked": url}, dont_filter=True)
    def parse(self, response, asked):
        print(json.dumps([asked, "taken as a page", response.status, len(response.body), list(response.flags)]))
    def failed(self, failure):
        print(json.dumps([failure.request.cb_kwargs["asked"], type(failure.value).__name__, 0, 0, []]))

settings = {"DOWNLOAD_HANDLERS": {"https": Handler}, "LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False, "DOWNLOAD_TIMEOUT": 3}
process = AsyncCrawlerProcess(settings)
process.crawl(Stock)
process.start()
"""


def main() -> None:
    from tests.hostile.test_network import newsrooms

    rooms = [room for room in newsrooms() if room.slug != "healthy"]
    pages = {address: page for room in rooms for address, page in room.pages.items()}
    urls = [
        f"https://{it}"
        for room in rooms
        for it in room.pages
        if "/news/" in it and "grow?" not in it and not it.endswith("/ok")
    ]
    with replay(pages) as server:
        done = subprocess.run(
            [sys.executable, "-c", SPIDER, str(server.port), json.dumps(urls)],
            cwd=ROOT, capture_output=True, text=True, timeout=200, check=False,
        )  # fmt: skip
    for line in sorted(done.stdout.splitlines()):
        url, what, status, size, flags = json.loads(line)
        sys.stdout.write(
            f"{url.removeprefix('https://'):45} {what:22} {status or '':3} {size:>9} {' '.join(flags)}\n"
        )
    sys.stdout.write(f"exit code {done.returncode}\n")


if __name__ == "__main__":
    main()
