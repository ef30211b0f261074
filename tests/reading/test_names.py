"""A person's name among titles, institutions, streets and principals."""

from __future__ import annotations

import pytest

from crawler.languages import words
from crawler.reading.names import find_person, in_dictionary_form, spells
from crawler.reading.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("language", "segment", "name"),
    [
        ("en", "Counsellor Laura Ashgrove", "Laura Ashgrove"),
        ("en", "Special Adviser to the Foreign Minister Oliver Dunfield", "Oliver Dunfield"),
        ("en", "Mary Street", "Mary Street"),
        ("en", "Siobhan O'Brien", "Siobhan O'Brien"),
        ("en", "J. R. Thornby", "J. R. Thornby"),
        ("sv", "utrikesminister Norrviks diplomatiska rådgivare Anders Hedberg", "Anders Hedberg"),
        ("sv", "Konrad Berg", "Konrad Berg"),
        ("sv", "Erik af Klintholm", "Erik af Klintholm"),
        ("de", "Mag. Greta Waldbach", "Greta Waldbach"),
        ("de", "Stefan Döring", "Stefan Döring"),
        ("de", "Ursula von der Heide", "Ursula von der Heide"),
        ("de", "Dr. Waldbach", "Waldbach"),
        ("da", "Pressechef i Justitsministeriet Signe Holmager", "Signe Holmager"),
        ("nl", "Jan van der Laan", "Jan van der Laan"),
        ("lv", "Ilze Ozolkalne Ministru kabineta preses sekretāre", "Ilze Ozolkalne"),
        ("fr", "M. Bastien Rivedoux Service Presse", "Bastien Rivedoux"),
        ("sr", "Вера Лукавац", "Вера Лукавац"),
        ("ko", "과장 김하늘", "김하늘"),
        ("ko", "홍보담당관김하늘", "김하늘"),
        ("ar", "سلمى الحرجي", "سلمى الحرجي"),
    ],
)
def test_name_is_found(language: str, segment: str, name: str) -> None:
    person = find_person(segment, vocabulary(words((language, "en"))), first=True)
    assert person is not None
    assert (person.name, person.score >= 2) == (name, True)


@pytest.mark.parametrize(
    ("language", "segment"),
    [
        ("en", "Embassy of Finland"),
        ("en", "Office of the Attorney General Peter Thornby"),
        ("en", "more about the Civil Rights Division"),
        ("en", "Media Relations Division"),
        ("en", "Unit for Central and Northern Europe"),
        ("sv", "Pressekreterare hos försvarsminister Eva Ekhamra"),
        ("ro", "Ministerul Apărării Naţionale"),
        ("de", "Presse- und Informationsdienst"),
        ("fr", "avenue du Président Bastien Rivedoux"),
        ("ko", "기획홍보실 홍보팀"),
    ],
)
def test_no_name(language: str, segment: str) -> None:
    person = find_person(segment, vocabulary(words((language, "en"))), first=True)
    assert person is None or person.score < 2


def test_address_spells_a_name() -> None:
    assert spells("Torstein Tverrdal-Breivoll", "torstein.tverrdal") == 1.0
    assert spells("Ragna Solvik", "rso") == 0.9
    assert spells("Ragna Solvik", "presse") == 0.0


def test_address_decides_what_is_a_name() -> None:
    vocab = vocabulary(words(("en",)))
    person = find_person("Head of News Peregrine North", vocab, ("peregrine.north",))
    assert person is not None
    assert person.name == "Peregrine North"


def test_declined_name_in_its_dictionary_form() -> None:
    assert in_dictionary_form("Sunnu Björnsdóttur", "sunna.bjornsdottir") == "Sunna Björnsdóttir"
    assert in_dictionary_form("Sunnu Björnsdóttur", "postur") == "Sunnu Björnsdóttur"
