"""The line that the walk over a page gathers: text upon text, until an element or a ``<br>`` ends it."""

from __future__ import annotations

from typing import Any

from crawler.reading.blocks import Anchor, Block, tidy
from crawler.reading.found import Found

#: pieces are told of short lines only: those of dates, bylines and types
_SHORT = 240
_NOTHING: frozenset[str] = frozenset()


class Gathering:
    """The line being gathered and the place it stands in."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.parts: list[str] = []
        self.anchors: list[Anchor] = []
        self.decoded: list[str] = []
        self.bold_chars = self.link_chars = 0
        self.zones = self.bold = self.in_link = 0
        self.heading = self.row = self.cell = self.paragraph = 0
        self.text_zones = -1  # the bits that all of the line's text has
        self.continues = False
        self.element: Any = None
        self.pre = self.classed = 0

    def text(self, text: str) -> None:
        """Text of the line, white space included."""
        if self.pre:
            self._lines(text)
        elif text.isspace():
            self.parts.append(" ")
        else:
            self.parts.append(text)
            self.text_zones &= self.zones
            if self.bold:
                self.bold_chars += len(text)
            if self.in_link:
                self.link_chars += len(text)

    def line_break(self) -> None:
        """A ``<br>``: the line ends; a second one in a row ends the paragraph."""
        if not self._close():
            self.paragraph += 1
            self.continues = False
        else:
            self.continues = True

    def flush(self) -> None:
        """The end of a line that is the end of its paragraph as well."""
        if self._close() or self.continues:
            self.paragraph += 1
        self.continues = False

    def _lines(self, text: str) -> None:
        """Text of a ``<pre>``: a line break is a ``<br>``."""
        first, *rest = text.split("\n")
        self.parts.append(first)
        for line in rest:
            self.line_break()
            self.parts.append(line)

    def _close(self) -> bool:
        """Make a block of the gathered line; False where there is none."""
        parts = self.parts
        if not parts:
            return False
        text = tidy(parts[0] if len(parts) == 1 else "".join(parts))
        if text:
            self.found.blocks.append(self._block(text, parts))
            self.classed = len(self.found.classed)
            self.text_zones = -1
            self.bold_chars = self.link_chars = 0
            if self.anchors:
                self.anchors = []
            if self.decoded:
                self.decoded = []
        parts.clear()
        return bool(text)

    def _block(self, text: str, parts: list[str]) -> Block:
        size, found, element = len(text), self.found, self.element
        return Block(  # by position: a line by names costs half a microsecond more
            len(found.blocks),
            text,
            element.tag if element is not None else "body",
            self.paragraph,
            element,
            self.text_zones if self.text_zones >= 0 else self.zones,
            self.heading,
            self.continues,
            tuple(parts) if size <= _SHORT and len(parts) > 1 else (),
            tuple(self.anchors),
            frozenset(self.decoded) if self.decoded else _NOTHING,
            min(1.0, self.bold_chars / size) if self.bold_chars else 0.0,
            min(1.0, self.link_chars / size) if self.link_chars else 0.0,
            self.row,
            self.cell,
            (self.classed, len(found.classed)),
        )
