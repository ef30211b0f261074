"""Sheets of the ledger: rows of what we did, written into the evidence with the batch that changed them.

"We looked, and nothing was there" is evidence too. Each sheet is a WARC ``metadata`` record of JSON lines, ``[table, row]``
as the row stands then; the newest line of a row is the row. Triggers note in ``unwritten`` which rows changed since they
last went onto a sheet. Watches are the user's own and never go into the evidence, which others may be given.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from archive.batch import stamp
from archive.closing import Closing
from archive.evidence import Place
from archive.warc import sha256

#: the tables of the ledger and what names a row of them, in the order in which they may refer to one another
KEYS = {
    "newsrooms": "slug",
    "hosts": "host",
    "runs": "id",
    "polls": "id",
    "gaps": "id",
    "incidents": "id",
    "troubles": "id",
    "redactions": "id",
    "standing": "id",
}
#: what names a row, a page or a digest: a redaction leaves it as it is
KEPT = frozenset(
    {"url", "url_key", "identity", "value", "site", "slug", "newsroom", "source", "host", "leaf"}
)
#: the orders themselves: their reasons and digests stay
_UNTOUCHED = frozenset({"redactions", "standing"})
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Line:
    """One row as a sheet has it."""

    table: str
    key: str
    row: Row


def changed(connection: sqlite3.Connection) -> bytes | None:
    """Takes the rows that changed since the last sheet; None for none. The caller puts them on one in this transaction."""
    waiting = connection.execute("select in_table, row_key from unwritten order by 1, 2").fetchall()
    if not waiting:
        return None
    lines = []
    for table, key in waiting:
        row = _row(connection, table, key)
        if row is not None:
            lines.append(_text(table, dict(row)))
    connection.execute("delete from unwritten")
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")


def note(connection: sqlite3.Connection, place: Place, record_id: str, at: datetime, payload: bytes) -> None:
    """Makes a sheet known: the daily digests cover it from now on."""
    connection.execute(
        "insert into ledger_sheets (record_id, written_at, payload_sha256, warc_file, warc_offset, warc_length)"
        " values (?, ?, ?, ?, ?, ?)",
        (record_id, stamp(at), sha256(payload), place.file, place.offset, place.length),
    )


def lines_of(payload: bytes) -> Iterator[Line]:
    """The rows of a sheet. Raises ValueError for bytes that are none."""
    for text in payload.decode("utf-8", "surrogatepass").splitlines():
        table, row = json.loads(text)
        if table in KEYS:
            yield Line(table, str(row[KEYS[table]]), row)


def blacked_out(payload: bytes, blackout: Callable[[str], str]) -> bytes:
    """A sheet whose texts went through ``blackout``, but for what names a row; the same bytes where nothing changed."""
    lines = payload.decode("utf-8", "surrogatepass").splitlines()
    return "".join(f"{_blacked_out(line, blackout)}\n" for line in lines).encode("utf-8", "surrogatepass")


class Newest(Closing):
    """The newest line of every row, of however many sheets: kept on disk where memory would not do. A context manager."""

    def __init__(self) -> None:
        self._kept = sqlite3.connect("", isolation_level=None)
        self._kept.execute(
            "create table lines (in_table text, row_key text, row text, primary key (in_table, row_key)) without rowid"
        )

    def add(self, payload: bytes) -> None:
        """Takes in a sheet; sheets come in the order in which they were written."""
        self._kept.executemany(
            "insert or replace into lines values (?, ?, ?)",
            ((line.table, line.key, json.dumps(line.row)) for line in lines_of(payload)),
        )

    def lines(self, table: str) -> Iterator[Line]:
        """The newest lines of a table, in the order of its keys."""
        order = "cast(row_key as integer)" if KEYS[table] == "id" else "row_key"
        found = self._kept.execute(
            f"select row_key, row from lines where in_table = ? order by {order}", (table,)
        )
        for key, row in found:
            yield Line(table, key, json.loads(row))

    def has(self, table: str, key: str) -> bool:
        """Whether a row is on any sheet."""
        found = self._kept.execute("select 1 from lines where in_table = ? and row_key = ?", (table, key))
        return found.fetchone() is not None

    def close(self) -> None:
        """Forgets them."""
        self._kept.close()


def restore(connection: sqlite3.Connection, newest: Newest, *, whole: bool) -> list[str]:
    """Puts the newest lines into the tables of a rebuilt archive; what could not be put back, in words.

    Redactions name rows by number: where the evidence is not ``whole``, numbers have shifted, and they stay away.
    """
    lost: list[str] = []
    if any(True for _ in newest.lines("runs")):
        for table in ("troubles", "incidents"):  # those that the rebuild opened itself
            connection.execute(f"delete from {table}")
    for table in KEYS:
        for line in newest.lines(table) if whole or table != "redactions" else ():
            try:
                _put(connection, line)
            except sqlite3.IntegrityError as error:
                lost.append(f"table {table}, row {line.key} refers to what is lost: {error}")
    return lost


def differences(connection: sqlite3.Connection, newest: Newest) -> Iterator[tuple[str, str, str]]:
    """(table, key, what is wrong) of every row that stands otherwise in the database than on its newest sheet.

    Rows may wait for their sheet while a run is on its way, and in an archive that has none yet.
    """
    for table, name in KEYS.items():
        waiting = _waiting(connection, table)
        for line in newest.lines(table):
            if line.key in waiting:
                continue
            row = _row(connection, table, line.key)
            if row is None:
                yield table, line.key, "is on a sheet of the ledger and not in the database"
            elif wrong := [column for column, value in line.row.items() if dict(row).get(column) != value]:
                yield table, line.key, f"differs from its sheet of the ledger in {', '.join(wrong)}"
        for (key,) in connection.execute(f"select {name} from {table}"):
            if str(key) not in waiting and not newest.has(table, str(key)):
                yield table, str(key), "is on no sheet of the ledger"


def _waiting(connection: sqlite3.Connection, table: str) -> set[str]:
    found = connection.execute(
        "select row_key from unwritten where in_table = ?1 and (?1 = 'redactions'"
        " or exists (select 1 from runs where state = 'running') or not exists (select 1 from ledger_sheets))",
        (table,),
    )
    return {key for (key,) in found}


def _blacked_out(text: str, blackout: Callable[[str], str]) -> str:
    table, row = json.loads(text)
    if table in _UNTOUCHED:
        return text
    kept = KEPT | {KEYS.get(table, "id")}
    new = {
        column: blackout(value) if isinstance(value, str) and column not in kept else value
        for column, value in row.items()
    }
    return text if new == row else _text(table, new)


def _text(table: str, row: Row) -> str:
    return json.dumps([table, row], ensure_ascii=False, separators=(",", ":"))


def _row(connection: sqlite3.Connection, table: str, key: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        f"select * from {table} where {KEYS[table]} = ?", (key,)
    ).fetchone()
    return row


def _put(connection: sqlite3.Connection, line: Line) -> None:
    known = {row["name"] for row in connection.execute(f"pragma table_info({line.table})")}
    row = {column: value for column, value in line.row.items() if column in known}
    sets = ", ".join(f"{column} = excluded.{column}" for column in row)
    connection.execute(
        f"insert into {line.table} ({', '.join(row)}) values ({', '.join('?' * len(row))})"
        f" on conflict ({KEYS[line.table]}) do update set {sets}",
        tuple(row.values()),
    )
    connection.execute("delete from unwritten where in_table = ? and row_key = ?", (line.table, line.key))
