"""Issuing body, type label and number from the lines around a headline. All pages and names are synthetic."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.languages import words
from crawler.platforms import layout_for
from crawler.reading.bylines import is_person, labelled, names_body
from crawler.reading.headline import find_headline
from crawler.reading.kinds import (
    is_stamp,
    kind_before_colon,
    kind_before_issuer,
    kind_in,
    kind_of,
    without_stamp,
)
from crawler.reading.labels import Labels, find_labels
from crawler.reading.metadata import collect_metadata
from crawler.reading.numbers import mask_numbers, number_in
from crawler.reading.page import Page, parse_page, text_page
from crawler.reading.place import find_place

NORDIC = words(("sv", "fi", "en", "de", "is", "nb"))
TEXT = (
    "<p>The old quay is closed to traffic for about forty days while the piles below it are replaced.</p>" * 3
)


def read(body: str, head: str = "", lang: str = "en") -> Labels:
    page = parse_page(
        f"<html lang={lang}><head>{head}</head><body>{body}</body></html>".encode(),
        "https://p.example/n/1",
        "text/html; charset=utf-8",
    )
    assert isinstance(page, Page)
    return labels(page, lang)


def labels(page: Page, lang: str = "en") -> Labels:
    metadata = collect_metadata(page)
    vocabulary = words((lang,))
    headline = find_headline(page, metadata, vocabulary)
    assert headline is not None
    return find_labels(
        page, find_place(page, headline.block, vocabulary), metadata, vocabulary, layout_for(page)
    )


def text(printed: object) -> str | None:
    return getattr(printed, "text", None)


@pytest.mark.parametrize(
    ("line", "label", "kind"),
    [
        ("Pressmeddelande 96/2017", "Pressmeddelande", "press release"),
        ("Nyhet 08.10.2015 14.20 fi sv", "Nyhet", "news"),
        ("Tyyppi:Tiedote 677", "Tiedote", "press release"),
        ("Bern, Medienmitteilung, 13.05.2009", "Medienmitteilung", "press release"),
        ("07.08.2023 - Artikel", "Artikel", "news"),
        ("2 October 2001 Media Statement", "Media Statement", "statement"),
        ("Tiedotteet 2022", "Tiedotteet 2022", "press release"),
        ("BRIEFING(110608)", "BRIEFING(110608)", "transcript"),
        ("Pressmeddelanden, 25.10.2012 | Utrikesministeriet", "Pressmeddelanden", "press release"),
        ("MFA Press Statement:", "MFA Press Statement", "statement"),
    ],
)
def test_a_short_line_tells_the_type(line, label, kind):
    found = kind_in(line, NORDIC)
    assert found is not None
    assert (found.label, found.kind) == (label, kind)


@pytest.mark.parametrize(
    "line",
    [
        "Ministry of Transport",
        "Pressmeddelande som ministern inte ville se blir en bok",
        "21.6.2022 11.43",
        "",
        "All news releases of the year at a glance",
    ],
)
def test_other_lines_tell_none(line):
    assert kind_in(line, NORDIC) is None


def test_a_label_with_its_issuer_is_whole_where_nothing_follows():
    found = kind_in("Pressmeddelande från Försvarsdepartementet", NORDIC)
    assert found is not None
    assert found.whole == "Pressmeddelande från Försvarsdepartementet"
    numbered = kind_in("FRÉTTATILKYNNING frá utanríkisráðuneytinu Nr. 026", NORDIC)
    assert numbered is not None
    assert (numbered.label, numbered.whole) == ("FRÉTTATILKYNNING", "")


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Presseinvitasjon: Åpner ny kai", "Presseinvitasjon"),
        ("Presseinvtasjon: Åpner ny kai", "Presseinvtasjon"),
    ],
)
def test_a_headline_may_begin_with_its_type_also_misspelt(line, label):
    found = kind_before_colon(line, NORDIC)
    assert found is not None
    assert (found.label, found.kind) == (label, "invitation")


def test_a_colon_alone_is_no_type():
    assert kind_before_colon("Henriksson: kajen öppnas", NORDIC) is None


def test_a_first_line_may_name_type_and_issuer():
    found = kind_before_issuer("News release from Harbour Laboratory, 31 August 2016.", NORDIC)
    assert found is not None
    assert (found.label, found.rest) == ("News release", "from Harbour Laboratory, 31 August 2016.")


def test_the_normalised_type_of_labels_as_printed():
    assert kind_of("Tiedote 98/2020", words(("fi",))) == "press release"
    assert kind_of("Pressmeddelande från Försvarsdepartementet", words(("sv",))) == "press release"
    assert kind_of("Quay", words(("en",))) is None


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Pressmeddelande 96/2017", "96/2017"),
        ("Nr. 085", "085"),
        ("Comunicado No. 011/2026", "011/2026"),
        ("NOTA À IMPRENSA N° 612", "612"),
        ("PR231129", "231129"),
        ("Press Release Number: 16-187", "16-187"),
        ("Ref.: 20240111IPR04242", "20240111IPR04242"),
        ("22/5/2017", None),
        ("1/5/2015", None),
        ("2019–2022", None),
        ("10 Downing Street", None),
    ],
)
def test_numbers(line, number):
    assert number_in(line) == number


def test_a_bare_number_counts_beside_a_type_only():
    assert number_in("Tiedote 677") is None
    assert number_in("Tiedote 677", beside_type=True) == "677"
    assert number_in("Tiedotteet 2022", beside_type=True) is None
    assert number_in("Nyhet 08.10.2015 14.20", beside_type=True) is None


@given(st.text(max_size=200))
def test_masking_keeps_the_length_and_hides_the_number(line):
    masked = mask_numbers(line)
    assert len(masked) == len(line)
    assert mask_numbers("Tiedote 96/2017 22.5.2017") == "Tiedote         22.5.2017"


def test_stamps():
    assert is_stamp("Publication date 10.11.2023 12.37", NORDIC)
    assert not is_stamp("Ministry of Transport", NORDIC)
    assert without_stamp("28. apríl 2000 Hafnaráðuneytið", NORDIC) == "Hafnaráðuneytið"


def test_bodies_and_persons():
    assert names_body("Justis- og beredskapsdepartementet", NORDIC)
    assert names_body("Department for Environment, Food and Rural Affairs", words(("en",)))
    assert not names_body("The ministry closes the quay.", NORDIC)
    assert is_person("Ada Example")
    assert not is_person("Preses nodaļa")
    assert not is_person("NATO")
    assert labelled("Utgiver: Havnedepartementet", words(("nb",))) == "Havnedepartementet"
    assert labelled("2017年12月07日 15:46:00 来源:港口部网站", words(("zh",))) == "港口部网站"
    assert (
        labelled("Distributed by APO Group on behalf of Ministry of Ports, Kenya.", words(("en",)))
        == "Ministry of Ports, Kenya."
    )


def test_classes_and_labels_around_the_headline():
    found = read(
        '<main><p class="kicker">Media release 12/2024</p><h1>Quay closed for repairs all summer</h1>'
        f"<dl><dt>Issued by:</dt><dd>Harbour Board of the North</dd></dl>{TEXT}</main>"
    )
    assert text(found.type_label) == "Media release"
    assert found.type == "press release"
    assert text(found.number) == "12/2024"
    assert text(found.byline) == "Harbour Board of the North"
    assert found.byline is not None
    assert found.byline.evidence == "label:Issued by"


def test_one_body_below_another_is_its_part():
    found = read(
        "<main><div>Department of Ports</div><div>Office of Public Affairs</div><h1>Quay closed for repairs all summer</h1>"
        + TEXT
        + "</main>"
    )
    assert text(found.byline) == "Department of Ports, Office of Public Affairs"


def test_a_person_who_wrote_the_page_issued_nothing():
    found = read(
        f'<main><h1>Quay closed for repairs all summer</h1><p class="byline">By: Ada Example</p>{TEXT}</main>'
    )
    assert found.byline is None


def test_the_end_of_the_text_may_hold_type_number_and_issuer():
    found = read(
        f"<main><h1>Kajen stängs för reparation i sommar</h1>{TEXT}<p>PRESSMEDDELANDE 6/2003</p><p>Hamnministeriets kansli</p></main>",
        lang="sv",
    )
    assert (text(found.type_label), text(found.number), text(found.byline)) == (
        "PRESSMEDDELANDE",
        "6/2003",
        "Hamnministeriets kansli",
    )


def test_menus_and_paths_say_nothing_about_the_release():
    found = read(
        '<nav><a href="/n">News</a></nav><p>Home &gt; Department of Ports</p><ul><li><a href="/m">About the ministry</a></li></ul>'
        f"<h1>Quay closed for repairs all summer</h1>{TEXT}<footer><p>Ministry of Ports</p></footer>"
    )
    assert found.byline is None


def test_a_plain_text_copy():
    page = text_page(
        "Hoppa till innehåll\n\nEn ny kaj öppnas för trafik i hamnstaden\n\nhamnministeriet\nUtgivningsdatum 21.6.2022 11.43\nPressmeddelande\n\n"
        + "Kajen öppnas för trafik i dag efter fyrtio dagars arbete med pålarna under den gamla bryggan. "
        * 3,
        "https://p.example/",
    )
    found = labels(page, "sv")
    assert (text(found.byline), text(found.type_label)) == ("hamnministeriet", "Pressmeddelande")


@given(st.lists(st.text(max_size=60), max_size=12))
@settings(max_examples=80, deadline=None)
def test_no_page_raises(lines):
    page = text_page("\n".join(["A headline that is long enough", *lines]), "https://p.example/")
    found = labels(page)
    assert all(0 <= index < len(page.blocks) for index in found.used)


def test_a_label_without_a_colon_names_the_issuer():
    found = read(
        f'<main><h1>Quay closed for repairs all summer</h1><p>From <a href="/d">Department of Ports</a></p>{TEXT}</main>'
    )
    assert text(found.byline) == "Department of Ports"


def test_a_link_that_stands_alone_may_be_the_issuer_and_a_menu_may_not():
    alone = '<main><p>25. 9. 2025</p><p><a href="/m">Ministry of Ports</a></p><h1>Quay closed for repairs all summer</h1>'
    assert text(read(f"{alone}{TEXT}</main>").byline) == "Ministry of Ports"
    menu = '<main><p><a href="/a">News</a></p><p><a href="/m">Ministry of Ports</a></p><h1>Quay closed for repairs all summer</h1>'
    assert read(f"{menu}{TEXT}</main>").byline is None


def test_the_sites_header_names_the_site():
    found = read(
        f'<header><div class="logo">Ministry of Ports</div></header><main><h1>Quay closed for repairs all summer</h1>{TEXT}</main>'
    )
    assert found.byline is None


def test_a_closing_line_names_the_issuer_in_its_plain_form():
    found = read(
        f"<main><h1>Bryggjan lokuð vegna viðgerða í sumar</h1><p>Fréttatilkynning frá hafnaráðuneytinu</p>{TEXT}<p>Hafnaráðuneytið, Reykjavík, 8. janúar 1999.</p></main>",
        lang="is",
    )
    assert text(found.byline) == "Hafnaráðuneytið"


def test_a_news_section_is_no_type_label():
    path = (
        '<nav class="breadcrumb"><ol><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ol></nav>'
    )
    found = read(f"{path}<main><h1>Quay closed for repairs all summer</h1>{TEXT}</main>")
    assert found.type_label is None
    assert text(found.section) == "News"


def test_a_word_in_the_text_is_no_type_label():
    lines = f"<main><h1>Quay closed for repairs all summer</h1>{TEXT}<p>Statement: all ships will use the new quay from now on.</p></main>"
    assert read(lines).type_label is None


def test_a_type_with_a_sentence_behind_it_is_not_whole():
    found = read(
        f"<main><p>Statement by the captain of the old ferry boat Aurora</p><h1>Quay closed for repairs all summer</h1>{TEXT}</main>"
    )
    assert text(found.type_label) == "Statement"
