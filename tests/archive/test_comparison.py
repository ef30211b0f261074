"""``communique diff``: the last change, or any two revisions, as text, HTML and JSON."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.store import Writer
from communique.cli import main
from tests.archive.pages import CONTACT, ROOM, exchange, release


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """One release in three revisions: a silent edit of a number, then another contact."""
    path = tmp_path / "archive.db"
    silent = release(body=release().body.replace("1.5", "15"), headline="<script>alert(1)</script> support")
    pages = [release(), silent, replace(silent, contacts=(replace(CONTACT, phones=("0295 000 001",)),))]
    with Writer.open(path) as writer:
        writer.begin_run("crawl demo", "0")
        writer.put_newsroom(ROOM)
        for hours, page in enumerate(pages):
            writer.store(page, writer.keep(exchange(page.url, f"{hours}", hours=hours)))
        writer.end_run(0)
    return path


def diff(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", "1", *arguments, "--archive", str(path)])


def test_the_last_change_is_shown(path: Path) -> None:
    result = diff(path)
    assert result.exit_code == 0, result.output
    assert "revision 2 seen 2026-03-02 09:00 → revision 3" in result.output
    assert "contacts:" in result.output
    assert "body:" not in result.output


def test_two_revisions_as_json_mark_numbers(path: Path) -> None:
    document = json.loads(diff(path, "1", "2", "--json").output)
    assert document["silent"]
    assert "numbers" in document["kinds"]
    body = next(each for each in document["fields"] if each["field"] == "body")
    changed = [piece for piece in body["pieces"] if piece["op"] != "same"]
    assert [(piece["op"], piece["text"], piece["marks"]) for piece in changed] == [
        ("removed", "1.5", ["number"]),
        ("added", "15", ["number"]),
    ]


def test_html_escapes_what_a_ministry_wrote(path: Path) -> None:
    output = diff(path, "1", "2", "--html").output
    assert "<script>" not in output
    assert '<del class="number">1.5</del>' in output


def test_a_revision_that_is_not_there_is_a_usage_error(path: Path) -> None:
    result = diff(path, "1", "9")
    assert result.exit_code == 2
    assert "has 3 revisions, and no number 9" in result.output
