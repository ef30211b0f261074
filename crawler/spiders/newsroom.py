"""The one crawling spider: looks at a newsroom's sources, fetches what is new, re-reads what is due."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from archive.addresses import url_key
from archive.model import Capture
from archive.owed import Debt
from crawler.failures import explain_failure, explain_status, request_of
from crawler.identity import CONTACT, refuse_without_contact, user_agent
from crawler.middlewares.conditional import CONDITIONAL
from crawler.middlewares.evidence import PURPOSE
from crawler.polls import Poll
from crawler.recorder import Recorder
from crawler.registry import Newsroom, Source
from crawler.sources import Found, SourceBroken, SourcePage, read_source
from crawler.sources.walk import Walk, too_deep
from crawler.spiders.attachments import AttachmentReader
from crawler.spiders.releases import ReleaseReader
from crawler.tally import Tally

#: statuses that are answers to us, not errors of Scrapy's: a 304, a 404 and a 410 say something
HANDLED = [304, *range(400, 600)]
#: a source of more bytes is read beside the reactor: a sitemap of 10 MB held all newsrooms for 2.6 s (measured 2026-11)
_LARGE = 200_000
_BROWSER = "crawler.browser.BrowserHandler"
#: what is asked first: sources, then what is new, then what is known
_PRIORITY = {"source": 20, "new": 10, "known": 0}


class NewsroomSpider(Spider):
    """Crawls the newsroom that the spider loader put into the class."""

    newsroom: Newsroom

    def __init__(
        self, recorder: Recorder, since: date | str | None = None, own: bool = False, most: int | None = None
    ) -> None:
        super().__init__(self.newsroom.slug)
        self.recorder = recorder
        self.since = date.fromisoformat(since) if isinstance(since, str) else since
        self.tally = Tally(self.newsroom.slug, self.newsroom.title)
        self.polls: list[Poll] = []
        self.releases = ReleaseReader(self)
        self.attachments = AttachmentReader(self)
        self._asked: set[str] = set()
        self._settled: set[str] = set()
        #: requests on their way, to which another source may add what it says of the address
        self._waiting: dict[str, Request] = {}
        #: addresses that earlier runs could not have → the source that named them
        self._owed_by: dict[str, str] = {}
        self._feeds_done = False
        self._own = own
        self._most = most

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Who asks, and the newsroom's recorded exception to TLS. Raises ``UsageError`` without a contact."""
        super().update_settings(settings)
        contact = settings.get(CONTACT) or os.environ.get(CONTACT)
        refuse_without_contact([cls.newsroom], contact)
        settings.set("USER_AGENT", user_agent(contact), priority="spider")
        if cls.newsroom.browser:
            handlers = {**settings.getdict("DOWNLOAD_HANDLERS"), **dict.fromkeys(("http", "https"), _BROWSER)}
            settings.set("DOWNLOAD_HANDLERS", handlers, priority="spider")
        settings.set("DOWNLOAD_VERIFY_CERTIFICATES", cls.newsroom.tls == "verified", priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """With the run's recorder, or (for ``scrapy crawl``) with one of its own."""
        if "recorder" not in kwargs:
            kwargs |= {"recorder": Recorder.open_for(crawler.settings), "own": True}
        return super().from_crawler(crawler, *args, **kwargs)

    # --- sources ------------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Request]:
        """Feeds first: where one says that nothing is new, nothing else is asked."""
        await self.recorder.open_newsroom(self.newsroom, self.tally)
        async for request in self._owed():
            yield request
        feeds = [source for source in self.newsroom.sources if source.kind == "feed"]
        # All of them before the first can answer: what is done once all feeds have answered counts open polls.
        for request in [await self._look_at(source) for source in feeds]:
            yield request
        for source in self.newsroom.sources:
            if source.kind != "feed" and (not feeds or await self._must_walk(source)):
                yield await self._look_at(source)
        if not feeds:
            async for request in self._rereads():
                yield request

    async def _must_walk(self, source: Source) -> bool:
        return self.since is not None or await self.recorder.last_whole_look(self.newsroom, source) is None

    async def _look_at(self, source: Source) -> Request:
        """The first request of a poll. Conditional only after a look that was carried through."""
        last = await self.recorder.last_whole_look(self.newsroom, source)
        since = self.since or (self.newsroom.since if last is None else None)
        poll = Poll(
            source,
            Walk(since, last.date() if last else None),
            await self.recorder.begin_poll(self.newsroom, source),
        )
        self.polls.append(poll)
        may = last is not None and self.since is None
        conditional = may and await self.recorder.may_ask_conditionally(self.newsroom, source)
        return self._ask_source(poll, source.address, conditional=conditional)

    def _ask_source(self, poll: Poll, url: str, *, conditional: bool = False) -> Request:
        poll.asked.add(url)
        poll.open_pages += 1
        return Request(
            url,
            callback=self.parse_source,
            errback=self.source_failed,
            cb_kwargs={"poll": poll},
            priority=_PRIORITY["source"],
            dont_filter=True,
            meta={PURPOSE: poll.source.kind, CONDITIONAL: conditional, "handle_httpstatus_list": HANDLED},
        )

    async def parse_source(self, response: Response, poll: Poll) -> AsyncIterator[Request]:
        """Requests for what is new on one page of a source, and for its next page."""
        poll.open_pages -= 1
        poll.status = poll.status or response.status
        if response.status == 304:
            poll.outcome = "unchanged"
        elif response.status != 200:
            self._source_trouble(poll, *explain_status(response.status))
        else:
            poll.pages += 1
            async for request in self._read_source(response, poll):
                yield request
        async for request in self._after_feeds():
            yield request

    async def source_failed(self, failure: Failure) -> AsyncIterator[Request]:
        """A page that can't be had is trouble, never the end of a list."""
        poll: Poll = request_of(failure).cb_kwargs["poll"]
        poll.open_pages -= 1
        self._source_trouble(poll, *explain_failure(failure))
        async for request in self._after_feeds():
            yield request

    async def _read_source(self, response: Response, poll: Poll) -> AsyncIterator[Request]:
        content_type = (response.headers.get(b"Content-Type") or b"").decode("latin-1")
        charset = getattr(response, "encoding", None)
        read = partial(
            read_source,
            poll.source,
            self.newsroom,
            response.url,
            response.body,
            content_type=content_type,
            charset=charset,
        )
        try:
            page = await asyncio.to_thread(read) if len(response.body) > _LARGE else read()
        except SourceBroken as error:
            self._source_trouble(poll, "broken", str(error))
            return
        poll.refused += page.refused
        known = await self.recorder.known(self.newsroom, [it.url for it in page.found])
        poll.known += len(known)
        for found in page.found:
            poll.seen.add(found.url)
            if found.url not in known and not poll.walk.leaves_out(found):
                poll.new.add(found.url)
                for request in self._ask_new(found, poll):
                    yield request
        async for request in self._ask_further(page, poll, known):
            yield request

    async def _ask_further(
        self, page: SourcePage, poll: Poll, known: dict[str, date | None]
    ) -> AsyncIterator[Request]:
        """The next pages: all of an index, one of a listing, unless the walk has come far enough."""
        walks = poll.source.kind in {"listing", "api"}
        if walks and (not page.found or poll.walk.ends(page.found, known)):
            # Past the last page many sites show an empty one.
            poll.reached_end = poll.pages > 1 or bool(page.found)
            if poll.walk.is_first_sight and page.next:
                await self._gap(
                    poll, "first look: what was published before was not fetched; --since fills it"
                )
            return
        poll.reached_end = poll.reached_end or not page.next
        for url in page.next:
            if url in poll.asked:
                poll.reached_end = True
            elif poll.pages >= poll.source.max_pages or too_deep(url):
                await self._gap(poll, f"not walked to its end: page {poll.pages}, next {url}")
            else:
                yield self._ask_source(poll, url)

    async def _gap(self, poll: Poll, reason: str) -> None:
        """What lies behind is not known, and that is on record."""
        await self.recorder.open_past(self.newsroom, poll.source, reason)
        poll.has_gap = True
        self.tally.gaps.append(f"{poll.source.kind} {poll.source.address}: {reason}")

    def _source_trouble(self, poll: Poll, verdict: str, reason: str) -> None:
        poll.fail(verdict, reason)
        self.tally.worse(verdict, f"{poll.source.kind} {poll.source.address}: {reason}")

    async def _after_feeds(self) -> AsyncIterator[Request]:
        """Once all feeds have answered: listings where a feed may have overflowed, and what is due again."""
        feeds = [poll for poll in self.polls if poll.source.kind == "feed"]
        if self._feeds_done or not feeds or any(poll.open_pages for poll in feeds):
            return
        self._feeds_done = True
        looked_at = {poll.source for poll in self.polls}
        if any(poll.overflowed for poll in feeds):
            for source in self.newsroom.sources:
                if source not in looked_at:
                    yield await self._look_at(source)
        async for request in self._rereads():
            yield request

    # --- releases -----------------------------------------------------------------------------------------

    def _ask_new(self, found: Found, poll: Poll) -> Iterator[Request]:
        key = url_key(found.url)
        if self._most is not None and self.tally.found >= self._most:
            return
        if key not in self._settled:
            poll.open_releases.add(key)
        if waiting := self._waiting.get(key):
            waiting.cb_kwargs["found"] = waiting.cb_kwargs["found"].joined(found)
        if key in self._asked:
            return
        self._asked.add(key)
        self.tally.found += 1
        self._waiting[key] = self._ask_release(found.url, known=False, conditional=False, found=found)
        yield self._waiting[key]

    async def _owed(self) -> AsyncIterator[Request]:
        """Releases that earlier runs could not have, whose turn it is: their sources need not name them again."""
        now = datetime.now(UTC)
        for debt in await self.recorder.owed(self.newsroom, now, everything=self.since is not None):
            found = Found(debt.url, None, debt.published_raw, None, debt.language)
            self._asked.add(url_key(debt.url))
            self._owed_by[url_key(debt.url)] = debt.source
            yield self._ask_release(debt.url, known=False, conditional=False, found=found)

    async def _rereads(self) -> AsyncIterator[Request]:
        """Known releases whose turn it is; with ``reread = "always"`` all, unless every feed says 304."""
        always = self.newsroom.reread == "always"
        if always and self.polls and all(poll.outcome == "unchanged" for poll in self.polls):
            return
        for due in await self.recorder.due(self.newsroom, datetime.now(UTC), everything=always):
            key = url_key(due.url)
            if key not in self._asked:
                self._asked.add(key)
                yield self._ask_release(due.url, known=True, conditional=due.conditional)

    def _ask_release(
        self, url: str, *, known: bool, conditional: bool, found: Found | None = None
    ) -> Request:
        self.tally.asked += 1
        return Request(
            url,
            callback=self.releases.parse,
            errback=self.releases.failed,
            cb_kwargs={"asked": url, "known": known, "found": found},
            priority=_PRIORITY["known" if known else "new"],
            dont_filter=True,
            meta={PURPOSE: "release", CONDITIONAL: conditional, "handle_httpstatus_list": HANDLED},
        )

    async def owe(
        self, asked: str, found: Found, told: tuple[str, str], capture: Capture | None, requested: bool
    ) -> None:
        """A new release could not be had: the archive owes it from now on, and no poll waits for it."""
        key = url_key(asked)
        source = self._owed_by.get(key) or next(
            (poll.source.address for poll in self.polls if key in poll.open_releases), ""
        )
        hints = (found.published_raw, found.language)
        await self.recorder.owe(Debt(self.name, asked, source, *told, *hints, capture, requested))
        self.settle(asked)

    def settle(self, asked: str) -> None:
        """A release is stored, refused, known to be gone, or owed: no poll waits for it any more."""
        self.tally.done += 1
        key = url_key(asked)
        self._settled.add(key)
        self._waiting.pop(key, None)
        for poll in self.polls:
            poll.open_releases.discard(key)

    async def closed(self, reason: str) -> None:
        """Writes down how every poll ended, in the same order as everything that it brought."""
        for poll in self.polls:
            look = poll.look(finished=reason == "finished")
            if look.outcome not in {"ok", "unchanged"} and self.tally.verdict == "ok":
                verdict = "broken" if look.outcome == "empty" else look.outcome
                self.tally.worse(verdict, f"{poll.source.kind} {poll.source.address}: {look.message}")
            if look.outcome == "ok" and poll.walk.since and not poll.has_gap:
                await self.recorder.close_past(self.newsroom, poll.source)
            await self.recorder.end_poll(poll.id, look)
        if self.tally.asked:
            await self.recorder.flush()
        self.tally.requests = self.crawler.stats.get_value("downloader/request_count", 0)
        self.tally.stop()
        if self._own:
            self.recorder.close()
