"""Plone 4 to 6, among them gov.br ("publicado em dd/mm/yyyy HHhMM"). Read in public code of 2025-26."""

from __future__ import annotations

from crawler.platforms.layout import Layout, Marker

LAYOUTS = (
    Layout(
        name="plone/6",
        platform="plone",
        since=2022,
        marker=Marker(every=frozenset({"documentFirstHeading"}), some=frozenset({"#page-document", "view-newsitem-view"})),
        places={
            "headline": ("h1.documentFirstHeading",),
            "subheadline": ("p.documentDescription",),
            "published": (".documentPublished .value", ".publication-date time"),
            "body": ("#page-document",),
        },
    ),
    Layout(
        name="plone/4",
        platform="plone",
        since=2010,
        marker=Marker(some=frozenset({"documentFirstHeading", "documentByLine", "#plone-document-byline"})),
        places={
            "headline": ("h1.documentFirstHeading",),
            "subheadline": ("p.nitfSubtitle", ".documentDescription", "p.discreet"),
            "published": (".documentPublished .value", ".documentPublished", "#plone-document-byline .documentPublished"),
            "modified": (".documentModified .value", ".documentModified"),
            "body": ("#content-core #parent-fieldname-text", "#parent-fieldname-text", "#content-core"),
            "topics": (".keywords a.link-category", "#category a"),
        },
    ),
)  # fmt: skip
