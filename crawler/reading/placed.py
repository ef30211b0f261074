"""Where a layout's places lie among the lines of a page."""

from __future__ import annotations

from typing import Any

from crawler.items import Printed
from crawler.platforms.layout import Layout
from crawler.reading.blocks import Zone, tidy
from crawler.reading.headline_text import Headline
from crawler.reading.page import Page


class Placed:
    """A page seen through its layout (None: no platform fits, nothing is placed)."""

    def __init__(self, page: Page, layout: Layout | None) -> None:
        self.page = page
        self.layout = layout
        self._lines: dict[Any, list[int]] | None = None

    @property
    def name(self) -> str:
        """The layout's name, ``default`` without one."""
        return self.layout.name if self.layout else "default"

    def printed(self, field: str) -> tuple[Printed, ...]:
        """What stands at the places of a field."""
        return self.layout.printed(self.page, field) if self.layout else ()

    def lines(self, field: str) -> frozenset[int]:
        """The indexes of the lines inside the places of a field."""
        if self.layout is None or field not in self.layout.places:
            return frozenset()
        found = self.layout.elements(self.page, field)
        return frozenset(index for element, _ in found for index in self._inside(element))

    def headline(self) -> Headline | None:
        """The headline at its place: the first one that a reader sees and that is not empty."""
        if self.layout is None or "headline" not in self.layout.places:
            return None
        for element, evidence in self.layout.elements(self.page, "headline"):
            seen = [
                index for index in self._inside(element) if not self.page.blocks[index].zones & Zone.HIDDEN
            ]
            text = tidy(" ".join(self.page.blocks[index].text for index in seen))
            if text:
                return Headline(Printed(text, evidence), seen[0], used=frozenset(seen))
        return None

    def _inside(self, element: Any) -> list[int]:
        """The lines of an element and of those inside it."""
        if self._lines is None:
            self._lines = {}
            for block in self.page.blocks:
                self._lines.setdefault(block.element, []).append(block.index)
        known = self._lines
        own = [index for below in element.iter() for index in known.get(below, ())]
        return own or self._around(element)

    def _around(self, element: Any) -> list[int]:
        """The line that an inline element is the whole of."""
        around = element.getparent()
        while around is not None and around not in (self._lines or {}):
            around = around.getparent()
        text = tidy("".join(element.itertext()))
        lines = (self._lines or {}).get(around, [])
        return [index for index in lines if text and self.page.blocks[index].text == text]
