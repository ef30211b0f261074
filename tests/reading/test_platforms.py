"""Layouts: chosen by what a page holds, newest first; places give candidates with their evidence. All pages synthetic."""

from __future__ import annotations

import json

import pytest
from lxml.cssselect import CSSSelector

from crawler.items import Printed, Refusal, ReleaseItem
from crawler.platforms import FIELDS, PLATFORMS, Layout, Marker, all_layouts, check_selector, layout_for
from crawler.platforms.answers import answer_page
from crawler.reading import open_page, read
from crawler.reading.page import Page, parse_page, text_page
from crawler.registry import Newsroom, all_newsrooms
from pipelines.release import to_release

URL = "https://www.ports.example/-/1410903/quay"

LIFERAY = """<html lang="sv"><body><div class="portlet-boundary portlet-asset-publisher"><div class="asset-full-content">
<div class="top-meta"><span class="type">Pressmeddelande</span></div>
<h1 class="journal-content-article__title">Kajen öppnas</h1>
<div class="date-and-type"><div class="meta-date"><time datetime="2024-03-01T11:43+02:00">1.3.2024 11.43</time></div>
<div class="meta-byline">Hamnministeriet</div></div>
<div class="journal-content-article"><p>Kajen öppnas för trafik i dag.</p></div></div></div></body></html>"""


def page(text: str, url: str = URL) -> Page:
    found = parse_page(text.encode(), url, "text/html; charset=utf-8")
    assert isinstance(found, Page)
    return found


def newsroom(**more: object) -> Newsroom:
    return Newsroom(
        slug="xx_ports",
        name={"sv": "Hamnministeriet"},
        site="https://www.ports.example",
        country="FI",
        timezone="Europe/Helsinki",
        languages=("sv",),
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("layout", all_layouts(), ids=lambda layout: layout.name)
def test_a_layout_is_sound(layout):
    assert layout.platform == layout.name.split("/")[0]
    assert layout.platform in PLATFORMS
    assert set(layout.places) <= set(FIELDS)
    marker = layout.marker
    assert marker.generator or marker.every or marker.some or marker.meta, (
        "a layout without marks fits every page"
    )
    for selectors in layout.places.values():
        for selector in selectors:
            check_selector(selector.partition("::attr(")[0])


@pytest.mark.parametrize("platform", PLATFORMS)
def test_layouts_stand_newest_first(platform):
    years = [layout.since for layout in all_layouts() if layout.platform == platform]
    assert years
    if platform != "boards":
        assert years == sorted(years, reverse=True)


def test_names_are_unique():
    names = [layout.name for layout in all_layouts()]
    assert len(set(names)) == len(names)


def test_places_give_candidates_as_printed_with_evidence():
    read = page(LIFERAY)
    layout = layout_for(read)
    assert layout is not None
    assert layout.name == "liferay/2020"
    assert layout.printed(read, "headline") == (
        Printed("Kajen öppnas", "layout:.journal-content-article__title"),
    )
    assert layout.printed(read, "published")[0] == Printed("1.3.2024 11.43", "layout:.meta-date time")
    assert layout.printed(read, "byline") == (Printed("Hamnministeriet", "layout:.meta-byline"),)
    assert [each.text for each in layout.printed(read, "type_label")] == ["Pressmeddelande"]
    (body, evidence), *_ = layout.elements(read, "body")
    assert "öppnas för trafik" in "".join(body.itertext())
    assert evidence.startswith("layout:")
    assert layout.printed(read, "contacts") == ()


def test_an_older_template_of_the_same_platform_is_another_layout():
    old = LIFERAY.replace("asset-full-content", "journal-box").replace("journal-content-article__title", "t")
    layout = layout_for(page(old))
    assert layout is not None
    assert layout.name == "liferay/portlet"


def test_no_marks_no_layout():
    assert layout_for(page("<html><body><h1>Quay</h1><p>Text</p></body></html>")) is None
    assert layout_for(text_page("Quay\n\nText", URL)) is None


def test_marks_decide_and_not_the_registry():
    layout = layout_for(page(LIFERAY), newsroom(platform="drupal"))
    assert layout is not None
    assert layout.platform == "liferay"


def test_a_newsrooms_selector_stands_before_the_platforms():
    layout = layout_for(page(LIFERAY), newsroom(platform="liferay", select={"byline": ".top-meta .type"}))
    assert layout is not None
    assert [each.text for each in layout.printed(page(LIFERAY), "byline")] == [
        "Pressmeddelande",
        "Hamnministeriet",
    ]
    bare = layout_for(page("<h1 class='t'>Quay</h1><p>x</p>"), newsroom(select={"headline": "h1.t"}))
    assert bare is not None
    assert bare.name == "xx_ports"


def test_an_unknown_field_or_selector_is_named():
    with pytest.raises(ValueError, match=r"select\.heading is no field"):
        layout_for(page(LIFERAY), newsroom(select={"heading": "h1"}))
    with pytest.raises(ValueError, match="can't be used"):
        check_selector("h1[")


def test_an_attribute_can_be_a_place():
    read = page(
        '<main><h1 class="gem-c-title__text">Quay</h1></main><div class="app-c-published-dates"><time>1 May</time></div>'
    )
    layout = layout_for(read)
    assert layout is not None
    assert layout.name == "govuk/2018"
    with_meta = page(
        '<head><meta name="govuk:first-published-at" content="2024-05-01T09:00:00+01:00"></head><h1 class="gem-c-title__text">Quay</h1>'
    )
    assert layout.printed(with_meta, "published")[0].text == "2024-05-01T09:00:00+01:00"


def govuk(**more: object) -> bytes:
    answer = {
        "base_path": "/government/news/quay",
        "schema_name": "news_article",
        "document_type": "press_release",
        "content_id": "5f1e",
        "locale": "en",
        "title": "Quay <opens>",
        "description": "Lead.",
        "first_published_at": "2024-05-01T09:00:00.000+00:00",
        "details": {"body": "<p>The quay is open.</p>"},
        "links": {"organisations": [{"title": "Department of Ports"}]},
    }
    return json.dumps(answer | more).encode()


def test_an_answer_of_the_content_api_is_read_like_a_page():
    read = answer_page(govuk(), "https://www.gov.example/api/content/government/news/quay")
    assert isinstance(read, Page)
    layout = layout_for(read)
    assert layout is not None
    assert layout.name == "answers/content-api"
    values = {
        field: [each.text for each in layout.printed(read, field)]
        for field in ("headline", "published", "byline", "type_label", "body")
    }
    assert values == {
        "headline": ["Quay <opens>"],
        "published": ["2024-05-01T09:00:00.000+00:00"],
        "byline": ["Department of Ports"],
        "type_label": ["Press release"],
        "body": ["The quay is open."],
    }
    assert read.lang == "en"


@pytest.mark.parametrize(
    ("kind", "reason"), [("gone", "gone"), ("redirect", "redirect"), ("open_consultation", "not a release")]
)
def test_other_documents_of_the_content_api_are_refused(kind, reason):
    refused = answer_page(govuk(document_type=kind), URL)
    assert isinstance(refused, Refusal)
    assert refused.reason == reason
    assert kind in refused.evidence


@pytest.mark.parametrize("locale", ["en", "cy", "ar"])
@pytest.mark.parametrize(
    "explanation", ["<p>It has been superseded.</p>", "", "<p>We’ve withdrawn this news story</p>"]
)
def test_a_withdrawal_of_the_content_api_is_the_notice_that_the_page_prints(locale: str, explanation: str):
    notice = {"explanation": explanation, "withdrawn_at": "2026-05-05T11:29:10Z"}
    page = answer_page(govuk(withdrawn_notice=notice, locale=locale, description="Long. " * 40), URL)
    newsroom = all_newsrooms()["gb_govuk"]
    item = read(page, newsroom)
    release = to_release(item, newsroom)
    assert release.withdrawn
    assert "was withdrawn on 5 May 2026" in release.notices[0]
    assert "withdrawn" not in release.body


def test_an_answer_without_a_withdrawal_has_no_notice():
    newsroom = all_newsrooms()["gb_govuk"]
    page = answer_page(govuk(withdrawn_notice=None, description="Long. " * 40), URL)
    release = to_release(read(page, newsroom), newsroom)
    assert (release.withdrawn, release.notices) == (False, ())


def test_an_answer_of_the_press_corner_keeps_its_spokespersons():
    answer = {
        "refCode": "IP/26/301",
        "publishDate": "2026-02-03T11:00:00",
        "docuLanguageResource": {"title": "Quays", "subtitle": "Lead", "htmlContent": "<p>Open.</p>"},
        "contactsResource": [
            {"firstName": "Ada", "lastName": "Example", "phone": "+32 2 555 01 02", "email": "ada@ec.example"}
        ],
    }
    read = answer_page(json.dumps(answer).encode(), "https://ec.example/api/documents?reference=IP/26/301")
    assert isinstance(read, Page)
    layout = layout_for(read)
    assert layout is not None
    assert (
        layout.printed(read, "contacts")[0].text
        == "Press contacts: Ada Example Tel: +32 2 555 01 02 ada@ec.example"
    )
    assert layout.printed(read, "number")[0].text == "IP/26/301"


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b'{"a": 1}', b"[1]", b"\xff{", b'{"a":' * 5000])
def test_other_bodies_are_no_answers(body):
    assert answer_page(body, URL) is None


