"""Which lines of a page print the release's dates: candidates in order of evidence, nothing understood yet.

The order (DESIGN §6): the platform's own place; a labelled line; a ``<time>`` or a line in the page's place for
dates; a bare stamp near the headline; a dateline; the headline; the end; what only machines are told; the address.
A printed day beats the head's: migrations stamp whole archives with their day. Dates of events, of other releases
and of updates are never publication.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crawler.items import Printed
from crawler.languages import Words, pattern
from crawler.languages.folding import fold
from crawler.reading.blocks import Block, Stamp, Zone
from crawler.reading.date_labels import Meaning, label_before, meaning_of_marks
from crawler.reading.date_shapes import Shape, find_shapes, weekday_near
from crawler.reading.metadata import Metadata
from crawler.reading.page import Page
from crawler.reading.place import Place
from crawler.reading.running import is_running, weight
from crawler.reading.url_dates import url_date

#: lines after the headline that may still hold a stamp, and running paragraphs among them
_NEAR, _LEADS = 14, 2
#: a line longer than this is text, not a stamp
_LINE = 240
#: running text has at least as many characters, in a script of words; half of it in Chinese
_RUNNING = 30
#: what stands beside a bare stamp: a ministry, a type, a language switcher
_BESIDE = 34
#: lines of other things: other releases, side columns, menus
_ELSEWHERE = (
    Zone.RELATED
    | Zone.NAV
    | Zone.COOKIE
    | Zone.FORM
    | Zone.NOSCRIPT
    | Zone.HIDDEN
    | Zone.BREADCRUMB
    | Zone.CAPTION
)


@dataclass(frozen=True, slots=True)
class Dates:
    """Candidates as printed, the deciding one first; ``used`` are the lines that are nothing but dates."""

    published: tuple[Printed, ...] = ()
    modified: tuple[Printed, ...] = ()
    used: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Found:
    rank: int
    block: int
    printed: Printed
    shape: Shape
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that shows a date, with what is asked about it."""

    block: Block
    folded: str
    shape: Shape  # the one that tells the publication, or the only one
    meaning: Meaning
    label: str
    lead: str  # the folded text before the date, or the label line above a bare one
    rest: int  # the weight of what stands beside dates and label
    several: bool

    @property
    def evidence(self) -> str:
        return f"label:{self.label}"


@dataclass(frozen=True, slots=True)
class _Around:
    """The page around the lines: its place and its running lines."""

    page: Page
    place: Place
    words: Words
    running: tuple[int, ...]

    def leads(self, block: Block) -> int:
        """How many running lines stand between the headline and the block."""
        return bisect_left(self.running, block.index)

    def near(self, index: int) -> bool:
        """Whether a line stands near enough to the headline for a stamp."""
        return (
            self.place.first - 3 <= index <= self.place.headline + _NEAR
            and bisect_left(self.running, index) <= _LEADS
        )


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
    around = _Around(page, place, words, _running(page, place))
    published: list[_Found] = []
    modified: list[_Found] = []
    for line in _lines(around):
        if line.meaning is Meaning.UPDATED:
            modified.append(_found(line, 0, line.evidence))
        elif line.meaning is not Meaning.EVENT and (rank := _rank(line, around)):
            published.append(_found(line, *rank))
    for found, meaning in _stamps(around):
        (modified if meaning is Meaning.UPDATED else published).append(found)
    published = _without_lists(_without_events(published, metadata, around))
    published.sort(key=lambda one: (one.rank, one.block))
    in_head = tuple(one for one in placed if "meta[" in one.evidence)
    at_place = tuple(one for one in placed if one not in in_head)
    printed = (one.printed for one in published)
    told = _unique((*at_place, *printed, *in_head, *metadata.published, *_address(page)))
    changed = _unique((*placed_modified, *(one.printed for one in modified), *metadata.modified))
    used = frozenset(one.block for one in (*published, *modified) if one.whole)
    return Dates((*told, *_same_day_in_words(published, around)), changed, used)


def _running(page: Page, place: Place) -> tuple[int, ...]:
    """The indexes of the running lines after the headline."""
    zones, after = place.zones, page.blocks[place.headline + 1 :]
    return tuple(b.index for b in after if len(b.text) >= _RUNNING and is_running(b, zones))


def _lines(around: _Around) -> Iterator[_Line]:
    """The lines that show a date and could be a stamp: short ones, first paragraphs, and the headline."""
    aside = _ELSEWHERE & ~around.place.zones
    for block in around.page.blocks:
        text = block.text
        if block.zones & aside or (len(text) > _LINE and around.leads(block) > _LEADS):
            continue
        if not _HAS_NUMBER.search(text[:_LINE]) or "©" in text:
            continue
        folded = fold(text if len(text) <= _LINE else text[:160])
        shapes = [shape for shape in find_shapes(folded, around.words, folded) if shape.days]
        if shapes:
            yield from _of_shapes(block, folded, shapes, around)


