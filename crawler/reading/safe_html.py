"""The release's lines as HTML that is safe to show: built anew from text and link targets, then cleaned by nh3.

No markup of the page is copied, so nothing of it can reach a reader's browser; nh3 is the second lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import nh3

from crawler.reading.blocks import Block, Zone
from crawler.reading.page import Page

_TAGS = {"p", "h2", "h3", "h4", "ul", "li", "blockquote", "table", "tr", "td", "a", "br"}
_SCHEMES = {"http", "https", "mailto", "tel"}


def render(page: Page, lines: list[list[Block]]) -> str:
    """HTML of the lines; each inner list is one paragraph, list item, heading or table row."""
    html = "\n".join(_elements(page, lines))
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener noreferrer",
    )


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
        href = anchor.href if anchor.href.startswith(("mailto:", "tel:")) else page.absolute(anchor.href)
        if start >= 0 and href:
            parts.append(escape(block.text[at:start]))
            parts.append(f'<a href="{escape(href)}">{escape(anchor.words)}</a>')
            at = start + len(anchor.words)
    return "".join(parts) + escape(block.text[at:])
