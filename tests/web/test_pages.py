"""The pages without a browser: what they say, their headers, and what a guest can't do."""

import csv
import hashlib
import io
import json
import re
import socket
import time
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import httpx
import jsonschema
import openapi_spec_validator
import pytest

from archive.database import open_archive
from archive.health import Contract
from archive.histories import settle
from archive.model import Look
from archive.snippets import Part
from archive.store import Writer
from archive.web import plugin
from archive.web.render import marked
from tests.answers import shelf
from tests.answers.test_commands import run
from tests.web.conftest import Serve


def number(visit: httpx.Client, question: str) -> str:
    text = visit.get("/search", params={"q": question}).text
    return text.split('<a href="/release/')[1].split('"')[0]


def test_search_shows_marked_passages_and_counts(visit: httpx.Client) -> None:
    text = visit.get("/search", params={"q": "människohandel"}).text
    assert "<strong>2</strong> releases" in text
    assert "bekämpa <mark>människohandeln</mark> tillsammans" in text
    assert "country=SE" in text


def test_a_filter_narrows_and_can_be_taken_away(visit: httpx.Client) -> None:
    text = visit.get("/search", params={"q": "människohandel", "country": "SE"}).text
    assert "<strong>1</strong> release " in text
    assert 'href="/search?q=m%C3%A4nniskohandel"' in text


def test_a_release_page_tells_everything(visit: httpx.Client) -> None:
    text = visit.get(f"/release/{number(visit, 'ihmiskauppa')}").text
    for part in (
        "Aino Esimerkki",
        "tel:+358295000000",
        "Report (PDF)",
        "side by side",
        "Response SHA-256",
        ".warc.gz",
    ):
        assert part in text


def test_an_edit_is_shown_word_by_word(visit: httpx.Client) -> None:
    found = number(visit, "bridge")
    text = visit.get(f"/release/{found}/changes/2").text
    assert '<del class="number">1.5</del><ins class="number">15</ins>' in text
    assert "did not tell this edit" in text
    assert "1.5 billion" in visit.get(f"/release/{found}/revision/1").text


def test_translations_stand_side_by_side(visit: httpx.Client) -> None:
    one, other = number(visit, "ihmiskauppa"), number(visit, "hösten")
    text = visit.get(f"/release/{one}/beside/{other}").text
    assert "torjunnasta" in text
    assert "tillsammans" in text


def test_the_front_page_tells_takedowns(visit: httpx.Client) -> None:
    text = visit.get("/").text
    assert "taken down" in text
    assert shelf.ENGLISH.headline in text


def test_a_search_is_a_feed(visit: httpx.Client) -> None:
    answer = visit.get("/feed", params={"q": "människohandel"})
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = feedparser.parse(answer.content)
    assert [entry.title for entry in feed.entries] == [shelf.BUDGET.headline, shelf.TRAFFICKING_SV.headline]
    assert ET.fromstring(answer.content) is not None


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/release/999999", 404),
        ("/release/9999999999999999999", 404),
        ("/release/1/revision/9", 404),
        ("/release/1/changes/1", 404),
        ("/search?since=yesterday", 400),
        ("/search?after=x", 400),
        ("/search?q=date:never", 400),
        ("/search?q=%00%22(", 200),
    ],
)
def test_wrong_addresses_get_plain_words(visit: httpx.Client, path: str, status: int) -> None:
    answer = visit.get(path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "path", ["/", "/search?q=x", "/release/1", "/archive", "/archive/releases", "/release/999"]
)
def test_every_answer_forbids_foreign_content(visit: httpx.Client, path: str) -> None:
    headers = visit.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy.split("script-src")[-1].split(";")[0] or "script-src" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_datasette_searches_the_right_rows(visit: httpx.Client) -> None:
    rows = visit.get("/archive/releases.json", params={"_search": "ihmiskaupan", "_shape": "array"}).json()
    assert [row["headline"] for row in rows] == [shelf.TRAFFICKING_FI.headline]
    assert "The headline as printed." in visit.get("/archive/releases").text


def test_sql_can_change_nothing_and_sees_no_watches(visit: httpx.Client, room_path: Path) -> None:
    before = hashlib.sha256(room_path.read_bytes()).hexdigest()
    for sql in (
        "delete from releases",
        "attach 'x.db' as x",
        "pragma query_only=off",
        "select load_extension('x')",
    ):
        assert visit.get("/archive.json", params={"sql": sql}).status_code in (400, 403)
    answer = visit.get("/archive.json", params={"sql": "select name from watches", "_shape": "array"})
    assert all(row["name"] is None for row in answer.json())
    assert visit.get("/archive/watches").status_code == 403
    assert hashlib.sha256(room_path.read_bytes()).hexdigest() == before


