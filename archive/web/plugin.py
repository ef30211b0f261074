"""What our pages are to Datasette: routes, a guarded connection, headers that let nothing archived act."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import Request, Response

from archive.web import failing, routes
from archive.web.guard import guard

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

#: Datasette's pages have scripts and style sheets of their own; inline scripts stay off
TABLES = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    """Our pages come before Datasette's."""
    return routes.ROUTES


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection, database: str) -> None:
    """Readers' SQL sees no private table and can change nothing. Datasette writes its notes into ``_internal``."""
    if database == "_internal":
        return
    guard(conn)


@hookimpl  # type: ignore[untyped-decorator]
def menu_links() -> list[dict[str, str]]:
    """From Datasette's pages back to ours."""
    return [{"href": "/", "label": "Today"}, {"href": "/search", "label": "Search"}]


@hookimpl  # type: ignore[untyped-decorator]
def handle_exception(request: Request, exception: Exception) -> Response:
    """Instead of Datasette's own handler, which ``server`` takes out."""
    return failing.answer(request, exception)


@hookimpl  # type: ignore[untyped-decorator]
def extra_css_urls() -> list[str]:
    """Datasette's pages in our colours, with the columns' descriptions out of the table's way."""
    return ["/tables.css"]


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper() -> Callable[[Any], Any]:
    """Adds the headers to every answer."""
    return _with_headers


def _with_headers(app: Any) -> Any:
    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _headers(list(message.get("headers", [])))}
            await send(message)

        await app(scope, receive, send_with_headers)

    return wrapped


def _headers(given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    names = {name.lower() for name, _ in given}
    added = [(name, value) for name, value in HEADERS.items() if name not in names]
    if b"content-security-policy" not in names:
        added.append((b"content-security-policy", TABLES.encode()))
    return given + added
