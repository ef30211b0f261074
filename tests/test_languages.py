"""Every language file is complete and means what its keys say."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.languages import (
    ContactWords,
    DateWords,
    NoticeWords,
    PageWords,
    known,
    part_pattern,
    pattern,
    table,
    words,
)
from crawler.languages.folding import fold
from crawler.reading.language import spoken

REQUIRED = {
    "dates": ("published", "updated", "event", "today"),
    "contacts": ("labels", "phone", "email", "join"),
    "attachments": ("words",),
    "pages": ("not_found",),
}
SECTIONS = {"dates": DateWords, "contacts": ContactWords, "pages": PageWords, "notices": NoticeWords}
KINDS = {
    "press release", "news", "statement", "speech", "transcript", "invitation", "announcement", "advisory",
    "article", "blog", "correction", "interview", "presidential document", "report", "no release",
}  # fmt: skip


@pytest.mark.parametrize("code", known())
def test_file_is_complete(code):
    tables = table(code)
    assert tables["name"]
    for section, keys in REQUIRED.items():
        for key in keys:
            assert tables[section].get(key), f"{code}.toml: [{section}] {key} is missing or empty"
    assert tables["types"]["press release"], f"{code}.toml: [types] has no press release"
    assert set(tables["types"]) <= KINDS, f"{code}.toml: [types] has an unknown kind"
    assert set(words((code,)).months.values()) == set(range(1, 13)), f"{code}.toml: months are missing"
    assert set(words((code,)).weekdays.values()) == set(range(7)), f"{code}.toml: weekdays are missing"


@pytest.mark.parametrize("code", known())
def test_file_has_no_unknown_key(code):
    for section, kind in SECTIONS.items():
        unknown = set(table(code).get(section, {})) - {field.name for field in fields(kind)}
        assert not unknown, f"{code}.toml: [{section}] has unknown keys {unknown}"


@pytest.mark.parametrize("code", known())
def test_phrases_are_clean(code):
    text = (resources.files("crawler.languages") / f"{code}.toml").read_text(encoding="utf-8")
    for section in tomllib.loads(text).values():
        for phrases in section.values() if isinstance(section, dict) else ():
            for phrase in phrases:
                assert phrase == phrase.strip(), phrase
                assert not phrase.endswith(":"), phrase


def test_unknown_languages_mean_all():
    assert words(("xx",)).languages == words(()).languages == known()


def test_region_and_script_are_ignored():
    assert words(("en-GB",)) is not words(("de-AT",))
    assert words(("en-GB",)).languages == ("en",)


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("tel.", "tel.0295 150 011", True),
        ("tel", "hotel 1", False),
        ("publicerad pa svenska", "publicerad  pa svenska 1.2.2020", True),
        ("発表日", "本日発表日2020", True),
    ],
)
def test_pattern_keeps_to_whole_words(phrase, text, found):
    assert bool(pattern((phrase,)).search(text)) is found


def test_pattern_of_nothing_matches_nothing():
    assert not pattern(()).search("")


@given(st.text())
def test_fold_keeps_the_length_and_is_idempotent(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=40))
def test_a_long_text_is_folded_as_its_letters_are(text):
    assert fold(text * 3) == "".join(map(fold, text)) * 3


@given(
    st.lists(
        st.text("abcøя省. -", min_size=1, max_size=5).map(str.strip).filter(bool), min_size=1, max_size=6
    ),
    st.text("abcøя省. -", max_size=30),
)
def test_a_pattern_finds_what_its_phrases_alone_find_first(phrases, text):
    alone = [found.span() for phrase in phrases if (found := pattern((phrase,)).search(text))]
    together = pattern(tuple(phrases)).search(text)
    first = min((start for start, _ in alone), default=None)
    assert (together.span() if together else None) == max(
        (span for span in alone if span[0] == first), default=None
    )


@given(st.lists(st.text("abcя省", min_size=1, max_size=3), max_size=6), st.text("abcя省 ", max_size=20))
def test_a_part_pattern_finds_words_inside_of_words(parts, text):
    assert bool(part_pattern(tuple(parts)).search(text)) is any(part in text for part in parts)


def test_fold_plain_digits():
    assert re.fullmatch(r"[0-9 ]+", fold("２０２２ ๒๕๖๔ ۱۴۰۱ ٢٠٢٥ २०२२"))


def test_the_first_language_wins_where_two_disagree():
    assert words(("hr", "cs")).months["listopad"] == 10
    assert words(("cs", "hr")).months["listopad"] == 11


@pytest.mark.parametrize("code", known())
def test_a_text_can_tell_its_language(code):
    """By frequent words, or by a script that the words of the file are in."""
    frequent = table(code).get("frequent", [])
    sample = "".join(name for names in table(code)["months"].values() for name in names)
    assert len(frequent) >= 6 or spoken(sample * 3), f"{code}.toml: frequent is missing"
    assert len(set(frequent)) == len(frequent), f"{code}.toml: frequent has a word twice"
