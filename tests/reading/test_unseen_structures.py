"""Kinds of structures that blind pages had and the rules had not: contacts, bodies, bylines, refusals.

All pages are synthetic: the forms are those of ministries, agencies, parliaments and police sites at large; persons,
numbers and texts are invented.
"""

from __future__ import annotations

import pytest

from archive.model import Release
from communique.pages import read_body
from crawler.items import Refusal
from crawler.registry import unknown_newsroom

URL = "https://www.harbour.example/news/2024/03/slipway"
TEXT = (
    "The Harbour Board will repair the slipway at Westpoint, which was damaged in the storm of last November.",
    "The works begin in the first week of April and are expected to take about three months in all.",
    "“Boats will be back in the water for the summer,” said the chair of the board after the meeting.",
)


def page_of(below: str = "", above: str = "", after: str = "", head: str = "", footer: str = "") -> bytes:
    body = "".join(f"<p>{line}</p>" for line in TEXT)
    return (
        f"<html lang=en><head><title>Slipway at Westpoint to be repaired</title>{head}</head><body>"
        f"<header><a href=/>Harbour Board</a></header><main><div class=top><h1>Slipway at Westpoint to be repaired</h1>"
        f"<p class=date>5 March 2024</p>{above}</div><div class=text>{body}{below}</div>{after}</main>"
        f"<footer>{footer}</footer></body></html>"
    ).encode()


def read(body: bytes, language: str = "en", country: str = "IE") -> Release:
    newsroom = unknown_newsroom(URL, "Europe/Dublin", (language,), country)
    found = read_body(body, URL, newsroom)
    assert not isinstance(found.item, Refusal), found.item
    assert found.release is not None
    return found.release


def contacts(release: Release) -> list[tuple[str | None, str | None, str | None]]:
    return [(one.name, one.phone, one.email) for one in release.contacts]


def test_a_copyright_line_in_the_footer_leaves_the_contact_above_it_to_the_release() -> None:
    block = "<p>Media contacts:<br>Board: Orla Quay 01 496 0101<br>Minister Hale: Niall Pier 01 496 0102</p>"
    release = read(page_of(block, footer="<p>© Harbour Board</p>"))
    assert contacts(release) == [("Orla Quay", "01 496 0101", None), ("Niall Pier", "01 496 0102", None)]


def test_the_copyright_of_a_picture_begins_no_footer() -> None:
    picture = "<div class=media>Westpoint<div class=credits>© Harbour Board</div></div>"
    block = "<h2>Media contact</h2><p>Orla Quay</p><div>Telephone: 01 496 0101</div>"
    body = page_of(after=block).replace(b"<div class=top>", f"<div class=top>{picture}".encode())
    assert contacts(read(body)) == [("Orla Quay", "01 496 0101", None)]


def test_headings_below_the_label_s_own_rank_stay_in_its_block() -> None:
    block = (
        "<h2>Kontakt</h2><div>Hafenamt – Medienstelle</div><h3>Adresse</h3><p>Kai 2<br>8090 Westport</p>"
        "<h3>Telefon</h3><a href='tel:+41430000101'>+41 43 000 01 01</a><h3>E-Mail</h3><a href='mailto:medien@hafen.example'>medien@hafen.example</a>"
    )
    found = contacts(read(page_of(after=f"<div>{block}</div>"), "de", "CH"))
    assert found == [(None, "+41 43 000 01 01", "medien@hafen.example")]


def test_a_heading_for_consumers_is_no_press_contact() -> None:
    block = (
        "<h3>Contact for Consumers</h3><p>Refund administrator<br>01 496 0103</p>"
        "<h3>Media Contact</h3><p>Orla Quay<br>01 496 0101</p>"
    )
    assert contacts(read(page_of(after=f"<section>{block}</section>"))) == [
        ("Orla Quay", "01 496 0101", None)
    ]


def test_as_many_numbers_as_persons_in_one_line_belong_to_them_in_order() -> None:
    block = "<p>Orla Quay / Niall Pier<br>01 496 0101 / 01 496 0102<br>orla.quay@harbour.example / niall.pier@harbour.example</p>"
    assert contacts(read(page_of(block))) == [
        ("Orla Quay", "01 496 0101", "orla.quay@harbour.example"),
        ("Niall Pier", "01 496 0102", "niall.pier@harbour.example"),
    ]


