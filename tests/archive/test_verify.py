"""Damage of every kind is found and named; a sound archive is called sound."""

import random
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive import chain, merkle
from archive.database import open_archive
from archive.errors import NamedError
from archive.findings import Report
from archive.store import Writer
from archive.verify import verify
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


def test_every_flipped_bit_of_the_evidence_is_found(path: Path) -> None:
    """Fifty random bits; the gzip header's time stamp and operating system say nothing and aren't tried."""
    file, chance = evidence_file(path), random.Random(4)
    whole = file.read_bytes()
    for _ in range(50):
        data, place = bytearray(whole), chance.randrange(len(whole))
        data[place] ^= 1 << chance.randrange(8)
        file.write_bytes(data)
        if not check(path).findings:
            start = max(at for at in _members(whole) if at <= place)
            assert place - start in (4, 5, 6, 7, 8, 9), f"bit at {place} went unseen"


def _members(data: bytes) -> list[int]:
    return [at for at in range(len(data)) if data[at : at + 3] == b"\x1f\x8b\x08"]


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


#: what no digest covers: when we will look next, and how far the evidence files go
NOTES = {"sightings", "warc_files", "_sqlite_migrations", "sqlite_sequence"}


def all_rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    tables = connection.execute(
        "select name from sqlite_master where type = 'table' and sql not like '%vocab%'"
    )
    found = {name: connection.execute(f'select * from "{name}"').fetchall() for (name,) in tables.fetchall()}
    connection.close()
    return found


def test_every_flipped_bit_of_the_database_that_changes_a_record_is_found(path: Path) -> None:
    """Sixty random bits; one in an unused part of a page changes nothing."""
    connection = sqlite3.connect(path)
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    whole, before, chance = path.read_bytes(), all_rows(path), random.Random(11)
    found = 0
    for _ in range(60):
        data, place = bytearray(whole), chance.randrange(len(whole))
        data[place] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        for end in ("-wal", "-shm"):
            Path(f"{path}{end}").unlink(missing_ok=True)
        try:
            sound = check(path).sound
        except NamedError:
            sound = False
        found += not sound
        if sound:
            after = all_rows(path)
            changed = {table for table in before if after.get(table) != before[table]}
            assert not {table for table in changed if "_fts_" not in table} - NOTES, (
                f"bit at {place} went unseen"
            )
    assert found > 5
