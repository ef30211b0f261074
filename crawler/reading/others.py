"""Lists of other releases below a text or amid it: where they begin and where they end."""

from __future__ import annotations

from functools import cache
from itertools import islice, pairwise
from typing import Any

from crawler.languages import words as words_of
from crawler.reading.blocks import Block, Zone
from crawler.reading.document_links import is_document_line
from crawler.reading.running import is_running

#: a heading or a line with a larger share of links is a link
LINKED = 0.9
#: the rank of a heading that is none by its element
_LOWEST = 7
#: the title of a teaser has this weight at least; so many lines a teaser has at most
_TITLE, _TEASER = 20, 5


@cache
def related_words(languages: tuple[str, ...]) -> frozenset[str]:
    """What heads a list of other releases, in English too: templates are translated by halves."""
    return frozenset((*words_of(languages).pages.related, *words_of(("en",)).pages.related))


def begins_cards(blocks: tuple[Block, ...], block: Block) -> bool:
    """Whether a heading that is a link begins a row of such headings: teasers of other pages."""
    below = [one for one in blocks if one.index >= block.index and one.heading]
    return len(below) > 1 and all(one.linked > LINKED for one in below)


def begins_row(blocks: tuple[Block, ...], block: Block, *, few: bool = True) -> bool:
    """Whether the next two headings of its rank or above (one of a ``few``) are links as well: a row of cards,
    whatever comes after it."""
    below = (one for one in blocks if one.index > block.index and 0 < one.heading <= block.heading)
    beside = list(islice(below, 1 if few else 2))
    return len(beside) == (1 if few else 2) and all(
        one.heading == block.heading and one.linked > LINKED for one in beside
    )


def is_teased(block: Block, zones: int) -> bool:
    """Whether a line that is no heading may be the title of another page: all of it a link, as long as a title."""
    title = (
        block.linked > LINKED and block.weight >= _TITLE and not block.heading and not block.zones & Zone.LIST
    )
    return title and not is_running(block, zones) and not is_document_line(block)


def begins_teasers(blocks: tuple[Block, ...], block: Block, zones: int) -> bool:
    """Whether linked titles of one kind stand in a row, with a sentence and no link below each."""
    below = [one for one in blocks if block.index <= one.index < block.index + 4 * _TEASER]
    titles = [n for n, one in enumerate(below) if one.tag == block.tag and is_teased(one, zones)]
    gaps = [b - a for a, b in pairwise(titles)]
    row = len(titles) > 2 and all(2 <= gap <= _TEASER for gap in gaps[:2])
    return row and all(
        is_running(below[at + 1], zones) or is_running(below[at + 2], zones) for at in titles[:2]
    )


def begins_other(block: Block, bits: int, related: frozenset[str], *, is_text: bool) -> bool:
    """Whether a line is the heading or the first entry of a list of other releases."""
    if bits & Zone.RELATED and (block.heading or bits & (Zone.ASIDE | Zone.LIST)):
        return True
    heads = block.heading or is_text or block.bold > 0.9
    return bool(heads) and len(block.text) < 60 and block.folded.rstrip(":") in related


def text_goes_on(blocks: tuple[Block, ...], at: int, zones: int, beside: set[Any]) -> int:
    """Where the list that begins at a position ends and paragraphs follow ``beside`` those above it; 0: nowhere."""
    if blocks[at].linked > LINKED and _stands_alone(blocks, at):
        return 0  # the first teaser of a row without an element of its own
    end = list_end(blocks, at)
    marked = blocks[at].zones & ~zones & Zone.RELATED
    below = (
        block for block in blocks[end : end + 2] if is_running(block, zones) or (marked and not block.linked)
    )
    return end if any(holder_of(block) in beside for block in below) else 0


def list_end(blocks: tuple[Block, ...], at: int) -> int:
    """The position behind a list of other releases that begins at a position: where the largest element that begins
    there ends, or a heading of its rank follows; behind a heading alone, where its entries end."""
    rank = blocks[at].heading or _LOWEST
    alone = _stands_alone(blocks, at)
    entries = {_beginning(blocks, at + 1 if alone else at): 0}
    for end in range(at + 1, len(blocks)):
        block = blocks[end]
        if 0 < block.heading <= rank and block.linked <= LINKED:
            return end
        if climb(block.element, entries) and not (alone and _is_entry(block)):
            return end
    return len(blocks)


def holder_of(block: Block) -> Any:
    """The kind of a line and the element that it is in: alike for the paragraphs of one text."""
    return None if block.element is None else (block.tag, block.element.getparent())


def _stands_alone(blocks: tuple[Block, ...], at: int) -> bool:
    """Whether a line is all that there is in the largest element that begins with it."""
    return at + 1 < len(blocks) and _beginning(blocks, at) not in ancestors_of(blocks[at + 1].element)


def _beginning(blocks: tuple[Block, ...], at: int) -> Any:
    """The largest element that begins with a line."""
    before = ancestors_of(blocks[at - 1].element) if at else {}
    element = blocks[at].element
    while element.getparent() is not None and element.getparent() not in before:
        element = element.getparent()
    return element


def _is_entry(block: Block) -> bool:
    """Whether a line behind the heading of a list links another page and no document."""
    return block.linked > 0.5 and not is_document_line(block) and not block.zones & Zone.ATTACHMENTS


def ancestors_of(element: Any) -> dict[Any, int]:
    """The element and its ancestors, each with its distance."""
    found: dict[Any, int] = {}
    while element is not None:
        found[element] = len(found)
        element = element.getparent()
    return found


def climb(element: Any, known: dict[Any, int]) -> int:
    if element in known:
        return known[element]
    path = []
    while element is not None and element not in known:
        path.append(element)
        element = element.getparent()
    level = known[element] if element is not None else 10_000
    for below in path:
        known[below] = level
    return level
