"""The one place that opens ``archive.db``: one writer at a time, readers that cannot write, errors with names."""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

from archive import schema
from archive.closing import Closing
from archive.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveLocked,
    ArchiveMissing,
    ArchiveTooNew,
    DiskFull,
)

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Archive(Closing):
    """An open archive: its connection (rows by name), its path and the folder of its evidence. A context manager."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: IO[str] | None = None) -> None:
        self.path = path
        self.evidence = evidence_folder(path)
        self.connection = connection
        self._lock = lock

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One ``BEGIN IMMEDIATE`` transaction: all of it or, when anything is raised, nothing of it."""
        with named_errors(self.path):
            self.connection.execute("begin immediate")
            try:
                yield self.connection
                self.connection.execute("commit")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("rollback")
                raise

    def close(self) -> None:
        """Closes the connection and frees the lock; a second call does nothing."""
        self.connection.close()
        if self._lock is not None:
            self._lock.close()


def evidence_folder(path: Path) -> Path:
    """Where the evidence of the archive at ``path`` lies."""
    return path.absolute().parent / "evidence"


def open_archive(path: Path, *, write: bool = False, wait: float = 0.0) -> Archive:
    """Opens the archive at ``path``; a writer makes it where there is none and brings an older one up to date.

    A writer holds a kernel lock on ``<path>.lock``, which no kill can leave behind; it waits up to ``wait`` seconds
    for it. A reader can't write, and sees the last committed state while a writer works.
    Raises ArchiveBusy (another writer), ArchiveMissing, ArchiveDamaged, ArchiveLocked, ArchiveTooNew or DiskFull.
    """
    return _open_writer(path, wait) if write else _open_reader(path)


def require_archive(path: Path) -> None:
    """Raises ArchiveMissing where there is no archive: for commands that write, but have nothing to write to a new one."""
    if not path.is_file():
        raise ArchiveMissing(
            f"there is no archive at {path}: make one with `communique crawl`, or name it with --archive"
        )


@contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """Turns SQLite's and the disk's errors into errors that say what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if (named := _named(error, path)) is None:
            raise
        raise named from error
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise _full(path) from error


def _named(error: sqlite3.DatabaseError, path: Path) -> ArchiveError | None:
    text = str(error)
    if "full" in text or "disk I/O error" in text:
        return _full(path)
    if "locked" in text or "busy" in text:
        return ArchiveLocked(f"{path} is held by another program: close it there, then try again")
    if "not a database" in text or "malformed" in text:
        return ArchiveDamaged(
            f"{path} is damaged ({text}): run `communique verify`, then `communique restore` or `communique rebuild`"
        )
    if "unable to open" in text or "readonly" in text:
        return ArchiveError(
            f"{path} can't be opened ({text}): check the path and who may read and write there"
        )
    return None


def _full(path: Path) -> DiskFull:
    return DiskFull(
        f"no space left to write {path}: free some and run again; everything committed so far is kept"
    )


def _open_writer(path: Path, wait: float) -> Archive:
    if not path.absolute().parent.is_dir():
        raise ArchiveMissing(f"{path.absolute().parent} is not a folder: make it, or name another --archive")
    with named_errors(path):
        lock = take_lock(path, wait)
        try:
            connection = _connect(f"file:{quote(str(path.absolute()))}")
            _prepare_writer(path, connection)
        except BaseException:
            lock.close()
            raise
    return Archive(path, connection, lock)


def _prepare_writer(path: Path, connection: sqlite3.Connection) -> None:
    """``trusted_schema`` stays on here: SQLite 3.40 refuses the triggers of the full-text index without it ("unsafe use
    of virtual table"); no function of ours is registered that a foreign schema could call.
    """
    _refuse_foreign(path, connection)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma cache_size = -65536")
    _refuse_newer(path, connection)
    if schema.version_of(connection) < schema.VERSION:
        schema.migrate(connection)


def _open_reader(path: Path) -> Archive:
    require_archive(path)
    with named_errors(path):
        connection = _connect(f"file:{quote(str(path.absolute()))}?mode=ro")
        connection.execute("pragma query_only = on")
        connection.execute("pragma trusted_schema = off")
        _refuse_foreign(path, connection)
        _refuse_newer(path, connection)
        if schema.version_of(connection) == schema.VERSION:
            return Archive(path, connection)
    connection.close()
    _open_writer(path, 0.0).close()  # an archive of an older version is brought up to date first
    return _open_reader(path)


def _connect(uri: str) -> sqlite3.Connection:
    """``check_same_thread`` is off because the crawl stores from a thread beside the reactor, one call at a time."""
    connection = sqlite3.connect(uri, uri=True, timeout=10, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("pragma busy_timeout = 10000")
    return connection


def _refuse_newer(path: Path, connection: sqlite3.Connection) -> None:
    if schema.version_of(connection) > schema.VERSION:
        raise ArchiveTooNew(f"{path} was made by a newer Communiqué: upgrade this one, then try again")


def _refuse_foreign(path: Path, connection: sqlite3.Connection) -> None:
    """Another program's database is left as it is, to the byte: no table of ours goes into it."""
    if schema.version_of(connection) != schema.VERSION and (tables := schema.foreign_tables(connection)):
        raise ArchiveError(
            f"{path} is a database of another program (it has a table {tables[0]!r}): name another --archive; nothing was changed"
        )


def take_lock(path: Path, wait: float = 0.0) -> IO[str]:
    """The writer's lock of an archive. The kernel frees it with the process that holds it, however that ends.

    Raises ArchiveBusy when another holds it for longer than ``wait`` seconds.
    """
    lock = Path(f"{path}.lock").open("a+", encoding="utf-8")  # noqa: SIM115
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if time.monotonic() < deadline:
                time.sleep(0.05)
                continue
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            lock.close()
            raise ArchiveBusy(
                f"another run is writing to {path} (process {holder}): wait for it to end"
            ) from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock
