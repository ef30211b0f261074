"""The real engine in one lasting event loop: run after run, as ``communique.crawling`` does each in a process of its own."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from crawler.tally import Tally

ENTRY = """
[{table}]
name = {{ en = "{name}" }}
site = "https://{host}"
country = "GB"
timezone = "UTC"
languages = ["en"]
delay = 0.0
since = 2024-01-01
sources = [{{ listing = "/news", keep = "/news/", item = "li.item", date = ".day" }}]
"""


def describe(folder: Path, ministries: dict[str, tuple[str, str]]) -> None:
    """Puts ministries (table → name, host) into a registry of their own, ``xx_TABLE`` each."""
    (folder / "newsrooms").mkdir(parents=True, exist_ok=True)
    entries = (ENTRY.format(table=table, name=name, host=host) for table, (name, host) in ministries.items())
    (folder / "newsrooms" / "xx.toml").write_text("".join(entries), encoding="utf-8")
    os.environ["COMMUNIQUE_NEWSROOMS"] = str(folder / "newsrooms")


async def crawl(folder: Path, port: int, slugs: list[str], delay: float = 0.0) -> dict[str, Tally]:
    """One run over the newsrooms, judged and ended; what each of them did."""
    from scrapy.crawler import AsyncCrawlerRunner

    from archive.store import Writer
    from communique.crawling import Order, settings_of
    from communique.rereading import Rereader
    from crawler.fetching import PACE
    from crawler.recorder import Recorder
    from crawler.registry import all_newsrooms
    from crawler.spiders.loader import NewsroomSpiderLoader

    PACE.__init__()  # type: ignore[misc]  # a process of its own would begin without what the last one waited for
    newsrooms = [all_newsrooms()[slug] for slug in slugs]
    settings = {
        "REPLAY_PORT": port,
        "REPLAY_DELAY": delay,
        "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"), "tests.replay.ReplayHandler"),
        "RETRY_TIMES": 0,
        "RETRY_BACKOFF": 0.01,
    }
    order = Order(newsrooms, contact="https://operator.example/about", settings=settings)
    reread = Rereader()
    writer = Writer.open(folder / "archive.db", reread)
    reread.attach(writer.archive)
    recorder = Recorder(writer)
    recorder.begin("simulated")
    runner = AsyncCrawlerRunner(settings_of(order))
    loader = NewsroomSpiderLoader()
    await asyncio.gather(
        *(runner.crawl(runner.create_crawler(loader.load(slug)), recorder=recorder) for slug in slugs)
    )
    recorder.judge(newsrooms)
    recorder.finish(0)
    writer.close()
    return recorder.tallies


def run_in_reactor(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Runs the work in an asyncio reactor and ends the process, as Twisted's ``react`` does."""
    from scrapy.utils.reactor import install_reactor

    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import defer, task

    task.react(lambda _: defer.Deferred.fromFuture(asyncio.ensure_future(work())))
