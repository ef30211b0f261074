"""``python -m tests.simulation.run FOLDER SEED DAYS PAPERS``: a simulated time, crawled twice a day by the real engine.

Prints one JSON object: events missed, events that never happened, releases in a wrong state, seconds, requests.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

from tests.simulation.engine import crawl, describe, run_in_reactor
from tests.simulation.ministry import HOST, START, Ministry, Paper, invent
from tests.simulation.site import serving

STATES = {
    "gone": "missing_permanent",
    "not found": "missing_permanent",
    "front page": "missing_permanent",
    "replaced": "replaced",
}


def looks(days: int) -> Iterator[datetime]:
    """Twice a day, and never at quite the same minute."""
    for day in range(days):
        yield START + timedelta(days=day, hours=7, minutes=day * 7 % 50)
        yield START + timedelta(days=day, hours=19, minutes=day * 11 % 50)


async def live(folder: Path, ministry: Ministry) -> None:
    """The whole time, look by look."""
    with (
        time_machine.travel(START, tick=True) as clock,
        serving([ministry], lambda: datetime.now(UTC)) as site,
    ):
        for look in looks(ministry.days):
            clock.move_to(look)
            await crawl(folder, site.port, ["xx_ministry"])


def compare(folder: Path, ministry: Ministry) -> dict[str, object]:
    """The archive against the truth."""
    connection = sqlite3.connect(folder / "archive.db")
    told = Counter(
        (headline.partition(":")[0], kind)
        for headline, kind in connection.execute(
            "select r.headline, e.kind from events e join releases r on r.id = e.release_id"
        )
    )
    truth = Counter(ministry.truth)
    invented = Counter({event: n for event, n in (told - truth).items() if event not in ministry.optional})
    states = {
        headline.partition(":")[0]: state
        for headline, state in connection.execute("select headline, state from releases")
    }
    wrong = {
        paper.key: (states.get(paper.key), wanted)
        for paper in ministry.papers
        if states.get(paper.key) != (wanted := _state(paper))
    }
    return {
        "events": truth.total(),
        "missed": sorted((truth - told).elements()),
        "invented": sorted(invented.elements()),
        "wrong states": wrong,
        "revisions": connection.execute("select count(*) from revisions").fetchone()[0],
        "requests": ministry.served,
    }


def _state(paper: Paper) -> str:
    """How it stands at the end: gone in its way, or there, with or without a banner that withdraws it."""
    if paper.end and not paper.until and paper.end[1] in STATES:
        return STATES[paper.end[1]]
    return "withdrawn" if paper.texts[-1][1].notice else "present"


def main(folder: Path, seed: int, days: int, papers: int) -> None:
    """Invents, lives, compares and prints; ends the process."""
    describe(folder, {"ministry": ("Ministry of Samples", HOST)})

    async def tell() -> None:
        ministry = invent(seed, days, papers)
        begun = time.perf_counter()
        await live(folder, ministry)
        seconds = round(time.perf_counter() - begun, 1)
        sys.stdout.write(json.dumps(compare(folder, ministry) | {"seconds": seconds}, indent=1) + "\n")

    run_in_reactor(tell)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
