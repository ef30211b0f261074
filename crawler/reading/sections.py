"""Sections below a text that a heading tells to be none of it: keywords, downloads, links, contacts, other pages.

A heading alone decides nothing in the middle of a text; below most of it, it takes the lines under it along, up to the
next heading of its rank or a higher one. What is left of a section of contacts is its sentences.
"""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.languages import Words, words
from crawler.reading.blocks import Block
from crawler.reading.press_words import speaks_of_press
from crawler.reading.running import is_running

#: a heading of such a section is a few words
_LONGEST = 70
#: a line that is this bold heads the lines below it
_BOLD = 0.9
#: what stands below such a heading is no long text
_OWN = 600
#: less running text than this is a line about the site
_LINE = 200
_ASKS = re.compile(r"(?:contac|contat|kontak|ansprech|ruckfrag|yhtey|tengil|inquir|enquir)")
#: the rank of a bold line: below any heading's
_RANK = 7


def without_sections(lines: list[Block], zones: int, vocabulary: Words) -> list[Block]:
    """The lines of a text without the sections below it that are none of it; ``zones`` are those of its place."""
    left = total = sum(block.weight for block in lines if is_running(block, zones))
    out: set[int] = set()
    for at, block in enumerate(lines):
        if is_running(block, zones):
            left -= block.weight
        elif left * 2 < total and at not in out and _rank(block):
            kind = _kind(block, vocabulary)
            section = _section(lines, at, zones, to_the_end=kind == "contact") if kind else []
            sentences = {n for n in section if is_running(lines[n], zones)}
            if kind == "contact":
                out.update(n for n in section if n not in sentences)
            elif not sentences or (block.heading and sum(lines[n].weight for n in sentences) < _OWN):
                out.update(section)
    return [block for at, block in enumerate(lines) if at not in out]


def _section(lines: list[Block], at: int, zones: int, *, to_the_end: bool) -> list[int]:
    """The positions of a heading and of the lines under it; ``to_the_end``: all, where hardly a sentence follows."""
    rank = _rank(lines[at])
    ends = (n for n in range(at + 1, len(lines)) if 0 < _rank(lines[n]) <= rank)
    last = next(ends, len(lines))
    if to_the_end and sum(block.weight for block in lines[at:] if is_running(block, zones)) < _LINE:
        last = len(lines)
    return list(range(at, last))


def _rank(block: Block) -> int:
    if len(block.text) > _LONGEST:
        return 0
    return block.heading or (_RANK if block.bold > _BOLD and not block.continues else 0)


def _kind(block: Block, vocabulary: Words) -> str:
    """What a heading begins: lines ``beside`` the text, a block of a ``contact``, or neither."""
    text = block.folded.strip(" :")
    if text in _beside(vocabulary.languages):
        return "beside"
    return "contact" if text in _contact(vocabulary.languages) else ""


@lru_cache(maxsize=64)
def _beside(languages: tuple[str, ...]) -> frozenset[str]:
    known = words(languages)
    return frozenset((*known.pages.beside, *known.pages.related, *known.attachments))


@lru_cache(maxsize=64)
def _contact(languages: tuple[str, ...]) -> frozenset[str]:
    """Labels that only contacts follow: below "More information" a text may go on."""
    known = words(languages)
    asks = (label for label in known.contacts.labels if speaks_of_press(label) or _ASKS.match(label))
    return frozenset((*known.pages.contact, *asks))
