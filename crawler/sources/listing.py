"""Listing pages: the links that are releases, their dates as hints, and the link to the next page."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from parsel import Selector
from parsel.csstranslator import HTMLTranslator

from crawler.registry import Newsroom, Source
from crawler.sources.api import next_page
from crawler.sources.found import Found, SourceBroken, SourcePage, absolute, iso_day, unique

#: rows of a listing as most CMS families write them, the closest one around a link counts
_ROW = "ancestor::*[self::article or self::li or self::tr or self::dd or self::section][1]"
_CLUTTER = "ancestor::*[self::nav or self::header or self::footer or self::aside or self::form]"
_NEXT = (
    "//link[@rel='next']/@href | //a[contains(concat(' ', normalize-space(@rel), ' '), ' next ')]/@href"
    " | //*[contains(@class, 'next') or contains(@class, 'Next')]/descendant-or-self::a/@href"
    " | //a[contains(@aria-label, 'ext') or contains(@title, 'ext')]/@href"
)
_NUMBERS = re.compile(r"(?<!\d)(\d{1,4})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4}|\d{1,2})(?!\d)")


def read_listing(
    source: Source, newsroom: Newsroom, url: str, body: bytes, charset: str | None = None
) -> SourcePage:
    """The releases that a listing page links, and its next page.

    Without selectors in the entry: links of the page's own content that lead deeper into the site.
    Raises ``SourceBroken`` for an answer without any link.
    """
    root = Selector(body=body or b"<html></html>", encoding=charset or "utf-8", base_url=url)
    base = absolute(url, root.xpath("//base/@href").get("")) or url
    if not root.xpath("//a[@href]"):
        raise SourceBroken("the listing has no link at all")
    rows = root.css(source.item) if source.item else _rows(root, source, url, base)
    found, refused = [], []
    for row in rows:
        href = row.css(source.link or "a").xpath("@href").get() or row.xpath("@href").get() or ""
        address = absolute(base, href)
        if address is None:
            refused.append(href)
        else:
            found.append(_found(source, newsroom, row, address))
    return SourcePage(unique(found), _next(root, source, url, base), tuple(filter(None, refused)))


def _rows(root: Selector, source: Source, url: str, base: str) -> list[Selector]:
    """Links of the page's own content: on the listing's host, deeper than the listing or named by ``keep``."""
    here = urlsplit(url)
    rows = []
    for link in root.xpath(f"//body//a[@href][not({_CLUTTER})][normalize-space(.)]"):
        address = absolute(base, link.attrib["href"])
        there = urlsplit(address or "")
        if there.hostname != here.hostname or there.path.rstrip("/") == here.path.rstrip("/"):
            continue
        if source.keep is not None or _deeper(there.path, here.path):
            rows.append(link)
    return rows


def _deeper(path: str, listing: str) -> bool:
    """Whether it looks like a page below a listing: a longer path whose last part is a name, not a section."""
    last = path.rstrip("/").rsplit("/", 1)[-1]
    below = path.startswith(listing.rstrip("/") + "/") and "." not in last.removesuffix(".html")
    return below or last.count("-") >= 2


def _found(source: Source, newsroom: Newsroom, row: Selector, address: str) -> Found:
    around = row if source.item else next(iter(row.xpath(_ROW)), row)
    printed = around.css(source.date).xpath("string()").get() if source.date else None
    stamp = around.xpath(".//time/@datetime").get()
    text = printed or " ".join(around.xpath(".//text()").getall())
    day = iso_day(stamp) or printed_day(text, newsroom.day_order)
    title = row.css(source.title) if source.title else row.css(source.link or "a") or row
    return Found(
        url=address,
        published=day,
        published_raw=stamp or (printed.strip() if printed else None),
        headline=" ".join(title.xpath("string()").get("").split()) or None,
        language=source.language,
    )


def printed_day(text: str, order: str | None) -> date | None:
    """The first all-digit date of a row, read in the newsroom's day order; for the stop rule only."""
    for one, two, three in _NUMBERS.findall(text):
        year, month, day = (one, two, three) if len(one) == 4 else (three, two, one)
        if len(one) != 4 and order == "mdy":
            month, day = one, two
        if len(one) != 4 and order not in {"dmy", "mdy"}:
            continue
        try:
            return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
        except ValueError:
            continue
    return None


def _next(root: Selector, source: Source, url: str, base: str) -> tuple[str, ...]:
    if source.page:
        return (next_page(source, url),)
    if source.next:
        hrefs = root.xpath(HTMLTranslator().css_to_xpath(source.next)).xpath("@href").getall()
    else:
        hrefs = root.xpath(_NEXT).getall()
    addresses = (absolute(base, href) for href in hrefs)
    return tuple(it for it in addresses if it and it.split("#")[0] != url)[:1]
