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
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Self

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
    sightings,
    takedowns,
)
from archive.batch import Batch, Reread
from archive.batches import BatchWriter
from archive.database import named_errors, open_archive
from archive.model import Absence, Capture, Look, Newsroom, Release, Stored
from archive.trouble import Trouble


class Writer(BatchWriter):
    """The one writer of an archive. ``keep`` may be called from any thread; every other call from one at a time.

    ``reread`` reads a stored capture with the present reader: without it, a page that changed while our reader
    changed too can't be told from one that only our reader reads otherwise.
    """

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
        self._later(lambda batch: sightings.looked_in_vain(batch, newsroom, url, refused.at, reason))
        self._later(lambda batch: owed.paid(batch, newsroom, url))

    def owe(self, debt: owed.Debt) -> None:
        """A release that a source names could not be had: it is asked for again when its turn comes."""
        at = _at(debt.capture)
        self._later(lambda batch: owed.owe(batch, debt, at))

    def absent(self, newsroom: str, url: str, how: Absence, capture: Capture) -> None:
        """A look at a release's address found something else; ``url`` is the address that was asked for."""
        self._later(lambda batch: sightings.absent(batch, newsroom, url, how, capture))

    def looked_in_vain(self, newsroom: str, url: str, reason: str, capture: Capture | None = None) -> None:
        """A release's address gave an outage, a block or nothing readable: it is asked again when its turn comes."""
        at = _at(capture)
        self._later(lambda batch: sightings.looked_in_vain(batch, newsroom, url, at, reason))

    def not_modified(self, newsroom: str, url: str, capture: Capture) -> None:
        """The server said 304 for a release's address."""
        self._later(lambda batch: sightings.not_modified(batch, newsroom, url, capture))


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


def _at(capture: Capture | None) -> datetime:
    return capture.captured_at if capture else _now()


def _now() -> datetime:
    return datetime.now(UTC)
