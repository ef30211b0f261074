"""The year of ``bench.year`` through the real engine: pages over real sockets, ``communique crawl`` as its own process.

    python -m bench.year_engine [--days 365] [--every 7] [--seed 1]

The site is served on loopback; each crawl runs with its clock set to the simulated day. The truth is what the site saw
itself being asked for, as in ``bench.year``.
"""

from __future__ import annotations

import argparse
import html
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from contextlib import closing
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from archive.model import EventKind, Moment
from bench.year import START, Page, Score, Site

ENTRY = """
[defaults]
country = "FI"
timezone = "Europe/Helsinki"
languages = ["en"]
day_order = "dmy"
delay = 0.0

[year]
name = {{ en = "Ministry of a Year" }}
site = "http://127.0.0.1:{port}"
sources = [{{ listing = "/list", item = "ul.releases li" }}]
"""
_CRAWL = (
    "import sys, time_machine\n"
    "from datetime import datetime\n"
    "with time_machine.travel(datetime.fromisoformat(sys.argv[1]), tick=True):\n"
    "    from communique.cli import main\n"
    "    main(sys.argv[2:])\n"
)
_PER_PAGE = 20


class Served:
    """The site over HTTP, at a virtual time."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.now = START
        self.asked = 0
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path: str) -> tuple[int, str, str | None]:
        """(status, page, location) of an address, noting what was seen."""
        with self.lock:
            if path == "/robots.txt":
                return 200, "User-agent: *\nAllow: /\n", None
            if self.now < self.site.outage_until:
                return 503, "unavailable", None
            if self.now < self.site.fault_until:
                return 404, "<h1>Not found</h1>", None
            if path.startswith("/list"):
                return 200, self._list(int(path.partition("page=")[2] or 1)), None
            if path == "/":
                return 200, "<title>Ministry</title><h1>Ministry of a Year</h1>", None
            return self._release(path)

    def _release(self, path: str) -> tuple[int, str, str | None]:
        self.asked += 1
        page = self._at(path)
        if page is None:
            return 404, "<h1>Not found</h1>", None
        if page.answer != "200":
            self.site.missed(page, self.now)
            if page.answer == "front page":
                return 302, "", "/"
            return int(page.answer), "<h1>Not there</h1>", None
        if not page.release.url.endswith(path):
            return 301, "", page.release.url.removeprefix("https://year.example")
        self.site.seen(page)
        return 200, _render(page, self.asked), None

    def _at(self, path: str) -> Page | None:
        """The page that is or was at an address: an old address leads to where its release moved."""
        present = [page for page in self.site.pages if not page.gone_for_good]
        own = [page for page in present if page.release.url.endswith(path)]
        return own[-1] if own else next((page for page in present if path in page.former), None)

    def _list(self, number: int) -> str:
        there = [page for page in self.site.pages if page.answer == "200" and not page.gone_for_good]
        newest = sorted(
            there, key=lambda page: page.release.published.at if page.release.published else START
        )
        shown = newest[::-1][(number - 1) * _PER_PAGE : number * _PER_PAGE]
        items = "".join(
            f'<li><a href="{page.release.url.removeprefix("https://year.example")}">{page.release.headline}</a>'
            f" {_printed(page.release.published)}</li>"
            for page in shown
        )
        more = (
            f'<a rel="next" href="/list?page={number + 1}">Next</a>'
            if len(newest) > number * _PER_PAGE
            else ""
        )
        return f"<title>Releases</title><h1>Press releases</h1><ul class='releases'>{items}</ul>{more}"


def _render(page: Page, noise: int) -> str:
    """A release page with boilerplate that differs with every answer."""
    release = page.release
    paragraphs = "".join(f"<p>{html.escape(text)}</p>" for text in release.body.split("\n\n"))
    updated = f"<p class='updated'>Updated {_printed(release.modified)}</p>" if release.modified else ""
    contacts = "".join(f"<p>{html.escape(each.raw)}</p>" for each in release.contacts)
    number = release.identity.value.removeprefix("cms:")
    return f"""<!doctype html><html lang="en"><head><title>{release.headline} - Ministry of a Year</title>
<meta name="token" content="{noise}"><link rel="shortlink" href="/?p={number}"></head><body class="postid-{number}">
<nav><a href="/?session={noise}">Home</a></nav><main><article><h1>{release.headline}</h1>
<p class="date">Published {_printed(release.published)}</p>{updated}{paragraphs}
<h2>Further information</h2>{contacts}</article></main>
<footer>Read {noise} times. Copyright 2026</footer></body></html>"""


def _printed(moment: Moment | None) -> str:
    return f"{moment.at:%d.%m.%Y at %H.%M}" if moment else ""


def _handler(served: Served) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, page, location = served.answer(self.path)
            body = page.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            if location:
                self.send_header("Location", location)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    return Handler


def live(folder: Path, days: int, every: int, seed: int) -> Score:
    """Lives through the days, crawling every so many, and compares what was told with what happened."""
    site = Site(seed)
    served = Served(site)
    (folder / "newsrooms").mkdir()
    (folder / "newsrooms" / "year.toml").write_text(ENTRY.format(port=served.port))
    archive = folder / "archive.db"
    crawls = 0
    for step in range(days * 4):
        served.now = START + timedelta(hours=6 * step)
        with served.lock:
            site.live(served.now)
        if step % (every * 4) == 0:
            crawls += 1
            _crawl(folder, archive, served.now)
    with closing(sqlite3.connect(archive)) as connection:
        headlines = {page.release.headline: page.release.identity.value for page in site.pages}
        told = Counter(
            (headlines.get(headline, headline), EventKind(kind))
            for headline, kind in connection.execute(
                "select r.headline, e.kind from events e join releases r on r.id = e.release_id"
            )
        )
        incidents = connection.execute("select count(*) from incidents").fetchone()[0]
    served.server.shutdown()
    return Score(site.truth, told, served.asked, incidents)


def _crawl(folder: Path, archive: Path, now: datetime) -> None:
    environment = {**os.environ, "COMMUNIQUE_NEWSROOMS": str(folder / "newsrooms")}
    command = [sys.executable, "-c", _CRAWL, now.isoformat(), "crawl", "year", "--archive", str(archive)]
    subprocess.run(command, env=environment, capture_output=True, check=False, timeout=300)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--every", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        score = live(Path(folder), options.days, options.every, options.seed)
    happened, told = score.truth.total(), score.told.total()
    print(
        f"{options.days} days, a crawl every {options.every}: {score.looks} looks, {happened} events, {score.incidents} incidents"
    )
    print(f"recall    {1 - score.missing.total() / max(happened, 1):.4f}")
    print(f"precision {1 - score.invented.total() / max(told, 1):.4f}")
    for name, wrong in (("missing", score.missing), ("invented", score.invented)):
        for (release, kind), number in list(wrong.items())[:20]:
            print(f"{name} {release} {kind} {number}")
    for kind, number in sorted(Counter(kind for _, kind in score.truth.elements()).items()):
        print(f"  {kind:30} {number}")
    return int(bool(score.missing or score.invented))


if __name__ == "__main__":
    sys.exit(main())
