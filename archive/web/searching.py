"""The search page and the feed of any search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from datasette.utils.asgi import Request, Response

from archive.atom import Feed, atom
from archive.counts import Counted, Facets, facets
from archive.database import Archive
from archive.feeds import entries
from archive.search import Page, search
from archive.totals import Total, total
from archive.web.answers import LIMIT, ask, html, view
from archive.web.asking import Asked, asked

ALL = 6.0  # seconds that a page may think whose reader asked to count all
COUNTING = 0.05  # seconds for the number of all answers
#: so many answers are all counted beside themselves; of more, only the newest: that is most of what a page costs
WHOLE, SAMPLE = 10_000, 5_000
SHOWN, MOST = 8, 200  # values beside the answers, and with those that are a click away


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter beside the answers."""

    label: str
    releases: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A filter with its values."""

    title: str
    choices: tuple[Choice, ...]

    @property
    def shown(self) -> tuple[Choice, ...]:
        """The largest, and every one that is chosen."""
        return tuple(each for at, each in enumerate(self.choices) if at < SHOWN or each.chosen)

    @property
    def rest(self) -> tuple[Choice, ...]:
        """Those behind “more”."""
        return tuple(each for each in self.choices if each not in self.shown)


@view
async def results(datasette: Any, request: Request) -> Response:
    """``/search``: the answers with counts beside them."""
    question = asked(request.args)

    count_all = question.value("counts") == "all"

    def answer(archive: Archive) -> tuple[Page, Facets, Total, dict[str, tuple[str, str]]]:
        number = total(archive, question.query, COUNTING)
        whole = count_all or (number.exact and number.releases <= WHOLE)
        counted = facets(archive, question.query, None if whole else SAMPLE)
        number = Total(counted.total) if counted.whole else number
        return search(archive, question.query), counted, number, newsrooms(archive)

    page, counted, number, rooms = await ask(datasette, answer, ALL if count_all else LIMIT)
    return html(
        "search.html",
        asked=question,
        page=page,
        number=number,
        groups=_groups(question, counted, rooms),
        whole=counted.whole,
        sample=SAMPLE,
    )


@view
async def feed(datasette: Any, request: Request) -> Response:
    """``/feed``: the same search as Atom, with a link to its next page (RFC 5005)."""
    question = asked(request.args, "/feed")
    base = f"{request.scheme}://{request.host}"
    query = replace(question.query, limit=50)
    found, following = await ask(
        datasette, lambda archive: entries(archive, query, lambda number: f"{base}/release/{number}")
    )
    head = Feed(
        title=f"Communiqué: {question.query.text or 'all releases'}",
        id=base + question.at("/search"),
        link=base + question.at("/feed"),
        next=base + question.next(following) if following is not None else None,
    )
    return Response(atom(head, found), content_type="application/atom+xml; charset=utf-8")


def newsrooms(archive: Archive) -> dict[str, tuple[str, str]]:
    """Each newsroom's name and country, by slug."""
    found = archive.connection.execute("select slug, name, country from newsrooms")
    return {row["slug"]: (row["name"], row["country"] or "") for row in found}


def _groups(question: Asked, counted: Facets, rooms: dict[str, tuple[str, str]]) -> tuple[Group, ...]:
    countries: dict[str, int] = {}
    for each in counted.newsrooms:
        country = rooms.get(each.value or "", ("", ""))[1]
        countries[country] = countries.get(country, 0) + each.releases
    by_country = tuple(Counted(*pair) for pair in sorted(countries.items(), key=lambda pair: -pair[1]))
    names = {slug: name for slug, (name, _) in rooms.items()}
    groups = (
        _group(question, "Country", "country", by_country),
        _group(question, "Newsroom", "newsroom", counted.newsrooms, names),
        _group(question, "Language", "lang", counted.languages),
        _group(question, "Type", "type", counted.types),
        _group(question, "Year", "year", counted.years),
        _group(question, "On its site", "state", counted.states),
    )
    return tuple(group for group in groups if group.choices)


def _group(
    question: Asked, title: str, name: str, values: tuple[Counted, ...], labels: dict[str, str] | None = None
) -> Group:
    choices = tuple(
        Choice(
            label=(labels or {}).get(each.value, each.value).replace("_", " "),
            releases=each.releases,
            address=question.minus(name, each.value)
            if question.having(name, each.value)
            else question.plus(name, each.value),
            chosen=question.having(name, each.value),
        )
        for each in values[:MOST]
        if each.value
    )
    return Group(title, choices)
