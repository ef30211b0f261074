"""SharePoint: publishing pages keep text in ``ms-rtestate-field``. Captured osc.gov; read in code: mediastatements.wa.gov.au."""

from __future__ import annotations

from crawler.platforms.layout import Layout, Marker

LAYOUTS = (
    Layout(
        name="sharepoint/publishing",
        platform="sharepoint",
        since=2010,
        marker=Marker(some=frozenset({"ms-rtestate-field", "#s4-workspace", "#DeltaPlaceHolderMain"})),
        places={
            "headline": (
                "#DeltaPlaceHolderPageTitleInTitleArea",
                "#contentBox h1",
                "#DeltaPlaceHolderMain h1",
            ),
            "published": ("div.newsCreatedDate", ".pr-date time", ".ms-rteElement-date"),
            "byline": (".ms-rteElement-byline", ".pr-date .byline"),
            "type_label": (".ms-rteElement-type", ".pr-date .type"),
            "body": (".ms-rtestate-field",),
        },
    ),
)
