"""WordPress: the block theme's names and the older ``entry-…`` ones. ``.entry-date`` and ``time.updated`` stand together.

Captured: dh.gov.uk 2011, jis.gov.jm 2022, whitehouse.gov feeds 2021-22.
"""

from __future__ import annotations

from crawler.platforms.layout import Layout, Marker

LAYOUTS = (
    Layout(
        name="wordpress/blocks",
        platform="wordpress",
        since=2022,
        marker=Marker(some=frozenset({"wp-block-post-title", "wp-block-post-content"})),
        places={
            "headline": ("h1.wp-block-post-title",),
            "published": (".wp-block-post-date time",),
            "body": (".wp-block-post-content",),
            "topics": (".wp-block-post-terms a",),
        },
    ),
    Layout(
        name="wordpress/entry",
        platform="wordpress",
        since=2009,
        marker=Marker(every=frozenset({"entry-title"}), some=frozenset({"entry-content", "entry-header"})),
        places={
            "headline": ("h1.entry-title",),
            "published": ("time.entry-date:not(.updated)", "time.entry-date", ".posted-on time", ".entry-date"),
            "modified": ("time.updated",),
            "byline": (".posted-byline", ".entry-ministry"),
            "body": (".entry-content",),
            "drop": (".post-navigation", ".sharedaddy", ".jp-relatedposts"),
        },
    ),
)  # fmt: skip
