"""“Did you mean”: a word that the archive knows in place of one that it doesn't."""

from __future__ import annotations

import re
import sqlite3

from archive.fulltext import Node, words_of
from archive.stems import ALGORITHMS, as_indexed, is_spaceless
from archive.vocabulary import begins, frequency, is_known

LOOKED_AT = (
    500  # words of the index that begin alike, with each of so many letters: a leap to the next costs 20 µs
)
BEGINNINGS = (4, 3, 2)
COMPARED = 8  # equally near words whose frequencies are asked for
_INTERNAL = re.compile(f"x(?:{'|'.join(ALGORITHMS)})|z[0-9a-f]+z")


def suggest(connection: sqlite3.Connection, text: str, words: Node | None) -> str | None:
    """The text with its unknown words replaced by known ones a slip or two away; None where there is nothing to mend."""
    meant = text
    for word in words_of(words):
        written = as_indexed(word.text)
        if word.prefix or word.phrase or not written.isalnum() or is_spaceless(written) or len(written) < 4:
            continue
        if not is_known(connection, written):
            known = _nearest(connection, written)
            meant = meant.replace(word.text, known) if known else meant
    return meant if meant != text else None


def _nearest(connection: sqlite3.Connection, word: str) -> str | None:
    """The known word with the same beginning and the fewest slips; of equals, the most frequent."""
    most = 1 if len(word) < 6 else 2
    slips: dict[str, int] = {}
    for letters in BEGINNINGS:
        for known in begins(connection, word[:letters], LOOKED_AT):
            if abs(len(known) - len(word)) <= most and known not in slips and not _INTERNAL.match(known):
                slips[known] = slips_between(word, known, most)
        if (fewest := min(slips.values(), default=most + 1)) == 1:
            break
    near = [known for known in slips if slips[known] == fewest <= most]
    return max(near[:COMPARED], key=lambda known: frequency(connection, known), default=None)


def slips_between(one: str, other: str, most: int) -> int:
    """How many letters are missing, too many, wrong or swapped with their neighbour; ``most`` + 1 for more (pure)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        oldest, before, row = before, row, [most + 1] * len(row)
        row[0] = at
        for to in range(
            max(1, at - most), min(len(other), at + most) + 1
        ):  # farther off are more slips anyway
            target = other[to - 1]
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != target))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == target:
                cost = min(cost, oldest[to - 2] + 1)
            row[to] = cost
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
