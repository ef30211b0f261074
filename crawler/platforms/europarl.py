"""European Parliament, press room. The ``datetime`` attribute has seconds and no zone: Brussels' clock. Captured 2019-25."""

from __future__ import annotations

from crawler.platforms.layout import Layout, Marker

LAYOUTS = (
    Layout(
        name="europarl/2019",
        platform="europarl",
        since=2019,
        marker=Marker(
            every=frozenset({"ep_title", "ep_subtitle"}), some=frozenset({"ep-a_text", "ep-layout_date"})
        ),
        places={
            "headline": ("h1.ep_title .ep_name", "h1.ep_title"),
            "published": (
                "time[itemprop=datePublished]::attr(datetime)",
                ".ep-layout_date time",
                ".ep-layout_date",
            ),
            "type_label": (".ep-layout_category .ep_name", ".ep-layout_category"),
            "byline": (".ep-layout_committee .ep_name", ".ep-layout_plenary .ep_name"),
            "body": ("div.ep-a_text",),
            "contacts": (".ep-a_contacts",),
        },
    ),
)
