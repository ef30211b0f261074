"""Kinds of structures that blind pages had and the rules had not: contacts, bodies, bylines, refusals.

All pages are synthetic: the forms are those of ministries, agencies, parliaments and police sites at large; persons,
numbers and texts are invented.
"""

from __future__ import annotations

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
