"""Redaction: a piece of personal data is taken out of everything the archive holds, and the archive still verifies.

Of each capture, revision and event that held it, the leaf stays in the chain (``redactions``), with the reason; the random
record id that salted the leaf is destroyed with the bytes, so what was there can't be guessed from it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from archive import chain, evidence, rows
from archive.batch import stamp
from archive.blackout import MARK, Blackout
from archive.database import Archive
from archive.digest import content_sha256
from archive.errors import UsageError
from archive.known import decoded
from archive.model import Exchange
from archive.readings import text_sha256
from archive.stems import index_terms

#: what names a page isn't touched: a name in an address is told to the operator instead
_KEPT = {"url", "url_key", "identity", "value", "site", "slug", "newsroom"}
_SKIPPED = {"captures", "warc_files", "chain", "redactions", "hosts", "runs"}


@dataclass(frozen=True, slots=True)
class Redacted:
    """What a redaction took the text out of. ``addresses`` still name it: only the publisher can change those."""

    captures: int
    releases: tuple[int, ...]
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Order:
    blackout: Blackout
    reason: str
    authority: str
    at: str


def redact(archive: Archive, text: str, *, reason: str, authority: str) -> Redacted:
    """Takes a text out of evidence, database and full text. The archive must be open for writing.

    Evidence files that held it are written anew and the old ones deleted. Raises UsageError for a text too short.
    """
    try:
        order = _Order(Blackout(text), reason, authority, stamp(datetime.now(UTC)))
    except ValueError as error:
        raise UsageError(f"{text!r} can't be redacted: {error}") from error
    archive.connection.execute("pragma secure_delete = on")
    affected = list(_affected(archive, order.blackout))
    with archive.transaction() as connection:
        _keep_leaves(connection, order, affected)
        old = [_rewrite(archive, name, order, set(affected)) for name in _files(connection, affected)]
        with _triggers_off(connection):
            releases = _black_out_rows(connection, order)
        addresses = [
            row["url"]
            for row in connection.execute("select url from release_urls")
            if order.blackout.text(row["url"]) != row["url"]
        ]
    for file in old:
        (archive.evidence / file).unlink(missing_ok=True)
    _forget(archive)
    return Redacted(len(affected), tuple(releases), tuple(addresses))


def _affected(archive: Archive, blackout: Blackout) -> Iterator[int]:
    """The captures whose bytes hold the text, and those that repeat them."""
    own = _documents(archive, blackout)
    for row in archive.connection.execute(
        "select id, warc_file, warc_offset, warc_length, revisit_of from captures"
    ):
        place = evidence.Place(row["warc_file"], row["warc_offset"], row["warc_length"])
        if row["revisit_of"] in own:
            yield row["id"]
            continue
        if row["id"] in own:
            yield row["id"]
            continue
        record = evidence.read_record(archive.evidence, place)
        body = decoded(record)
        if blackout.payload(body) != body or any(
            blackout.text(value) != value for _, value in record.headers
        ):
            own.add(row["id"])
            yield row["id"]


def _documents(archive: Archive, blackout: Blackout) -> set[int]:
    """Documents whose text holds it: their bytes are compressed, so the whole file goes."""
    found = archive.connection.execute("select text, sha256 from documents").fetchall()
    digests = {row["sha256"] for row in found if blackout.text(row["text"]) != row["text"]}
    return {
        row["id"]
        for digest in digests
        for row in archive.connection.execute(
            "select c.id from captures c join documents d on d.capture_id = c.id where d.sha256 = ?",
            (digest,),
        )
    }


def _files(connection: sqlite3.Connection, captures: list[int]) -> list[str]:
    found = {row["id"]: row["warc_file"] for row in connection.execute("select id, warc_file from captures")}
    return sorted({found[each] for each in captures})


def _keep_leaves(connection: sqlite3.Connection, order: _Order, captures: list[int]) -> None:
    """The leaves as they are now, of everything whose values will change."""
    ends = {"capture": 2**62, "revision": 2**62, "event": 2**62}
    hit = _hit_rows(connection, order.blackout, set(captures))
    kept = [
        (leaf.kind, leaf.row_id, leaf.digest, order.reason, order.authority, order.at)
        for leaf in chain.leaves_between(connection, dict.fromkeys(ends, 0), ends)
        if leaf.row_id in hit[leaf.kind] and leaf.values is not None
    ]
    connection.executemany(
        "insert or ignore into redactions (kind, row_id, leaf, reason, authority, at) values (?, ?, ?, ?, ?, ?)",
        kept,
    )


def _hit_rows(connection: sqlite3.Connection, blackout: Blackout, captures: set[int]) -> dict[str, set[int]]:
    revisions = {
        row["id"]
        for row in connection.execute("select id, capture_id from revisions")
        if row["capture_id"] in captures
    }
    revisions |= {
        row["revision_id"]
        for row in connection.execute("select revision_id, content from readings")
        if blackout.text(row["content"]) != row["content"]
    }
    events = {
        row["id"]
        for row in connection.execute("select id, detail from events")
        if blackout.text(row["detail"]) != row["detail"]
    }
    return {"capture": captures, "revision": revisions, "event": events}


def _rewrite(archive: Archive, name: str, order: _Order, affected: set[int]) -> str:
    """A new file in place of one that held the text; every capture's row points into the new one. The old name."""
    connection = archive.connection
    captures = {
        row["warc_offset"]: row
        for row in connection.execute("select * from captures where warc_file = ?", (name,)).fetchall()
    }
    new_name = name.rpartition("-")[0] + f"-{os.urandom(4).hex()}.warc.gz"
    committed, opened, closed = connection.execute(
        "select bytes_committed, opened_at, closed_at from warc_files where name = ?", (name,)
    ).fetchone()
    connection.execute(
        "insert into warc_files (name, bytes_committed, opened_at, closed_at) values (?, 0, ?, ?)",
        (new_name, opened, closed or order.at),
    )
    size, ids = 0, dict[str, str]()
    with (archive.evidence / new_name).open("wb") as file:
        for place, data in evidence.members(archive.evidence / name, committed):
            row = captures.get(place.offset)
            new = _copied(archive, row, data, order.blackout, affected=affected, ids=ids)
            if row is not None:
                connection.execute(
                    "update captures set warc_file = ?, warc_offset = ?, warc_length = ? where id = ?",
                    (new_name, size, len(new), row["id"]),
                )
            file.write(new)
            size += len(new)
        file.flush()
        os.fsync(file.fileno())
    connection.execute("update warc_files set bytes_committed = ? where name = ?", (size, new_name))
    connection.execute("delete from warc_files where name = ?", (name,))
    return name


