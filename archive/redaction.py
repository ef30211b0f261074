"""Redaction: a piece of personal data is taken out of everything the archive holds, and the archive still verifies.

Of each capture, revision and event that held it, the leaf stays in the chain (``redactions``), with the reason; the random
record id that salted the leaf is destroyed with the bytes, so what was there can't be guessed from it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import msgspec

from archive import arrivals, chain, rewriting, rows, sheets, standing, warc
from archive.appending import record_ledger
from archive.batch import stamp
from archive.blackout import MARK, Blackout
from archive.database import Archive
from archive.digest import content_sha256
from archive.errors import UsageError
from archive.readings import text_sha256
from archive.rewriting import Held
from archive.stems import index_terms

#: what names a page isn't touched anywhere (``sheets.KEPT``): a name in an address is told to the operator instead
_SKIPPED = {"captures", "warc_files", "chain", "redactions", "standing", "ledger_sheets", "unwritten"}


_BY_US = ", redacted"
#: the digest of what a document that goes as a whole is replaced by
_GONE = warc.sha256(MARK.encode())


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


def redact(archive: Archive, text: str, *, reason: str, authority: str, once: bool = False) -> Redacted:
    """Takes a text out of evidence, database and full text. The archive must be open for writing.

    Unless ``once``, what still shows it is redacted on arrival from now on. Evidence files that held it are written anew and the old ones deleted. Raises UsageError for a text too short.
    """
    try:
        standing.order_for(text, "")
        order = _Order(Blackout(text), reason, authority, stamp(datetime.now(UTC)))
    except ValueError as error:
        raise UsageError(f"{text!r} can't be redacted: {error}") from error
    archive.connection.execute("pragma secure_delete = on")
    found = rewriting.held(archive, order.blackout)
    with archive.transaction() as connection:
        _keep_leaves(connection, order, found)
        if not once:
            _stand(archive, text, order, found)
        old = rewriting.rewrite(archive, order.blackout, found)
        with _triggers_off(connection):
            releases = _black_out_rows(connection, order)
        addresses = [
            row["url"]
            for row in connection.execute("select url from release_urls")
            if order.blackout.text(row["url"]) != row["url"]
        ]
    for file in old:
        (archive.evidence / file).unlink(missing_ok=True)
    record_ledger(archive)
    _forget(archive)
    return Redacted(len(found.captures), tuple(releases), tuple(addresses))


def lift(archive: Archive, text: str) -> bool:
    """Ends the standing order for a text, from the next run on; whether there was one. Raises UsageError as ``redact``."""
    try:
        with archive.transaction():
            lifted = arrivals.lift(archive, text, stamp(datetime.now(UTC)))
    except ValueError as error:
        raise UsageError(f"{text!r} can't have been redacted: {error}") from error
    record_ledger(archive)
    return lifted


def _stand(archive: Archive, text: str, order: _Order, found: Held) -> None:
    """The text from now on, and the documents that held it, by their digests."""
    salt = arrivals.salt(archive)
    files = archive.connection.execute("select id, payload_sha256 from captures where purpose = 'attachment'")
    documents = [
        standing.order_for_file(row["payload_sha256"], salt) for row in files if row["id"] in found.captures
    ]
    arrivals.keep(
        archive, [standing.order_for(text, salt), *documents], reason=order.reason, authority=order.authority,
        at=order.at,
    )  # fmt: skip


def _keep_leaves(connection: sqlite3.Connection, order: _Order, found: Held) -> None:
    """The leaves as they are now, of everything whose values will change."""
    hit = _hit_rows(connection, order.blackout, found)
    kept = [
        (leaf.kind, leaf.row_id, leaf.digest, order.reason, order.authority, order.at)
        for leaf in chain.leaves_between(connection, chain.NOTHING, chain.EVERYTHING)
        if leaf.row_id in hit[leaf.kind] and leaf.values is not None
    ]
    connection.executemany(
        "insert or ignore into redactions (kind, row_id, leaf, reason, authority, at) values (?, ?, ?, ?, ?, ?)",
        kept,
    )


def _hit_rows(connection: sqlite3.Connection, blackout: Blackout, found: Held) -> dict[str, AbstractSet[int]]:
    revisions = {
        row["id"]
        for row in connection.execute("select id, capture_id from revisions")
        if row["capture_id"] in found.captures
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
    return {"capture": found.captures, "revision": revisions, "event": events, "sheet": found.sheets}


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
    readings = [
        row["id"] for row in connection.execute("select id from readings where content <> blackout(content)")
    ]
    for table, columns in _text_columns(connection).items():
        for column in columns:
            connection.execute(
                f"update {table} set {column} = blackout({column}) where {column} <> blackout({column})"
            )
    for reading_id in readings:
        _seal_anew(connection, reading_id)
    for release_id in changed:
        row = connection.execute(
            "select language, headline, subheadline, body from releases where id = ?", (release_id,)
        ).fetchone()
        connection.execute("update releases set stems = ? where id = ?", (index_terms(*row), release_id))
        connection.execute(
            "update cited_results set content_sha256 = 'redacted' where release_id = ?", (release_id,)
        )
    connection.execute(
        f"update documents set sha256 = '{_GONE}' where capture_id in (select row_id from redactions where kind = 'capture')"
    )
    connection.execute(
        f"update attachments set sha256 = '{_GONE}' where url in (select url from documents where sha256 = '{_GONE}')"
    )
    _black_out_earlier(connection, changed)
    return changed


def _seal_anew(connection: sqlite3.Connection, reading_id: int) -> None:
    """A reading that was blacked out gets its new digests, and a reader of its own: no reader of ours would read the
    page quite so, and the next look at it must compare like with like.
    """
    row = connection.execute(
        "select revision_id, reader_version, content from readings where id = ?", (reading_id,)
    ).fetchone()
    reader = f"{row['reader_version'].removesuffix(_BY_US)}{_BY_US}"
    content = replace(rows.content(row["content"]), reader_version=reader)
    text = msgspec.json.encode(content).decode()
    connection.execute(
        "update readings set reader_version = ?, content = ?, content_sha256 = ?, text_sha256 = ? where id = ?",
        (reader, text, content_sha256(content), text_sha256(text), reading_id),
    )
    connection.execute("update revisions set content_sha256 = 'redacted' where id = ?", (row["revision_id"],))


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
            if row["type"].upper() == "TEXT" and row["name"] not in sheets.KEPT
        ]
        for table in tables
    }


def _forget(archive: Archive) -> None:
    """Nothing of it stays in the index's old segments, the log or the file's free pages."""
    for index in ("releases_fts", "earlier_fts", "documents_fts", "contacts_fts"):
        archive.connection.execute(f"insert into {index} ({index}) values ('optimize')")
    archive.connection.execute("vacuum")
    archive.connection.execute("pragma wal_checkpoint(truncate)")
