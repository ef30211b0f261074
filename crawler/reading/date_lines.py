"""The lines of a page that show a date, each with the label before it and what stands beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import msgspec

from crawler.languages import Words
from crawler.languages import words as words_of
from crawler.languages.folding import fold
from crawler.reading.blocks import Block, Zone, weight
from crawler.reading.date_labels import Meaning, label_before, meaning_of_marks
from crawler.reading.date_shapes import Shape, find_shapes
from crawler.reading.furniture import is_age, without_time, without_tools
from crawler.reading.page import Page
from crawler.reading.place import Place
from crawler.reading.running import is_running

#: lines after the headline that may still hold a stamp, and running paragraphs among them
_NEAR, _LEADS = 14, 2
#: a line longer than this is text, not a stamp
_LINE = 240
#: running text has at least as many characters, in a script of words; half of it in Chinese
_RUNNING = 30
#: lines of other things: other releases, side columns, menus
ELSEWHERE = (
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
class Line:
    """A line that shows a date, with what is asked about it."""

    block: Block
    folded: str
    shape: Shape  # the one that tells the publication, or the only one
    meaning: Meaning
    label: str
    lead: str  # the folded text before the date, or the label line above a bare one
    rest: int  # the weight of what stands beside dates and label
    several: bool
    time_below: str = ""  # "11:30" alone on the next line
    weekday_first: bool = False  # "Rabu, 12 Maret 2025": what stands before the date is its weekday

    @property
    def lines(self) -> tuple[int, ...]:
        """The line, the one above where that is its label (``<dt>Datum</dt><dd>25.1.2022</dd>``), that of its time."""
        index = self.block.index
        above = self.label and self.label not in self.folded and self.lead.strip(" :.") == self.label
        return (*((index - 1,) if above else ()), index, *((index + 1,) if self.time_below else ()))

    @property
    def apart(self) -> bool:
        """Whether the date is an inline element of its own: ``<span>2025.02.11</span><span>해양수산부</span>``."""
        text = self.block.text[self.shape.start : self.shape.end]
        return any(piece.strip() == text for piece in self.block.pieces)

    @property
    def evidence(self) -> str:
        return f"label:{self.label}"


@dataclass(frozen=True, slots=True)
class Around:
    """The page around the lines: its place and its running lines."""

    page: Page
    place: Place
    words: Words
    running: tuple[int, ...]

    def leads(self, block: Block) -> int:
        """How many running lines stand between the headline and the block."""
        return bisect_left(self.running, block.index)

    @property
    def text_end(self) -> int:
        """The index of the last running line of the release; -1 where it has none."""
        inside = bisect_left(self.running, self.place.last)
        return self.running[inside - 1] if inside else -1

    def near(self, index: int) -> bool:
        """Whether a line stands near enough to the headline for a stamp."""
        return (
            self.place.first - 3 <= index <= self.place.headline + _NEAR
            and bisect_left(self.running, index) <= _LEADS
        )


def around(page: Page, place: Place, words: Words) -> Around:
    """The page around the dates of the release at ``place``."""
    if "en" not in words.languages:
        # English labels and months stand on pages of every language: in templates, feeds and machines' stamps
        words = words_of((*words.languages, "en"))
    zones, after = place.zones, page.blocks[place.headline + 1 :]
    running = (b.index for b in after if len(b.text) >= _RUNNING and is_running(b, zones))
    return Around(page, place, words, tuple(running))


def dated_lines(around: Around) -> Iterator[Line]:
    """The lines that show a date and could be a stamp: short ones, first paragraphs, and the headline."""
    aside = ELSEWHERE & ~around.place.zones
    late = around.running[_LEADS] if len(around.running) > _LEADS else len(around.page.blocks)
    text_lines = frozenset(around.running)
    for each in around.page.blocks:
        text = each.text
        if each.zones & aside or (each.index >= late and (each.index in text_lines or len(text) > _LINE)):
            continue
        digit = _DIGIT.search(text, 0, _LINE)
        if digit is None or not _HAS_NUMBER.search(text, digit.start(), _LINE) or "©" in text:
            continue
        block = _unglued(each)
        folded = block.folded if len(text) <= _LINE else fold(text[:160])
        folded = without_time(folded, around.words)
        shapes = [shape for shape in find_shapes(folded, around.words, folded) if shape.days]
        if shapes:
            yield from _of_shapes(block, folded, shapes, around)


def _unglued(block: Block) -> Block:
    """The line with spaces between inline parts that run two numbers into one: ``11:45`` and ``812`` readers."""
    pieces = block.pieces if len(block.text) <= _LINE else ()
    runs = (one + other for one, other in pairwise(pieces) if one[-1:].isdigit() and other[:1].isdigit())
    if any(run in block.text for run in runs):
        return msgspec.structs.replace(block, text=" ".join(pieces))
    return block


def _of_shapes(block: Block, folded: str, shapes: list[Shape], around: Around) -> Iterator[Line]:
    """The line of the date that tells the publication, and those of dates that tell an update."""
    labelled = list(_labelled(block, folded, shapes, around))
    plain = [one for one in labelled if one[1] in (Meaning.PUBLISHED, Meaning.UNLABELLED)]
    plain.sort(key=lambda one: one[1] is not Meaning.PUBLISHED)
    others = [one for one in labelled if one[1] is Meaning.UPDATED] or ([] if plain else labelled[:1])
    dated = sum(shape.end - shape.start for shape in shapes)
    for shape, meaning, label, lead in (*plain[:1], *others):
        own = weight(label) if label and label in folded else 0
        rest = _beside(folded, shapes, dated, around.words) - own
        weekday = folded[: shape.start].strip(" ,.(") in around.words.weekdays
        time = _time_below(block, shape, around) if rest < 6 else ""
        yield Line(block, folded, shape, meaning, label, lead, rest, len(shapes) > 1, time, weekday)


def _beside(folded: str, shapes: list[Shape], dated: int, words: Words) -> int:
    """The weight of what a line says beside its dates, without views counted and letter sizes."""
    left = folded
    for shape in shapes:
        left = left[: shape.start] + " " * (shape.end - shape.start) + left[shape.end :]
    weekday = _WEEKDAY.search(left)
    named = weekday is not None and weekday["day"] in words.weekdays
    if weekday and named:
        left = left[: weekday.start()] + " " * len(weekday[0]) + left[weekday.end() :]
    masked = without_tools(left, words)
    if masked == left and not named:
        return weight(folded.strip(" .:|-,()")) - dated
    return weight("".join(masked.split()).strip(".:|-,()[]"))


def _time_below(block: Block, shape: Shape, around: Around) -> str:
    """The next line, where it is nothing but the time of a date that has none."""
    below = around.page.blocks[block.index + 1 : block.index + 2]
    alone = shape.clock is None and below and _TIME.fullmatch(below[0].folded)
    return below[0].text if alone else ""


def _labelled(
    block: Block, folded: str, shapes: list[Shape], around: Around
) -> Iterator[tuple[Shape, Meaning, str, str]]:
    end = 0
    for shape in shapes:
        lead = folded[end : shape.start]
        if not end and len(lead.strip(" :(-|,")) < 2:
            lead = _line_above(block, around)
        end = shape.end
        meaning, label = label_before(lead, around.words)
        if meaning is Meaning.UNLABELLED and block.tag in _VALUES:
            meaning = _of_cell(block, around)
        if meaning is Meaning.UNLABELLED and around.place.bits(block) & Zone.META:
            meaning = _by_class(block)
        yield shape, meaning, label, lead


def _of_cell(block: Block, around: Around) -> Meaning:
    """What the cell or term before a value says of it, an event: "When:" before "11 a.m., Friday, 11 March 2016"."""
    meaning, _ = label_before(_line_above(block, around), around.words)
    return meaning if meaning is Meaning.EVENT else Meaning.UNLABELLED


def _by_class(block: Block) -> Meaning:
    """What the class names of a date's line say of it, an update or an event; publication goes without saying."""
    meaning = meaning_of_marks(block.marks(2))
    return meaning if meaning in (Meaning.UPDATED, Meaning.EVENT) else Meaning.UNLABELLED


