"""Is the archive as it was written? Database, evidence and chain are checked against one another, and damage is named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from archive import chain, evidence, merkle, rows
from archive.batch import key_or_url, stamp
from archive.database import Archive
from archive.digest import NORM_VERSION, content_sha256
from archive.errors import ArchiveDamaged
from archive.model import Release
from archive.readings import text_sha256

PROVES = (
    "It shows that this archive holds today what it wrote down then: every page as received, every reading, revision and"
    " event, back to the oldest digest that somebody else keeps a copy of. It cannot show that the ministry's server sent"
    " it, nor that nothing else was published meanwhile; `communique coverage` shows when we looked."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of damage: where it lies (a file, an offset, a table and row), what it is, which releases it hits."""

    where: str
    what: str
    releases: tuple[int, ...] = ()


@dataclass(slots=True)
class Report:
    """What was checked and what was found."""

    checked: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def count(self, name: str, number: int = 1) -> None:
        """So many more were checked."""
        self.checked[name] = self.checked.get(name, 0) + number


def verify(archive: Archive, *, told: Callable[[str], None] = lambda _: None) -> Report:
    """Checks everything; ``told`` is called with the name of each part as it begins. Never raises for damage."""
    report = Report()
    for name, check in _CHECKS.items():
        told(name)
        try:
            report.findings.extend(check(archive, report))
        except sqlite3.DatabaseError as error:
            report.findings.append(Finding(str(archive.path), f"{name} can't be read: {error}"))
        except (UnicodeDecodeError, ValueError, TypeError) as error:
            report.findings.append(Finding(str(archive.path), f"{name}: a value is not what it was: {error}"))
    return report


def _database(archive: Archive, report: Report) -> Iterator[Finding]:
    for row in archive.connection.execute("pragma integrity_check"):
        if row[0] != "ok":
            yield Finding(str(archive.path), row[0])
    for row in archive.connection.execute("pragma foreign_key_check"):
        yield Finding(
            f"{archive.path}, table {row[0]}, row {row[1]}", f"refers to a row of {row[2]} that is not there"
        )
    report.count("database pages", archive.connection.execute("pragma page_count").fetchone()[0])


def _evidence(archive: Archive, report: Report) -> Iterator[Finding]:
    for row in archive.connection.execute("select name, bytes_committed from warc_files order by opened_at"):
        path = archive.evidence / row["name"]
        size = path.stat().st_size if path.exists() else -1
        report.count("evidence files")
        report.count("evidence bytes", row["bytes_committed"])
        if size < row["bytes_committed"]:
            what = (
                "is missing"
                if size < 0
                else f"ends at byte {size}, {row['bytes_committed'] - size} bytes early"
            )
            yield Finding(
                str(path), f"the evidence file {what}", _hit_beyond(archive, row["name"], max(size, 0))
            )
        if size > 0:
            yield from _file(archive, path, min(size, row["bytes_committed"]), report)


def _file(archive: Archive, path: Path, end: int, report: Report) -> Iterator[Finding]:
    """Captures where the database says, and between them every other record: so no byte goes unread."""
    position = 0
    found = archive.connection.execute(
        "select * from captures where warc_file = ? and warc_offset < ? order by warc_offset",
        (path.name, end),
    ).fetchall()
    for row in found:
        yield from _others(path, position, row["warc_offset"])
        position = row["warc_offset"] + row["warc_length"]
        report.count("captures")
        try:
            wrong = _capture(archive.evidence, path.name, row)
        except ArchiveDamaged as error:
            wrong = str(error)
        if wrong:
            yield Finding(f"{path}, offset {row['warc_offset']}", wrong, _hit(archive, row["id"]))
    yield from _others(path, position, end)


def _capture(folder: Path, name: str, row: sqlite3.Row) -> str | None:
    record = evidence.read_record(folder, evidence.Place(name, row["warc_offset"], row["warc_length"]))
    if row["record_id"] is None:
        return None
    if record.record_id != row["record_id"]:
        return f"another record lies here: {record.record_id} instead of {row['record_id']}"
    digest = record.payload_sha256 if row["revisit_of"] else evidence.sha256(record.payload)
    if digest != row["payload_sha256"]:
        return "the payload's digest is not the one in the database"
    told = {
        "url": record.url,
        "url_key": key_or_url(record.url),
        "status": record.status,
        "captured_at": stamp(record.at),
        "purpose": record.purpose,
        "newsroom": record.newsroom,
        "run_id": record.run,
        "content_type": record.header("Content-Type"),
        "etag": record.header("ETag"),
        "last_modified": record.header("Last-Modified"),
        "truncated": record.truncated,
        "complete": record.truncated is None,
    }
    wrong = [name for name, value in told.items() if row[name] != value]
    return f"the database says otherwise in {', '.join(wrong)}" if wrong else None


def _others(path: Path, start: int, end: int) -> Iterator[Finding]:
    try:
        for _ in evidence.members(path, end, start):
            pass
    except ArchiveDamaged as error:
        yield Finding(f"{path}, between offsets {start} and {end}", f"a request or file record: {error}")


