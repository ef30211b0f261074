"""Questions to an archive that the real writer made."""

import contextlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.database import Archive
from archive.errors import UsageError
from archive.query import Query, Sort
from archive.search import Page, search
from archive.snippets import Marker, plain


def headlines(page: Page) -> list[str]:
    return [plain(hit.headline) for hit in page.hits]


def test_newest_first_with_the_words_marked(asked: Archive) -> None:
    page = search(asked, Query("människohandel"))
    assert headlines(page) == ["Budgeten för 2023", "Nordiska ministrar möttes om människohandel"]
    assert [part.text for part in page.hits[1].headline if part.found] == ["människohandel"]
    assert (page.total, page.more) == (2, False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ihmiskauppa", 1),
        ("manniskohandel", 2),
        ("människohandeln", 2),
        ("ministeriö", 1),
        ("政策", 1),
        ("人口贩卖", 1),
        ("政", 1),
        ("贩政", 0),
        ('"nordiska justitieministrarna"', 1),
        ('"justitieministrarna nordiska"', 0),
        ("nordisk*", 1),
        ("människohandel -skolan", 1),
        ("NOT människohandel", 3),
        ("skolan OR hösten", 2),
        ("headline:budgeten", 1),
        ("headline:skolan", 0),
        ('C++ "bridge', 1),
        ("ministry:finans", 1),
        ("contact:esimerkki", 4),
        ("contact:+358295000000 lang:fi", 1),
        ("date:2022-06-21", 2),
        ("type:speech", 1),
    ],
)
def test_what_is_found(asked: Archive, text: str, found: int) -> None:
    page = search(asked, Query(text))
    assert (len(page.hits), page.total) == (found, found)


def test_exact_search_knows_no_inflection(asked: Archive) -> None:
    assert not search(asked, Query("ihmiskauppa", exact=True)).hits


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(countries=("se",)), 1),
        (Query(newsrooms=("fi_demo",), languages=("sv",)), 1),
        (Query(since=date(2022, 6, 21), until=date(2022, 6, 21)), 2),
        (Query(since=date(2024, 2, 29)), 1),
        (Query(types=("tal",)), 1),
        (Query(states=("gone",)), 0),
    ],
)
def test_filters_narrow(asked: Archive, query: Query, found: int) -> None:
    assert len(search(asked, query).hits) == found


def test_ranking_prefers_the_headline(asked: Archive) -> None:
    page = search(asked, Query("människohandel", sort=Sort.RELEVANCE))
    assert headlines(page)[0] == "Nordiska ministrar möttes om människohandel"


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_hold_every_answer_once(asked: Archive, sort: Sort) -> None:
    whole = [hit.id for hit in search(asked, Query("a* OR 政策 OR b* OR n*", sort=sort)).hits]
    paged, after = [], None
    while True:
        page = search(asked, Query("a* OR 政策 OR b* OR n*", sort=sort, limit=2, after=after))
        paged += [hit.id for hit in page.hits]
        if (after := page.next) is None:
            break
    assert paged == whole


def test_an_unknown_ministry_is_told(asked: Archive) -> None:
    page = search(asked, Query("ministry:atlantis"))
    assert (page.hits, page.notes) == ((), ("no newsroom of this archive is called “atlantis”",))


@given(st.text(max_size=40))
@settings(max_examples=300)
def test_nothing_typed_fails(asked_once: Archive, text: str) -> None:
    with contextlib.suppress(UsageError):  # a day that is none, which test_query names
        search(asked_once, Query(text))


@given(st.text(max_size=300), st.text(max_size=12), st.integers(10, 300))
def test_a_passage_is_a_stretch_of_the_text(text: str, word: str, width: int) -> None:
    from archive.fulltext import Word

    marker = Marker([Word(word)], "fi")
    assert plain(marker.mark(text)) == text
    assert plain(marker.passage(text, width)).removeprefix("… ").removesuffix(" …") in text
