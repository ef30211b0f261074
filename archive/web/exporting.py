"""The answers to a question as a file, sent while it is read: CSV that no spreadsheet takes for formulas, or JSON lines."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Request, Response

from archive.database import open_archive
from archive.errors import NamedError
from archive.export import csv_lines, json_lines, records
from archive.query import Query
from archive.web.answers import TooMuch, view
from archive.web.asking import asked

AT_ONCE = 2  # files that are sent at one time: each holds a moment of the archive open
LONGEST = 30 * 60.0  # seconds; a reader slower than that is cut off, so that a crawl's log can be tidied
LINES = 200  # in a piece
FORMS = {
    "csv": (csv_lines, "text/csv; charset=utf-8; header=present"),
    "jsonl": (json_lines, "application/jsonl; charset=utf-8"),
}
Send = Callable[[dict[str, Any]], Awaitable[None]]


@view
async def export(datasette: Any, request: Request) -> Response:
    """``/export.csv`` and ``/export.jsonl``: every answer to the question, not only a page of them."""
    form = request.url_vars["form"]
    question = asked(request.args, f"/export.{form}")
    if _running.locked():
        raise TooMuch(f"{AT_ONCE} files are being sent already: try again in a minute", 429)
    pieces = _Pieces(Path(datasette.get_database().path), question.query, form)
    first = await pieces.next()
    return _File(pieces, first, form, request.receive)


_running = asyncio.Semaphore(AT_ONCE)


class _Pieces:
    """The file in pieces, made in one thread of its own: SQLite's connections stay where they were opened."""

    def __init__(self, path: Path, query: Query, form: str) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._made = _made(path, query, form)

    async def next(self) -> str:
        """The next piece; nothing at the end. Closes itself where it can't be made."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, next, self._made, "")
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Frees the connection."""
        self._thread.submit(self._made.close)
        self._thread.shutdown(wait=False)


def _made(path: Path, query: Query, form: str) -> Generator[str]:
    with open_archive(path) as archive:
        lines = FORMS[form][0](records(archive, query))
        while piece := "".join(islice(lines, LINES)):
            yield piece


class _File:
    """A response that is sent piece by piece; it ends when the reader goes away."""

    def __init__(self, pieces: _Pieces, first: str, form: str, receive: Callable[[], Awaitable[Any]]) -> None:
        self._pieces, self._first, self._form, self._receive = pieces, first, form, receive

    async def asgi_send(self, send: Send) -> None:
        """What Datasette calls."""
        gone = asyncio.ensure_future(_gone(self._receive))
        try:
            async with _running:
                await self._send(send, gone)
        finally:
            gone.cancel()
            self._pieces.close()

    async def _send(self, send: Send, gone: asyncio.Future[None]) -> None:
        headers = [
            (b"content-type", FORMS[self._form][1].encode()),
            (b"content-disposition", f'attachment; filename="releases.{self._form}"'.encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        piece, deadline = self._first, time.monotonic() + LONGEST
        while piece and not gone.done():
            if time.monotonic() > deadline:
                raise NamedError("the reader was too slow: the file is cut off")
            await send(
                {"type": "http.response.body", "body": piece.encode("utf-8", "replace"), "more_body": True}
            )
            piece = await self._pieces.next()
        await send({"type": "http.response.body", "body": b""})


async def _gone(receive: Callable[[], Awaitable[Any]]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
