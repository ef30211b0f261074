"""Ministries' boards and forms on .NET, Java and PHP frameworks that share ids instead of a family's marks.

Captured: gov.il 2021, info.gov.hk 2012, kremlin.ru (read in code 2024-25).
"""

from __future__ import annotations

from crawler.platforms.layout import Layout, Marker

LAYOUTS = (
    Layout(
        name="boards/gov-il",
        platform="boards",
        since=2018,
        marker=Marker(every=frozenset({"#NewsTitle"})),
        places={
            "headline": ("h1#NewsTitle",),
            "published": ("#cmd_publishDate_1",),
            "type_label": ("#NewsType_1",),
            "byline": ("[name=ChildOfficeBreadCrumb]", "[name=ParentOfficeBreadCrumb]"),
            "body": ("#NewsContent",),
        },
    ),
    Layout(
        name="boards/hong-kong",
        platform="boards",
        since=2005,
        marker=Marker(every=frozenset({"#pressrelease"}), meta=frozenset({"date"})),
        places={"body": ("#pressrelease",), "published": ("meta[name=date]::attr(content)",)},
    ),
    Layout(
        name="boards/kremlin",
        platform="boards",
        since=2012,
        marker=Marker(every=frozenset({"read__content"})),
        places={
            "headline": ("h1.entry-title",),
            "subheadline": (".read__lead",),
            "published": ("time.read__published",),
            "body": ("div.read__content",),
            "attachments": ("a.cut__item",),
        },
    ),
)
