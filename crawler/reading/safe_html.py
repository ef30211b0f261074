"""The release's lines as HTML that is safe to show: built anew from text and link targets.

No markup of the page is copied: every text is escaped and every link is http(s), mailto or tel, so nothing of the
page's markup can reach a reader's browser. A test holds it against nh3, which finds nothing to take out; running
nh3 on every page would cost as much as half its parsing (measured 2026-11).
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from crawler.reading.blocks import Block, Zone
from crawler.reading.page import Page

_PLAIN = ("mailto:", "tel:")


def render(page: Page, lines: list[list[Block]]) -> str:
    """HTML of the lines; each inner list is one paragraph, list item, heading or table row."""
    return "\n".join(_elements(page, lines))


def _elements(page: Page, lines: list[list[Block]]) -> Iterator[str]:
    wrapper = ""
    for line in lines:
        wanted, element = _kind(line[0])
        if wanted != wrapper:
            if wrapper:
                yield f"</{wrapper}>"
            if wanted:
                yield f"<{wanted}>"
            wrapper = wanted
        if element == "tr":
            yield "<tr>" + "".join(f"<td>{_inline(page, cell)}</td>" for cell in line) + "</tr>"
        else:
            yield f"<{element}>" + "<br>".join(_inline(page, block) for block in line) + f"</{element}>"
    if wrapper:
        yield f"</{wrapper}>"


def _kind(block: Block) -> tuple[str, str]:
    """The wrapper and the element of a line."""
    if block.heading:
        return "", f"h{min(max(block.heading, 2), 4)}"
    if block.zones & Zone.LIST:
        return "ul", "li"
    if block.zones & Zone.QUOTE:
        return "blockquote", "p"
    if block.row and block.cell:
        return "table", "tr"
    return "", "p"


def _inline(page: Page, block: Block) -> str:
    """The escaped text, its links in place."""
    parts: list[str] = []
    at = 0
    for anchor in block.anchors:
        start = block.text.find(anchor.words, at) if anchor.words else -1
        href = anchor.href if anchor.href.startswith(_PLAIN) else page.absolute(anchor.href)
        if start >= 0 and href:
            parts.append(escape(block.text[at:start]))
            parts.append(
                f'<a href="{escape(href)}" rel="nofollow noopener noreferrer">{escape(anchor.words)}</a>'
            )
            at = start + len(anchor.words)
    return "".join(parts) + escape(block.text[at:])
