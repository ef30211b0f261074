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
from archive.hits import Hit
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
    told = "A page of answers; with “more”, there are more than “total”"
    return {
        "openapi": "3.1.0",
        "info": {"title": "Communiqué", "version": "1", "description": "Government releases: read-only."},
        "paths": {
            "/api/search": _get("Search", [*ask_for, *page], told, _REFERENCE.format(name="Answers")),
            "/api/release/{id}": _get(
                "One release",
                [release_id],
                "What it says, its revisions, events and captures, its citation",
                _REFERENCE.format(name="CitedRelease"),
            ),
            "/api/count": _get(
                "Count", [*ask_for, by], "How many, by each thing", _REFERENCE.format(name="Counts")
            ),
            "/feed": _get("Feed", ask_for, "The search as Atom", media="application/atom+xml"),
            "/export.csv": _get(
                "All answers", ask_for, "A row a release; safe in spreadsheets", media="text/csv"
            ),
            "/export.jsonl": _get("All answers", ask_for, "A line a release", media="application/jsonl"),
        },
        "components": {"schemas": _schemas()},
    }


_REFERENCE = "#/components/schemas/{name}"


def _schemas() -> dict[str, Any]:
    """What the answers are made of, from the types that make them."""
    _, made = msgspec.json.schema_components((Dossier, Hit), ref_template=_REFERENCE)
    hit, found = made.pop("Hit"), made.pop("Dossier")
    del made["Part"]
    text = {"type": "string"}
    hit["properties"] |= {"headline": text, "passage": text}
    found["properties"] |= {"citation": text, "permanent_name": text}
    found["required"] += ["citation", "permanent_name"]
    optional = {"type": ["string", "null"]}
    answers = {
        "total": {"type": "integer"},
        "more": {"type": "boolean"},
        "next": {"type": ["integer", "null"]},
        "notes": {"type": "array", "items": text},
        "suggestion": optional,
        "releases": {"type": "array", "items": {"$ref": _REFERENCE.format(name="Hit")}},
    }
    row = {
        "type": "object",
        "properties": {"releases": {"type": "integer"}},
        "required": ["releases"],
        "additionalProperties": optional,
    }
    return made | {
        "Hit": hit,
        "CitedRelease": found,
        "Answers": {"type": "object", "properties": answers, "required": list(answers)},
        "Counts": {"type": "array", "items": row},
    }


def _get(
    summary: str,
    parameters: list[dict[str, Any]],
    told: str,
    schema: str | None = None,
    media: str = "application/json",
) -> dict[str, Any]:
    content = {media: {"schema": {"$ref": schema} if schema else {"type": "string"}}}
    wrong = {"description": "The question can't be meant; the page says why"}
    return {
        "get": {
            "summary": summary,
            "parameters": parameters,
            "responses": {"200": {"description": told, "content": content}, "400": wrong},
        }
    }


def _parameter(name: str, told: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": {"type": "string"}, "description": told}


def _json(value: Any) -> Response:
    body = msgspec.json.encode(value).decode("utf-8", "surrogatepass")
    return Response(body, content_type="application/json; charset=utf-8")
