"""Adobe Experience Manager: canada.ca (the ``gc-byline`` paragraph under the headline), admin.ch's news service, others."""

from __future__ import annotations

from crawler.platforms.layout import Layout, Marker

LAYOUTS = (
    Layout(
        name="aem/canada",
        platform="aem",
        since=2016,
        marker=Marker(every=frozenset({"gc-byline"})),
        places={
            "headline": ("h1#wb-cont", "main h1"),
            "byline": (".gc-byline .byline", ".gc-byline strong"),
            "type_label": (".gc-byline .type",),
            "published": (".gc-byline .date", "meta[name='dcterms.issued']::attr(content)"),
        },
    ),
    Layout(
        name="aem/admin-ch",
        platform="aem",
        since=2014,
        marker=Marker(
            every=frozenset({"contentHead"}), some=frozenset({"mod-nsbnewsdetails", "mod-nsbnewsdetail"})
        ),
        places={"headline": (".contentHead h1",), "body": (".mod-nsbnewsdetails",)},
    ),
)
