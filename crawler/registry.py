"""The newsrooms: loaded from ``newsrooms/*.toml`` and found by slug, country or address."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from crawler.entries import build, read_tables
from crawler.newsroom import (
    Expects,
    Newsroom,
    RegistryError,
    Source,
    as_table,
    contract_of,
)
from crawler.places import country_of, only_zone

__all__ = [
    "BUILT_IN",
    "OWN_NEWSROOMS",
    "Expects",
    "Newsroom",
    "RegistryError",
    "Source",
    "all_newsrooms",
    "as_table",
    "contract_of",
    "find_newsrooms",
    "load_file",
    "newsroom_of",
    "unknown_newsroom",
]

BUILT_IN = Path(__file__).parent / "newsrooms"
#: an operator's own newsrooms, beside the built-in ones: a folder of the same kind of files
OWN_NEWSROOMS = "COMMUNIQUE_NEWSROOMS"


@lru_cache(maxsize=4)
def all_newsrooms() -> dict[str, Newsroom]:
    """Every newsroom by slug: the built-in ones and those of ``$COMMUNIQUE_NEWSROOMS``.

    Raises ``RegistryError`` for an entry that can't be used.
    """
    folders = [BUILT_IN]
    if own := os.environ.get(OWN_NEWSROOMS):
        folders.append(Path(own))
    newsrooms: dict[str, Newsroom] = {}
    for path in (file for folder in folders for file in sorted(folder.glob("*.toml"))):
        for newsroom in load_file(path):
            if newsroom.slug in newsrooms:
                raise RegistryError(
                    f"{path.name}: newsroom {newsroom.slug} is described twice; rename one table"
                )
            newsrooms[newsroom.slug] = newsroom
    return newsrooms


def load_file(path: Path) -> list[Newsroom]:
    """The newsrooms of one file: ``[defaults]`` first, then a table each. Raises ``RegistryError``."""
    defaults, tables = read_tables(path)
    return [build(path, table, entry, defaults) for table, entry in tables.items()]


def find_newsrooms(names: tuple[str, ...]) -> list[Newsroom]:
    """The newsrooms that slugs or countries (file names: ``fi``) name, in that order, each once; none: all
    but the demonstration. Raises ``KeyError`` with the name that nothing answers to."""
    newsrooms = all_newsrooms()
    if not names:
        return [newsroom for slug, newsroom in newsrooms.items() if slug != "demo"]
    found: dict[str, Newsroom] = {}
    for name in names:
        hits = [name] if name in newsrooms else [slug for slug in newsrooms if slug.startswith(f"{name}_")]
        if not hits:
            raise KeyError(name)
        found |= {slug: newsrooms[slug] for slug in hits}
    return list(found.values())


def unknown_newsroom(
    url: str, timezone: str | None = None, languages: tuple[str, ...] = (), country: str | None = None
) -> Newsroom:
    """A newsroom for a page that nobody described: what the address tells, and nothing guessed.

    The country comes from the host's last label; the zone from the country only where it has one clock.
    """
    host = (urlsplit(url).hostname or "").lower()
    place = (country or country_of(host) or "").upper() or None
    return Newsroom(
        slug=host.replace(".", "_").replace("-", "_") or "unknown",
        name={},
        site=urljoin(url, "/") if host else "",
        country=place,
        timezone=timezone or (only_zone(place) if place else None),
        languages=tuple(languages),
    )


def newsroom_of(url: str) -> Newsroom | None:
    """The described newsroom that publishes on the address's host, if exactly one does."""
    host = urlsplit(url).hostname
    hits = [newsroom for newsroom in all_newsrooms().values() if urlsplit(newsroom.site).hostname == host]
    return hits[0] if host and len(hits) == 1 else None
