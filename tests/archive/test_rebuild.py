"""The database from the evidence alone is the same, row by row; reading again changes readings and nothing else."""

import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.model import Exchange
from archive.owed import Debt
from archive.store import Writer
from communique.cli import main
from tests.archive.demo_crawl import BASE, crawl
from tests.archive.pages import START

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


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    found = connection.execute(query).fetchall()
    connection.close()
    return found


OWN = ("watches", "outbox", "deliveries", "cited_queries", "cited_results")


def own(path: Path) -> dict[str, list[tuple[object, ...]]]:
    return {table: rows(path, f"select * from {table} order by 1") for table in OWN}


def test_what_is_the_users_own_is_carried_over_from_the_database_before(path: Path) -> None:
    connection = sqlite3.connect(path)
    newest = connection.execute("select max(id) from events").fetchone()[0]
    connection.execute(
        "insert into watches values ('quays', 'quay', '{}', '2026-01-01T00:00:00.000000Z', ?)", (newest,)
    )
    connection.execute("insert into outbox values (1, 1, 'quays', '2026-01-01T00:00:00.000000Z')")
    connection.execute("insert into outbox values (2, ?, 'quays', '2026-01-01T00:00:00.000000Z')", (newest,))
    connection.execute(
        "insert into deliveries values (1, 1, 'log', '2026-01-01T00:00:00.000000Z', 'sent', '')"
    )
    connection.execute(
        "insert into cited_queries values ('q', 'quay', '{}', 1, 'aa', '2026-01-01T00:00:00.000000Z')"
    )
    connection.execute("insert into cited_results values ('q', 1, 'bb')")
    connection.commit()
    connection.close()
    before = own(path)
    result = command(path, "rebuild")
    assert "Carried over from the database that was there: 1 watches, 2 outbox, 1 deliveries" in result.output
    assert own(path) == before
    assert command(path, "verify").exit_code == 0


def test_a_message_of_an_event_that_is_not_there_again_is_not_carried_over(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("pragma foreign_keys = off")
    connection.execute(
        "insert into watches values ('quays', 'quay', '{}', '2026-01-01T00:00:00.000000Z', 999999)"
    )
    connection.execute("insert into outbox values (1, 999998, 'quays', '2026-01-01T00:00:00.000000Z')")
    connection.execute(
        "insert into deliveries values (1, 1, 'log', '2026-01-01T00:00:00.000000Z', 'sent', '')"
    )
    connection.commit()
    connection.close()
    assert command(path, "rebuild").exit_code == 0
    [(newest,)] = rows(path, "select max(id) from events")
    assert rows(path, "select name, last_event from watches") == [("quays", newest)]
    assert rows(path, "select * from outbox union all select 1, 1, 1, 1 from deliveries") == []
    assert command(path, "verify").exit_code == 0


def test_a_database_that_cannot_be_read_is_told_and_carries_nothing(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)
    result = command(path, "rebuild")
    assert result.exit_code == 0
    assert "DAMAGED watches of the database that was there can't be read" in result.output


def test_a_release_that_answered_with_errors_is_owed_again(path: Path) -> None:
    owing = "select url, since, tries, last_at, due_at, verdict, reason, capture_id, published_raw, language from owed"
    with Writer.open(path) as writer:
        for day, addresses in ((5, ("late", "never")), (6, ("never", "late"))):
            writer.begin_run("crawl demo", "0")
            for address in addresses:
                url = f"{BASE}/sv/-/{address}"
                for second in (0, 1):  # asked twice in a run, as Scrapy does: one try
                    at = START + timedelta(days=day, seconds=second)
                    hints = (("published_raw", "5.5.2026"), ("language", "sv"))
                    answer = Exchange(url, "release", 503, (), b"", at, newsroom="demo", hints=hints)
                    capture = writer.keep(answer)
                writer.owe(
                    Debt("demo", url, f"{BASE}/feed", "unreachable", "HTTP 503", "5.5.2026", "sv", capture)
                )
            writer.end_run(0)
    before = rows(path, owing)
    assert [row[2] for row in before] == [2, 2]
    assert command(path, "rebuild").exit_code == 0
    assert rows(path, "select distinct source from owed") == [(f"{BASE}/feed",)]
    path.unlink()
    assert command(path, "rebuild").exit_code == 0
    assert rows(path, owing) == before
    assert rows(path, "select distinct source from owed") == [("",)]
