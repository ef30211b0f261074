"""The crawl's hand on the archive: every call in order on one thread beside the reactor, committed in batches."""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from archive import documents, histories, known, looks
from archive.addresses import url_key
from archive.database import Archive
from archive.errors import ArchiveError
from archive.known import DuePage
from archive.model import Absence, Capture, Exchange, Look, Release, Stored
from archive.model import Newsroom as NewsroomRow
from archive.owed import Debt, debts
from archive.store import Writer
from crawler.identity import VERSION
from crawler.reading import READER_VERSION
from crawler.registry import Newsroom, Source, as_table, contract_of
from crawler.sources.found import iso_day
from crawler.tally import Tally

T = TypeVar("T")
#: a batch is one synced append and one transaction: dozens of pages cost one disk flush, and a crash costs seconds
BATCH_STEPS = 200
BATCH_SECONDS = 5.0
#: a source may name fifty thousand addresses: keys of that many would hold the reactor for a second
_MANY = 2_000


class Recorder:
    """The archive of one run, shared by all its newsrooms.

    ``failure`` is the error that made the archive unusable; ``on_failure`` is called once when it happens.
    """

    def __init__(self, writer: Writer, on_failure: Callable[[], None] = lambda: None) -> None:
        self.tallies: dict[str, Tally] = {}
        self.failure: ArchiveError | None = None
        self.on_failure = on_failure
        self._writer = writer
        self._thread = ThreadPoolExecutor(1, "archive")
        self._committed_at = time.monotonic()
        self._known: dict[str, dict[str, date | None]] = {}
        self._beginning: list[tuple[tuple[str, str, str], asyncio.Future[int]]] = []

    @classmethod
    def open_for(cls, settings: BaseSettings) -> Recorder:
        """The recorder of a plain ``scrapy crawl``, with an archive and a run of its own."""
        path = settings.get("COMMUNIQUE_ARCHIVE") or os.environ.get("COMMUNIQUE_ARCHIVE", "archive.db")
        recorder = cls(Writer.open(Path(path)))
        recorder.begin("scrapy crawl")
        return recorder

    def begin(self, command: str) -> None:
        """The run begins."""
        self._writer.begin_run(command, VERSION)

    @property
    def archive(self) -> Archive:
        """The open archive."""
        return self._writer.archive

    @staticmethod
    def of(crawler: Crawler) -> Recorder:
        """The recorder of the crawl that a component belongs to."""
        spider: Any = crawler.spider
        recorder: Recorder = spider.recorder
        return recorder

    # --- what the archive knows -----------------------------------------------------------------------------

    async def open_newsroom(self, newsroom: Newsroom, tally: Tally) -> None:
        """Makes the newsroom known and learns which of its addresses are."""
        self.tallies[newsroom.slug] = tally
        self._known[newsroom.slug] = await self._do(self._learn, newsroom)

    async def known(self, newsroom: Newsroom, urls: list[str]) -> dict[str, date | None]:
        """The addresses among ``urls`` that are stored, refused by this reader, or owed, with their day."""
        learnt = self._known[newsroom.slug]

        def known_ones() -> dict[str, date | None]:
            return {url: learnt[key] for url in urls if (key := url_key(url)) in learnt}

        return await asyncio.to_thread(known_ones) if len(urls) > _MANY else known_ones()

    async def last_whole_look(self, newsroom: Newsroom, source: Source) -> datetime | None:
        """When a look at the source was last carried through; None for never."""
        return await self._do(looks.last_whole, self.archive, newsroom.slug, source.address)

    async def may_ask_conditionally(self, newsroom: Newsroom, source: Source) -> bool:
        """Whether the next look at a source may send validators."""
        now = datetime.now(UTC)
        return await self._do(
            looks.may_ask_source_conditionally, self.archive, newsroom.slug, source.address, now
        )

    async def validators(self, url: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of the last whole answer at an address."""
        found = await self._do(known.validators, self.archive, url)
        return (found.etag, found.last_modified) if found else (None, None)

    async def due(self, newsroom: Newsroom, now: datetime, *, everything: bool = False) -> list[DuePage]:
        """The releases to look at again now; ``everything``: all of the newsroom."""
        if everything:
            return await self._do(looks.all_pages, self.archive, newsroom.slug)
        return await self._do(known.due_pages, self.archive, newsroom.slug, now)

    async def owed(self, newsroom: Newsroom, now: datetime, *, everything: bool = False) -> list[Debt]:
        """The releases that could not be had in earlier runs and are to be asked for now; ``everything``: all of them."""
        return await self._do(debts, self.archive, newsroom.slug, None if everything else now)

    async def on_hold(self, netloc: str) -> datetime | None:
        """Until when an earlier run was asked to leave a host alone."""
        return await self._do(known.host_on_hold, self.archive, netloc, datetime.now(UTC))

    async def robots(self, url: str) -> looks.Robots | None:
        """What robots.txt answered in the last 24 hours; None where it must be asked again."""
        return await self._do(looks.fresh_robots, self.archive, url, datetime.now(UTC))

    # --- what the crawl sees --------------------------------------------------------------------------------

    async def receive(self, exchange: Exchange) -> tuple[Capture, Exchange]:
        """Appends a response to the evidence; returns when it is there, with the response as it may be read."""
        return await self._do(self._writer.receive, exchange)

    async def store(self, release: Release, capture: Capture, asked: str) -> None:
        """Hands a release over; ``asked`` is the address that led to it and becomes an alias."""
        await self._do(self._writer.store, release, replace(capture, url=asked))

    async def reject(self, newsroom: Newsroom, url: str, reason: str, detail: str, capture: Capture) -> None:
        """Refuses a page with its reason."""
        await self._do(
            partial(
                self._writer.reject,
                newsroom.slug,
                url,
                reason,
                detail=detail,
                capture=capture,
                reader_version=READER_VERSION,
            )
        )

    async def absent(self, newsroom: Newsroom, url: str, how: Absence, capture: Capture) -> None:
        """A known release was not where it was."""
        await self._do(self._writer.absent, newsroom.slug, url, how, capture)

    async def looked_in_vain(
        self, newsroom: Newsroom, url: str, reason: str, capture: Capture | None
    ) -> None:
        """A known release could not be had now."""
        await self._do(self._writer.looked_in_vain, newsroom.slug, url, reason, capture)

    async def owe(self, debt: Debt) -> None:
        """A release that a source names could not be had."""
        await self._do(self._writer.owe, debt)

    async def still_there(self, newsroom: Newsroom, url: str, capture: Capture) -> None:
        """A known release answered 304."""
        await self._do(self._writer.not_modified, newsroom.slug, url, capture)

    async def documents_wanted(self, urls: list[str]) -> list[str]:
        """Those of the attachments that were not fetched lately."""
        return await self._do(documents.wanted, self.archive, urls, datetime.now(UTC))

    async def document(self, document: documents.Document, capture: Capture) -> None:
        """Hands a fetched attachment over."""
        await self._do(self._writer.document, document, capture)

    # --- how it went ----------------------------------------------------------------------------------------

    async def begin_poll(self, newsroom: Newsroom, source: Source) -> int:
        """A look at a source begins; its id. Those that begin together share a disk flush."""
        begun: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._beginning.append(((newsroom.slug, source.address, source.kind), begun))
        if len(self._beginning) == 1:
            await self._begin_together()
        return await begun

    async def end_poll(self, poll_id: int, look: Look) -> None:
        """It ended so."""
        await self._do(self._writer.end_poll, poll_id, look)

    async def open_past(self, newsroom: Newsroom, source: Source, reason: str) -> None:
        """What the source published before is not known. A gap of its own: looks at what is new never close it."""
        await self._do(self._writer.open_gap, newsroom.slug, _past(source), reason)

    async def close_past(self, newsroom: Newsroom, source: Source) -> None:
        """The source was walked back as far as was asked for."""
        await self._do(self._writer.close_gap, newsroom.slug, _past(source))

    async def hold(self, netloc: str, until: datetime, reason: str) -> None:
        """A host asked to be left alone: later runs will."""
        await self._do(self._writer.hold_host, netloc, until, reason)

    async def flush(self) -> None:
        """Commits what waits."""
        await self._do(self._commit)

    def judge(self, newsrooms: list[Newsroom]) -> None:
        """Judges each newsroom by its history and what its entry expects; a trouble becomes an open incident and,
        where the run itself saw none, the verdict of its tally. Called after the reactor stopped.
        """
        if self.failure is None:
            self._thread.submit(self._judge, newsrooms).result()

    def finish(self, exit_code: int, report: str | None = None) -> None:
        """Ends the run with the exit code it will give. After the reactor stopped."""
        self._thread.shutdown()
        if self.failure is None:
            self._count(self._writer.end_run(exit_code, report))

    def close(self) -> None:
        """Ends a run of its own and closes the archive."""
        self.finish(0)
        self._writer.close()

    async def _begin_together(self) -> None:
        await self._do(lambda: None)  # while the thread was busy, others may have come
        together, self._beginning = self._beginning, []
        try:
            ids = await self._do(self._writer.begin_polls, [poll for poll, _ in together])
        except ArchiveError as error:
            for _, begun in together:
                begun.set_exception(error)
            return
        for (_, begun), poll_id in zip(together, ids, strict=True):
            begun.set_result(poll_id)

    # --- inside ---------------------------------------------------------------------------------------------

    async def _do(self, step: Callable[..., T], *args: Any) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._guarded, step, *args)

    def _guarded(self, step: Callable[..., T], *args: Any) -> T:
        if self.failure is not None:
            raise self.failure
        try:
            result = step(*args)
            if self._writer.waiting >= BATCH_STEPS or time.monotonic() - self._committed_at > BATCH_SECONDS:
                self._commit()
        except ArchiveError as error:
            self.failure = error
            self.on_failure()
            raise
        return result

    def _commit(self) -> None:
        self._committed_at = time.monotonic()
        self._count(self._writer.commit_batch())

    def _judge(self, newsrooms: list[Newsroom]) -> None:
        self._commit()
        for newsroom in newsrooms:
            health = histories.settle(self._writer, newsroom.slug, contract_of(newsroom))
            tally = self.tallies.get(newsroom.slug)
            if tally and tally.verdict == "ok" and health.wrong:
                for trouble in health.wrongs:
                    tally.worse(health.verdict, f"{trouble.message}: {trouble.todo}")

    def _count(self, done: tuple[Stored, ...]) -> None:
        for stored in done:
            if tally := self.tallies.get(stored.newsroom):
                tally.count(stored.result)

    def _learn(self, newsroom: Newsroom) -> dict[str, date | None]:
        archive = self.archive
        self._writer.put_newsroom(newsroom_row(newsroom))
        learnt: dict[str, date | None] = dict.fromkeys(
            known.rejected_addresses(archive, newsroom.slug, READER_VERSION)
        )
        learnt |= {url_key(debt.url): None for debt in debts(archive, newsroom.slug)}
        pages = known.known_pages(archive, newsroom.slug)
        return learnt | {key: iso_day(page.published_at) for key, page in pages.items()}


def _past(source: Source) -> str:
    return f"{source.address} (the past)"


def newsroom_row(newsroom: Newsroom) -> NewsroomRow:
    """What the archive keeps of a registry entry."""
    entry = msgspec.json.encode(as_table(newsroom), order="sorted")
    return NewsroomRow(
        slug=newsroom.slug,
        name=newsroom.title,
        country=newsroom.country,
        site=newsroom.site,
        platform=newsroom.platform,
        grade=newsroom.grade,
        languages=newsroom.languages,
        timezone=newsroom.timezone,
        entry_sha256=hashlib.sha256(entry).hexdigest(),
        translations_within=newsroom.expects.translations_within,
    )
