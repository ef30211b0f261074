"""Contact blocks are found on pages in any markup, and nothing of the site around the release is taken for one."""

from __future__ import annotations

from html import escape

import pytest

from archive.model import Contact
from crawler.items import Refusal
from crawler.languages import words
from crawler.reading.contact_blocks import FoundContacts, find_contact_blocks
from crawler.reading.headline import find_headline
from crawler.reading.metadata import collect_metadata
from crawler.reading.page import Page, parse_page, text_page
from crawler.reading.place import find_place
from pipelines.contacts import read_contacts
from tests.contact_markup import IN_MARKUP
from tests.contact_pages import PAGES
from tests.contact_shapes import SHAPES
from tests.contact_shapes_wider import Expected

URL = "https://www.harbours.example/release"
TEXT = (
    "The working group was set up on 5 May 2022 for two years and will report to both houses of parliament in spring.",
    "The ministry received 84 statements during the consultation, most of them from the municipalities of the coast.",
    "The total cost is estimated at 10,250,000 euros, of which the state pays about half over the next five years.",
)
FOOTER = (
    "Ministry of Small Harbours",
    "Harbour Street 12",
    "Switchboard 0295 160 001",
    "info@harbours.example",
)


def page_of(block: str, place: str = "end") -> Page:
    """A page of a ministry with a contact block (HTML) at the end, in the middle or in a side column."""
    body = [f"<p>{line}</p>" for line in TEXT]
    if place == "middle":
        body.insert(2, block)
    elif place == "end":
        body.append(block)
    aside = {"aside": f"<aside>{block}</aside>", "after": f"<section>{block}</section>"}.get(place, "")
    html = (
        "<html><head><title>New rules for small harbours</title></head><body><nav><a href='/c'>Contact</a> <a href='/n'>News</a></nav>"
        f"<main><article><h1>New rules for small harbours</h1><p class='date'>5 May 2022</p>{''.join(body)}</article>{aside}</main>"
        f"<footer><p>{'<br>'.join(FOOTER)}</p><p>© 2022 Ministry of Small Harbours</p></footer></body></html>"
    )
    page = parse_page(html.encode(), URL)
    assert not isinstance(page, Refusal)
    return page


def find(page: Page, language: str, region: str) -> tuple[FoundContacts, tuple[Contact, ...]]:
    vocabulary = words((language, "en"))
    headline = find_headline(page, collect_metadata(page), vocabulary)
    place = find_place(page, headline.block if headline else -1, vocabulary)
    found = find_contact_blocks(page, place, vocabulary, region)
    return found, read_contacts(found.blocks, vocabulary, region)


def told(contacts: tuple[Contact, ...]) -> tuple[Expected, ...]:
    return tuple((one.name, one.phone, one.email) for one in contacts)


MARKUP = {
    "br": lambda lines: f"<p>{'<br>'.join(map(escape, lines))}</p>",
    "p": lambda lines: "".join(f"<p>{escape(line)}</p>" for line in lines),
    "li": lambda lines: (
        f"<p>{escape(lines[0])}</p><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines[1:])}</ul>"
    ),
    "heading": lambda lines: (
        f"<h3>{escape(lines[0])}</h3>{''.join(f'<div>{escape(line)}</div>' for line in lines[1:])}"
        if len(lines) > 1
        else f"<p>{escape(lines[0])}</p>"
    ),
}
IDS = [f"{number}-{shape[0]}" for number, shape in enumerate(SHAPES)]


@pytest.mark.parametrize("markup", MARKUP)
@pytest.mark.parametrize(("language", "region", "text", "expected"), SHAPES, ids=IDS)
def test_shape_on_a_page(
    markup: str, language: str, region: str, text: str, expected: tuple[Expected, ...]
) -> None:
    page = page_of(MARKUP[markup](text.split("\n")))
    found, contacts = find(page, language, region)
    assert told(contacts) == expected
    body = [block.text for block in page.blocks if block.index not in found.used]
    assert all(line in body for line in TEXT)


@pytest.mark.parametrize(("language", "region", "text", "expected"), SHAPES, ids=IDS)
def test_shape_in_a_text_page(language: str, region: str, text: str, expected: tuple[Expected, ...]) -> None:
    lines = [
        "Skip to content",
        "Contact",
        "New rules for small harbours",
        "5 May 2022",
        *TEXT,
        *text.split("\n"),
        *FOOTER,
        "© 2022 Ministry of Small Harbours",
    ]
    _, contacts = find(text_page("\n".join(lines), URL), language, region)
    assert told(contacts) == expected