def _copied(
    archive: Archive,
    row: sqlite3.Row | None,
    data: bytes,
    blackout: Blackout,
    *,
    affected: set[int],
    ids: dict[str, str],
) -> bytes:
    """A record as the new file has it. A request names the id of its response: there the old id goes, too."""
    if row is None:
        return evidence.replace_in_member(data, ids) if ids else data
    return _blacked_out(archive, row, data, blackout, ids) if row["id"] in affected else data


def _blacked_out(
    archive: Archive, row: sqlite3.Row, data: bytes, blackout: Blackout, ids: dict[str, str]
) -> bytes:
    """The record without the text, under a new id; its row gets the new id and digest."""
    place = evidence.Place(row["warc_file"], row["warc_offset"], row["warc_length"])
    record = evidence.parse_member(data, place, archive.evidence / place.file)
    assert record is not None
    body = MARK.encode() if record.purpose == "attachment" else blackout.payload(decoded(record))
    original = _original(archive.connection, row)
    exchange = Exchange(
        url=record.url,
        purpose=record.purpose,
        status=record.status,
        headers=tuple(
            (name, blackout.text(value))
            for name, value in record.headers
            if name.lower() not in {"content-encoding", "content-length"}
        ),
        body=body,
        fetched_at=record.at,
        newsroom=record.newsroom,
        truncated=record.truncated,
        asked=record.asked,
        hints=tuple((name, blackout.text(value)) for name, value in record.hints),
    )
    ids[record.record_id] = new_id = evidence.new_record_id()
    digest = original.payload_sha256 if original else evidence.sha256(body)
    archive.connection.execute(
        "update captures set record_id = ?, payload_sha256 = ? where id = ?", (new_id, digest, row["id"])
    )
    return evidence.pack(exchange, new_id, original, record.run)[0]


def _original(connection: sqlite3.Connection, row: sqlite3.Row) -> evidence.Original | None:
    """The capture that a revisit repeats, as it is by now: it comes before it, so it is blacked out already."""
    if row["revisit_of"] is None:
        return None
    found = connection.execute(
        "select url, captured_at, payload_sha256 from captures where id = ?", (row["revisit_of"],)
    ).fetchone()
    return evidence.Original(found["url"], rows.instant(found["captured_at"]), found["payload_sha256"])


