"""Machine-readable values: their order, and that damage neither stops nor invents anything. All pages are synthetic."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model import Translation
from crawler.items import Printed
from crawler.reading.jsonld import parse_scripts, text_of
from crawler.reading.metadata import Handed, Metadata, collect_metadata
from crawler.reading.page import Page, parse_page

URL = "https://www.ports.example/news/2024/quay"


def read(head: str = "", body: str = "<p>Text.</p>", handed: Handed | None = None) -> Metadata:
    page = parse_page(
        f"<html><head>{head}</head><body>{body}</body></html>".encode(), URL, "text/html; charset=utf-8"
    )
    assert isinstance(page, Page)
    return collect_metadata(page, handed)


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_structured_data_stands_before_meta_elements_and_the_source_comes_last():
    found = read(
        '<meta property="article:published_time" content="2024-03-02T08:00:00Z">'
        + script('{"@type": "NewsArticle", "datePublished": "2024-03-01", "headline": "Quay opens"}'),
        handed=Handed(source="feed", published="Fri, 01 Mar 2024 09:00:00 GMT"),
    )
    assert found.published == (
        Printed("2024-03-01", "jsonld:datePublished"),
        Printed("2024-03-02T08:00:00Z", "meta:article:published_time"),
        Printed("Fri, 01 Mar 2024 09:00:00 GMT", "feed:published"),
    )
    assert found.headlines == (Printed("Quay opens", "jsonld:headline"),)
    assert found.articles == 1


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", "datePublished": "2024-03-01",}',
        '{"@type": "NewsArticle", "headline": "two\nlines\x01", "datePublished": "2024-03-01"}',
        '<!-- {"@type": "NewsArticle", "datePublished": "2024-03-01"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "datePublished": "2024-03-01"}\n//]]>',
        '[{"@type": "BreadcrumbList"}, {"@type": ["Article", "NewsArticle"], "datePublished": ["2024-03-01"]}]',
        '{"@context": "https://schema.org", "@graph": [{"@type": "http://schema.org/Article", "datePublished": "2024-03-01"}]}',
        '{"@type": "NewsArticle", "description": "a "quoted" word", "datePublished": "2024-03-01"}',
        '{"@type": "WebPage", "datePublished": {"@value": "2024-03-01"}}',
    ],
)
def test_broken_and_nested_json_still_tells_the_day(text):
    assert [each.text for each in read(script(text)).published] == ["2024-03-01"]


def test_damage_is_said():
    assert read(script('{"@type": "Article",}')).damage == ("jsonld: mended",)
    assert read(script("{oops")).damage == ("jsonld: broken: only its keys were read",)
    assert read(script('{"@type": "Article"}')).damage == ()


def test_dublin_core_with_a_wrong_scheme_is_kept_as_printed():
    found = read('<meta name="DCTERMS.modified" scheme="DCTERMS.W3CDTF" content="14/12/2011 11:00">')
    assert found.modified == (Printed("14/12/2011 11:00", "meta:dcterms.modified"),)
    assert found.published == ()


def test_microdata_counts_once_and_cards_of_a_listing_do_not():
    one = '<span itemprop="datePublished" content="2024-03-01">1 March</span>'
    assert read(body=f"<p>{one}</p>").published == (Printed("2024-03-01", "itemprop:datepublished"),)
    cards = "".join(
        f'<div><h2>Item {day}</h2><p itemprop="datePublished" content="2024-03-0{day}">day</p></div>'
        for day in range(1, 8)
    )
    assert read(body=cards).published == ()


def test_a_canonical_address_must_be_of_this_host_and_no_front_page():
    link = '<link rel="canonical" href="{}">'
    assert (
        read(link.format("/news/2024/quay?ref=1")).canonical
        == "https://www.ports.example/news/2024/quay?ref=1"
    )
    assert read(link.format("https://ports.example/a")).canonical == "https://ports.example/a"
    assert read(link.format("https://other.example/news/2024/quay")).canonical is None
    assert read(link.format("https://www.ports.example/")).canonical is None


def test_translations_are_pages_and_not_front_pages():
    found = read(
        '<link rel="alternate" hreflang="sv" href="/sv/-/kaj"><link rel="alternate" hreflang="x-default" href="/x/y">',
        '<a hreflang="fi" href="/fi">Suomi</a>',
    )
    assert found.translations == (Translation("sv", "https://www.ports.example/sv/-/kaj"),)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<link rel="shortlink" href="/?p=17">', "wordpress:17"),
        ('<link rel="shortlink" href="/node/94">', "drupal:94"),
        ('<meta name="govuk:content-id" content="5f1e-11">', "govuk:5f1e-11"),
        ("", None),
    ],
)
def test_the_id_of_the_content_management_system(head, expected):
    assert read(head).cms_id == expected


def test_schema_types_that_no_release_has_are_told():
    found = read(script('{"@graph": [{"@type": "CollectionPage"}, {"@type": "ItemList"}]}'))
    assert found.kinds == ("CollectionPage", "ItemList")


@given(st.text(max_size=300))
@settings(max_examples=300)
def test_no_script_raises(text):
    nodes, _ = parse_scripts((text, '{"@graph":' * 50 + text))
    assert all(isinstance(node, dict) for node in nodes)


UNENDED = '{"headline":"' + '\\"' * 200_000


def test_hostile_scripts_are_bounded():
    begin = time.perf_counter()
    nodes, damage = parse_scripts(
        ("[" * 200_000, '{"a":' * 90_000, "x" * 600_000, '"' + "\\" * 400_000, "," * 400_000, UNENDED)
    )
    assert nodes == ()
    assert "600000 characters passed over" in damage[2]
    assert time.perf_counter() - begin < 5


def test_text_of_gives_up_on_deep_values():
    assert text_of([[[[["x"]]]]]) is None
    assert text_of({"name": {"@value": " a \n b "}}) == "a b"
    assert text_of(5) is None
