"""What a source yields, and the form in which addresses leave it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urldefrag, urljoin, urlsplit

from w3lib.url import safe_url_string

from archive.addresses import without_credentials

_BLANKS = re.compile(r"[\t\r\n]")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Found:
    """An address that a source names as a release, with what the source says of it: hints, not facts.

    ``published`` is a day for the stop rule; ``published_raw`` is what was printed.
    """

    url: str
    published: date | None = None
    published_raw: str | None = None
    headline: str | None = None
    language: str | None = None

    def joined(self, other: Found) -> Found:
        """The same address as two sources name it: what this one does not say, the other may."""
        return Found(
            url=self.url,
            published=self.published or other.published,
            published_raw=self.published_raw or other.published_raw,
            headline=self.headline or other.headline,
            language=self.language or other.language,
        )


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One page of a source: what it names, and the addresses of its next pages.

    ``next`` holds one address for a listing, several for a sitemap index. ``refused`` are addresses that are
    never fetched: other schemes than http and https.
    """

    found: tuple[Found, ...]
    next: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


class SourceBroken(ValueError):
    """The answer is not what the source should give; the text says what came. Never read as "nothing new"."""


def absolute(base: str, href: str) -> str | None:
    """The address as it is fetched, without credentials and fragment; None for any scheme but http(s).

    One parser decides and fetches: what has no host here is never handed on (reliability.md B12, B13).
    """
    if not href.strip():
        return None
    try:
        joined = urldefrag(urljoin(base, _BLANKS.sub("", href.strip()))).url
        parts = urlsplit(joined)
        if parts.scheme not in {"http", "https"} or not parts.hostname or "\\" in parts.netloc:
            return None
        return safe_url_string(without_credentials(joined))
    except ValueError:
        return None


def iso_day(text: str | None) -> date | None:
    """The day that an ISO 8601 or RFC 3339 string starts with; None for any other form."""
    found = _ISO_DAY.match(text.strip()) if text else None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def unique(found: list[Found]) -> tuple[Found, ...]:
    """Each address once, in order: listings repeat their pinned items (reliability.md C1)."""
    first: dict[str, Found] = {}
    for it in found:
        first.setdefault(it.url, it)
    return tuple(first.values())
