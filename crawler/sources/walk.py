"""When a walk through a listing may stop. Pure: what the archive knows against what a page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from crawler.sources.found import Found

#: releases dated a few days back appear late on many sites: the walk goes this far beyond the last whole look
LATE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Walk:
    """How far a walk goes.

    ``since``: back to this day whatever is known. ``seen_until``: the day of the last look that was carried
    through, None where there was none. With neither, the first page is all: the rest of the past is a gap.
    """

    since: date | None = None
    seen_until: date | None = None

    @property
    def is_first_sight(self) -> bool:
        """Whether nothing says how far to go: the first page is taken, the rest of the past is a gap."""
        return self.since is None and self.seen_until is None

    def leaves_out(self, found: Found) -> bool:
        """Whether it is older than the day aimed at. What a source does not date is taken."""
        return self.since is not None and found.published is not None and found.published < self.since

    def ends(self, page: tuple[Found, ...], known: Mapping[str, date | None]) -> bool:
        """Whether the pages behind this one can be left out.

        ``known`` maps the addresses of the page that the archive has to their day. Most of a page must be older
        than the day aimed at, and without ``since`` every item must be known too: a pinned, re-ordered or repeated
        item can't end a walk, and neither can a number of known items alone (reliability.md C1, C2).
        """
        if self.is_first_sight:
            return True
        if self.since is None and any(it.url not in known for it in page):
            return False
        aim = self.since or (self.seen_until or date.min) - LATE
        days = [day for it in page if (day := it.published or known.get(it.url))]
        older = sum(day < aim for day in days)
        return bool(days) and older * 2 > len(page)


def too_deep(url: str) -> bool:
    """Whether an address looks like a trap: a part of its path three times, or more than twenty parts (case C3)."""
    parts = [part for part in urlsplit(url).path.split("/") if part]
    return len(parts) > 20 or any(parts.count(part) > 2 for part in set(parts))
