"""The answers to a question as a file: one flat record a release, streamed, in constant memory.

A spreadsheet takes a cell that begins with ``= + - @``, a tab or a return for a formula. In CSV such a cell gets an
apostrophe before it and its column is named in the row's last column, ``escaped``; JSON lines hold the text as it is.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import IO, Any

import msgspec

from archive.database import Archive, named_errors
from archive.query import Query
from archive.search import positions

CHUNK = 200
#: full-width forms count as formulas in East Asian spreadsheets
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One release as an export tells it; names and meanings are those of the data dictionary."""

    id: int
    newsroom: str
    ministry: str
    country: str | None
    url: str
    headline: str
    subheadline: str | None
    published_at: str | None
    published_raw: str | None
    published_precision: str | None
    modified_at: str | None
    type: str | None
    type_label: str | None
    byline: str | None
    number: str | None
    language: str | None
    topics: tuple[str, ...]
    contacts: tuple[dict[str, str], ...]
    attachments: tuple[str, ...]
    body: str
    state: str
    revision: int
    first_seen_at: str
    last_seen_at: str | None
    captured_at: str
    content_sha256: str
    payload_sha256: str


COLUMNS = Record.__struct_fields__


def records(
    archive: Archive, query: Query, progress: Callable[[int], None] = lambda _: None
) -> Iterator[Record]:
    """Every answer to ``query`` (its ``limit`` and ``after`` don't count), newest first, as one moment of the archive.

    ``progress`` is called with the number of records so far. Raises UsageError as ``search`` does.
    """
    with named_errors(archive.path):
        archive.connection.execute("begin")
        try:
            found, done = positions(archive, query), 0
            while chunk := list(islice(found, CHUNK)):
                yield from _records(archive.connection, chunk)
                done += len(chunk)
                progress(done)
        finally:
            # whoever stopped reading half-way may have closed the archive, and the transaction with it
            with suppress(sqlite3.ProgrammingError):
                archive.connection.execute("rollback")


def write_jsonl(found: Iterable[Record], file: IO[str]) -> None:
    """One JSON object a line."""
    file.writelines(json_lines(found))


def json_lines(found: Iterable[Record]) -> Iterator[str]:
    """A JSON object a record, each with its line's end."""
    encoder = msgspec.json.Encoder()
    for record in found:
        yield encoder.encode(record).decode() + "\n"


def write_csv(found: Iterable[Record], file: IO[str]) -> None:
    """RFC 4180 with a heading, every cell quoted. Open the file with ``newline=""``."""
    file.writelines(csv_lines(found))


def csv_lines(found: Iterable[Record]) -> Iterator[str]:
    """The heading, then a row a record, each with its line's end."""
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    yield writer.writerow((*COLUMNS, "escaped"))
    for record in found:
        cells = {name: _cell(getattr(record, name)) for name in COLUMNS}
        unsafe = [name for name, text in cells.items() if text.startswith(FORMULA)]
        yield writer.writerow((*(safe_cell(text) for text in cells.values()), " ".join(unsafe)))


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def safe_cell(text: str) -> str:
    """The text as no spreadsheet takes it for a formula; NUL, which ends a cell in some, is left out."""
    kept = text.replace("\0", "")
    return f"'{kept}" if kept.startswith(FORMULA) else kept


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(_contact(part) if isinstance(part, dict) else part for part in value)
    return str(value).replace("\0", "")


def _contact(contact: dict[str, str]) -> str:
    order = ("name", "role", "org", "phone", "email")
    return ", ".join(contact[name] for name in order if contact.get(name))


def _records(connection: sqlite3.Connection, chunk: list[int]) -> Iterator[Record]:
    marks = ",".join("?" * len(chunk))
    found = connection.execute(
        "select r.*, n.name as ministry, n.country, s.last_seen_at, v.seq, v.content_sha256, c.captured_at,"
        " c.payload_sha256 from releases r join newsrooms n on n.slug = r.newsroom"
        " join revisions v on v.id = r.current_revision join captures c on c.id = v.capture_id"
        f" left join sightings s on s.release_id = r.id where r.position in ({marks}) order by r.position desc",
        chunk,
    ).fetchall()
    revisions = [row["current_revision"] for row in found]
    contacts = _parts(
        connection,
        revisions,
        "contacts",
        "name, role, org, phone, phone_e164, email, email_state",
        "position",
    )
    attachments = _parts(connection, revisions, "attachments", "url", "position")
    topics = _parts(connection, revisions, "topics", "topic", "topic")
    for row in found:
        key = row["current_revision"]
        plain = {name: value for name, value in dict(row).items() if name in COLUMNS}
        yield Record(
            **plain,
            revision=row["seq"],
            topics=tuple(part["topic"] for part in topics.get(key, ())),
            attachments=tuple(part["url"] for part in attachments.get(key, ())),
            contacts=tuple(
                {name: value for name, value in dict(part).items() if value and name != "revision_id"}
                for part in contacts.get(key, ())
            ),
        )


def _parts(
    connection: sqlite3.Connection, revisions: list[int], table: str, columns: str, order: str
) -> dict[int, list[sqlite3.Row]]:
    marks = ",".join("?" * len(revisions))
    found: dict[int, list[sqlite3.Row]] = {}
    sql = f"select revision_id, {columns} from {table} where revision_id in ({marks}) order by revision_id, {order}"
    for row in connection.execute(sql, revisions):
        found.setdefault(row["revision_id"], []).append(row)
    return found
