"""A copy of the archive as it was committed at one moment, made while a crawl writes; and the way back.

The database comes first, through SQLite's own backup; then of every evidence file as much as that database knows.
Evidence only ever grows, so a second backup into the same folder copies what is new.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from archive import chain
from archive.database import Archive, evidence_folder, named_errors, open_archive, take_lock
from archive.errors import ArchiveDamaged, ArchiveMissing, UsageError
from archive.findings import Report
from archive.redaction_key import key_file
from archive.verify import verify

DATABASE = "archive.db"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds, and how many bytes of evidence were copied this time."""

    releases: int
    captures: int
    evidence_bytes: int
    copied_bytes: int


def backup(archive: Archive, folder: Path) -> BackedUp:
    """Copies the archive's last committed state to ``folder``. Raises DiskFull; a backup there before stays usable."""
    with named_errors(folder):
        target = evidence_folder(folder / DATABASE)
        target.mkdir(parents=True, exist_ok=True)
        part = folder / f"{DATABASE}.part"
        part.unlink(missing_ok=True)
        copy = sqlite3.connect(part, isolation_level=None)
        copy.row_factory = sqlite3.Row
        try:
            archive.connection.backup(copy, pages=4096)
            copy.execute("pragma journal_mode = delete")
            files = copy.execute("select name, bytes_committed from warc_files").fetchall()
            copied = sum(
                _copy_prefix(archive.evidence / row["name"], target / row["name"], row["bytes_committed"])
                for row in files
            )
            chain.write_file(copy, target)
            _copy_key(archive.path, folder / DATABASE)
            counts = copy.execute(
                "select (select count(*) from releases), (select count(*) from captures)"
            ).fetchone()
        finally:
            copy.close()
        _sync(part)
        part.replace(folder / DATABASE)
        _drop_others(target, {row["name"] for row in files})
    return BackedUp(counts[0], counts[1], sum(row["bytes_committed"] for row in files), copied)


def restore(folder: Path, path: Path, *, replace: bool = False) -> Report:
    """Puts a backup in the place of the archive at ``path`` and verifies it there.

    An archive that is there is only replaced with ``replace``, and then kept as ``….before-restore``.
    Raises ArchiveMissing for a folder that holds no backup, UsageError where an archive is in the way, ArchiveDamaged.
    """
    source = folder / DATABASE
    if not source.is_file():
        raise ArchiveMissing(f"{folder} holds no backup: it would have {DATABASE} and evidence/ in it")
    if source.absolute() == path.absolute():
        raise UsageError(f"{folder} is the archive's own folder: name one that `communique backup` wrote")
    if path.exists() and not replace:
        raise UsageError(
            f"{path} is there already: restore to another --archive, or say --replace to set it aside"
        )
    with named_errors(path):
        path.absolute().parent.mkdir(parents=True, exist_ok=True)
        with take_lock(path):
            _put(source, path)
    with open_archive(path) as archive:
        return verify(archive)


def _put(source: Path, path: Path) -> None:
    """Evidence first and the database last: at every moment the database at ``path`` has its evidence beside it."""
    target = evidence_folder(path)
    target.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    try:
        files = connection.execute("select name, bytes_committed from warc_files").fetchall()
    except sqlite3.DatabaseError as error:
        raise ArchiveDamaged(f"the backup {source} can't be read: {error}") from error
    finally:
        connection.close()
    for name, size in files:
        _copy_whole(evidence_folder(source) / name, target / name, size)
    if (evidence_folder(source) / chain.FILE).exists():
        shutil.copyfile(evidence_folder(source) / chain.FILE, target / chain.FILE)
    _copy_key(source, path)
    part = path.with_name(f"{path.name}.restoring")
    shutil.copyfile(source, part)
    _sync(part)
    for end in ("", "-wal", "-shm"):
        old = Path(f"{path}{end}")
        if old.exists():
            old.replace(f"{path}.before-restore{end}")
    part.replace(path)


def _copy_key(source: Path, path: Path) -> None:
    """Without their key the standing orders of redaction could not be followed."""
    if key_file(source).exists():
        part = key_file(path).with_name(f"{key_file(path).name}.part")
        shutil.copy(key_file(source), part)
        part.replace(key_file(path))


def _copy_prefix(source: Path, target: Path, size: int) -> int:
    """Brings a copy up to ``size`` bytes of its source; how many were copied."""
    have = min(target.stat().st_size, size) if target.exists() else 0
    if not source.exists() and size:
        raise ArchiveDamaged(f"the evidence file {source} is missing: run `communique verify`")
    if size == 0:
        return 0
    with source.open("rb") as read, target.open("r+b" if target.exists() else "wb") as write:
        read.seek(have)
        write.seek(have)
        left = size - have
        while left and (data := read.read(min(left, _CHUNK))):
            write.write(data)
            left -= len(data)
        write.truncate(size - left)
        write.flush()
        os.fsync(write.fileno())
    if left:
        raise ArchiveDamaged(
            f"{source} is {left} bytes shorter than the database knows: run `communique verify`"
        )
    return size - have


def _copy_whole(source: Path, target: Path, size: int) -> None:
    """A copy of a backup's file. One that is there, and longer, is the same file some runs later: it stays."""
    if target.exists() and target.stat().st_size >= size and _same_start(source, target, size):
        return
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    _copy_prefix(source, part, size)
    if size:
        part.replace(target)


def _same_start(one: Path, other: Path, size: int) -> bool:
    with one.open("rb") as first, other.open("rb") as second:
        left = size
        while left:
            part = min(left, _CHUNK)
            if first.read(part) != second.read(part):
                return False
            left -= part
    return True


def _drop_others(folder: Path, names: set[str]) -> None:
    """What the archive has no more (redacted, say) isn't kept in its backup either."""
    for file in folder.glob("*.warc.gz"):
        if file.name not in names:
            file.unlink()


def _sync(file: Path) -> None:
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())