def test_a_double_first_name_alone_does_not_spell_title_and_name() -> None:
    block = "<h2>Kontaktperson for media:</h2><p>Kommunikasjonsrådgiver Tor-Arne Brygge<br>Mobil: 900 00 101<br>tor-arne.brygge@havn.example</p>"
    assert contacts(read(page_of(block), "nb", "NO")) == [
        ("Tor-Arne Brygge", "900 00 101", "tor-arne.brygge@havn.example")
    ]


BODY = "\n\n".join(TEXT)


@pytest.mark.parametrize(
    ("language", "below"),
    [
        ("en", "<h2>Additional Resources</h2><ul><li><a href=/plan>The plan of the works</a></ul>"),
        ("en", "<h2>Contacts</h2><p>Communications Branch</p><p>Westpoint</p>"),
        (
            "fi",
            "<h2>Avainsanat</h2><ul><li>satamat</ul><h2>Tietoja julkaisijasta</h2><p>Satamalautakunta</p>",
        ),
        ("nb", "<h2>Nøkkelord</h2><ul><li>havn</ul>"),
        ("de", "<h2>Schlagworte zum Thema</h2><a href=/hafen>Hafen</a>"),
        ("fr", "<p><strong>Documents listés dans l’article :</strong></p><ul><li>Arrêté - 0,4 Mo</ul>"),
    ],
)
def test_sections_below_the_text_that_are_none_of_it(language: str, below: str) -> None:
    assert read(page_of(after=f"<div>{below}</div>"), language).body == BODY
    assert read(page_of(below), language).body == BODY


def test_more_information_that_is_text_stays() -> None:
    more = (
        "The drawings are on show at the library of Westpoint until the end of the month, on weekdays only."
    )
    found = read(page_of(f"<h2>Background</h2><p>{more}</p><h2>Further information</h2><p>{more}</p>"))
    assert found.body == f"{BODY}\n\nBackground\n\n{more}\n\nFurther information\n\n{more}"


def test_labels_with_values_and_links_above_the_text_are_none_of_it() -> None:
    above = "<p>Topics: Harbours</p><p><a href=/g>View gallery</a></p>"
    assert read(page_of(above=above)).body == BODY


@pytest.mark.parametrize("name", ["fr-breadcrumb", "nsw-breadcrumbs", "lcds-social-links", "ds_site-footer"])
def test_parts_are_known_by_the_names_of_design_systems_too(name: str) -> None:
    assert read(page_of(below=f"<div class='{name}'><p>Westpoint and all harbours</p></div>")).body == BODY


@pytest.mark.parametrize(
    ("language", "country", "printed", "byline"),
    [
        ("de", "DE", "<p><a href=/k>Polizei Westpoint</a></p>", "Polizei Westpoint"),
        (
            "de",
            "CH",
            "<p class=type>Medienmitteilung <span class=org>Regierungsrat</span></p>",
            "Regierungsrat",
        ),
        ("nb", "NO", "<p>Vest politidistrikt</p>", "Vest politidistrikt"),
        (
            "fi",
            "FI",
            "<p><time>5.3.2024 9.15</time> | <a href=/k>Rantalan kunta</a> | Tiedote</p>",
            "Rantalan kunta",
        ),
        ("fr", "LU", "<p>Communiqué par le ministère de la Mer</p>", "ministère de la Mer"),
    ],
)
def test_bodies_below_the_ministries_issue_releases(
    language: str, country: str, printed: str, byline: str
) -> None:
    assert read(page_of(above=printed), language, country).byline == byline


def test_a_distributor_tells_the_issuer_once_more_below_the_text() -> None:
    found = read(
        page_of(
            "<p>Original-Content von: Polizei Westpoint, übermittelt durch die Agentur</p>",
            above="<p>Polizei Westpoint</p>",
        ),
        "de",
        "DE",
    )
    assert (found.byline, found.body) == ("Polizei Westpoint", BODY)


def refusal(body: bytes) -> str | None:
    found = read_body(body, URL, unknown_newsroom(URL, "Europe/Dublin", ("en",), "IE")).item
    return found.reason if isinstance(found, Refusal) else None


def test_an_event_s_page_is_refused() -> None:
    event = '<script type="application/ld+json">{"@type": "Event", "name": "Slipway"}</script>'
    assert refusal(page_of(head=event)) == "another kind of document"
    assert refusal(page_of(head=event, above="<p class=type>Media advisory</p>")) is None


