"""Newsrooms that only a browser shows (``browser = true``): Chromium renders listings and releases, within our guards.

Every connection of the browser goes through a proxy of this process, which checks the address at the socket as the
crawl's own connections are checked: also those of scripts, images and redirects inside the page.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from archive.errors import UsageError
from crawler import guard
from crawler.fetching import PoliteHandler
from crawler.refusals import AddressRefused

#: what the browser is for; robots.txt, feeds, sitemaps and APIs are fetched as anywhere else
_RENDERED = frozenset({"listing", "release"})
_HEAD_LIMIT = 65_536
#: what a connection of the browser may bring: pages come with films, and the browser keeps what it is sent
_MOST_BYTES = 64 << 20
#: refuses a page that scripts have blown up, in the browser's own process, before it is handed over
_MEASURE = "() => { if (document.documentElement.outerHTML.length > %d) throw new Error('larger than a page may be') }"


class BrowserHandler(PoliteHandler):
    """The polite handler with a browser behind it. Raises ``UsageError`` where the extra is not installed."""

    lazy = False  # the browser's own handler starts with the engine

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        try:
            from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
            from scrapy_playwright.page import PageMethod
        except ImportError as error:
            raise UsageError("browser = true needs the extra: pip install 'communique[browser]'") from error
        self._inner: Any = ScrapyPlaywrightDownloadHandler(crawler)
        self._proxy = GuardingProxy()
        self._measured = PageMethod("evaluate", _MEASURE % crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    async def fetch(self, request: Request) -> Response:
        """One exchange: rendered where a person would look at it, plain elsewhere."""
        if request.meta.get("purpose") not in _RENDERED:
            return await super().fetch(request)
        if not self._proxy.port:
            await self._proxy.start()
            self._inner.config.launch_options = _launch_options(self._proxy.port)
        request.meta["playwright"] = True
        request.meta["playwright_page_methods"] = [self._measured]
        response: Response = await self._inner.download_request(request)
        if urlsplit(response.url).scheme not in {"http", "https"}:
            # The browser's own error page answers 200: taken for the site's, it would be a release led elsewhere.
            raise AddressRefused(f"the page led to what the browser may not open ({response.url[:80]})")
        return response

    async def close(self) -> None:
        """Ends the browser and its proxy."""
        await self._inner.close()
        self._proxy.close()
        await super().close()


def _launch_options(port: int) -> dict[str, Any]:
    options: dict[str, Any] = {
        # Without "<-loopback>" Chromium goes round its proxy to reach this machine.
        "proxy": {"server": f"http://127.0.0.1:{port}", "bypass": "<-loopback>"},
        "args": ["--disable-quic", "--force-webrtc-ip-handling-policy=disable_non_proxied_udp"],
    }
    if path := os.environ.get("COMMUNIQUE_CHROMIUM") or shutil.which("chromium"):
        options["executable_path"] = path
    return options


class GuardingProxy:
    """A forward proxy on loopback that connects to public addresses only."""

    def __init__(self) -> None:
        self.port = 0
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listens on a free port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_HEAD_LIMIT)
        self.port = self._server.sockets[0].getsockname()[1]

    def close(self) -> None:
        """Takes no more connections."""
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            host, port, opening, answer = _target(head)
            far_reader, far_writer = await _connect(host, port)
        except (OSError, AddressRefused, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            writer.close()
            return
        writer.write(answer)
        far_writer.write(opening)
        await asyncio.gather(_pipe(reader, far_writer), _pipe(far_reader, writer))


def _target(head: bytes) -> tuple[str, int, bytes, bytes]:
    """(host, port, what to send there first, what to answer first) of a request to the proxy."""
    line, _, fields = head.partition(b"\r\n")
    method, target, _ = line.decode("latin-1").split(" ", 2)
    if method == "CONNECT":
        host, _, port = target.rpartition(":")
        return host.strip("[]"), int(port), b"", b"HTTP/1.1 200 Connection established\r\n\r\n"
    parts = urlsplit(target)
    if parts.scheme != "http" or not parts.hostname:
        raise ValueError(f"not an address for a proxy: {target!r}")
    path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    kept = b"\r\n".join(
        it for it in fields.split(b"\r\n") if not it.lower().startswith((b"proxy-", b"connection:"))
    )
    opening = f"{method} {path} HTTP/1.1\r\nConnection: close\r\n".encode("latin-1") + kept
    return parts.hostname, parts.port or 80, opening, b""


async def _connect(host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connects to the address that was checked, not to the name: it may answer otherwise a moment later."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=1)
    address = str(found[0][4][0])
    guard.check(address, port)
    return await asyncio.open_connection(address, port)


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    brought = 0
    with suppress(OSError):
        while brought < _MOST_BYTES and (data := await reader.read(65_536)):
            brought += len(data)
            writer.write(data)
            await writer.drain()
    with suppress(OSError):
        writer.close()