def _of_shapes(block: Block, folded: str, shapes: list[Shape], around: _Around) -> Iterator[_Line]:
    """The line of the date that tells the publication, and those of dates that tell an update."""
    labelled = list(_labelled(block, folded, shapes, around))
    plain = [one for one in labelled if one[1] in (Meaning.PUBLISHED, Meaning.UNLABELLED)]
    plain.sort(key=lambda one: one[1] is not Meaning.PUBLISHED)
    others = [one for one in labelled if one[1] is Meaning.UPDATED] or ([] if plain else labelled[:1])
    dated = sum(shape.end - shape.start for shape in shapes)
    for shape, meaning, label, lead in (*plain[:1], *others):
        own = len(label) if label and label in folded else 0
        rest = weight(folded.strip(" .:|-,()")) - dated - own
        yield _Line(block, folded, shape, meaning, label, lead, rest, len(shapes) > 1)


def _labelled(
    block: Block, folded: str, shapes: list[Shape], around: _Around
) -> Iterator[tuple[Shape, Meaning, str, str]]:
    end = 0
    for shape in shapes:
        lead = folded[end : shape.start]
        if not end and len(lead.strip(" :(-|,")) < 2:
            lead = _line_above(block, around)
        end = shape.end
        yield shape, *label_before(lead, around.words), lead


def _line_above(block: Block, around: _Around) -> str:
    """The short line above a bare date, folded: it may be its label (``<dt>``, a table's cell)."""
    if not block.index:
        return ""
    above = around.page.blocks[block.index - 1]
    if (
        len(above.text) > 40
        or above.heading
        or above.index == around.place.headline
        or _HAS_NUMBER.search(above.text)
    ):
        return ""
    return fold(above.text)


def _rank(line: _Line, around: _Around) -> tuple[int, str] | None:
    """The rank and evidence at which a line can tell the publication, or None."""
    block, place = line.block, around.place
    if block.index == place.headline:
        return (5, "headline") if _of_headline(line) else None
    bits = place.bits(block)
    leads = around.leads(block)
    labelled = line.meaning is Meaning.PUBLISHED and not _LETTER_LAST.search(
        line.lead.partition(line.label)[0].rstrip()
    )
    if line.shape.range:
        return None
    if around.near(block.index) and not bits & Zone.FOOTER:
        if labelled and line.rest < 120:
            return 0, line.evidence
        if bits & Zone.META and line.rest < 120:
            return 1, "shape:date line at the headline"
        if (line.rest <= _BESIDE or _names_a_type(line, around.words)) and (
            (leads == 0 and not is_running(block, place.zones)) or line.rest < 6
        ):
            return 2, "shape:stamp at the headline"
    return _rank_below(line, around, labelled=labelled, leads=leads)


def _rank_below(line: _Line, around: _Around, *, labelled: bool, leads: int) -> tuple[int, str] | None:
    """The rank of a dateline, of a line after the text, or of a labelled line elsewhere."""
    block, place = line.block, around.place
    plain = not place.bits(block) & Zone.LIST
    if block.index > place.headline and leads <= 1 and _is_dateline(line, around.words):
        return 4, "dateline"
    if place.holds(block) and plain and leads and _at_end(line, around.running[-1]):
        return (6, line.evidence) if labelled else (7, "shape:end of the text")
    if labelled and plain and line.rest < 6 and len(line.label) > 5:
        return 8, line.evidence
    return None


def _found(line: _Line, rank: int, evidence: str) -> _Found:
    block, shape = line.block, line.shape
    text = block.text
    if line.several and not _SECOND_STAMP.search(line.folded):
        text = text[shape.start : shape.end]
    elif len(text) > 100 or rank in (4, 5):
        text = text[max(0, shape.start - (24 if rank != 5 else 0)) : shape.end]
    whole = rank not in (4, 5) and line.rest <= 60 and len(block.text) <= 130
    return _Found(rank, block.index, Printed(text.strip(), evidence), shape, whole)


def _of_headline(line: _Line) -> bool:
    """Whether the date closes the headline ("… vom 31.10.2025", "… (25.06.2019)") or opens it; one inside is an event's."""
    shape = line.shape
    tail, before = line.folded[shape.end :], line.folded[: shape.start].rstrip()
    closes = len(tail) < 8 and not _LETTER.search(tail)
    if closes and (before.endswith(("(", "-", "|", ",")) or _OF_DAY.search(before)):
        return not shape.range
    return shape.start < 12 and not _FOUR_LETTERS.search(before) and not shape.range


def _is_dateline(line: _Line, words: Words) -> bool:
    """``OTTAWA, le 9 sept. 2019 /CNW/ -``, ``Bern, 8.2.2019 -``, ``February 21, 2019 (SAINT PAUL) —``, "today, 14 May 2007"."""
    shape = line.shape
    lead, tail = line.folded[: shape.start], line.folded[shape.end : shape.end + 24]
    if shape.range or len(lead) > 60:
        return False
    today = [match.end() for match in pattern(words.dates.today).finditer(lead)]
    if today and len(lead) - today[-1] < 18:
        return True
    if len(lead) > 48 or not _DATELINE_TAIL.match(tail):
        return False
    return not lead.strip() or bool(_DATELINE_LEAD.search(lead))


