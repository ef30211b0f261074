"""A small threaded server for the demonstration newsroom: HTTP/1.1, keep-alive, conditional answers."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from archive.errors import UsageError
from communique.demo.site import PAGE_PARAMETER, Answer, Site, build

PORT = 8765
HOST = "127.0.0.1"
#: answers which day is served; asked by ``served_day``, and no part of the site (neither counted nor logged)
MARKER = "/.well-known/communique-demo"
#: asked by a crawl that uses a site which another crawl serves; it is served on until that connection ends
HOLD = MARKER + "/hold"


class PortTakenError(UsageError):
    """Something that is not the demonstration newsroom listens on the port."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request the site answered. ``at`` is in seconds of ``time.monotonic``."""

    at: float
    method: str
    target: str
    status: int


@dataclass
class DemoServer:
    """A site being served: its address and what was asked of it so far."""

    site: Site
    port: int
    requests: list[Request] = field(default_factory=list)
    holders: set[int] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def count(self) -> int:
        return len(self.requests)


@contextmanager
def serve(day: int = 1, port: int = PORT, *, patient: bool = False) -> Iterator[DemoServer]:
    """Serve the site as on ``day`` (1 or 2) until the block ends; ``port`` 0 takes any free port.

    ``patient`` serves on after the block until nobody else uses the site (see ``reach``).
    Raises ``PortTakenError`` where the port cannot be had and ``ValueError`` for a day that does not exist.
    """
    try:
        httpd = _Server((HOST, port), _Handler)
    except OSError as error:
        raise PortTakenError(f"port {port} on {HOST} is taken; name another one with --port") from error
    httpd.demo = DemoServer(build(day, f"http://{HOST}:{httpd.server_port}"), httpd.server_port)
    thread = threading.Thread(target=httpd.serve_forever, args=(0.05,), daemon=True, name="demo newsroom")
    thread.start()
    try:
        yield httpd.demo
        while patient and httpd.demo.holders:
            time.sleep(0.05)
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


@contextmanager
def reach(day: int | None = None, port: int = PORT) -> Iterator[int]:
    """Have the site served until the block ends: by this process, or by the one that serves it already.

    Gives the day that is served: ``day``, or without one the day that is being served, else 1. A site that this
    process serves is served on after the block while others use it.
    Raises ``UsageError`` where another day than ``day`` is being served, ``PortTakenError`` as ``serve`` does.
    """
    with ExitStack() as stack:
        yield _reached(day, port, stack)


def _reached(day: int | None, port: int, stack: ExitStack) -> int:
    for _ in range(20):
        served = stack.enter_context(_held(port))
        if served is None:
            try:
                return stack.enter_context(serve(day or 1, port, patient=True)).site.day
            except PortTakenError:
                time.sleep(0.1)  # another process was quicker: its site may be used, or it is something else
        elif day in {None, served}:
            return served
        else:
            raise UsageError(
                f"the demonstration is being served as on day {served}: stop it, or leave --day out"
            )
    raise PortTakenError(f"port {port} on {HOST} is taken, and what listens there does not answer")


def served_day(port: int = PORT) -> int | None:
    """The day that is being served on the port, or None where nothing listens.

    Raises ``PortTakenError`` where something else than the demonstration newsroom answers.
    """
    with closing(HTTPConnection(HOST, port, timeout=2)) as connection:
        return _asked(connection, MARKER)


@contextmanager
def _held(port: int) -> Iterator[int | None]:
    with closing(HTTPConnection(HOST, port, timeout=2)) as connection:
        yield _asked(connection, HOLD)


def _asked(connection: HTTPConnection, target: str) -> int | None:
    try:
        connection.request("GET", target)
        return int(json.loads(connection.getresponse().read())["communique_demo_day"])
    except ConnectionRefusedError:
        return None
    except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
        raise PortTakenError(
            f"something else than the demonstration newsroom answers on port {connection.port}"
        ) from error


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    demo: DemoServer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Demo"
    sys_version = ""
    disable_nagle_algorithm = True  # small answers on a kept connection would wait 40 ms for the client's ACK
    wbufsize = -1  # head and body leave in one segment
    timeout = 30
    server: _Server

    def do_GET(self) -> None:
        if self.path in {MARKER, HOLD}:
            self._tell_the_day()
            return
        answer = self._conditional(find(self.server.demo.site, self.path))
        self.server.demo.requests.append(Request(time.monotonic(), self.command, self.path, answer.status))
        self._send(answer)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _tell_the_day(self) -> None:
        demo = self.server.demo
        held = self.path == HOLD
        if held:
            demo.holders.add(id(self))
        try:
            self._send(
                Answer(200, "application/json", json.dumps({"communique_demo_day": demo.site.day}).encode())
            )
            if held:
                self.connection.settimeout(None)
                self.rfile.read(1)  # returns when the holder hangs up
                self.close_connection = True
        finally:
            demo.holders.discard(id(self))

    def _conditional(self, answer: Answer) -> Answer:
        """304 where the client holds this state. If-None-Match decides alone where it is sent (RFC 9110 13.2.2)."""
        if answer.status != HTTPStatus.OK or answer.etag is None:
            return answer
        known = self.headers.get("If-None-Match")
        if known is not None:
            tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
            return answer.unchanged() if answer.etag in tags or "*" in tags else answer
        since = self.headers.get("If-Modified-Since")
        return answer.unchanged() if since and _not_newer(answer, since) else answer

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        if answer.etag:
            self.send_header("ETag", answer.etag)
        if answer.modified:
            self.send_header("Last-Modified", format_datetime(answer.modified, usegmt=True))
        if answer.location:
            self.send_header("Location", answer.location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name in the standard library)
        """Say nothing: ``DemoServer.requests`` is the log."""


def find(site: Site, target: str) -> Answer:
    """What the site answers for a request target; the page number of a listing may stand anywhere in the query."""
    parts = urlsplit(target)
    page = dict(parse_qsl(parts.query)).get(PAGE_PARAMETER, "1")
    if page != "1":
        return site.answers.get(f"{parts.path}?{page}") or site.missing
    return site.answers.get(parts.path) or site.missing


def _not_newer(answer: Answer, since: str) -> bool:
    try:
        return answer.modified is not None and answer.modified <= parsedate_to_datetime(since)
    except (ValueError, TypeError):  # an unreadable or zoneless date is no condition (RFC 9110 13.1.3)
        return False
