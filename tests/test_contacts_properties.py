"""Whatever stands in a block: an answer, made of what is printed there."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import ContactBlock
from crawler.languages import words
from crawler.reading.contact_blocks import find_contact_blocks
from crawler.reading.emails import find_emails
from crawler.reading.page import text_page
from crawler.reading.phones import digits, find_phones
from crawler.reading.place import find_place
from pipelines.contacts import read_contacts
from tests.contact_shapes import SHAPES

WORDS = words(("sv", "en"))
PARTS = (
    "Kontakt:",
    "Anna Berg",
    "jurist",
    "tfn 0295 150 111",
    "(växel)",
    "anna(at)min.example",
    ",",
    ";",
    "och",
    "\u00a0",
    "\n",
    "[email protected]",
    "+46 8 405 10 00",
    "minister",
    ":",
    "(",
    "fornamn.efternamn@",
    "2022",
    "hos",
)
lines = st.lists(
    st.one_of(st.text(max_size=30), st.lists(st.sampled_from(PARTS), max_size=8).map(" ".join)), max_size=8
)


@given(lines)
@settings(max_examples=150, deadline=None)
def test_never_raises_and_prints_only_what_is_there(texts: list[str]) -> None:
    contacts = read_contacts([ContactBlock(tuple(texts), "test", "Kontakt")], WORDS, "SE")
    seen = "".join("".join(text.split()) for text in texts)
    for contact in contacts:
        assert (
            contact.name
            or contact.phone
            or contact.email
            or contact.email_state != "none"
            or contact.role
            or contact.org
        )
        for phone in contact.phones:
            assert "".join(phone.split()) in seen


@given(st.text(max_size=80), st.sampled_from([None, "FI", "US", "XX"]))
@settings(max_examples=150, deadline=None)
def test_points_lie_in_the_text(text: str, region: str | None) -> None:
    for phone in find_phones(text, region):
        assert text[phone.start : phone.end] == phone.printed
        assert len(digits(phone.printed)) >= 5
    for email in find_emails(text):
        assert text[email.start : email.end].strip() == email.printed.strip()


@given(lines)
@settings(max_examples=80, deadline=None)
def test_finding_never_raises(texts: list[str]) -> None:
    page = text_page("\n".join(texts), "https://min.example/1")
    found = find_contact_blocks(page, find_place(page, -1, WORDS), WORDS, "SE")
    assert found.used <= {block.index for block in page.blocks}


@given(st.sampled_from(SHAPES), st.sampled_from([" ", "  ", "\u00a0", "\t", " \u200b"]))
@settings(max_examples=120, deadline=None)
def test_white_space_changes_nothing(shape: tuple[str, str, str, object], space: str) -> None:
    language, region, text, _ = shape
    vocabulary = words((language, "en"))
    plain, spaced = (
        read_contacts([ContactBlock(tuple(each.split("\n")), "test", "label")], vocabulary, region)
        for each in (text, text.replace(" ", space))
    )
    assert [(c.name, c.email) for c in plain] == [(c.name, c.email) for c in spaced]


HOSTILE = {
    "digits": "1" * 100_000,
    "digits in groups": "tel. " + "12 34 " * 20_000,
    "signs": "a@a.a" * 20_000,
    "words of signs": "at dot " * 15_000,
    "brackets": "(" * 100_000,
    "colons": "a: " * 30_000,
    "persons": "Anna Berg, jurist, " * 5_000 + "tel. 0295 000 000",
    "lines": "Kontakt: Anna Berg, jurist, tel. 0295 000 000\n" * 2_000,
    "numbers": "0295 000 000\n" * 5_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_bounded_time(name: str) -> None:
    started = time.process_time()
    page = text_page(HOSTILE[name], "https://min.example/1")
    found = find_contact_blocks(page, find_place(page, -1, WORDS), WORDS, "SE")
    read_contacts((*found.blocks, ContactBlock((HOSTILE[name],), "test", "Kontakt")), WORDS, "SE")
    assert time.process_time() - started < 5
