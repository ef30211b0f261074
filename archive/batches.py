"""The mechanics of writing: what waits for the next batch, and how a batch becomes durable. ``archive.store`` has the words."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from archive import evidence, sheets, warc
from archive.appending import Appender
from archive.arrivals import Arrivals
from archive.batch import Batch, Reread, stamp
from archive.closing import Closing
from archive.database import Archive, named_errors
from archive.failpoints import reach
from archive.model import Capture, Exchange, Stored
from archive.repeats import Repeats

Step: TypeAlias = Callable[[Batch], Stored | None]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A capture that is in the evidence and not yet in the database."""

    capture: Capture
    newsroom: str | None
    record_id: str
    revisit_of: Capture | None


class BatchWriter(Closing):
    """Keeps responses, collects steps, and commits both together. ``keep`` may be called from any thread."""

    def __init__(
        self, archive: Archive, reread: Reread | None = None, rotate_at: int = evidence.ROTATE_AT
    ) -> None:
        self.archive = archive
        self.run_id: int | None = None
        self._reread = reread
        self._lock = threading.RLock()
        self._kept: list[_Kept] = []
        self._steps: list[Step] = []
        self._repeats = Repeats(archive.connection)
        self._arrivals = Arrivals(archive)
        self._evidence: Appender | None = Appender(archive, rotate_at)

    def keep(self, exchange: Exchange) -> Capture:
        """Appends a response to the evidence, before anybody reads it. Costs milliseconds: call it in a thread.

        A payload that is known already becomes a revisit record; the capture has its id only in the database.
        Raises DiskFull.
        """
        return self.receive(exchange)[0]

    def receive(self, exchange: Exchange) -> tuple[Capture, Exchange]:
        """As ``keep``; and the response as it may be read: the same object where no standing order of redaction changed it."""
        exchange = self._arrivals.redacted(exchange)
        assert self._evidence is not None, "nothing is fetched while an archive is rebuilt"
        with named_errors(self.archive.evidence):
            with self._lock:
                original = self._repeats.original(exchange)
            record_id = warc.new_record_id()
            members = warc.pack(exchange, record_id, _as_original(original), self.run_id)
            with self._lock:
                place = self._evidence.append(members)
                kept = _Kept(_capture(exchange, place, original), exchange.newsroom, record_id, original)
                self._note(kept)
        return kept.capture, exchange

    def adopt_file(self, name: str, size: int) -> None:
        """Takes up an evidence file that is there already, durably: from now on nothing is appended to any."""
        self._evidence = None
        now = stamp(datetime.now(UTC))
        with self._transaction() as connection:
            connection.execute(
                "insert into warc_files (name, bytes_committed, opened_at, closed_at) values (?, ?, ?, ?)",
                (name, size, now, now),
            )

    def adopt(self, record: evidence.Record) -> Capture:
        """Takes up a record that is in the evidence already: how an archive is rebuilt from its evidence."""
        exchange = Exchange(
            record.url, record.purpose, record.status, record.headers, record.payload, record.at, record.newsroom,
            truncated=record.truncated,
        )  # fmt: skip
        with self._lock:
            repeats = record.kind == "revisit"
            original = self._repeats.original(exchange, record.payload_sha256) if repeats else None
            capture = _capture(exchange, record.place, original)
            self._note(_Kept(capture, record.newsroom, record.record_id, original))
        return capture

    def adopt_sheet(self, sheet: evidence.Sheet) -> None:
        """Takes up a sheet of the ledger that is in the evidence already (with the next batch)."""
        self._later(
            lambda batch: sheets.note(batch.connection, sheet.place, sheet.record_id, sheet.at, sheet.payload)
        )

    @property
    def waiting(self) -> int:
        """How many captures and steps wait for the next batch."""
        return len(self._kept) + len(self._steps)

    def commit_batch(self) -> tuple[Stored, ...]:
        """Makes everything so far durable: evidence synced, then one transaction. What it did, in order.

        May be called in a thread. Raises DiskFull or ArchiveLocked; then nothing of the batch is in the database.
        """
        with self._lock:
            kept, steps = self._kept, self._steps
            if not kept and not steps:
                return ()
            with self._recorded() as batch:
                stored = _write(batch, kept, steps)
            self._kept, self._steps = [], []
            self._repeats.forget()
            if self._evidence is not None:
                self._evidence.rotate()
        return stored

    def close(self) -> None:
        """Closes the files; what no batch has committed is dropped."""
        if self._evidence is not None:
            self._evidence.close()
        self.archive.close()

    @contextmanager
    def _recorded(self) -> Iterator[Batch]:
        """One transaction that commits after everything it tells of is in the evidence: captures and the ledger."""
        with self._lock, named_errors(self.archive.path):
            reach("before_transaction")
            begun = self._evidence.transaction(self.run_id) if self._evidence else self.archive.transaction()
            with begun as connection:
                yield self._batch(connection)
            reach("after_commit")

    def _batch(self, connection: sqlite3.Connection) -> Batch:
        return Batch(connection, self.run_id, self._reread)

    def _later(self, step: Callable[[Batch], object]) -> None:
        def run(batch: Batch) -> Stored | None:
            done = step(batch)
            return done if isinstance(done, Stored) else None

        with self._lock:
            self._steps.append(run)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self.archive.transaction() as connection:
            yield connection

    def _note(self, kept: _Kept) -> None:
        self._kept.append(kept)
        if kept.revisit_of is None:
            self._repeats.note(kept.capture)


def _write(batch: Batch, kept: list[_Kept], steps: list[Step]) -> tuple[Stored, ...]:
    for each in kept:
        revisit_of = batch.capture_id(each.revisit_of) if each.revisit_of else None
        batch.add_capture(each.capture, each.newsroom, each.record_id, revisit_of)
    reach("mid_transaction")
    done = [step(batch) for step in steps]
    return tuple(each for each in done if each is not None)


def _capture(exchange: Exchange, place: evidence.Place, original: Capture | None) -> Capture:
    return Capture(
        url=exchange.url,
        purpose=exchange.purpose,
        status=exchange.status,
        captured_at=exchange.fetched_at.astimezone(UTC),
        payload_sha256=original.payload_sha256 if original else warc.sha256(exchange.body),
        warc_file=place.file,
        offset=place.offset,
        length=place.length,
        content_type=exchange.header("Content-Type"),
        etag=exchange.header("ETag"),
        last_modified=exchange.header("Last-Modified"),
        complete=exchange.truncated is None,
        truncated=exchange.truncated,
    )


def _as_original(capture: Capture | None) -> warc.Original | None:
    if capture is None:
        return None
    return warc.Original(capture.url, capture.captured_at, capture.payload_sha256)
