"""Optimizely (Episerver): regeringen.se (read in code of 2024-26) and regjeringen.no (captured 2026; consultations)."""

from __future__ import annotations

from crawler.platforms.layout import Layout, Marker

LAYOUTS = (
    Layout(
        name="optimizely/regeringen",
        platform="optimizely",
        since=2015,
        marker=Marker(some=frozenset({"h1-vignette", "has-wordExplanation", "block--politikomrLinks"})),
        places={
            "published": (".published time", "time"),
            "number": ("span.h1-vignette",),
            "byline": (".published + p a", ".content-sender a"),
            "body": (".col-1 div.has-wordExplanation", "div.has-wordExplanation"),
            "attachments": ("div.col-1 > ul.list--icons a", "ul.list--Block--icons a"),
            "topics": (".block--politikomrLinks a",),
        },
    ),
    Layout(
        name="optimizely/regjeringen",
        platform="optimizely",
        since=2014,
        marker=Marker(every=frozenset({"article-header"}), some=frozenset({"article-info", "content-type", "factbox"})),
        places={
            "headline": (".article-header h1",),
            "published": (".article-info .date", ".article-header .date"),
            "byline": (".article-info .owner", ".content-owner a"),
            "type_label": (".article-header .content-type .type", ".article-header .type"),
            "body": (".article-body",),
        },
    ),
)  # fmt: skip
