"""The writer: everything a crawl has to keep, in batches.

A batch is one synced append to the evidence and one transaction that commits after it: whatever kills the process, no
row points to evidence that isn't there, and evidence that no row knows is cut off at the next start. What we did
ourselves (runs, polls, gaps, incidents) goes into the evidence with its batch (``archive.sheets``).

    with Writer.open(path, reread=…) as writer:
        writer.begin_run("crawl", version)
        writer.put_newsroom(newsroom)
        poll = writer.begin_poll("fi_om", "https://…", "feed")
        capture = writer.keep(exchange)          # any thread; compresses and appends
        writer.store(release, capture)           # or reject, absent, not_modified
        for stored in writer.commit_batch(): …   # every few seconds or some dozens of pages; any one thread
        writer.end_poll(poll, look)
        writer.end_run(0)                        # commits the rest and judges what was not found
"""

from __future__ import annotations

import platform
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Self, TypeAlias

from archive import (
    chain,
    divergence,
    documents,
    evidence,
    incidents,
    ledger,
    owed,
    readings,
    redirects,
    sheets,
    sightings,
    takedowns,
    warc,
)
from archive.appending import Appender
from archive.arrivals import Arrivals
from archive.batch import Batch, Reread, stamp
from archive.closing import Closing
from archive.database import Archive, named_errors, open_archive
from archive.failpoints import reach
from archive.model import Absence, Capture, Exchange, Look, Newsroom, Release, Stored
from archive.repeats import Repeats
from archive.trouble import Trouble

