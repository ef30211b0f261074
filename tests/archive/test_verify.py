"""Damage of every kind is found and named; a sound archive is called sound."""

import sqlite3
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from archive import chain, merkle
from archive.database import open_archive
from archive.findings import Report
from archive.store import Writer
from archive.verify import verify
from bench.damage import cut_evidence, flip_database, flip_evidence
from communique.cli import main
from tests.archive.crash import run
from tests.archive.pages import START


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two crawled days, closed in the chain."""
    path = tmp_path / "archive.db"
    run(path)
    with Writer.open(path) as writer, writer.archive.transaction() as connection:
        assert chain.close_days(connection, START + timedelta(days=3)) is not None
        chain.write_file(connection, writer.archive.evidence)
    return path


def check(path: Path) -> Report:
    with open_archive(path) as archive:
        return verify(archive)


def evidence_file(path: Path) -> Path:
    [file] = (path.parent / "evidence").glob("*.warc.gz")
    return file


def test_a_sound_archive_is_called_sound(path: Path) -> None:
    report = check(path)
    assert report.findings == []
    assert report.checked["captures"] == 8
    assert report.checked["days in the chain"] == 2
    result = CliRunner().invoke(main, ["verify", "--archive", str(path)])
    assert result.exit_code == 0
    assert "cannot show that the ministry's server sent it" in result.output


def test_every_flipped_bit_and_cut_of_the_evidence_is_found_and_named(path: Path) -> None:
    """Few here, many in ``python -m bench.damage``; a gzip header's time stamp and operating system say nothing."""
    for tally in (flip_evidence(path, Random(4), 50), cut_evidence(path, Random(4), 10)):
        assert (tally.unseen, tally.unnamed) == ([], [])
        assert tally.found > 8


def test_a_cut_tail_names_the_file_and_the_releases(path: Path) -> None:
    file = evidence_file(path)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 3])
    findings = check(path).findings
    assert any("bytes early" in finding.what and finding.releases for finding in findings)
    assert all(str(file) in finding.where for finding in findings)


def test_a_missing_file_hits_every_release(path: Path) -> None:
    evidence_file(path).unlink()
    assert {release for finding in check(path).findings for release in finding.releases} == set(range(1, 5))


ALTERED = [
    ("update releases set body = replace(body, '1.5', '1.6') where id = 3", "releases, row 3"),
    ("update readings set content = replace(content, '1.5', '1.6') where id = 3", "readings, row 3"),
    ("update contacts set phone = '0' where id = 1", "contacts, revision 1"),
    ("update captures set payload_sha256 = 'x' where id = 2", "offset"),
    ("update captures set captured_at = '2026-01-01' where id = 2", "chain entry 1"),
    (
        "drop trigger events_append_only_update; update events set kind = 'edited' where id = 2",
        "chain entry 1",
    ),
    (
        "drop trigger revisions_append_only_update; update revisions set silent = 1 where id = 2",
        "chain entry 1",
    ),
    ("drop trigger events_append_only_delete; delete from events where id = 4", "chain entry 1"),
    ("update polls set outcome = 'blocked' where id = 1", "polls, row 1"),
    ("drop trigger polls_update; update polls set items_seen = 9 where id = 2", "polls, row 2"),
    ("update runs set exit_code = 3 where id = 1", "runs, row 1"),
    ("insert into gaps (newsroom, reason) values ('demo', 'invented')", "gaps, row 1"),
    ("delete from unwritten; delete from polls where id = 2", "polls, row 2"),
    ("update sightings set last_seen_at = '2026-01-01' where release_id = 2", "sightings, row 2"),
    ("drop trigger revisions_append_only_delete", "schema of revisions_append_only_delete"),
    ("alter table outbox rename column created_at to creatod_at", "schema of outbox"),
    ("update ledger_sheets set payload_sha256 = 'x' where id = 1", "offset"),
]


@pytest.mark.parametrize(("sql", "where"), ALTERED)
def test_every_altered_row_is_named(path: Path, sql: str, where: str) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(sql)
    connection.close()
    report = check(path)
    assert any(where in finding.where for finding in report.findings), report.findings


def test_the_command_names_damage_and_exits_5(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(ALTERED[0][0])
    connection.close()
    result = CliRunner().invoke(main, ["verify", "--archive", str(path)])
    assert result.exit_code == 5
    assert "releases, row 3" in result.output


def test_a_damaged_page_of_the_database_is_a_finding_and_no_traceback(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096 * 8 : 4096 * 9] = b"\xff" * 4096
    path.write_bytes(data)
    result = CliRunner().invoke(main, ["verify", "--archive", str(path)])
    assert result.exit_code == 5
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8])
def test_every_leaf_leads_to_the_root(count: int) -> None:
    leaves = [merkle.leaf([number]) for number in range(count)]
    for index, leaf in enumerate(leaves):
        assert merkle.root_of(leaf, merkle.path(leaves, index)) == merkle.root(leaves)
        assert merkle.root_of(merkle.leaf(["other"]), merkle.path(leaves, index)) != merkle.root(leaves)


def test_the_first_run_of_a_day_closes_the_days_before(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    run(path)
    with open_archive(path) as archive:
        assert [entry.day for entry in chain.entries(archive.connection)] == ["2026-03-03"]
        assert chain.read_file(archive.evidence) == chain.entries(archive.connection)


def test_every_flipped_bit_of_the_database_that_changes_a_record_is_found_and_named(path: Path) -> None:
    """One in an unused part of a page changes nothing."""
    connection = sqlite3.connect(path)
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    tally = flip_database(path, Random(11), 90)
    assert (tally.unseen, tally.unnamed) == ([], [])
    assert tally.found > 5
