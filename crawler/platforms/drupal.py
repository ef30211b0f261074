"""Drupal 7 and later: field classes are named after the site's own field names, so the families below are by habit.

Captured: justice.gov 2018, whitehouse.gov 2017, energy.gov 2016-17, health-ni.gov.uk 2020, bfn.de 2021.
"""

from __future__ import annotations

from crawler.platforms.layout import Layout, Marker

LAYOUTS = (
    Layout(
        name="drupal/field-names",
        platform="drupal",
        since=2021,
        marker=Marker(some=frozenset({
            "field--name-body", "field--name-field-body", "field--name-field-date", "field--name-field-publishing-date",
            "node--type-press-release", "page-node-type-press-release", "node--type-news", "node--type-article",
        })),
        places={
            "headline": ("h1.page-title .field--name-title", "h1.page-title", ".field--name-title"),
            "published": (
                ".field--name-field-date", ".field--name-field-publishing-date time", ".field--name-field-publishing-date",
                ".field--name-field-publish-date time", ".field--name-field-published-date", ".field--name-field-release-date time",
                ".field--name-field-news-date time",
            ),
            "byline": (
                ".field--name-field-byline", ".field--name-field-department", ".field--name-field-ministry", ".field--name-field-organisation",
                ".field--name-field-organization", ".field--name-field-agency", ".field--name-field-type .byline",
            ),
            "type_label": (".field--name-field-type", ".field--name-field-news-type", ".field--name-field-press-release-type"),
            "number": (".field--name-field-number", ".field--name-field-release-number"),
            "contacts": (".field--name-field-contact", ".field--name-field-press-contact", ".field--name-field-media-contact"),
            "attachments": (".field--name-field-attachments a", ".field--name-field-files a"),
            "topics": (".field--name-field-tags a", ".field--name-field-topics a"),
        },
    ),
    Layout(
        name="drupal/justice",
        platform="drupal",
        since=2018,
        marker=Marker(some=frozenset({"field--name-field-pr-date", "field--name-field-pr-body"})),
        places={
            "headline": ("h1#node-title", "h1.node-title"),
            "published": (".field--name-field-pr-date .date-display-single", ".field--name-field-pr-date"),
            "byline": (".pr-header .department, .pr-header .agency",),
            "number": (".field--name-field-pr-number .field__item", ".field--name-field-pr-number"),
            "body": (".field--name-field-pr-body .field__item", ".field--name-field-pr-body"),
            "topics": (".field--name-field-pr-topic .field__item",),
        },
    ),
    Layout(
        name="drupal/press-article",
        platform="drupal",
        since=2017,
        marker=Marker(some=frozenset({"press-article-heading", "press-article-date"})),
        places={
            "headline": (".pane-node-title h1",),
            "published": (".press-article-date",),
            "byline": (".press-article-heading .heading-title, .press-article-heading .heading-subtitle",),
        },
    ),
    Layout(
        name="drupal/publish-date",
        platform="drupal",
        since=2016,
        marker=Marker(generator="drupal 7", every=frozenset({"publish-date", "page-title"})),
        places={"headline": (".page-title",), "published": (".publish-date",)},
    ),
    Layout(
        name="drupal/7",
        platform="drupal",
        since=2012,
        marker=Marker(generator="drupal 7"),
        places={
            "published": (
                ".field-name-field-date .date-display-single", ".field-name-field-published-date .date-display-single",
                ".pane-node-field-published-date", ".field-name-post-date",
            ),
            "byline": (".field-name-field-department .field-item", ".field-name-field-agency .field-item"),
            "type_label": (".field-name-field-news-type .field-item",),
        },
    ),
)  # fmt: skip
