"""Platforms: one module a CMS family, each only what differs from the default reading.

A layout is chosen by the page's own content, the newest first, never by a date or a host; none is ever deleted,
since stored captures are read again. ``layout_for`` is the one entrance.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from crawler.platforms.layout import FIELDS, Layout, Marker, check_selector
from crawler.registry import Newsroom

if TYPE_CHECKING:
    from crawler.reading.page import Page

__all__ = ["FIELDS", "PLATFORMS", "Layout", "Marker", "all_layouts", "check_selector", "layout_for"]

#: tried in this order: families whose marks are their own before those whose marks others borrow
PLATFORMS = (
    "answers", "liferay", "govuk", "europarl", "sophora", "gsb", "sharepoint", "plone", "isomer", "optimizely", "aem", "typo3",
    "drupal", "wordpress", "boards",
)  # fmt: skip


@cache
def all_layouts() -> tuple[Layout, ...]:
    """Every layout of every platform, in the order in which they are tried."""
    return tuple(
        layout for platform in PLATFORMS for layout in import_module(f"crawler.platforms.{platform}").LAYOUTS
    )


def layout_for(page: Page, newsroom: Newsroom | None = None) -> Layout | None:
    """The layout of ``page``, with the newsroom's own selectors before the layout's, or None.

    The newsroom's platform is tried first; where its marks are missing, the page belongs to whom its marks say.
    """
    if page.root is None:
        return None
    names = page.names
    preferred = newsroom.platform if newsroom else None
    ordered = (
        sorted(all_layouts(), key=lambda layout: layout.platform != preferred) if preferred else all_layouts()
    )
    found = next((layout for layout in ordered if layout.marker.evidence(page, names)), None)
    if newsroom is None or not newsroom.select:
        return found
    return _with_overrides(found, newsroom)


def _with_overrides(layout: Layout | None, newsroom: Newsroom) -> Layout:
    """The newsroom's ``select`` table laid over a layout. Raises ``ValueError`` for an unknown field."""
    places = dict(layout.places) if layout else {}
    for field, selector in newsroom.select.items():
        if field not in FIELDS:
            raise ValueError(f"{newsroom.slug}: select.{field} is no field; known are {', '.join(FIELDS)}")
        places[field] = (selector, *places.get(field, ()))
    return Layout(
        name=f"{layout.name}+{newsroom.slug}" if layout else newsroom.slug,
        platform=layout.platform if layout else "default",
        since=layout.since if layout else 0,
        marker=layout.marker if layout else Marker(),
        places=places,
    )
