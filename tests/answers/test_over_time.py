"""What releases said before they were edited, and words that may have been meant."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.database import Archive, open_archive
from archive.query import Query
from archive.search import search
from archive.snippets import plain
from archive.suggestions import slips_between
from tests.answers import shelf


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("edited") / "archive.db"
    shelf.fill(path)
    shelf.fill(
        path, [replace(shelf.ENGLISH, body=shelf.ENGLISH.body.replace("1.5 billion", "15 billion"))], hours=48
    )
    return path


def ids(path: Path, query: Query) -> list[tuple[int, int | None]]:
    with open_archive(path) as archive:
        return [(hit.id, hit.revision) for hit in search(archive, query).hits]


def test_ever_said_finds_what_an_edit_took_out(edited: Path) -> None:
    assert ids(edited, Query('"1.5 billion"')) == []
    assert ids(edited, Query('"1.5 billion"', ever=True)) == [(5, 1)]
    assert ids(edited, Query('"15 billion"', ever=True)) == [(5, None)]
    with open_archive(edited) as archive:
        hit = search(archive, Query('"1.5 billion"', ever=True)).hits[0]
    assert "1.5 billion" in plain(hit.passage)


def test_as_of_a_day_answers_what_was_said_then(edited: Path) -> None:
    first, last = date(2026, 3, 3), date(2026, 3, 4)
    assert ids(edited, Query('"1.5 billion"', as_of=first)) == [(5, 1)]
    assert ids(edited, Query('"15 billion"', as_of=first)) == []
    assert ids(edited, Query('"15 billion"', as_of=last)) == [(5, None)]
    assert ids(edited, Query("människohandel", as_of=date(2026, 3, 1))) == []


def test_pages_of_ever_said_hold_every_answer_once(edited: Path) -> None:
    whole = ids(edited, Query("a* OR n* OR b* OR 政策", ever=True))
    found: list[tuple[int, int | None]] = []
    after = None
    with open_archive(edited) as archive:
        while True:
            page = search(archive, Query("a* OR n* OR b* OR 政策", ever=True, limit=2, after=after))
            found += [(hit.id, hit.revision) for hit in page.hits]
            if (after := page.next) is None:
                break
    assert found == whole


@pytest.mark.parametrize(
    ("typed", "meant"), [("människohandle", "manniskohandel"), ("budgetne", "budgeten"), ("zzzzzz", None)]
)
def test_did_you_mean(asked: Archive, typed: str, meant: str | None) -> None:
    assert search(asked, Query(typed, exact=True)).suggestion == meant


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_slips_are_symmetric_and_bounded(one: str, other: str) -> None:
    assert slips_between(one, other, 9) == slips_between(other, one, 9) <= max(len(one), len(other))
    assert (slips_between(one, other, 9) == 0) == (one == other)
