"""A small threaded server for the demonstration newsroom: HTTP/1.1, keep-alive, conditional answers."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
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

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def count(self) -> int:
        return len(self.requests)


@contextmanager
def serve(day: int = 1, port: int = PORT) -> Iterator[DemoServer]:
    """Serve the site as on ``day`` (1 or 2) until the block ends; ``port`` 0 takes any free port.

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
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def served_day(port: int = PORT) -> int | None:
    """The day that is being served on the port, or None where nothing listens.

    Raises ``PortTakenError`` where something else than the demonstration newsroom answers.
    """
    connection = HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", MARKER)
        return int(json.loads(connection.getresponse().read())["communique_demo_day"])
    except ConnectionRefusedError:
        return None
    except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
        raise PortTakenError(
            f"something else than the demonstration newsroom answers on port {port}"
        ) from error
    finally:
        connection.close()


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
        if self.path == MARKER:
            body = json.dumps({"communique_demo_day": self.server.demo.site.day}).encode()
            self._send(Answer(200, "application/json", body))
            return
        answer = self._conditional(find(self.server.demo.site, self.path))
        self.server.demo.requests.append(Request(time.monotonic(), self.command, self.path, answer.status))
        self._send(answer)

    def do_HEAD(self) -> None:
        self.do_GET()

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
