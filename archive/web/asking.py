"""A question as a page's address, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from archive.errors import UsageError
from archive.query import Query, Sort, first_day, last_day

#: a page's parameter → the query's field, for filters with many values
MANY = {
    "country": "countries", "newsroom": "newsrooms", "ministry": "ministries", "lang": "languages", "type": "types",
    "state": "states", "contact": "contacts",
}  # fmt: skip
SINGLE = ("q", "since", "until", "year", "sort", "exact", "ever", "asof", "counts")
PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks: the query, and its parameters as given, for links that change one of them."""

    query: Query
    given: tuple[tuple[str, str], ...]
    path: str = "/search"

    def value(self, name: str) -> str:
        """The first value of a parameter, or nothing."""
        return next((value for key, value in self.given if key == name), "")

    def having(self, name: str, value: str) -> bool:
        """Whether the address has this parameter with this value."""
        return (name, value) in self.given

    def plus(self, name: str, value: str, path: str | None = None) -> str:
        """The address with this parameter set to this value, on its first page."""
        kept = [(key, old) for key, old in self.given if key not in (name, "after")]
        return _address(path or self.path, [*kept, (name, value)])

    def minus(self, name: str, value: str) -> str:
        """The address without this parameter, on its first page."""
        return _address(
            self.path, [pair for pair in self.given if pair != (name, value) and pair[0] != "after"]
        )

    def next(self, after: int) -> str:
        """The address of the page that follows."""
        return _address(
            self.path, [*[pair for pair in self.given if pair[0] != "after"], ("after", str(after))]
        )

    def at(self, path: str) -> str:
        """The same question at another address: its feed, its export."""
        return _address(path, [pair for pair in self.given if pair[0] != "after"])

    @property
    def filters(self) -> list[tuple[str, str]]:
        """The filters that are set, to be taken away one by one."""
        return [(name, value) for name, value in self.given if name not in ("q", "sort", "after", "counts")]


def asked(args: Any, path: str = "/search") -> Asked:
    """Reads a request's parameters. Raises UsageError for a day or a page that can't be meant."""
    given = tuple(
        (name, value.strip())
        for name in (*MANY, *SINGLE, "after")
        for value in args.getlist(name)
        if value.strip()
    )
    many: dict[str, Any] = {
        field: tuple(value for key, value in given if key == name) for name, field in MANY.items()
    }
    first = dict(reversed(given))
    since, until = first.get("since") or first.get("year"), first.get("until") or first.get("year")
    query = Query(
        first.get("q", ""),
        **many,
        since=first_day(since) if since else None,
        until=last_day(until) if until else None,
        ever=first.get("ever") == "1",
        as_of=last_day(first["asof"]) if "asof" in first else None,
        exact=first.get("exact") == "1",
        sort=Sort.RELEVANCE if first.get("sort") == "relevance" else Sort.DATE,
        limit=PER_PAGE,
        after=_after(first.get("after")),
    )
    return Asked(query, given, path)


def _after(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise UsageError("this page of answers doesn't exist: begin again with the first")
    return int(text)


def _address(path: str, pairs: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path
