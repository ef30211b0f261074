"""What a source said of a release before it was fetched, as the last evidence of what its page does not say. Pure."""

from __future__ import annotations

from dataclasses import replace

from crawler.items import Printed, ReleaseItem
from crawler.sources import Found


def with_hints(item: ReleaseItem, found: Found | None) -> ReleaseItem:
    """The item with what its source said of it as the last evidence: some sites date releases on the list only."""
    if found is None:
        return item
    published = item.published
    if found.published_raw and not published:
        published = (Printed(found.published_raw, "source:published"),)
    language = item.language or (Printed(found.language, "source:language") if found.language else None)
    return replace(item, published=published, language=language)