Step: TypeAlias = Callable[[Batch], Stored | None]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A capture that is in the evidence and not yet in the database."""

    capture: Capture
    newsroom: str | None
    record_id: str
    revisit_of: Capture | None


class Writer(Closing):
    """The one writer of an archive. ``keep`` may be called from any thread; every other call from one at a time.

    ``reread`` reads a stored capture with the present reader: without it, a page that changed while our reader
    changed too can't be told from one that only our reader reads otherwise.
    """

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
        self._arrivals = Arrivals(archive.connection)
        self._evidence: Appender | None = Appender(archive, rotate_at)

    @classmethod
    def open(
        cls,
        path: Path,
        reread: Reread | None = None,
        *,
        wait: float = 0.0,
        rotate_at: int = evidence.ROTATE_AT,
    ) -> Self:
        """Opens (or makes) the archive for writing and mends what a killed run left. Raises as ``open_archive``.

        An evidence file that has reached ``rotate_at`` bytes is closed, and a new one begun.
        """
        archive = open_archive(path, write=True, wait=wait)
        writer = cls(archive, reread, rotate_at)
        try:
            with archive.transaction() as connection:
                recovered = ledger.recover(connection, archive.evidence, _now())
                for died in recovered:
                    _judge(Batch(connection, died, reread))
            if recovered:
                with writer._recorded():
                    pass
        except BaseException:
            writer.close()
            raise
        return writer

    # -- runs and what was looked at ----------------------------------------------------------------------------

    def begin_run(self, command: str, version: str, run_id: int | None = None) -> int:
        """A run begins, durably; its id (a rebuilt one gives the old id). The first one of a day closes the days before in the chain."""
        with self._transaction() as connection:
            closed = chain.close_days(connection, _now()) if run_id is None else None
            self.run_id = ledger.begin_run(
                connection, _now(), command=command, version=version, host=platform.node(), run_id=run_id
            )
        if closed:
            with named_errors(self.archive.evidence):
                chain.write_file(self.archive.connection, self.archive.evidence)
        return self.run_id

    def end_run(self, exit_code: int, report: str | None = None) -> tuple[Stored, ...]:
        """Commits the rest, judges what was looked for in vain, and closes the run with its exit code."""
        stored = self.commit_batch()
        with self._recorded() as batch:
            assert self.run_id is not None, "begin_run comes first"
            judged = _judge(batch)
            ledger.end_run(batch.connection, self.run_id, _now(), exit_code, report)
        return stored + judged

    def put_newsroom(self, newsroom: Newsroom) -> None:
        """Makes a newsroom known, durably: polls and releases refer to it."""
        with self._transaction() as connection:
            ledger.put_newsroom(connection, newsroom, _now())

    def begin_poll(self, newsroom: str, source: str, source_kind: str) -> int:
        """A look at a source begins, durably, so that a death in the middle leaves a gap on record; its id."""
        with self._transaction() as connection:
            return ledger.begin_poll(self._batch(connection), newsroom, source, source_kind, _now())

    def begin_polls(self, polls: Sequence[tuple[str, str, str]]) -> list[int]:
        """Several looks begin in one transaction, each (newsroom, source, kind); their ids in order."""
        with self._transaction() as connection:
            batch = self._batch(connection)
            return [ledger.begin_poll(batch, *poll, _now()) for poll in polls]

    def end_poll(self, poll_id: int, look: Look) -> None:
        """A look at a source ended (with the next batch)."""
        self._later(lambda batch: ledger.end_poll(batch, poll_id, look))

    def open_gap(self, newsroom: str, source: str, reason: str, to_at: datetime | None = None) -> None:
        """What a source published since its last good look is unknown (with the next batch)."""
        self._later(
            lambda batch: ledger.open_gap(
                batch.connection, batch.run_id, newsroom=newsroom, source=source, reason=reason, to_at=to_at
            )
        )

    def close_gap(self, newsroom: str, source: str) -> None:
        """The open gap of a source was walked through (with the next batch)."""
        self._later(lambda batch: ledger.close_gap(batch, newsroom, source, _now()))

    def settle(self, newsroom: str, troubles: Sequence[Trouble]) -> None:
        """What is wrong with a newsroom at the end of its run: its incident opens, changes or closes (with the next batch)."""
        kept = {takedowns.MASS_ABSENCE}
        self._later(lambda batch: incidents.settle(batch, newsroom, troubles, kept, _now()))

    def hold_host(self, host: str, until: datetime, reason: str) -> None:
        """A host asked to be left alone, by this and later runs (with the next batch)."""
        self._later(lambda batch: ledger.hold_host(batch, host, until, reason, _now()))

    # -- pages --------------------------------------------------------------------------------------------------

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
        now = stamp(_now())
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

    def store(self, release: Release, capture: Capture) -> None:
        """Stores what a complete capture says (with the next batch)."""
        self._later(partial(_store, release=release, capture=capture))

    def document(self, document: documents.Document, capture: Capture) -> None:
        """Stores a fetched attachment (with the next batch)."""
        self._later(lambda batch: documents.store(batch, document, capture))

    def reread(self, revision: readings.ReadRevision, release: Release) -> None:
        """Notes what the present reader takes a revision to say (with the next batch)."""
        self._later(lambda batch: readings.reread(batch, revision, release))

    def reject(
        self,
        newsroom: str,
        url: str,
        reason: str,
        *,
        detail: str = "",
        capture: Capture | None = None,
        reader_version: str | None = None,
    ) -> None:
        """Refuses a page, with the reason; the capture stays, the last good revision stays current."""
        refused = ledger.Refused(newsroom, url, reason, detail, _at(capture), capture, reader_version)
        self._later(lambda batch: ledger.reject(batch, refused))
        self._later(lambda batch: sightings.looked_in_vain(batch, newsroom, url, refused.at))
        self._later(lambda batch: owed.paid(batch, newsroom, url))

    def owe(self, debt: owed.Debt) -> None:
        """A release that a source names could not be had: it is asked for again when its turn comes."""
        at = _at(debt.capture)
        self._later(lambda batch: owed.owe(batch, debt, at))

    def absent(self, newsroom: str, url: str, how: Absence, capture: Capture) -> None:
        """A look at a release's address found something else; ``url`` is the address that was asked for."""
        self._later(lambda batch: sightings.absent(batch, newsroom, url, how, capture))

    def looked_in_vain(self, newsroom: str, url: str, capture: Capture | None = None) -> None:
        """A release's address gave an outage, a block or nothing readable: it is asked again when its turn comes."""
        at = _at(capture)
        self._later(lambda batch: sightings.looked_in_vain(batch, newsroom, url, at))

    def not_modified(self, newsroom: str, url: str, capture: Capture) -> None:
        """The server said 304 for a release's address."""
        self._later(lambda batch: sightings.not_modified(batch, newsroom, url, capture))

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

    # -- inside -------------------------------------------------------------------------------------------------

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


def _judge(batch: Batch) -> tuple[Stored, ...]:
    """What can only be said when a run's looks are all there: redirects first, some of which are absences."""
    return redirects.judge(batch) + takedowns.judge_absences(batch) + divergence.judge(batch)


def _store(batch: Batch, *, release: Release, capture: Capture) -> Stored | None:
    """One release that can't be stored (a lone surrogate, say) is refused; the rest of its batch is kept."""
    batch.connection.execute("savepoint release")
    try:
        stored = redirects.store(batch, release, capture)
        ledger.resolve_rejects(batch, capture.url, release.newsroom, capture.captured_at)
        owed.paid(batch, release.newsroom, capture.url)
    except (sqlite3.IntegrityError, UnicodeEncodeError, OverflowError) as error:
        batch.connection.execute("rollback to release")
        at, reader = capture.captured_at, release.reader_version
        refused = ledger.Refused(release.newsroom, capture.url, "unstorable", str(error), at, capture, reader)
        ledger.reject(batch, refused)
        stored = Stored(None, release.url, release.newsroom, "unstorable")
    batch.connection.execute("release release")
    return stored


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


def _at(capture: Capture | None) -> datetime:
    return capture.captured_at if capture else _now()


def _now() -> datetime:
    return datetime.now(UTC)
