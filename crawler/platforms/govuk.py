"""GOV.UK: three generations of templates. The Content API's answers are in ``answers.py``.

Captured 2020 (110 captures), 2023-26 (finder); the newest names are of the public templates.
"""

from __future__ import annotations

from crawler.platforms.layout import Layout, Marker

_META = {
    "published": ("meta[name='govuk:first-published-at']::attr(content)",),
    "modified": ("meta[name='govuk:public-updated-at']::attr(content)",),
}

LAYOUTS = (
    Layout(
        name="govuk/2025",
        platform="govuk",
        since=2025,
        marker=Marker(every=frozenset({"gem-c-heading__text"}), some=frozenset({"gem-c-govspeak", "govuk-govspeak"})),
        places={
            **_META,
            "headline": ("h1.gem-c-heading__text",),
            "subheadline": (".gem-c-lead-paragraph",),
            "byline": (".gem-c-metadata__definition a",),
            "type_label": (".govuk-caption-xl", ".gem-c-heading__context"),
            "body": (".gem-c-govspeak", ".govuk-govspeak"),
        },
    ),
    Layout(
        name="govuk/2018",
        platform="govuk",
        since=2018,
        marker=Marker(every=frozenset({"gem-c-title__text"})),
        places={
            **_META,
            "headline": ("h1.gem-c-title__text",),
            "subheadline": (".gem-c-lead-paragraph",),
            "byline": (".app-c-publisher-metadata__definition a", ".gem-c-metadata__definition a", ".app-c-publisher-metadata__definition_sentence a"),
            "type_label": (".gem-c-title__context",),
            "body": (".gem-c-govspeak", ".govuk-govspeak"),
        },
    ),
    Layout(
        name="govuk/2012",
        platform="govuk",
        since=2012,
        marker=Marker(every=frozenset({"document-page"})),
        places={
            "headline": ("h1.page_title span.title", "h1.page_title"),
            "published": ("abbr.published-at::attr(title)",),
            "body": ("div.govspeak",),
        },
    ),
)  # fmt: skip
