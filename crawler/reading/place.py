"""Where on a page the release stands: its headline and the lines that belong to it.

The headline anchors it: the smallest element around the headline that holds most of the page's running text is
the release; menus, footers and side columns lie outside, and what lies inside is judged line by line.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec

from crawler.languages import Words
from crawler.reading.blocks import Block, Zone
from crawler.reading.others import (
    LINKED,
    ancestors_of,
    begins_cards,
    begins_other,
    begins_row,
    begins_teasers,
    climb,
    holder_of,
    is_teased,
    list_end,
    related_words,
    text_goes_on,
)
from crawler.reading.page import Page
from crawler.reading.running import is_running

#: the share of the running text after the headline that the release's element has to hold
_MOST = 0.55
#: so much running text comes before teasers that stand below a text
_TEXT = 150
#: a page with more lists of other pages is not looked at beyond them
_LISTS = 20


class Place(msgspec.Struct, frozen=True):
    """The lines of the release: ``page.blocks[first:last]``, kickers and dates above the headline included.

    ``headline`` is the index of the headline's block, -1 where only the head of the page tells it. ``zones`` are
    the bits that headline and running text share: ``block.zones & ~place.zones`` are those that say something.
    ``rest`` are the lines of the release's element behind a list of other releases: its text has ended there, its
    documents and contacts need not have.
    """

    headline: int
    first: int
    last: int
    zones: int = 0
    rest: tuple[range, ...] = ()

    def holds(self, block: Block) -> bool:
        """Whether the line lies between the first and the last one."""
        return self.first <= block.index < self.last

    def has(self, block: Block) -> bool:
        """Whether the line is one of the release's, those of the rest among them."""
        return self.holds(block) or any(block.index in lines for lines in self.rest)

    def lines(self, page: Page) -> Iterator[Block]:
        """The lines of the release, those of the rest behind the others."""
        yield from page.blocks[self.first : self.last]
        for lines in self.rest:
            yield from page.blocks[lines.start : lines.stop]

    def bits(self, block: Block) -> int:
        """The bits of the block's place that tell it from the headline's."""
        return block.zones & ~self.zones


def find_place(page: Page, headline: int, words: Words) -> Place:
    """The place of the release whose headline is ``page.blocks[headline]``; -1 takes the whole page."""
    zones = _shared_zones(page, headline)
    running = [block for block in page.visible if block.index > headline and is_running(block, zones)]
    if page.is_text or headline < 0 or not running:
        first, last = max(headline - 6, 0), len(page.blocks)
        return _place(page, Place(headline, first, last, zones), words)
    levels = _levels(page.blocks, ancestors_of(page.blocks[headline].element))
    level = _level(_own(page, running), levels)
    inside = [block.index for block in page.blocks if levels[block.index] <= level]
    first, last = inside[0], inside[-1] + 1
    return _place(page, Place(headline, first, last, zones), words)


def _own(page: Page, running: list[Block]) -> list[Block]:
    """The running text without the teasers of other pages: a sentence each, below a heading that is a link."""
    above = (page.blocks[block.index - 1] for block in running)
    teased = {
        block.index
        for block, heading in zip(running, above, strict=True)
        if heading.heading and heading.linked > LINKED
    }
    own = [block for block in running if block.index not in teased]
    return own if len(teased) > 1 and own else running


def _shared_zones(page: Page, headline: int) -> int:
    if headline < 0:
        return 0
    return page.blocks[headline].zones & ~Zone.HIDDEN


def _levels(blocks: tuple[Block, ...], ancestors: dict[Any, int]) -> list[int]:
    """For each block, how far up from the headline the nearest element is that holds both."""
    return [climb(block.element, ancestors) for block in blocks]


def _level(running: list[Block], levels: list[int]) -> int:
    """The level at which most of the running text is inside."""
    total = sum(block.weight for block in running)
    inside: dict[int, int] = {}
    for block in running:
        level = levels[block.index]
        inside[level] = inside.get(level, 0) + block.weight
    gathered = 0
    for level in sorted(inside):
        gathered += inside[level]
        if gathered >= total * _MOST:
            return level
    return max(inside)


def _place(page: Page, whole: Place, words: Words) -> Place:
    """The place within the ``whole`` element of the release: up to what begins something else, and what follows it."""
    related = related_words(words.languages)
    blocks = page.blocks[max(whole.headline, 0) + 1 : whole.last]
    stop = _stop(blocks, whole.zones, related, page.is_text)
    if stop is None:
        return whole
    rest = () if page.is_text else tuple(islice(_rest(blocks, stop, whole.zones, related), _LISTS))
    return Place(whole.headline, whole.first, blocks[stop].index, whole.zones, rest)


def _stop(blocks: tuple[Block, ...], zones: int, related: frozenset[str], is_text: bool) -> int | None:
    """The position of the first line below some running text that begins something else."""
    listing = False
    lists = passed = 0
    beside: set[Any] = set()
    left = total = sum(block.weight for block in blocks if is_running(block, zones))
    for at, block in enumerate(blocks):
        bits = block.zones & ~zones
        if bits & Zone.FOOTER and left < total:
            return at
        begins = False
        if not listing and block.heading and block.linked > LINKED:
            if left == total:
                listing = begins_row(blocks, block)  # its entries begin before any text of the page's own
            elif not bits & Zone.RELATED:
                begins = begins_cards(blocks, block) or begins_row(blocks, block, few=left * 2 < total)
        elif not listing and is_teased(block, zones) and begins_teasers(blocks, block, zones):
            begins = total - left > _TEXT
            listing = not begins
        if is_running(block, zones):
            left -= block.weight
            beside.add(holder_of(block))
        elif not begins and left * 4 < total:
            begins = begins_other(block, bits, related, is_text=is_text)
        if begins and at >= passed:
            lists += 1
            passed = 0 if is_text or lists > _LISTS else text_goes_on(blocks, at, zones, beside)
            if not passed:
                return at
    return None


def _rest(blocks: tuple[Block, ...], stop: int, zones: int, related: frozenset[str]) -> Iterator[range]:
    """The lines behind the list that begins at ``stop``, up to the footer and without further such lists."""
    last = next(
        (at for at in range(stop, len(blocks)) if blocks[at].zones & ~zones & Zone.FOOTER), len(blocks)
    )
    while stop < last:
        first = list_end(blocks, stop)
        others = (
            at
            for at in range(first, last)
            if (blocks[at].heading and blocks[at].linked > LINKED)
            or begins_other(blocks[at], blocks[at].zones & ~zones, related, is_text=False)
        )
        stop = next(others, last)
        if first < stop:
            yield range(blocks[first].index, blocks[stop - 1].index + 1)
