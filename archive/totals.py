"""How many releases answer a question: all of them where there is time, else how many at least."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from archive import earlier
from archive.conditions import Conditions, conditions_of
from archive.database import Archive, named_errors
from archive.query import Query, read_text

#: counted in one go at first, then twice as many each time; the clock is looked at between
BLOCK = 5_000


@dataclass(frozen=True, slots=True)
class Total:
    """How many answer; not ``exact``: at least so many, the rest was not counted in the time given."""

    releases: int
    exact: bool = True

    @property
    def told(self) -> str:
        """``1,234``, or ``more than 1,234``."""
        return f"{'' if self.exact else 'more than '}{self.releases:,}"


def total(archive: Archive, query: Query, seconds: float = 1.0) -> Total:
    """Counts what answers ``query`` (its ``limit`` and ``after`` don't count). Raises UsageError as ``search`` does."""
    with named_errors(archive.path):
        reading = read_text(replace(query, after=None))
        conditions = conditions_of(archive.connection, reading)
        over_time = query.ever or query.as_of
        if conditions.is_summed_up and not over_time:
            sql = " and ".join(
                ("select coalesce(sum(r.releases), 0) from release_totals r where true", *conditions.where)
            )
            return Total(archive.connection.execute(sql, conditions.parameters).fetchone()[0])
        deadline = time.monotonic() + seconds
        if not over_time:
            return _counted(archive, conditions, deadline)
        now = _counted(archive, earlier.unchanged_since(conditions, reading.query), deadline)
        then = sum(1 for _ in earlier.only_then(archive.connection, conditions, reading.query))
        return Total(now.releases + then, now.exact)


def _counted(archive: Archive, conditions: Conditions, deadline: float) -> Total:
    found, below, most = 0, None, BLOCK
    while True:
        sql, values = conditions.sql(f"{conditions.key} as position", high=below)
        block = f"{sql} order by 1 desc limit {most}"
        counted, below = archive.connection.execute(
            f"select count(*), min(position) from ({block})", values
        ).fetchone()
        found += counted
        if counted < most:
            return Total(found)
        if time.monotonic() > deadline:
            return Total(found, exact=False)
        most *= 2
