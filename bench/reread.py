"""How fast stored pages are read again, on all cores, against bare lxml over the same bytes out of the same WARC files.

    python -m bench.reread [PAGES]

Real captured pages (``../shared/corpus``), as often as it takes to make PAGES (default 1,000) captures.
"""

from __future__ import annotations

import itertools
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import lxml.html

from archive import known
from archive.model import Capture, Exchange
from archive.store import Writer
from communique.rereading_all import read_all
from crawler.items import Refusal
from crawler.recorder import newsroom_row
from crawler.registry import all_newsrooms


def main() -> int:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    pages = sorted(Path(os.environ.get("COMMUNIQUE_SHARED", "../shared"), "corpus", "pages").rglob("*.html"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "archive.db")
        captures = _store(path, pages, wanted)
        size = (
            sum(len(page.read_bytes()) for page in itertools.islice(itertools.cycle(pages), wanted)) / wanted
        )
        bare = _bare(path, captures)
        spent, started = _cpu(), time.perf_counter()
        refused = sum(isinstance(answer, Refusal) for _, answer in read_all(path, captures))
        taken, spent = time.perf_counter() - started, _cpu() - spent
    cores = os.cpu_count() or 1
    print(f"{wanted} pages of {size / 1000:.0f} kB on {os.cpu_count()} cores, {refused} of them no releases")
    print(f"read again  {wanted / taken:7.0f} pages/s, start of the workers included")
    print(
        f"            {spent / wanted * 1000:7.2f} ms of CPU a page: {wanted * cores / spent:.0f} pages/s on {cores} idle cores"
    )
    print(f"bare lxml   {bare / wanted * 1000:7.2f} ms of CPU a page, out of the same WARC file")
    print(f"ratio       {spent / bare:7.2f} of CPU")
    return 0


def _store(path: Path, pages: list[Path], wanted: int) -> list[Capture]:
    newsroom = all_newsrooms()["demo"]
    start = datetime.now(UTC)
    with Writer.open(path) as writer:
        writer.begin_run("bench", "0")
        writer.put_newsroom(newsroom_row(newsroom))
        captures = [
            writer.keep(
                Exchange(
                    f"{newsroom.site}/-/{number}",
                    "release",
                    200,
                    (("Content-Type", "text/html"),),
                    page.read_bytes() + f"<!-- {number} -->".encode(),
                    start + timedelta(seconds=number),
                    newsroom="demo",
                )
            )
            for number, page in enumerate(itertools.islice(itertools.cycle(pages), wanted))
        ]
        writer.end_run(0)
    return captures


def _bare(path: Path, captures: list[Capture]) -> float:
    from archive.database import open_archive

    started = time.process_time()
    with open_archive(path) as archive:
        for capture in captures:
            lxml.html.fromstring(known.page(archive, capture).body)
    return time.process_time() - started


def _cpu() -> float:
    """CPU seconds of this process and of the workers that have ended: what other programs do at the same time counts little."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    sys.exit(main())
