"""TYPO3 with its news extension (``tx-news`` names), and the older foreign ministry of Austria. Captured 2018, 2021."""

from __future__ import annotations

from crawler.platforms.layout import Layout, Marker

LAYOUTS = (
    Layout(
        name="typo3/news",
        platform="typo3",
        since=2014,
        marker=Marker(every=frozenset({"news-single"})),
        places={
            "headline": (".news-single h1", ".news-single h2", ".news-single h3"),
            "subheadline": (".news-single .teaser-text", ".news-single .lead"),
            "published": (".news-list-date time", ".news-single time", ".news-single .news-list-date"),
            "type_label": (".news-single .news-list-category",),
            "body": (".news-text-wrap",),
        },
    ),
    Layout(
        name="typo3/press-location",
        platform="typo3",
        since=2012,
        marker=Marker(some=frozenset({"press_location_time"})),
        places={"published": ("span.press_location_time",)},
    ),
)