def test_a_notice_of_an_official_journal_is_refused() -> None:
    parts = "<p>AGENCY: Harbour Board.<p>ACTION: Notice of meeting.<p>SUMMARY: The board meets.<p>DATES: 2 April 2024.<p>ADDRESSES: Quay Street."
    assert refusal(page_of(parts)) == "another kind of document"


def test_a_release_of_one_sentence_is_one() -> None:
    page = (
        "<html><head><title>Slipway at Westpoint closed</title><meta property=article:published_time content=2024-03-05T09:00:00Z></head>"
        f"<body><h1>Slipway at Westpoint closed</h1><p>{TEXT[0]} Boats may use Northport until then.</p></body></html>"
    )
    assert refusal(page.encode()) is None


def test_a_lost_letter_or_two_refuse_no_page() -> None:
    body = page_of(
        "<p>Caf\ufffd at the quay is open as ever, says its owner in a letter to all the skippers.</p>"
    )
    assert refusal(body) is None
    assert refusal(page_of(f"<script>{chr(0xFFFD) * 40}</script><!-- {chr(0xFFFD) * 40} -->")) is None
    assert refusal(page_of(f"<p>{chr(0xFFFD) * 40}</p>")) == "undecodable"


def test_short_lines_of_a_frame_above_the_text_are_none_of_it() -> None:
    frame = (
        "<div><h6>Topics</h6><ul><li>Traffic</ul></div><div>Reading time:</div><p>1 min</p>"
        "<aside><h3>Index of the page</h3><ul><li>Description<li>By whom</ul></aside>"
    )
    assert read(page_of(above=frame)).body == BODY


def test_key_points_above_the_text_stay() -> None:
    points = "<ul><li>Works begin in April<li>The slipway was damaged in the storm of last November</ul>"
    assert read(page_of(above=points)).body.startswith("Works begin in April\n\nThe slipway was damaged")


def test_a_title_below_a_name_begins_no_other_contact() -> None:
    block = (
        "<h2>Contacts</h2><div><h3>Orla Quay</h3><p>Press contact</p><p>Project manager</p><p>01 496 0101</p></div>"
        "<div><h3>Press office</h3><p>01 496 0100</p></div>"
    )
    found = contacts(read(page_of(after=f"<div>{block}</div>")))
    assert found == [("Orla Quay", "01 496 0101", None), (None, "01 496 0100", None)]


def test_an_institution_by_its_letters_beside_a_desk_is_nobody() -> None:
    block = (
        "<h4>Contacts</h4><p><strong>BC Harbours</strong><br>Media Relations<br>media@harbours.example</p>"
    )
    assert contacts(read(page_of(block), "en", "CA")) == [(None, None, "media@harbours.example")]


def test_a_number_for_emergencies_and_a_dateline_above_a_desk_are_no_part_of_it() -> None:
    block = (
        "<p>Em caso de necessidade, ligue 808 24 24 24.</p><p>Lisboa, 19 de julho de 2024</p>"
        "<p>Gabinete de Comunicação<br>Tel. 21 000 01 23<br>comunicacao@porto.example</p>"
    )
    found = read(page_of(block), "pt", "PT")
    assert contacts(found) == [(None, "21 000 01 23", "comunicacao@porto.example")]
    assert found.body.endswith("Lisboa, 19 de julho de 2024")


def test_a_list_of_days_below_the_heading_of_a_listing() -> None:
    page = (
        "<html><head><title>Speeches</title></head><body><main><h1>Speeches</h1>"
        "<div>1 March 2024</div><h2>Address to the skippers of Westpoint</h2><div>22 February 2024</div><h2>Opening of the new slipway</h2>"
        "<div>26 January 2024</div><h2>Remarks at the lighthouse</h2></main></body></html>"
    )
    assert refusal(page.encode()) == "listing"


@pytest.mark.parametrize(
    "line",
    [
        "FOR IMMEDIATE RELEASE",
        "For release at 4:30 p.m. EDT",
        "Immediate Release:",
        "Pour diffusion immédiate",
    ],
)
def test_words_about_the_release_of_a_release_are_no_text(line: str) -> None:
    assert read(page_of(above=f"<p>{line}</p>")).body == BODY
    body = page_of().replace(b"<div class=text>", f"<div class=text><p>{line}</p>".encode())
    assert read(body).body == BODY


