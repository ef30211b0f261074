"""The command ``crawl`` as its user types it: what goes wrong, and what the newsrooms' lists say. tests/e2e crawls the site."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from communique.demo import DemoServer
from crawler.registry import BUILT_IN

ROOT = Path(__file__).parent.parent.parent


def environment(folder: Path, port: int) -> dict[str, str]:
    """The demonstration under the name ``isle`` on a port of its own, so that tests do not meet each other."""
    newsrooms = folder / "newsrooms"
    newsrooms.mkdir(exist_ok=True)
    text = (BUILT_IN / "demo.toml").read_text(encoding="utf-8").replace("[demo]", "[isle]")
    (newsrooms / "isle.toml").write_text(text.replace(":8765", f":{port}"), encoding="utf-8")
    return {
        **os.environ,
        "COMMUNIQUE_NEWSROOMS": str(newsrooms),
        "COMMUNIQUE_ARCHIVE": str(folder / "archive.db"),
    }


def communique(folder: Path, port: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "communique", *arguments],
        cwd=ROOT, env=environment(folder, port), capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip


def crawl(folder: Path, site: DemoServer, *more: str) -> dict[str, object]:
    before = site.count
    done = communique(folder, site.port, "crawl", "isle", "--json", *more)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    (row,) = json.loads(done.stdout)
    return {**row, "asked": site.count - before}


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / "archive.db")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("crawl", "xx_nobody"), 2, "there is no newsroom or country 'xx_nobody'"),
        (("crawl", "fi_om"), 2, "COMMUNIQUE_CONTACT"),
        (("crawl", "fi_om", "--contact", "me"), 2, "the contact must be an e-mail address"),
        (("crawl", "isle", "--day", "2"), 2, "--day is for the demonstration"),
        (("crawl", "isle", "--archive", "/dev/null/x/archive.db"), 5, "is not a folder"),
        (("crawl", "isle"), 3, "connection refused"),  # nothing is served on the port
    ],
    ids=["unknown", "no contact", "bad contact", "day", "no folder", "no network"],
)
def test_what_goes_wrong_is_one_line_and_an_exit_code(
    tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = communique(tmp_path, 1, *arguments)
    assert done.returncode == code, done.stdout + done.stderr
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_newsrooms_are_listed_with_their_grade(tmp_path: Path) -> None:
    done = communique(tmp_path, 1, "newsrooms", "fi", "--json")
    entries = json.loads(done.stdout)
    assert {entry["slug"] for entry in entries} >= {"fi_vn", "fi_om"}
    assert {entry["grade"] for entry in entries} <= {"reported", "unverified"}
    table = communique(tmp_path, 1, "newsrooms").stdout
    assert all(entry["slug"] in table for entry in entries)


def test_scrapy_sees_one_spider_a_newsroom(tmp_path: Path) -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert {"demo", "fi_om", "fi_vn"} <= set(listed.stdout.split())
