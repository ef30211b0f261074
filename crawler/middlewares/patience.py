"""What a host says about when to come again: Retry-After across runs, and back-off with jitter where it says nothing."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response

from crawler.fetching import PACE
from crawler.politeness import PATIENCE
from crawler.recorder import Recorder
from crawler.refusals import HostOnHold

#: no host can silence a newsroom for longer by one header
LONGEST = timedelta(hours=24)
_ASKING_FOR_PATIENCE = (429, 503)
#: so many requests in a row given up: the host is down, and the rest of the run leaves it alone
_DOWN_AFTER = 5


class PatienceMiddleware(RetryMiddleware):
    """Scrapy ignores Retry-After: three requests within 0.02 s of "Retry-After: 30" (measured 2026-11)."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler.settings)
        self.crawler = crawler
        self._recorder = Recorder.of(crawler)
        self._base = crawler.settings.getfloat("RETRY_BACKOFF", 2.0)
        self._asked: set[str] = set()
        self._given_up: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PatienceMiddleware:
        """The middleware with the archive of the run."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Learns once a host whether an earlier run was asked to leave it alone."""
        netloc = urlsplit(request.url).netloc
        if self._given_up[netloc] >= _DOWN_AFTER:
            raise HostOnHold(f"{netloc} is down: {_DOWN_AFTER} requests in a row were given up")
        if netloc not in self._asked:
            self._asked.add(netloc)
            if until := await self._recorder.on_hold(netloc):
                PACE.hold(netloc, (until - datetime.now(UTC)).total_seconds())

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The response, or the request again once the host has had its pause."""
        netloc = urlsplit(request.url).netloc
        if response.status not in (*_ASKING_FOR_PATIENCE, *self.retry_http_codes):
            self._given_up.pop(netloc, None)
            return response
        told = (response.headers.get(b"Retry-After") or b"").decode("latin-1")
        wait = retry_after(told, datetime.now(UTC))
        if wait is None:
            PACE.hold(netloc, self._back_off(request))
        else:
            await self._hold(netloc, told, wait)
            if wait.total_seconds() > PATIENCE:
                return response
        again = self._retry(request, f"HTTP {response.status}")
        if again is None:
            self._give_up(netloc)
        return again or response

    def process_exception(self, request: Request, exception: Exception) -> Request | Response | None:  # type: ignore[override]
        """The request again, after a pause, where the network failed."""
        again = super().process_exception(request, exception)
        if again is not None:
            PACE.hold(urlsplit(request.url).netloc, self._back_off(request))
        elif isinstance(exception, self.exceptions_to_retry):
            self._give_up(urlsplit(request.url).netloc)
        return again

    def _give_up(self, netloc: str) -> None:
        """An outage must not cost a minute for each of hundreds of releases that are due."""
        self._given_up[netloc] += 1

    async def _hold(self, netloc: str, told: str, wait: timedelta) -> None:
        capped = min(wait, LONGEST)
        PACE.hold(netloc, capped.total_seconds())
        if capped.total_seconds() > PATIENCE:
            reason = f"Retry-After: {told[:40]}" + (" (capped at 24 h)" if wait > LONGEST else "")
            await self._recorder.hold(netloc, datetime.now(UTC) + capped, reason)

    def _back_off(self, request: Request) -> float:
        """Seconds: doubled with each try, a half more or less so that clients do not come back together."""
        tries: int = request.meta.get("retry_times", 0)
        return float(min(self._base * 2**tries, PATIENCE) * random.uniform(0.5, 1.5))  # noqa: S311


def retry_after(text: str, now: datetime) -> timedelta | None:
    """How long a Retry-After header asks to wait, seconds or an HTTP date; None for what is neither."""
    text = text.strip()
    if text.isdigit():
        return timedelta(seconds=min(int(text[:12]), 10**10))
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(aware - now, timedelta(0))
