"""Liferay: Finland's government sites, embassies, agencies. Marks are those of the portal's own portlets and themes.

Read in public code and in releases' text only (notes of 2026-11): no page was captured.
"""

from __future__ import annotations

from crawler.platforms.layout import Layout, Marker

_BODY = (
    ".journal-content-article .article-body", ".journal-content-article .news-text", "div.journal-content-article[data-analytics-asset-type]",
    "article.journal-content-article", ".asset-full-content .journal-content-article", ".journal-content-article",
)  # fmt: skip

LAYOUTS = (
    Layout(
        name="liferay/2020",
        platform="liferay",
        since=2020,
        marker=Marker(every=frozenset({"asset-full-content"}), some=frozenset({"journal-content-article", "portlet-asset-publisher"})),
        places={
            "headline": (".journal-content-article__title", ".asset-full-content h1", ".asset-title"),
            "subheadline": (".asset-full-content p.subtitle", ".journal-content-article__ingress"),
            "published": (".meta-date time", ".date-and-type time", ".meta-date", ".publish-date", ".metadata-publish-date"),
            "byline": (".meta-byline", ".meta-organization", ".organization", ".metadata-organization"),
            "type_label": (".top-meta .type", ".meta-type", ".date-and-type .type", ".news-type"),
            "body": _BODY,
            "contacts": (".contact-information", ".asset-full-content address", ".contacts"),
            "attachments": (".asset-full-content .attachments a", ".journal-content-article .attachments a"),
            "drop": (".share", ".asset-links", ".asset-ratings", ".taglib-social-bookmarks"),
        },
    ),
    Layout(
        name="liferay/portlet",
        platform="liferay",
        since=2012,
        marker=Marker(some=frozenset({"journal-content-article", "portlet-journal-content", "portlet-asset-publisher"})),
        places={
            "headline": (".journal-content-article h1", ".asset-title", ".portlet-asset-publisher h1"),
            "published": (".journal-content-article .date", ".metadata-publish-date", ".publish-date"),
            "byline": (".journal-content-article .organization", ".metadata-author"),
            "type_label": (".journal-content-article .type",),
            "body": (".journal-content-article .article-body", ".asset-full-content", ".journal-content-article"),
            "drop": (".asset-metadata", ".asset-ratings", ".taglib-social-bookmarks"),
        },
    ),
)  # fmt: skip