def test_an_answer_is_opened_and_read_like_any_page():
    page = open_page(
        govuk(details={"body": "<p>" + "The quay is open to traffic again after forty days. " * 4 + "</p>"}),
        URL,
        "application/json",
    )
    assert isinstance(page, Page)
    item = read(page, newsroom())
    assert isinstance(item, ReleaseItem)
    assert (item.headline.text, item.layout) == ("Quay <opens>", "answers/content-api")
    assert item.published[0].text == "2024-05-01T09:00:00.000+00:00"
    assert isinstance(open_page(b"<h1>Quay</h1>", URL), Page)


PLACES = """<html><body><div id="top" class="card wide"><h2 class="name">Harbour</h2><p class="day">1 May</p></div>
<ul class="menu"><li class="day">menu</li></ul><section class="card"><div class="card inner"><h2>Quay</h2><p class="day note">2 May</p></div>
</section><p class="day">3 May</p></body></html>"""


@pytest.mark.parametrize(
    "selector",
    [
        ".card h2", ".card.inner .day", "div.card > p", "#top .day", "h2.name, .note", ".note, h2.name, .missing", ".card, p.day",
        ".card:not(.inner) h2", "section .day", "p[class~=note]", ".card .missing", "h2, .note", ".menu + section .day",
    ],
)  # fmt: skip
def test_a_place_is_found_as_css_finds_it(selector):
    found = page(PLACES)
    layout = Layout(name="t", platform="t", since=2026, marker=Marker(), places={"body": (selector,)})
    expected = CSSSelector(selector, translator="html")(found.root)
    assert [element for element, _ in layout.elements(found, "body")] == expected
