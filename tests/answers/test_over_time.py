"""What releases said before they were edited, and words that may have been meant."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.counts import count, facets
from archive.database import Archive, open_archive
from archive.query import Query
from archive.search import search
from archive.snippets import plain
from archive.suggestions import slips_between
from archive.totals import Total, total
from tests.answers import shelf
from tests.answers.test_commands import run


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


@pytest.mark.parametrize("limit", [1, 3, 100])
def test_pages_of_what_was_ever_said_are_complete(tmp_path: Path, limit: int) -> None:
    path = tmp_path / "archive.db"
    made = [
        replace(
            shelf.release(
                f"r{number}",
                f"Harbour {number}",
                f"Words {number}: a lighthouse.",
                "en",
                f"2024-01-{number:02}",
            )
        )
        for number in range(1, 21)
    ]
    shelf.fill(path, made)
    shelf.fill(path, [replace(each, body="Nothing of it.") for each in made[::2]], hours=48)
    found: list[tuple[int, int | None]] = []
    query: Query | None = Query("lighthouse", ever=True, limit=limit)
    with open_archive(path) as archive:
        while query is not None:
            page = search(archive, query)
            found += [(hit.id, hit.revision) for hit in page.hits]
            query = replace(query, after=page.next) if page.next is not None else None
        asked = Query("lighthouse", ever=True)
        assert total(archive, asked) == Total(20)
        assert total(archive, replace(asked, ever=False)) == Total(10)
        assert count(archive, asked, ("year",)).rows == ((("2024",), 20),)
        assert facets(archive, asked).total == 20
    assert found == [(number, 1 if number % 2 else None) for number in range(20, 0, -1)]


def test_what_was_said_earlier_is_not_exported(edited: Path) -> None:
    result = run("export", "bridge", "--ever", "--archive", edited)
    assert result.exit_code == 2
    assert "can be searched and counted" in result.stderr


@pytest.mark.parametrize(
    "start", ["z*", "zy*", "zyx*", "zyxw*", '"billion z"*', '"costs 1.5 billion zyx"*', '"c b"*']
)
def test_a_beginning_of_what_only_an_earlier_revision_said(tmp_path: Path, start: str) -> None:
    path = tmp_path / "archive.db"
    for hours, word in ((0, "zyxwfold"), (3, "other")):
        body = shelf.ENGLISH.body.replace("billion", f"billion {word}")
        shelf.fill(path, [replace(shelf.ENGLISH, body=body)], hours=hours)
    with open_archive(path) as archive:
        both = start == '"c b"*'
        assert [hit.revision for hit in search(archive, Query(start, ever=True)).hits] == [
            None if both else 1
        ]
        assert len(search(archive, Query(start)).hits) == both
