"""The way back from a backup: an archive in its place is set aside whole, and can be opened there.

Nothing at the archive's path is touched before the backup is copied whole and the old archive stands aside whole.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from archive import chain, evidence
from archive.backup import DATABASE, copy_key, copy_prefix, sync
from archive.batch import stamp
from archive.database import evidence_folder, named_errors, open_archive, take_lock
from archive.errors import ArchiveDamaged, ArchiveMissing, UsageError
from archive.findings import Report
from archive.redaction_key import key_file
from archive.verify import verify

_ENDS = ("", "-wal", "-shm")


def restore(folder: Path, path: Path, *, replace: bool = False) -> Report:
    """Puts a backup in the place of the archive at ``path`` and verifies it there.

    An archive that is there is only replaced with ``replace``, and then kept whole in a folder ``….before-restore-TIME``.
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
            staged = _staged(source, path)
            _set_aside(path)
            _put(staged, path)
    with open_archive(path) as archive:
        return verify(archive)


def _staged(source: Path, path: Path) -> Path:
    """The backup, copied whole into a folder beside the archive; the database in it."""
    folder = path.with_name(f"{path.name}.restoring")
    shutil.rmtree(folder, ignore_errors=True)
    staged = folder / path.name
    evidence_folder(staged).mkdir(parents=True)
    for name, size in _files_known(source).items():
        copy_prefix(evidence_folder(source) / name, evidence_folder(staged) / name, size)
    if (evidence_folder(source) / chain.FILE).exists():
        shutil.copyfile(evidence_folder(source) / chain.FILE, evidence_folder(staged) / chain.FILE)
    copy_key(source, staged)
    shutil.copyfile(source, staged)
    _close_files(staged)
    sync(staged)
    return staged


def _files_known(path: Path) -> dict[str, int]:
    """The evidence files of a database, with as many bytes as it knows."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        try:
            return dict(connection.execute("select name, bytes_committed from warc_files"))
        except sqlite3.DatabaseError as error:
            raise ArchiveDamaged(f"{path} can't be read: {error}") from error


def _close_files(path: Path) -> None:
    """No evidence file goes on in two ways: what comes now goes into a new one, also where a later backup has the old one longer."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "update warc_files set closed_at = ? where closed_at is null", (stamp(datetime.now(UTC)),)
        )


def _set_aside(path: Path) -> None:
    """The archive that is there as one of its own, in a folder beside it: by links, so that it costs no space."""
    files = [Path(f"{path}{end}") for end in _ENDS if Path(f"{path}{end}").exists()]
    old = _own_evidence(path)
    if not files and not old:
        return
    aside = path.with_name(f"{path.name}.before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}") / path.name
    evidence_folder(aside).mkdir(parents=True)
    for file in files:
        _link(file, aside.with_name(file.name))
    for file in (*old, evidence_folder(path) / chain.FILE):
        _link(file, evidence_folder(aside) / file.name)
    _link(key_file(path), key_file(aside))
    for file in old:
        file.unlink()


def _own_evidence(path: Path) -> list[Path]:
    """The evidence files of the archive that is there, as far as it can be told: by its database, and by their names."""
    names = set(evidence.files_of(path, evidence_folder(path)))
    if path.exists():
        with suppress(ArchiveDamaged):  # a database that can't be read is why somebody restores
            names |= set(_files_known(path))
    return [file for name in sorted(names) if (file := evidence_folder(path) / name).exists()]


def _link(file: Path, target: Path) -> None:
    """A second name for a file; a copy on a disk that has no links."""
    if file.exists():
        try:
            os.link(file, target)
        except OSError:
            shutil.copy2(file, target)


def _put(staged: Path, path: Path) -> None:
    """Evidence first and the database last: at every moment a restored database has its evidence beside it."""
    evidence_folder(path).mkdir(exist_ok=True)
    for file in evidence_folder(staged).iterdir():
        file.replace(evidence_folder(path) / file.name)
    if key_file(staged).exists():
        key_file(staged).replace(key_file(path))
    for end in _ENDS[1:]:
        Path(f"{path}{end}").unlink(missing_ok=True)
    staged.replace(path)
    shutil.rmtree(staged.parent)
