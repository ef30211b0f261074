"""Newsrooms without news: what a run over N of them costs, beside N bare crawlers of the same Scrapy, one request each.

``python -m bench.quiet [N]`` serves N feeds on loopback, fills an archive, and measures the next run, which brings
nothing new: requests from the server's own log, CPU seconds and peak memory of the crawling process.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar


class Feeds(BaseHTTPRequestHandler):
    """Every host's feed with one release, its release, and no robots.txt."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        host, _, path = self.path[1:].partition("/")
        tag = f'"{hashlib.sha256(host.encode()).hexdigest()[:12]}"'
        body = {"feed": _feed(host), "news/1": _release(host)}.get(path)
        known = self.headers.get("If-None-Match") == tag
        self.send_response(304 if known else 200 if body else 404)
        self.send_header("ETag", tag)
        self.send_header(
            "Content-Type", "application/atom+xml" if path == "feed" else "text/html; charset=utf-8"
        )
        sent = b"" if known or body is None else body
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *args: object) -> None:
        """``asked`` is the log."""


class Server(ThreadingHTTPServer):
    """Takes as many connections at once as come."""

    daemon_threads = True
    request_queue_size = 1024


def _feed(host: str) -> bytes:
    entry = f"<entry><title>x</title><link href='https://{host}/news/1'/><updated>2026-10-01T08:00:00Z</updated></entry>"
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title>{entry}</feed>".encode()


def _release(host: str) -> bytes:
    text = "The repair of the quays goes on as planned and the fees for water do not change. " * 6
    return (
        f"<html lang=en><head><title>Notice of {host}</title></head><body><main><article><h1>Notice of {host}</h1>"
        f"<p><time datetime='2026-10-01T10:00:00+03:00'>1.10.2026 10.00</time></p><p>{text}</p></article></main></body></html>"
    ).encode()


def _entries(folder: Path, count: int) -> list[str]:
    (folder / "newsrooms").mkdir()
    slugs = [f"q{number:04d}" for number in range(count)]
    head = 'country = "FI"\ntimezone = "Europe/Helsinki"\nlanguages = ["en"]\n'
    for slug in slugs:
        table = f'[{slug}]\nname = {{ en = "{slug}" }}\nsite = "https://{slug}.example"\nsources = [{{ feed = "/feed" }}]\n{head}'
        (folder / "newsrooms" / f"{slug}.toml").write_text(table, encoding="utf-8")
    return slugs


def _run(*arguments: str) -> tuple[float, int]:
    """CPU seconds and peak MB of a Python process that runs a module."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.measured", *arguments], capture_output=True, text=True, check=False
    )
    told = [line for line in done.stderr.splitlines() if line.startswith("MEASURED ")]
    if not told:
        raise SystemExit(done.stderr[-2000:])
    cpu, peak = told[-1].split()[1:]
    return float(cpu), int(peak)


def main(count: int) -> None:
    server = Server(("127.0.0.1", 0), Feeds)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        settings = json.dumps({"REPLAY_PORT": server.server_port, "REPLAY_DELAY": 0.0})
        order = ["tests.replay_crawl", str(folder), "", settings, *_entries(folder, count)]
        _run(*order)
        Feeds.asked.clear()
        cpu, peak = _run(*order)
        ours = len(Feeds.asked)
    Feeds.asked.clear()
    bare_cpu, bare_peak = _run("bench.bare", str(server.server_port), str(count))
    print(f"newsrooms            {count}")
    print("                     communique   bare Scrapy   ratio")
    print(f"requests             {ours:10d} {len(Feeds.asked):13d} {ours / max(len(Feeds.asked), 1):7.2f}")
    print(f"CPU seconds          {cpu:10.1f} {bare_cpu:13.1f} {cpu / bare_cpu:7.2f}")
    print(f"peak MB              {peak:10d} {bare_peak:13d} {peak / bare_peak:7.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