def test_the_api_answers_as_it_is_described(visit: httpx.Client) -> None:
    described = visit.get("/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    openapi_spec_validator.validate(described)
    found = visit.get("/api/search", params={"q": "ihmiskauppa", "limit": "5"}).json()
    assert found["releases"][0]["headline"] == shelf.TRAFFICKING_FI.headline
    one = visit.get(f"/api/release/{found['releases'][0]['id']}").json()
    assert one["release"]["contacts"][0]["phone_e164"] == "+358295000000"
    assert one["permanent_name"].startswith("urn:communique:fi_demo:")
    counted = visit.get("/api/count", params={"by": "language,year"}).json()
    assert {"language": "sv", "year": "2022", "releases": 1} in counted
    assert visit.get("/api/search", params={"limit": "0"}).status_code == 400
    for path, told in described["paths"].items():
        answer = visit.get(path.replace("{id}", "1"))
        assert answer.status_code == 200
        ((media, content),) = told["get"]["responses"]["200"]["content"].items()
        assert answer.headers["content-type"].startswith(media)
        if media == "application/json":
            schema = {**content["schema"], "components": described["components"]}
            jsonschema.validate(answer.json(), schema, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    ("form", "part"), [("bibtex", "@misc"), ("ris", "TY  -"), ("csl", "archive_location")]
)
def test_citations_can_be_fetched(visit: httpx.Client, form: str, part: str) -> None:
    assert part in visit.get(f"/release/1/revision/1/cite.{form}").text


def test_a_person_has_a_history(visit: httpx.Client) -> None:
    text = visit.get("/person", params={"name": "Aino Esimerkki"}).text
    assert shelf.TRAFFICKING_FI.headline in text
    assert visit.get("/person").status_code == 400
    assert visit.get("/person", params={"name": "Nobody"}).status_code == 404


def test_the_data_page_describes_every_served_table(visit: httpx.Client) -> None:
    text = visit.get("/data").text
    assert "The headline as printed." in text
    assert 'href="/archive/releases"' in text
    assert "watches" not in text


def test_it_reads_while_a_crawl_writes(serve: Serve, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    shelf.fill(path, [shelf.ENGLISH])
    with httpx.Client(base_url=serve(path)) as client:
        assert "<strong>1</strong>" in client.get("/search").text
        with open_archive(path, write=True) as writer, writer.transaction() as connection:
            connection.execute("update releases set headline = 'half written'")
            assert "is a formula" in client.get("/search").text
        shelf.fill(path, [shelf.CHINESE], hours=2)
        assert "<strong>2</strong>" in client.get("/search").text


def test_a_taken_port_is_one_line(room_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", "--port", str(taken.getsockname()[1]), "--archive", room_path)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_a_search_is_a_file(visit: httpx.Client) -> None:
    assert 'href="/export.csv?q=formula"' in visit.get("/search?q=formula").text
    answer = visit.get("/export.csv", params={"q": "formula"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="releases.csv"'
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    (row,) = csv.DictReader(io.StringIO(answer.text, newline=""))
    assert (row["headline"], row["escaped"]) == (f"'{shelf.ENGLISH.headline}", "headline")
    lines = visit.get("/export.jsonl", params={"q": "formula", "lang": "en"}).text.splitlines()
    assert [json.loads(line)["headline"] for line in lines] == [shelf.ENGLISH.headline]
    assert visit.get("/export.csv?since=yesterday").status_code == 400
    assert visit.get("/export.csv?q=nothingatall").text.count("\n") == 1


def test_a_newsroom_tells_how_it_is(serve: Serve, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Writer.open(path) as writer:
        writer.begin_run("test", "0")
        writer.put_newsroom(shelf.JUSTICE)
        number = writer.begin_poll(shelf.JUSTICE.slug, "https://ministry.example/", "listing")
        writer.end_poll(number, Look("blocked", datetime.now(UTC)))
        writer.commit_batch()
        settle(writer, shelf.JUSTICE.slug, Contract())
        writer.end_run(0)
    text = httpx.get(f"{serve(path)}/newsroom/{shelf.JUSTICE.slug}").text
    assert '<span class="badge gone">blocked</span>' in text
    assert re.search(
        r"<strong>Blocked</strong> since \d+ \w+ 20\d\d, \d\d:\d\d UTC: https://ministry.example/: ", text
    )
    assert "What to do: we are refused: write to the site" in text


def test_a_question_that_takes_too_long_ends_in_plain_words(visit: httpx.Client) -> None:
    endless = "with recursive t(x) as (select 1 union all select x + 1 from t) select count(*) from t"
    began = time.monotonic()
    answer = visit.get("/archive", params={"sql": endless})
    assert time.monotonic() - began < 4
    assert answer.status_code == 400
    assert "longer than two seconds" in answer.text
    assert "select" not in answer.text.split("<main")[1]


def test_the_database_page_counts_no_table(visit: httpx.Client) -> None:
    text = visit.get("/archive").text
    assert "Many rows" in text
    assert "release_counts" in text


def test_a_passage_keeps_its_paragraphs_apart() -> None:
    parts = (Part("… <b>Cable\n\nThe "), Part("cable", found=True), Part("\nis\n\n lowered …"))
    assert marked(parts) == "… &lt;b&gt;Cable\nThe <mark>cable</mark> is\nlowered …"


def test_datasette_finds_no_templates_of_ours(visit: httpx.Client) -> None:
    """From Python 3.12 on it looks beside the plugin's module, and took ours for its own pages'."""
    assert not Path(plugin.__file__).with_name("templates").exists()
    assert visit.get("/archive/watches").status_code == 403
