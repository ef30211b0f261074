"""Which lines of a page print the release's dates: candidates in order of evidence, nothing understood yet.

The order (DESIGN §6): the platform's own place; a labelled line; a ``<time>`` or a line in the page's place for
dates; a bare stamp near the headline; a dateline; the headline; the end; what only machines are told; the address.
A printed day beats the head's: migrations stamp whole archives with their day. Dates of events, of other releases
and of updates are never publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crawler.items import Printed
from crawler.languages import Words
from crawler.languages.folding import fold
from crawler.reading.blocks import Block, Stamp, Zone
from crawler.reading.date_labels import Meaning, label_before, meaning_of_marks
from crawler.reading.date_lines import ELSEWHERE, Around, Line, around, dated_lines
from crawler.reading.date_ranks import DATELINE_LEAD, WEAK, Rank, rank_of
from crawler.reading.date_shapes import Shape, find_shapes, weekday_near
from crawler.reading.metadata import Metadata
from crawler.reading.page import Page
from crawler.reading.place import Place
from crawler.reading.running import is_running
from crawler.reading.script_dates import script_dates
from crawler.reading.url_dates import url_date


@dataclass(frozen=True, slots=True)
class Dates:
    """Candidates as printed, the deciding one first; ``used`` are the lines that are nothing but dates."""

    published: tuple[Printed, ...] = ()
    modified: tuple[Printed, ...] = ()
    used: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Found:
    rank: Rank
    block: int
    printed: Printed
    shape: Shape
    lines: tuple[int, ...] = ()  # those that hold nothing else
    beside: bool = False  # words stand beside a bare stamp


def find_dates(
    page: Page,
    place: Place,
    words: Words,
    metadata: Metadata,
    *,
    placed: tuple[Printed, ...] = (),
    placed_modified: tuple[Printed, ...] = (),
) -> Dates:
    """The printed dates of the release at ``place``, in order of evidence. Never raises.

    ``placed`` and ``placed_modified`` are what stands at the platform's own places for dates: they come first.
    """
    lines = around(page, place, words)
    placed = tuple(one for one in placed if not _spans(one.text, words))
    published: list[_Found] = []
    modified: list[_Found] = []
    events: set[date] = set()
    for line in dated_lines(lines):
        if line.meaning is Meaning.EVENT:
            events.update(line.shape.days)
        elif line.meaning is Meaning.UPDATED:
            modified.append(_found(line, Rank.LABEL, line.evidence))
        elif rank := rank_of(line, lines):
            published.append(_found(line, *rank))
    for found, meaning in _stamps(lines):
        (modified if meaning is Meaning.UPDATED else published).append(found)
    published = _without_lists(_without_events(published, metadata, lines), lines)
    published.sort(key=lambda one: (one.rank, one.beside, one.block))
    in_head = tuple(one for one in placed if "meta[" in one.evidence)
    at_place = tuple(one for one in placed if one not in in_head)
    printed = (one.printed for one in published if one.rank < Rank.ABOVE)
    above = (one.printed for one in published if one.rank is Rank.ABOVE)
    machine = (one for one in metadata.published if not _of_event(one, events, words))
    told = _unique((*at_place, *printed, *in_head, *machine, *_address(page), *above))
    told = told or script_dates(page.scripts, words)
    changed = _unique((*placed_modified, *(one.printed for one in modified), *metadata.modified))
    used = frozenset(index for one in (*_agreeing(published), *modified) for index in one.lines)
    return Dates((*told, *_same_day_in_words(published, lines)), changed, used)


def _agreeing(published: list[_Found]) -> Iterator[_Found]:
    """The candidates that tell the day of the deciding one: a line with another day stays in the text."""
    return (one for one in published if set(one.shape.days) & set(published[0].shape.days))


def _found(line: Line, rank: Rank, evidence: str) -> _Found:
    block, shape = line.block, line.shape
    text = block.text
    if line.several and not _SECOND_STAMP.search(line.folded):
        text = text[shape.start : shape.end]
    elif len(text) > 100 or rank in _INSIDE:
        text = text[max(0, shape.start - (24 if rank is not Rank.HEADLINE else 0)) : shape.end]
    alone = rank not in _INSIDE and line.rest <= 60 and len(block.text) <= 130
    lines = line.lines if alone and not (rank is Rank.STAMP and _is_dateline(line)) else ()
    if line.time_below:
        text = f"{text} {line.time_below}"
    beside = rank in (Rank.STAMP, Rank.ABOVE) and line.rest > 5
    return _Found(rank, block.index, Printed(text.strip(), evidence), shape, lines, beside)


def _is_dateline(line: Line) -> bool:
    """Whether a line of its own names a place and a day ("Paris, le 23 mai 2025"): a dateline belongs to the text."""
    lead = line.folded[: line.shape.start]
    named = bool(lead.strip() and DATELINE_LEAD.search(lead)) and line.shape.clock is None
    return named and line.block.tag == "p" and not line.weekday_first


def _stamps(around: Around) -> Iterator[tuple[_Found, Meaning]]:
    """The ``<time>`` elements of the release: what they print, then their attribute."""
    blocks, words = around.page.blocks, around.words
    for stamp in around.page.stamps:
        block = blocks[min(stamp.block, len(blocks) - 1)]
        if not _of_release(stamp, block, around):
            continue
        if len(stamp.text) > _LONGEST or len(stamp.datetime) > _LONGEST:
            continue
        printed = [shape for shape in find_shapes(stamp.text, words) if shape.days]
        told = [shape for shape in find_shapes(stamp.datetime, words) if shape.days]
        if not printed and not told:
            continue
        lead = block.text[: 2 * _LONGEST].partition(stamp.text)[0] if stamp.text else ""
        meaning = meaning_of_marks(stamp.marks) or label_before(fold(lead), words)[0]
        if meaning is Meaning.EVENT or (printed or told)[0].range:
            continue
        if printed:
            yield _Found(Rank.DATE_LINE, block.index, Printed(stamp.text, "time"), printed[0]), meaning
        if told:
            rank = Rank.ATTRIBUTE if printed else Rank.DATE_LINE
            yield _Found(rank, block.index, Printed(stamp.datetime, "time[datetime]"), told[0]), meaning


def _of_release(stamp: Stamp, block: Block, around: Around) -> bool:
    """Whether a ``<time>`` stands near the headline and neither inside a sentence nor with other releases."""
    inside_text = is_running(block, around.place.zones) and len(block.text) > len(stamp.text) + 60
    elsewhere = stamp.zones & ~around.place.zones & (ELSEWHERE | Zone.FOOTER) or _heads_link(block, around)
    return around.near(stamp.block) and not elsewhere and not (stamp.text and inside_text)


def _heads_link(block: Block, around: Around) -> bool:
    """Whether an entry of a list stands above the linked title of another release."""
    if not around.place.bits(block) & Zone.LIST:
        return False
    below = around.page.blocks[block.index + 1 : block.index + 2]
    return any(one.linked > 0.9 and one.weight > 40 and one.zones & Zone.LIST for one in below)


def _without_events(found: list[_Found], metadata: Metadata, around: Around) -> list[_Found]:
    """Without bare stamps that lie after the day the head tells: an invitation prints the day of its event."""
    days = [day for printed in metadata.published[:2] for day in _days(printed.text, around.words)]
    return [one for one in found if not (days and one.rank in WEAK and _is_event(one, days[0], around))]


def _without_lists(found: list[_Found], around: Around) -> list[_Found]:
    """Without bare stamps where several lines carry different ones, behind words or below the text: those are lists of
    other releases, and tables."""
    bare = [one for one in found if one.rank in (Rank.STAMP, Rank.ABOVE)]
    titles = [one for one in bare if _is_title(one, around)]
    late = [one for one in bare if around.running and one.block > around.running[0]]
    facts = [one for one in found if one.rank is Rank.LABEL_ELSEWHERE and _is_listed(one, around)]
    lists = [
        one
        for group in (titles, late, facts)
        if len({each.shape.days for each in group}) > 1
        for one in group
    ]
    return [one for one in found if one not in lists]


def _is_listed(one: _Found, around: Around) -> bool:
    return bool(around.page.blocks[one.block].zones & Zone.LIST)


def _is_title(one: _Found, around: Around) -> bool:
    """Whether a stamp stands behind words that are no type label: the title of another release."""
    ahead = fold(around.page.blocks[one.block].text[: one.shape.start])
    return one.shape.start > 12 and not any(label in ahead for label in around.words.types)


def _is_event(one: _Found, told: date, around: Around) -> bool:
    """Whether a date with its weekday lies after the day that the head tells."""
    if one.shape.open or not 0 < (one.shape.days[0] - told).days < 150:
        return False
    return weekday_near(fold(around.page.blocks[one.block].text), one.shape, around.words) is not None


def _of_event(told: Printed, events: set[date], words: Words) -> bool:
    """Whether an attribute inside the page tells a day that a label there says is an event's."""
    return told.evidence.startswith("itemprop:") and not events.isdisjoint(_days(told.text, words))


