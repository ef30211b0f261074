"""Running text: the sentences of a page, which menus, link lists and labels have none of."""

from __future__ import annotations

import re

from crawler.reading.blocks import Block, Zone
from crawler.reading.page import Page

#: running text has lines of at least this many characters; those of scripts without spaces count double
LINE = 60
#: lines that are this long need no full stop at their end
_LONG = 160
#: a full stop at the end, or one between two sentences
_END = re.compile(
    '[.!?…:;»”"\'’)\\]。！？」』）।؟۔։።་]\\s*$|[^\\W\\d_]{4}[.!?]["”’)]*\\s+[^\\W\\d_]|[。！？]'
)
_WIDE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
_NO_STOP = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
#: so many other lines may stand between two lines of one text: a picture, a table, a box
_GAP = 12


def weight(text: str) -> int:
    """The length of a text, a character of a script without spaces counted double."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def is_running(block: Block, ignored: int = 0) -> bool:
    """Whether the line is running text: a sentence or more, hardly any links, no chrome and no heading."""
    size = block.weight
    if size < LINE or block.linked > 0.5 or block.zones & ~ignored & Zone.CHROME:
        return False
    if block.heading:
        return size > 3 * _LONG
    return size >= _LONG or bool(_END.search(block.text) or _NO_STOP.search(block.text))


def text_start(page: Page) -> int:
    """The index of the first line of the page's heaviest run of running text; the page's end where there is none."""
    best, best_weight = len(page.blocks), 0
    start = last = -1
    gathered = 0
    for block in page.blocks:
        if not is_running(block):
            continue
        if start < 0 or block.index - last > _GAP:
            start, gathered = block.index, 0
        last = block.index
        gathered += block.weight
        if gathered > best_weight:
            best, best_weight = start, gathered
    return best