NOT_CONTACTS = (
    ("en", "FI", "Citizens can call the helpline at 0295 160 002 on weekdays between 9 and 16."),
    ("en", "US", "Anyone with information is asked to call the tip line at 1-800-555-0199."),
    (
        "en",
        "US",
        "For those interested in donating, call the office at 202-555-0143 or write to gifts@city.example.",
    ),
    ("sv", "SE", "Allmänheten kan ringa rådgivningstelefonen 0771-16 00 02 vardagar klockan 9-16."),
    ("sv", "SE", "Medier ackrediterar sig via adressen anmalan@forening.example."),
    ("de", "DE", "Das Bürgertelefon ist unter 030 18 555-2002 an Werktagen von 9 bis 16 Uhr erreichbar."),
    (
        "fr",
        "CA",
        "La ministre Odette Marchebois a salué les équipages. Le numéro d'information 1-800-555-0199 est ouvert en semaine.",
    ),
    ("en", "GB", "Photo: Peter Thornby, 020 7946 0101"),
)


@pytest.mark.parametrize(("language", "region", "line"), NOT_CONTACTS)
def test_numbers_for_the_public_stay_in_the_body(language: str, region: str, line: str) -> None:
    found, contacts = find(page_of(f"<p>{escape(line)}</p>"), language, region)
    assert contacts == ()
    assert found.used == frozenset()


def test_footer_and_menu_are_no_contacts() -> None:
    found, contacts = find(page_of(""), "en", "FI")
    assert (found, contacts) == (FoundContacts(), ())


@pytest.mark.parametrize("place", ["middle", "aside", "end"])
def test_block_in_the_middle_and_in_a_side_column(place: str) -> None:
    block = "<h3>Media contact</h3><p>Helen Ashgrove<br>Press Officer<br>tel. 0295 250 111</p>"
    _, contacts = find(page_of(block, place), "en", "FI")
    assert told(contacts) == (("Helen Ashgrove", "0295 250 111", None),)


def test_sentence_inside_a_paragraph_stays_in_the_body() -> None:
    sentence = "Journalists may contact Press Officer Helen Ashgrove, tel. 0295 250 111."
    page = page_of(f"<p>{TEXT[0]} {sentence}</p>")
    found, contacts = find(page, "en", "FI")
    assert told(contacts) == (("Helen Ashgrove", "0295 250 111", None),)
    assert found.used == frozenset()


def test_address_behind_other_words() -> None:
    block = "<h3>Media contact</h3><p>Helen Ashgrove, Press Officer, <a href='mailto:h.ashgrove@min.example'>send e-mail</a></p>"
    _, contacts = find(page_of(block), "en", "FI")
    assert told(contacts) == (("Helen Ashgrove", None, "h.ashgrove@min.example"),)


def test_definition_list_and_fax() -> None:
    block = "<h4>Adresse für Rückfragen:</h4><dl><dd>Informationsdienst</dd><dt>Tel.:</dt><dd>+41 58 461 01 02</dd><dt>Fax:</dt><dd>+41 58 461 01 03</dd></dl>"
    _, contacts = find(page_of(block), "de", "CH")
    assert [(one.name, one.phones) for one in contacts] == [(None, ("+41 58 461 01 02",))]


@pytest.mark.parametrize(
    ("name", "language", "region", "block", "expected", "place"),
    [*PAGES, *IN_MARKUP],
    ids=[case[0] for case in [*PAGES, *IN_MARKUP]],
)
def test_block_of_a_site(
    name: str, language: str, region: str, block: str, expected: tuple[Expected, ...], place: str
) -> None:
    _, contacts = find(page_of(block, place), language, region)
    assert told(contacts) == expected


def test_text_in_a_layout_table_is_no_row_of_contacts() -> None:
    lines = ("The minister visits the harbour of Eastport.", "The ferry returns in May.")
    block = "<p>Media contact: Helen Ashgrove, Press Officer, tel. 0295 250 111</p>"
    table = f"<table><tr><td>{''.join(f'<p>{line}</p>' for line in (*TEXT, *lines))}{block}</td></tr></table>"
    page = page_of(table)
    found, contacts = find(page, "en", "FI")
    assert told(contacts) == (("Helen Ashgrove", "0295 250 111", None),)
    assert all(block.index not in found.used for block in page.blocks if block.text in lines)
