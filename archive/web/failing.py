"""Errors of Datasette's own pages in our words.

Datasette 0.65 prints every error with all local variables to the terminal where rich is installed, and answers 500 to an
unknown address then (seen 2026-11): this handler takes its place.
"""

from __future__ import annotations

import logging
import re

from datasette.utils.asgi import Base400, Request, Response
from datasette.views.base import DatasetteError

from archive.web.answers import html

log = logging.getLogger(__name__)


def answer(request: Request, error: Exception) -> Response:
    """The page, or for a machine the JSON, that tells what went wrong."""
    status, message = _told(error)
    if status >= 500:
        log.error("%s failed", request.path, exc_info=error)
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": message, "status": status}, status=status)
    return html(
        "error.html",
        status=status,
        title="Not here" if status == 404 else "That didn't work",
        message=message,
    )


def _told(error: Exception) -> tuple[int, str]:
    if isinstance(error, DatasetteError) and "took too long" in str(error.message):
        return (
            error.status,
            "this took longer than two seconds: narrow it with a filter, or sort by position instead",
        )
    if isinstance(error, DatasetteError):
        return error.status, re.sub(r"<[^>]*>", " ", str(error.message)).strip() or "this can't be answered"
    if isinstance(error, Base400):
        told = str(error.args[0]) if error.args else ""
        return error.status, "there is nothing at this address" if told in ("", "404") else told
    return 500, "something went wrong here; it is in the server's log"
