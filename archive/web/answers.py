"""From a request to an answer: a question asked in a thread, within its time, and its page rendered."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Awaitable, Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from datasette.utils.asgi import Request, Response

from archive.database import Archive
from archive.errors import NamedError, UsageError
from archive.web.render import OURS, page

T = TypeVar("T")
#: seconds that one page may think; the progress handler is asked every so many steps of SQLite's machine
LIMIT, STEPS = 2.0, 10_000


class NotHere(UsageError):
    """There is no such page: the text says what is missing."""


class TooMuch(UsageError):
    """What would take too long, or too much at once: the text says how to ask for less."""

    def __init__(self, told: str, status: int = 400) -> None:
        super().__init__(told)
        self.status = status


async def ask(datasette: Any, question: Callable[[Archive], T], seconds: float = LIMIT) -> T:
    """Runs ``question`` over the archive in a thread. Raises TooMuch where it took too long."""
    database = datasette.get_database()

    def answered(connection: sqlite3.Connection) -> T:
        deadline = time.monotonic() + seconds
        connection.set_progress_handler(lambda: time.monotonic() > deadline, STEPS)
        try:
            return question(Archive(Path(database.path), connection))
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            raise TooMuch(
                f"the answer took longer than {seconds:.0f} seconds: narrow it with a filter or a date"
            ) from error
        finally:
            connection.set_progress_handler(None, 0)

    answer: T = await database.execute_fn(answered)
    return answer


View = Callable[[Any, Request], Awaitable[Response]]


def view(made: View) -> View:
    """A route's function: what it can't answer becomes a page in plain words, never a traceback."""

    @wraps(made)
    async def answering(datasette: Any, request: Request) -> Response:
        try:
            return await made(datasette, request)
        except NotHere as error:
            return html("error.html", status=404, title="Not here", message=str(error))
        except TooMuch as error:
            return html("error.html", status=error.status, title="Too much at once", message=str(error))
        except UsageError as error:
            return html("error.html", status=400, title="Not understood", message=str(error))
        except NamedError as error:
            return html("error.html", status=503, title="Not now", message=str(error))

    return answering


def html(template: str, *, status: int = 200, **values: Any) -> Response:
    """A rendered page with our headers."""
    return Response.html(page(template, **values), status=status, headers={"content-security-policy": OURS})


def number(request: Request, name: str = "id") -> int:
    """A number out of the address. Raises NotHere for one that no row can have."""
    found = int(request.url_vars[name])
    if found > 2**62:
        raise NotHere("there is nothing of that number")
    return found
