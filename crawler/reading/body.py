"""The text of a release and nothing else: paragraphs, headings, list items and table rows, in order.

A line is left out for a reason that holds on any site: it stands outside the release's place, in a part of the page
that is chrome by element, role or class; another field has used it whole; it only links documents or other pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from crawler.languages import Words, pattern
from crawler.languages.folding import fold
from crawler.reading.attachments import is_document_line
from crawler.reading.blocks import Block, Zone
from crawler.reading.furniture import is_caption, is_share_line
from crawler.reading.kinds import is_stamp
from crawler.reading.page import Page
from crawler.reading.place import Place
from crawler.reading.running import is_running, weight
from crawler.reading.safe_html import render

#: what is left out between headline and running text, and after it, though it stands inside the release
_ASIDE = Zone.CHROME | Zone.CAPTION | Zone.COOKIE | Zone.BREADCRUMB
#: a line that is this bold heads the lines below it
_HEADING = 0.9
#: a layout's place for the body is believed if it holds this share of the running text
_TRUSTED = 0.7
_STOP = re.compile(r"^[^@|]+[.!?。！？][”\"»」)]*$")
_TEXTUAL = frozenset(
    "p li ul ol dl dt dd table tbody thead tr td th blockquote pre h1 h2 h3 h4 h5 h6".split()
)


class Body(msgspec.Struct, frozen=True):
    """The body as text (lines joined by a blank line) and as safe HTML, and where its links lead."""

    text: str
    html: str
    links: tuple[str, ...]
    blocks: tuple[int, ...] = ()


def find_body(
    page: Page, place: Place, used: frozenset[int], words: Words, known: frozenset[int] = frozenset()
) -> Body:
    """The body of the release at ``place``; ``used`` are the lines that other fields have used whole, ``known``
    those that the page's layout names as the body's, if it does."""
    start = max(place.headline + 1, place.first)
    within = page.blocks[start : _end(page, place, start, known)]
    used = used | _labels_of(page, used)
    lines = [block for block in within if _belongs(block, place, used)]
    if place.headline >= 0 and page.blocks[place.headline].tag == "td":
        lines = [
            block for block in lines if block.tag != "th"
        ]  # a board's table: "content", "file" before the values
    lines = [block for block in lines if not is_share_line(block, words) and not is_caption(block, words)]
    if page.is_text:
        lines = _sentences(lines, words)
    inside = Inside(lines, place, page)
    lines = _without_tail(_without_top(lines, place, page, inside, words), place, inside)
    paragraphs = _paragraphs(lines)
    text = "\n\n".join(_line(paragraph) for paragraph in paragraphs)
    return Body(text, render(page, paragraphs), _links(page, lines), tuple(block.index for block in lines))


def _end(page: Page, place: Place, start: int, known: frozenset[int]) -> int:
    """Where the body ends: after the last line that the layout names, if those hold most of the running text."""
    named = [page.blocks[index] for index in sorted(known)]
    if named and _amount(named) >= _TRUSTED * _amount(page.blocks[start : place.last]):
        return named[-1].index + 1
    return place.last


def _sentences(lines: list[Block], words: Words) -> list[Block]:
    """Of a plain-text copy, which has no elements: from the first line of running text to the last."""
    consent = pattern(words.pages.consent)
    running = [
        number for number, block in enumerate(lines) if is_running(block) and not consent.search(block.folded)
    ]
    if not running:
        return lines
    first, last = running[0], running[-1]
    while last + 1 < len(lines) and _is_sentence(lines[last + 1]):
        last += 1
    return lines[first : last + 1]


def _labels_of(page: Page, used: frozenset[int]) -> frozenset[int]:
    """The lines that only label a used one: "Published:" above its date."""
    before = (page.blocks[index - 1] for index in used if index)
    return frozenset(
        block.index for block in before if len(block.text) < 40 and block.text.endswith((":", ":"))
    )


def _is_sentence(block: Block) -> bool:
    return block.weight >= 30 and bool(_STOP.match(block.text))


def _amount(lines: Iterable[Block]) -> int:
    return sum(weight(block.text) for block in lines if is_running(block))


def _belongs(block: Block, place: Place, used: frozenset[int]) -> bool:
    if block.index in used:
        return False
    bits = place.bits(block)
    if bits & _ASIDE:
        return False
    if bits & Zone.CONTACT and not is_running(block, place.zones):
        return False
    return not is_document_line(block)


def _without_top(lines: list[Block], place: Place, page: Page, inside: Inside, words: Words) -> list[Block]:
    """Without what stands between the headline and the text: the headline again, date, byline and type lines."""
    first = next((number for number, block in enumerate(lines) if is_running(block, place.zones)), 0)
    headline = fold(page.blocks[place.headline].text) if place.headline >= 0 else ""
    top = [block for block in lines[:first] if not is_stamp(block.text, words)]
    again = next((number for number, block in enumerate(top) if block.folded == headline), 0)
    kept = [block for block in top[again:] if inside.holds(block) or not _is_top(block, place, headline)]
    return kept + lines[first:]


def _is_top(block: Block, place: Place, headline: str) -> bool:
    if place.bits(block) & Zone.META or block.folded.endswith(headline or "\n"):
        return True
    return len(block.text) < 40 and block.text.endswith(":")


def _without_tail(lines: list[Block], place: Place, inside: Inside) -> list[Block]:
    """Without the short lines behind the text: links, labels with values, headings of what follows."""
    last = len(lines)
    while last > 1 and _is_tail(lines[last - 1], place, inside):
        last -= 1
    return lines[:last]


def _is_tail(block: Block, place: Place, inside: Inside) -> bool:
    if block.heading:
        return len(block.text) < 40
    return not inside.holds(block) and not is_running(block, place.zones)


class Inside:
    """Which lines stand in the same element as the running text, and so are part of it whatever they look like."""

    def __init__(self, lines: list[Block], place: Place, page: Page) -> None:
        running = [
            block.element for block in lines if is_running(block, place.zones) and block.element is not None
        ]
        holders = [_holder(element) for element in running]
        self.holders = frozenset(holders)
        above = [holder.getparent() for holder in holders if holder.tag == "div"]
        self.above = frozenset(parent for parent in above if above.count(parent) > 1)
        headline = page.blocks[place.headline].element if place.headline >= 0 else None
        outer = frozenset(_upwards(headline, 100))
        self.around = frozenset(one for holder in self.holders for one in _upwards(holder, 3)) - outer

    def holds(self, block: Block) -> bool:
        """Whether the line's element holds running text, or its parent does where each paragraph has a ``div``;
        for a sentence, whether it is near the running text and not only in the element of the headline, too."""
        if block.element is None:
            return True
        holder = _holder(block.element)
        if holder in self.holders or (holder.tag == "div" and holder.getparent() in self.above):
            return True
        return _is_sentence(block) and any(one in self.around for one in _upwards(holder, 3))


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


def _paragraphs(lines: list[Block]) -> list[list[Block]]:
    """Lines that belong together: those that only ``<br>`` divides, and the cells of a table row."""
    grouped: list[list[Block]] = []
    for block in lines:
        before = grouped[-1][-1] if grouped else None
        if (before is not None and block.continues and block.paragraph == before.paragraph) or (
            before is not None
            and block.row
            and block.row == before.row
            and block.cell != before.cell
            and _is_cell(block)
            and _is_cell(before)
        ):
            grouped[-1].append(block)
        else:
            grouped.append([block])
    return grouped


def _is_cell(block: Block) -> bool:
    return block.tag in ("td", "th") and len(block.text) < 200


def _line(paragraph: list[Block]) -> str:
    joint = " | " if len(paragraph) > 1 and not paragraph[1].continues else "\n"
    return joint.join(block.text for block in paragraph)


def _links(page: Page, lines: list[Block]) -> tuple[str, ...]:
    """Where the body's links lead: absolute addresses, each once, in order."""
    addresses = (
        page.absolute(anchor.href) for block in lines for anchor in block.anchors if anchor.href[:1] != "#"
    )
    return tuple(dict.fromkeys(filter(None, addresses)))
