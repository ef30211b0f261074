"""All hostile newsrooms at once in one crawling process, beside healthy ones: what the machine and the neighbours feel."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.hostile import test_content, test_hosts, test_listings, test_network
from tests.hostile.pages import site
from tests.hostile.run import Newsroom, Told, run
from tests.replay import Replay, replay

HEALTHY, RELEASES = 12, 40
#: seconds between an answer and the next question to one host
DELAY = 0.2


@dataclass(frozen=True)
class Together:
    """Memory in MB, times in seconds. ``stall`` is the longest that a healthy host waited beyond its own pause."""

    newsrooms: int
    requests: int
    healthy: int
    arrived: int
    stall: float
    peak_mb: float
    guarded: int
    seconds: float
    returncode: int
    told: Told


def healthy() -> list[Newsroom]:
    names = [f"n{number}" for number in range(RELEASES)]
    return [
        Newsroom(f"well{number}", site(f"well{number}.example", names), f"delay = {DELAY}\n{LISTED}")
        for number in range(HEALTHY)
    ]


LISTED = 'sources = [{ listing = "/news", item = "main li" }]'


def hostile(guarded: test_hosts.Listener) -> list[Newsroom]:
    """The newsrooms of every case that crawls."""
    return [
        *test_network.newsrooms(),
        *test_hosts.newsrooms(guarded),
        *test_listings.first_day(),
        *test_content.newsrooms(),
    ]


def measure(folder: Path) -> Together:
    """One crawl over all of them."""
    guarded = test_hosts.Listener()
    wells, ills = healthy(), hostile(guarded)
    pages = {address: page for room in (*ills, *wells) for address, page in room.pages.items()}
    begun = time.perf_counter()
    with replay(pages) as server:
        told = run(server, folder, [*ills, *wells], REPLAY_DELAY=DELAY)
    guarded.close()
    return Together(
        newsrooms=len(ills),
        requests=len(server.asked),
        healthy=HEALTHY * RELEASES,
        arrived=sum(len(told.stored(room.slug)) for room in wells),
        stall=max(_stall(server, room.host) for room in wells),
        peak_mb=told.peak_mb(),
        guarded=guarded.hits,
        seconds=time.perf_counter() - begun,
        returncode=told.returncode,
        told=told,
    )


def _stall(server: Replay, host: str) -> float:
    moments = [at for at, address in server.asked if address.startswith(f"{host}/")]
    return max(later - earlier for earlier, later in pairwise(moments)) - DELAY
