"""Second pipeline: a release that breaks the newsroom's contract is a reject with its reason, never a revision."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.spiders.newsroom import NewsroomSpider
from pipelines.contract import broken_rule
from pipelines.normalize import Normalised


class ValidatePipeline:
    """Lets sound releases pass; writes the others down as rejects."""

    def __init__(self, spider: NewsroomSpider) -> None:
        self._spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ValidatePipeline:
        """For the newsroom that is crawled."""
        spider: Any = crawler.spider
        return cls(spider)

    async def process_item(self, item: Normalised) -> Normalised:
        """The same item. Raises ``DropItem`` for one that was refused."""
        broken = broken_rule(item.release, self._spider.newsroom, datetime.now(UTC))
        if broken is None:
            return item
        await self._spider.releases.reject(item.page.asked, item.page.capture, *broken)
        raise DropItem(f"{item.page.asked}: {broken[0]}: {broken[1]}", log_level="INFO")
