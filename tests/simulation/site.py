"""The simulated ministry over HTTP: every answer is the one of the virtual clock's present."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

from tests.simulation.ministry import Ministry, Paper, listing, page

Answer = tuple[int, dict[str, str], bytes]
HTML = {"Content-Type": "text/html; charset=utf-8"}


def answer(ministry: Ministry, path: str, etag: str | None, now: datetime) -> Answer | None:
    """What the site answers; None where it does not answer at all."""
    parts = urlsplit(path)
    spell = ministry.spell(now)
    if parts.path == "/robots.txt" and spell == "robots":
        return 503, HTML, b""
    if parts.path == "/robots.txt":
        return 200, {"Content-Type": "text/plain"}, b"User-agent: *\nAllow: /\n"
    ministry.served += 1
    if spell == "refused":
        return None
    if spell in FAULTY:
        return FAULTY[spell]
    if spell in ("503", "403", "404"):
        return int(spell), HTML, b"<html><body><h1>The site is having a bad day</h1></body></html>"
    if spell == "maintenance":
        return (
            200,
            HTML,
            b"<html><head><title>Maintenance</title></head><body><h1>Site under maintenance</h1><p>Please come back later.</p></body></html>",
        )
    if parts.path == "/":
        return (
            200,
            HTML,
            b"<html lang=en><head><title>Ministry of Samples</title></head><body><h1>Welcome</h1></body></html>",
        )
    if parts.path == "/news" and spell == "empty":
        return 200, HTML, b"<html lang=en><body><main><h1>News</h1><p>No items.</p></main></body></html>"
    if spell == "release" and parts.path == f"/news/{ministry.listed(now)[0].slug}":
        return 500, HTML, b"<html><body><h1>Internal server error</h1></body></html>"
    if parts.path == "/news":
        number = int(parse_qs(parts.query).get("page", ["1"])[0])
        return 200, HTML, listing(ministry, now, number).encode()
    return _release(ministry, parts.path.removeprefix("/news/"), etag, now)


CHALLENGE = b"""<html lang=en><head><title>Just a moment...</title></head><body><h1>Checking your browser before accessing
the site</h1><p>Please enable JavaScript and cookies to continue</p><div class=cf-challenge></div></body></html>"""
#: what the whole site answers during some faults
FAULTY: dict[str, Answer] = {
    "429": (429, {**HTML, "Retry-After": "3600"}, b"slow down"),
    "challenge": (403, HTML, CHALLENGE),
    "wall": (200, HTML, CHALLENGE),
}


def _release(ministry: Ministry, slug: str, etag: str | None, now: datetime) -> Answer:
    papers = [
        paper for paper in ministry.papers if slug in (paper.slug, f"{paper.slug}-new") and paper.born <= now
    ]
    if not papers:
        return 404, HTML, b"<html><body><h1>Page not found</h1></body></html>"
    paper = max(papers, key=lambda one: one.born)
    how = ministry.missing(paper, now)
    if how == "moved" and slug != f"{paper.slug}-new":
        return 301, {"Location": f"/news/{paper.slug}-new"}, b""
    if how == "front page":
        return 302, {"Location": "/"}, b""
    if how in ("gone", "not found"):
        return (410 if how == "gone" else 404), HTML, b"<html><body><h1>Page not found</h1></body></html>"
    tag = _etag(paper, now)
    if etag == tag:
        return 304, {"ETag": tag}, b""
    return 200, {**HTML, "ETag": tag}, page(ministry, paper, now).encode()


def _etag(paper: Paper, now: datetime) -> str:
    """A lying one names the first text for ever (reliability.md B15)."""
    text = paper.texts[0][1] if paper.lying else paper.text(now)
    return f'"{hashlib.sha256(repr(text).encode()).hexdigest()[:16]}"'


@dataclass
class Site:
    """The running server: its port, and per host when each answer ended and the next question came, in seconds."""

    port: int
    #: hosts that answered an error 500 since the run began: a fault of one release shows only to who asks for it
    failed: set[str] = field(default_factory=set)
    asked: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def least_gap(self, host: str) -> float:
        """The shortest pause between an answer and the next question; infinite for one question."""
        times = self.asked.get(host, [])
        return min((later[0] - earlier[1] for earlier, later in pairwise(times)), default=float("inf"))


class _Server(ThreadingHTTPServer):
    """Hundreds of newsrooms knock at once: with the default queue of five, most wait for the kernel to try again."""

    daemon_threads = True
    request_queue_size = 1024


@contextmanager
def serving(ministries: Sequence[Ministry], clock: Callable[[], datetime]) -> Iterator[Site]:
    """Serves the ministries on loopback under ``/<host>/…``, as ``tests.replay`` does."""
    by_host = {ministry.host: ministry for ministry in ministries}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            begun = time.monotonic()
            host, _, path = self.path[1:].partition("/")
            found = answer(by_host[host], f"/{path}", self.headers.get("If-None-Match"), clock())
            site.asked.setdefault(host, []).append((begun, time.monotonic()))
            if found is None:
                self.close_connection = True
                self.connection.close()
                return
            status, headers, body = found
            if status == 500:
                site.failed.add(host)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            cut = by_host[host].spell(clock()) == "cut" and path != "robots.txt"
            self.close_connection = self.close_connection or cut
            self.wfile.write(body[: len(body) // 2] if cut else body)

        def log_message(self, *args: object) -> None:
            """The truth is the log."""

    server = _Server(("127.0.0.1", 0), Handler)
    site = Site(server.server_port)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
