"""Stems, bigrams and positions: the keys of the full-text index."""

import sqlite3
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.positions import position_of, positions_between
from archive.stems import as_indexed, bigrams, fold, index_terms, stem


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fi", "ihmiskauppa", "ihmiskaupan"),
        ("fi", "ministeriö", "ministeriön"),
        ("nb", "forhandlingene", "forhandling"),
        ("en-GB", "ministers", "Minister"),
    ],
)
def test_inflected_words_share_a_stem(language: str, one: str, other: str) -> None:
    assert stem(one, language) == stem(other, language) is not None


def test_a_language_without_stems_has_none() -> None:
    assert stem("saopštenje", "mt") is None
    assert index_terms(None, "Ihmiskaupan uhrit") == ""


def test_spaceless_scripts_are_written_as_bigrams() -> None:
    assert index_terms("zh", "新政策") == "z65b0z653f z653fz7b56 z7b56z"
    assert list(bigrams("政")) == ["z653fz"]


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(), st.sampled_from([None, "fi", "zh", "th", "xx"]))
def test_index_terms_are_plain_words(text: str, language: str | None) -> None:
    assert all(term.isalnum() for term in index_terms(language, text).split())


@given(st.dates(date(1901, 1, 1), date(2100, 1, 1)), st.integers(-14, 14))
def test_a_day_lies_within_its_positions(day: date, hours: int) -> None:
    at = f"{day.isoformat()}T23:59:59{hours:+03d}:00"
    low, high = positions_between(day, day)
    assert low <= position_of(at, "") < high
    assert low <= position_of(day.isoformat(), "") < high


def test_positions_follow_publication() -> None:
    seen = "2026-01-01T00:00:00+00:00"
    assert (
        position_of("2022-06-20", seen)
        < position_of("2022-06-21T11:43:00+03:00", seen)
        < position_of(None, seen)
    )


def test_words_are_written_as_the_index_writes_them() -> None:
    """Every letter of the Latin, Cyrillic, Armenian, Hebrew, Arabic, Indic and Thai blocks; a few signs nobody writes aside."""
    letters = [chr(code) for code in range(0x61, 0xE80) if chr(code).isalnum() and not 0x370 <= code < 0x400]
    with sqlite3.connect(":memory:") as index:
        index.execute('create virtual table texts using fts5 (x, tokenize="unicode61 remove_diacritics 2")')
        index.execute("create virtual table terms using fts5vocab (texts, instance)")
        index.executemany(
            "insert into texts (rowid, x) values (?, ?)", [(ord(letter), f"q{letter}q") for letter in letters]
        )
        written = dict(index.execute("select doc, term from terms order by doc"))
    index.close()
    assert (
        "".join(letter for letter in letters if written[ord(letter)] != as_indexed(f"q{letter}q"))
        == "µſǠǡԨԪԬԮ"
    )
    assert as_indexed("ΠΟΛΙΣ") == as_indexed("πολις") == "πολισ"
