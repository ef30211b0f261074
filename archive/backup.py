"""A copy of the archive as it was committed at one moment, made while a crawl writes.

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
from archive.database import Archive, evidence_folder, named_errors
from archive.errors import ArchiveDamaged
from archive.redaction_key import key_file

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
                copy_prefix(archive.evidence / row["name"], target / row["name"], row["bytes_committed"])
                for row in files
            )
            chain.write_file(copy, target)
            copy_key(archive.path, folder / DATABASE)
            counts = copy.execute(
                "select (select count(*) from releases), (select count(*) from captures)"
            ).fetchone()
        finally:
            copy.close()
        sync(part)
        part.replace(folder / DATABASE)
        _drop_others(target, {row["name"] for row in files})
    return BackedUp(counts[0], counts[1], sum(row["bytes_committed"] for row in files), copied)


def copy_key(source: Path, path: Path) -> None:
    """Brings the key of one archive's standing orders to another. Without their key the standing orders of redaction could not be followed."""
    if key_file(source).exists():
        part = key_file(path).with_name(f"{key_file(path).name}.part")
        shutil.copy(key_file(source), part)
        part.replace(key_file(path))


def copy_prefix(source: Path, target: Path, size: int) -> int:
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


def _drop_others(folder: Path, names: set[str]) -> None:
    """What the archive has no more (redacted, say) isn't kept in its backup either."""
    for file in folder.glob("*.warc.gz"):
        if file.name not in names:
            file.unlink()


def sync(file: Path) -> None:
    """Sees a file onto the disk."""
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())
