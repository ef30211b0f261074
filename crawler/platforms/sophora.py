"""Sophora: auswaertiges-amt.de and other German houses that left the Government Site Builder. Captured 2022."""

from __future__ import annotations

from crawler.platforms.layout import Layout, Marker

LAYOUTS = (
    Layout(
        name="sophora/2018",
        platform="sophora",
        since=2018,
        marker=Marker(every=frozenset({"heading__title", "heading__meta"})),
        places={
            "headline": ("h1.heading__title", ".heading__title"),
            "published": (".heading__meta .date", ".heading__meta"),
            "byline": (".heading__meta .byline",),
            "type_label": (".heading__meta .type",),
            "body": (".c-rte--default",),
        },
    ),
)
