"""The short lines around a headline and at the end of a release, where issuer, type and number are printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from crawler.languages import Words
from crawler.reading import bylines
from crawler.reading.blocks import Block, Zone, tidy
from crawler.reading.furniture import is_beside_text
from crawler.reading.page import Page
from crawler.reading.place import Place
from crawler.reading.running import is_running

#: so many lines above and below a headline can belong to it; so many at the end
_ABOVE, _BELOW, _TAIL = 12, 14, 12
NOT_NEAR = (
    Zone.HEADER
    | Zone.NAV
    | Zone.BREADCRUMB
    | Zone.FOOTER
    | Zone.SHARE
    | Zone.RELATED
    | Zone.COOKIE
    | Zone.HIDDEN
    | Zone.NOSCRIPT
    | Zone.CAPTION
)
#: what a name goes on with in its next line: "of Defence", "des Innern", "de la Santé"
_OF = re.compile(r"(?:of|for|and|de|du|des|der|d[eo]l|della|för|für|for|og|och|und|et|van|voor|y|e)\s|d[’']")
_NOT_LAST = NOT_NEAR | Zone.FORM | Zone.TAGS
#: "Home > News": a path, though no element says so
PATH = re.compile(r"[>›»](?<=\w\s.)\s\w")
_LABELS = re.compile(r"\w\s?[:\uff1a](?!\d)")
#: inline elements that may set a part of a line apart, and how many of them are looked at
_SETTING_APART = frozenset(("span", "a", "strong", "em", "b", "small", "abbr"))
_MOST_PARTS = 12
_LABEL_FIRST = re.compile(r"[^\W\d_][^\s:\uff1a]{1,20}\s?[:\uff1a]\s?\S.{1,80}$")
_STOPS = (".", "!", "?", "”", "»", "\u3002", "\u0964", "\u06d4", "\u0589")
_LEAD = re.compile(
    r"(?:^|[\s_-])(subtitle|sub-?headline|lead|lede|ingress|intro\w*|teaser|standfirst|summary|abstract|deck)(?=$|[\s_-])"
)


class Line(msgspec.Struct, frozen=True):
    """A short line or an inline part of one, with its class names and the line's index. ``whole``: it is all of its
    line; ``plain``: the line is no heading, no entry of a list and no quotation;
    ``linked``: it is a link and no more, as the issuer's page may be linked."""

    text: str
    marks: frozenset[str]
    block: int
    label: str = ""
    whole: bool = True
    plain: bool = True
    heading: bool = False
    linked: bool = False

    @property
    def is_lead(self) -> bool:
        """Whether class names say that the line is a sub-headline or lead."""
        return any(_LEAD.search(mark) for mark in self.marks)


def near_lines(page: Page, place: Place) -> list[Line]:
    """The lines between navigation and running text, those above the headline first; a lead may stand
    between them and the headline, further below only what class names or a label mark counts."""
    at = place.headline if place.headline >= 0 else place.first
    above = [
        b
        for b in page.blocks[max(at - _ABOVE, 0) : at]
        if _could_label(b, page, place) and not _runs(b, place)
    ]
    below: list[Block] = []
    running = 0
    for block in page.blocks[at + 1 : at + 1 + _BELOW]:
        if _runs(block, place):
            running += 1
        elif _could_label(block, page, place) and (
            not running or (running == 1 and _is_plain(block)) or (running < 3 and _is_marked(block))
        ):
            below.append(block)
    if page.is_text:  # above a copied headline stands the menu, and then perhaps a kicker
        return list(_lines([*below, *reversed(above[-3:])], page))
    return list(_lines([*above, *below], page))


def _is_plain(block: Block) -> bool:
    """Whether a short line is no heading within the text and no entry of a list."""
    return not block.heading and block.bold < 0.9 and not block.zones & (Zone.LIST | Zone.QUOTE)


def _runs(block: Block, place: Place) -> bool:
    """Whether a line is running text; type, date and byline in one element, or several labels, can be as long."""
    if not is_running(block, place.zones) or block.text.endswith(_STOPS):
        return is_running(block, place.zones)
    return not (block.zones & Zone.META or len(_LABELS.findall(block.text)) + block.text.count(" | ") > 1)


def _is_marked(block: Block) -> bool:
    return _is_classed(block) or block.tag in {"dd", "td"}


def _is_classed(block: Block) -> bool:
    """Whether class names say that a line holds date, type or byline."""
    return bool(block.zones & Zone.META) or bylines.class_hint(block.marks(2)) is not None


