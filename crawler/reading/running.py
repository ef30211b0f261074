"""Running text: the sentences of a page, which menus, link lists and labels have none of."""

from __future__ import annotations

import re

from crawler.reading.blocks import Block, Zone
from crawler.reading.page import Page

#: running text has lines of at least this many characters; those of scripts without spaces count double
LINE = 60
#: a sentence of Chinese or Japanese with two clauses says as much in fewer characters
_CLAUSES = 36
_SHORT_SENTENCE = re.compile("[\u3040-\u9fff][，、].*[\u3040-\u9fff]。[」』”]?$")
#: lines that are this long need no full stop at their end
_LONG = 160
#: what ends a sentence, or a quotation at its end
_STOPS = frozenset(".!?…:;»”\"'’)]。！？」』）।؟۔։።་")
#: a full stop between two sentences
_BETWEEN = re.compile('[.!?](?<=[^\\W\\d_]{4}.)["”’)]*\\s+[^\\W\\d_]|[。！？]')
_NO_STOP = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_CHROME = Zone.CHROME
#: so many other lines may stand between two lines of one text: a picture, a table, a box
_GAP = 12


def is_running(block: Block, ignored: int = 0) -> bool:
    """Whether the line is running text: a sentence or more, hardly any links, no chrome and no heading."""
    if block.zones & ~ignored & _CHROME:
        return False
    running: bool | None = block.__dict__.get("running")
    if running is None:
        running = block.__dict__["running"] = _says_sentences(block)
    return running


def _says_sentences(block: Block) -> bool:
    """Whether a line is running text wherever it stands; worked out once, since each field asks again."""
    size = block.weight
    if size < LINE and not (size >= _CLAUSES and _SHORT_SENTENCE.search(block.text)):
        return False
    if block.linked > 0.5:
        return False
    if block.heading:
        return size > 3 * _LONG
    text = block.text
    if size >= _LONG or text[-1] in _STOPS:
        return True
    return bool(_BETWEEN.search(text) or (not text.isascii() and _NO_STOP.search(text)))


def text_start(page: Page) -> int:
    """The index of the first line of the page's heaviest run of running text outside of the site's header, of any where
    it all stands there; the page's end where there is none."""
    for ignored in (0, Zone.FORM):  # SharePoint's pages are one form
        running = [block for block in page.blocks if is_running(block, ignored)]
        if running:
            return _heaviest([block for block in running if not block.zones & Zone.HEADER] or running)
    return len(page.blocks)


def _heaviest(running: list[Block]) -> int:
    """The index of the first line of the heaviest run of lines that stand near one another."""
    best, best_weight = running[0].index, 0
    start = last = -1
    gathered = 0
    for block in running:
        if start < 0 or block.index - last > _GAP:
            start, gathered = block.index, 0
        last = block.index
        gathered += block.weight
        if gathered > best_weight:
            best, best_weight = start, gathered
    return best
