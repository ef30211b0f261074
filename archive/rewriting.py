"""Evidence files written anew without a text: each record that held it under a new id, everything else as it lay."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

from archive import evidence, rows, sheets, warc
from archive.blackout import MARK, Blackout
from archive.database import Archive
from archive.integrity import decode_what_came, encodings_of
from archive.known import UNPACKED
from archive.model import Exchange


@dataclass(frozen=True, slots=True)
class Held:
    """The captures and the sheets of the ledger whose bytes hold a text, by their ids."""

    captures: frozenset[int]
    sheets: frozenset[int]


def held(archive: Archive, blackout: Blackout) -> Held:
    """What of the evidence holds the text."""
    return Held(frozenset(_captures(archive, blackout)), frozenset(_sheets(archive, blackout)))


def rewrite(archive: Archive, blackout: Blackout, found: Held) -> list[str]:
    """Writes each file that held the text anew, in the caller's transaction; the names of the old files, to be deleted after it."""
    names = {
        row["warc_file"]
        for table, ids in (("captures", found.captures), ("ledger_sheets", found.sheets))
        for row in archive.connection.execute(f"select id, warc_file from {table}")
        if row["id"] in ids
    }
    for name in sorted(names):
        _File(archive, blackout, found, name).rewrite()
    return sorted(names)


def _captures(archive: Archive, blackout: Blackout) -> Iterator[int]:
    """The captures whose bytes hold the text, and those that repeat them, or repeat what repeats them."""
    own = _documents(archive, blackout)
    for row in archive.connection.execute(
        "select id, warc_file, warc_offset, warc_length, revisit_of from captures order by id"
    ):
        if row["revisit_of"] in own or row["id"] in own:
            own.add(row["id"])
            yield row["id"]
            continue
        record = evidence.read_record(archive.evidence, _place(row))
        body = _plain(record)
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


def _sheets(archive: Archive, blackout: Blackout) -> Iterator[int]:
    for row in archive.connection.execute(
        "select id, warc_file, warc_offset, warc_length from ledger_sheets"
    ):
        payload = evidence.read_sheet(archive.evidence, _place(row)).payload
        if sheets.blacked_out(payload, blackout.text) != payload:
            yield row["id"]


@dataclass(slots=True)
class _File:
    """One evidence file on its way into a new one, in which every row points to its record's new place."""

    archive: Archive
    blackout: Blackout
    found: Held
    name: str
    #: new record ids by old ones: a request names the id of its response, and there the old one goes, too
    ids: dict[str, str] = field(default_factory=dict)

    def rewrite(self) -> None:
        connection = self.archive.connection
        new_name = self.name.rpartition("-")[0] + f"-{os.urandom(4).hex()}.warc.gz"
        committed = connection.execute(
            "select bytes_committed from warc_files where name = ?", (self.name,)
        ).fetchone()[0]
        connection.execute(
            "insert into warc_files (name, bytes_committed, opened_at, closed_at) select ?, 0, opened_at,"
            " coalesce(closed_at, strftime('%Y-%m-%dT%H:%M:%f+00:00')) from warc_files where name = ?",
            (new_name, self.name),
        )
        size = self._copy(new_name, committed)
        connection.execute("update warc_files set bytes_committed = ? where name = ?", (size, new_name))
        connection.execute("delete from warc_files where name = ?", (self.name,))

    def _copy(self, new_name: str, committed: int) -> int:
        """Record by record; the new file's size."""
        captures, sheets_there = self._rows("captures"), self._rows("ledger_sheets")
        size = 0
        with (self.archive.evidence / new_name).open("wb") as file:
            for place, data in evidence.members(self.archive.evidence / self.name, committed):
                capture, sheet = captures.get(place.offset), sheets_there.get(place.offset)
                new = self._new(capture, sheet, data)
                for table, row in (("captures", capture), ("ledger_sheets", sheet)):
                    if row is not None:
                        self.archive.connection.execute(
                            f"update {table} set warc_file = ?, warc_offset = ?, warc_length = ? where id = ?",
                            (new_name, size, len(new), row["id"]),
                        )
                file.write(new)
                size += len(new)
            file.flush()
            os.fsync(file.fileno())
        return size

    def _rows(self, table: str) -> dict[int, sqlite3.Row]:
        found = self.archive.connection.execute(f"select * from {table} where warc_file = ?", (self.name,))
        return {row["warc_offset"]: row for row in found.fetchall()}

    def _new(self, capture: sqlite3.Row | None, sheet: sqlite3.Row | None, data: bytes) -> bytes:
        """A record as the new file has it."""
        if capture is not None:
            return self._capture(capture, data) if capture["id"] in self.found.captures else data
        if sheet is not None:
            return self._sheet(sheet) if sheet["id"] in self.found.sheets else data
        return warc.replace_in_member(data, self.ids) if self.ids else data

    def _sheet(self, row: sqlite3.Row) -> bytes:
        sheet = evidence.read_sheet(self.archive.evidence, _place(row))
        payload = sheets.blacked_out(sheet.payload, self.blackout.text)
        new_id = warc.new_record_id()
        self.archive.connection.execute(
            "update ledger_sheets set record_id = ?, payload_sha256 = ? where id = ?",
            (new_id, warc.sha256(payload), row["id"]),
        )
        return warc.pack_sheet(payload, new_id, sheet.at, sheet.run)

    def _capture(self, row: sqlite3.Row, data: bytes) -> bytes:
        """The record without the text, under a new id; its row gets the new id and digest."""
        record = evidence.parse_member(data, _place(row), self.archive.evidence / self.name)
        assert isinstance(record, evidence.Record)
        original = _original(self.archive.connection, row)
        exchange = without(record, self.blackout)
        self.ids[record.record_id] = new_id = warc.new_record_id()
        digest = original.payload_sha256 if original else warc.sha256(exchange.body)
        self.archive.connection.execute(
            "update captures set record_id = ?, payload_sha256 = ? where id = ?", (new_id, digest, row["id"])
        )
        return warc.pack(exchange, new_id, original, record.run)[0]


def without(record: evidence.Record, blackout: Blackout) -> Exchange:
    """The response without the text, decompressed. A document goes as a whole: its bytes are its own format's."""
    return Exchange(
        url=record.url,
        purpose=record.purpose,
        status=record.status,
        headers=tuple(
            (name, blackout.text(value))
            for name, value in record.headers
            if name.lower() not in {"content-encoding", "content-length"}
        ),
        body=MARK.encode() if record.purpose == "attachment" else blackout.payload(_plain(record)),
        fetched_at=record.at,
        newsroom=record.newsroom,
        truncated=record.truncated,
        asked=record.asked,
        hints=tuple((name, blackout.text(value)) for name, value in record.hints),
        tls=record.tls,
    )


def _plain(record: evidence.Record) -> bytes:
    """The body unpacked; of one that came cut off, what came."""
    return decode_what_came(record.payload, encodings_of(record.header("Content-Encoding")), UNPACKED)


def _place(row: sqlite3.Row) -> evidence.Place:
    return evidence.Place(row["warc_file"], row["warc_offset"], row["warc_length"])


def _original(connection: sqlite3.Connection, row: sqlite3.Row) -> warc.Original | None:
    """The capture that a revisit repeats, as it is by now: it comes before it, so it is blacked out already."""
    if row["revisit_of"] is None:
        return None
    found = connection.execute(
        "select url, captured_at, payload_sha256 from captures where id = ?", (row["revisit_of"],)
    ).fetchone()
    return warc.Original(found["url"], rows.instant(found["captured_at"]), found["payload_sha256"])