def _days(text: str, words: Words) -> tuple[date, ...]:
    return tuple(shape.days[0] for shape in find_shapes(text[:60], words) if len(shape.days) == 1)


def _spans(text: str, words: Words) -> bool:
    """Whether a stamp tells from when to when something takes place: no day of publication."""
    return any(shape.range for shape in find_shapes(fold(text[:_LONGEST]), words))


def _address(page: Page) -> tuple[Printed, ...]:
    day = url_date(page.url)
    return (Printed(day.isoformat(), "url"),) if day else ()


def _same_day_in_words(found: list[_Found], around: Around) -> tuple[Printed, ...]:
    """A date of the text that settles an open order of day and month: ``1/5/2015`` and "5 January 2015" below."""
    readings = {day for one in found[:3] if one.shape.open for day in one.shape.days}
    if not readings:
        return ()
    for block in around.page.blocks[around.place.first : around.place.last]:
        for shape in find_shapes(block.text[:400], around.words):
            if len(shape.days) == 1 and not shape.separator and shape.days[0] in readings:
                return (Printed(block.text[shape.start : shape.end], "words:the same day"),)
    return ()


def _unique(candidates: tuple[Printed, ...]) -> tuple[Printed, ...]:
    first: dict[str, Printed] = {}
    for candidate in candidates:
        if candidate.text:
            first.setdefault(candidate.text, candidate)
    return tuple(first.values())


#: a <time> that holds more characters is a whole article
_LONGEST = 200
#: the date stands inside a line that has more to say
_INSIDE = (Rank.DATELINE, Rank.HEADLINE)
_SECOND_STAMP = re.compile(r"\|")
