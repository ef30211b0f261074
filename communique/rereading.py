"""Reads stored captures with the present reader: nothing is fetched."""

from __future__ import annotations

from archive import known
from archive.database import Archive
from archive.model import Capture, Release
from crawler.items import Refusal
from crawler.reading import open_page, read
from crawler.registry import Newsroom, all_newsrooms
from crawler.sources import Found
from pipelines.contract import broken_rule
from pipelines.hints import with_hints
from pipelines.release import to_release


class Rereader:
    """What a stored page says to the present reader, so that an edit is told from a reader that reads otherwise."""

    def __init__(self) -> None:
        self._archive: Archive | None = None

    def attach(self, archive: Archive) -> None:
        """The archive whose captures are read."""
        self._archive = archive

    def __call__(self, capture: Capture) -> Release | None:
        """The release of a capture; None where the present reader refuses it or its newsroom is gone."""
        assert self._archive is not None, "attach an archive first"
        stored = known.page(self._archive, capture)
        newsroom = all_newsrooms().get(stored.newsroom or "")
        if newsroom is None:
            return None
        release = read_stored(stored, newsroom)
        return None if isinstance(release, Refusal) else release


def read_stored(stored: known.Page, newsroom: Newsroom) -> Release | Refusal:
    """The release of a stored page, or why it is none: the same way as in a crawl, at the time of the capture."""
    content_type = next((value for name, value in stored.headers if name.lower() == "content-type"), None)
    page = open_page(stored.body, stored.url, content_type)
    item = page if isinstance(page, Refusal) else read(page, newsroom)
    if isinstance(item, Refusal):
        return item
    release = to_release(with_hints(item, _found(stored)), newsroom)
    broken = broken_rule(release, newsroom, stored.captured_at)
    return release if broken is None else Refusal(stored.url, *broken)


def _found(stored: known.Page) -> Found | None:
    hints = dict(stored.hints)
    if not hints:
        return None
    return Found(stored.url, published_raw=hints.get("published_raw"), language=hints.get("language"))
