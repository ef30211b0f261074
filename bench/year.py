"""A year of an invented newsroom, seeded: what happened on the site against what the archive says happened.

    python -m bench.year [--days 365] [--seed 1]

The site publishes, edits (openly and in silence), re-dates, takes down (404, 410, redirect to the front page), restores,
moves and replaces releases, answers with 503 during outages, with 404 for everything during a fault, and sends other
boilerplate with every answer. The clock is virtual; releases are looked at when the archive's own schedule says so.
The truth is written down by the site, which knows nothing of the archive.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from archive import known
from archive.model import Absence, Capture, EventKind, Exchange, Newsroom
from archive.store import Writer
from bench.year_site import HOST, START, Page, Site

STEP = timedelta(hours=6)


class Crawl:
    """Looks at the site as a crawl does: all new addresses, and those that the archive's schedule says are due."""

    def __init__(self, site: Site, path: Path) -> None:
        self.site = site
        self.looks = 0
        self._path = path
        self._noise = random.Random(0)

    def run(self, now: datetime) -> None:
        with Writer.open(self._path) as writer:
            writer.begin_run("year", "0")
            writer.put_newsroom(Newsroom("year", "Ministry of a Year"))
            self._look_at_listing(writer, now)
            by_url = {page.release.url: page for page in self.site.pages if not page.gone_for_good}
            stored = known.known_pages(writer.archive, "year")
            asked = [due.url for due in known.due_pages(writer.archive, "year", now)]
            new = [
                url for url, page in by_url.items() if EventKind.NEW in page.unseen and page.answer == "200"
            ]
            by_id = {page.release.identity.value: page for page in self.site.pages}
            owners = self._owners(writer, by_id)
            for url in dict.fromkeys([*new, *asked]):
                page = by_url.get(url) or owners.get(url)
                if page is not None:
                    self._look(writer, url, page, now)
            assert stored is not None
            writer.end_run(0)

    def _look_at_listing(self, writer: Writer, now: datetime) -> None:
        """What a crawl begins with; it fails with the rest of the site."""
        fails = now < max(self.site.outage_until, self.site.fault_until)
        status = 503 if now < self.site.outage_until else 404 if fails else 200
        listing = Exchange(f"{HOST}/list", "listing", status, (), f"{now}".encode(), now, newsroom="year")
        writer.keep(listing)

    def _owners(self, writer: Writer, by_id: dict[str, Page]) -> dict[str, Page]:
        """Old addresses of moved releases: they redirect to the new one."""
        found = writer.archive.connection.execute(
            "select url, identity from releases where state != 'replaced'"
        )
        return {row["url"]: by_id[row["identity"]] for row in found}

    def _look(self, writer: Writer, url: str, page: Page, now: datetime) -> None:
        self.looks += 1
        if now < self.site.outage_until:
            self._keep(writer, url, 503, now, "unavailable")
            return
        if now < self.site.fault_until:
            capture = self._keep(writer, url, 404, now, "fault")
            writer.absent("year", url, Absence.NOT_FOUND, capture)
            return
        if page.answer != "200":
            how = {"404": Absence.NOT_FOUND, "410": Absence.GONE, "front page": Absence.FRONT_PAGE}[
                page.answer
            ]
            capture = self._keep(writer, url, 404, now, page.answer)
            writer.absent("year", url, how, capture)
            self.site.missed(page, now)
            return
        body = f"<p>{page.release.headline}</p><!-- {self._noise.random()} -->"
        release = replace(page.release, links=(f"{HOST}/a?utm_source={self._noise.random()}",))
        writer.store(release, self._keep(writer, url, 200, now, body))
        self.site.seen(page)

    @staticmethod
    def _keep(writer: Writer, url: str, status: int, now: datetime, body: str) -> Capture:
        return writer.keep(Exchange(url, "release", status, (), body.encode(), now, newsroom="year"))


@dataclass(frozen=True, slots=True)
class Score:
    """What was told against what happened."""

    truth: Counter[tuple[str, EventKind]]
    told: Counter[tuple[str, EventKind]]
    looks: int
    incidents: int

    @property
    def missing(self) -> Counter[tuple[str, EventKind]]:
        return self.truth - self.told

    @property
    def invented(self) -> Counter[tuple[str, EventKind]]:
        return self.told - self.truth


def simulate(path: Path, days: int, seed: int) -> Score:
    """Lives through the days and compares."""
    site = Site(seed)
    crawl = Crawl(site, path)
    now = START
    for _ in range(days * 4):
        site.live(now)
        crawl.run(now)
        now += STEP
    with Writer.open(path) as writer:
        found = writer.archive.connection.execute(
            "select r.identity, e.kind from events e join releases r on r.id = e.release_id"
        )
        told = Counter((row["identity"], EventKind(row["kind"])) for row in found)
        incidents = writer.archive.connection.execute("select count(*) from incidents").fetchone()[0]
    return Score(site.truth, told, crawl.looks, incidents)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        score = simulate(Path(folder, "archive.db"), options.days, options.seed)
    happened, told = score.truth.total(), score.told.total()
    print(
        f"{options.days} days, seed {options.seed}: {score.looks} looks, {happened} events, {score.incidents} incidents"
    )
    print(f"recall    {1 - score.missing.total() / happened:.4f}")
    print(f"precision {1 - score.invented.total() / max(told, 1):.4f}")
    for name, wrong in (("missing", score.missing), ("invented", score.invented)):
        for (release, kind), number in list(wrong.items())[:20]:
            print(f"{name} {release} {kind} {number}")
    for kind, number in sorted(Counter(kind for _, kind in score.truth.elements()).items()):
        print(f"  {kind:30} {number}")
    return int(bool(score.missing or score.invented))


if __name__ == "__main__":
    sys.exit(main())
