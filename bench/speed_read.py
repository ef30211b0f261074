"""Pages a second of reading and normalising, as a ratio to bare lxml parsing of the same pages in the same run.

Reads the captured releases of ``corpus/`` in ``$COMMUNIQUE_SHARED`` or ``../shared``, page by page, each reader in
turn on the same page (machines drift by a factor of two within minutes), best of several rounds. trafilatura,
newspaper4k and news-please take part where they are installed; they are no dependency of ours.

What was worked out for a text (a class name, a date, a label) is remembered, so that later rounds find it: pages of one
site share much of it, but no crawl reads the same page twice. ``--cold`` forgets it before each reading.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
from lxml import html

from bench.accuracy import shared_folder
from communique.pages import read_body
from crawler.reading import read
from crawler.reading.page import Page, parse_page
from crawler.registry import Newsroom, unknown_newsroom

#: a memory of fewer entries is kept by language or by selector, not by what pages print
_BY_TEXT = 1_000
Sample = tuple[bytes, str, Newsroom]
Reader = Callable[[bytes, str, Newsroom], object]


def samples(shared: Path, most: int) -> list[Sample]:
    """Captured releases: bytes, address, newsroom."""
    rows = [json.loads(line) for line in (shared / "corpus/truth.jsonl").read_text("utf-8").splitlines()]
    return [
        (
            (shared / "corpus/pages" / row["file"]).read_bytes(),
            row["url"] or f"https://{row['host']}/release",
            unknown_newsroom(row["url"], row["timezone"], (row["lang"],), row["country"]),
        )
        for row in rows
        if row["is_release"]
    ][:most]


def _items(body: bytes, url: str, newsroom: Newsroom) -> object:
    page = parse_page(body, url)
    return read(page, newsroom) if isinstance(page, Page) else page


def readers(others: bool) -> dict[str, Reader]:
    """Name → reader, bare lxml first."""
    known: dict[str, Reader] = {
        "lxml.html.fromstring": lambda body, url, newsroom: html.fromstring(body),
        "a page (decode, parse, walk)": lambda body, url, newsroom: parse_page(body, url),
        "an item (page, all fields)": _items,
        "a release (read, normalise)": read_body,
    }
    return known | peers() if others else known


def peers() -> dict[str, Reader]:
    """The general extractors that are installed, each as its documentation calls it."""
    found: dict[str, Reader] = {}
    if find_spec("trafilatura"):
        extract = import_module("trafilatura").bare_extraction
        found["trafilatura with metadata"] = lambda body, url, _: extract(
            body, url=url, with_metadata=True, favor_precision=True
        )
    if find_spec("newspaper"):
        article = import_module("newspaper").article
        found["newspaper4k"] = lambda body, url, _: article(
            url, input_html=body.decode("utf-8", "replace"), fetch_images=False
        )
    if find_spec("newsplease"):
        from_html = import_module("newsplease").NewsPlease.from_html
        found["news-please"] = lambda body, url, _: from_html(body.decode("utf-8", "replace"), url)
    return {name: _tolerant(reader) for name, reader in found.items()}


def _tolerant(reader: Reader) -> Reader:
    """Some extractors raise on some pages (Korean without nltk): that page then counts as read with nothing."""

    def tolerant(body: bytes, url: str, newsroom: Newsroom) -> object:
        try:
            return reader(body, url, newsroom)
        except Exception:
            return None

    return tolerant


def memories() -> list[Any]:
    """The functions of the reading that remember their answers by what a page prints."""
    modules = [
        module for name, module in sys.modules.items() if name.startswith(("crawler.reading.", "pipelines."))
    ]
    found = {
        id(one): one
        for module in modules
        for one in vars(module).values()
        if hasattr(one, "cache_parameters")
    }
    return [one for one in found.values() if (one.cache_parameters()["maxsize"] or 0) >= _BY_TEXT]


def measure(pages: list[Sample], rounds: int, others: bool, cold: bool = False) -> dict[str, float]:
    """CPU seconds of each reader over all pages: the best round of each page, summed; ``cold`` without memories."""
    known = readers(others)
    best = {name: [float("inf")] * len(pages) for name in known}
    remembered = memories() if cold else []
    for _ in range(rounds):
        for at, (body, url, newsroom) in enumerate(pages):
            for name, reader in known.items():
                for memory in remembered:
                    memory.cache_clear()
                start = time.process_time()
                reader(body, url, newsroom)
                best[name][at] = min(best[name][at], time.process_time() - start)
    return {name: sum(times) for name, times in best.items()}


@click.command(help=__doc__)
@click.option("--pages", "most", default=200, show_default=True, help="No more pages than this.")
@click.option("--rounds", default=5, show_default=True, help="The best of so many rounds counts.")
@click.option(
    "--others/--no-others", default=True, help="Measure other extractors, too, where they are installed."
)
@click.option("--cold", is_flag=True, help="Forget before each reading what was worked out for a text.")
def main(most: int, rounds: int, others: bool, cold: bool) -> None:
    shared = shared_folder()
    if shared is None:
        print(
            "speed_read: no captured pages here (set COMMUNIQUE_SHARED to the folder with corpus/): skipped"
        )
        return
    pages = samples(shared, most)
    times = measure(pages, rounds, others, cold)
    floor = times["lxml.html.fromstring"]
    kilobytes = sum(len(body) for body, _, _ in pages) / len(pages) / 1000
    print(
        f"{len(pages)} captured releases of {kilobytes:.0f} kB on average, best of {rounds} rounds, one process"
    )
    print(f"{'':34}{'ms a page':>10}{'pages/s':>10}{'÷ lxml':>9}")
    for name, seconds in times.items():
        each = seconds / len(pages)
        print(f"{name:34}{each * 1000:10.2f}{1 / each:10.0f}{seconds / floor:9.1f}")


if __name__ == "__main__":
    main()
