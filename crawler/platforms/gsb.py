"""Government Site Builder: the German federal administration. Each house has its own theme on the same bones.

Captured 2021-22, one page a host (adbar/trafilatura, adbar/htmldate). The first ``h1`` may be a hidden heading.
"""

from __future__ import annotations

from crawler.platforms.layout import Layout, Marker

_COMMON = {
    "headline": (
        "h1.isFirstInSlot",
        "#content h1:not(.aural)",
        "#main h1:not(.aural)",
        "main h1:not(.aural)",
    ),
    "published": (
        "p.docData .value",
        ".docData:not(.stand)",
        ".heading__meta .date",
        "p.date time",
        "p.date",
    ),
    "modified": (".docData.stand", ".stand"),
    "byline": (".heading__meta .byline", ".c-article__kicker .byline"),
    "type_label": (".heading__meta .type", ".c-article__kicker .type"),
    "drop": (".picture", ".docData", ".supplement", "#supplement"),
}

LAYOUTS = (
    Layout(
        name="gsb/web-components",
        platform="gsb",
        since=2022,
        marker=Marker(some=frozenset({"pp-headline", "body-text"}), generator="government site builder"),
        places={**_COMMON, "published": ("article time", ".c-topline time")},
    ),
    Layout(
        name="gsb/components",
        platform="gsb",
        since=2021,
        marker=Marker(
            some=frozenset({"c-intro__headline", "c-page-intro__headline", "c-content-stage__headline", "headline-title", "c-hero"}),
        ),
        places={
            **_COMMON,
            "headline": ("h1.c-intro__headline", "h1.c-page-intro__headline", "h1.headline-title", ".c-page-title h1", ".c-hero h1"),
            "subheadline": ("p.c-intro__introduction", ".c-page-intro__text", "h1.headline-subtitle", ".c-page-title p"),
            "published": (
                ".c-topline time", ".c-meta-info > time", ".c-content-stage__date", ".content-meta-info p.number", ".c-component--page-date",
                ".c-hero .c-hero__rubric", "p.docData .value",
            ),
            "type_label": (".c-topline__category", ".c-meta-info__label"),
        },
    ),
    Layout(
        name="gsb/dateline",
        platform="gsb",
        since=2021,
        marker=Marker(every=frozenset({"article-intro", "dateline"})),
        places={
            "headline": (".article-intro h1.title", ".article-intro h1"),
            "subheadline": (".article-teaser",),
            "published": (".article-intro .dateline time",),
            "body": (".article-content",),
        },
    ),
    Layout(name="gsb/classic", platform="gsb", since=2003, marker=Marker(generator="government site builder"), places=_COMMON),
)  # fmt: skip
