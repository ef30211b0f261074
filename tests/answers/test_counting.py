"""Counts, trends, citations, cited questions and the larger exports."""

import csv
import io
import json
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import duckdb
import pyarrow.parquet as pq
import pytest
from frictionless import Package

from archive.counts import facets
from archive.database import Archive, open_archive
from archive.query import Query
from archive.search import search
from archive.subset import write_subset
from tests.answers import shelf
from tests.answers.test_commands import ok, run


def test_count_by_two_things(shelf_path: Path) -> None:
    rows = json.loads(ok("count", "--by", "language,year", "--json", "--archive", shelf_path))
    assert {"language": "sv", "year": "2022", "releases": 1} in rows
    assert sum(row["releases"] for row in rows) == len(shelf.ALL)
    text = ok("count", "människohandel", "--by", "ministry", "--archive", shelf_path)
    assert "2 releases" in text


@pytest.mark.parametrize(
    "by",
    [
        "country",
        "newsroom",
        "ministry",
        "language",
        "type",
        "state",
        "year",
        "month",
        "day",
        "weekday",
        "hour",
    ],
)
@pytest.mark.parametrize("question", ["", "människohandel OR ihmiskauppa OR 政策 OR bridge"])
def test_every_way_of_counting_adds_up(shelf_path: Path, by: str, question: str) -> None:
    rows = json.loads(ok("count", question, "--by", by, "--json", "--archive", shelf_path))
    assert sum(row["releases"] for row in rows) == len(shelf.ALL)


@pytest.mark.parametrize(
    "filters",
    [(), ("--country", "se"), ("--language", "sv"), ("--newsroom", "fi_demo", "--state", "present")],
)
@pytest.mark.parametrize("by", ["year", "month,language", "type"])
def test_the_kept_counts_and_the_releases_agree(shelf_path: Path, filters: tuple[str, ...], by: str) -> None:
    """A day before all releases makes the second count walk them."""
    kept, walked = (
        json.loads(ok("count", "--by", by, *filters, *more, "--json", "--archive", shelf_path))
        for more in ((), ("--since", "1990"))
    )
    assert kept == walked != []


def test_a_wrong_thing_to_count_by_is_named(shelf_path: Path) -> None:
    result = run("count", "--by", "colour", "--archive", shelf_path)
    assert result.exit_code == 2
    assert "by country, newsroom, ministry" in result.stderr


def test_trends_tell_shares(shelf_path: Path, tmp_path: Path) -> None:
    rows = json.loads(ok("trends", "människohandel, ihmiskauppa", "--json", "--archive", shelf_path))
    assert rows[0] == {"period": "2022", "releases": 2, "människohandel": 1, "ihmiskauppa": 1}
    plot = tmp_path / "plot.svg"
    ok("trends", "människohandel", "--plot", plot, "--archive", shelf_path)
    assert ET.fromstring(plot.read_text()).tag.endswith("svg")
    assert next(iter(csv.reader(io.StringIO(ok("trends", "a", "--csv", "--archive", shelf_path))))) == [
        "year",
        "releases",
        "a",
    ]


