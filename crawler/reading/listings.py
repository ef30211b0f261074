"""The shape of a listing: many lines that only link a title, dates beside them, and little text besides."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from crawler.languages import Words
from crawler.reading.blocks import Block
from crawler.reading.date_shapes import find_shapes

#: so many links tell a listing: more need not be looked at
_MANY = 60
#: the date of an entry stands in its own line or in one of the two above or below
_AROUND = 2
#: so many lines with days, most of a page, are its entries; shorter lines than this are no entries
_DAYS, _SHORT = 6, 6
_NO_DIGITS = re.compile(r"\D+")
_DIGIT = re.compile(r"\d")
_YEARED = re.compile(
    r"\b(?:19|20)\d\d\s?[./年-]\s?\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d\d){1,2}|\b\d{1,2},? (?:19|20)\d\d\b|令和|\d月\d"
)


class Shape(msgspec.Struct, frozen=True):
    """How many entries some lines hold, how many of them dated, and how much text stands away from any entry."""

    links: int = 0
    dated: int = 0
    own: int = 0

    @property
    def is_listing(self) -> bool:
        """Whether such lines are a listing and no release with related ones below it."""
        dated_only = (self.dated >= 5 and self.own < 600) or (self.dated >= 20 and self.own < 3000)
        short = self.links >= 6 and self.dated >= 3 and self.own < 200
        return dated_only or short or (self.links >= 12 and self.own < 300)

    def __str__(self) -> str:
        return f"{self.links} links, {self.dated} dated, {self.own} characters of own text"


def shape_of(lines: list[Block], running: frozenset[int], vocabulary: Words) -> Shape:
    """The shape of the lines below a headline; ``running`` are the indexes of those that are running text."""
    entries = [number for number, line in enumerate(lines) if _is_entry(line)][:_MANY]
    if not entries:
        return Shape()
    near = {number + step for number in entries for step in range(-_AROUND, _AROUND + 1)}
    dates = {number for number in near if 0 <= number < len(lines) and has_date(lines[number], vocabulary)}
    dated = sum(
        1 for number in entries if any(number + step in dates for step in range(-_AROUND, _AROUND + 1))
    )
    own = sum(
        line.weight for number, line in enumerate(lines) if line.index in running and number not in near
    )
    return Shape(len(entries), dated, own)


def lines_of_days(lines: Iterable[Block], vocabulary: Words) -> int:
    """How many of the lines show a day, each another one, where they are most of them; else 0."""
    told = [block for block in lines if block.weight > _SHORT]
    dated = [block for block in told if has_date(block, vocabulary)]
    different = {_NO_DIGITS.sub(" ", block.text) for block in dated}
    return len(dated) if len(different) >= _DAYS and len(dated) * 3 > len(told) else 0


def _is_entry(line: Block) -> bool:
    """A line that only links something by a title: an entry of a list."""
    if line.linked <= 0.35 or line.mails or line.weight < 16:
        return False
    return line.linked > 0.7 or (len(line.text) < 200 and bool(_YEARED.search(line.text)))


def has_date(line: Block, vocabulary: Words) -> bool:
    """Whether a line of a list shows a day."""
    text = line.text[:70] if len(line.text) < 400 else ""
    if not _DIGIT.search(text):
        return False
    return bool(_YEARED.search(text)) or any(shape.days for shape in find_shapes(text, vocabulary))
