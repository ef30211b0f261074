"""``python -m tests.simulation.month FOLDER SEED NEWSROOMS DAYS``: many newsrooms with faults, once a day, in one process.

Prints a table on stderr and one JSON object on stdout: looks and what was told by kind of fault, releases missed or doubled, troubles that a run did not tell, alarms without a trouble, incidents
beyond one a trouble, and the shortest pause between two requests to a host against the asked one.
"""

from __future__ import annotations

import json
import random
import sqlite3
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine

from crawler.tally import Tally
from tests.simulation.engine import crawl, describe, run_in_reactor
from tests.simulation.ministry import FAULTS, START, Ministry, invent
from tests.simulation.site import Site, serving

DELAY = 0.01


@dataclass
class Score:
    """What went otherwise than the truth, and by kind of fault how many looks fell into one and were told."""

    untold: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    looks: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)

    def look(
        self, at: datetime, ministries: list[Ministry], tallies: dict[str, Tally], failed: set[str]
    ) -> None:
        """A trouble of the site must be a verdict of the same run, and no other may be. ``failed``: as in ``Site``."""
        for number, ministry in enumerate(ministries):
            tally = tallies[f"xx_m{number:03}"]
            spell = ministry.spell(at)
            if spell == "release" and ministry.host not in failed:
                continue
            if spell:
                self.looks[spell] += 1
                self.told[spell] += tally.verdict != "ok"
            if spell and tally.verdict == "ok":
                self.untold.append(f"{at:%m-%d} {ministry.host} {spell}")
            if not spell and tally.verdict != "ok":
                self.alarms.append(f"{at:%m-%d} {ministry.host} {tally.verdict}: {tally.trouble[:1]}")


def invent_all(seed: int, count: int, days: int) -> list[Ministry]:
    """Newsrooms of three to seven releases; every second one has one fault or two, of some hours to a day and a half each."""
    chance = random.Random(seed)
    return [
        invent(
            seed * 1000 + number,
            days,
            chance.randint(3, 7),
            host=f"m{number:03}.example",
            spells=chance.sample(FAULTS, k=chance.choice((1, 1, 2))) if number % 2 else (),
        )
        for number in range(count)
    ]


def compare(folder: Path, ministries: list[Ministry], site: Site, last: datetime) -> dict[str, object]:
    """The archive and the server's own log against the truth."""
    connection = sqlite3.connect(folder / "archive.db")
    stored = Counter(
        (slug, headline.partition(":")[0])
        for slug, headline in connection.execute("select newsroom, headline from releases")
    )
    missed = [
        paper.key
        for number, ministry in enumerate(ministries)
        for paper in ministry.papers
        if paper.born < last and not stored[f"xx_m{number:03}", paper.key]
    ]
    incidents = Counter(
        row[0] for row in connection.execute("select newsroom from incidents where kind != 'quiet'")
    )
    return {
        "releases": sum(stored.values()),
        "missed": missed,
        "doubled": [key for key, count in stored.items() if count > 1],
        "incidents beyond one a trouble": {
            slug: count for slug, count in incidents.items() if count > len(ministries[int(slug[-3:])].spells)
        },
        "incidents": incidents.total(),
        "incidents still open": connection.execute(
            "select count(*) from incidents where closed_at is null and kind != 'quiet'"
        ).fetchone()[0],
        "requests": sum(map(len, site.asked.values())),
        "least pause of a host": round(min(site.least_gap(ministry.host) for ministry in ministries), 4),
        "asked pause": DELAY,
    }


async def live(folder: Path, ministries: list[Ministry]) -> dict[str, object]:
    """The whole time, a look a day, each later in the day."""
    score = Score()
    slugs = [f"xx_m{number:03}" for number in range(len(ministries))]
    # always a little more than a day apart: an answer of robots.txt stands for 24 hours
    looks = [START + timedelta(days=day, hours=6, minutes=25 * day) for day in range(ministries[0].days)]
    with (
        time_machine.travel(START, tick=True) as clock,
        serving(ministries, lambda: datetime.now(UTC)) as site,
    ):
        for look in looks:
            clock.move_to(look)
            site.failed.clear()
            tallies = await crawl(folder, site.port, slugs, DELAY)
            score.look(look, ministries, tallies, site.failed)
        found = compare(folder, ministries, site, looks[-1])
    return {"looks": score.looks, "told": score.told, "untold": score.untold, "alarms": score.alarms, **found}


def table(found: dict[str, Any]) -> str:
    """The findings for a person."""
    lines = ["fault        looks   told"]
    lines += [
        f"{kind:12} {found['looks'][kind]:5} {found['told'][kind]:6}" for kind in sorted(found["looks"])
    ]
    for name in (
        "releases",
        "requests",
        "least pause of a host",
        "asked pause",
        "incidents",
        "incidents still open",
        "seconds",
    ):
        lines.append(f"{name:24} {found[name]:>8}")
    for name in ("missed", "doubled", "untold", "alarms", "incidents beyond one a trouble"):
        lines.append(f"{name:32} {len(found[name])} {found[name] or ''}")
    return "\n".join(lines) + "\n"


def main(folder: Path, seed: int, count: int, days: int) -> None:
    """Invents, lives, compares and prints; ends the process."""
    describe(
        folder,
        {f"m{number:03}": (f"Ministry {number}", f"m{number:03}.example") for number in range(count)},
    )

    async def tell() -> None:
        begun = time.perf_counter()
        found = await live(folder, invent_all(seed, count, days))
        found |= {"seconds": round(time.perf_counter() - begun, 1)}
        sys.stderr.write(table(found))
        sys.stdout.write(json.dumps(found, indent=1) + "\n")

    run_in_reactor(tell)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
