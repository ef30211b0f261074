"""The replay server: other sites' pages on loopback, under their own ``https://`` names for the crawler.

``serve`` answers ``/<host>/<path>`` from a dictionary; ``ReplayHandler`` rewrites only where the connection goes, so
that robots.txt, redirects, retries, delays and evidence run as in production. Allowed by test settings only.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler import guard
from crawler.fetching import PoliteHandler

#: hosts whose connections go to the replay server; every other address is connected to as it is
REPLAYED = (".example", ".gov")
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Page:
    """One answer."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


#: address without scheme → its answer, or what makes one of the handler (for faults below HTTP)
Pages = dict[str, "Page | Callable[[BaseHTTPRequestHandler], None]"]


@dataclass
class Replay:
    """A running server: its port and what was asked of it, as (seconds, address)."""

    port: int
    pages: Pages
    asked: list[tuple[float, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def count(self, start: str) -> int:
        """How many requests went to addresses that start so."""
        return sum(address.startswith(start) for _, address in self.asked)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512  # five by default: many crawlers at once would wait for TCP to ask again

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up on a misbehaving page is no error of the server."""


@contextmanager
def replay(pages: Pages) -> Iterator[Replay]:
    """Serves the pages until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_GET(self) -> None:
            address = self.path[1:]
            site.asked.append((time.monotonic(), address))
            site.headers.append(dict(self.headers))
            answer = site.pages.get(address, Page(b"not here", 404, "text/plain"))
            if not isinstance(answer, Page):
                answer(self)
                return
            self.send_response(answer.status)
            for name, value in (("Content-Type", answer.content_type), *answer.headers):
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *args: object) -> None:
            """``Replay.asked`` is the log."""

    server = _Server(("127.0.0.1", 0), Handler)
    site = Replay(server.server_port, pages)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


class ReplayHandler(PoliteHandler):
    """Scrapy's real HTTP handler, real sockets, real addresses, no Internet."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._port = crawler.settings.getint("REPLAY_PORT")
        guard.allow("127.0.0.1", self._port)
        self._delay = crawler.settings.getfloat("REPLAY_DELAY", 0.0)

    async def fetch(self, request: Request) -> Response:
        """Connects to the replay server; the response stands under the address that was asked for."""
        parts = urlsplit(request.url)
        if not (parts.hostname or "").endswith(REPLAYED):
            return await super().fetch(
                request
            )  # an address by number or an unknown name: the guard's business
        query = f"?{parts.query}" if parts.query else ""
        local = request.replace(url=f"http://127.0.0.1:{self._port}/{parts.netloc}{parts.path}{query}")
        response = await super().fetch(local)
        return response.replace(url=request.url)


def crawl(
    site: Replay, folder: Path, *slugs: str, since: str = "", delay: float = 0.0, **more: object
) -> subprocess.CompletedProcess[str]:
    """Crawls newsrooms of ``folder/newsrooms`` into ``folder/archive.db`` in a process of its own; JSON on stdout."""
    import json

    settings = {"REPLAY_PORT": site.port, "REPLAY_DELAY": delay, **more}
    arguments = [str(folder), since, json.dumps(settings), *slugs]
    return subprocess.run(
        [sys.executable, "-m", "tests.replay_crawl", *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=110, check=False,
    )  # fmt: skip
