"""Documents of other kinds than releases: events, programmes, records, products, official notices, files of tables."""

from __future__ import annotations

import re

from crawler.items import Printed
from crawler.reading.blocks import Zone
from crawler.reading.documents import event_facts, gazette_parts, record_facts
from crawler.reading.kinds import kind_in, segments
from crawler.reading.listings import has_date
from crawler.reading.numbers import number_in
from crawler.reading.running import is_running
from crawler.reading.signs import (
    WEAK,
    Found,
    Reading,
    is_named,
    is_newsy,
    is_typed,
)

#: Open Graph's types of things that are no text
_OTHER_TYPES = frozenset(("product", "profile", "book", "restaurant", "music"))
_OTHER_KINDS = frozenset(
    "ContactPage ProfilePage FAQPage QAPage JobPosting Event Course Dataset DataCatalog Recipe".split()
)
#: content types of Drupal, WordPress and others, and microformats
_EVENT = re.compile(
    r"(?:^|\s)((?:page-)?node-+type-+events?|(?:single|type)-(?:tribe_events|mec-events|events?)|event-node|node-event"
    r"|h-event|vevent|event-(?:details?|single))(?=\s|$)"
)
#: a template may say both: "single-article single-event"
_ARTICLE = re.compile(r"(?:^|\s)(?:single|type|node)-+(?:article|news\w*|post|press\w*)(?=\s|$)")
#: a line that heads a day of a programme is shorter
_DAY = 50
_HOURS = re.compile(r"\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b|-|–|to\s)")
#: so many cells of tables, and less text than this beside them, make a file of facts
_CELLS, _BESIDE = 12, 250
#: elements from a line up to the page's root
_LEVELS = 40


def other_kind(reading: Reading) -> Found | None:
    """A label near the headline, or structured data, that names another kind of document."""
    label = reading.labels.type_label
    if label and reading.labels.type == "no release" and label.evidence not in WEAK:
        return "another kind of document", f"{label.evidence}: {label.text}"
    numbered = segments(reading.headline)[:1]
    if (
        numbered
        and number_in(numbered[0])
        and (kind := kind_in(numbered[0], reading.words))
        and kind.kind == "no release"
    ):
        return "another kind of document", f"headline {reading.headline[:60]!r}"
    kinds = _OTHER_KINDS.intersection(reading.metadata.kinds)
    if kinds and not reading.metadata.articles and (kinds != {"Event"} or label is None):
        return "another kind of document", f"schema.org {min(kinds)}"
    told = _untitled_kind(reading) if label is None or _names_part(label, reading) else None
    if told:
        return "another kind of document", told
    parts = gazette_parts(reading.inside)
    return ("another kind of document", f"parts of an official notice: {parts}") if parts else None


def _names_part(label: Printed, reading: Reading) -> bool:
    """Whether a label names a part of the page and not the page: its last line, or a link to the agenda."""
    return label.evidence == "label:end" or is_named(label.text, "listing", reading.words)


def _untitled_kind(reading: Reading) -> str | None:
    """What tells another kind of document where no label does: Open Graph's type, the facts of a record or an event."""
    kind = reading.page.meta("og:type") or ""
    if kind.partition(".")[0] in _OTHER_TYPES:
        return f"og:type {kind}"
    if not reading.item.contact_blocks:
        record = record_facts(reading.inside, reading.running, reading.words)
        if record:
            return f"facts of a record: {record}"
    return _event(reading)


def _event(reading: Reading) -> str | None:
    """What tells that a page without a label announces an event, or None."""
    facts = event_facts(reading.inside, reading.running, reading.words)
    if facts:
        return f"facts of an event: {facts}"
    named = _event_class(reading)
    return f"class names of an event: {named}" if named else _programme(reading)


def _programme(reading: Reading) -> str | None:
    """How many days and hours head the lines, where hardly anything but a programme of meetings is there, or None."""
    lines = [block for block in reading.inside if block.weight > 1]
    days = sum(block.weight < _DAY and has_date(block, reading.words) for block in lines)
    hours = sum(_HOURS.match(block.folded) is not None for block in lines)
    told = days >= 3 and hours >= 3 and days + hours > 0.6 * len(lines)
    return f"a programme of {days} days, {hours} hours" if told else None


def _event_class(reading: Reading) -> str | None:
    """The class name with which a content management system marks what stands around the headline or the text as an
    event, or None."""
    first = next((block for block in reading.inside if block.index in reading.running), None)
    at = reading.place.headline
    around = [reading.page.blocks[at]] if at >= 0 else []
    for block in (*around, *filter(None, (first,))):
        marks = block.marks(_LEVELS)
        if (found := _EVENT.search(marks)) and not _ARTICLE.search(marks):
            return found[1]
    return None


def file_of_tables(reading: Reading) -> Found | None:
    """A file of facts: tables with hardly a text beside them, on no page of news."""
    if is_typed(reading) or is_newsy(reading.page.url) or reading.weight > 2 * _BESIDE:
        return None
    first, most = reading.place.headline, _BESIDE
    if first >= 0 and reading.page.blocks[first].row:
        first, most = -1, 1  # a page of one table, and nothing above it; a board's page has text in its table
    lines = [block for block in reading.page.visible if block.index > first]
    cells = [block for block in lines if block.row and block.zones & Zone.CELL]
    beside = sum(block.weight for block in lines if is_running(block, reading.place.zones))
    heads = len({block.row for block in cells if block.tag == "th"})
    if len(cells) < _CELLS or beside >= most or not heads:
        return None
    return "another kind of document", f"{len(cells)} cells of tables, {beside} characters of text"
