"""What was redacted is redacted on arrival: before a response goes into the evidence, and before anybody reads it."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import replace

from archive import standing
from archive.blackout import MARK, Blackout
from archive.integrity import decode_what_came, encodings_of
from archive.known import UNPACKED
from archive.model import Exchange
from archive.standing import Order
from archive.warc import sha256

#: says in the record that the body is not as received
REDACTED = ("X-Communique-Redacted", "on arrival")
_CHANGED = {"content-encoding", "content-length"}


class Arrivals:
    """The standing orders of an archive, as they were when it was opened for writing: a redaction waits for the writer's lock."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._orders = orders(connection)

    def redacted(self, exchange: Exchange) -> Exchange:
        """The response without what stands under an order; the same object where nothing does."""
        if not self._orders or not exchange.body:
            return exchange
        if exchange.purpose == "attachment":
            known = standing.is_file_found(sha256(exchange.body), self._orders)
            return _with_body(exchange, MARK.encode()) if known else exchange
        plain = decode_what_came(exchange.body, encodings_of(exchange.header("Content-Encoding")), UNPACKED)
        found = standing.texts_found(plain, self._orders)
        for text in found:
            plain = Blackout(text).payload(plain)
        return _with_body(exchange, plain) if found else exchange


def orders(connection: sqlite3.Connection) -> tuple[Order, ...]:
    """Every standing order that was not lifted."""
    found = connection.execute(
        "select kind, size, salt, digest from standing where lifted_at is null order by id"
    )
    return tuple(Order(*row) for row in found)


def keep(connection: sqlite3.Connection, new: list[Order], *, reason: str, authority: str, at: str) -> None:
    """Adds orders; one that stands already stays as it is."""
    known = set(orders(connection))
    connection.executemany(
        "insert into standing (kind, size, salt, digest, reason, authority, at) values (?, ?, ?, ?, ?, ?, ?)",
        [
            (each.kind, each.size, each.salt, each.digest, reason, authority, at)
            for each in dict.fromkeys(new)
            if each not in known
        ],
    )


def lift(connection: sqlite3.Connection, text: str, at: str) -> bool:
    """Ends the order for a text; whether there was one. Raises ValueError as a Blackout does."""
    digest = standing.order_for(text, salt(connection)).digest
    cursor = connection.execute(
        "update standing set lifted_at = ? where digest = ? and lifted_at is null", (at, digest)
    )
    return cursor.rowcount > 0


def salt(connection: sqlite3.Connection) -> str:
    """The archive's salt for its orders, made with the first of them: one, so that each part of a page is digested once."""
    row = connection.execute("select salt from standing limit 1").fetchone()
    return str(row["salt"]) if row else secrets.token_hex(16)


def _with_body(exchange: Exchange, body: bytes) -> Exchange:
    headers = tuple((name, value) for name, value in exchange.headers if name.lower() not in _CHANGED)
    return replace(exchange, headers=(*headers, REDACTED), body=body)
