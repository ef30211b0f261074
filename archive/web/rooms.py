"""Newsrooms and people: what a ministry publishes, on which days we looked, and whom its releases name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from datasette.utils.asgi import Request, Response

from archive.counts import Table, count
from archive.coverage import Coverage, Day, coverage
from archive.database import Archive
from archive.dossier import newsroom as kept_newsroom
from archive.errors import UsageError
from archive.events import Happening, changes
from archive.health import Contract, Health, judge
from archive.histories import history_of
from archive.hits import Hit
from archive.incidents import open_incidents
from archive.model import Newsroom
from archive.people import Appearance, appearances, capacities
from archive.query import Query
from archive.search import search
from archive.web import plots
from archive.web.answers import NotHere, ask, html, view

DAYS = 53 * 7


@dataclass(frozen=True, slots=True)
class Room:
    """A newsroom as the list shows it."""

    slug: str
    name: str
    country: str
    releases: int
    newest: str | None
    outcome: str | None
    incidents: str | None  # the kinds of those that are open


@dataclass(frozen=True, slots=True)
class State:
    """How a newsroom is, as ``communique health`` judges it, and since when each of its troubles is known."""

    health: Health
    since: dict[str, datetime]


@view
async def rooms(datasette: Any, request: Request) -> Response:
    """``/newsrooms``: every newsroom with how much there is and how the last look ended."""
    found = await ask(datasette, _rooms)
    countries: dict[str, list[Room]] = {}
    for room in found:
        countries.setdefault(room.country, []).append(room)
    return html("newsrooms.html", countries=countries)


@view
async def room(datasette: Any, request: Request) -> Response:
    """``/newsroom/SLUG``: newest releases, what it publishes when, coverage calendar, incidents."""
    slug = request.url_vars["slug"]

    contract = datasette.contracts.get(slug, Contract())

    def answer(
        archive: Archive,
    ) -> tuple[Newsroom, tuple[Hit, ...], list[Happening], Table, Coverage, State]:
        today = datetime.now(UTC).date()
        return (
            _newsroom(archive, slug),
            search(archive, Query(newsrooms=(slug,), limit=15)).hits,
            changes(archive, 8, slug),
            count(archive, Query(newsrooms=(slug,)), ("month",)),
            coverage(archive, slug, _monday(today - timedelta(days=DAYS)), today),
            _state(archive, slug, contract),
        )

    found, hits, happened, months, seen, state = await ask(datasette, answer)
    months_plot = plots.bars(
        f"Releases of {found.name} by month", [(row[0][0], row[1]) for row in months.rows if row[0][0]]
    )
    return html(
        "newsroom.html",
        room=found,
        hits=hits,
        changes=happened,
        plot=months_plot,
        weeks=_weeks(seen.days),
        state=state,
    )


@view
async def person(datasette: Any, request: Request) -> Response:
    """``/person?name=…`` or ``?email=…``: the contact history of a person or a desk."""
    name, email = request.args.get("name"), request.args.get("email")
    if not (name or email):
        raise UsageError("a person's page needs a name or an e-mail address")
    found: list[Appearance] = await ask(
        datasette, lambda archive: appearances(archive, name=name, email=email)
    )
    if not found:
        raise NotHere(f"no release names {name or email}")
    return html("person.html", who=name or email, found=found, capacities=capacities(found))


def _rooms(archive: Archive) -> list[Room]:
    rows = archive.connection.execute(
        "select n.slug, n.name, coalesce(n.country, '') as country,"
        " (select coalesce(sum(releases), 0) from release_counts c where c.newsroom = n.slug) as releases,"
        " (select published_at from releases r where r.newsroom = n.slug order by position desc limit 1) as newest,"
        " (select outcome from polls p where p.newsroom = n.slug order by started_at desc limit 1) as outcome,"
        " (select group_concat(kind, ', ') from incidents i where i.newsroom = n.slug and closed_at is null) as incidents"
        " from newsrooms n order by country, n.name"
    )
    return [Room(**dict(row)) for row in rows]


def _state(archive: Archive, slug: str, contract: Contract) -> State:
    health = judge(history_of(archive, slug), contract, datetime.now(UTC))
    since = {
        seen.trouble.kind: seen.opened_at
        for incident in open_incidents(archive, slug)
        for seen in incident.troubles
        if seen.closed_at is None
    }
    return State(health, since)


def _newsroom(archive: Archive, slug: str) -> Newsroom:
    try:
        return kept_newsroom(archive.connection, slug)
    except UsageError as error:
        raise NotHere(str(error)) from None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(days: tuple[Day, ...]) -> list[tuple[Day, ...]]:
    return [days[at : at + 7] for at in range(0, len(days), 7)]
