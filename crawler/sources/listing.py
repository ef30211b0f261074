"""Listing pages: the links that are releases, their dates as hints, and the link to the next page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial

from parsel import Selector
from parsel.csstranslator import HTMLTranslator

from crawler.languages import words
from crawler.reading.date_shapes import day_order, find_shapes
from crawler.registry import Newsroom, Source
from crawler.sources.api import next_page
from crawler.sources.found import Found, SourceBroken, SourcePage, absolute, iso_day, unique
from crawler.sources.rows import release_rows

#: rows of a listing as most CMS families write them, the closest one around a selected element counts
_ROW = "ancestor-or-self::*[self::article or self::li or self::tr or self::dd or self::section][1]"
_DIGITS = re.compile(r"\d+")
_NEXT = (
    "//link[@rel='next']/@href | //a[contains(concat(' ', normalize-space(@rel), ' '), ' next ')]/@href"
    " | //*[contains(@class, 'next') or contains(@class, 'Next')]/descendant-or-self::a/@href"
    " | //a[contains(@aria-label, 'ext') or contains(@title, 'ext')]/@href"
)


def read_listing(
    source: Source, newsroom: Newsroom, url: str, body: bytes, charset: str | None = None
) -> SourcePage:
    """The releases that a listing page links, and its next page.

    Without selectors in the entry: the rows that look like releases (``rows.py``).
    Raises ``SourceBroken`` for an answer without any link.
    """
    root = Selector(body=body or b"<html></html>", type="html", encoding=charset or "utf-8", base_url=url)
    base = absolute(url, root.xpath("//base/@href").get("")) or url
    if not root.xpath("//a[@href]"):
        raise SourceBroken("the listing has no link at all")
    days = partial(printed_day, newsroom=newsroom)
    if source.item or source.link:
        found, refused = _selected(root, source, base, days)
    else:
        found, refused = _recognised(root, source, url, base, days), _refused(root, base)
    return SourcePage(unique(found), _next(root, source, url, base), refused)


def _selected(
    root: Selector, source: Source, base: str, days: Callable[[str], date | None]
) -> tuple[list[Found], tuple[str, ...]]:
    """The rows that the entry's selectors name."""
    found, refused = [], []
    for row in root.css(source.item or source.link or "a"):
        href = row.css(source.link or "a").xpath("@href").get() or row.xpath("@href").get() or ""
        address = absolute(base, href)
        if address is None:
            refused.append(href)
        else:
            found.append(_found(source, row, address, days))
    return found, tuple(filter(None, refused))


def _recognised(
    root: Selector, source: Source, url: str, base: str, days: Callable[[str], date | None]
) -> list[Found]:
    """The rows that look like releases; with ``keep``, which chooses later, all links of the page's own content."""
    rows = release_rows(root.root, url, base, days, every=source.keep is not None)
    return [Found(row.address, row.day, row.printed, row.title, source.language) for row in rows]


def _refused(root: Selector, base: str) -> tuple[str, ...]:
    hrefs = root.xpath("//body//a/@href").getall()
    return tuple(href for href in hrefs if href.strip() and absolute(base, href) is None)


def _found(source: Source, row: Selector, address: str, days: Callable[[str], date | None]) -> Found:
    around = row if source.item else next(iter(row.xpath(_ROW)), row)
    printed = around.css(source.date).xpath("string()").get() if source.date else None
    stamp = around.xpath(".//time/@datetime").get()
    text = printed or " ".join(around.xpath(".//text()").getall())
    title = row.css(source.title) if source.title else row.css(source.link or "a") or row
    return Found(
        url=address,
        published=iso_day(stamp) or days(text),
        published_raw=stamp or (printed.strip() if printed else None),
        headline=" ".join(title.xpath("string()").get("").split()) or None,
        language=source.language,
    )


def printed_day(text: str, newsroom: Newsroom) -> date | None:
    """The first day that a row prints, in the newsroom's languages and its order of day and month; a hint for the
    stop rule, so an open order is not settled by anything else."""
    for shape in find_shapes(text, words(newsroom.languages)):
        day = shape.settled(newsroom.day_order or day_order(newsroom.country, shape.separator))
        if day is not None:
            return day
    return None


def _next(root: Selector, source: Source, url: str, base: str) -> tuple[str, ...]:
    if source.page:
        return (next_page(source, url),)
    if source.next:
        hrefs = root.xpath(HTMLTranslator().css_to_xpath(source.next)).xpath("@href").getall()
    else:
        hrefs = root.xpath(_NEXT).getall() or _numbered(root, base)
    addresses = (absolute(base, href) for href in hrefs)
    return tuple(it for it in addresses if it and it.split("#")[0] != url)[:1]


def _numbered(root: Selector, base: str) -> list[str]:
    """The next page of a pager of numbers only: the link behind the one number that is none, which is this page.

    The links of a pager differ in nothing but digits; a table of them is a calendar.
    """
    pages: dict[int, str] = {}
    for link in root.xpath("//body//a[@href][not(ancestor::table)]"):
        text = (link.xpath("string()").get() or "").strip()
        if text.isdecimal() and len(text) < 4 and absolute(base, link.attrib["href"]):
            pages.setdefault(int(text), link.attrib["href"])
    if len({_DIGITS.sub("", href) for href in pages.values()}) > 1:
        return []
    here = (one - 1 for one in sorted(pages) if one - 1 not in pages and (one == 2 or one - 2 in pages))
    return [pages[one + 1] for one in here][:1]
