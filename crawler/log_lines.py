"""What Scrapy's log says of items: their address, not their text. A release's contacts are personal data, also in a log."""

from __future__ import annotations

import logging
from typing import Any

from scrapy.logformatter import LogFormatter


class Lines(LogFormatter):
    """Scrapy's own, but for lines that hold a whole item: 8 KB of text and names for each release."""

    def scraped(self, item: Any, *args: Any) -> Any:
        """That an item came out of a page."""
        return {"level": logging.DEBUG, "msg": "Read %(url)s", "args": {"url": _address(item)}}

    def dropped(self, item: Any, exception: BaseException, *args: Any) -> Any:
        """That an item was refused; the exception names address and reason."""
        level = getattr(exception, "log_level", None) or logging.WARNING
        return {"level": level, "msg": "Refused %(what)s", "args": {"what": exception}}

    def item_error(self, item: Any, *args: Any) -> Any:
        """That our own code failed on an item."""
        return {"level": logging.ERROR, "msg": "Failed on %(url)s", "args": {"url": _address(item)}}


def _address(item: Any) -> str:
    return str(getattr(getattr(item, "page", item), "asked", type(item).__name__))
