"""Questions to an archive that the real writer made."""

import contextlib
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.database import Archive, open_archive
from archive.errors import UsageError
from archive.model import Identity
from archive.query import Query, Sort
from archive.readings import to_read_again
from archive.search import Page, search
from archive.snippets import Marker, plain
from archive.store import Writer
from archive.totals import Total, total
from archive.vocabulary import beginnings, begins
from tests.answers import shelf


def headlines(page: Page) -> list[str]:
    return [plain(hit.headline) for hit in page.hits]


def test_newest_first_with_the_words_marked(asked: Archive) -> None:
    page = search(asked, Query("människohandel"))
    assert headlines(page) == ["Budgeten för 2023", "Nordiska ministrar möttes om människohandel"]
    assert [part.text for part in page.hits[1].headline if part.found] == ["människohandel"]
    assert total(asked, Query("människohandel")) == Total(2)


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
        ('contact:"0295 000 000" lang:fi', 1),
        ("contact:ESIMERKKI", 4),
        ("contact:100%", 0),
        ("contact:_", 0),
        ("type:Tal", 1),
        ("type:TAL,speech", 1),
        ("date:2022-06-21", 2),
        ("type:speech", 1),
    ],
)
def test_what_is_found(asked: Archive, text: str, found: int) -> None:
    assert len(search(asked, Query(text)).hits) == total(asked, Query(text)).releases == found


def test_a_contact_is_found_in_any_case(tmp_path: Path) -> None:
    person = replace(shelf.PRESS, name="Ольга Примерова", email=None, raw="")
    path = tmp_path / "archive.db"
    shelf.fill(path, [replace(shelf.ENGLISH, contacts=(person,))])
    with open_archive(path) as archive:
        for name in ("примерова", "ПРИМЕРОВА", "Ольга"):
            assert len(search(archive, Query(contacts=(name,))).hits) == 1, name


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("aino esim", 1),
        ("esim", 1),
        ("a", 1),
        ("0295 000 000", 1),
        ("0295000000", 1),
        ("+358 295 000", 1),
        ("295000000", 1),
        ("aino.esimerkki@ministry.example", 1),
        ("99900", 0),
        ("山田", 1),
        ("田太", 1),
        ("田田", 0),
        ("%太", 0),
        ("𐐷", 0),
        ("...", 0),
    ],
)
def test_contacts_by_the_beginnings_of_their_words(tmp_path: Path, name: str, found: int) -> None:
    path = tmp_path / "archive.db"
    other = replace(shelf.PRESS, name="山田太郎", role=None, phone=None, phone_e164=None, email=None, raw="")
    shelf.fill(path, [shelf.ENGLISH, replace(shelf.BUDGET, contacts=(other,))])
    with open_archive(path) as archive:
        for text in ("", "minis* OR budget*"):
            assert len(search(archive, Query(text, contacts=(name,))).hits) == found
            assert total(archive, Query(text, contacts=(name,))) == Total(found)
        assert len(search(archive, Query(contacts=(name,), ever=True)).hits) == found
        both = Query(contacts=(name, "aino"))
        assert len(search(archive, both).hits) == (found and not name.startswith(("山", "田")))


WRITES = [
    "update contacts set name = 'Other Name', phone_e164 = null where id % 3 = 0",
    "delete from contacts where id % 2 = 0",
    "delete from contacts",
    "insert into contacts (revision_id, position, name) select id, 9, 'Late Addition' from revisions where id % 2",
    "update releases set position = position + 40 where id % 2 = 0",
    "update releases set current_revision = (select min(v.id) from revisions v where v.release_id = releases.id)",
    "update releases set current_revision = null where id = 1",
    "delete from releases where id = 2",
]


@given(st.lists(st.sampled_from(WRITES), min_size=1, max_size=6))
@settings(max_examples=60)
def test_the_index_of_contacts_follows_every_write(shelf_path: Path, writes: list[str]) -> None:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        with contextlib.closing(sqlite3.connect(shelf_path)) as made:
            made.backup(copy)
        for write in writes:
            copy.execute(write)
        named = copy.execute("select position, text from contacted where text is not null order by 1")
        indexed = copy.execute("select rowid, text from contacts_fts order by 1").fetchall()
        assert indexed == named.fetchall()
        copy.execute("insert into contacts_fts (contacts_fts, rank) values ('integrity-check', 1)")


