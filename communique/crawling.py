"""One run of the crawl: all newsrooms side by side in one process, one Scrapy crawler each."""

from __future__ import annotations

import asyncio
import ctypes
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from archive.errors import ArchiveError
from archive.store import Writer
from communique import exits
from crawler.identity import CONTACT, refuse_without_contact
from crawler.recorder import Recorder
from crawler.registry import Newsroom
from crawler.spiders.loader import NewsroomSpiderLoader
from crawler.tally import Tally

#: malloc.h
_M_ARENA_MAX = -8


@dataclass(frozen=True, slots=True)
class Order:
    """What to crawl and how: ``most`` new releases a newsroom at most. ``settings`` overrides Scrapy's settings (the replay server of the tests)."""

    newsrooms: list[Newsroom]
    since: date | None = None
    contact: str | None = None
    settings: dict[str, Any] | None = None
    command: str = "crawl"
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did. ``interrupted`` where a signal ended it early."""

    tallies: list[Tally]
    interrupted: bool = False

    @property
    def exit_code(self) -> int:
        """3 while some newsroom needs a look, else 0."""
        return exits.UNHEALTHY if any(tally.verdict != "ok" for tally in self.tallies) else exits.DONE

    def report(self) -> str:
        """The run as JSON: what ``--report`` writes and ``runs.report`` keeps."""
        return msgspec.json.encode(
            {"newsrooms": [row_of(it) for it in self.tallies], "interrupted": self.interrupted}
        ).decode()


def row_of(tally: Tally) -> dict[str, object]:
    """One newsroom's counts as plain values."""
    names = ("newsroom found new changed unchanged rejected failed requests verdict trouble gaps").split()
    return {**{name: getattr(tally, name) for name in names}, "seconds": round(tally.seconds, 2)}


def crawl(
    order: Order, writer: Writer, on_start: Callable[[dict[str, Tally]], None] = lambda _: None
) -> Outcome:
    """Crawls the newsrooms of an order into an open archive, judges their health and ends the run.

    ``on_start`` is handed the tallies, which fill while the crawl goes on.
    Raises ``ArchiveError`` where the archive can't be used and ``UsageError`` for a missing contact.
    """
    refuse_without_contact(order.newsrooms, order.contact)
    _share_memory()
    recorder = Recorder(writer)
    recorder.begin(order.command)
    outcome = _run(order, recorder, on_start)
    recorder.judge(order.newsrooms)
    recorder.finish(outcome.exit_code, outcome.report())
    if recorder.failure is not None:
        raise recorder.failure
    return outcome


def _share_memory() -> None:
    """One heap for all threads: glibc gives each of them 64 MB of addresses, which a limit of 600 MB can't spare."""
    with suppress(AttributeError, OSError):  # another C library has no such setting, and no such heaps
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def _run(order: Order, recorder: Recorder, on_start: Callable[[dict[str, Tally]], None]) -> Outcome:
    process = AsyncCrawlerProcess(settings_of(order))
    loader = NewsroomSpiderLoader()
    on_start(recorder.tallies)
    stopped: list[str] = []
    recorder.on_failure = _stopper(process)
    tasks = []
    for newsroom in order.newsrooms:
        crawler = process.create_crawler(loader.load(newsroom.slug))
        _listen(crawler, newsroom, recorder, stopped)
        tasks.append(process.crawl(crawler, recorder=recorder, since=order.since, most=order.most))
    process.start()
    _raise_first(tasks, recorder)
    tallies = [recorder.tallies[it.slug] for it in order.newsrooms if it.slug in recorder.tallies]
    # A signal may come before a crawler has opened its spider: then nothing tells that it was closed.
    begun = len(tallies) == len(order.newsrooms) and all(tally.seconds for tally in tallies)
    return Outcome(tallies, bool(stopped) or not begun)


def settings_of(order: Order) -> Settings:
    """Scrapy's settings for an order: the project's, with who asks and what the order overrides."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.set(CONTACT, order.contact or os.environ.get(CONTACT), priority="cmdline")
    settings.set(
        "LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline"
    )  # communique.logs decides where it goes
    for name, value in (order.settings or {}).items():
        settings.set(name, value, priority="cmdline")
    return settings


def _stopper(process: AsyncCrawlerProcess) -> Callable[[], None]:
    """Stops all crawlers, called from the archive's thread."""
    loop = asyncio.get_event_loop_policy().get_event_loop()

    def stop() -> None:
        loop.call_soon_threadsafe(lambda: loop.create_task(process.stop()))

    return stop


def _listen(crawler: Crawler, newsroom: Newsroom, recorder: Recorder, stopped: list[str]) -> None:
    """An error of our own code is trouble of the newsroom that it happened on, never a silent one."""

    def own_error(failure: Failure, response: Response | None) -> None:
        if isinstance(failure.value, ArchiveError):
            return
        where = response.url if response is not None else newsroom.slug
        text = f"{where}: {type(failure.value).__name__} in our own code: {failure.value}"
        recorder.tallies[newsroom.slug].worse("broken", text)

    def closed(reason: str) -> None:
        if reason != "finished":
            stopped.append(reason)

    for signal in (signals.spider_error, signals.item_error):
        crawler.signals.connect(own_error, signal=signal, weak=False)
    crawler.signals.connect(closed, signal=signals.spider_closed, weak=False)


def _raise_first(tasks: list[asyncio.Task[None]], recorder: Recorder) -> None:
    for task in tasks:
        if task.done() and not task.cancelled() and (error := task.exception()) is not None:
            raise recorder.failure or error
