"""Is the archive as it was written? Database, evidence and chain are checked against one another, and damage is named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from archive import chain, merkle, schema, verify_evidence, verify_links, verify_releases
from archive.database import Archive
from archive.findings import Finding, Report

PROVES = (
    "It shows that this archive holds today what it wrote down then: every page as received, every reading, revision and"
    " event, every look and gap, back to the oldest digest that somebody else keeps a copy of. It cannot show that the ministry's server sent"
    " it, nor that nothing else was published meanwhile; `communique coverage` shows when we looked."
)


def verify(archive: Archive, *, told: Callable[[str], None] = lambda _: None) -> Report:
    """Checks everything; ``told`` is called with the name of each part as it begins. Never raises for damage."""
    report = Report()
    with _one_moment(archive.connection):
        _check(archive, report, told)
    return report


def _check(archive: Archive, report: Report, told: Callable[[str], None]) -> None:
    for name, check in _CHECKS.items():
        told(name)
        try:
            report.findings.extend(check(archive, report))
        except sqlite3.DatabaseError as error:
            report.findings.append(Finding(str(archive.path), f"{name} can't be read: {error}"))
        except (UnicodeDecodeError, ValueError, TypeError, LookupError) as error:
            report.findings.append(Finding(str(archive.path), f"{name}: a value is not what it was: {error}"))


@contextmanager
def _one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it as one commit left it, whatever a crawl writes meanwhile: evidence only ever grows."""
    connection.execute("begin")
    try:
        yield
    finally:
        connection.execute("rollback")


def _database(archive: Archive, report: Report) -> Iterator[Finding]:
    for row in archive.connection.execute("pragma integrity_check"):
        if row[0] != "ok":
            yield Finding(str(archive.path), row[0])
    for row in archive.connection.execute("pragma foreign_key_check"):
        yield Finding(
            f"{archive.path}, table {row[0]}, row {row[1]}", f"refers to a row of {row[2]} that is not there"
        )
    yield from _schema(archive)
    report.count("database pages", archive.connection.execute("pragma page_count").fetchone()[0])


def _schema(archive: Archive) -> Iterator[Finding]:
    """Every table, index, view and trigger as the migrations make it; what somebody added is theirs."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    try:
        schema.migrate(made)
        query = "select name, sql from sqlite_master where sql is not null and name not like '\\_sqlite%' escape '\\'"
        found = dict(archive.connection.execute(query).fetchall())
        for name, sql in made.execute(query):
            if found.get(name) != sql:
                what = "is not as Communiqué makes it" if name in found else "is missing"
                yield Finding(f"{archive.path}, schema of {name}", what)
    finally:
        made.close()


def _seen(archive: Archive, report: Report) -> Iterator[Finding]:
    """When a release was last seen and read: each is the time of a capture at one of its addresses."""
    for column in ("last_seen_at", "last_read_at"):
        for row in archive.connection.execute(
            f"select release_id from sightings where {column} not in (select captured_at from captures where purpose = 'release')"
        ):
            where = f"{archive.path}, table sightings, row {row['release_id']}"
            yield Finding(where, f"{column} is not the time of any capture", (row["release_id"],))
    for row in archive.connection.execute(
        "select a.id, a.release_id from absences a join captures c on c.id = a.capture_id where c.captured_at != a.at"
    ):
        where = f"{archive.path}, table absences, row {row['id']}"
        yield Finding(where, "is not of the time of its capture", (row["release_id"],))
    report.count("sightings", archive.connection.execute("select count(*) from sightings").fetchone()[0])


def _full_text(archive: Archive, report: Report) -> Iterator[Finding]:
    """The index against the texts it was made of. SQLite checks it on a connection that may write, so not beside a run."""
    connection = sqlite3.connect(archive.path, isolation_level=None, timeout=0)
    try:
        for index in ("releases_fts", "earlier_fts", "documents_fts", "contacts_fts"):
            connection.execute(f"insert into {index} ({index}, rank) values ('integrity-check', 1)")
            report.count("full-text indexes")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error) and "readonly" not in str(error):
            raise
    except sqlite3.DatabaseError:
        what = "is not the index of the texts beside it: `communique rebuild` makes it anew"
        yield Finding(f"{archive.path}, full-text index {index}", what)
    finally:
        connection.close()


def _pointers(archive: Archive, report: Report) -> Iterator[Finding]:
    """No revision without evidence: its capture is whole, and its page is stored."""
    for row in archive.connection.execute(
        "select v.id, v.release_id from revisions v join captures c on c.id = v.capture_id"
        " where not c.complete or c.status not between 200 and 299"
    ):
        where = f"{archive.path}, table revisions, row {row['id']}"
        yield Finding(where, "was made from a capture that is not whole", (row["release_id"],))
    report.count("revisions", archive.connection.execute("select count(*) from revisions").fetchone()[0])
    report.count("events", archive.connection.execute("select count(*) from events").fetchone()[0])


def _chain(archive: Archive, report: Report) -> Iterator[Finding]:
    previous, ends = chain.START, chain.NOTHING
    stored = chain.entries(archive.connection)
    for entry in stored:
        report.count("days in the chain")
        where = f"{archive.path}, chain entry {entry.seq} ({entry.day})"
        if entry.previous != previous or entry.digest != chain.entry_digest(entry):
            yield Finding(where, "the entry or the one before it was altered")
        leaves = [leaf.digest for leaf in chain.leaves_between(archive.connection, ends, entry.ends)]
        if len(leaves) != entry.leaves or merkle.root(leaves) != entry.root:
            what = "a capture, revision, event or sheet of the ledger of that time was altered, added or taken away"
            yield Finding(where, what)
        previous, ends = entry.digest, entry.ends
    copy = chain.read_file(archive.evidence)
    if [replace(entry, made_at="") for entry in copy] != [
        replace(entry, made_at="") for entry in stored[: len(copy)]
    ]:
        yield Finding(str(archive.evidence / chain.FILE), "is another chain than the database's")


_CHECKS: dict[str, Callable[[Archive, Report], Iterator[Finding]]] = {
    "the database": _database,
    "the evidence": verify_evidence.check_files,
    "the ledger": verify_evidence.check_ledger,
    "the sightings": _seen,
    "the readings": verify_releases.check_readings,
    "the releases": verify_releases.check_releases,
    "contacts, attachments and topics": verify_releases.check_parts,
    "states, addresses and counts": verify_releases.check_derived,
    "links, translations and rejects": verify_links.check_links,
    "the full text": _full_text,
    "the revisions": _pointers,
    "the chain": _chain,
}
