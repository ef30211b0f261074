"""Pages that were read and are no release: listings, front pages, contact pages, biographies, guides, notices of other kinds.

A page with no sign of a release around its text (``signs.py``) is none, however well it reads.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.items import Refusal
from crawler.reading.blocks import Block, Zone, weight
from crawler.reading.listings import Shape, has_date, lines_of_days, shape_of
from crawler.reading.other_kinds import file_of_tables, other_kind
from crawler.reading.running import is_running
from crawler.reading.signs import (
    OUTSIDE,
    TEXT,
    Found,
    Reading,
    is_guess,
    is_issued,
    is_named,
    is_newsy,
    is_strong,
    is_typed,
    named_heading,
)
from crawler.reading.walls import page_phrases, says

_FRONT = re.compile(
    r"^/?(?:[a-z]{2}(?:[-_][a-z]{2})?)?/?(?:(?:index|home|default|startseite|etusivu|main)(?:\.\w{2,5})?)?/?$",
    re.IGNORECASE,
)
_LISTING_KINDS = frozenset(("CollectionPage", "SearchResultsPage", "ItemList"))
#: the shortest releases that were seen have a sentence of this length
_SHORTEST = 120
#: an introduction to a list is shorter
_INTRODUCTION = 250


def refuse(reading: Reading) -> Refusal | None:
    """Why what was read is no release, with the evidence, or None where it is one."""
    for check in (
        other_kind,
        _listing,
        _calendar,
        _front_page,
        _contact_page,
        _biography,
        _guide,
        _no_text,
        _little_text,
        file_of_tables,
        _no_sign,
    ):
        found = check(reading)
        if found:
            return Refusal(reading.page.url, *found)
    return None


def _listing(reading: Reading) -> Found | None:
    """Many links of one kind, most with a date beside them, and hardly any text of the page's own."""
    named = named_heading(reading, "listing") is not None
    kinds = _LISTING_KINDS.intersection(reading.metadata.kinds)
    shape = shape_of(_unrelated(reading), reading.running, reading.words)
    if named:
        alone = is_named(reading.headline, "listing", reading.words) and reading.labels.type_label is None
        if alone or not is_strong(reading) or ((shape.links >= 4 or shape.dated >= 3) and shape.own < 1500):
            return "listing", f"heading of a listing, {shape}"
        days = [block.text for block in reading.page.visible if has_date(block, reading.words)]
        if len(days) >= 3 and sum(weight(b.text) for b in reading.inside if b.index in reading.running) < 300:
            return "listing", f"heading of a listing, {len(days)} lines with days"
    if shape.is_listing or (not reading.running and shape.links >= 3 and shape.dated >= 3):
        return "listing", str(shape)
    if below := _list_below(reading):
        return "listing", f"hardly a text above a list, {below}"
    if kinds and shape.links >= 4 and not reading.metadata.articles:
        return "listing", f"schema.org {min(kinds)}, {shape}"
    return None


def _list_below(reading: Reading) -> Shape | None:
    """The shape of what stands below a line or two of introduction, where that is a list and no day stands
    on the page but those of its entries."""
    if reading.weight >= _INTRODUCTION or is_typed(reading):
        return None
    lines = [block for block in reading.page.visible if block.index > reading.place.headline]
    lines = [block for block in lines if not block.zones & ~reading.place.zones & OUTSIDE]
    if reading.dated and not _dated_by_entry(lines, reading.item.published[0].text):
        return None
    shape = shape_of(lines, frozenset(block.index for block in lines if is_running(block)), reading.words)
    return shape if shape.is_listing else None


def _dated_by_entry(lines: list[Block], day: str) -> bool:
    """Whether the line that tells the day is a link, or stands right beside one."""
    for at, line in enumerate(lines):
        if day in line.text:
            return any(one.linked > 0.7 for one in lines[max(at - 1, 0) : at + 2])
    return False


def _unrelated(reading: Reading) -> list[Block]:
    """The lines below the headline; without those of related pages beside a text of some length."""
    text = sum(block.weight for block in reading.inside if block.index in reading.running)
    if text < TEXT:
        return reading.inside
    return [block for block in reading.inside if not reading.place.bits(block) & Zone.RELATED]


