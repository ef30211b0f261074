"""“Did you mean”: a word that the archive knows in place of one that it doesn't."""

from __future__ import annotations

import re
import sqlite3

from archive.fulltext import Node, words_of
from archive.stems import ALGORITHMS, fold, is_spaceless

LOOKED_AT = 5_000  # words of the index that begin alike
_INTERNAL = re.compile(f"x(?:{'|'.join(ALGORITHMS)})|z[0-9a-f]+z")


def suggest(connection: sqlite3.Connection, text: str, words: Node | None) -> str | None:
    """The text with its unknown words replaced by known ones a slip or two away; None where there is nothing to mend."""
    _with_words(connection)
    meant = text
    for word in words_of(words):
        folded = fold(word.text)
        if word.prefix or word.phrase or not folded.isalnum() or is_spaceless(folded) or len(folded) < 4:
            continue
        if not connection.execute("select 1 from words where term = ?", (folded,)).fetchone():
            known = _nearest(connection, folded)
            meant = meant.replace(word.text, known) if known else meant
    return meant if meant != text else None


def _with_words(connection: sqlite3.Connection) -> None:
    """The index's words as a table of this connection; nothing is written into the archive."""
    connection.execute("pragma query_only = off")
    try:
        connection.execute(
            "create virtual table if not exists temp.words using fts5vocab (main, releases_fts, row)"
        )
    finally:
        connection.execute("pragma query_only = on")


def _nearest(connection: sqlite3.Connection, word: str) -> str | None:
    """The known word with the same beginning and the fewest slips; of equals, the most frequent."""
    found = connection.execute(
        f"select term, doc from words where term >= ? and term < ? limit {LOOKED_AT}",
        (word[:2], word[:2] + "\U0010ffff"),
    ).fetchall()
    slips = 1 if len(word) < 6 else 2
    near = [
        (distance, -row[1], row[0])
        for row in found
        if abs(len(row[0]) - len(word)) <= slips
        and not _INTERNAL.match(row[0])
        and (distance := slips_between(word, row[0], slips)) <= slips
    ]
    return min(near)[2] if near else None


def slips_between(one: str, other: str, most: int) -> int:
    """How many letters are missing, too many, wrong or swapped with their neighbour; ``most`` + 1 for more (pure)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        oldest, before, row = before, row, [at]
        for to, target in enumerate(other, 1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != target))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == target:
                cost = min(cost, oldest[to - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
