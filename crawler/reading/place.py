"""Where on a page the release stands: its headline and the lines that belong to it.

The headline anchors it: the smallest element around the headline that holds most of the page's running text is
the release; menus, footers and side columns lie outside, and what lies inside is judged line by line.
"""

from __future__ import annotations

from itertools import islice, pairwise
from typing import Any

import msgspec

from crawler.languages import Words
from crawler.reading.blocks import Block, Zone
from crawler.reading.page import Page
from crawler.reading.running import is_running

#: the share of the running text after the headline that the release's element has to hold
_MOST = 0.55
_LINKED = 0.9
#: the title of a teaser has this weight at least; so many lines a teaser has at most
_TITLE, _TEASER = 20, 5
#: so much running text comes before teasers that stand below a text
_TEXT = 150


class Place(msgspec.Struct, frozen=True):
    """The lines of the release: ``page.blocks[first:last]``, kickers and dates above the headline included.

    ``headline`` is the index of the headline's block, -1 where only the head of the page tells it. ``zones`` are
    the bits that headline and running text share: ``block.zones & ~place.zones`` are those that say something.
    """

    headline: int
    first: int
    last: int
    zones: int = 0

    def holds(self, block: Block) -> bool:
        """Whether the line lies between the first and the last one."""
        return self.first <= block.index < self.last

    def bits(self, block: Block) -> int:
        """The bits of the block's place that tell it from the headline's."""
        return block.zones & ~self.zones


def find_place(page: Page, headline: int, words: Words) -> Place:
    """The place of the release whose headline is ``page.blocks[headline]``; -1 takes the whole page."""
    zones = _shared_zones(page, headline)
    running = [block for block in page.visible if block.index > headline and is_running(block, zones)]
    if page.is_text or headline < 0 or not running:
        first, last = max(headline - 6, 0), len(page.blocks)
        return Place(headline, first, _stop(page, headline, last, zones, words), zones)
    levels = _levels(page.blocks, _ancestors(page.blocks[headline].element))
    level = _level(running, levels)
    inside = [block.index for block in page.blocks if levels[block.index] <= level]
    first, last = inside[0], inside[-1] + 1
    return Place(headline, first, _stop(page, headline, last, zones, words), zones)


def _shared_zones(page: Page, headline: int) -> int:
    if headline < 0:
        return 0
    return page.blocks[headline].zones & ~Zone.HIDDEN


def _ancestors(element: Any) -> dict[Any, int]:
    """The element and its ancestors, each with its distance."""
    found: dict[Any, int] = {}
    while element is not None:
        found[element] = len(found)
        element = element.getparent()
    return found


def _levels(blocks: tuple[Block, ...], ancestors: dict[Any, int]) -> list[int]:
    """For each block, how far up from the headline the nearest element is that holds both."""
    return [_climb(block.element, ancestors) for block in blocks]


def _climb(element: Any, known: dict[Any, int]) -> int:
    if element in known:
        return known[element]
    path = []
    while element is not None and element not in known:
        path.append(element)
        element = element.getparent()
    level = known[element] if element is not None else 10_000
    for below in path:
        known[below] = level
    return level


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


def _stop(page: Page, headline: int, last: int, zones: int, words: Words) -> int:
    """The index of the first line below some running text that begins something else, else ``last``."""
    related = frozenset(words.pages.related)
    blocks = page.blocks[max(headline, 0) + 1 : last]
    listing = False
    left = total = sum(block.weight for block in blocks if is_running(block, zones))
    for block in blocks:
        bits = block.zones & ~zones
        if bits & Zone.FOOTER and left < total:
            return block.index
        if block.heading and block.linked > _LINKED and not listing:
            if left == total:
                listing = _begins_row(blocks, block)  # its entries begin before any text of the page's own
            elif _begins_cards(blocks, block) or _begins_row(blocks, block, few=left * 2 < total):
                return block.index
        if not listing and _is_teased(block, zones) and _begins_teasers(blocks, block, zones):
            if total - left > _TEXT:
                return block.index
            listing = True
        if is_running(block, zones):
            left -= block.weight
        elif left * 4 < total and _begins_other(block, bits, related, page.is_text):
            return block.index
    return last


def _begins_cards(blocks: tuple[Block, ...], block: Block) -> bool:
    """Whether a heading that is a link begins a row of such headings: teasers of other pages."""
    below = [one for one in blocks if one.index >= block.index and one.heading]
    return len(below) > 1 and all(one.linked > _LINKED for one in below)


def _begins_row(blocks: tuple[Block, ...], block: Block, *, few: bool = True) -> bool:
    """Whether the next two headings of its rank or above (one of a ``few``) are links as well: a row of cards,
    whatever comes after it."""
    below = (one for one in blocks if one.index > block.index and 0 < one.heading <= block.heading)
    beside = list(islice(below, 1 if few else 2))
    return len(beside) == (1 if few else 2) and all(
        one.heading == block.heading and one.linked > _LINKED for one in beside
    )


def _is_teased(block: Block, zones: int) -> bool:
    """Whether a line that is no heading may be the title of another page: all of it a link, as long as a title."""
    title = (
        block.linked > _LINKED
        and block.weight >= _TITLE
        and not block.heading
        and not block.zones & Zone.LIST
    )
    return title and not is_running(block, zones)


def _begins_teasers(blocks: tuple[Block, ...], block: Block, zones: int) -> bool:
    """Whether linked titles of one kind stand in a row, with a sentence and no link below each."""
    below = [one for one in blocks if block.index <= one.index < block.index + 4 * _TEASER]
    titles = [n for n, one in enumerate(below) if one.tag == block.tag and _is_teased(one, zones)]
    gaps = [b - a for a, b in pairwise(titles)]
    row = len(titles) > 2 and all(2 <= gap <= _TEASER for gap in gaps[:2])
    return row and all(
        is_running(below[at + 1], zones) or is_running(below[at + 2], zones) for at in titles[:2]
    )


def _begins_other(block: Block, bits: int, related: frozenset[str], is_text: bool) -> bool:
    """Whether a line is the heading or the first entry of a list of other releases."""
    if bits & Zone.RELATED and (block.heading or bits & (Zone.ASIDE | Zone.LIST)):
        return True
    heads = block.heading or is_text or block.bold > 0.9
    return bool(heads) and len(block.text) < 60 and block.folded.rstrip(":") in related
