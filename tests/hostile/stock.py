"""``python -m tests.hostile.stock``: what Scrapy's default settings do on every case, so that each test is known to discriminate.

``stock_spider`` crawls the newsrooms of the tests twice, as the tests do. A case where the defaults hold too is proved
able to fail otherwise: by ours with the part in question taken out.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import etree

from tests.hostile import test_content, test_hosts, test_listings, test_network
from tests.hostile.pages import drip, head, site
from tests.hostile.run import Newsroom, run
from tests.hostile.test_tls import Authority, ministry
from tests.replay import Pages, Replay, replay

ROOT = Path(__file__).parent.parent.parent


@dataclass
class Stock:
    """What two runs of the default settings did."""

    server: Replay
    items: list[list[dict[str, Any]]] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    peak_mb: float = 0.0
    guarded: int = 0

    def taken(self, slug: str, day: int = 0) -> list[str]:
        """The last parts of the addresses whose answers reached the callback as releases."""
        return [
            it["url"].rpartition("/")[2] for it in self.items[day] if it["slug"] == slug and "error" not in it
        ]

    def page(self, slug: str, name: str) -> dict[str, Any]:
        found = [it for it in self.items[0] if it["slug"] == slug and it["url"].endswith(f"/{name}")]
        return found[0] if found else {}

    def hits(self, address: str, day: int | None = None) -> list[float]:
        log = self.server.asked
        ends = [*self.starts[1:], len(log)]
        part = log if day is None else log[self.starts[day] : ends[day]]
        return [at for at, what in part if what.startswith(address)]

    def closest(self, address: str) -> float:
        return min((later - earlier for earlier, later in pairwise(self.hits(address))), default=0.0)


def crawl_twice(rooms: list[Newsroom], pages: Pages, guarded: test_hosts.Listener) -> Stock:
    with replay(pages) as server:
        stock = Stock(server)
        _crawl(stock, rooms)
        test_listings.second_day(pages)
        _crawl(stock, [room for room in rooms if room.slug.startswith(("b7", "c"))])
    stock.guarded = guarded.hits
    return stock


def _crawl(stock: Stock, rooms: list[Newsroom]) -> None:
    stock.starts.append(len(stock.server.asked))
    addresses = {room.slug: _sources(room) for room in rooms}
    done = subprocess.run(
        [sys.executable, "-m", "bench.measured", "tests.hostile.stock_spider", str(stock.server.port), json.dumps(addresses)],
        cwd=ROOT, capture_output=True, text=True, timeout=400, check=False,
    )  # fmt: skip
    stock.items.append([json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")])
    stock.codes.append(done.returncode)
    measured = [line for line in done.stderr.splitlines() if line.startswith("MEASURED")]
    stock.peak_mb = max(stock.peak_mb, float(measured[-1].split()[2]) if measured else 0.0)


def _sources(room: Newsroom) -> list[str]:
    paths = [path for path in ("/feed", "/sitemap.xml", "/map.xml") if f"{room.host}{path}" in room.pages]
    listed = not room.entry or "listing" in room.entry
    return [f"https://{room.host}{path}" for path in [*paths, *(["/news"] if listed else [])]]


def processes() -> tuple[int, str]:
    """Two crawls started at once: how often the newsroom was asked; and what a run that a signal ended says."""
    pages = site("a7.example", [f"n{number}" for number in range(10)])
    with replay(pages) as server:
        order = [
            sys.executable,
            "-m",
            "tests.hostile.stock_spider",
            str(server.port),
            json.dumps({"a7": ["https://a7.example/news"]}),
        ]
        both = [subprocess.Popen(order, cwd=ROOT, stdout=subprocess.DEVNULL) for _ in range(2)]
        for process in both:
            process.wait()
        twice = server.count("a7.example/news/")
    pages["a7.example/news/n0"] = drip(head(1000), b"<p>", pause=0.2)
    with replay(pages) as server:
        order[3] = str(server.port)
        stopped = subprocess.Popen(order, cwd=ROOT, stdout=subprocess.DEVNULL)
        while not server.count("a7.example/news/"):
            pass
        stopped.terminate()
        return twice, f"exit code {stopped.wait()}, not a word of what is missing"


def little_memory() -> str:
    """Case A9: the decompression bombs under 600 MB of address space."""
    room = next(room for room in test_network.newsrooms() if room.slug == "b3")
    with replay(room.pages) as server:
        order = ["sh", "-c", 'ulimit -v 600000; exec "$@"', "sh", sys.executable, "-m", "tests.hostile.stock_spider",
                 str(server.port), json.dumps({"b3": _sources(room)})]  # fmt: skip
        done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)
    items = [json.loads(line) for line in done.stdout.splitlines()]
    errors = sorted({it["error"] for it in items if "error" in it})
    return f"{len([it for it in items if 'error' not in it])} of 4 pages, {', '.join(errors) or 'no error'}, exit code {done.returncode}"


def back_off() -> float:
    """Case B6 alone: the shortest pause before a page that failed is asked for again."""
    room = next(room for room in test_network.newsrooms() if room.slug == "b6_500")
    with replay(room.pages) as server:
        stock = Stock(server)
        _crawl(stock, [room])
    return stock.closest("b6-500.example/news/late")


def unverified(folder: Path) -> list[str]:
    """Case B14: what was asked of a site whose certificate nobody vouches for."""
    pem, _ = Authority().certificate(folder)
    with ministry(pem) as (port, asked):
        order = [
            sys.executable,
            "-m",
            "tests.hostile.stock_spider",
            "1",
            json.dumps({"b14": [f"https://127.0.0.1:{port}/news"]}),
        ]
        subprocess.run(order, cwd=ROOT, capture_output=True, timeout=60, check=False)
    return asked


def without_deadline(folder: Path) -> float:
    """Ours with another time limit on case B5: the pause between two tries that the test bounds."""
    room = next(room for room in test_network.newsrooms() if room.slug == "b5_body")
    with replay(room.pages) as server:
        run(server, folder, [room], DOWNLOAD_TIMEOUT=8, RETRY_TIMES=1)
        hits = [at for at, address in server.asked if address.endswith("/slow")]
    return hits[1] - hits[0]


def with_entities() -> str:
    """Case C10 with a parser that resolves entities: what a sitemap's address then is."""
    parser = etree.XMLParser(resolve_entities=True, load_dtd=True, no_network=False)
    found = etree.fromstring(test_listings.HOSTILE_XML["xxe"], parser).findtext(".//loc")
    return str(found).strip()


