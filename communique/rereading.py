"""Reads stored captures with the present reader: nothing is fetched."""

from __future__ import annotations

from archive import evidence, known
from archive.database import Archive
from archive.model import Capture, Release
from crawler.items import Refusal
from crawler.reading import read
from crawler.reading.page import parse_page
from crawler.registry import all_newsrooms
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
        place = evidence.Place(capture.warc_file, capture.offset, capture.length)
        slug = evidence.read_record(self._archive.evidence, place).newsroom
        newsroom = all_newsrooms().get(slug or "")
        if newsroom is None:
            return None
        stored = known.page(self._archive, capture)
        content_type = next((value for name, value in stored.headers if name.lower() == "content-type"), None)
        page = parse_page(stored.body, stored.url, content_type)
        item = page if isinstance(page, Refusal) else read(page, newsroom)
        return None if isinstance(item, Refusal) else to_release(item, newsroom)
