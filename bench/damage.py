"""Bit flips in the database, bit flips and cut tails in the evidence: is each found and named?

    python -m bench.damage [--flips 200] [--seeds 3]

A flip is harmless where no row of any table and no record reads otherwise after it (an unused part of a database page; a
gzip header's time stamp, a padding bit). Everything else has to be found, with the file in its name.
"""

from __future__ import annotations

import argparse
import gzip
import random
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive import chain, evidence
from archive.database import open_archive
from archive.errors import NamedError
from archive.store import Writer
from archive.verify import verify
from tests.archive.crash import run

#: what no digest covers: when we will look next, and how far the evidence files go
NOTES = frozenset({"sightings", "warc_files", "_sqlite_migrations", "sqlite_sequence"})


@dataclass(slots=True)
class Tally:
    """Pieces of damage that were found, that were found without their place, that change nothing, and that went unseen."""

    found: int = 0
    unnamed: list[str] = field(default_factory=list)
    harmless: int = 0
    unseen: list[str] = field(default_factory=list)

    def note(self, where: str, name: str, told: list[str], changes: Callable[[], Collection[str]]) -> None:
        """One piece of damage to the file of that ``name``: what was ``told`` of it, and what it ``changes``."""
        if any(name in each for each in told):
            self.found += 1
        elif told:
            self.unnamed.append(f"{where}: {'; '.join(told)}")
        elif changed := changes():
            self.unseen.append(f"{where}: {', '.join(changed)}")
        else:
            self.harmless += 1


def archive_at(path: Path) -> None:
    """Two crawled days, closed in the chain."""
    run(path)
    with Writer.open(path) as writer, writer.archive.transaction() as connection:
        chain.close_days(connection, datetime.now(UTC) + timedelta(days=1))
        chain.write_file(connection, writer.archive.evidence)
    connection = sqlite3.connect(path)
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()


def flip_evidence(path: Path, chance: random.Random, flips: int) -> Tally:
    """Random bits of the evidence file, one at a time."""
    [file] = (path.parent / "evidence").glob("*.warc.gz")
    whole, tally, records = file.read_bytes(), Tally(), unpacked(file)
    for _ in range(flips):
        place = chance.randrange(len(whole))
        file.write_bytes(_flipped(whole, place, chance))
        tally.note(f"byte {place}", file.name, _told(path), lambda: _changed_records(file, records))
    file.write_bytes(whole)
    return tally


def unpacked(file: Path) -> list[bytes]:
    """Every record of an evidence file."""
    return [gzip.decompress(data) for _, data in evidence.members(file)]


def cut_evidence(path: Path, chance: random.Random, cuts: int) -> Tally:
    """The evidence file ends early, at a random byte."""
    [file] = (path.parent / "evidence").glob("*.warc.gz")
    whole, tally = file.read_bytes(), Tally()
    for _ in range(cuts):
        place = chance.randrange(len(whole))
        file.write_bytes(whole[:place])
        tally.note(f"cut at {place}", file.name, _told(path), lambda: {file.name})
    file.write_bytes(whole)
    return tally


def flip_database(path: Path, chance: random.Random, flips: int) -> Tally:
    """Random bits of the database file, one at a time."""
    whole, before, tally = path.read_bytes(), rows_of(path), Tally()
    for _ in range(flips):
        place = chance.randrange(len(whole))
        _write(path, _flipped(whole, place, chance))
        tally.note(f"byte {place}", path.name, _told(path), lambda: changed_tables(path, before))
    _write(path, whole)
    return tally


def changed_tables(path: Path, before: dict[str, list[tuple[object, ...]]]) -> set[str]:
    """The tables that read otherwise than before, but for what no digest covers; SQLite itself checks what an index finds."""
    try:
        after = rows_of(path)
    except (UnicodeDecodeError, sqlite3.DatabaseError) as error:
        return {f"the schema ({error})"}
    changed = {table for table in before if after.get(table) != before[table]}
    return {table for table in changed if not table.endswith("_fts_data")} - NOTES


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    tables = connection.execute(
        "select name from sqlite_master where type = 'table' and sql not like '%vocab%'"
    )
    names = [name for (name,) in tables.fetchall()]
    connection.text_factory = bytes  # a flipped bit need not leave UTF-8
    found = {name: connection.execute(f'select * from "{name}"').fetchall() for name in names}
    connection.close()
    return found


def _changed_records(file: Path, before: list[bytes]) -> Collection[str]:
    return set() if unpacked(file) == before else {file.name}


def _flipped(whole: bytes, place: int, chance: random.Random) -> bytes:
    data = bytearray(whole)
    data[place] ^= 1 << chance.randrange(8)
    return bytes(data)


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    for end in ("-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)


def _told(path: Path) -> list[str]:
    """Everything that is found."""
    try:
        with open_archive(path) as archive:
            return [f"{finding.where} {finding.what}" for finding in verify(archive).findings]
    except NamedError as error:
        return [str(error)]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--flips", type=int, default=200)
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    unseen = 0
    kinds = {
        "bits of the evidence": flip_evidence,
        "cut tails": cut_evidence,
        "bits of the database": flip_database,
    }
    for seed in range(options.seeds):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "archive.db"
            archive_at(path)
            for kind, damage in kinds.items():
                tally = damage(path, random.Random(seed), options.flips)
                unseen += len(tally.unseen) + len(tally.unnamed)
                print(
                    f"seed {seed}, {options.flips} {kind}: {tally.found} found and named, {tally.unnamed} found without"
                    f" a name, {tally.harmless} change nothing, unseen: {tally.unseen}"
                )
    return int(unseen > 0)


if __name__ == "__main__":
    sys.exit(main())
