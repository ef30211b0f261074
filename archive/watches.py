"""Watches: saved searches that tell what happened since they last looked. At least once, never zero times.

What a watch has to tell goes into ``outbox`` in the transaction that moves its mark; a delivery is noted after it was
made. A kill between the two repeats the telling, with the same event ids. What a release said before an edit counts too:
a watch on a phrase tells when the phrase disappears.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from archive.conditions import Conditions, conditions_of
from archive.database import Archive
from archive.errors import UsageError
from archive.query import Query, Sort, read_text
from archive.rows import content, instant
from archive.stems import index_terms

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Watch:
    """A saved search; ``last_event`` is the newest event that it has looked at."""

    name: str
    query: Query
    created_at: datetime
    last_event: int


@dataclass(frozen=True, slots=True)
class Notice:
    """One event for one watch, waiting in the outbox. ``event`` is the id by which a receiver knows a repeat."""

    outbox: int
    event: int
    kind: str
    at: datetime
    detail: str
    silent: bool
    release: int
    headline: str
    ministry: str
    url: str
    published_at: str | None
    language: str | None


def add(archive: Archive, name: str, query: Query, *, from_start: bool = False) -> Watch:
    """Saves a search. It tells what happens from now on, or with ``from_start`` what is there already too.

    Raises UsageError where the name is taken or the search has a filter that can't be meant.
    """
    read_text(query)
    with archive.transaction() as connection:
        if connection.execute("select 1 from watches where name = ?", (name,)).fetchone():
            raise UsageError(
                f"there is a watch {name!r} already: `communique watch remove {name}` first, or another name"
            )
        connection.execute(
            "insert into watches (name, query, filters, created_at, last_event) values (?, ?, ?, ?, ?)",
            (name, query.text, query_kept(query), _now(), 0 if from_start else _newest(connection)),
        )
    return get(archive, name)


def get(archive: Archive, name: str) -> Watch:
    """The watch of that name. Raises UsageError where there is none."""
    found = next((watch for watch in watches(archive) if watch.name == name), None)
    if found is None:
        names = ", ".join(watch.name for watch in watches(archive)) or "none yet"
        raise UsageError(f"no watch {name!r}; there are: {names}")
    return found


def watches(archive: Archive) -> list[Watch]:
    """Every watch, by name."""
    found = archive.connection.execute("select * from watches order by name")
    return [
        Watch(
            row["name"],
            query_from(row["query"], row["filters"]),
            instant(row["created_at"]),
            row["last_event"],
        )
        for row in found
    ]


def remove(archive: Archive, name: str) -> None:
    """Forgets a watch with what it had to tell. Raises UsageError where there is none."""
    get(archive, name)
    with archive.transaction() as connection:
        connection.execute(
            "delete from deliveries where outbox_id in (select id from outbox where watch = ?)", (name,)
        )
        connection.execute("delete from outbox where watch = ?", (name,))
        connection.execute("delete from watches where name = ?", (name,))


def look(archive: Archive, watch: Watch) -> int:
    """Puts what happened since the watch's mark into the outbox and moves the mark, in one transaction; how many."""
    with archive.transaction() as connection:
        newest = _newest(connection)
        found = list(_matching(connection, watch, newest))
        now = _now()
        connection.executemany(
            "insert or ignore into outbox (event_id, watch, created_at) values (?, ?, ?)",
            [(event, watch.name, now) for event in found],
        )
        connection.execute("update watches set last_event = ? where name = ?", (newest, watch.name))
    return len(found)


def waiting(archive: Archive, watch: Watch, channel: str) -> list[Notice]:
    """What the outbox holds for the watch and this channel has not been given, oldest first."""
    found = archive.connection.execute(
        "select o.id as outbox, e.id as event, e.kind, e.at, e.detail, e.silent, r.id as release, r.headline, r.url,"
        " r.published_at, r.language, n.name as ministry from outbox o join events e on e.id = o.event_id"
        " join releases r on r.id = e.release_id join newsrooms n on n.slug = r.newsroom where o.watch = ?"
        " and not exists (select 1 from deliveries d where d.outbox_id = o.id and d.channel = ? and d.result = 'delivered')"
        " order by e.id",
        (watch.name, channel),
    )
    return [Notice(**dict(row) | {"at": instant(row["at"]), "silent": bool(row["silent"])}) for row in found]


