"""What a release says about itself as a text: withdrawn, archived, corrected, embargoed, to be checked against delivery.

A banner that a site puts over an unchanged text is no text of the release (reliability.md D12): it is told as a
notice and left out of the body. What the release itself prints (an embargo, "check against delivery") is quoted
and stays where it stands.
"""

from __future__ import annotations

import re

import msgspec

from crawler.languages import Words, pattern
from crawler.reading.blocks import Block
from crawler.reading.page import Page
from crawler.reading.place import Place

#: a banner says little; a longer line that holds the same words is text about something else
_MOST = 320
#: the first line of this length below the headline is the release's own text: banners stand above it
_TEXT = 120
#: lines below the headline that are looked at: date, byline, type, share bar, summary
_LINES = 14
_MARKED = re.compile(r"notice|withdraw|archiv|banner|alert|histor|callout|warning")


class Notices(msgspec.Struct, frozen=True):
    """The quotes, in the order of the page, and the lines that are banners and no text."""

    quotes: tuple[str, ...] = ()
    used: frozenset[int] = frozenset()


def find_notices(page: Page, place: Place, words: Words) -> Notices:
    """Looks at the lines around the headline, down to where the text begins."""
    known = words.notices
    banner = pattern((*known.withdrawn, *known.historical, *known.correction))
    printed = pattern((*known.embargo, *known.delivery))
    quotes, used = [], []
    for block in page.blocks[place.first : max(place.headline, place.first) + _LINES]:
        if block.hidden or block.heading == 1 or len(block.text) > _MOST:
            continue
        if _is_banner(block) and banner.search(block.folded):
            quotes.append(block.text)
            used.append(block.index)
        elif block.index > place.headline and len(block.text) >= _TEXT:
            break
        elif printed.search(block.folded):
            quotes.append(block.text)
    return Notices(tuple(quotes), frozenset(used))


def _is_banner(block: Block) -> bool:
    """Marked as one by the page, or a line that is too short to be a paragraph."""
    return len(block.text) < _TEXT or _MARKED.search(block.marks(3)) is not None