def _contents(archive: Archive, report: Report) -> Iterator[Finding]:
    """Every reading against its digest, every current row against its newest reading."""
    for row in archive.connection.execute(
        "select d.id, d.content, d.content_sha256, d.text_sha256, d.norm_version, v.release_id from readings d"
        " join revisions v on v.id = d.revision_id"
    ):
        report.count("readings")
        where = f"{archive.path}, table readings, row {row['id']}"
        try:
            digest = content_sha256(rows.content(row["content"]))
        except (msgspec.DecodeError, ValueError) as error:
            yield Finding(where, f"the content can't be read: {error}", (row["release_id"],))
            continue
        if text_sha256(row["content"]) != (row["text_sha256"] or text_sha256(row["content"])) or (
            row["norm_version"] == NORM_VERSION and digest != row["content_sha256"]
        ):
            yield Finding(where, "the content's digest is not the one beside it", (row["release_id"],))


def _full_text(archive: Archive, report: Report) -> Iterator[Finding]:
    """The index against the texts it was made of. SQLite checks it on a connection that may write, so not beside a run."""
    connection = sqlite3.connect(archive.path, isolation_level=None, timeout=0)
    try:
        for index in ("releases_fts", "documents_fts"):
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


def _current(archive: Archive, report: Report) -> Iterator[Finding]:
    for row in archive.connection.execute(
        "select r.*, (select d.content from readings d where d.revision_id = r.current_revision order by d.id desc"
        " limit 1) as content from releases r where r.state != 'redacted_by_us'"
    ):
        report.count("releases")
        where = f"{archive.path}, table releases, row {row['id']}"
        if row["content"] is None:
            yield Finding(where, "its current revision has no reading", (row["id"],))
            continue
        try:
            release = rows.content(row["content"])
        except (msgspec.DecodeError, ValueError):
            continue  # told with the readings
        wrong = [name for name, value in rows.shown(release).items() if name != "url" and row[name] != value]
        if not _is_address_of(archive, row["id"], row["url"]):
            wrong.append("url")
        if wrong:
            yield Finding(where, f"differs from its newest reading in {', '.join(wrong)}", (row["id"],))
        yield from _parts(archive, row["current_revision"], release, row["id"])


def _is_address_of(archive: Archive, release_id: int, url: str) -> bool:
    found = archive.connection.execute(
        "select 1 from release_urls where release_id = ? and url = ?", (release_id, url)
    )
    return found.fetchone() is not None


def _parts(archive: Archive, revision: int, release: Release, release_id: int) -> Iterator[Finding]:
    wanted = {
        "contacts": (rows.CONTACT_COLUMNS, rows.contact_rows(release)),
        "attachments": (rows.ATTACHMENT_COLUMNS, rows.attachment_rows(release)),
    }
    for table, (columns, values) in wanted.items():
        found = archive.connection.execute(
            f"select {columns} from {table} where revision_id = ? order by position",
            (revision,),
        )
        if [tuple(row) for row in found] != values:
            where = f"{archive.path}, table {table}, revision {revision}"
            yield Finding(where, "differs from the newest reading", (release_id,))


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
    previous, ends = chain.START, dict.fromkeys(("capture", "revision", "event"), 0)
    stored = chain.entries(archive.connection)
    for entry in stored:
        report.count("days in the chain")
        where = f"{archive.path}, chain entry {entry.seq} ({entry.day})"
        if entry.previous != previous or entry.digest != chain.entry_digest(entry):
            yield Finding(where, "the entry or the one before it was altered")
        leaves = [leaf.digest for leaf in chain.leaves_between(archive.connection, ends, entry.ends)]
        if len(leaves) != entry.leaves or merkle.root(leaves) != entry.root:
            what = "a capture, revision or event of that time was altered, added or taken away"
            yield Finding(where, what)
        previous, ends = entry.digest, entry.ends
    copy = chain.read_file(archive.evidence)
    if copy and copy != stored[: len(copy)]:
        yield Finding(str(archive.evidence / chain.FILE), "is another chain than the database's")


_CHECKS: dict[str, Callable[[Archive, Report], Iterator[Finding]]] = {
    "the database": _database,
    "the evidence": _evidence,
    "the readings": _contents,
    "the releases": _current,
    "the full text": _full_text,
    "the revisions": _pointers,
    "the chain": _chain,
}


def _hit(archive: Archive, capture_id: int) -> tuple[int, ...]:
    """The releases whose revisions come from a capture, or from one that repeats it."""
    found = archive.connection.execute(
        "select distinct v.release_id from revisions v join captures c on c.id = v.capture_id"
        " where c.id = ?1 or c.revisit_of = ?1",
        (capture_id,),
    )
    return tuple(row[0] for row in found)


def _hit_beyond(archive: Archive, name: str, offset: int) -> tuple[int, ...]:
    found = archive.connection.execute(
        "select distinct v.release_id from revisions v join captures c on c.id = v.capture_id"
        " where c.warc_file = ? and c.warc_offset + c.warc_length > ?",
        (name, offset),
    )
    return tuple(row[0] for row in found)
