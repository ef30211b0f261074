"""Runs many hostile newsrooms side by side in one crawl and tells what came of each."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.replay import Pages, Replay, crawl

DEFAULTS = """[defaults]
country = "FI"
timezone = "Europe/Helsinki"
languages = ["en", "fi"]
day_order = "dmy"
since = 2020-01-01
"""


@dataclass
class Newsroom:
    """One newsroom of a hostile run: its pages and its entry's sources (a listing at /news unless told)."""

    slug: str
    pages: Pages
    entry: str = ""

    @property
    def host(self) -> str:
        return f"{self.slug.replace('_', '-')}.example"

    def table(self) -> str:
        sources = self.entry or 'sources = [{ listing = "/news", item = "main li" }]'
        return f'[{self.slug}]\nname = {{ en = "{self.slug}" }}\nsite = "https://{self.host}"\n{sources}\n'


@dataclass
class Told:
    """What a crawl told and what its archive holds."""

    folder: Path
    returncode: int
    stderr: str
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(self.folder / "archive.db")
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def stored(self, slug: str) -> set[str]:
        """The last parts of the stored releases' addresses."""
        found = self.query("select url from releases where newsroom = ?", slug)
        return {url.rsplit("/", 1)[-1] for (url,) in found}

    def trouble(self, slug: str) -> str:
        return " | ".join(self.rows[slug]["trouble"])

    def peak_mb(self) -> float:
        """Peak memory of the crawling process."""
        return float((self.folder / "peak_kb").read_text()) / 1024


def write_entries(folder: Path, newsrooms: list[Newsroom]) -> None:
    (folder / "newsrooms").mkdir(exist_ok=True)
    for newsroom in newsrooms:
        text = DEFAULTS + newsroom.table()
        (folder / "newsrooms" / f"{newsroom.slug}.toml").write_text(text, encoding="utf-8")


def run(site: Replay, folder: Path, newsrooms: list[Newsroom], **settings: object) -> Told:
    """One crawl over all of them; small pauses and a time limit of three seconds keep the tests short."""
    write_entries(folder, newsrooms)
    quick = {"DOWNLOAD_TIMEOUT": 3, "RETRY_BACKOFF": 0.05, **settings}
    done = crawl(site, folder, *(newsroom.slug for newsroom in newsrooms), **quick)  # type: ignore[arg-type]
    told = Told(folder, done.returncode, done.stderr)
    if done.stdout.startswith("["):
        told.rows = {row["newsroom"]: row for row in json.loads(done.stdout)}
    return told
