"""The few files that our pages need, served from the package."""

from __future__ import annotations

from importlib.resources import files

from datasette.utils.asgi import Response


async def style() -> Response:
    """Our style sheet."""
    return _file("style.css", "text/css; charset=utf-8")


async def tables() -> Response:
    """What Datasette's pages look like here."""
    return _file("tables.css", "text/css; charset=utf-8")


async def robots() -> Response:
    """An archive is no newsroom: search engines should show the ministry's page."""
    return Response.text("User-agent: *\nDisallow: /\n")


def _file(name: str, content_type: str) -> Response:
    text = files("archive.web").joinpath("static", name).read_text(encoding="utf-8")
    return Response(text, headers={"cache-control": "max-age=300"}, content_type=content_type)
