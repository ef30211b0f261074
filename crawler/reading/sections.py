"""Sections below a text that a heading tells to be none of it: keywords, downloads, links, contacts, other pages.

A heading alone decides nothing in the middle of a text; below most of it, it takes the lines under it along, up to the
next heading of its rank or a higher one. What is left of a section of contacts is its sentences.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile
from typing import Any

from crawler.languages import Words, words
from crawler.reading.blocks import Block
from crawler.reading.others import holder_of, related_words
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
#: an entry of a list of links has little beside its link: a date
_LINKS = 0.5
_ASKS = re.compile(r"(?:contac|contat|kontak|ansprech|ruckfrag|yhtey|tengil|inquir|enquir)")
#: the rank of a bold line: below any heading's
_RANK = 7


def without_sections(lines: list[Block], zones: int, vocabulary: Words) -> list[Block]:
    """The lines of a text without the sections below it that are none of it; ``zones`` are those of its place."""
    left = total = sum(block.weight for block in lines if is_running(block, zones))
    out: set[int] = set()
    above: set[Any] = set()
    for at, block in enumerate(lines):
        if is_running(block, zones):
            left -= block.weight
            above.add(holder_of(block))
        elif at not in out and _rank(block):
            below = _below(lines, at, zones, vocabulary, above) if left * 2 < total else set()
            out |= below or _listed(lines, at, vocabulary)
    return [block for at, block in enumerate(lines) if at not in out]


def _below(lines: list[Block], at: int, zones: int, vocabulary: Words, above: set[Any]) -> set[int]:
    """The positions of a section below a text that are none of it; ``above`` are the holders of the text above it."""
    kind = _kind(lines[at], vocabulary)
    section = _section(lines, at, zones, to_the_end=kind == "contact") if kind else range(0)
    sentences = {n for n in section if is_running(lines[n], zones)}
    if kind == "contact":
        return set(section) - sentences
    if sentences and kind == "beside" and _text_goes_on(lines, at, sentences, above):
        return set()
    short = lines[at].heading and sum(lines[n].weight for n in sentences) < _OWN
    return set(section) if short or not sentences else set()


def _text_goes_on(lines: list[Block], at: int, sentences: set[int], above: set[Any]) -> bool:
    """Whether a sentence below a heading that has an element of its own stands beside those above it."""
    heading = holder_of(lines[at])
    own = heading is None or not any(holder is not None and holder[1] is heading[1] for holder in above)
    return own and any(lines[n].element is not None and holder_of(lines[n]) in above for n in sentences)


def _section(lines: list[Block], at: int, zones: int, *, to_the_end: bool) -> range:
    """The positions of a heading and of the lines under it; ``to_the_end``: all, where hardly a sentence follows."""
    rank = _rank(lines[at])
    ends = (n for n in range(at + 1, len(lines)) if 0 < _rank(lines[n]) <= rank)
    last = next(ends, len(lines))
    if to_the_end and sum(block.weight for block in lines[at:] if is_running(block, zones)) < _LINE:
        last = len(lines)
    return range(at, last)


def _listed(lines: list[Block], at: int, vocabulary: Words) -> set[int]:
    """The positions of a list of other releases amid a text: its heading and what only links below it."""
    if lines[at].folded.rstrip(" :") not in related_words(vocabulary.languages):
        return set()
    entries = sum(1 for _ in takewhile(lambda one: one.linked > _LINKS, lines[at + 1 :]))
    return set(range(at, at + entries + 1)) if entries else set()


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
    return frozenset((*known.pages.beside, *related_words(languages), *known.attachments))


@lru_cache(maxsize=64)
def _contact(languages: tuple[str, ...]) -> frozenset[str]:
    """Labels that only contacts follow: below "More information" a text may go on."""
    known = words(languages)
    asks = (label for label in known.contacts.labels if speaks_of_press(label) or _ASKS.match(label))
    return frozenset((*known.pages.contact, *asks))
