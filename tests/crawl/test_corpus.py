"""Captured pages crawled as their own hosts: www.justice.gov as it was in 2018, over real sockets into an archive."""

import json
import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.replay import Page, Pages, crawl, replay

ENTRY = """
[captured]
name = { en = "Department of Justice" }
site = "https://www.justice.gov"
country = "US"
timezone = "America/New_York"
languages = ["en"]
platform = "drupal"
day_order = "mdy"
since = 2009-01-01
sources = [SOURCES]
"""


def captured(shared: Path) -> tuple[Pages, list[str]]:
    """The captured pages of the host, and the addresses of its listing pages."""
    pages: Pages = {
        "www.justice.gov/robots.txt": Page(b"User-agent: *\nDisallow: /search\n", content_type="text/plain")
    }
    listings = []
    for line in (shared / "corpus" / "index.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["host"] == "www.justice.gov":
            parts = urlsplit(row["url"])
            address = f"{parts.netloc}{parts.path}" + (f"?{parts.query}" if parts.query else "")
            pages[address] = Page(
                (shared / "corpus" / "pages" / row["file"]).read_bytes(), content_type="text/html"
            )
            if row["kind"] == "listing":
                listings.append(row["url"])
    return pages, listings


@pytest.mark.slow
def test_justice_gov_is_crawled_from_its_captured_pages(shared: Path, tmp_path: Path) -> None:
    pages, listings = captured(shared)
    (tmp_path / "newsrooms").mkdir()
    sources = ", ".join(
        f'{{ listing = "{url}", keep = "/opa/pr/|/usao-" , max_pages = 1 }}' for url in listings[:4]
    )
    entry = ENTRY.replace("SOURCES", sources)
    (tmp_path / "newsrooms" / "xx.toml").write_text(entry, encoding="utf-8")
    with replay(pages) as site:
        done = crawl(site, tmp_path, "xx_captured")
    assert "Traceback" not in done.stderr, done.stderr
    (row,) = json.loads(done.stdout)
    named = row["found"]
    assert named >= 60
    connection = sqlite3.connect(tmp_path / "archive.db")
    stored = connection.execute("select url from releases").fetchall()
    reasons = connection.execute("select reason, count(*) from rejects group by 1").fetchall()
    connection.close()
    there = {address for address in pages if "/pr/" in address}
    assert {url.removeprefix("https://") for (url,) in stored} <= there
    assert row["new"] == len(stored)
    assert dict(reasons) == {"not found": named - len(stored)}
