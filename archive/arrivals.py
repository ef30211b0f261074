"""What was redacted is redacted on arrival: before a response goes into the evidence, and before anybody reads it."""

from __future__ import annotations

from dataclasses import replace

from archive import standing
from archive.blackout import MARK, Blackout
from archive.database import Archive
from archive.integrity import decode_what_came, encodings_of
from archive.known import UNPACKED
from archive.model import Exchange
from archive.redaction_key import made_key, salt_named
from archive.standing import Order
from archive.warc import sha256

#: says in the record that the body is not as received
REDACTED = ("X-Communique-Redacted", "on arrival")
_CHANGED = {"content-encoding", "content-length"}


class Arrivals:
    """The standing orders of an archive, as they were when it was opened for writing: a redaction waits for the writer's lock."""

    def __init__(self, archive: Archive) -> None:
        """Raises ArchiveDamaged where the key of the orders is missing."""
        self._orders = orders(archive)

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


def orders(archive: Archive) -> tuple[Order, ...]:
    """Every standing order that was not lifted. Raises ArchiveDamaged where their key is missing."""
    found = archive.connection.execute(
        "select kind, size, salt, digest from standing where lifted_at is null order by id"
    )
    return tuple(
        Order(kind, size, salt_named(archive.path, salt), digest) for kind, size, salt, digest in found
    )


def keep(archive: Archive, new: list[Order], *, reason: str, authority: str, at: str) -> None:
    """Adds orders under the archive's own ``salt``; one that stands already stays as it is."""
    known = set(orders(archive))
    name = made_key(archive.path)
    archive.connection.executemany(
        "insert into standing (kind, size, salt, digest, reason, authority, at) values (?, ?, ?, ?, ?, ?, ?)",
        [
            (each.kind, each.size, name, each.digest, reason, authority, at)
            for each in dict.fromkeys(new)
            if each not in known
        ],
    )


def lift(archive: Archive, text: str, at: str) -> bool:
    """Ends the orders for a text; whether there was one. Raises ValueError as a Blackout does."""
    salts = {order.salt for order in orders(archive)}
    ended = [
        archive.connection.execute(
            "update standing set lifted_at = ? where digest = ? and lifted_at is null",
            (at, standing.order_for(text, each).digest),
        ).rowcount
        for each in salts
    ]
    return any(ended)


def salt(archive: Archive) -> str:
    """The salt of the archive's new orders: its key, one, so that each part of a page is digested once.

    Raises ArchiveDamaged, before another is made, where the key of the orders is missing.
    """
    orders(archive)
    return salt_named(archive.path, made_key(archive.path))


def _with_body(exchange: Exchange, body: bytes) -> Exchange:
    headers = tuple((name, value) for name, value in exchange.headers if name.lower() not in _CHANGED)
    return replace(exchange, headers=(*headers, REDACTED), body=body)
