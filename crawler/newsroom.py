"""What an entry of the registry holds: typed values of a newsroom, its sources and its contract."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import msgspec

from archive.errors import UsageError
from archive.health import Contract

Kind = Literal["feed", "listing", "sitemap", "api"]
KINDS: tuple[Kind, ...] = ("feed", "listing", "sitemap", "api")


class RegistryError(UsageError, ValueError):
    """An entry that can't be used; the text names file, table, key and what was expected."""


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where release addresses come from. Exactly one of ``feed, listing, sitemap, api`` is an address.

    A relative address is joined to the newsroom's ``site``. For a listing ``item``, ``link``, ``date`` and
    ``next`` are CSS selectors; for an API ``item``, ``link``, ``title`` and ``date`` are dotted paths in the
    JSON answer. ``page`` names the query parameter that counts pages from ``first`` in steps of ``step``.
    """

    feed: str | None = None
    listing: str | None = None
    sitemap: str | None = None
    api: str | None = None
    language: str | None = None
    item: str | None = None
    link: str | None = None
    title: str | None = None
    date: str | None = None
    next: str | None = None
    page: str | None = None
    first: int = 1
    step: int = 1
    keep: str | None = None  # addresses that this regular expression does not find are no releases
    max_pages: int = 100

    @property
    def kind(self) -> Kind:
        """Which of the four it is."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @property
    def address(self) -> str:
        """The address to start from."""
        return str(getattr(self, self.kind))


class Expects(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The contract: how many releases a month (least, most), which share of releases has a field, and within how many
    hours an edit of one language's version is made in the others, too.
    """

    per_month: tuple[int, int] | None = None
    filled: dict[str, float] = {}
    translations_within: int = 72


class Newsroom(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An institution's press site. ``name`` maps a language to the institution's name in it.

    ``country`` and ``timezone`` are None only for a page of a site that nobody described.
    ``since`` is how far the first crawl reaches back; without it the first crawl takes what the sources show first.
    ``attachments`` are the types of linked documents that are fetched too, up to ``attachment_mb`` megabytes each.
    ``tls = "unverified"`` is an exception with its ``tls_reason``, kept with every capture that it let through.
    ``delay`` is the least pause between two requests to a host, in seconds; robots.txt can only raise it.
    """

    slug: str
    name: dict[str, str]
    site: str
    country: str | None
    timezone: str | None
    languages: tuple[str, ...]
    sources: tuple[Source, ...] = ()
    platform: str | None = None
    grade: Literal["captured", "reported", "unverified"] = "unverified"
    select: dict[str, str] = {}
    day_order: Literal["dmy", "mdy", "ymd"] | None = None
    expects: Expects = Expects()
    since: date | None = None
    delay: float = 3.0
    reread: Literal["by age", "always"] = "by age"
    browser: bool = False
    tls: Literal["verified", "unverified"] = "verified"
    tls_reason: str | None = None  # why nobody vouches for its certificate, and who looked at it when
    attachments: tuple[Literal["pdf", "docx", "xlsx", "pptx", "odt", "ods", "csv", "zip"], ...] = ()
    attachment_mb: int = 20

    @property
    def tls_exception(self) -> str | None:
        """Why its certificates are not verified; None where they are."""
        return self.tls_reason if self.tls == "unverified" else None

    @property
    def title(self) -> str:
        """The name in the first language that it has one in."""
        return next((self.name[tag] for tag in self.languages if tag in self.name), self.slug)


def as_table(newsroom: Newsroom) -> dict[str, Any]:
    """The entry as plain values, for JSON and for its digest in the archive."""
    table: dict[str, Any] = msgspec.to_builtins(newsroom)
    return table


def contract_of(newsroom: Newsroom) -> Contract:
    """What the entry expects, as the archive judges it."""
    return Contract(newsroom.expects.per_month, tuple(newsroom.expects.filled.items()))