def test_a_reread_writes_stems_by_the_present_rules(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    shelf.fill(path, [shelf.TRAFFICKING_FI])
    with Writer.open(path) as writer:
        writer.archive.connection.execute("update releases set stems = 'xfiold'")
        assert not search(writer.archive, Query("ihmiskauppa")).hits
        (revision,) = to_read_again(writer.archive)
        writer.reread(revision, shelf.TRAFFICKING_FI)
        writer.commit_batch()
        assert search(writer.archive, Query("ihmiskauppa")).hits
        assert writer.archive.connection.execute("select count(*) from readings").fetchone()[0] == 1


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


@pytest.mark.parametrize("text", ["människohandel", "manniskohan*", '"människohandel"'])
def test_ranking_blocks_follow_one_another(
    asked: Archive, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr("archive.search.WINDOW", 1)
    monkeypatch.setattr("archive.search.PLAIN_WINDOW", 1)
    first = search(asked, Query(text, sort=Sort.RELEVANCE))
    assert headlines(first) == ["Budgeten för 2023"]
    assert "newest 1 answers" in first.notes[0]
    second = search(asked, Query(text, sort=Sort.RELEVANCE, after=first.next))
    assert headlines(second) == ["Nordiska ministrar möttes om människohandel"]
    assert (second.next, second.notes) == (None, ())


def test_a_phrase_in_the_headline_comes_first(asked: Archive) -> None:
    page = search(asked, Query('"människohandel"', sort=Sort.RELEVANCE))
    assert headlines(page) == ["Nordiska ministrar möttes om människohandel", "Budgeten för 2023"]


def test_a_total_without_time_is_a_lower_bound(asked: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    assert total(asked, Query()) == Total(len(shelf.ALL))
    monkeypatch.setattr("archive.totals.BLOCK", 1)
    assert total(asked, Query("människohandel")) == Total(2)
    assert total(asked, Query("människohandel"), seconds=-1) == Total(1, exact=False)
    assert Total(1000, exact=False).told == "more than 1,000"


@pytest.mark.parametrize("most", [2_500, 0])
def test_the_beginning_of_a_word_is_the_words_of_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """With words named, by beginnings of three letters, or by FTS5's own prefix search: the same releases."""
    monkeypatch.setattr("archive.vocabulary.MOST", most)
    foreign = replace(
        shelf.ENGLISH,
        url="https://ministry.example/other",
        identity=Identity("cms", "other"),
        body="Министерство юстиции, Υπουργείο, 법무부는, กระทรวง, Љубљана, ß Straße, a ab abc abcd 1 12 123 𐐷𐐷𐐷𐐷",
    )
    path = tmp_path / "archive.db"
    shelf.fill(path, [*shelf.ALL, foreign])
    with open_archive(path) as archive:
        starts = {term[:length] for term in begins(archive.connection, "", 5_000) for length in (1, 2, 3, 4)}
        assert len(starts) > 200
        for start in starts:
            native = archive.connection.execute(
                "select rowid from releases_fts where releases_fts match ? order by rowid desc",
                (f'"{start}" *',),
            )
            found = search(archive, Query(f"{start}*", exact=True)).hits
            assert [hit.position for hit in found] == [row[0] for row in native], start


def test_a_short_beginning_is_named_by_beginnings_of_three_letters(asked: Archive) -> None:
    words = begins(asked.connection, "n", 5_000)
    assert beginnings(asked.connection, "n") == tuple(dict.fromkeys(word[:3] for word in words))


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


@pytest.mark.parametrize(
    ("query", "note"),
    [
        (Query(countries=("Finland",)), "no newsroom of this archive is in “FINLAND”: there are FI, SE"),
        (
            Query(languages=("Swedish",)),
            "no release here is in the language “swedish”: there are en, fi, sv, zh",
        ),
    ],
)
def test_a_filter_that_fits_nothing_is_told(asked: Archive, query: Query, note: str) -> None:
    page = search(asked, query)
    assert (page.hits, page.notes) == ((), (note,))


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
