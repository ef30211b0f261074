"""The text of a release and nothing else: paragraphs, headings, list items and table rows, in order.

A line is left out for a reason that holds on any site: it stands outside the release's place, in a part of the page
that is chrome by element, role or class; another field has used it whole; it only links documents or other pages.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from crawler.languages import Words
from crawler.reading.blocks import Block, Zone
from crawler.reading.document_links import is_document_line
from crawler.reading.furniture import is_beside_text, is_share_line
from crawler.reading.margins import trim
from crawler.reading.page import Page
from crawler.reading.place import Place
from crawler.reading.running import is_running
from crawler.reading.safe_html import render
from crawler.reading.sections import without_sections

#: what is no text wherever it stands
_ASIDE = Zone.CHROME | Zone.CAPTION | Zone.COOKIE | Zone.BREADCRUMB
#: a layout's place for the body is believed if it holds this share of the running text
_TRUSTED = 0.7
#: a line that is this bold heads the lines below it
_HEADING = 0.9
#: a line that is so long and stands twice was printed twice by the template
_PARAGRAPH = 120
#: cells of a row are joined to one line unless they hold paragraphs
_CELL = 200


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
    lead = _lead(within, place, used)
    lines = [block for block in within if block is lead or _belongs(block, place, used, words)]
    if place.headline >= 0 and page.blocks[place.headline].tag == "td":
        # the table of a government board: "content" and "file" stand in cells before the values
        lines = [block for block in lines if block.tag != "th"]
    if not page.is_text:
        lines = without_sections(lines, place.zones, words)
    lines = _before_tools(trim(lines, page, place, used, words), within, place, words)
    paragraphs = _paragraphs(_once(lines, place))
    text = "\n\n".join(_line(paragraph) for paragraph in paragraphs)
    return Body(text, render(page, paragraphs), _links(page, lines), tuple(block.index for block in lines))


def _once(lines: list[Block], place: Place) -> list[Block]:
    """The lines without a paragraph's second print: a teaser above repeats the first one."""
    said: set[str] = set()
    kept = []
    for block in lines:
        paragraph = block.weight >= _PARAGRAPH and is_running(block, place.zones)
        if not (paragraph and block.text in said):
            kept.append(block)
        said.add(block.text)
    return kept


def _lead(within: tuple[Block, ...], place: Place, used: frozenset[int]) -> Block | None:
    """The first sentence below the headline, where its class name says ``teaser``: a lead and no other page's."""
    ignored = place.zones | Zone.RELATED
    first = next((b for b in within if is_running(b, ignored) and b.index not in used), None)
    teased = first is not None and place.bits(first) & Zone.RELATED and not first.anchors
    goes_on = any(is_running(block, place.zones) for block in within)
    return first if teased and goes_on else None


def _before_tools(lines: list[Block], within: tuple[Block, ...], place: Place, words: Words) -> list[Block]:
    """The lines without what follows a share bar, an editor's name or the like below the last running text."""
    last = next((block.index for block in reversed(lines) if is_running(block, place.zones)), None)
    if last is None:
        return lines
    below = (block for block in within if block.index > last)
    tools = next((b.index for b in below if place.bits(b) & Zone.SHARE or is_share_line(b, words)), None)
    return lines if tools is None else [block for block in lines if block.index < tools]


def _end(page: Page, place: Place, start: int, known: frozenset[int]) -> int:
    """Where the body ends: after the last line that the layout names, if those hold most of the running text."""
    named = [page.blocks[index] for index in sorted(known)]
    if named and _amount(named) >= _TRUSTED * _amount(page.blocks[start : place.last]):
        end = named[-1].index + 1
        return end if end <= place.last or _amount(page.blocks[place.last : end]) else place.last
    return place.last


def _amount(lines: Iterable[Block]) -> int:
    return sum(block.weight for block in lines if is_running(block))


def _labels_of(page: Page, used: frozenset[int]) -> frozenset[int]:
    """The lines that only label a used one: "Published:" above its date, a ``th`` before its ``td``."""
    before = (page.blocks[index - 1] for index in used if index)
    return frozenset(
        block.index
        for block in before
        if len(block.text) < 40 and (block.text.endswith((":", "\uff1a")) or block.tag in ("th", "dt"))
    )


def _belongs(block: Block, place: Place, used: frozenset[int], words: Words) -> bool:
    if block.index in used:
        return False
    bits = place.bits(block)
    if bits & _ASIDE or (bits & Zone.CONTACT and not is_running(block, place.zones)):
        return False
    return not (is_document_line(block) or is_beside_text(block, words))


def _paragraphs(lines: list[Block]) -> list[list[Block]]:
    """Lines that belong together: those that only ``<br>`` divides, and the cells of a table row."""
    grouped: list[list[Block]] = []
    for block in lines:
        if grouped and (_follows(block, grouped[-1][-1]) or _is_beside(block, grouped[-1][-1])):
            grouped[-1].append(block)
        else:
            grouped.append([block])
    return grouped


def _follows(block: Block, before: Block) -> bool:
    return block.continues and block.paragraph == before.paragraph and before.bold < _HEADING


def _is_beside(block: Block, before: Block) -> bool:
    """Whether two lines are short cells of one row."""
    if not block.row or block.row != before.row or block.cell == before.cell:
        return False
    return all(one.tag in ("td", "th") and len(one.text) < _CELL for one in (block, before))


def _line(paragraph: list[Block]) -> str:
    joint = " | " if len(paragraph) > 1 and not paragraph[1].continues else "\n"
    return joint.join(block.text for block in paragraph)


def _links(page: Page, lines: list[Block]) -> tuple[str, ...]:
    """Where the body's links lead: absolute addresses and mail addresses, each once, in order."""
    addresses = (
        _mailbox(anchor.href) or page.absolute(anchor.href)
        for block in lines
        for anchor in block.anchors
        if anchor.href[:1] != "#"
    )
    return tuple(dict.fromkeys(filter(None, addresses)))


def _mailbox(href: str) -> str | None:
    """The ``mailto:`` address without a prepared subject; None for a share button's, which names nobody."""
    mailbox = href.partition("?")[0]
    return mailbox if mailbox.lower().startswith("mailto:") and "@" in mailbox else None
