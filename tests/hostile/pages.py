"""Pages of invented newsrooms (synthetic), and the raw misbehaviours that stand in for some of them."""

from __future__ import annotations

import contextlib
import gzip
import socket
import time
import zlib
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import brotli
from backports import zstd

from tests.replay import Page, Pages

Fault = Callable[[BaseHTTPRequestHandler], None]
WORDS = (
    "The ministry has received ninety-two opinions on the proposal, most of them from municipalities. "
    "The repair of the quays began last autumn and goes on as planned. The household fees for water do not change. "
)


def release(name: str, *, text: str = WORDS, day: int = 20, head: str = "") -> bytes:
    """A release page; its contact block stands at the end, where a cut takes it away."""
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Notice {name} - Ministry</title>{head}</head>
<body><header><a href="/">Ministry of Tests</a></header><main><article><h1>Notice {name} on harbours and bridges</h1>
<p class="publish-date">Published <time datetime="2026-10-{day:02d}T10:00:00+03:00">{day}.10.2026 10.00</time></p>
<p>{text}</p><p>{text}</p><p>Further information: Eeva Esimerkki, Senior Specialist, tel. +358 40 000 0001,
eeva.esimerkki@ministry.example</p></article></main><footer>Switchboard</footer></body></html>""".encode()


def listing(host: str, names: list[str], *, more: str = "", days: bool = True) -> bytes:
    """A listing page with the named releases; ``more`` is put behind them as it is."""
    rows = "".join(
        f'<li><a href="https://{host}/news/{name}">Notice {name}</a>{" 20.10.2026" if days else ""}</li>'
        for name in names
    )
    return f"<html lang=en><head><title>News</title></head><body><main><h1>News</h1><ul>{rows}</ul>{more}</main></body></html>".encode()


def site(host: str, names: list[str], **faults: Page | Fault) -> Pages:
    """A healthy site: robots.txt, a listing, its releases; ``faults`` replace the releases of these names."""
    pages: Pages = {
        f"{host}/robots.txt": Page(b"User-agent: *\nDisallow: /private\n", content_type="text/plain"),
        f"{host}/news": Page(listing(host, [*names, *faults])),
    }
    pages |= {f"{host}/news/{name}": Page(release(name)) for name in names}
    pages |= {f"{host}/news/{name}": fault for name, fault in faults.items()}
    return pages


def raw(*parts: bytes | float) -> Fault:
    """Writes the parts as they are and ends the connection; a number is a pause in seconds."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        with contextlib.suppress(OSError):
            for part in parts:
                if isinstance(part, bytes):
                    handler.wfile.write(part)
                    handler.wfile.flush()
                else:
                    time.sleep(part)
        handler.close_connection = True

    return answer


def reset(handler: BaseHTTPRequestHandler) -> None:
    """Ends the connection before a byte was sent."""
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def silence(seconds: float = 20) -> Fault:
    """Takes the request and says nothing."""
    return raw(float(seconds))


def head(length: int | None, *lines: str, status: str = "200 OK") -> bytes:
    """A status line and headers; ``length`` None leaves Content-Length out."""
    fields = ["Content-Type: text/html; charset=utf-8", *lines]
    fields += [f"Content-Length: {length}"] if length is not None else []
    return "\r\n".join([f"HTTP/1.1 {status}", *fields, "", ""]).encode()


ENCODE: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


def encoded(name: str, body: bytes, share: float = 1.0) -> Fault:
    """A body in a content encoding, cut at a share of its bytes, with the Content-Length of what is sent."""
    data = ENCODE[name](body)
    data = data[: int(len(data) * share)]
    return raw(head(len(data), f"Content-Encoding: {name}"), data)


def endless(chunk: bytes = b"<p>more</p>" * 6000) -> Fault:
    """A body without end."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        with contextlib.suppress(OSError):
            handler.wfile.write(head(None))
            while True:
                handler.wfile.write(chunk)

    return answer


def drip(start: bytes, piece: bytes, pause: float = 0.3, count: int = 60) -> Fault:
    """One small piece after the other: each in time, the whole never."""
    return raw(start, *(part for _ in range(count) for part in (piece, pause)))


def first_then(times: int, fault: Page | Fault, afterwards: Page) -> Fault:
    """The fault so many times, then the page."""
    left = [times]

    def answer(handler: BaseHTTPRequestHandler) -> None:
        left[0] -= 1
        now = fault if left[0] >= 0 else afterwards
        if isinstance(now, Page):
            _send(handler, now)
        else:
            now(handler)

    return answer


def redirect(to: str, status: int = 302) -> Page:
    """A redirect to an address as it is written."""
    return Page(b"", status, headers=(("Location", to),))


def _send(handler: BaseHTTPRequestHandler, page: Page) -> None:
    handler.send_response(page.status)
    for name, value in (("Content-Type", page.content_type), *page.headers):
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(page.body)))
    handler.end_headers()
    handler.wfile.write(page.body)
