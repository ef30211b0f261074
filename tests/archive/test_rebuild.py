"""The database from the evidence alone is the same, row by row; reading again changes readings and nothing else."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique.cli import main
from tests.archive.demo_crawl import crawl

#: what says when we did something, and is in no record
OURS = {"relations": {"made_at"}, "rejects": {"at"}}
TABLES = (
    "newsrooms", "captures", "releases", "revisions", "readings", "contacts", "attachments", "topics", "events",
    "release_urls", "release_identities", "translations", "relations", "sightings", "absences", "rejects",
    "runs", "polls", "gaps", "incidents", "troubles", "hosts", "ledger_sheets", "unannounced",
    "diverging", "redirects", "redactions", "standing",
)  # fmt: skip


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two days of the demonstration in several evidence files."""
    path = tmp_path_factory.mktemp("crawled") / "archive.db"
    for day in (1, 2):
        crawl(path, day, rotate_at=60_000)
    return path


@pytest.fixture
def path(crawled: Path, tmp_path: Path) -> Path:
    """A copy of it to break."""
    shutil.copytree(crawled.parent, tmp_path / "copy")
    return tmp_path / "copy" / "archive.db"


def command(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--archive", str(path)])


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(path)
    found = {}
    for table in TABLES:
        columns = [row[1] for row in connection.execute(f"pragma table_info({table})")]
        kept = [column for column in columns if column not in OURS.get(table, set())]
        order = ", ".join(str(number + 1) for number in range(len(kept)))
        found[table] = connection.execute(
            f"select {', '.join(kept)} from {table} order by {order}"
        ).fetchall()
    connection.close()
    return found


def test_the_database_from_the_evidence_alone_is_the_same_row_by_row(path: Path) -> None:
    before = contents(path)
    assert len(list((path.parent / "evidence").glob("*.warc.gz"))) > 2
    assert len(before["releases"]) > 40
    for file in path.parent.glob("archive.db*"):
        file.unlink()
    result = command(path, "rebuild")
    assert result.exit_code == 0, result.output
    assert "1 of 1 days of the published chain of digests came out the same" in result.output
    after = contents(path)
    for table in TABLES:
        assert after[table] == before[table], table
    assert command(path, "verify").exit_code == 0


def test_a_damaged_database_is_kept_beside_the_rebuilt_one(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)
    assert command(path, "show", "1").exit_code == 5
    assert command(path, "rebuild").exit_code == 0
    assert command(path, "show", "1").exit_code == 0
    assert path.with_name("archive.db.before-rebuild").read_bytes().startswith(b"no database")


def test_what_a_death_left_behind_the_last_record_is_passed_over(path: Path) -> None:
    before = contents(path)["revisions"]
    last = max((path.parent / "evidence").glob("*.warc.gz"), key=lambda file: file.name)
    with last.open("ab") as file:
        file.write(b"\x1f\x8b\x08\x00half a record")
    result = command(path, "rebuild")
    assert result.exit_code == 0, result.output
    assert "DAMAGED" in result.output
    assert contents(path)["revisions"] == before


def test_without_evidence_there_is_nothing_to_rebuild(tmp_path: Path) -> None:
    result = command(tmp_path / "archive.db", "rebuild")
    assert result.exit_code == 2
    assert "there is no evidence" in result.output


def test_reading_again_with_the_same_reader_changes_nothing(path: Path) -> None:
    before = contents(path)
    result = command(path, "reread")
    assert "0 read otherwise now" in result.output, result.output
    after = contents(path)
    assert len(after["runs"]) == len(before["runs"]) + 1
    for own in ("runs", "ledger_sheets"):  # of the run that read again
        del before[own], after[own]
    assert after == before


def test_a_better_reader_makes_readings_and_no_event(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from archive.model import Release
    from communique import rereading

    read = rereading.to_release

    def better(*arguments: object) -> Release:
        from dataclasses import replace

        release = read(*arguments)  # type: ignore[arg-type]
        return replace(release, byline="read better", reader_version="better")

    monkeypatch.setattr(rereading, "to_release", better)
    before = contents(path)
    result = command(path, "reread")
    assert f"{len(before['revisions'])} read otherwise now" in result.output, result.output
    after = contents(path)
    assert (after["events"], after["revisions"]) == (before["events"], before["revisions"])
    assert len(after["readings"]) == 2 * len(before["readings"])
    connection = sqlite3.connect(path)
    assert connection.execute("select distinct byline from releases").fetchall() == [("read better",)]
    connection.close()
    assert command(path, "verify").exit_code == 0


def test_a_newsroom_that_the_archive_does_not_hold_is_a_usage_error(path: Path) -> None:
    result = command(path, "reread", "xx_nobody")
    assert result.exit_code == 2
    assert "nothing of 'xx_nobody'" in result.output
    assert command(path, "reread", "demo").exit_code == 0