def note(
    archive: Archive, notices: Iterable[Notice], channel: str, *, delivered: bool, message: str = ""
) -> None:
    """Notes that these were given to the channel, or that it refused them; refused ones wait for the next run."""
    now, result = _now(), "delivered" if delivered else "failed"
    with archive.transaction() as connection:
        connection.executemany(
            "insert into deliveries (outbox_id, channel, at, result, message) values (?, ?, ?, ?, ?)",
            [(notice.outbox, channel, now, result, message) for notice in notices],
        )


def _matching(connection: sqlite3.Connection, watch: Watch, newest: int) -> Iterator[int]:
    """The events after the watch's mark whose release answers it, now or before the edit."""
    conditions = conditions_of(connection, read_text(watch.query), by_name=False)
    fresh = connection.execute(
        "select e.id, e.revision_id, r.position from events e join releases r on r.id = e.release_id"
        " where e.id > ? and e.id <= ? order by e.id",
        (watch.last_event, newest),
    ).fetchall()
    for start in range(0, len(fresh), CHUNK):
        chunk = fresh[start : start + CHUNK]
        answering = _answering(connection, conditions, [row["position"] for row in chunk])
        for row in chunk:
            if row["position"] in answering or _answered_before(connection, conditions, row):
                yield row["id"]


def _answering(connection: sqlite3.Connection, conditions: Conditions, positions: list[int]) -> set[int]:
    marks = ",".join("?" * len(positions))
    narrowed = replace(
        conditions,
        where=(*conditions.where, f"r.position in ({marks})"),
        parameters=(*conditions.parameters, *positions),
    )
    sql, values = narrowed.sql(narrowed.key)
    return {row[0] for row in connection.execute(sql, values)}


def _answered_before(connection: sqlite3.Connection, conditions: Conditions, event: sqlite3.Row) -> bool:
    """Whether the release's text answered before this edit, its other filters holding still."""
    if event["revision_id"] is None or not conditions.match.positive:
        return False
    row = connection.execute(
        "select d.content from revisions v join revisions b on b.release_id = v.release_id and b.seq = v.seq - 1"
        " join readings d on d.revision_id = b.id where v.id = ? order by d.id desc limit 1",
        (event["revision_id"],),
    ).fetchone()
    unworded = replace(conditions, match=replace(conditions.match, positive=None))
    if row is None or not _answering(connection, unworded, [event["position"]]):
        return False
    before = content(row["content"])
    texts = (before.headline, before.subheadline or "", before.body)
    return _text_matches(conditions.match.positive, (*texts, index_terms(before.language, *texts)))


def _text_matches(expression: str, columns: tuple[str, ...]) -> bool:
    """Asks an index of one text, in memory: the same tokenizer, the same expression."""
    with sqlite3.connect(":memory:") as index:
        index.execute(
            "create virtual table releases_fts using fts5(headline, subheadline, body, stems,"
            ' tokenize="unicode61 remove_diacritics 2")'
        )
        index.execute("insert into releases_fts values (?, ?, ?, ?)", columns)
        found = index.execute(
            "select 1 from releases_fts where releases_fts match ?", (expression,)
        ).fetchone()
    index.close()
    return found is not None


def query_kept(query: Query) -> str:
    """The filters of a question as JSON, to be kept with its text."""
    kept = {
        name: value
        for name, value in asdict(query).items()
        if name not in ("text", "limit", "after") and value
    }
    return json.dumps(kept, default=str, ensure_ascii=False)


def query_from(text: str, filters: str) -> Query:
    """The question that ``query_kept`` kept."""
    kept: dict[str, Any] = json.loads(filters)
    for name, value in kept.items():
        if isinstance(value, list):
            kept[name] = tuple(value)
        elif name in ("since", "until", "as_of"):
            kept[name] = date.fromisoformat(value)
        elif name == "sort":
            kept[name] = Sort(value)
    return Query(text, **kept)


def _newest(connection: sqlite3.Connection) -> int:
    return int(connection.execute("select coalesce(max(id), 0) from events").fetchone()[0])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
