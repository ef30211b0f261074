"""Five hundred newsrooms without news: requests, CPU and memory, beside bare crawlers of the same Scrapy.

    python -m bench.no_news [--newsrooms 500]

Each newsroom has a feed that answers 304 after the first look. The floor is the same number of bare Scrapy crawlers in one
process, one request each, to the same server. Each side runs in a process of its own; CPU is user + system time.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FEED = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<updated>2026-01-01T00:00:00Z</updated><entry><title>The fairway is open</title><id>urn:1</id>
<link href="/news/1"/><updated>2026-01-01T00:00:00Z</updated></entry></feed>"""
PAGE = """<html lang="en"><head><title>The fairway is open</title></head><body><main><h1>The fairway is open</h1>
<p>Published 1 January 2026</p><p>The harbour office has opened the fairway to the outer islands after the ice went.</p>
<p>The ice was the thickest in twelve years, and three channels had to be marked anew before ships could use them.</p>
<p>Ferries keep their summer timetable from Monday on, and the pilots have returned to their station.</p></main></body></html>"""
ENTRY = """
[n{number:03}]
name = {{ en = "Newsroom {number}" }}
site = "http://127.0.0.1:{port}"
country = "GB"
timezone = "Europe/London"
languages = ["en"]
delay = 0.0
sources = [{{ feed = "/{number}/feed" }}]
"""


#: runs a module as ``python -m`` does and says at its end how much memory it took
_TELLS_ITS_PEAK = """
import atexit, json, resource, runpy, sys
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
atexit.register(lambda: sys.stderr.write(f"\\nPEAK {peak()}\\n"))
sys.argv = json.loads(sys.argv[1])
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


class Site(BaseHTTPRequestHandler):
    """robots.txt, a feed with an ETag, and one release, for every newsroom."""

    protocol_version = "HTTP/1.1"
    asked = 0

    def do_GET(self) -> None:
        Site.asked += 1
        if self.path.endswith("/feed") and self.headers.get("If-None-Match") == '"1"':
            self._answer(304, "application/atom+xml", b"")
        elif self.path.endswith("/feed"):
            number = self.path.split("/")[1]
            self._answer(200, "application/atom+xml", FEED.replace("/news/", f"/{number}/news/").encode())
        elif self.path == "/robots.txt":
            self._answer(200, "text/plain", b"User-agent: *\nAllow: /\n")
        else:
            self._answer(200, "text/html; charset=utf-8", PAGE.encode())

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """``Site.asked`` counts."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--newsrooms", type=int, default=500)
    parser.add_argument("--bare", metavar="PORT", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bare:
        return _bare(options.bare, options.newsrooms)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        _describe(Path(folder), options.newsrooms, server.server_port)
        environment = os.environ | {
            "COMMUNIQUE_NEWSROOMS": folder,
            "COMMUNIQUE_CONTACT": "mailto:bench@bench.example",
        }
        command = [sys.executable, "-m", "communique", "crawl", "bench", "--archive", f"{folder}/archive.db"]
        _measured("first look", command, environment)
        ours = _measured("no news", command, environment)
        bare = [
            sys.executable,
            "-m",
            "bench.no_news",
            "--newsrooms",
            str(options.newsrooms),
            "--bare",
            str(server.server_port),
        ]
        floor = _measured("bare Scrapy", bare, environment)
    sys.stdout.write(f"CPU {ours[0] / floor[0]:.2f} x, memory {ours[1] / floor[1]:.2f} x the bare crawlers\n")
    return 0


def _describe(folder: Path, count: int, port: int) -> None:
    entries = "".join(ENTRY.format(number=number, port=port) for number in range(count))
    (folder / "bench.toml").write_text(entries, encoding="utf-8")


def _measured(name: str, command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """CPU seconds and peak megabytes of a command."""
    before, asked = resource.getrusage(resource.RUSAGE_CHILDREN), Site.asked
    module = json.dumps(command[2:])
    done = subprocess.run(
        [sys.executable, "-c", _TELLS_ITS_PEAK, module],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    peaks = [line for line in done.stderr.splitlines() if line.startswith("PEAK ")]
    if done.returncode or not peaks:
        raise SystemExit(f"{name} exits {done.returncode}: {done.stderr[-1500:]}")
    peak = int(peaks[-1].split()[1]) / 1024
    sys.stdout.write(f"{name:12} {Site.asked - asked:6} requests  {cpu:6.2f} s CPU  {peak:6.0f} MB\n")
    return cpu, peak


def _bare(port: int, count: int) -> int:
    """Bare Scrapy: one crawler a newsroom, one request each, nothing read or kept."""
    from collections.abc import AsyncIterator

    from scrapy import Request, Spider
    from scrapy.crawler import AsyncCrawlerProcess

    class Bare(Spider):
        name = "bare"
        number = 0

        async def start(self) -> AsyncIterator[Request]:
            yield Request(
                f"http://127.0.0.1:{port}/{self.number}/feed",
                headers={"If-None-Match": '"1"'},
                meta={"handle_httpstatus_all": True},
            )

        def parse(self, response: object) -> None:
            """Nothing is read."""

    process = AsyncCrawlerProcess(
        {
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
            "ROBOTSTXT_OBEY": False,
        }
    )
    for number in range(count):
        process.crawl(Bare, number=number)
    process.start()
    return 0


if __name__ == "__main__":
    sys.exit(main())