def tail_lines(page: Page, place: Place, words: Words) -> list[Line]:
    """The last short lines of the release, below its running text, up to the first that belongs to a contact."""
    ending: list[Block] = []
    for block in reversed(page.blocks[max(place.headline + 1, 0) : place.last]):
        if block.zones & ~place.zones & _NOT_LAST or is_beside_text(block, words):
            continue
        runs = is_running(block, place.zones) and not _is_labelled(block)
        if runs or (len(ending) == _TAIL and not page.is_text):
            break
        ending.append(block)
    ending.reverse()  # below a copied text stand the footer's lines
    return list(
        _lines([b for b in ending[:_TAIL] if len(b.text) <= 2 * bylines.LONGEST and not b.mails], page)
    )


def _is_labelled(block: Block) -> bool:
    """Whether a line is one label and its value, however long: Thai has no full stop to tell a sentence by."""
    return bool(_LABEL_FIRST.match(block.text)) and not block.text.endswith(_STOPS)


def _could_label(block: Block, page: Page, place: Place) -> bool:
    if (
        block.zones & ~place.zones & NOT_NEAR
        or len(block.text) > 2 * bylines.LONGEST
        or PATH.search(block.text)
    ):
        return False
    if block.linked > 0.9 and not _is_classed(block) and not _stands_alone(block, page, place):
        return False
    return block.index >= place.first or bool(block.zones & Zone.META) or block.index > place.headline - 5


def _stands_alone(block: Block, page: Page, place: Place) -> bool:
    """Whether a link near the headline has no other link beside it: the issuer's page, not a menu's entry."""
    beside = (block.index - 1, block.index + 1)
    alone = all(page.blocks[at].linked <= 0.9 for at in beside if 0 <= at < len(page.blocks))
    return alone and abs(block.index - place.headline) <= 4


def _lines(blocks: Iterable[Block], page: Page) -> Iterator[Line]:
    for block in _whole_names(blocks):
        marks = frozenset(block.marks(2).split())
        label = _label_before(block, page)
        named = dict(_inline(block, page))
        own = dict(_labelled(block))
        for text in dict.fromkeys((*named, *block.pieces, block.text)):
            yield Line(
                text,
                named.get(text, marks),
                block.index,
                own.get(text, label),
                text == block.text,
                _is_plain(block),
                bool(block.heading),
                block.linked > 0.9 and not _is_classed(block),
            )


def _whole_names(blocks: Iterable[Block]) -> Iterator[Block]:
    """The lines, each with the next one where only ``<br>`` divides a name: ``Ministry<br>of Defence``."""
    held: Block | None = None
    for block in blocks:
        if held and _goes_on(held, block):
            held = msgspec.structs.replace(held, text=f"{held.text} {block.text}", parts=())
            continue
        if held:
            yield held
        held = block
    if held:
        yield held


def _goes_on(block: Block, after: Block) -> bool:
    """Whether a line is the rest of the name in the one above it."""
    same = after.continues and after.element is block.element and after.index == block.index + 1
    return same and _OF.match(after.text) is not None and len(block.text) + len(after.text) < bylines.LONGEST


def _labelled(block: Block) -> Iterator[tuple[str, str]]:
    """Value and label of two inline parts without a space between them: ``<span>부서명</span>물환경정책과``."""
    pieces = block.pieces
    if len(pieces) == 2 and block.text == "".join(pieces):
        yield pieces[1], pieces[0]


def _inline(block: Block, page: Page) -> Iterator[tuple[str, frozenset[str]]]:
    """The parts of a line that inline elements with class names set apart."""
    if block.element is None or len(block.text) > 2 * bylines.LONGEST:
        return
    met = page.classed[slice(*block.classed)]
    inside = [(name, one) for name, one in met if one.tag in _SETTING_APART and name[:1] not in ("", "#")]
    for name, element in inside[:_MOST_PARTS]:
        text = tidy("".join(element.itertext()))
        if text and text in block.text:
            yield text, frozenset(name.lower().split())


def _label_before(block: Block, page: Page) -> str:
    """The label that stands in an element of its own before a value: ``dt`` before ``dd``, ``th`` before ``td``."""
    if block.index == 0 or block.tag not in {"dd", "td", "div", "p", "span", "li"}:
        return ""
    before = page.blocks[block.index - 1]
    if before.tag in {"dt", "th"} or (before.text.endswith((":", "\uff1a")) and len(before.text) < 40):
        return before.text.strip().rstrip(":\uff1a").strip()
    return ""