def _line_above(block: Block, around: Around) -> str:
    """The short line above a bare date, folded: it may be its label (``<dt>``, a table's cell)."""
    if not block.index:
        return ""
    above = around.page.blocks[block.index - 1]
    if (
        len(above.text) > 40
        or above.heading
        or above.index == around.place.headline
        or _HAS_NUMBER.search(above.text)
        or is_age(above, around.words)
    ):
        return ""
    return above.folded


#: elements that a label stands before in an element of its own
_VALUES = ("td", "dd")
#: a full year, three numbers, or an eastern month: no date is without one of them
#: digits, or a letter of a script that has its own: a set is searched for faster than ``\\d``
_DIGIT = re.compile("[0-9\u0660-\uff19]")
_HAS_NUMBER = re.compile(
    r"\d(?:\d{3}|\d?\s?[./-]\s?\d{1,2}\s?[./-]\s?\d\d)|月|元年|\d年|\d[\s.-]{0,2}[^\W\d_][^\s\d]{1,12}[\s.'-]{1,2}\d\d(?!\d)"
)
#: "(星期二)", "[Tue]"
_WEEKDAY = re.compile(r"[(\[](?P<day>[^\W\d_]{1,12})\.?[)\]]")
_TIME = re.compile(
    r"(?:kl\.?|klo|um|at|a|ob|as)?\s?(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s?(?:uhr|hrs?|h|[ap]\.?m\.?))?"
    r"|(?:[^\W\d_]{2}[時时][間间]\s?)?(?:[上下]午|午[前後])?\s?\d{1,2}\s?[時时点點]\s?\d{1,2}\s?分?"
)