def test_short_lines_below_a_contact_and_buttons_are_no_text() -> None:
    below = (
        "<p>Media contact: Orla Quay, 01 496 0101</p><p>General contacts: Click <a href=/c>here</a></p>"
        "<p>Topic: <a href=/t>Harbours</a></p><p>Did you find what you looked for?</p>"
    )
    assert read(page_of(below)).body == BODY
    assert (
        read(page_of("<p><a href='javascript:print()'>Print version of this document</a></p>")).body == BODY
    )


def test_a_helpline_in_the_text_is_no_contact_though_a_label_begins_its_sentence() -> None:
    line = "For more information about the works, call the board's toll-free helpline at 01 496 0199."
    found = read(page_of(f"<p>{line}</p><div>Media Contact: Orla Quay<br>Phone: 01 496 0101</div>"))
    assert contacts(found) == [("Orla Quay", "01 496 0101", None)]
    assert found.body == f"{BODY}\n\n{line}"


def test_a_label_that_ends_in_a_label_and_an_address_between_name_and_number() -> None:
    block = "<h2>Kontakt für weitere Auskünfte</h2><h3>Hafenstatistik</h3><p>Telefon: +49 611 000 0123</p>"
    assert contacts(read(page_of(block), "de", "DE")) == [(None, "+49 611 000 0123", None)]
    card = (
        "<div class=box><div>Ihr Ansprechpartner</div><div><a href=/p>Frau Saskia Kai</a></div><div>Pressesprecherin</div><div>Rathausplatz 1</div>"
        "<div>67890 Westport</div><div>Tel.: 06789 000-123</div></div>"
    )
    assert contacts(read(page_of(after=card), "de", "DE")) == [("Saskia Kai", "06789 000-123", None)]


def copied(text: str, language: str, country: str) -> Release:
    found = read_body(
        text.encode(), URL, unknown_newsroom(URL, "Europe/Berlin", (language,), country), text=True
    )
    assert found.release is not None, found.item
    return found.release


def test_salutations_addresses_and_stamps_are_no_headline_of_a_copy() -> None:
    text = (
        "www.hafen.example\n\nSlipanlage in Westport wird saniert\n\nveröffentlicht am 05.03.2024\n\n"
        "Sehr geehrte Pressekolleginnen und -kollegen,\n\n"
        "die Slipanlage in Westport wird ab April saniert, sie war im November beim Sturm beschädigt worden.\n\n"
        "Die Arbeiten dauern voraussichtlich drei Monate, danach können die Boote wieder ins Wasser.\n"
    )
    assert copied(text, "de", "DE").headline == "Slipanlage in Westport wird saniert"
    stamped = text.replace(
        "veröffentlicht am 05.03.2024", "Publicado em 05/03/2024 16h36 Atualizado em 06/03/2024 09h00"
    )
    assert copied(stamped, "pt", "BR").headline == "Slipanlage in Westport wird saniert"


def test_opening_hours_behind_a_number_and_a_name_that_ends_a_sentence() -> None:
    text = (
        "Slipanlage in Westport wird saniert\n\nDie Slipanlage in Westport wird ab April saniert, sie war im November beim Sturm beschädigt worden.\n\n"
        "Zuständig für den Hafen ist:\nSven-Erik Kajenmark.\n\nPressestellen:\n\nPresseamt\nTel.: 0170 0000101 (08.00 Uhr bis 13.00 Uhr)\npresse@hafen.example\n"
    )
    assert contacts(copied(text, "de", "DE")) == [(None, "0170 0000101", "presse@hafen.example")]


@pytest.mark.parametrize(
    "name",
    [
        "ftr",
        "fusszeile",
        "pied-de-page",
        "rodape",
        "kruimelpad",
        "migas",
        "fil-ariane",
        "compartir",
        "bildtext",
    ],
)
def test_parts_are_known_by_their_names_in_other_languages(name: str) -> None:
    frame = f"<div class={name}><p>{TEXT[2].replace('Boats', 'All boats')}</p></div>"
    assert read(page_of(frame)).body == BODY


