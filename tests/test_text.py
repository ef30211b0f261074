"""Text: one form for what looks the same, nothing invisible, nothing that cannot be stored."""

import re
import sqlite3
from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from pipelines.text import clean_line, clean_line_or_none, clean_text


def test_what_cannot_be_seen_or_stored_is_gone() -> None:
    assert clean_line("mini\u00adste\u200brium\x00\ud800\ufeff") == "ministerium"
    assert clean_line("a\u202egnp.exe") == "agnp.exe"
    assert clean_line("می\u200cخواهم") == "می\u200cخواهم"  # the joiner is spelling, not decoration


def test_white_space_is_squeezed_and_paragraphs_stay() -> None:
    assert clean_text("  a \u00a0 b\r\n\r\n\r\n\r\nc\t d ") == "a b\n\nc d"
    assert clean_line("a\n b") == "a b"
    assert clean_line_or_none(" \u200b ") is None


def test_a_pile_of_marks_is_cut() -> None:
    assert len(clean_line("e" + "\u0301" * 100_000)) <= 5


@given(st.text())
def test_cleaning_is_idempotent_and_storable(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert sqlite3.connect(":memory:").execute("select length(?)", (once,)).fetchone()[0] == len(once)


@given(st.text("a é\u00e9e\u0301\n\t\u00a0\u00ad省“"))
def test_a_clean_text_is_told_from_one_that_needs_cleaning(text: str) -> None:
    plain = re.sub(
        r"[^\S\n]+",
        " ",
        normalize("NFC", re.sub("([\u0300-\u036f]{4})[\u0300-\u036f]+", r"\1", text.replace("\u00ad", ""))),
    )
    assert clean_text(text) == re.sub(r"\n{3,}", "\n\n", re.sub(r" ?\n ?", "\n", plain)).strip()


@given(st.text(st.characters(categories=["Ll", "Lu", "Nd", "Po"])))
def test_letters_digits_and_punctuation_survive(text: str) -> None:
    squeezed = clean_line(text)
    assert [c for c in squeezed if c.isdigit()] == [
        c for c in clean_line(text.replace(" ", "")) if c.isdigit()
    ]
