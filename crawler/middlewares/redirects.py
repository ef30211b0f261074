"""Redirects: followed within http(s), without a Referer, never beyond the limit."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response


class PlainRedirectMiddleware(RedirectMiddleware):
    """Scrapy's own, which expects the Referer middleware: we send no Referer to anybody."""

    def handle_referer(self, request: Request, response: Response) -> None:
        """No request carries a Referer."""
        request.headers.pop("Referer", None)

    def _engine_started(self) -> None:
        """Nothing is missing: Scrapy's own warns here of the Referer middleware that we leave out."""
