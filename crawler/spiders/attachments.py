"""The documents that releases link: fetched where the newsroom's entry asks for it, kept as evidence, read as text."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.documents import Document
from archive.model import Capture
from crawler.items import ReleaseItem
from crawler.middlewares.conditional import CONDITIONAL
from crawler.middlewares.evidence import CAPTURE, PURPOSE
from crawler.reading.pdf import pdf_text

if TYPE_CHECKING:
    from crawler.spiders.newsroom import NewsroomSpider

_PRIORITY = -10  # after every release: a document is worth nothing without the release that links it
_HANDLED = [304, *range(400, 600)]


class AttachmentReader:
    """Requests for attachments, and their callbacks."""

    def __init__(self, spider: NewsroomSpider) -> None:
        self._spider = spider
        self._newsroom = spider.newsroom
        self._asked: set[str] = set()

    async def requests(self, item: ReleaseItem) -> AsyncIterator[Request]:
        """A request for each document of a wanted type that was not fetched lately."""
        urls = [each.url for each in item.attachments if self._is_wanted(each.url)]
        if not urls:
            return
        for url in await self._spider.recorder.documents_wanted(urls):
            self._asked.add(url)
            yield Request(
                url,
                callback=self.parse,
                errback=self.failed,
                priority=_PRIORITY,
                dont_filter=True,
                meta={
                    PURPOSE: "attachment",
                    CONDITIONAL: True,
                    "handle_httpstatus_list": _HANDLED,
                    "download_maxsize": self._newsroom.attachment_mb << 20,
                },
            )

    async def parse(self, response: Response) -> None:
        """Hands a document to the archive. The capture alone says that it is not there, or as before."""
        if response.status != 200:
            return
        capture: Capture = response.meta[CAPTURE]
        kind = (response.headers.get(b"Content-Type") or b"").decode("latin-1").partition(";")[0].strip()
        document = await asyncio.to_thread(
            read_document, self._newsroom.slug, capture.url, response.body, kind
        )
        await self._spider.recorder.document(document, capture)

    async def failed(self, failure: Failure) -> None:
        """A document that can't be had is asked for again with the next look at its release."""
        self._spider.crawler.stats.inc_value("communique/attachments_failed")

    def _is_wanted(self, url: str) -> bool:
        ending = urlsplit(url).path.rpartition(".")[2].lower()
        return ending in self._newsroom.attachments and url not in self._asked


def read_document(newsroom: str, url: str, body: bytes, media_type: str | None) -> Document:
    """A document with its text, where it is a PDF that can be read."""
    digest = hashlib.sha256(body).hexdigest()
    if not body.startswith(b"%PDF-"):
        return Document(newsroom, url, digest, len(body), media_type or None)
    read = pdf_text(body)
    return Document(
        newsroom, url, digest, len(body), media_type or None, read.text, read.pages, read.refused
    )  # fmt: skip
