"""Third pipeline: hands sound releases to the archive, which writes them in batches."""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler

from crawler.spiders.newsroom import NewsroomSpider
from pipelines.normalize import Normalised


class StorePipeline:
    """The last step of the crawl: after it a release is the archive's."""

    def __init__(self, spider: NewsroomSpider) -> None:
        self._spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StorePipeline:
        """For the newsroom that is crawled."""
        spider: Any = crawler.spider
        return cls(spider)

    async def process_item(self, item: Normalised) -> Normalised:
        """The same item, once the archive has taken it."""
        await self._spider.recorder.store(item.release, item.page.capture, item.page.asked)
        self._spider.settle(item.page.asked)
        return item
