"""Whatever a person types is a search: understood where it can be, plain words where it can't, never an error."""

import sqlite3
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.errors import UsageError
from archive.fulltext import compile_match
from archive.query import Query, read_days, read_text

INDEX = sqlite3.connect(":memory:")
INDEX.execute("create virtual table f using fts5(headline, subheadline, body, stems)")


def match(text: str, *languages: str) -> str | None:
    return compile_match(read_text(Query(text)).words, languages).positive


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("human trafficking", '("human" AND "trafficking")'),
        ('"human trafficking" OR slavery', '("human trafficking" OR "slavery")'),
        ("nordic -russia", '("nordic" NOT "russia")'),
        ("nordic NOT (a OR b)", '("nordic" NOT ("a" OR "b"))'),
        ("traffick*", '"traffick" *'),
        ("headline:budget", 'headline : ("budget")'),
        ("NEAR(a b, 3)", 'NEAR("a" "b", 3)'),
        ("hyvin-vointi", '"hyvin-vointi"'),
        ("C++", '"C++"'),
        ("AND", '"AND"'),
        ("OR x", '("OR" AND "x")'),
        ("政策", 'stems : "z653fz7b56"'),
        ("政", 'stems : "z653fz" *'),
    ],
)
def test_what_is_typed_is_understood(text: str, expression: str) -> None:
    assert (match(text) or "").strip("()") == expression.strip("()")


def test_a_word_is_sought_by_its_stem_too() -> None:
    assert match("ihmiskaupan", "fi") == '("ihmiskaupan" OR stems : ("xfiihmiskaup"))'
    exact = compile_match(read_text(Query("ihmiskaupan")).words, ("fi",), exact=True)
    assert exact.positive == '"ihmiskaupan"'


def test_only_shut_out_words_leave_everything_else() -> None:
    found = compile_match(read_text(Query("NOT russia -china")).words)
    assert (found.positive, found.negative) == (None, '"russia" OR "china"')


def test_fields_become_filters() -> None:
    query = read_text(Query('budget country:fi ministry:"finance" lang:sv date:2022-06 type:speech')).query
    assert (query.countries, query.ministries, query.languages) == (("fi",), ("finance",), ("sv",))
    assert (query.since, query.until, query.types) == (date(2022, 6, 1), date(2022, 6, 30), ("speech",))


def test_notes_tell_what_was_repaired() -> None:
    assert "quotation mark" in read_text(Query('"open')).notes[0]
    assert "not a field" in read_text(Query("minister:x")).notes[0]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2022", (date(2022, 1, 1), date(2022, 12, 31))),
        ("2022-12", (date(2022, 12, 1), date(2022, 12, 31))),
        ("2022..2023-02", (date(2022, 1, 1), date(2023, 2, 28))),
        (">=2022", (date(2022, 1, 1), None)),
        ("<2022", (None, date(2021, 12, 31))),
    ],
)
def test_days(text: str, days: tuple[date | None, date | None]) -> None:
    assert read_days(text) == days


@pytest.mark.parametrize("text", ["tomorrow", "2022-13", "2022-02-30", "", "٢٠٢٢"])
def test_a_day_that_is_none_is_named(text: str) -> None:
    with pytest.raises(UsageError, match="is not a day"):
        read_days(text)


TYPED = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            [
                "AND",
                "OR",
                "NOT",
                "NEAR(",
                "NEAR(a,",
                ")",
                "(",
                '"',
                "*",
                "-",
                "a",
                "b*",
                "headline:",
                "lang:sv",
                ":",
                "政策",
                "+",
                "^",
                "{",
                "}",
                "\0",
            ]
        ),
        max_size=14,
    ).map(" ".join),
)


@given(TYPED)
@example('bridge "C++')
@example("title:")
@example("it's -")
@example("foo AND")
@settings(max_examples=400)
def test_nothing_typed_is_an_error(text: str) -> None:
    try:
        words = read_text(Query(text)).words
    except UsageError:
        assert "date:" in text.lower()
        return
    found = compile_match(words, ("fi", "sv"))
    for expression in (found.positive, found.negative):
        if expression is not None:
            INDEX.execute("select rowid from f where f match ?", [expression]).fetchall()
