"""Whether the evidence is what the database says of it: every capture, every sheet of the ledger, every byte between."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from archive import evidence, sheets, warc
from archive.batch import key_or_url, stamp
from archive.database import Archive
from archive.errors import ArchiveDamaged
from archive.findings import Finding, Report


def check_files(archive: Archive, report: Report) -> Iterator[Finding]:
    """Every evidence file, as far as the database says it goes."""
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
    digest = record.payload_sha256 if row["revisit_of"] else warc.sha256(record.payload)
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


def check_ledger(archive: Archive, report: Report) -> Iterator[Finding]:
    """Every sheet as it was written, and every row of what we did as its newest sheet has it, where none is lost."""
    whole = True
    with sheets.Newest() as newest:
        for row in archive.connection.execute("select * from ledger_sheets order by id"):
            report.count("sheets of the ledger")
            place = evidence.Place(row["warc_file"], row["warc_offset"], row["warc_length"])
            where = f"{archive.evidence / place.file}, offset {place.offset}"
            try:
                sheet = evidence.read_sheet(archive.evidence, place)
            except ArchiveDamaged as error:
                yield Finding(where, f"a sheet of the ledger: {error}")
                whole = False
                continue
            told = (sheet.record_id, stamp(sheet.at), warc.sha256(sheet.payload))
            if told != (row["record_id"], row["written_at"], row["payload_sha256"]):
                yield Finding(
                    where,
                    f"the sheet of the ledger is not the one of {archive.path}, table ledger_sheets, row {row['id']}",
                )
            newest.add(sheet.payload)
        for table, key, wrong in sheets.differences(archive.connection, newest) if whole else ():
            yield Finding(f"{archive.path}, table {table}, row {key}", wrong)
        for table in sheets.KEYS:
            report.count("rows of the ledger", sum(1 for _ in newest.lines(table)))


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