@dataclass(frozen=True)
class Told:
    """What the default settings do on a case. ``holds``: the case's promise is kept by them, too."""

    case: str
    text: str
    holds: bool = False


def network(stock: Stock) -> list[Told]:
    cut = [f"{name} {stock.page(f'b1_{name}', 'cut').get('bytes')}" for name in test_network.ENCODE]
    burst = back_off()
    hops = len(stock.hits("b9.example/news/grow"))
    return [
        Told("B1", f"cut-off bodies taken as pages, bytes of each: {', '.join(cut)}", not cut),
        Told("B2", f"taken as pages: {stock.taken('b2')}", stock.taken("b2") == ["ok"]),
        Told("B3", f"bombs taken as pages: {[(n, stock.page('b3', n)['bytes']) for n in stock.taken('b3') if n != 'ok']}, peak {stock.peak_mb:.0f} MB"),
        Told("B4", f"taken as pages: {stock.taken('b4')}", stock.taken("b4") == ["ok"]),
        Told("B5", "given up after its deadline, which bounds the whole request (180 s unless told)", True),
        Told("B6", f"asked again {burst:.3f} s after an error 500", burst > 0.02),
        Told("B9", f"{hops} requests after a redirect that grows", hops <= 10),
        Told("B10", f"taken as pages: {stock.taken('b10')}", stock.taken("b10") == ["ok"]),
        Told("B12", f"the release behind a password is {'there' if 'editors' in stock.taken('b12') else 'lost'}", "editors" in stock.taken("b12")),
    ]  # fmt: skip


def hosts(stock: Stock) -> list[Told]:
    waits = stock.closest("b7-short.example/news/late")
    again = len(stock.hits("b7-long.example", 1))
    forbidden = {
        kind: len(stock.hits(f"b8-{kind}.example/news"))
        for kind in ("503", "reset", "hang", "forbids", "redirect")
    }
    sent = {name.lower() for headers in stock.server.headers for name in headers} & {"cookie", "referer"}
    agents = {headers.get("User-Agent", "") for headers in stock.server.headers}
    walls = [status for status in ("200", "403", "503") if "wall" in stock.taken(f"b17_{status}")]
    return [
        Told("B7", f"asked again {waits:.2f} s after Retry-After: 1, and {again} times in the next run after 3600", waits >= 1 and not again),
        Told("B8", f"requests to newsrooms that robots.txt keeps us from: {forbidden}", not any(forbidden.values())),
        Told("B11", f"{stock.guarded} connections at the guarded address", not stock.guarded),
        Told("B13", "as B11: the same listing holds the addresses that parsers read otherwise", not stock.guarded),
        Told("B15", "no conditional requests and no memory: every run fetches everything again", False),
        Told("B16", f"headers sent that nobody needs: {sorted(sent)}", not sent),
        Told("B17", f"challenges taken as releases: {walls}", not walls),
        Told("B18", f"{stock.closest('healthy.example/news'):.3f} s between two requests; User-Agent {agents.pop()}", False),
    ]  # fmt: skip


