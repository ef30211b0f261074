"""Releases that belong together: the same one on two sites, and in two languages; where they come to say different things."""

from dataclasses import replace
from typing import Any

import pytest

from archive import facts
from archive.dossier import dossier
from archive.model import Contact, Identity, Newsroom, Release
from archive.store import Writer
from tests.archive.looking import events, run_again, see, value
from tests.archive.pages import CONTACT, moment, release

OTHER = Newsroom("other", "Ministry of Others")


def test_a_release_on_two_sites_is_linked_and_its_divergence_told(writer: Writer) -> None:
    writer.put_newsroom(OTHER)
    copy = release(
        newsroom="other", url="https://other.example/copy", identity=Identity("url", "other.example/copy")
    )
    see(writer, release())
    see(writer, copy)
    writer.commit_batch()
    assert value(writer, "select count(*) from relations where kind = 'same as'") == 2
    see(writer, replace(copy, body=copy.body.replace("1.5", "2.5")), hours=5, body="edited")
    writer.commit_batch()
    assert events(writer) == ["new", "new", "silent edit", "diverged"]


def test_translations_are_linked_by_cms_id_or_by_minute_and_contact(writer: Writer) -> None:
    see(writer, release(1, identity=Identity("cms", "liferay:9@en")))
    see(writer, release(2, identity=Identity("cms", "liferay:9@sv"), language="sv", contacts=()))
    see(writer, release(3, language="fi", headline="Tuki", published=release(1).published))
    see(writer, release(4, language="fi", headline="Muuta", contacts=(), published=release(1).published))
    writer.commit_batch()
    found = writer.archive.connection.execute(
        "select from_release, to_release, evidence from relations order by 1, 2"
    )
    assert [tuple(row) for row in found] == [
        (1, 2, "cms id"),
        (1, 3, "contacts and time"),
        (2, 1, "cms id"),
        (3, 1, "contacts and time"),
    ]


ENGLISH = release(identity=Identity("cms", "liferay:9@en"))
SWEDISH = release(
    url="https://ministry.example/sv/-/meddelande-1",
    identity=Identity("cms", "liferay:9@sv"),
    language="sv",
    headline="Stöd till 1 kommun",
    body="Ministeriet beviljar 1,5 miljoner euro till 1 kommun.\n\nBeslutet fattades på måndagen.",
)
EDITS: dict[str, tuple[dict[str, Any], dict[str, Any], list[str]]] = {
    "a number": (
        {"body": ENGLISH.body.replace("1.5", "15")},
        {"body": SWEDISH.body.replace("1,5", "15")},
        ["number 5"],
    ),
    "a contact": (
        {"contacts": (replace(CONTACT, phone="0295 000 001", phone_e164="+358295000001"),)},
        {"contacts": (replace(CONTACT, phone="0295 000 001", phone_e164="+358295000001"),)},
        ["phone +358295000000"],
    ),
    "the date": (
        {"published": moment("2026-02-03T09:30:00+02:00")},
        {"published": moment("2026-02-03T09:30:00+02:00")},
        ["date 2026-02-02"],
    ),
}


def two_versions(writer: Writer) -> None:
    see(writer, ENGLISH)
    see(writer, SWEDISH)
    run_again(writer)


@pytest.mark.parametrize("name", EDITS)
def test_a_translation_that_does_not_follow_an_edit_is_told_when_its_time_is_over(
    writer: Writer, name: str
) -> None:
    english, swedish, told = EDITS[name]
    two_versions(writer)
    see(writer, replace(ENGLISH, **english), hours=10, body="edited")
    run_again(writer)
    before = events(writer)
    see(writer, SWEDISH, hours=40)
    run_again(writer)
    assert events(writer) == before, "its three days are not over"
    see(writer, SWEDISH, hours=83)
    run_again(writer)
    assert events(writer) == before, "the edit may have been taken back meanwhile"
    see(writer, replace(ENGLISH, **english), hours=84, body="edited")
    run_again(writer)
    see(writer, SWEDISH, hours=90)
    run_again(writer)
    assert events(writer) == [*before, "diverged"]
    detail = str(value(writer, "select detail from events where kind = 'diverged'"))
    assert all(fact in detail for fact in told), detail
    assert SWEDISH.url in detail
    [sibling] = dossier(writer.archive, 1).siblings
    assert set(told) <= set(sibling.keeps)
    [sibling] = dossier(writer.archive, 2).siblings
    assert set(told) <= set(sibling.dropped)
    see(writer, replace(SWEDISH, **swedish), hours=100, body="followed")
    run_again(writer)
    [sibling] = dossier(writer.archive, 1).siblings
    assert (sibling.keeps, sibling.dropped) == ((), ())


@pytest.mark.parametrize("name", EDITS)
def test_a_translation_that_follows_in_time_or_an_edit_taken_back_is_no_divergence(
    writer: Writer, name: str
) -> None:
    english, swedish, _ = EDITS[name]
    two_versions(writer)
    see(writer, replace(ENGLISH, **english), hours=10, body="edited")
    see(writer, replace(SWEDISH, **swedish), hours=50, body="followed")
    see(writer, ENGLISH, hours=60)
    see(writer, SWEDISH, hours=61)
    run_again(writer)
    see(writer, SWEDISH, hours=200)
    see(writer, ENGLISH, hours=200)
    run_again(writer)
    assert "diverged" not in events(writer)


def test_a_translation_that_could_not_be_looked_at_is_not_said_to_stay_behind(writer: Writer) -> None:
    two_versions(writer)
    see(writer, replace(ENGLISH, body=ENGLISH.body.replace("1.5", "15")), hours=10, body="edited")
    see(writer, ENGLISH, hours=200, body="edited again")
    run_again(writer)
    assert "diverged" not in events(writer)


def test_other_words_and_the_dress_of_numbers_are_no_divergence(writer: Writer) -> None:
    two_versions(writer)
    see(writer, replace(ENGLISH, body=ENGLISH.body.replace("grants", "has granted")), hours=10, body="words")
    see(writer, SWEDISH, hours=90)
    run_again(writer)
    assert "diverged" not in events(writer)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10 000 euro", "10,000 euros"),
        ("1.5", "1,5"),
        ("\u0661\u0665", "15"),
        ("２０", "20"),
        ("10\u00a0000", "10.000"),
    ],
)
def test_a_number_is_the_same_fact_in_every_script(one: str, other: str) -> None:
    def said(text: str) -> Release:
        return release(headline="h", body=text, contacts=(), published=None)

    assert facts.facts(said(one)) == facts.facts(said(other))


def test_a_contact_without_phone_or_address_is_no_fact() -> None:
    bare = release(headline="h", body="b", contacts=(Contact(name="Aino"),), published=None)
    assert not facts.facts(bare)
