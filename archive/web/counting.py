"""The page of plots: releases over time, by hour, by length, and edits, for any question."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import Any, TypeVar

from datasette.utils.asgi import Request, Response
from markupsafe import Markup

from archive.counts import Table, count
from archive.database import Archive
from archive.query import Query
from archive.search import positions
from archive.web import plots
from archive.web.answers import ask, html, view
from archive.web.asking import asked
from archive.web.plots import Series

T = TypeVar("T")
TOP = 6  # ministries with a line of their own
COUNTED = 20_000  # releases whose hour of publication is counted
NEWEST = 2_000  # releases whose length is measured


@view
async def page(datasette: Any, request: Request) -> Response:
    """``/plots``: the plots of a question; without one, of everything."""
    question = asked(request.args, "/plots")

    def answer(archive: Archive) -> tuple[Table, Table, list[int], list[Any]]:
        return (
            count(archive, question.query, ("month", "ministry")),
            count(archive, question.query, ("hour",), COUNTED),
            _lengths(archive, question.query),
            archive.connection.execute(
                "select substr(at, 1, 7) as month, sum(silent = 0) as told, sum(silent) as silent from events"
                " where kind <> 'new' and kind in ('edited', 'silent edit', 're-dated', 'contact changed', 'link changed', 'attachment changed')"
                " group by 1 order by 1"
            ).fetchall(),
        )

    by_month, by_hour, lengths, edits = await ask(datasette, answer)
    months = _summed(by_month, lambda month, _: month)
    drawn = [
        ("Releases by ministry and year", _by_ministry(by_month)),
        (
            "Releases by month",
            plots.bars("Releases by month", list(months.items())),
        ),
        (
            f"Hour of publication on the newsroom's clock, of the newest {COUNTED:,} releases",
            plots.bars("Releases by hour of publication", _hours(by_hour)),
        ),
        (
            f"Length of the newest {NEWEST:,} releases, in words",
            plots.bars("Length in words", _histogram(lengths)),
        ),
        ("Edits seen in all newsrooms, told by the page and silent", _edits(edits)),
    ]
    return html("plots.html", asked=question, plots=[(title, plot) for title, plot in drawn if plot])


def _summed(table: Table, key: Callable[[str, str], T]) -> dict[T, int]:
    """Releases by what ``key`` makes of their month and ministry, where both are told."""
    sums: dict[T, int] = {}
    for (month, ministry), releases in table.rows:
        if month and ministry:
            found = key(month, ministry)
            sums[found] = sums.get(found, 0) + releases
    return sums


def _by_ministry(table: Table) -> Markup:
    totals = Counter(_summed(table, lambda _, ministry: ministry))
    values = _summed(table, lambda month, ministry: (month[:4], ministry))
    years = sorted({year for year, _ in values})
    series = [
        Series(name, tuple(values.get((year, name), 0) for year in years))
        for name, _ in totals.most_common(TOP)
    ]
    return plots.lines("Releases by ministry and year", years, series)


def _hours(table: Table) -> list[tuple[str, float]]:
    counted = {row[0][0]: row[1] for row in table.rows if row[0][0]}
    return [(f"{hour:02}", counted.get(f"{hour:02}", 0)) for hour in range(24)] if counted else []


def _lengths(archive: Archive, query: Query) -> list[int]:
    newest = json.dumps(list(islice(positions(archive, replace(query, ever=False, as_of=None)), NEWEST)))
    rows = archive.connection.execute(
        "select body from releases where position in (select value from json_each(?))", (newest,)
    )
    return [len(row[0].split()) for row in rows]


def _histogram(lengths: list[int]) -> list[tuple[str, float]]:
    wide = 100 if max(lengths, default=0) > 800 else 50
    counted = Counter(min(length // wide, 15) for length in lengths)
    return [(f"{step * wide}+", counted[step]) for step in range(max(counted) + 1)] if counted else []


def _edits(rows: list[Any]) -> Markup:
    months = [row["month"] for row in rows]
    told, silent = tuple(row["told"] for row in rows), tuple(row["silent"] for row in rows)
    if len(months) == 1:
        return plots.bars("Edits seen", [(f"{months[0]} told", told[0]), (f"{months[0]} silent", silent[0])])
    return plots.lines("Edits seen", months, [Series("told by the page", told), Series("silent", silent)])
