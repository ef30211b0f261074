"""Which earlier capture a response repeats: then its record is a revisit, and its bytes are kept once."""

from __future__ import annotations

import sqlite3

from archive import rows, warc
from archive.batch import key_or_url
from archive.model import Capture, Exchange


class Repeats:
    """Payloads of the running batch and of the archive. Not safe in several threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._fresh: dict[str, Capture] = {}

    def original(self, exchange: Exchange, digest: str | None = None) -> Capture | None:
        """The earlier capture that this one repeats: of the same payload, or for a 304 the last whole page there."""
        if exchange.status == 304:
            return self._last_whole(exchange.url)
        if exchange.status != 200 or exchange.truncated or (not exchange.body and digest is None):
            return None
        digest = digest or warc.sha256(exchange.body)
        return self._fresh.get(digest) or self._same_payload(digest)

    def note(self, capture: Capture) -> None:
        """A whole page that the database doesn't know yet: what comes after it in its batch may repeat it."""
        if capture.complete and capture.status == 200:
            self._fresh.setdefault(capture.payload_sha256, capture)

    def forget(self) -> None:
        """The batch is in the database."""
        self._fresh.clear()

    def _last_whole(self, url: str) -> Capture | None:
        return self._one(
            "select * from captures where url_key = ? and status = 200 and complete order by captured_at desc limit 1",
            key_or_url(url),
        )

    def _same_payload(self, digest: str) -> Capture | None:
        return self._one(
            "select * from captures where payload_sha256 = ? and revisit_of is null and complete and status = 200 limit 1",
            digest,
        )

    def _one(self, query: str, value: str) -> Capture | None:
        row = self._connection.execute(query, (value,)).fetchone()
        return None if row is None else rows.capture(row)