class _triggers_off:  # noqa: N801 (a context manager, read as a verb)
    """Within one transaction, append-only tables can be changed: for redaction only."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._triggers: list[tuple[str, str]] = []

    def __enter__(self) -> None:
        found = self._connection.execute(
            "select name, sql from sqlite_master where type = 'trigger' and name like '%append_only_update'"
        )
        self._triggers = [(row["name"], row["sql"]) for row in found]
        for name, _ in self._triggers:
            self._connection.execute(f"drop trigger {name}")

    def __exit__(self, *error: object) -> None:
        for _, sql in self._triggers:
            self._connection.execute(sql)


def _black_out_rows(connection: sqlite3.Connection, order: _Order) -> list[int]:
    """Every text column of every table of ours; digests and full text follow. The releases that were changed."""
    blackout = order.blackout
    connection.create_function("blackout", 1, blackout.text_or_none, deterministic=True)
    changed = _changed_releases(connection)
    for table, columns in _text_columns(connection).items():
        for column in columns:
            connection.execute(
                f"update {table} set {column} = blackout({column}) where {column} <> blackout({column})"
            )
    for row in connection.execute("select id, revision_id, content, text_sha256 from readings").fetchall():
        if text_sha256(row["content"]) != row["text_sha256"]:
            digests = (content_sha256(rows.content(row["content"])), text_sha256(row["content"]))
            connection.execute(
                "update readings set content_sha256 = ?, text_sha256 = ? where id = ?", (*digests, row["id"])
            )
            connection.execute(
                "update revisions set content_sha256 = 'redacted' where id = ?", (row["revision_id"],)
            )
    for release_id in changed:
        row = connection.execute(
            "select language, headline, subheadline, body from releases where id = ?", (release_id,)
        ).fetchone()
        connection.execute("update releases set stems = ? where id = ?", (index_terms(*row), release_id))
        connection.execute(
            "update cited_results set content_sha256 = 'redacted' where release_id = ?", (release_id,)
        )
    connection.execute(
        "update documents set sha256 = 'redacted' where capture_id in (select row_id from redactions where kind = 'capture')"
    )
    connection.execute(
        "update attachments set sha256 = 'redacted' where url in (select url from documents where sha256 = 'redacted')"
    )
    _black_out_earlier(connection, changed)
    return changed


def _black_out_earlier(connection: sqlite3.Connection, releases: list[int]) -> None:
    """The index of earlier revisions holds texts of its own."""
    for release_id in releases:
        for row in connection.execute(
            "select e.rowid, r.language, e.headline, e.subheadline, e.body from earlier_fts e"
            " join revisions v on v.id = e.rowid join releases r on r.id = v.release_id where r.id = ?",
            (release_id,),
        ).fetchall():
            texts = connection.execute(
                "select blackout(?), blackout(?), blackout(?)", tuple(row)[2:]
            ).fetchone()
            connection.execute(
                "update earlier_fts set headline = ?, subheadline = ?, body = ?, stems = ? where rowid = ?",
                (*texts, index_terms(row["language"], *texts), row["rowid"]),
            )


def _changed_releases(connection: sqlite3.Connection) -> list[int]:
    found = connection.execute(
        "select distinct v.release_id from readings d join revisions v on v.id = d.revision_id"
        " where d.content <> blackout(d.content) order by 1"
    )
    return [row[0] for row in found]


def _text_columns(connection: sqlite3.Connection) -> dict[str, list[str]]:
    tables = [
        row["name"]
        for row in connection.execute(
            "select name from sqlite_master where type = 'table' and sql not like 'create virtual%'"
            " and name not like '%\\_fts%' escape '\\'"
            " and name not like 'sqlite\\_%' escape '\\' and name not like '\\_%' escape '\\'"
        )
        if row["name"] not in _SKIPPED
    ]
    return {
        table: [
            row["name"]
            for row in connection.execute(f"pragma table_info({table})")
            if row["type"].upper() == "TEXT" and row["name"] not in _KEPT
        ]
        for table in tables
    }


def _forget(archive: Archive) -> None:
    """Nothing of it stays in the index's old segments, the log or the file's free pages."""
    for index in ("releases_fts", "earlier_fts", "documents_fts"):
        archive.connection.execute(f"insert into {index} ({index}) values ('optimize')")
    archive.connection.execute("vacuum")
    archive.connection.execute("pragma wal_checkpoint(truncate)")
