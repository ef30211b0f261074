"""One door for the four kinds of source."""

from __future__ import annotations

import re

from crawler.registry import Newsroom, Source
from crawler.sources.api import read_api
from crawler.sources.feed import read_feed
from crawler.sources.found import SourcePage
from crawler.sources.listing import read_listing
from crawler.sources.sitemap import read_sitemap


def read_source(
    source: Source,
    newsroom: Newsroom,
    url: str,
    body: bytes,
    *,
    content_type: str = "",
    charset: str | None = None,
) -> SourcePage:
    """What one answer of a source names. ``url`` is where the answer came from.

    Raises ``SourceBroken`` where the answer is not of the source's kind.
    """
    match source.kind:
        case "feed":
            page = read_feed(url, body, content_type, language=source.language)
        case "sitemap":
            page = read_sitemap(url, body)
        case "api":
            page = read_api(source, url, body)
        case "listing":
            page = read_listing(source, newsroom, url, body, charset)
    return _kept(page, source)


def _kept(page: SourcePage, source: Source) -> SourcePage:
    wanted = re.compile(source.keep or "")
    found = tuple(it for it in page.found if wanted.search(it.url))
    return SourcePage(found, page.next, page.refused)
