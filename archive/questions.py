"""Cited questions: a question with the digest of its answer, asked again later: the same, or what differs."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Self

from archive.database import Archive
from archive.errors import UsageError
from archive.query import Query
from archive.rows import instant
from archive.search import positions
from archive.watches import query_from, query_kept

CHUNK = 500


@dataclass(frozen=True, slots=True)
class CitedQuery:
    """A question as it was cited. ``result_sha256`` is over ``id digest`` lines of its answers, in the order of ids."""

    name: str
    query: Query
    releases: int
    result_sha256: str
    made_at: datetime


class Digests:
    """The answers to a question with the digest of each, in a file of SQLite's own that goes away: constant memory."""

    def __init__(self) -> None:
        self._kept = sqlite3.connect("", isolation_level=None)
        self._kept.executescript(
            "pragma journal_mode = off; create table answers (id integer primary key, digest text not null); begin"
        )
        self._count = 0

    def add(self, number: int, digest: str) -> None:
        """Notes a release and the digest of what it says."""
        self._kept.execute("insert into answers values (?, ?)", (number, digest))
        self._count += 1

    def result(self) -> str:
        """The digest of the whole answer, in the order of ids."""
        return result_digest(self._kept.execute("select id, digest from answers order by id"))

    def __len__(self) -> int:
        return self._count

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._kept.close()


@dataclass(frozen=True, slots=True)
class Difference:
    """What asking again changed: ids of releases. Nothing at all means the same answer."""

    new: tuple[int, ...]
    gone: tuple[int, ...]
    edited: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.edited)


def cite(archive: Archive, name: str, query: Query) -> CitedQuery:
    """Asks, and keeps the question with its answer. Raises UsageError where the name is taken."""
    with archive.transaction() as connection:
        if connection.execute("select 1 from cited_queries where name = ?", (name,)).fetchone():
            raise UsageError(f"there is a cited question {name!r} already: take another name")
        found = answers(archive, query)
        digest, now = result_digest(found.items()), datetime.now(UTC).isoformat(timespec="seconds")
        connection.execute(
            "insert into cited_queries values (?, ?, ?, ?, ?, ?)",
            (name, query.text, query_kept(query), len(found), digest, now),
        )
        connection.executemany(
            "insert into cited_results values (?, ?, ?)", ((name, *pair) for pair in found.items())
        )
    return get(archive, name)


def get(archive: Archive, name: str) -> CitedQuery:
    """The cited question of that name. Raises UsageError where there is none."""
    found = next((each for each in cited(archive) if each.name == name), None)
    if found is None:
        raise UsageError(f"no cited question {name!r}: `communique cite-query list` shows them")
    return found


def cited(archive: Archive) -> list[CitedQuery]:
    """Every cited question, by name."""
    rows = archive.connection.execute("select * from cited_queries order by name")
    return [
        CitedQuery(
            row["name"],
            query_from(row["query"], row["filters"]),
            row["releases"],
            row["result_sha256"],
            instant(row["made_at"]),
        )
        for row in rows
    ]


def ask_again(archive: Archive, name: str) -> Difference:
    """What differs from the answer that was cited."""
    now = answers(archive, get(archive, name).query)
    rows = archive.connection.execute(
        "select release_id, content_sha256 from cited_results where name = ?", (name,)
    )
    then = {row["release_id"]: row["content_sha256"] for row in rows}
    return Difference(
        new=tuple(sorted(now.keys() - then.keys())),
        gone=tuple(sorted(then.keys() - now.keys())),
        edited=tuple(sorted(key for key in now.keys() & then.keys() if now[key] != then[key])),
    )


def answers(archive: Archive, query: Query) -> dict[int, str]:
    """Every release that answers, with the digest of what it says, in the order of ids."""
    found = positions(archive, query)
    pairs: dict[int, str] = {}
    while chunk := list(islice(found, CHUNK)):
        pairs.update(_digests(archive.connection, chunk))
    return dict(sorted(pairs.items()))


def result_digest(pairs: Iterable[tuple[int, str]]) -> str:
    """SHA-256 over a line ``id digest`` for each answer, in the order given."""
    digest = hashlib.sha256()
    for number, content in pairs:
        digest.update(f"{number} {content}\n".encode())
    return digest.hexdigest()


def _digests(connection: sqlite3.Connection, chunk: list[int]) -> Iterator[tuple[int, str]]:
    marks = ",".join("?" * len(chunk))
    sql = f"select r.id, v.content_sha256 from releases r join revisions v on v.id = r.current_revision where r.position in ({marks})"
    for row in connection.execute(sql, chunk):
        yield row[0], row[1]
