"""Standing orders of redaction: a text that was taken out is known again on arrival, by a digest of it (pure).

The text itself is not kept. A page is cut into everything that could be one (runs of words, the ends of runs of digits),
and each is digested with the order's salt. So nobody reads the text in the archive; but who tries every phone number
there can be, or suspects a name, can tell by the digest whether it was the one.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from archive.blackout import Blackout, coded_addresses, digits_of

NUMBER, WORDS, BYTES = "number", "words", "bytes"
_WORD = re.compile(r"\w+")
_RUN = re.compile(r"\+?\d(?:[\s()./\-\u00a0\u202f]*\d){4,}")
_QUOTED = re.compile(r"[^\s\"'<>]*%[0-9A-Fa-f]{2}[^\s\"'<>]*")
#: a number is looked for at the end of longer ones: a country code may stand before it
_LEAST_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Order:
    """What to look for: ``size`` digits or words whose digest under ``salt`` is ``digest``; or a file of that digest."""

    kind: str
    size: int
    salt: str
    digest: str


def order_for(text: str, salt: str) -> Order:
    """The order by which a text is known again. Raises ValueError for one that a Blackout refuses."""
    Blackout(text)
    if digits := digits_of(text):
        return Order(NUMBER, len(digits), salt, _digest(digits, salt))
    words = list(_WORD.finditer(text))
    if not words:
        raise ValueError("it has neither letters nor digits")
    return Order(WORDS, len(words), salt, _digest(_plain(text[words[0].start() : words[-1].end()]), salt))


def order_for_file(data_sha256: str, salt: str) -> Order:
    """The order by which a document is known again: its text can't be seen in its bytes."""
    return Order(BYTES, 0, salt, _digest(data_sha256, salt))


def texts_found(body: bytes, orders: Iterable[Order]) -> tuple[str, ...]:
    """Every text of a page that an order stands for, as the page spells it."""
    wanted = {(each.kind, each.size, each.salt): set[str]() for each in orders if each.kind != BYTES}
    for each in orders:
        if each.kind != BYTES:
            wanted[each.kind, each.size, each.salt].add(each.digest)
    if not wanted:
        return ()
    found: dict[str, None] = {}
    for page in _spellings(body):
        spans = [word.span() for word in _WORD.finditer(page)]
        for (kind, size, salt), digests in wanted.items():
            parts = _numbers(page, size) if kind == NUMBER else _words(page, spans, size)
            found.update((text, None) for text, plain in parts if _digest(plain, salt) in digests)
    return tuple(found)


def is_file_found(data_sha256: str, orders: Iterable[Order]) -> bool:
    """Whether an order stands for a document of that digest."""
    return any(each.kind == BYTES and each.digest == _digest(data_sha256, each.salt) for each in orders)


def _spellings(body: bytes) -> Iterator[str]:
    """The page as a browser shows it, its addresses as they are meant, and the e-mail addresses that it hides in code."""
    try:
        page = body.decode("utf-8")
    except UnicodeDecodeError:
        page = body.decode("latin-1")
    yield (shown := html.unescape(page))
    yield " \n ".join((*map(unquote, _QUOTED.findall(shown)), *coded_addresses(body)))


def _words(page: str, spans: list[tuple[int, int]], size: int) -> Iterator[tuple[str, str]]:
    for (start, _), (_, end) in zip(spans, spans[size - 1 :], strict=False):
        if end - start < 40 * size:
            text = page[start:end]
            yield text, _plain(text)


def _numbers(page: str, size: int) -> Iterator[tuple[str, str]]:
    for run in _RUN.finditer(page):
        digits = ""
        for group in re.findall(r"\d+", run[0]):
            digits += group
            if len(digits) >= max(size, _LEAST_DIGITS):
                yield digits[-size:], digits[-size:]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _digest(text: str, salt: str) -> str:
    made = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=bytes.fromhex(salt), digest_size=20)
    return made.hexdigest()
