"""The doctor walks a newsroom from robots.txt to the fields of its pages, and says what to change."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from archive.model import Exchange, Look
from archive.model import Newsroom as Row
from archive.store import Writer
from communique.cli import main
from crawler.registry import all_newsrooms

TOML = """
[a]
name = { en = "Ministry of Examples" }
country = "GB"
timezone = "Europe/London"
languages = ["en"]
site = "https://a.example"
sources = [{ listing = "/news" }, { feed = "/feed" }]
"""
#: synthetic
PAGE = """<html lang="en"><head><title>{title}</title></head><body><main><h1>{title}</h1>
<p class="date">Published 3 March 2025</p><p>The harbour office keeps the winter timetable of the ferries.</p>
<p>Three lighthouses were given to the municipality, which rents them to visitors in summer and keeps their lamps.</p>
<p>The ice was the thickest in twelve years, and three channels had to be marked anew before ships could use them.</p></main></body></html>"""
WALL = "<html><head><title>Just a moment...</title></head><body>Checking your browser before accessing.</body></html>"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    (tmp_path / "xx.toml").write_text(TOML)
    monkeypatch.setenv("COMMUNIQUE_NEWSROOMS", str(tmp_path))
    all_newsrooms.cache_clear()
    yield lambda *more: CliRunner().invoke(
        main, ["doctor", "xx_a", "--archive", str(tmp_path / "a.db"), *more]
    )
    all_newsrooms.cache_clear()


def keep(path: Path, pages: list[str], outcome: str = "ok") -> None:
    with Writer.open(path) as writer:
        writer.begin_run("test", "0")
        writer.put_newsroom(Row("xx_a", "A"))
        poll = writer.begin_poll("xx_a", "https://a.example/news", "listing")
        for number, page in enumerate(pages):
            url = f"https://a.example/news/{number}"
            headers = (("Content-Type", "text/html; charset=utf-8"),)
            writer.keep(Exchange(url, "release", 200, headers, page.encode(), datetime.now(UTC), "xx_a"))
        writer.end_poll(poll, Look(outcome, datetime.now(UTC), items_seen=len(pages)))
        writer.end_run(0)


def levels(result: Result) -> dict[str, str]:
    return {row["subject"]: row["level"] for row in msgspec.json.decode(result.stdout)}


def test_a_newsroom_that_is_read_well(tmp_path: Path, run) -> None:
    keep(tmp_path / "a.db", [PAGE.format(title=f"Ferries of winter number {n}") for n in range(3)])
    result = run("--json")
    found = levels(result)
    assert result.exit_code == 0
    assert found["listing /news"] == "good"
    assert found["feed /feed"] == "look"
    assert found["headline"] == found["published"] == found["body"] == "good"
    assert found["contacts"] == "look"


def test_a_wall_is_told_with_what_to_do(tmp_path: Path, run) -> None:
    keep(tmp_path / "a.db", [WALL], outcome="empty")
    result = run()
    assert result.exit_code == 3
    assert "refused" in result.stdout
    assert "item and link" in " ".join(result.stdout.split())


def test_an_archive_that_never_saw_it(tmp_path: Path, run) -> None:
    keep(tmp_path / "a.db", [])
    assert run().exit_code == 3
