"""Where release addresses come from: feed, listing, sitemap, API. Pure: from the bytes of an answer to ``Found``."""

from crawler.sources.found import Found, SourceBroken, SourcePage
from crawler.sources.reader import read_source

__all__ = ["Found", "SourceBroken", "SourcePage", "read_source"]
