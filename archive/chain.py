"""The chain of daily digests: one Merkle root a day over captures, revisions, events and the sheets of the ledger
(``archive.sheets``: when we looked, and what we could not see), chained to the day before.

Whoever holds yesterday's digest can tell whether anything of yesterday was altered since. ``evidence/chain.jsonl`` is
the same chain as a file, to publish and to keep elsewhere. A capture's random record id salts its leaf, so that a
redacted one can't be guessed from it; a redacted row's leaf stays, its content doesn't.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from archive import merkle
from archive.batch import stamp

FILE = "chain.jsonl"
START = "0" * 64

_LEAVES = {
    "capture": (
        "captures",
        "captured_at",
        (
            "select c.id, 'capture', c.id, c.record_id, c.url, c.status, c.captured_at, c.payload_sha256, c.revisit_of"
            " from captures c where c.id > ? and c.id <= ? order by c.id"
        ),
    ),
    "revision": (
        "revisions",
        "seen_at",
        (
            "select v.id, 'revision', v.id, v.release_id, v.seq, c.record_id, v.seen_at, v.content_sha256, v.kinds, v.silent,"
            " v.reverts_to from revisions v join captures c on c.id = v.capture_id where v.id > ? and v.id <= ? order by v.id"
        ),
    ),
    "event": (
        "events",
        "at",
        (
            "select e.id, 'event', e.id, e.release_id, e.kind, e.at, e.revision_id, e.capture_id, e.detail"
            " from events e where e.id > ? and e.id <= ? order by e.id"
        ),
    ),
    "sheet": (
        "ledger_sheets",
        "written_at",
        (
            "select s.id, 'sheet', s.id, s.record_id, s.written_at, s.payload_sha256"
            " from ledger_sheets s where s.id > ? and s.id <= ? order by s.id"
        ),
    ),
}
#: before the first entry, no row of any kind is covered
NOTHING = dict.fromkeys(_LEAVES, 0)
#: after every row there can be
EVERYTHING = dict.fromkeys(_LEAVES, 2**62)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: it covers the rows after the entry before it, up to the ids it names.

    ``last_sheet`` is 0 in entries of the first form, whose digest covers neither sheets nor ``made_at``.
    """

    seq: int
    day: str
    last_capture: int
    last_revision: int
    last_event: int
    leaves: int
    root: str
    previous: str
    digest: str
    last_sheet: int = 0
    made_at: str = ""

    @property
    def ends(self) -> dict[str, int]:
        """The last row it covers, by kind."""
        return {
            "capture": self.last_capture,
            "revision": self.last_revision,
            "event": self.last_event,
            "sheet": self.last_sheet,
        }


@dataclass(frozen=True, slots=True)
class Leaf:
    """One row as the chain counts it. ``values`` is None where it was redacted."""

    kind: str
    row_id: int
    digest: str
    values: tuple[object, ...] | None


def entry_digest(entry: Entry) -> str:
    """The digest that the next entry refers to. Entries that cover no sheets keep the first form."""
    values = [
        "communique chain 2" if entry.last_sheet else "communique chain 1", entry.seq, entry.day,
        entry.last_capture, entry.last_revision, entry.last_event, *([entry.last_sheet] if entry.last_sheet else []),
        entry.leaves, entry.root, entry.previous, *([entry.made_at] if entry.last_sheet else []),
    ]  # fmt: skip
    return merkle.leaf(values)


def entries(connection: sqlite3.Connection) -> list[Entry]:
    """The whole chain, oldest first."""
    names = ", ".join(Entry.__dataclass_fields__)
    return [Entry(*row) for row in connection.execute(f"select {names} from chain order by seq")]


def close_days(connection: sqlite3.Connection, now: datetime, *, today: bool = False) -> Entry | None:
    """Closes everything seen before today (UTC), or with ``today`` everything so far. None where nothing is open."""
    before = stamp(now) if today else stamp(now.replace(hour=0, minute=0, second=0, microsecond=0))
    head = _head(connection)
    ends = {kind: max(head.ends[kind], _last_before(connection, kind, before)) for kind in _LEAVES}
    if ends == head.ends:
        return None
    found = list(leaves_between(connection, head.ends, ends))
    day = connection.execute(
        "select coalesce(max(substr(captured_at, 1, 10)), ?) from captures where id <= ?",
        (stamp(now)[:10], ends["capture"]),
    ).fetchone()[0]
    open_entry = Entry(
        seq=head.seq + 1,
        day=day,
        last_capture=ends["capture"],
        last_revision=ends["revision"],
        last_event=ends["event"],
        leaves=len(found),
        root=merkle.root([leaf.digest for leaf in found]),
        previous=head.digest,
        digest="",
        last_sheet=ends["sheet"],
        made_at=stamp(now),
    )
    entry = replace(open_entry, digest=entry_digest(open_entry))
    insert(connection, entry)
    return entry


def insert(connection: sqlite3.Connection, entry: Entry) -> None:
    """Adds an entry at the end of the chain."""
    fields = asdict(entry)
    connection.execute(
        f"insert into chain ({', '.join(fields)}) values ({', '.join('?' * len(fields))})",
        tuple(fields.values()),
    )


def leaves_between(
    connection: sqlite3.Connection, after: dict[str, int], to: dict[str, int]
) -> Iterator[Leaf]:
    """Every leaf after the rows ``after`` up to the rows ``to``, in the order of the tree."""
    redacted = {
        (row["kind"], row["row_id"]): row["leaf"]
        for row in connection.execute("select kind, row_id, leaf from redactions")
    }
    for kind, (_, _, query) in _LEAVES.items():
        for row in connection.execute(query, (after[kind], to[kind])):
            known = redacted.get((kind, row[0]))
            values = None if known else tuple(row)[1:]
            yield Leaf(kind, row[0], known or merkle.leaf(values or ()), values)


def write_file(connection: sqlite3.Connection, evidence: Path) -> None:
    """Writes the chain as ``evidence/chain.jsonl``, whole and at once."""
    evidence.mkdir(parents=True, exist_ok=True)
    part = evidence / f"{FILE}.part"
    with part.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(entry)) + "\n" for entry in entries(connection))
        file.flush()
        os.fsync(file.fileno())
    part.replace(evidence / FILE)


def read_file(evidence: Path) -> list[Entry]:
    """The chain as the file has it; empty where there is none. Raises ValueError for a file that is no chain."""
    path = evidence / FILE
    if not path.exists():
        return []
    return [Entry(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _head(connection: sqlite3.Connection) -> Entry:
    found = entries(connection)
    return found[-1] if found else Entry(0, "", 0, 0, 0, 0, START, START, START)


def _last_before(connection: sqlite3.Connection, kind: str, before: str) -> int:
    table, column, _ = _LEAVES[kind]
    row = connection.execute(
        f"select max(id) from {table} where {column} < ?",
        (before,),
    ).fetchone()
    return int(row[0] or 0)
