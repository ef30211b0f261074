"""The same answers for machines: JSON, described by ``/openapi.json``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
from datasette.utils.asgi import Request, Response

from archive import cite
from archive.counts import BY, count
from archive.database import Archive
from archive.dossier import Dossier
from archive.errors import UsageError
from archive.room import as_dict
from archive.search import search
from archive.totals import total
from archive.web.answers import ask, number, view
from archive.web.asking import MANY, asked
from archive.web.reading import find

MOST = 200
COUNTING = 0.5  # seconds


@view
async def searched(datasette: Any, request: Request) -> Response:
    """``/api/search``: a page of answers."""
    question = asked(request.args, "/api/search")
    limit = request.args.get("limit") or "20"
    if not (limit.isascii() and limit.isdigit() and 1 <= int(limit) <= MOST):
        raise UsageError(f"limit is a number from 1 to {MOST}")
    query = replace(question.query, limit=int(limit))
    page, found = await ask(
        datasette, lambda archive: (search(archive, query), total(archive, query, COUNTING))
    )
    return _json({
        "total": found.releases, "more": not found.exact, "next": page.next, "notes": page.notes, "suggestion": page.suggestion,
        "releases": [as_dict(hit) for hit in page.hits],
    })  # fmt: skip


@view
async def release(datasette: Any, request: Request) -> Response:
    """``/api/release/ID``: one release with everything about it."""
    found: Dossier = await ask(datasette, lambda archive: find(archive, number(request)))
    cited = cite.citation(found, found.release, found.current)
    return _json(
        msgspec.to_builtins(found, str_keys=True)
        | {"citation": cite.plain(cited), "permanent_name": cited.name}
    )


@view
async def counted(datasette: Any, request: Request) -> Response:
    """``/api/count``: how many answer, by one or more things."""
    question = asked(request.args, "/api/count")
    by = tuple(name for name in (request.args.get("by") or "ministry").split(",") if name)

    def answer(archive: Archive) -> list[dict[str, Any]]:
        table = count(archive, question.query, by)
        return [
            dict(zip((*by, "releases"), (*values, releases), strict=True)) for values, releases in table.rows
        ]

    return _json(await ask(datasette, answer))


async def openapi() -> Response:
    """``/openapi.json``: what the addresses above take and give."""
    return _json(description())


def description() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    filters = [_parameter(name, f"Only this {name}; may be repeated") for name in MANY]
    ask_for = [
        _parameter("q", 'What is searched for: words, "phrases", AND OR NOT, prefix*, field:value'),
        *filters,
        _parameter("since", "Published on this day or later: 2022, 2022-06 or 2022-06-21"),
        _parameter("until", "Published on this day or earlier"),
        _parameter("exact", "1: only the words as typed"),
        _parameter("ever", "1: also what earlier revisions said"),
        _parameter("asof", "What was said at the end of that day"),
    ]
    page = [
        _parameter("sort", "date or relevance"),
        _parameter("limit", f"1 to {MOST}"),
        _parameter("after", "The page's “next”"),
    ]
    by = _parameter("by", f"One or more, with commas: {', '.join(BY)}")
    release_id = {
        "name": "id",
        "in": "path",
        "required": True,
        "schema": {"type": "integer"},
        "description": "The release's id",
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Communiqué", "version": "1", "description": "Government releases: read-only."},
        "paths": {
            "/api/search": _get(
                "Search",
                [*ask_for, *page],
                "A page of answers: total (“more”: there are more than these), next, notes, releases",
            ),
            "/api/release/{id}": _get(
                "One release", [release_id], "What it says, its revisions, events and captures, its citation"
            ),
            "/api/count": _get(
                "Count", [*ask_for, by], "A list with a value for each thing counted by, and releases"
            ),
            "/feed": _get("Feed", ask_for, "The search as Atom", "application/atom+xml"),
        },
    }


def _get(
    summary: str, parameters: list[dict[str, Any]], told: str, media: str = "application/json"
) -> dict[str, Any]:
    wrong = {"description": "The question can't be meant; the page says why"}
    return {
        "get": {
            "summary": summary,
            "parameters": parameters,
            "responses": {"200": {"description": told, "content": {media: {}}}, "400": wrong},
        }
    }


def _parameter(name: str, told: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": {"type": "string"}, "description": told}


def _json(value: Any) -> Response:
    body = msgspec.json.encode(value).decode("utf-8", "surrogatepass")
    return Response(body, content_type="application/json; charset=utf-8")
