"""What every step of one transaction knows: the connection, the run, and which capture got which id."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from archive.addresses import url_key
from archive.model import Capture, EventKind, Release

#: Reads a stored capture again with the present reader: the old page as the new reader sees it, None if it's refused.
Reread = Callable[[Capture], Release | None]


@dataclass(slots=True)
class Batch:
    """One transaction of the writer, on its way."""

    connection: sqlite3.Connection
    run_id: int | None
    reread: Reread | None
    ids: dict[tuple[str, int], int] = field(default_factory=dict)

    def add_capture(
        self, capture: Capture, newsroom: str | None, record_id: str, revisit_of: int | None
    ) -> int:
        """Writes the row of a capture; its id."""
        cursor = self.connection.execute(
            "insert into captures (record_id, run_id, newsroom, url, url_key, purpose, status, captured_at, content_type,"
            " etag, last_modified, payload_sha256, warc_file, warc_offset, warc_length, complete, truncated, revisit_of)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                record_id,
                self.run_id,
                newsroom,
                capture.url,
                key_or_url(capture.url),
                capture.purpose,
                capture.status,
                stamp(capture.captured_at),
                capture.content_type,
                capture.etag,
                capture.last_modified,
                capture.payload_sha256,
                capture.warc_file,
                capture.offset,
                capture.length,
                capture.complete,
                capture.truncated,
                revisit_of,
            ),
        )
        assert cursor.lastrowid is not None
        self.ids[capture.warc_file, capture.offset] = cursor.lastrowid
        return cursor.lastrowid

    def capture_id(self, capture: Capture) -> int:
        """The id of a capture of this or an earlier batch. Raises KeyError for one that was never kept."""
        if capture.id is not None:
            return capture.id
        place = (capture.warc_file, capture.offset)
        if place not in self.ids:
            row = self.connection.execute(
                "select id from captures where warc_file = ? and warc_offset = ?", place
            ).fetchone()
            if row is None:
                raise KeyError(f"no capture at {place}")
            self.ids[place] = row["id"]
        return self.ids[place]

    def add_event(
        self,
        release_id: int,
        kind: EventKind,
        at: str,
        *,
        revision_id: int | None = None,
        capture_id: int | None = None,
        detail: str = "",
    ) -> EventKind:
        """Tells that something happened to a release; the newsroom is the release's."""
        self.connection.execute(
            "insert into events (release_id, newsroom, kind, at, run_id, revision_id, capture_id, silent, detail)"
            " select id, newsroom, ?, ?, ?, ?, ?, ?, ? from releases where id = ?",
            (
                kind.value,
                at,
                self.run_id,
                revision_id,
                capture_id,
                kind is EventKind.SILENT_EDIT,
                detail,
                release_id,
            ),
        )
        return kind


def stamp(at: datetime) -> str:
    """An instant as the archive keeps it: UTC, ISO 8601, six digits of a second, so that text order is time order."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def key_or_url(url: str) -> str:
    """The key of an address; the address itself where it has no host (a ``file:`` of a test, say)."""
    try:
        return url_key(url)
    except ValueError:
        return url


def as_json(values: tuple[str, ...]) -> str:
    """A list of strings as JSON text, letters as they are."""
    return json.dumps(values, ensure_ascii=False)
