"""Isomer: Singapore's ministries. The footer's "last updated" is the day of the site's rebuild. Site sources captured 2018-26."""

from __future__ import annotations

from crawler.platforms.layout import Layout, Marker

LAYOUTS = (
    Layout(
        name="isomer/next",
        platform="isomer",
        since=2024,
        marker=Marker(generator="isomer"),
        places={"headline": ("main h1",), "body": ("main#main-content", "main")},
    ),
    Layout(
        name="isomer/jekyll",
        platform="isomer",
        since=2018,
        marker=Marker(
            every=frozenset({"bp-section"}), some=frozenset({"sgds-icon", "bp-container", "sgds-container"})
        ),
        places={
            "headline": (".bp-section-pagetitle h1", "h1"),
            "published": (".bp-section small", "small.has-text-white"),
            "body": (".bp-section .content", ".content"),
        },
    ),
)
