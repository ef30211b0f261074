"""The commands as their users call them."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from archive.atom import Entry, Feed, atom
from archive.export import safe_cell
from archive.model import State
from communique.cli import main
from tests.answers import shelf


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def ok(*arguments: str | Path) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_search_prints_what_it_found(shelf_path: Path) -> None:
    text = ok(
        "search",
        "människohandel",
        "--country",
        "fi",
        "--since",
        "2022",
        "--language",
        "sv",
        "--archive",
        shelf_path,
    )
    assert "Nordiska ministrar möttes om människohandel" in text
    assert "1 of 1 releases" in text
    assert "communique show" in text


def test_search_for_machines(shelf_path: Path) -> None:
    answer = json.loads(ok("search", "ihmiskauppa", "--json", "--archive", shelf_path))
    assert answer["total"] == 1
    assert answer["releases"][0]["found"] == ["ihmiskaupan"]


@pytest.mark.parametrize(
    "words", ['C++ "bridge', "title:", "it's", "-", "--", "foo AND", "hyvin-vointi", ")", "*"]
)
def test_any_punctuation_is_a_search(shelf_path: Path, words: str) -> None:
    assert run("search", "--archive", shelf_path, "--", words).exit_code == 0


def test_a_wrong_day_is_one_line(shelf_path: Path) -> None:
    result = run("search", "x", "--since", "yesterday", "--archive", shelf_path)
    assert result.exit_code == 2
    assert result.stderr == "communique: “yesterday” is not a day: write 2022, 2022-06 or 2022-06-21\n"


def test_a_missing_archive_is_one_line(tmp_path: Path) -> None:
    result = run("search", "x", "--archive", tmp_path / "none.db")
    assert (result.exit_code, result.stderr.count("\n")) == (5, 1)


def test_show_tells_everything(shelf_path: Path) -> None:
    number = json.loads(ok("search", "ihmiskauppa", "--json", "--archive", shelf_path))["releases"][0]["id"]
    text = ok("show", str(number), "--archive", shelf_path)
    for part in (
        "Pohjoismaiset ministerit tapasivat",
        "Aino Esimerkki",
        "0295 000 000",
        "report.pdf",
        "In sv:",
        "revision 1",
        ".warc.gz",
    ):
        assert part in text
    answer = json.loads(ok("show", str(number), "--json", "--archive", shelf_path))
    assert answer["release"]["published"]["at"] == "2022-06-21T11:40:00+03:00"
    assert answer["translations"][0]["headline"] == "Nordiska ministrar möttes om människohandel"


def test_show_of_nothing_is_one_line(shelf_path: Path) -> None:
    result = run("show", "999", "--archive", shelf_path)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_csv_reads_back_and_holds_no_formula(shelf_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(ok("export", "--format", "csv", "--archive", shelf_path))))
    assert len(rows) == len(shelf.ALL)
    unsafe = next(row for row in rows if row["headline"].endswith("is a formula"))
    assert unsafe["headline"] == "'=1+1 is a formula"
    assert unsafe["escaped"] == "headline"
    assert "Aino Esimerkki, Director, 0295 000 000" in unsafe["contacts"]


def test_jsonl_holds_the_text_as_it_is(shelf_path: Path) -> None:
    lines = ok("export", "ihmiskauppa OR formula", "--format", "jsonl", "--archive", shelf_path).splitlines()
    found = [json.loads(line) for line in lines]
    assert [item["headline"] for item in found] == ["=1+1 is a formula", "Pohjoismaiset ministerit tapasivat"]
    assert found[0]["contacts"][0]["phone_e164"] == "+358295000000"


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert not safe_cell(text).startswith(tuple("=+-@\t\r\n"))


def test_the_feed_reads_back(shelf_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "feed.atom"
    ok("feed", "människohandel", "--output", out, "--archive", shelf_path)
    feed = feedparser.parse(out.read_bytes())
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == [
        "Budgeten för 2023",
        "Nordiska ministrar möttes om människohandel",
    ]
    assert feed.entries[1].published_parsed[:5] == (2022, 6, 21, 8, 43)
    ids = {entry.id for entry in feed.entries}
    ok("feed", "människohandel", "--limit", "1", "--output", out, "--archive", shelf_path)
    assert feedparser.parse(out.read_bytes()).entries[0].id in ids


@given(st.text(), st.text())
def test_a_feed_is_well_formed_whatever_it_holds(title: str, body: str) -> None:
    entry = Entry(
        "https://a.example/\x01",
        "0" * 64,
        title,
        shelf.at(),
        body,
        body,
        body,
        language="sv\0",
        category=title,
    )
    root = ET.fromstring(atom(Feed(title, "urn:x"), [entry]).encode())
    assert root[0].tag.endswith("title")


def watched(path: Path, *more: str) -> list[dict[str, object]]:
    lines = ok("watch", "run", "--json", *more, "--archive", path)
    decoder, found, at = json.JSONDecoder(), [], 0
    while at < len(lines.rstrip()):
        value, at = decoder.raw_decode(lines, at)
        found.append(value["notice"])
        at += 1
    return found


def test_a_watch_tells_what_is_new_once(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    shelf.fill(path, [shelf.ENGLISH])
    ok("watch", "add", "trafficking", "människohandel OR ihmiskauppa", "--archive", path)
    assert watched(path) == []
    shelf.fill(path, [shelf.TRAFFICKING_SV, shelf.CHINESE], hours=1)
    assert [(notice["kind"], notice["headline"]) for notice in watched(path)] == [
        ("new", shelf.TRAFFICKING_SV.headline)
    ]
    assert watched(path) == []
    assert "trafficking" in ok("watch", "list", "--archive", path)


def test_a_watch_tells_edits_and_takedowns_and_a_phrase_that_disappears(tmp_path: Path) -> None:
    from dataclasses import replace

    path = tmp_path / "archive.db"
    shelf.fill(path, [shelf.ENGLISH])
    ok("watch", "add", "money", '"1.5 billion"', "--archive", path)
    edited = replace(shelf.ENGLISH, body=shelf.ENGLISH.body.replace("1.5", "15"))
    shelf.fill(path, [edited], hours=2)
    assert [notice["kind"] for notice in watched(path)] == ["silent edit"]
    ok("watch", "add", "bridge", "bridge", "--archive", path)
    shelf.take_down(path, edited)
    assert [notice["kind"] for notice in watched(path)] == ["taken down"]
    assert State.GONE.value in ok("show", "1", "--archive", path)
    diffs = ok("show", "1", "--diff", "--archive", path)
    assert "[-1.5-]{+15+}" in diffs


def test_a_refusing_channel_gets_it_with_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    shelf.fill(path, [shelf.ENGLISH])
    ok("watch", "add", "all", "bridge", "--from-start", "--archive", path)
    result = run("watch", "run", "--to", "json://127.0.0.1:9/hook", "--allow-private", "--archive", path)
    assert result.exit_code == 3
    assert "wait for the next run" in result.stderr
    assert len(watched(path)) == 1


def test_a_forgotten_watch_tells_nothing(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    shelf.fill(path, [shelf.ENGLISH])
    ok("watch", "add", "all", "bridge", "--from-start", "--archive", path)
    assert run("watch", "add", "all", "x", "--archive", path).exit_code == 2
    ok("watch", "run", "--archive", path)
    ok("watch", "remove", "all", "--archive", path)
    assert "No watches yet" in ok("watch", "run", "--archive", path)


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "sqlite", "package", "wacz"])
def test_a_place_that_can_not_be_written_is_one_line(shelf_path: Path, tmp_path: Path, form: str) -> None:
    (tmp_path / "file").write_text("")
    result = run("export", "--format", form, "--output", tmp_path / "file" / "x", "--archive", shelf_path)
    assert result.exit_code == 2
    assert str(tmp_path / "file") in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_question_that_cant_be_meant_empties_no_file(shelf_path: Path, tmp_path: Path, form: str) -> None:
    kept = tmp_path / "kept"
    kept.write_text("mine")
    assert (
        run("export", "date:never", "--format", form, "--output", kept, "--archive", shelf_path).exit_code
        == 2
    )
    assert kept.read_text() == "mine"


def test_trends_of_nothing_say_what_to_name(shelf_path: Path) -> None:
    result = run("trends", " , ", "--archive", shelf_path)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