def listings(stock: Stock) -> list[Told]:
    again = [len(stock.taken(slug, 1)) for slug in ("c1", "c4", "c5")]
    return [
        Told("C1", f"{again[0]} releases again after a re-ordered listing", False),
        Told("C2", f"{len(set(stock.taken('c2', 1)))} of the feed's and listing's 17; nothing says which are new", False),
        Told("C3", f"{len(stock.hits('c3.example/news?', 0))} pages of a listing without end, {len(stock.hits('c3-session.example/news/older', 0))} of one that grows", False),
        Told("C4", f"an empty listing: {again[1]} items, exit code {stock.codes[1]}", stock.codes[1] != 0),
        Told("C5", f"{again[2]} empty shells taken as releases, exit code {stock.codes[1]}", stock.codes[1] != 0),
        Told("C6", "nothing counts how many releases have a field", False),
        Told("C10", f"entities stay unresolved: {not any('host' in it['url'] for it in stock.items[0] if it['slug'] == 'c10_xxe')}", True),
    ]  # fmt: skip


def content(stock: Stock) -> list[Told]:
    lost = [
        name
        for name in stock.taken("c7")
        if stock.page("c7", name).get("lost") or stock.page("c7", name).get("mojibake")
    ]
    odd = [
        name
        for name in stock.taken("c8")
        if stock.page("c8", name).get("nul") or stock.page("c8", name).get("lost")
    ]
    return [
        Told("C7", f"letters lost on: {lost}", not lost),
        Told("C8", f"zero or replacement characters in the text of: {odd}", not odd),
        Told("C9", f"deep text kept: {bool(stock.page('c9', 'deep').get('buried'))}, nothing is said", bool(stock.page("c9", "deep").get("buried"))),
        Told("C11", f"taken as releases: {[it for it in stock.taken('c11') if it != 'ok']}", stock.taken("c11") == ["ok"]),
        Told("C15", "reads no fields; our own readers are what the test times", True),
    ]  # fmt: skip


def around(folder: Path) -> list[Told]:
    twice, stopped = processes()
    asked = unverified(folder)
    return [
        Told("A7", f"two starts at once made {twice} requests for 10 releases", twice == 10),
        Told("A8", f"after SIGTERM {stopped}", False),
        Told("A9", f"under 600 MB: {little_memory()}", False),
        Told("B14", f"{len(asked)} requests to a site that nobody vouches for", not asked),
    ]


def main() -> None:
    guarded = test_hosts.Listener()
    rooms = [
        *test_network.newsrooms(),
        *test_hosts.newsrooms(guarded),
        *test_listings.first_day(),
        *test_content.newsrooms(),
    ]
    pages = {address: page for room in rooms for address, page in room.pages.items()}
    with tempfile.TemporaryDirectory() as scratch:
        stock = crawl_twice(rooms, pages, guarded)
        told = [*around(Path(scratch)), *network(stock), *hosts(stock), *listings(stock), *content(stock)]
        able = {
            "B5": f"with a limit of 8 s ours asks again after {without_deadline(Path(scratch)):.1f} s: the test bounds it by 4.5",
            "C10": f"with entities resolved the address is {with_entities()}",
            "C15": f"re.search('(a+)+$', 'a' * 26 + 'b') alone takes {test_content.catastrophe():.1f} s of the two",
        }
    for it in sorted(told, key=lambda one: (one.case[0], int(one.case[1:]))):
        sys.stdout.write(f"{it.case:4} {'holds' if it.holds else 'fails':6} {it.text}\n")
        if it.holds:
            sys.stdout.write(f"{'':11} able to fail: {able.get(it.case, 'NOT SHOWN')}\n")
    failing = sum(not it.holds for it in told)
    sys.stdout.write(
        f"{failing} of {len(told)} cases fail with the default settings; exit codes {stock.codes}\n"
    )


if __name__ == "__main__":
    main()
