"""The documents that a release links, each address once."""

from __future__ import annotations

from archive.model import Attachment
from crawler.reading.blocks import Zone
from crawler.reading.document_links import TYPES, document_type
from crawler.reading.page import Page
from crawler.reading.place import Place


def find_attachments(page: Page, place: Place) -> tuple[Attachment, ...]:
    """The documents linked from the release's lines, each address once, in order."""
    found: dict[str, Attachment] = {}
    for block in place.lines(page):
        if block.anchors and not place.bits(block) & (Zone.CHROME & ~Zone.TAGS):
            for anchor in block.anchors:
                kind = document_type(anchor, block)
                address = page.absolute(anchor.href) if kind else None
                if address:
                    found.setdefault(address, Attachment(address, anchor.words, TYPES.get(kind or "")))
    return tuple(found.values())
