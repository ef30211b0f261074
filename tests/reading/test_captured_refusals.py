"""Kinds of pages among captured ones that are no release, and what tells them from one. All synthetic."""

from __future__ import annotations

import pytest

from communique.pages import read_body
from crawler.items import Refusal
from crawler.registry import unknown_newsroom
from tests.reading.test_unseen_structures import TEXT, URL, page_of, read


def refusal(page: str, url: str = URL, *, text: bool = False) -> str:
    newsroom = unknown_newsroom(url, "Europe/Dublin", ("en",), "IE")
    found = read_body(page.encode(), url, newsroom, text=text)
    assert isinstance(found.item, Refusal), found.item
    return found.item.reason


HEARINGS = [f"{day} March 2024, 10:00 am, Court {day}: Board v. Pier {day} Ltd" for day in range(1, 12)]
ACTS = [f"{day} March 2024\nHarbours (Amendment) Act No. {day} of 2024" for day in range(1, 12)]


def test_a_list_of_hearings_is_a_listing() -> None:
    lines = "".join(f"<p>{line}</p>" for line in HEARINGS)
    page = f"<html lang=en><head><title>Hearings</title></head><body><main><h1>Hearings of the Harbour Tribunal</h1>{lines}</main></body></html>"
    assert refusal(page) == "listing"


@pytest.mark.parametrize("lines", [HEARINGS, ACTS])
def test_a_copied_list_of_hearings_or_acts_is_a_listing(lines: list[str]) -> None:
    assert refusal("Harbour Tribunal\nHome\n\n" + "\n".join(lines), text=True) == "listing"


def test_a_release_with_a_calendar_below_its_text_is_one() -> None:
    below = "".join(f"<p>{line}</p>" for line in HEARINGS)
    assert read(page_of(below=f"<h2>Hearings</h2>{below}")).headline == "Slipway at Westpoint to be repaired"


def test_the_facts_of_a_tender_with_hardly_a_text_are_no_release() -> None:
    facts = "<dl><dt>Reference number</dt><dd>HB-2024-17</dd><dt>Publication date</dt><dd>5 March 2024</dd><dt>Closing date</dt>"
    facts += "<dd>30 March 2024, 12:00</dd><dt>Contract value</dt><dd>EUR 120,000</dd><dt>Procedure</dt><dd>Open</dd></dl>"
    text = "<p>The Harbour Board invites tenders for the supply of forty buoys for the western harbours by the end of the year.</p>"
    page = f"<html lang=en><head><title>Supply of buoys</title></head><body><main><h1>Supply of buoys</h1>{facts}{text}</main></body></html>"
    assert refusal(page) == "another kind of document"


def test_the_facts_of_a_board_s_release_refuse_nothing() -> None:
    facts = "".join(
        f"<tr><th>{label}</th><td>{value}</td></tr>"
        for label, value in (
            ("Date", "5 March 2024"),
            ("Author", "Harbour Board"),
            ("Views", "88"),
            ("Tel.", "01 496 0101"),
            ("Category", "News"),
        )
    )
    page = page_of(above=f"<table>{facts}</table>").replace(f"<p>{TEXT[1]}</p>".encode(), b"")
    assert read(page).headline == "Slipway at Westpoint to be repaired"


@pytest.mark.parametrize("headline", ["Terms of Service", "Conditions of use", "Privacy notice"])
def test_terms_with_a_day_of_revision_are_no_release(headline: str) -> None:
    page = (
        page_of()
        .decode()
        .replace("Slipway at Westpoint to be repaired", headline)
        .replace("5 March", "Last revision: 5 March")
    )
    found = read_body(page.encode(), URL, unknown_newsroom(URL, "Europe/Dublin", ("en",), "IE"))
    assert isinstance(found.item, Refusal)


def test_a_product_is_no_release() -> None:
    page = page_of(head="<meta property='og:type' content='product'>")
    found = read_body(page, URL, unknown_newsroom(URL, "Europe/Dublin", ("en",), "IE"))
    assert isinstance(found.item, Refusal)
    assert found.item.reason == "another kind of document"


def test_a_template_of_events_that_shows_an_article_shows_one() -> None:
    page = page_of().replace(b"<body>", b"<body class='single-article single-event'>")
    assert read(page).headline == "Slipway at Westpoint to be repaired"


def test_a_front_page_with_the_days_of_its_teasers_is_no_release() -> None:
    teasers = "".join(
        f"<div><p>Posted on {day} March 2024</p><p class=title>Ferry timetable number {day}</p><p>The Harbour Board publishes "
        f"the timetable of the ferries for the coming season, part {day}, with all calls at the piers.</p></div>"
        for day in range(3, 5)
    )
    page = f"<html lang=en><head><title>Home | Harbour Board</title></head><body>{teasers}</body></html>"
    assert refusal(page, "https://www.harbour.example/") in {"front page", "listing"}


def test_a_release_at_an_address_without_a_path_that_its_title_knows_is_one() -> None:
    url = "https://slipway.harbour.example/"
    found = read_body(page_of(), url, unknown_newsroom(url, "Europe/Dublin", ("en",), "IE"))
    assert not isinstance(found.item, Refusal)


@pytest.mark.parametrize(("kind", "refused"), [("Dataset", True), ("QAPage", True), ("NewsArticle", False)])
def test_what_a_page_says_it_is_in_json_ld_counts(kind: str, refused: bool) -> None:
    head = f'<script type="application/ld+json">{{"@context":"https://schema.org","@type":"{kind}","name":"x"}}</script>'
    found = read_body(page_of(head=head), URL, unknown_newsroom(URL, "Europe/Dublin", ("en",), "IE"))
    assert isinstance(found.item, Refusal) == refused