def _at_end(line: _Line, last_running: int) -> bool:
    """Whether the line is a place and a day after the text: ``Reykjavík, 24. maí 2007.``"""
    shape = line.shape
    return (
        not line.several
        and shape.clock is None
        and line.block.index > last_running
        and len(line.folded) - shape.end < 4
        and (line.rest < 4 or (line.rest < 44 and not _SENTENCE.search(line.folded)))
    )


def _names_a_type(line: _Line, words: Words) -> bool:
    """Whether a type label stands right after the date: ``28/03/2023 Press release Ministry of …``."""
    tail = line.folded[line.shape.end :].strip(" |-•,")
    return line.shape.start < 3 and any(len(label) > 4 and tail.startswith(label) for label in words.types)


def _stamps(around: _Around) -> Iterator[tuple[_Found, Meaning]]:
    """The ``<time>`` elements of the release: what they print, then their attribute."""
    blocks, words = around.page.blocks, around.words
    for stamp in around.page.stamps:
        block = blocks[min(stamp.block, len(blocks) - 1)]
        if not _of_release(stamp, block, around):
            continue
        printed = [shape for shape in find_shapes(stamp.text, words) if shape.days]
        told = [shape for shape in find_shapes(stamp.datetime, words) if shape.days]
        if not printed and not told:
            continue
        lead = block.text.partition(stamp.text)[0] if stamp.text else ""
        meaning = meaning_of_marks(stamp.marks) or label_before(fold(lead), words)[0]
        if meaning is Meaning.EVENT or (printed or told)[0].range:
            continue
        if printed:
            yield _Found(1, block.index, Printed(stamp.text, "time"), printed[0]), meaning
        if told:
            rank = 9 if printed else 1
            yield _Found(rank, block.index, Printed(stamp.datetime, "time[datetime]"), told[0]), meaning


def _of_release(stamp: Stamp, block: Block, around: _Around) -> bool:
    """Whether a ``<time>`` stands near the headline and neither inside a sentence nor with other releases."""
    inside_text = is_running(block, around.place.zones) and len(block.text) > len(stamp.text) + 60
    elsewhere = stamp.zones & ~around.place.zones & (_ELSEWHERE | Zone.FOOTER)
    return around.near(stamp.block) and not elsewhere and not (stamp.text and inside_text)


def _without_events(found: list[_Found], metadata: Metadata, around: _Around) -> list[_Found]:
    """Without bare stamps that lie after the day the head tells: an invitation prints the day of its event."""
    days = [day for printed in metadata.published[:2] for day in _days(printed.text, around.words)]
    return [one for one in found if not (days and one.rank in _WEAK and _is_event(one, days[0], around))]


def _without_lists(found: list[_Found]) -> list[_Found]:
    """Without bare stamps where several lines of words carry different ones: that is a list of other releases."""
    bare = [
        one for one in found if one.rank == 2 and len(one.printed.text) > one.shape.end - one.shape.start + 12
    ]
    return [one for one in found if one not in bare] if len({one.shape.days for one in bare}) > 2 else found


def _is_event(one: _Found, told: date, around: _Around) -> bool:
    """Whether a date with its weekday lies after the day that the head tells."""
    if one.shape.open or not 0 < (one.shape.days[0] - told).days < 150:
        return False
    return weekday_near(fold(around.page.blocks[one.block].text), one.shape, around.words) is not None


def _days(text: str, words: Words) -> tuple[date, ...]:
    return tuple(shape.days[0] for shape in find_shapes(text[:60], words) if len(shape.days) == 1)


def _address(page: Page) -> tuple[Printed, ...]:
    day = url_date(page.url)
    return (Printed(day.isoformat(), "url"),) if day else ()


def _same_day_in_words(found: list[_Found], around: _Around) -> tuple[Printed, ...]:
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


_HAS_NUMBER = re.compile(r"\d{4}|\d[./-]\s?\d{1,2}\s?[./-]\s?\d\d|月|元年")
_WEAK = (2, 5, 7)
_LETTER_LAST = re.compile(r"[^\W_]$")
_LETTER = re.compile(r"[^\W\d_]")
_FOUR_LETTERS = re.compile(r"[^\W\d_]{4}")
_SECOND_STAMP = re.compile(r"\|")
_OF_DAY = re.compile(
    r"(?:^|\s)(?:vom|of|du|de|del|di|den|from|dated|frá|från|fra|van|z|ze|dne|zo dna|от|od|az|den)$"
)
_DATELINE_LEAD = re.compile(
    r"(?:[,،(\-|]|\s-)\s*(?:[^\W\d_]{2,12}[,،.]?\s)?(?:le|den|el|il|am|al|li|d\.|on|the|a|'t|في|em|de|dne|dnia)?\s*$|^(?:le|den|el|am|in reykjavik|i reykjavik)\s$"
)
_DATELINE_TAIL = re.compile(r"\s*(?:[.)،,]?\s?[-/(|:]|[.)](?:\s|$)|$|r\.|г\.|\s?\u2013|\s?\()")
_SENTENCE = re.compile(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}\s+[^\W\d_]{2,}\s+[^\W\d_]{2,}\s+[^\W\d_]{2,}")
