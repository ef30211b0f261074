"""The front page: what ministries published last and changed last."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from datasette.utils.asgi import Request, Response

from archive.database import Archive
from archive.dictionary import TABLES
from archive.events import Happening, changes
from archive.hits import Hit
from archive.query import Query
from archive.search import search
from archive.web.answers import ask, html, view
from archive.web.guard import PRIVATE

NEWEST = 40


@view
async def today(datasette: Any, request: Request) -> Response:
    """``/``: the newest releases by day, and what was edited or taken down."""

    def answer(archive: Archive) -> tuple[tuple[Hit, ...], list[Happening]]:
        return search(archive, Query(limit=NEWEST)).hits, changes(archive)

    hits, happened = await ask(datasette, answer)
    days = [(day, list(group)) for day, group in groupby(hits, key=lambda hit: (hit.published_at or "")[:10])]
    return html("today.html", days=days, changes=happened)


@view
async def data(datasette: Any, request: Request) -> Response:
    """``/data``: every table with what a row of it is; the rows themselves are Datasette's pages.

    Our own list, because Datasette's counts every table first: seconds at a million releases.
    """
    urls, database = datasette.urls, datasette.get_database().name
    tables = [
        (name, table, urls.table(database, name)) for name, table in TABLES.items() if name not in PRIVATE
    ]
    return html("data.html", tables=tables, sql=urls.database(database))
