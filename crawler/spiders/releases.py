"""From the answer to a release's address to what it says: a page to read, a release gone, or a refusal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.model import Absence, Capture
from crawler.absences import absence_of_answer, absence_of_refusal
from crawler.failures import explain_failure, explain_status, request_of
from crawler.items import Refusal, ReleaseItem
from crawler.middlewares.evidence import CAPTURE
from crawler.reading import open_page, read
from crawler.refusals import HostOnHold
from crawler.sources import Found

if TYPE_CHECKING:
    from crawler.spiders.newsroom import NewsroomSpider


@dataclass(frozen=True, slots=True)
class PageRead:
    """What travels through the pipelines: an item, the capture it was read from, and the address asked for."""

    item: ReleaseItem
    capture: Capture
    asked: str
    found: Found | None = None


class ReleaseReader:
    """The callbacks of release requests."""

    def __init__(self, spider: NewsroomSpider) -> None:
        self._spider = spider
        self._recorder = spider.recorder
        self._newsroom = spider.newsroom

    async def parse(
        self, response: Response, asked: str, known: bool, found: Found | None
    ) -> AsyncIterator[PageRead | Request]:
        """The item of a release page; everything else is written down here."""
        capture: Capture = response.meta[CAPTURE]
        if response.status == 304:
            await self._recorder.still_there(self._newsroom, asked, capture)
            self._spider.settle(asked)
        elif how := absence_of_answer(asked, response.url, response.status, self._newsroom):
            await self._missing(asked, capture, known, how)
        elif response.status != 200:
            await self._in_vain(asked, found, explain_status(response.status), capture)
        else:
            async for page in self._read(response, capture, asked, known, found):
                yield page

    async def failed(self, failure: Failure) -> None:
        """A release that can't be had now: it is asked for again when its turn comes."""
        request = request_of(failure)
        asked, found = request.cb_kwargs["asked"], request.cb_kwargs["found"]
        requested = not isinstance(failure.value, HostOnHold)
        await self._in_vain(asked, found, explain_failure(failure), request.meta.get(CAPTURE), requested)

    async def _in_vain(
        self,
        asked: str,
        found: Found | None,
        told: tuple[str, str],
        capture: Capture | None,
        requested: bool = True,
    ) -> None:
        """``found`` is None for a release that the archive has: it stays due where nothing was requested."""
        self._spider.tally.failed += 1
        self._spider.tally.worse(told[0], f"{asked}: {told[1]}")
        if found is not None:
            await self._spider.owe(asked, found, told, capture, requested)
        elif requested:
            await self._recorder.looked_in_vain(self._newsroom, asked, told[1], capture)

    async def _read(
        self, response: Response, capture: Capture, *told: Any
    ) -> AsyncIterator[PageRead | Request]:
        asked, known, found = told
        content_type = (response.headers.get(b"Content-Type") or b"").decode("latin-1")
        page = open_page(response.body, response.url, content_type)
        item = page if isinstance(page, Refusal) else read(page, self._newsroom)
        if isinstance(item, ReleaseItem):
            yield PageRead(item, capture, asked, found)
            async for request in self._spider.attachments.requests(item):
                yield request
        elif known and (how := absence_of_refusal(asked, response.url, item.reason)):
            await self._missing(asked, capture, known, how)
        else:
            await self.reject(asked, capture, item.reason, item.evidence)

    async def _missing(self, asked: str, capture: Capture, known: bool, how: Absence) -> None:
        if not known:
            await self.reject(asked, capture, str(how), "named by a source, and not there")
            return
        await self._recorder.absent(self._newsroom, asked, how, capture)
        self._spider.settle(asked)

    async def reject(self, asked: str, capture: Capture, reason: str, detail: str) -> None:
        """Writes a page down as refused."""
        await self._recorder.reject(self._newsroom, asked, reason, detail, capture)
        self._spider.settle(asked)