def _calendar(reading: Reading) -> Found | None:
    """Days and what they are the days of, and hardly a sentence: hearings, acts, meetings."""
    lines = reading.page.visible if reading.page.is_text else reading.inside
    if sum(block.weight for block in lines if is_running(block, reading.place.zones)) > _SHORTEST:
        return None
    days = lines_of_days(lines, reading.words)
    return ("listing", f"{days} lines with different days and no text") if days else None


def _front_page(reading: Reading) -> Found | None:
    """The site's front page: an address without a path, or a headline that is the site's name among news."""
    parts = urlsplit(reading.page.url)
    if (
        parts.scheme in {"http", "https"}
        and _FRONT.match(parts.path)
        and not parts.query
        and not (is_strong(reading) and (is_typed(reading) or not is_guess(reading)))
    ):
        return "front page", f"the address has no path: {reading.page.url[:100]}"
    return None


def _contact_page(reading: Reading) -> Found | None:
    named = named_heading(reading, "contact")
    own = sum(b.weight for b in reading.inside if b.index in reading.running)
    if named and (own < 300 or not is_strong(reading)):
        return "contact page", f"heading {named[:60]!r}, {own} characters of text"
    mails = sum(1 for block in reading.inside if block.mails)
    if mails >= 3 and own < 150 and not reading.dated:
        return "contact page", f"{mails} addresses and {own} characters of text"
    return None


def _biography(reading: Reading) -> Found | None:
    inside = [block.text for block in reading.inside if block.heading][:6]
    named = next(
        (text for text in (reading.headline, *inside) if is_named(text, "biography", reading.words)), None
    )
    return ("biography", f"heading {named[:60]!r}") if named and not reading.dated else None


def _guide(reading: Reading) -> Found | None:
    """How-to, legal and reference pages, by their headline."""
    if is_named(reading.headline, "guide", reading.words):
        return "guide", f"headline {reading.headline[:80]!r}"
    said = says(reading.headline, page_phrases("guide"))
    clear = said and (len(said) >= 15 or len(said) >= 0.6 * len(reading.headline))
    if clear and reading.labels.type in {None, "no release", "news", "announcement", "report", "article"}:
        return "guide", f"headline {reading.headline[:80]!r}"
    return None


def _no_text(reading: Reading) -> Found | None:
    if reading.weight >= 40 or reading.item.attachments or (reading.dated and weight(reading.headline) > 30):
        return None
    return "no text", f"{len(reading.item.body)} characters below the headline"


def _little_text(reading: Reading) -> Found | None:
    """A few words and nothing that a release has: a notice, a question, a button."""
    if reading.weight >= _SHORTEST and reading.item.published and is_newsy(reading.page.url):
        return None  # a sentence or two, a day, a place among news
    bare = len(reading.page.visible) <= 4 and not reading.page.is_text and reading.labels.type_label is None
    if bare and reading.weight < 250:
        return (
            "little text",
            f"{len(reading.item.body)} characters on a page of {len(reading.page.visible)} lines",
        )
    if (
        reading.weight >= 250
        or is_strong(reading)
        or is_issued(reading)
        or reading.item.contact_blocks
        or reading.item.attachments
    ):
        return None
    return "little text", f"{len(reading.item.body)} characters, no date, type, issuer or contact"


def _no_sign(reading: Reading) -> Found | None:
    """Nothing around the text that a release has."""
    if is_strong(reading) or is_issued(reading) or is_newsy(reading.page.url):
        return None
    running = len(reading.running)
    labels = [block.label for block in reading.item.contact_blocks if block.label]
    if running > 2 and any(not is_named(label, "contact", reading.words) for label in labels):
        return None
    label = reading.labels.type_label
    by_path = (
        label is not None and label.evidence == "label:breadcrumb" and reading.labels.type == "press release"
    )
    if reading.labels.section or by_path:  # the page's path leads through news
        return None
    return "no sign of a release", "no date, type, issuer or contact, and no news in the address"
