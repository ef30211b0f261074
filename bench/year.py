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
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive import known
from archive.model import (
    Absence,
    Capture,
    Contact,
    EventKind,
    Exchange,
    Identity,
    Moment,
    Newsroom,
    Precision,
    Release,
)
from archive.store import Writer

START = datetime(2026, 1, 1, 6, 0, tzinfo=UTC)
HOST = "https://year.example"
STEP = timedelta(hours=6)
OPERATIONS = (
    "edit", "silent edit", "redate", "contact", "404", "410", "front page", "restore", "move", "reuse",
)  # fmt: skip
WORDS = (
    "harbour ferry island budget school road winter support council minister grant decision survey coast energy forest "
    "health study village service northern annual proposal agreement committee statement"
).split()


@dataclass(slots=True)
class Page:
    """A release as it stands on the site: its content, how its address answers, and what nobody has seen yet."""

    release: Release
    answer: str = "200"
    unseen: list[EventKind] = field(default_factory=list)
    told_down: bool = False
    gone_for_good: bool = False
    misses: list[datetime] = field(default_factory=list)
    steps: list[EventKind] = field(default_factory=list)
    former: set[str] = field(default_factory=set)  # paths it was at before it moved


class Site:
    """The newsroom. ``truth`` holds (CMS id or address at birth, event) of all that a look has had the chance to see."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.pages: list[Page] = []
        self.truth: Counter[tuple[str, EventKind]] = Counter()
        self.outage_until = self.fault_until = START
        self._made = 0

    def live(self, now: datetime) -> None:
        """What happens on the site in one step of time."""
        draw = self.chance.random()
        if draw < 0.25:
            self.publish(now)
        elif draw < 0.26:
            self.outage_until = now + timedelta(hours=12)
        elif draw < 0.265:
            self.fault_until = now + timedelta(hours=12)
        if self.chance.random() < 0.5 and self.pages:
            self._operate(self.chance.choice(OPERATIONS), self.chance.choice(self.pages), now)

    def publish(self, now: datetime, url: str | None = None) -> Page:
        """A new release, at a new address or at one that was another's."""
        self._made += 1
        number = self._made
        release = Release(
            newsroom="year",
            url=url or f"{HOST}/-/release-{number}",
            identity=Identity("cms", f"cms:{number}"),
            headline=self._text(6).capitalize(),
            body="\n\n".join(self._text(40) for _ in range(4)) + f" {number}.5 million euros.",
            language="en",
            published=_moment(now),
            contacts=(_contact(number),),
            reader_version="year",
        )
        page = Page(release, unseen=[EventKind.NEW])
        self.pages.append(page)
        return page

    def _operate(self, what: str, page: Page, now: datetime) -> None:
        """One change, on a page whose last change was seen: a look can only tell what stands there when it looks."""
        if page.unseen or page.gone_for_good or (page.answer != "200") != (what == "restore"):
            return
        if what in {"404", "410", "front page"}:
            page.answer, page.misses, page.steps = what, [], []
        elif what == "restore":
            if not page.misses:
                return
            page.answer = "200"
            page.unseen = [EventKind.RESTORED] if page.told_down else []
            page.told_down, page.misses = False, []
        elif what == "reuse":
            page.gone_for_good = True
            page.unseen = []
            self.truth[_key(page.release), EventKind.REPLACED] += 1
            self.publish(now, page.release.url)
        else:
            if what == "move":
                page.former.add(page.release.url.removeprefix(HOST))
            page.release, kind = self._changed(what, page.release, now)
            page.unseen = [kind]

    def _changed(self, what: str, release: Release, now: datetime) -> tuple[Release, EventKind]:
        if what == "edit":
            changed = replace(release, body=release.body + "\n\n" + self._text(12), modified=_moment(now))
            return changed, EventKind.EDITED
        if what == "silent edit":
            digits = release.body.replace(".5 million", ".7 million")
            body = digits if digits != release.body else release.body.replace(".7 million", ".75 million")
            return replace(
                release, body=body if body != release.body else body + " Sic."
            ), EventKind.SILENT_EDIT
        if what == "redate":
            return replace(release, published=_moment(now - timedelta(days=1))), EventKind.REDATED
        if what == "move":
            self._made += 1
            return replace(release, url=f"{HOST}/-/moved-{self._made}"), EventKind.MOVED
        return replace(
            release, contacts=(_contact(self.chance.randrange(1, 999)),)
        ), EventKind.CONTACT_CHANGED

    def seen(self, page: Page) -> None:
        """A look found the page as it stands."""
        for kind in page.unseen:
            self.truth[_key(page.release), kind] += 1
        page.unseen = []

    def missed(self, page: Page, now: datetime) -> None:
        """A look found the page down: what must have been told by now, by the words of the rule, not by its code."""
        page.misses.append(now)
        told = list(page.steps)
        over = now - page.misses[0]
        at_once = page.answer in {"410", "front page"}
        if not told and (at_once or over >= timedelta(minutes=10)):
            told.append(EventKind.REDIRECTED if page.answer == "front page" else EventKind.TAKEN_DOWN)
        if (
            len(page.misses) >= 3
            and over >= timedelta(hours=24)
            and len(told) == 1
            and over < timedelta(days=14)
        ):
            told.append(EventKind.TAKEDOWN_CONFIRMED)
        if (
            len(page.misses) >= 3
            and over >= timedelta(days=14)
            and told[-1] is not EventKind.TAKEDOWN_PERMANENT
        ):
            told.append(EventKind.TAKEDOWN_PERMANENT)
        for kind in told[len(page.steps) :]:
            self.truth[_key(page.release), kind] += 1
        page.steps = told
        page.told_down = bool(told)

    def _text(self, words: int) -> str:
        return " ".join(self.chance.choice(WORDS) for _ in range(words))


def _moment(at: datetime) -> Moment:
    return Moment(
        at.replace(second=0, microsecond=0), Precision.MINUTE, f"{at:%d.%m.%Y %H.%M}", "time[datetime]"
    )


def _contact(number: int) -> Contact:
    phone = f"0295 000 {number % 1000:03}"
    return Contact(name=f"Desk {number}", phone=phone, phones=(phone,), raw=f"Desk {number}, {phone}")


def _key(release: Release) -> str:
    return release.identity.value


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
