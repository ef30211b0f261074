"""Which evidence file is appended to: the last one while it is short enough, else a new one."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from archive import evidence, sheets, warc
from archive.batch import stamp
from archive.database import Archive
from archive.failpoints import reach


class Appender:
    """The open end of an archive's evidence. Not safe in several threads: the writer holds its lock around it."""

    def __init__(self, archive: Archive, rotate_at: int) -> None:
        self.rotate_at = rotate_at
        self._archive = archive
        self._file: evidence.EvidenceFile | None = None

    def append(self, members: tuple[bytes, ...]) -> evidence.Place:
        """Appends whole records; the place is the first one's. Raises OSError when the disk is full."""
        return self._open().append(members)

    @contextmanager
    def transaction(self, run: int | None) -> Iterator[sqlite3.Connection]:
        """One transaction; before it commits, what it changed of the ledger goes onto a sheet, and the evidence is synced.

        Where it fails, its sheet is taken back. A new file takes a transaction of its own, so it is opened before.
        """
        file = self._open()
        size = file.size
        try:
            with self._archive.transaction() as connection:
                yield connection
                _write_sheet(connection, file, run)
                connection.execute(
                    "update warc_files set bytes_committed = ? where name = ?", (file.sync(), file.name)
                )
                reach("before_commit")
        except BaseException:
            file.cut(size)
            raise

    def rotate(self) -> None:
        """Closes a file that is long enough, with its digest; the next record begins a new one."""
        if self._file is None or self._file.size < self.rotate_at:
            return
        name = self._file.name
        self.close()
        with (self._archive.evidence / name).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        with self._archive.transaction() as connection:
            connection.execute(
                "update warc_files set closed_at = ?, sha256 = ? where name = ?",
                (stamp(datetime.now(UTC)), digest, name),
            )

    def close(self) -> None:
        """Closes the file; what was not committed is cut at the next start."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open(self) -> evidence.EvidenceFile:
        if self._file is None:
            self._file = self._last_file() or self._new_file()
        return self._file

    def _last_file(self) -> evidence.EvidenceFile | None:
        row = self._archive.connection.execute(
            "select name, bytes_committed from warc_files where closed_at is null and bytes_committed < ?"
            " order by opened_at desc limit 1",
            (self.rotate_at,),
        ).fetchone()
        if row is None or (row["bytes_committed"] and not (self._archive.evidence / row["name"]).exists()):
            return None
        return evidence.EvidenceFile(self._archive.evidence, row["name"], row["bytes_committed"])

    def _new_file(self) -> evidence.EvidenceFile:
        """Its row comes before the file, so that a death between the two leaves nothing unknown."""
        now = datetime.now(UTC)
        with self._archive.transaction() as connection:
            number = connection.execute("select count(*) + 1 from warc_files").fetchone()[0]
            name = evidence.new_file_name(self._archive.path, number, now)
            connection.execute(
                "insert into warc_files (name, bytes_committed, opened_at) values (?, 0, ?)",
                (name, stamp(now)),
            )
        return evidence.EvidenceFile(self._archive.evidence, name, 0)


def record_ledger(archive: Archive) -> None:
    """Puts onto a sheet what changed of the ledger outside a run. The archive must be open for writing."""
    appender = Appender(archive, evidence.ROTATE_AT)
    try:
        with appender.transaction(None):
            pass
    finally:
        appender.close()


def _write_sheet(connection: sqlite3.Connection, file: evidence.EvidenceFile, run: int | None) -> None:
    payload = sheets.changed(connection)
    if payload is not None:
        record_id, at = warc.new_record_id(), datetime.now(UTC)
        place = file.append((warc.pack_sheet(payload, record_id, at, run),))
        sheets.note(connection, place, record_id, at, payload)
