"""The text of a release and nothing else: paragraphs, headings, list items and table rows, in order.

A line is left out for a reason that holds on any site: it stands outside the release's place, in a part of the page
that is chrome by element, role or class; another field has used it whole; it only links documents or other pages.
"""

from __future__ import annotations

import re

import msgspec

from crawler.languages import Words, pattern
from crawler.languages.folding import fold
from crawler.reading.attachments import is_document_line
from crawler.reading.blocks import Block, Zone
from crawler.reading.page import Page
from crawler.reading.place import Place
from crawler.reading.running import is_running
from crawler.reading.safe_html import render

#: what is left out between headline and running text, and after it, though it stands inside the release
_ASIDE = Zone.CHROME | Zone.CAPTION | Zone.COOKIE | Zone.BREADCRUMB
_RULE = re.compile(r"[\W_]+")


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
    within = [page.blocks[index] for index in sorted(known)] if known else page.blocks[start : place.last]
    lines = [block for block in within if _belongs(block, place, used)]
    lines = _without_credits(lines, words)
    lines = _without_top(lines, place, page)
    lines = _without_tail(lines, place, words)
    paragraphs = _paragraphs(lines)
    text = "\n\n".join(_line(paragraph) for paragraph in paragraphs)
    return Body(text, render(page, paragraphs), _links(page, lines), tuple(block.index for block in lines))


def _belongs(block: Block, place: Place, used: frozenset[int]) -> bool:
    if block.index in used:
        return False
    bits = place.bits(block)
    if bits & _ASIDE:
        return False
    if bits & Zone.CONTACT and not is_running(block, place.zones):
        return False
    return not is_document_line(block)


def _without_credits(lines: list[Block], words: Words) -> list[Block]:
    """Without short lines that begin with "Photo:" in one of the page's languages."""
    credit = pattern(words.contacts.photo)
    return [
        block
        for block in lines
        if len(block.text) > 160
        or not (found := credit.match(fold(block.text)))
        or block.text[found.end() : found.end() + 2].strip()[:1] not in (":", "©", "/")
    ]


def _without_top(lines: list[Block], place: Place, page: Page) -> list[Block]:
    """Without what stands between the headline and the text: the headline again, date, byline and type lines."""
    first = next((number for number, block in enumerate(lines) if is_running(block, place.zones)), 0)
    headline = fold(page.blocks[place.headline].text) if place.headline >= 0 else ""
    return [
        block
        for number, block in enumerate(lines)
        if number >= first
        or not (
            place.bits(block) & Zone.META or fold(block.text) == headline or not _RULE.sub("", block.text)
        )
    ]


def _without_tail(lines: list[Block], place: Place, words: Words) -> list[Block]:
    """Without the links, dates and tools that follow the last line of text."""
    share = frozenset(words.pages.share)
    while lines:
        last = lines[-1]
        folded = fold(last.text).rstrip(":. ")
        if (
            last.linked > 0.9
            or place.bits(last) & Zone.META
            or folded in share
            or last.heading
            or not _RULE.sub("", last.text)
        ):
            lines = lines[:-1]
            continue
        break
    return lines


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
