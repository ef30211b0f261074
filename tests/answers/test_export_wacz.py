"""``communique export --format wacz``: the captured page of every revision, once each."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner

from archive.model import Exchange, Identity, Newsroom, Release
from archive.store import Writer
from communique.cli import main

TEXTS = ("The fairway is open.", "The fairway is open until May.", "The fairway is open.")


def make(path: Path) -> None:
    with Writer.open(path) as writer:
        writer.begin_run("test", "0")
        writer.put_newsroom(Newsroom("xx_a", "A"))
        for hour, body in enumerate(TEXTS):
            url = "https://a.example/-/fairway"
            at = datetime(2026, 3, 1, hour, tzinfo=UTC)
            headers = (("Content-Type", "text/html"),)
            capture = writer.keep(Exchange(url, "release", 200, headers, body.encode(), at, "xx_a"))
            writer.store(
                Release("xx_a", url, Identity("url", "a.example/-/fairway"), "Fairway", body, "en"), capture
            )
            writer.commit_batch()
        writer.end_run(0)


def test_every_revision_is_a_page_and_every_record_is_there_once(tmp_path: Path) -> None:
    make(tmp_path / "archive.db")
    target = tmp_path / "some.wacz"
    arguments = ["export", "--archive", str(tmp_path / "archive.db"), "--format", "wacz"]
    done = CliRunner().invoke(main, [*arguments, "--output", str(target)])
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(target) as package:
        pages = [json.loads(line) for line in package.read("pages/pages.jsonl").decode().splitlines()][1:]
        index = package.read("indexes/index.cdx").decode().splitlines()
    assert [page["title"] for page in pages] == ["Fairway", "Fairway (revision 2)", "Fairway (revision 3)"]
    assert len(index) == len(set(index)) == 3
    assert CliRunner().invoke(main, arguments).exit_code == 2
