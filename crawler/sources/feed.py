"""Feeds: Atom, RSS 0.9 to 2.0, RDF, and the broken ones among them."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import feedparser

from crawler.sources.found import Found, SourceBroken, SourcePage, absolute, unique


def read_feed(url: str, body: bytes, content_type: str = "", language: str | None = None) -> SourcePage:
    """The entries of a feed, newest first as the publisher orders them.

    Raises ``SourceBroken`` for what is no feed. A valid feed without entries gives an empty page.
    """
    # A stream, never the bytes themselves: feedparser 6.0 opens a body that happens to name a file.
    headers = {"content-location": url} | ({"content-type": content_type} if content_type else {})
    try:
        parsed: Any = feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # feedparser 6.0 stumbles over damage: an empty <gml:pos>, a lone surrogate, a tag without its start (2026-11-24)
        raise SourceBroken(f"no feed that can be read: {error!r}") from error
    mislabelled = isinstance(parsed.get("bozo_exception"), feedparser.NonXMLContentType)
    if not parsed.entries and ((parsed.bozo and not mislabelled) or not parsed.get("version")):
        raise SourceBroken(f"no feed: {_why(parsed)}")
    spoken = language or parsed.feed.get("language")
    found: list[Found] = []
    refused: list[str] = []
    for entry in parsed.entries:
        link = _link(entry)
        address = absolute(url, link)
        if address is None:
            refused.append(link)
        else:
            found.append(_found(entry, address, spoken))
    return SourcePage(unique(found), refused=tuple(refused))


def _found(entry: Any, address: str, language: str | None) -> Found:
    raw = entry.get("published") or entry.get("updated")
    stamp = entry.get("published_parsed") or entry.get("updated_parsed")
    content = entry.get("title_detail", {}).get("language") or language
    return Found(
        url=address,
        published=_day(stamp) if stamp else None,
        published_raw=raw,
        headline=(entry.get("title") or "").strip() or None,
        language=content.split("-")[0].lower() if content else None,
    )


def _day(stamp: Any) -> date | None:
    """None for what no calendar has: ``0000-00-00``, which a CMS writes for "no day", comes out as a year before 1."""
    try:
        return date(*stamp[:3])
    except ValueError:
        return None


def _link(entry: Any) -> str:
    """The entry's own page: the alternate link, the link, or an id that is an address."""
    for link in entry.get("links", ()):
        if link.get("rel", "alternate") == "alternate" and link.get("href"):
            return str(link["href"])
    return str(entry.get("link") or entry.get("id") or "")


def _why(parsed: Any) -> str:
    error = parsed.get("bozo_exception")
    return f"{type(error).__name__}: {error}" if error else "the answer has no feed in it"
