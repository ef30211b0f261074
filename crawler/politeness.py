"""One request at a time to a host, and a pause between two: for the whole process, whichever newsroom asks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from crawler.refusals import HostOnHold

#: a robots.txt may ask for more, but a crawl that waits longer than this between two pages never ends
LONGEST = 300.0
#: a host that takes long to answer is given as long again, up to this
LONGEST_FOR_SLOW = 30.0
#: a Retry-After up to this many seconds is waited for within the run; a longer one is kept for later runs
PATIENCE = 30.0


@dataclass
class Host:
    """What is known of one host: the pause it asks for, when it answered last, and whose turn it is."""

    asks: float = 0.0
    answered_at: float = float("-inf")
    took: float = 0.0
    not_before: float = float("-inf")
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def pause(self, delay: float) -> float:
        """Seconds between an answer and the next question: the newsroom's, the host's, or as long as the host takes; the longest."""
        return max(delay, self.asks, min(self.took, LONGEST_FOR_SLOW) if delay else 0.0)


class Pace:
    """The turns of all hosts. Hosts are told apart by name and port."""

    def __init__(self) -> None:
        self._hosts: dict[str, Host] = {}

    def host(self, netloc: str) -> Host:
        """The host's own state, made at the first question."""
        return self._hosts.setdefault(netloc.lower(), Host())

    def crawl_delay(self, netloc: str, seconds: float) -> None:
        """What robots.txt asks for."""
        self.host(netloc).asks = min(max(seconds, 0.0), LONGEST)

    def hold(self, netloc: str, seconds: float) -> None:
        """Leaves the host alone for so long from now on."""
        host = self.host(netloc)
        host.not_before = max(host.not_before, time.monotonic() + seconds)

    def held(self, netloc: str) -> float:
        """Seconds until the host may be asked again; 0 for now."""
        return max(0.0, self.host(netloc).not_before - time.monotonic())

    @asynccontextmanager
    async def turn(self, netloc: str, delay: float) -> AsyncIterator[None]:
        """Holds the host for one request, once its pause since the last answer is over.

        Raises ``HostOnHold`` where the host asked for more than ``PATIENCE`` seconds.
        """
        host = self.host(netloc)
        async with host.turn:
            if self.held(netloc) > PATIENCE:
                raise HostOnHold(f"{netloc} asked to be left alone for {self.held(netloc):.0f} s more")
            wait = max(host.answered_at + host.pause(delay), host.not_before) - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            started = time.monotonic()
            try:
                yield
            finally:
                # From the answer on, not from the question: so the host, too, never sees a shorter pause.
                host.answered_at = time.monotonic()
                host.took = host.answered_at - started
