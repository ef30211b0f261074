"""What is done once all feeds have answered waits for all of them, however fast the first one is."""

import asyncio
from contextlib import aclosing
from pathlib import Path

from scrapy.utils.test import get_crawler

from archive.store import Writer
from crawler.recorder import Recorder
from crawler.spiders.loader import NewsroomSpiderLoader


def test_every_feed_is_open_before_the_first_can_answer(tmp_path: Path) -> None:
    """Else a first answer of "nothing changed" was the last one, and the others' news did not count (2026-11-24)."""
    assert asyncio.run(open_at_the_first_request(tmp_path / "archive.db")) == [1, 1, 1]


async def open_at_the_first_request(archive: Path) -> list[int]:
    with Writer.open(archive) as writer:
        recorder = Recorder(writer)
        recorder.begin("crawl demo")
        spider = NewsroomSpiderLoader().load("demo")
        crawling = spider.from_crawler(get_crawler(spider), recorder=recorder)
        async with aclosing(crawling.start()) as requests:
            await anext(requests)
            return [poll.open_pages for poll in crawling.polls if poll.source.kind == "feed"]
