"""Coverage: on which days we looked, what we saw, and what we can't know. "Nothing was there" needs a look.

A day is *seen* when a look that day ended well or a later look reached back over it; *open* while a gap lies on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from archive.database import Archive
from archive.errors import UsageError
from archive.positions import positions_between
from archive.rows import instant

#: outcomes of a poll after which we know what the source had
_GOOD = frozenset({"ok", "unchanged"})
#: the first day of a look and the last day of a good one: what lies between was reached over
_Span = tuple[date, date]


class DayState(StrEnum):
    """What we can say about one day of one newsroom."""

    SEEN = "seen"  # looked, and the look ended well
    CAUGHT_UP = "caught up"  # no good look that day, but a later one reached back over it
    GAP = "gap"  # something may have been published that we have not seen
    BLOCKED = "blocked"  # looked, and was refused
    FAILED = "failed"  # looked, and the source was broken or unreachable; nothing later made up for it
    NOT_LOOKED = "not looked"


@dataclass(frozen=True, slots=True)
class Day:
    """One UTC day: how often we looked, how many looks ended well, how many releases bear its date."""

    day: date
    state: DayState
    looks: int = 0
    good: int = 0
    releases: int = 0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A time that we did not see, as isoformat times; ``closed_at`` when a later sweep made up for it."""

    source: str | None
    from_at: str | None
    to_at: str | None
    reason: str
    closed_at: str | None

    def covers(self, day: date) -> bool:
        """Whether the gap lies on that day; an open end reaches to the present."""
        start = instant(self.from_at).date() if self.from_at else date.min
        end = instant(self.to_at).date() if self.to_at else date.max
        return start <= day <= end


@dataclass(frozen=True, slots=True)
class Coverage:
    """The calendar of one newsroom, its gaps (open and closed), and the first day somebody looked."""

    newsroom: str
    days: tuple[Day, ...]
    gaps: tuple[Gap, ...]
    first_look: date | None


def coverage(archive: Archive, newsroom: str, since: date, until: date) -> Coverage:
    """The days from ``since`` to ``until``, both included. Raises UsageError for a newsroom never crawled."""
    connection = archive.connection
    if not connection.execute("select 1 from newsrooms where slug = ?", (newsroom,)).fetchone():
        raise UsageError(f"no newsroom {newsroom!r} in {archive.path}; communique newsrooms lists them")
    looks = _looks(archive, newsroom)
    gaps = _gaps(archive, newsroom)
    releases = _releases(archive, newsroom, since, until)
    good = [day for day, outcomes in looks.items() if outcomes.keys() & _GOOD]
    span = (min(looks), max(good)) if good else (date.max, date.min)
    days = tuple(
        _day(day, looks.get(day, Counter()), gaps, releases[day], span) for day in _range(since, until)
    )
    return Coverage(newsroom, days, gaps, min(looks, default=None))


def _day(day: date, outcomes: Counter[str], gaps: tuple[Gap, ...], releases: int, span: _Span) -> Day:
    good = sum(outcomes[outcome] for outcome in _GOOD)
    reasons = tuple(dict.fromkeys(gap.reason for gap in gaps if gap.closed_at is None and gap.covers(day)))
    state = DayState.GAP if reasons else _state(outcomes, span[0] <= day <= span[1])
    return Day(day, state, outcomes.total(), good, releases, reasons)


def _state(outcomes: Counter[str], reached_over: bool) -> DayState:
    if outcomes.keys() & _GOOD:
        return DayState.SEEN
    if reached_over:
        return DayState.CAUGHT_UP
    if outcomes["blocked"]:
        return DayState.BLOCKED
    return DayState.FAILED if outcomes else DayState.NOT_LOOKED


def _looks(archive: Archive, newsroom: str) -> dict[date, Counter[str]]:
    """Outcomes of the looks of each day."""
    looks: dict[date, Counter[str]] = {}
    rows = archive.connection.execute(
        "select substr(started_at, 1, 10) as day, outcome, count(*) as n from polls where newsroom = ?"
        " group by day, outcome",
        (newsroom,),
    )
    for row in rows:
        looks.setdefault(date.fromisoformat(row["day"]), Counter())[row["outcome"]] += row["n"]
    return looks


def _gaps(archive: Archive, newsroom: str) -> tuple[Gap, ...]:
    rows = archive.connection.execute(
        "select source, from_at, to_at, reason, closed_at from gaps where newsroom = ? order by id",
        (newsroom,),
    )
    return tuple(Gap(*row) for row in rows)


def _releases(archive: Archive, newsroom: str, since: date, until: date) -> Counter[date]:
    """Releases by the day they bear; those without a date count nowhere."""
    rows = archive.connection.execute(
        "select substr(published_at, 1, 10) as day, count(*) as n from releases where newsroom = ?"
        " and position >= ? and position < ? and published_at >= ? and published_at < ? group by day",
        (
            newsroom,
            *positions_between(since, until),
            since.isoformat(),
            (until + timedelta(days=1)).isoformat(),
        ),
    )
    return Counter({date.fromisoformat(row["day"]): row["n"] for row in rows})


def _range(since: date, until: date) -> Iterator[date]:
    for offset in range((until - since).days + 1):
        yield since + timedelta(days=offset)