def test_a_lead_whose_class_says_teaser_stays() -> None:
    lead = "The Harbour Board has found a builder for the slipway that the storm of November has damaged."
    body = page_of().replace(
        b"<div class=text>", f"<div class=text><div class=teaser><b>{lead}</b></div>".encode()
    )
    assert read(body).body == f"{lead}\n\n{BODY}"
    after = f"<div class=teaser><a href=/n><h3>Other news</h3></a><p>{lead}</p></div>"
    assert read(page_of(after=after)).body == BODY


def test_an_address_behind_words_of_a_card_and_a_long_postal_address() -> None:
    card = (
        "<h2>Kontakt</h2><div><a href=/p>Gunn Brygge</a><span>Regiondirektør</span><a href='tel:+4790000126'>900 00 126</a>"
        "<a href='mailto:gunn.brygge@havn.example'>Send e-post</a></div>"
    )
    assert contacts(read(page_of(card), "nb", "NO")) == [
        ("Gunn Brygge", "900 00 126", "gunn.brygge@havn.example")
    ]
    post = (
        "<h2>Contacts</h2><p>Deniz Quay</p><p>Media Adviser</p><p>Representative on Harbours</p><p>Quay Street 6<br>1010 Westport<br>Ireland</p>"
        "<p>Office: 01 496 0104</p><p>deniz.quay@harbour.example</p>"
    )
    assert contacts(read(page_of(after=f"<div>{post}</div>"))) == [
        ("Deniz Quay", "01 496 0104", "deniz.quay@harbour.example")
    ]


def test_a_heading_that_is_a_title_too_labels_a_side_column() -> None:
    side = "<div class=sidebar><h3>Ansprechpartner</h3><p>Pressestelle Hafenamt<br>Jörn Kai<br>Tel. 09141 000-123</p></div>"
    assert contacts(read(page_of(after=side), "de", "DE")) == [("Jörn Kai", "09141 000-123", None)]


def test_three_dated_links_and_no_text_are_a_listing() -> None:
    entries = "".join(
        f"<article><h2><a href=/{n}>The board decides on slipway {n}</a></h2><p>0{n}/03/2024</p></article>"
        for n in (1, 2, 3)
    )
    assert refusal(f"<html><body><main><h1>Slipways</h1>{entries}</main></body></html>".encode()) == "listing"


def test_a_place_and_an_hour_before_any_text_are_an_event_s() -> None:
    facts = "<p>Date: Tuesday, March 12, 2024 Time: 10:00 AM</p><p>Location: Quay Room 342</p>"
    assert refusal(page_of(above=facts)) == "another kind of document"
    assert refusal(page_of(above=f"<p class=type>Media advisory</p>{facts}")) is None
    assert refusal(page_of(facts)) is None


def test_a_copyright_line_in_another_element_leaves_the_contact_above_it() -> None:
    block = "<p>Press office: 01 496 0101<br>press@harbour.example</p>"
    body = page_of(block).replace(
        b"<footer></footer>", b"<div id=pie>\xc2\xa9 Harbour Board 2024, Quay Street</div>"
    )
    assert contacts(read(body)) == [(None, "01 496 0101", "press@harbour.example")]


def test_a_company_is_nobody() -> None:
    block = "<p><strong>Yderligere oplysninger:</strong><br>Vesterhavn A/S, telefon 75 00 01 46<br>Havnens pressetelefon, 25 00 01 47</p>"
    assert contacts(read(page_of(block), "da", "DK")) == [
        (None, "75 00 01 46", None),
        (None, "25 00 01 47", None),
    ]


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("en", "Was this page helpful?"),
        ("it", "Questa pagina ti è stata utile?"),
        ("nb", "Fant du det du lette etter?"),
    ],
)
def test_questions_about_the_page_are_no_text(language: str, asked: str) -> None:
    assert read(page_of(f"<h2>{asked}</h2><p>Yes</p><p>No</p>"), language).body == BODY
    assert read(page_of(f"<p>{asked}</p>"), language).body == BODY


def test_a_name_and_a_number_beside_for_release_head_a_release() -> None:
    head = "<table><tr><td>HB No. 14-045<br>Orla Quay<br>01 496 0101<br>http://www.harbour.example/news</td><td>FOR RELEASE<br>Tuesday</td></tr></table>"
    body = page_of().replace(b"<div class=top>", f"<div class=top>{head}".encode())
    assert contacts(read(body)) == [("Orla Quay", "01 496 0101", None)]
