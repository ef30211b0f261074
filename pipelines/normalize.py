"""First pipeline: what a page says, as printed, becomes a release with meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scrapy.crawler import Crawler

from archive.model import Release
from crawler.registry import Newsroom
from crawler.spiders.releases import PageRead
from pipelines.hints import with_hints
from pipelines.release import to_release


@dataclass(frozen=True, slots=True)
class Normalised:
    """A release on its way to the archive, with the page it was read from."""

    release: Release
    page: PageRead


class NormalizePipeline:
    """Turns ``PageRead`` into ``Normalised``."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> NormalizePipeline:
        """For the newsroom that is crawled."""
        spider: Any = crawler.spider
        return cls(spider.newsroom)

    def process_item(self, item: PageRead) -> Normalised:
        """The release that the item tells."""
        return Normalised(to_release(with_hints(item.item, item.found), self._newsroom), item)
