"""When a newsroom's time has come: between five minutes and a day, by how often it publishes. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(days=1)
#: looks for each usual gap between two releases: a ministry with three releases a day is looked at every 5 minutes
LOOKS_PER_GAP = 96
#: without a history nobody knows how often it publishes
UNKNOWN = timedelta(hours=1)
#: while its newest release is so young, a newsroom is looked at at least so often: edits come soon or late
_YOUNG = ((timedelta(days=1), timedelta(hours=1)), (timedelta(days=7), timedelta(hours=6)))


@dataclass(frozen=True, slots=True)
class Cadence:
    """What decides: the last look, the newest publications (aware, any order), and looks in a row that failed."""

    last_look: datetime | None
    published: tuple[datetime, ...] = ()
    failures: int = 0


def is_due(slug: str, cadence: Cadence, now: datetime) -> bool:
    """Whether the newsroom is to be looked at now."""
    return cadence.last_look is None or now >= cadence.last_look + interval(slug, cadence)


def interval(slug: str, cadence: Cadence) -> timedelta:
    """The pause after the last look: by the usual gap, longer with every failure, a tenth more or less by the slug."""
    assert cadence.last_look is not None
    usual = _usual_gap(cadence.published)
    pause = usual / LOOKS_PER_GAP if usual else UNKNOWN
    if cadence.published:
        age = cadence.last_look - max(cadence.published)
        pause = min([pause, *(every for young, every in _YOUNG if age < young)])
    pause = max(pause, SHORTEST * 2 ** min(cadence.failures, 10) if cadence.failures else SHORTEST)
    spread = zlib.crc32(f"{slug} {cadence.last_look.isoformat()}".encode()) % 1000 / 1000
    return min(pause, LONGEST) * (0.9 + 0.2 * spread)


def _usual_gap(published: Sequence[datetime]) -> timedelta | None:
    moments = sorted(set(published))
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    return timedelta(seconds=median(gaps)) if gaps else None
