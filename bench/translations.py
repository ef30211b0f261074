"""A newsroom in three languages for half a year, seeded: which translations stayed behind, and which the archive says did.

    python -m bench.translations [--days 180] [--seed 1] [--families 60]

Each release stands in three languages that print numbers each in its own way. Edits change a number, a contact, the date
or only words, in one version; the others follow in two days, in ten, or never, and some edits are taken back. The truth
is written down by the site, which knows nothing of the archive: behind is what still says it after three days.
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
from typing import Any

from archive import known
from archive.model import Contact, EventKind, Exchange, Identity, Moment, Newsroom, Precision, Release
from archive.store import Writer

START = datetime(2026, 1, 1, 6, 0, tzinfo=UTC)
STEP = timedelta(hours=12)
WITHIN = timedelta(hours=72)
LANGUAGES = ("fi", "sv", "en")
WORDS = {
    "fi": "satama lautta saari talousarvio koulu tie talvi tuki valtuusto ministeri".split(),
    "sv": "hamn färja holme budget skola väg vinter stöd råd minister".split(),
    "en": "harbour ferry island budget school road winter support council minister".split(),
}
#: how each language prints a number of millions with one decimal, and one of thousands
MILLIONS = {"fi": "{0},{1} miljoonaa", "sv": "{0},{1} miljoner", "en": "{0}.{1} million"}
THOUSANDS = {"fi": "{0} {1:03}", "sv": "{0} {1:03}", "en": "{0},{1:03}"}
DELAYS = (timedelta(days=2), timedelta(days=10), None)


@dataclass(frozen=True, slots=True)
class Said:
    """What a version says, whatever its language."""

    millions: tuple[int, int]
    thousands: tuple[int, int]
    phone: int
    day: int
    words: int = 0


@dataclass(slots=True)
class Family:
    """One release in three languages. ``edited`` is the version that changed last, and when; ``follows`` when each other does.

    ``shown`` is when a look first got an edited version, ``behind`` which versions were got unedited too long after it.
    """

    number: int
    said: dict[str, Said]
    edited: tuple[str, datetime, Said] | None = None
    material: bool = False
    follows: dict[str, datetime | None] = field(default_factory=dict)
    shown: datetime | None = None
    behind: set[str] = field(default_factory=set)

    def url(self, language: str) -> str:
        """Where a version stands."""
        return f"https://three.example/{language}/-/{self.number}"

    def read(self, language: str) -> Release:
        """A version as the crawl reads it."""
        said, chance = (
            self.said[language],
            random.Random(f"{self.number}{language}{self.said[language].words}"),
        )
        text = " ".join(chance.choice(WORDS[language]) for _ in range(60))
        numbers = (
            f"{MILLIONS[language].format(*said.millions)} {chance.choice(WORDS[language])},"
            f" {THOUSANDS[language].format(*said.thousands)} {chance.choice(WORDS[language])}."
        )
        phone = f"0295 000 {said.phone:03}"
        return Release(
            newsroom="three",
            url=self.url(language),
            identity=Identity("cms", f"three:{self.number}@{language}"),
            headline=f"{chance.choice(WORDS[language]).capitalize()} {chance.choice(WORDS[language])}",
            body=f"{text}\n\n{numbers}",
            language=language,
            published=Moment(
                START.replace(day=said.day, minute=self.number % 60), Precision.MINUTE, "printed", "time"
            ),
            contacts=(
                Contact(name="Desk", phone=phone, phone_e164=f"+358{phone.replace(' ', '')[1:]}", raw=phone),
            ),
            reader_version="three",
        )


class Site:
    """The newsroom; ``truth`` counts how often a version stayed behind."""

    def __init__(self, seed: int, families: int) -> None:
        self.chance = random.Random(seed)
        self.truth: Counter[str] = Counter()
        self.families = [Family(number, dict.fromkeys(LANGUAGES, self._said())) for number in range(families)]

    def live(self, now: datetime) -> None:
        """What happens in one step: translators follow, editors edit."""
        for family in self.families:
            self._follow(family, now)
        for family in self.chance.sample(self.families, 2):
            if family.edited is None:
                self._edit(family, now)

    def serve(self, family: Family, language: str, now: datetime) -> Release:
        """A version, to a look: only what looks got can be told."""
        if family.edited and family.material:
            if language not in family.follows:
                family.shown = family.shown or now
            elif family.shown and now - family.shown >= WITHIN and language not in family.behind:
                family.behind.add(language)
                self.truth[f"{family.number}@{language}"] += 1
        return family.read(language)

    def _said(self) -> Said:
        draw = self.chance.randrange
        return Said((draw(1, 99), draw(1, 10)), (draw(1, 999), draw(0, 1000)), draw(0, 1000), draw(1, 29))

    def _edit(self, family: Family, now: datetime) -> None:
        language = self.chance.choice(LANGUAGES)
        before, other = family.said[language], self._said()
        what = self.chance.choice(("millions", "thousands", "phone", "day", "words", "words"))
        new: Any = before.words + 1 if what == "words" else getattr(other, what)
        after = replace(before, **{what: new})
        family.material = what != "words" and after != before
        family.said[language] = after
        family.edited, family.shown, family.behind = (language, now, before), None, set()
        followers = [each for each in LANGUAGES if each != language]
        family.follows = {
            each: (now + delay if (delay := self.chance.choice(DELAYS)) else None) for each in followers
        }

    def _follow(self, family: Family, now: datetime) -> None:
        """Fifteen days after an edit, those that still had not followed do, or the edit is taken back."""
        if family.edited is None:
            return
        language, at, before = family.edited
        for other, when in list(family.follows.items()):
            over = now - at >= timedelta(days=15)
            if (when is not None and when <= now) or over:
                family.said[other] = family.said[language]
                del family.follows[other]
        if not family.follows and now - at >= timedelta(days=16):
            family.edited = None
        elif family.follows and now - at <= timedelta(days=1) and self.chance.random() < 0.05:
            family.said[language], family.edited = before, None  # taken back at once


def crawl(path: Path, site: Site, now: datetime) -> int:
    """Looks at what is new and at what the archive's schedule says is due; how many looks."""
    with Writer.open(path) as writer:
        writer.begin_run("three", "0")
        writer.put_newsroom(Newsroom("three", "Ministry in Three Languages"))
        pages = {family.url(tag): (family, tag) for family in site.families for tag in LANGUAGES}
        due = [page.url for page in known.due_pages(writer.archive, "three", now)]
        urls = list(pages) if now == START else due
        for url in urls:
            noise = f"{url} {now} {site.chance.random()}".encode()
            capture = writer.keep(Exchange(url, "release", 200, (), noise, now, newsroom="three"))
            writer.store(site.serve(*pages[url], now), capture)
        writer.end_run(0)
    return len(urls)


def simulate(path: Path, days: int, seed: int, families: int) -> tuple[Counter[str], Counter[str], int]:
    """Lives through the days: what stayed behind, what was told to, and how many looks it took."""
    site, looks, now = Site(seed, families), 0, START
    for step in range(days * 2):
        if step:
            site.live(now)
        looks += crawl(path, site, now)
        now += STEP
    with Writer.open(path) as writer:
        found = writer.archive.connection.execute(
            "select o.identity from events e join releases o on instr(e.detail, '(' || o.url || ')') where e.kind = ?",
            (EventKind.DIVERGED.value,),
        )
        told = Counter(str(row["identity"]).removeprefix("three:") for row in found)
    return site.truth, told, looks


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--families", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        truth, told, looks = simulate(
            Path(folder, "archive.db"), options.days, options.seed, options.families
        )
    print(f"{options.days} days, {options.families} releases in three languages, {looks} looks")
    print(
        f"stayed behind {truth.total()}, told {told.total()}, missed {dict(truth - told)}, invented {dict(told - truth)}"
    )
    return int(truth != told)


if __name__ == "__main__":
    sys.exit(main())
