"""The newsrooms: typed values, loaded from ``newsrooms/*.toml`` and checked as they are loaded."""

from __future__ import annotations

import msgspec


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where release addresses come from. Exactly one of ``feed, listing, sitemap, api`` is an address."""

    feed: str | None = None
    listing: str | None = None
    sitemap: str | None = None
    api: str | None = None


class Newsroom(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An institution's press site. ``name`` maps a language to the institution's name in it."""

    slug: str
    name: dict[str, str]
    site: str
    country: str
    timezone: str
    languages: tuple[str, ...]
    sources: tuple[Source, ...] = ()
    platform: str | None = None
    grade: str = "unverified"
    select: dict[str, str] = {}
