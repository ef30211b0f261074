"""kill -9 at every point of the order of writing, a full disk, an old schema: nothing lost, doubled or broken."""

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive import evidence, schema, warc
from archive.database import open_archive
from archive.store import Writer
from tests.archive.crash import run, run_killed

pytestmark = pytest.mark.slow


def told(path: Path) -> list[tuple[object, ...]]:
    """Everything that must be the same however often a run was killed: without ids, times and runs."""
    with open_archive(path) as archive:
        rows = archive.connection.execute(
            "select r.url, r.headline, r.state, e.kind, v.seq, v.content_sha256 from releases r"
            " join events e on e.release_id = r.id left join revisions v on v.id = e.revision_id"
            " order by r.url, e.id"
        ).fetchall()
    return [tuple(row) for row in rows]


def assert_sound(path: Path) -> None:
    with open_archive(path) as archive:
        connection = archive.connection
        assert connection.execute("pragma integrity_check").fetchone()[0] == "ok"
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        for row in connection.execute("select * from captures"):
            place = evidence.Place(row["warc_file"], row["warc_offset"], row["warc_length"])
            record = evidence.read_record(archive.evidence, place)
            assert record.record_id == row["record_id"]
            if row["revisit_of"] is None:
                assert warc.sha256(record.payload) == row["payload_sha256"]
        for row in connection.execute("select name, bytes_committed from warc_files"):
            if row["bytes_committed"]:
                assert (archive.evidence / row["name"]).stat().st_size >= row["bytes_committed"]
                list(evidence.members(archive.evidence / row["name"], row["bytes_committed"]))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    path = tmp_path_factory.mktemp("undisturbed") / "archive.db"
    run(path)
    return told(path)


def test_a_kill_at_every_point_loses_and_doubles_nothing(
    tmp_path: Path, undisturbed: list[tuple[object, ...]]
) -> None:
    empty = tmp_path / "empty.db"
    open_archive(empty, write=True).close()  # killed migrations have a test of their own
    for kill_at in range(1, 1000):
        path = tmp_path / str(kill_at) / "archive.db"
        path.parent.mkdir()
        shutil.copy(empty, path)
        code, said = run_killed(path, kill_at)
        if code == 0:
            break
        assert code == -signal.SIGKILL, said
        assert_sound(path)
        run(path)
        assert_sound(path)
        assert told(path) == undisturbed, f"killed at point {kill_at}"
        shutil.rmtree(path.parent)
    assert kill_at > 50, "the points of the order of writing are gone"


def test_kills_at_random_moments_lose_and_double_nothing(
    tmp_path: Path, undisturbed: list[tuple[object, ...]]
) -> None:
    chance = random.Random(2026)
    path = tmp_path / "archive.db"
    for _ in range(25):
        process = subprocess.Popen([sys.executable, "-m", "tests.archive.crash", str(path)])
        time.sleep(0.15 + chance.random() * 0.35)
        process.kill()
        process.wait()
    run(path)
    assert_sound(path)
    assert told(path) == undisturbed


@pytest.mark.parametrize("limit", [5_000, 60_000, 250_000])
def test_a_full_disk_stops_cleanly_and_is_resumed(
    tmp_path: Path, undisturbed: list[tuple[object, ...]], limit: int
) -> None:
    """RLIMIT_FSIZE stands for the disk: no file of the run grows beyond it."""
    path = tmp_path / "archive.db"
    open_archive(path, write=True).close()
    code, said = run_killed(path, 0, limit)
    assert (code, "no space left" in said) == (5, True), said
    run(path)
    assert_sound(path)
    assert told(path) == undisturbed


def test_a_reader_brings_an_older_archive_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "archive.db"
    run(path)
    before = told(path)
    later = (*schema.MIGRATIONS, ("later", "create table later (a);"))
    monkeypatch.setattr(schema, "MIGRATIONS", later)
    monkeypatch.setattr(schema, "VERSION", len(later))
    with open_archive(path) as archive:
        assert archive.connection.execute("select count(*) from later").fetchone()[0] == 0
    assert told(path) == before


def test_evidence_of_another_archive_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    run(tmp_path / "one.db")
    mine = {file: file.read_bytes() for file in (tmp_path / "evidence").iterdir()}
    with Writer.open(tmp_path / "two.db"):
        pass
    assert {file: file.read_bytes() for file in (tmp_path / "evidence").iterdir()} == mine
