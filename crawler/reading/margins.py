"""Where the text of a release begins and ends among the lines of its place.

Lines in the element that holds the running text are part of it whatever they look like; lines outside it have to be
sentences near it. What is left above is dates, bylines and labels; what is left below is links and labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from crawler.languages import Words, pattern
from crawler.reading.blocks import Block, Zone
from crawler.reading.kinds import is_stamp
from crawler.reading.page import Page
from crawler.reading.place import Place
from crawler.reading.running import is_running

_TEXTUAL = frozenset(
    "p li ul ol dl dt dd table tbody thead tr td th blockquote pre h1 h2 h3 h4 h5 h6".split()
)
_STOP = re.compile(r"^[^@|]+[.!?。！？।۔։።][”\"»」)]*$")
_DIGIT = re.compile(r"\d")
#: a number or address of a letterhead
_REACHES = re.compile(
    r"(?:tel|telefon\w*|phone|fax|e-?mail)\b[^\d@]{0,8}[\d@+(]|^[^\s@]+@[^\s@]+$|^(?:https?://|www\.)\S+$|\S@\S"
)
_BOLD = 0.9
#: "Themenfelder: Verkehr": a label with its value
_LABELLED = re.compile(r"[^\W\d][^:.!?]{1,30}:\s+\S")
_SENTENCE = 25
_LINKS = 0.9
#: where there is less running text than this, short sentences count as well
_LITTLE = 400
#: addresses that lead nowhere: buttons
_ACTIONS = ("#", "javascript:")
#: a colon, the full-width one too
_COLONS = (":", "\uff1a")
#: so many linked lines in a row are a list of other pages
_MENU = 5
#: labels and headings of a few words
_SHORT = 40


def trim(lines: list[Block], page: Page, place: Place, used: frozenset[int], words: Words) -> list[Block]:
    """The lines without what stands between headline and text, and without what follows the text."""
    if page.is_text:
        return _sentences(lines, words)
    margins = _Margins(lines, page, place, used)
    return margins.without_tail(margins.without_menus(margins.without_top(lines, words)))


def _sentences(lines: list[Block], words: Words) -> list[Block]:
    """Of a plain-text copy, which has no elements: from the first line of running text to the last."""
    consent = pattern(words.pages.consent)
    running = [at for at, block in enumerate(lines) if is_running(block) and not consent.search(block.folded)]
    if not running:
        return lines
    first, last = running[0], running[-1]
    while last + 1 < len(lines) and _is_sentence(lines[last + 1]):
        last += 1
    return lines[first : last + 1]


class _Margins:
    """The elements around the running text of one page."""

    def __init__(self, lines: list[Block], page: Page, place: Place, used: frozenset[int]) -> None:
        self.place = place
        headline = page.blocks[place.headline] if place.headline >= 0 else None
        self.headline = headline.folded if headline else "\n"
        running = [block for block in lines if is_running(block, place.zones)]
        if sum(block.weight for block in running) < _LITTLE:
            running += [block for block in lines if _is_sentence(block)]
        self.running = {block.element for block in running} - {None}
        holders = [_holder(element) for element in self.running]
        self.holders = frozenset(holders)
        above = [holder.getparent() for holder in self.holders if holder.tag == "div"]
        self.above = frozenset(parent for parent in above if above.count(parent) > 1)
        outer = frozenset(_upwards(headline.element if headline else None, 100))
        self.outer = frozenset(one for one in outer if one.tag in ("main", "article", "section"))
        self.around = frozenset(one for holder in self.holders for one in _upwards(holder, 3)) - outer
        self.points: set[Any] = set()
        self.used = used
        self.stamped = {page.blocks[index].element for index in used} - self.running - {None}
        self.beside = {element.getparent() for element in self.stamped} - {None}

    def holds(self, block: Block) -> bool:
        """Whether the line's element holds running text, or its parent does where each paragraph has a ``div``;
        for a sentence, whether it is near the running text and not only in the element of the headline, too."""
        if block.element is None:
            return True
        holder = _holder(block.element)
        if holder in self.holders or (holder.tag == "div" and holder.getparent() in self.above):
            return True
        return _is_sentence(block) and (
            holder in self.outer or any(one in self.around for one in _upwards(holder, 3))
        )

    def without_top(self, lines: list[Block], words: Words) -> list[Block]:
        """Without the headline again, and date, byline and type lines above the text."""
        first = next((at for at, block in enumerate(lines) if is_running(block, self.place.zones)), 0)
        if self.place.headline < 0:
            return lines[first:]  # nothing on the page tells where the release begins but its text
        told = [is_stamp(block.text, words) for block in lines[:first]]
        self.stamped |= {
            block.element for block, date in zip(lines, told, strict=False) if date
        } - self.running
        top = [block for block, date in zip(lines, told, strict=False) if not date]
        again = next((at for at, block in enumerate(top) if block.folded == self.headline), 0)
        self.points = {_list_of(block) for block in top if len(block.text) >= _SHORT} - {None}
        top = _without_letterhead(top)
        kept: list[Block] = []
        for at in range(len(top) - 1, again - 1, -1):
            below = kept[-1] if kept else lines[first]
            if not self._is_top(top[at], top[at - 1] if at else None, below):
                kept.append(top[at])
        kept.reverse()
        return kept + [block for block in lines[first:] if not self._is_beside(block)]

    def without_menus(self, lines: list[Block]) -> list[Block]:
        """Without lists of other pages between the texts: many lines in a row, each all a link, in an element that holds
        no running text; the heading above one goes with it."""
        out: set[int] = set()
        row: list[int] = []
        for at, block in enumerate([*lines, None]):
            if block is not None and block.linked > _LINKS and not self.holds(block):
                row.append(at)
                continue
            if len(row) >= _MENU:
                titled = (
                    row[0] > 0 and lines[row[0] - 1].weight < _SHORT and not self.holds(lines[row[0] - 1])
                )
                out.update(row, [row[0] - 1] if titled else [])
            row = []
        return [block for at, block in enumerate(lines) if at not in out]

    def without_tail(self, lines: list[Block]) -> list[Block]:
        """Without the short lines below the text: links, labels with values, headings of what follows."""
        last = len(lines)
        ended = next((block.index for block in reversed(lines) if is_running(block, self.place.zones)), -1)
        told = min((index for index in self.used if 0 <= ended < index), default=None)
        while last > 1 and (self._is_tail(lines[last - 1], told, lines) or _begins_links(lines, last)):
            last -= 1
        return lines[:last]

    def _is_top(self, block: Block, above: Block | None, below: Block) -> bool:
        """Whether a line above the text is none of it; ``below`` is the next line that is kept."""
        if block.heading and block.folded == self.headline:
            return True  # a plain line that repeats it is the text's own first line on Korean boards
        if block.element in self.stamped and block.weight < _SHORT and _DIGIT.search(block.text):
            return True  # "Year 2021" in one element with a date or a byline
        if self.holds(block):
            return False
        if self.place.bits(block) & (Zone.META | Zone.ASIDE) or block.folded.endswith(self.headline):
            return True
        if len(block.text) < 2 * _SHORT and _LABELLED.match(block.text) and not _STOP.match(block.text):
            return True
        return len(block.text) < _SHORT and self._is_frame(block, above, below)

    def _is_frame(self, block: Block, above: Block | None, below: Block) -> bool:
        """Whether a short line outside the text's element is of the page's frame: a tag, an index, a reading time."""
        if block.heading:
            return below.index > block.index + 1 or not (self.holds(below) or below.heading)
        if block.text.endswith(_COLONS) or block.linked > _LINKS:
            return True
        if _DIGIT.search(block.text):
            return above is not None and above.text.endswith(_COLONS)  # the value of a label
        return not _STOP.match(block.text) and _list_of(block) not in self.points

    def _is_beside(self, block: Block) -> bool:
        """Whether a short line stands in one element with a date or byline, and its class name says what they say."""
        return (
            bool(self.place.bits(block) & Zone.META)
            and block.weight < _SHORT
            and not self.holds(block)
            and block.element is not None
            and block.element.getparent() in self.beside
        )

    def _tabled(self, block: Block, lines: list[Block]) -> bool:
        """Whether a line is a cell of a table of facts: labels ("Who:", "When:") and what they say, without a link."""
        table = _table_of(block.element)
        cells = [one for one in lines if one.row and _table_of(one.element) is table]
        labels = sum(one.text.endswith(_COLONS) for one in cells)
        return labels > 1 and not any(one.anchors for one in cells)

    def _is_tail(self, block: Block, told: int | None, lines: list[Block]) -> bool:
        """Whether a line below the text is none of it; ``told`` is the first line there that another field has used."""
        if block.heading:
            return len(block.text) < _SHORT
        if told is not None and told < block.index and len(block.text) < 2 * _SHORT:
            return True
        if block.row and self._tabled(block, lines):
            return False
        if block.linked > _LINKS and all(one.href.startswith(_ACTIONS) for one in block.anchors):
            return True  # "Print version of this document"
        return not self.holds(block) and not is_running(block, self.place.zones)


def _without_letterhead(top: list[Block]) -> list[Block]:
    """The lines above the text without the sender's address: up to the last line with a number or an address of the
    web or of mail, but for headings and sentences."""
    reach = [
        at for at, block in enumerate(top) if _REACHES.search(block.folded) and len(block.text) < 2 * _SHORT
    ]
    last = reach[-1] if len(reach) > 1 else -1
    return [
        block
        for at, block in enumerate(top)
        if at > last
        or block.heading
        or block.bold > _BOLD
        or len(block.text) > 2 * _SHORT
        or _STOP.match(block.text)
    ]


def _list_of(block: Block) -> Any:
    """The list that a line is an entry of: where some entries are long, they are a release's key points."""
    element = block.element
    while element is not None and element.tag != "li":
        element = element.getparent() if block.zones & Zone.LIST else None
    return element.getparent() if element is not None else None


def _table_of(element: Any) -> Any:
    """The table that an element stands in."""
    while element is not None and element.tag != "table":
        element = element.getparent()
    return element


def _begins_links(lines: list[Block], last: int) -> bool:
    """Whether the last line belongs to a list of nothing but links under a heading of its own."""
    at = last - 1
    while at > 0 and lines[at].linked > _LINKS and lines[at].zones & Zone.LIST:
        at -= 1
    return at < last - 1 and bool(lines[at].heading) and len(lines[at].text) < _SHORT


def _is_sentence(block: Block) -> bool:
    return block.weight >= _SENTENCE and bool(_STOP.match(block.text))


def _upwards(element: Any, levels: int) -> Iterator[Any]:
    """The element's ancestors, the nearest first."""
    while element is not None and levels:
        element, levels = element.getparent(), levels - 1
        if element is not None:
            yield element


def _holder(element: Any) -> Any:
    """The nearest element that is no paragraph, list, table or quote itself."""
    while element.tag in _TEXTUAL and element.getparent() is not None:
        element = element.getparent()
    return element
