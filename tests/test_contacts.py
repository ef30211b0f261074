"""Contact blocks of every shape become persons and desks."""

from __future__ import annotations

import pytest

from archive.model import Contact, EmailState
from crawler.items import ContactBlock
from crawler.languages import words
from pipelines.contacts import read_contacts
from tests.contact_shapes import SHAPES
from tests.contact_shapes_wider import Expected


def contacts_of(text: str, language: str, region: str, label: str | None = "label") -> tuple[Contact, ...]:
    block = ContactBlock(tuple(text.split("\n")), "test", label)
    return read_contacts([block], words((language, "en")), region)


@pytest.mark.parametrize(
    ("language", "region", "text", "expected"),
    SHAPES,
    ids=[f"{n}-{shape[0]}" for n, shape in enumerate(SHAPES)],
)
def test_shape(language: str, region: str, text: str, expected: tuple[Expected, ...]) -> None:
    found = contacts_of(text, language, region)
    assert tuple((one.name, one.phone, one.email) for one in found) == expected


def test_e164_by_country_and_all_numbers_are_kept() -> None:
    (contact,) = contacts_of(
        "Presskontakt\nEbba Lindkvist\nTelefon (växel) 08-405 10 00\nMobil 070-174 06 05", "sv", "SE"
    )
    assert contact.phone_e164 == "+4684051000"
    assert contact.phones == ("08-405 10 00", "070-174 06 05")


def test_rule_is_a_state_and_no_address() -> None:
    text = (
        "Inquiries: Helen Ashgrove, Director, tel. +358 295 351 111.\n"
        "The Ministry's email addresses are in the format firstname.lastname@gov.example."
    )
    (contact,) = contacts_of(text, "en", "FI")
    assert (contact.email, contact.email_state) == (None, EmailState.PATTERN)
    assert contact.email_pattern == "firstname.lastname@gov.example"


@pytest.mark.parametrize(
    ("printed", "address", "state"),
    [
        ("anna.berg@min.example", "anna.berg@min.example", EmailState.PRINTED),
        ("anna.berg(at)min.example", "anna.berg@min.example", EmailState.DECODED),
        ("anna.berg(a)min.example", "anna.berg@min.example", EmailState.DECODED),
        ("anna.berg [at] min [dot] example", "anna.berg@min.example", EmailState.DECODED),
        ("anna.berg @ min.example", "anna.berg@min.example", EmailState.DECODED),
        ("anna punkt berg snabela min punkt example", "anna.berg@min.example", EmailState.DECODED),
        ("elpmaxe.nim@greb.anna", "anna.berg@min.example", EmailState.DECODED),
        ("anna.berg&#64;min.example", "anna.berg@min.example", EmailState.PRINTED),
        ("anna\\_berg@min.example", "anna_berg@min.example", EmailState.PRINTED),
        ("presse@häfen.example", "presse@häfen.example", EmailState.PRINTED),
        ("[email protected]", None, EmailState.HIDDEN),
        ("förnamn.efternamn@min.example", None, EmailState.PATTERN),
    ],
)
def test_address_states(printed: str, address: str | None, state: EmailState) -> None:
    (contact,) = contacts_of(f"Kontakt: Anna Berg, jurist, tfn 0295 150 111, {printed}", "sv", "FI")
    assert (contact.email, contact.email_state) == (address, state)


def test_address_of_a_protection_is_decoded() -> None:
    block = ContactBlock(
        ("Anna Berg, jurist, anna.berg@min.example",), "test", None, frozenset({"anna.berg@min.example"})
    )
    (contact,) = read_contacts([block], words(("sv",)), "FI")
    assert contact.email_state is EmailState.DECODED


@pytest.mark.parametrize(
    "text",
    [
        "Kontakt: 21.6.2022 11.43",
        "Kontakt: Org nr 972 417 831",
        "Kontakt: 10 250 000 kronor",
        "Kontakt: beslut 96/2017",
        "Kontakt: SE-103 33 Stockholm",
        "Växel 08-405 10 00",
    ],
)
def test_no_contact_from_dates_amounts_serials_postcodes_switchboards(text: str) -> None:
    assert contacts_of(text, "sv", "SE", label=None) == ()


def test_title_and_institution_are_told_apart() -> None:
    (contact,) = contacts_of("Kontakt: Anna Berg, jurist, justitieministeriet, tfn 0295 150 111", "sv", "FI")
    assert (contact.role, contact.org) == ("jurist", "justitieministeriet")


def test_principal_in_a_label_is_no_contact() -> None:
    (contact,) = contacts_of(
        "Pressekontakt for statsminister Test Testesen: Ragna Solvik, tlf. 950 01 011", "nb", "NO"
    )
    assert contact.name == "Ragna Solvik"


def test_the_printed_lines_are_kept_beside_what_was_read() -> None:
    first, second = contacts_of(
        "Kontakt:\nAnna Berg, jurist\ntfn 0295 150 111\nNils Hedberg, chef, tfn 0295 150 222", "sv", "FI"
    )
    assert first.raw == "Anna Berg, jurist\ntfn 0295 150 111"
    assert second.raw == "Nils Hedberg, chef, tfn 0295 150 222"
