"""How the share of releases that say something moves over time, and how ministries edit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from statistics import median

from archive.counts import count
from archive.database import Archive, named_errors
from archive.query import Query
from archive.rows import instant

#: kinds of events that are edits of what a release says
EDITS = ("edited", "silent edit", "re-dated", "contact changed", "link changed", "attachment changed")


@dataclass(frozen=True, slots=True)
class Share:
    """One period: so many releases in all, and so many that say each term."""

    period: str
    releases: int
    saying: tuple[int, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """Of each term, from 0 to 1."""
        return tuple(number / self.releases for number in self.saying)


@dataclass(frozen=True, slots=True)
class Editing:
    """How a newsroom edits. ``hours`` is the median from our first look to the first edit seen; None without edits."""

    newsroom: str
    ministry: str
    releases: int
    edited: int
    silent: int
    hours: float | None

    @property
    def silent_share(self) -> float | None:
        """The share of the edited releases with an edit that the page didn't tell."""
        return self.silent / self.edited if self.edited else None


def trends(archive: Archive, terms: tuple[str, ...], query: Query, by: str = "year") -> list[Share]:
    """The share of each term by ``year`` or ``month``, within the filters of ``query``. Releases without a date don't count."""
    whole = {row[0][0]: row[1] for row in count(archive, replace(query, text=""), (by,)).rows}
    saying = [
        {row[0][0]: row[1] for row in count(archive, replace(query, text=term), (by,)).rows} for term in terms
    ]
    return [
        Share(period, whole[period], tuple(found.get(period, 0) for found in saying))
        for period in sorted(filter(None, whole))
    ]


def editing(archive: Archive) -> list[Editing]:
    """Every newsroom with releases: how many were edited, how many in silence, how soon. The most edited first."""
    marks = ",".join("?" * len(EDITS))
    with named_errors(archive.path):
        rooms = archive.connection.execute(
            "select n.slug, n.name, sum(c.releases) from newsrooms n join release_counts c on c.newsroom = n.slug group by 1"
        ).fetchall()
        edits = archive.connection.execute(
            "select e.newsroom, e.release_id, min(e.at) as first, max(e.silent) as silent, r.first_seen_at from events e"
            f" join releases r on r.id = e.release_id where e.kind <> 'new' and e.kind in ({marks}) group by 1, 2",
            EDITS,
        ).fetchall()
    waits: dict[str, list[float]] = {}
    silent: dict[str, int] = {}
    for row in edits:
        waits.setdefault(row["newsroom"], []).append(
            _hours(instant(row["first_seen_at"]), instant(row["first"]))
        )
        silent[row["newsroom"]] = silent.get(row["newsroom"], 0) + bool(row["silent"])
    made = [
        Editing(
            slug,
            name,
            releases,
            len(waits.get(slug, [])),
            silent.get(slug, 0),
            median(waits[slug]) if slug in waits else None,
        )
        for slug, name, releases in rooms
    ]
    return sorted(made, key=lambda each: (-each.edited, each.ministry))


def _hours(first: datetime, last: datetime) -> float:
    return (last - first).total_seconds() / 3600