def test_editing_tells_the_silent_share(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    shelf.fill(path)
    shelf.fill(path, [replace(shelf.ENGLISH, body=f"{shelf.ENGLISH.body} More was added.")], hours=30)
    rows = json.loads(ok("count", "--edits", "--json", "--archive", path))
    assert (rows[0]["edited"], rows[0]["silent"], rows[0]["hours"]) == (1, 1, 30.0)


@pytest.mark.parametrize(
    ("form", "part"),
    [
        ("text", "urn:communique:fi_demo:20260302T080000Z:"),
        ("bibtex", "@misc{communique"),
        ("ris", "TY  - PRESS"),
        ("csl", '"archive_location"'),
    ],
)
def test_citations(shelf_path: Path, form: str, part: str) -> None:
    assert part in ok("cite", "1", "--format", form, "--archive", shelf_path)


def test_a_permanent_name_finds_its_revision(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    shelf.fill(path, [shelf.ENGLISH])
    name = json.loads(ok("cite", "1", "--format", "csl", "--archive", path))[0]["archive_location"]
    shelf.fill(path, [replace(shelf.ENGLISH, body=f"{shelf.ENGLISH.body} More was added.")], hours=30)
    assert "revision 1" in ok("cite", name, "--archive", path)
    assert "revision 2" in ok("cite", "1", "--archive", path)
    assert run("cite", "urn:communique:x", "--archive", path).exit_code == 2


def test_a_cited_question_is_the_same_or_differs(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    shelf.fill(path, [shelf.ENGLISH, shelf.TRAFFICKING_SV])
    ok("cite-query", "add", "all", "--archive", path)
    assert ok("cite-query", "add", "beginnings", "minist*", "--archive", path).startswith("2 releases")
    assert ok("cite-query", "check", "all", "--archive", path).startswith("same: 2 releases")
    shelf.fill(
        path, [shelf.CHINESE, replace(shelf.ENGLISH, body=f"{shelf.ENGLISH.body} More was added.")], hours=30
    )
    assert ok("cite-query", "check", "all", "--archive", path) == "differs by 1 new (3), 1 edited (1)\n"
    assert "all" in ok("cite-query", "list", "--archive", path)


def test_a_data_package_validates_and_is_cited(shelf_path: Path, tmp_path: Path) -> None:
    ok(
        "export",
        "människohandel OR formula",
        "--format",
        "package",
        "--output",
        tmp_path / "p",
        "--archive",
        shelf_path,
    )
    package = Package(str(tmp_path / "p" / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten()
    described = json.loads((tmp_path / "p" / "datapackage.json").read_text())
    assert described["releases"] == 3
    assert all(field["description"] for field in described["resources"][0]["schema"]["fields"])
    lines = (tmp_path / "p" / "releases.jsonl").read_text().splitlines()
    assert [json.loads(line)["id"] for line in lines] == [
        int(row["id"]) for row in package.get_resource("releases").read_rows()
    ]
    ok("cite-query", "add", "q", "människohandel OR formula", "--archive", _copy(shelf_path, tmp_path))
    listed = json.loads(ok("cite-query", "list", "--json", "--archive", tmp_path / "copy.db"))
    assert described["resultDigest"] == f"sha256:{listed[0]['result_sha256']}"
    assert "cff-version" in (tmp_path / "p" / "CITATION.cff").read_text()


def _copy(archive: Path, folder: Path) -> Path:
    return Path(shutil.copy(archive, folder / "copy.db"))


def test_parquet_has_real_types(shelf_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "releases.parquet"
    ok("export", "--format", "parquet", "--output", out, "--archive", shelf_path)
    table = pq.read_table(out)
    assert table.num_rows == len(shelf.ALL)
    assert str(table.schema.field("published_at").type) == "timestamp[us, tz=UTC]"
    contacts = next(row["contacts"] for row in table.to_pylist() if row["headline"] == shelf.ENGLISH.headline)
    assert contacts[0]["phone_e164"] == "+358295000000"


def test_duckdb_reads_the_parquet_file_with_its_types(shelf_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "releases.parquet"
    ok("export", "--format", "parquet", "--output", out, "--archive", shelf_path)
    with duckdb.connect() as connection:
        found = connection.read_parquet(str(out))
        types = dict(zip(found.columns, map(str, found.types), strict=True))
        assert (types["id"], types["revision"]) == ("BIGINT", "BIGINT")
        assert types["published_at"] == types["captured_at"] == "TIMESTAMP WITH TIME ZONE"
        assert (types["topics"], types["headline"]) == ("VARCHAR[]", "VARCHAR")
        assert types["contacts"].startswith("STRUCT(")
        assert types["contacts"].endswith("[]")
        asked = "select epoch(published_at)::bigint, contacts[1].phone_e164, published_local from found where headline = ?"
        row = connection.execute(asked, [shelf.TRAFFICKING_FI.headline]).fetchone()
    assert row == (1655800800, "+358295000000", "2022-06-21T11:40:00+03:00")


def test_a_subset_keeps_what_was_said_and_who_was_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A release of three revisions could not be copied: the second was indexed twice, with the third's words."""
    path, out = tmp_path / "archive.db", tmp_path / "some.db"
    shelf.fill(path)
    for hours, word in ((3, "sevenfold"), (6, "eightfold")):
        shelf.fill(path, [replace(shelf.ENGLISH, body=f"{shelf.ENGLISH.body} {word}")], hours=hours)
    monkeypatch.setattr("archive.subset.BLOCK", 2)
    told: list[int] = []
    with open_archive(path) as archive:
        assert write_subset(archive, Query(), out, told.append) == told[-1] == len(shelf.ALL)
    assert told == [2, 4, 5]
    with open_archive(out) as some:
        assert [hit.revision for hit in search(some, Query("sevenfold", ever=True)).hits] == [2]
        assert not search(some, Query("sevenfold")).hits
        assert search(some, Query("eightfold")).hits
        assert len(search(some, Query(contacts=("esimerkki",))).hits) == 4
        with open_archive(path) as archive:
            assert facets(some, Query()) == facets(archive, Query())


def test_a_subset_that_fails_leaves_no_file(asked: Archive, tmp_path: Path) -> None:
    def full(_: int) -> None:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        write_subset(asked, Query(), tmp_path / "some.db", full)
    assert list(tmp_path.iterdir()) == []


def test_a_subset_is_an_archive(shelf_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "small.db"
    ok("export", "människohandel", "--format", "sqlite", "--output", out, "--archive", shelf_path)
    with open_archive(out) as archive:
        assert len(search(archive, Query()).hits) == 2
        assert len(search(archive, Query("människohandel")).hits) == 2
    with sqlite3.connect(out) as connection:
        assert connection.execute("pragma integrity_check").fetchone()[0] == "ok"
        assert connection.execute("pragma foreign_key_check").fetchall() == []
    assert run("export", "--format", "sqlite", "--output", out, "--archive", shelf_path).exit_code == 2
    wrong = tmp_path / "wrong.db"
    assert (
        run(
            "export", "date:never", "--format", "sqlite", "--output", wrong, "--archive", shelf_path
        ).exit_code
        == 2
    )
    assert not wrong.exists()


def test_the_kept_counts_stay_right(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    shelf.fill(path)
    moved = replace(
        shelf.ENGLISH,
        type="speech",
        language="sv",
        published=shelf.BUDGET.published,
        published_raw="2023-09-20",
    )
    shelf.fill(path, [moved], hours=5)
    with sqlite3.connect(path) as connection:
        real = "select newsroom, coalesce(substr(published_at, 1, 4), ''), coalesce(language, ''), coalesce(type, ''), state, count(*) from releases group by 1, 2, 3, 4, 5"
        by_month = "select newsroom, substr(month, 1, 4), language, type, state, sum(releases) from release_counts group by 1, 2, 3, 4, 5 having sum(releases) > 0"
        by_year = "select * from release_totals where releases > 0"
        found = [sorted(connection.execute(sql).fetchall()) for sql in (real, by_month, by_year)]
    assert found[0] == found[1] == found[2]
