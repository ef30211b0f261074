"""The archive for Python programs and notebooks: ask, read, count, cite; typed values, tables where pandas is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from archive import cite
from archive.closing import Closing
from archive.counts import Table, count
from archive.database import Archive, open_archive
from archive.dossier import Dossier, dossier
from archive.export import Record, records
from archive.hits import Hit
from archive.query import Query, Sort, first_day, last_day
from archive.search import Page, search
from archive.snippets import plain
from archive.totals import Total, total

if TYPE_CHECKING:
    import pandas as pd

Day = str | date | None
Names = str | tuple[str, ...] | list[str]


@dataclass(frozen=True)
class Answers:
    """A page of answers: iterate over its hits. How many there are on all pages is counted when it is asked for."""

    page: Page
    archive: Archive

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.page.hits)

    def __len__(self) -> int:
        return len(self.page.hits)

    @cached_property
    def _counted(self) -> Total:
        return total(self.archive, self.page.query)

    @property
    def total(self) -> int:
        """How many releases answer, as far as a second's counting comes."""
        return self._counted.releases

    @property
    def more(self) -> bool:
        """Whether there are more than ``total``."""
        return not self._counted.exact

    def to_dicts(self) -> list[dict[str, Any]]:
        """The hits as plain dictionaries, headline and passage as text."""
        return [as_dict(hit) for hit in self.page.hits]

    def to_pandas(self) -> pd.DataFrame:
        """The hits as a table, by id: ``published_at`` is an instant in UTC, ``published_local`` as printed. Needs pandas."""
        import pandas as pd

        made = pd.DataFrame(self.to_dicts(), columns=[field.name for field in fields(Hit)]).set_index("id")
        made["published_local"] = made["published_at"]
        instants = pd.to_datetime(made["published_at"], utc=True, format="ISO8601")
        made["published_at"] = instants.astype("datetime64[us, UTC]")
        return made


class Room(Closing):
    """An archive opened for reading. Every question takes the filters of ``make_query``."""

    def __init__(self, path: str | PathLike[str]) -> None:
        self.archive = open_archive(Path(path))

    def search(self, text: str = "", **filters: Any) -> Answers:
        """The releases that answer, newest first unless ``sort="relevance"``. Raises UsageError for a filter that can't be meant."""
        return Answers(search(self.archive, make_query(text, **filters)), self.archive)

    def every(self, text: str = "", **filters: Any) -> Iterator[Record]:
        """All the releases that answer, whole, newest first; a stream in constant memory."""
        return records(self.archive, make_query(text, **filters))

    def release(self, release_id: int) -> Dossier:
        """One release with its history and evidence. Raises UsageError where there is none."""
        return dossier(self.archive, release_id)

    def count(self, *by: str, text: str = "", **filters: Any) -> Table:
        """How many answer, by ministry, country, language, type, state, year, month, day, weekday or hour."""
        return count(self.archive, make_query(text, **filters), by)

    def cite(self, release_id: int) -> cite.Citation:
        """The citation of what a release says now."""
        found = self.release(release_id)
        return cite.citation(found, found.release, found.current)

    def close(self) -> None:
        """Closes the archive."""
        self.archive.close()


def make_query(
    text: str = "",
    *,
    country: Names = (),
    newsroom: Names = (),
    ministry: Names = (),
    language: Names = (),
    type: Names = (),  # noqa: A002 - the filter's name everywhere
    state: Names = (),
    contact: Names = (),
    since: Day = None,
    until: Day = None,
    as_of: Day = None,
    **more: Any,
) -> Query:
    """A question from plain values: days as ``date``, ``"2022"``, ``"2022-06"`` or ``"2022-06-21"``; one name or several.

    ``more`` may hold ``exact``, ``ever``, ``sort``, ``limit`` and ``after``. Raises UsageError for a day that is none.
    """
    query = Query(
        text,
        countries=_names(country), newsrooms=_names(newsroom), ministries=_names(ministry), languages=_names(language),
        types=_names(type), states=_names(state), contacts=_names(contact),
        since=_day(since, last=False), until=_day(until, last=True), as_of=_day(as_of, last=True),
    )  # fmt: skip
    return replace(query, **more | ({"sort": Sort(more["sort"])} if "sort" in more else {}))


def as_dict(hit: Hit) -> dict[str, Any]:
    """A hit as a dictionary, headline and passage as text."""
    made: dict[str, Any] = msgspec.to_builtins(hit)
    return made | {"headline": plain(hit.headline), "passage": plain(hit.passage)}


def _names(value: Names) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _day(value: Day, *, last: bool) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return last_day(value) if last else first_day(value)
