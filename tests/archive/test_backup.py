"""A backup made while a writer writes restores to a committed state; a second one copies what is new."""

import threading
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.backup import backup
from archive.database import open_archive
from archive.errors import UsageError
from archive.restoring import restore
from archive.store import Writer
from communique.cli import main
from tests.archive.crash import run
from tests.archive.pages import ROOM, exchange, release
from tests.archive.test_crash import assert_sound, told


def command(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "live" / "archive.db"
    path.parent.mkdir()
    run(path)
    return path


def test_a_restore_drill(path: Path, tmp_path: Path) -> None:
    assert command("backup", tmp_path / "copy", "--archive", path).exit_code == 0
    drill = tmp_path / "drill" / "archive.db"
    result = command("restore", tmp_path / "copy", "--archive", drill)
    assert result.exit_code == 0, result.output
    assert "as it was written" in result.output
    assert told(drill) == told(path)
    assert_sound(drill)


def test_a_backup_while_a_writer_writes_is_a_committed_state(path: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with Writer.open(path) as writer:
            writer.begin_run("crawl", "0")
            writer.put_newsroom(ROOM)
            first = 100
            while not stop.is_set():
                first += 3
                for number in range(first, first + 3):
                    page = release(number)
                    writer.store(page, writer.keep(exchange(page.url, page.body * 30)))
                writer.commit_batch()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(6):
            with open_archive(path) as archive:
                backup(archive, tmp_path / f"copy{number % 2}")
            drill = tmp_path / f"drill{number}" / "archive.db"
            result = command("restore", tmp_path / f"copy{number % 2}", "--archive", drill)
            assert result.exit_code == 0, result.output
            assert len(told(drill)) >= 6
            assert_sound(drill)
    finally:
        stop.set()
        thread.join()


def test_a_second_backup_copies_only_what_is_new(path: Path, tmp_path: Path) -> None:
    with open_archive(path) as archive:
        first = backup(archive, tmp_path / "copy")
        again = backup(archive, tmp_path / "copy")
    assert first.copied_bytes == first.evidence_bytes > 0
    assert again.copied_bytes == 0


def test_an_archive_in_the_way_is_set_aside_only_when_told_to(path: Path, tmp_path: Path) -> None:
    command("backup", tmp_path / "copy", "--archive", path)
    refused = command("restore", tmp_path / "copy", "--archive", path)
    assert refused.exit_code == 2
    assert "--replace" in refused.output
    assert command("restore", tmp_path / "copy", "--archive", path, "--replace").exit_code == 0
    assert_sound(path)
    [aside] = path.parent.glob("archive.db.before-restore-*/archive.db")
    assert told(aside) == told(path)
    assert_sound(aside)


def test_an_older_backup_costs_the_archive_in_its_place_nothing(path: Path, tmp_path: Path) -> None:
    """Both go on from the same evidence file: neither, and no backup of either, may write into the other's bytes."""
    older, newer = tmp_path / "older", tmp_path / "newer"
    command("backup", older, "--archive", path)
    more(path, 50)
    command("backup", newer, "--archive", path)
    before = told(path)
    assert command("restore", older, "--archive", path, "--replace").exit_code == 0
    more(path, 60)
    [aside] = path.parent.glob("archive.db.before-restore-*/archive.db")
    assert told(aside) == before != told(path)
    for each in (aside, path):
        assert_sound(each)
    assert command("backup", newer, "--archive", path).exit_code == 0
    assert command("restore", newer, "--archive", tmp_path / "drill" / "archive.db").exit_code == 0
    assert told(path) == told(tmp_path / "drill" / "archive.db")
    with open_archive(path) as archive:
        ((captures,),) = archive.connection.execute("select count(*) from captures").fetchall()
    rebuilt = command("rebuild", "--archive", path)
    assert (rebuilt.exit_code, "DAMAGED" in rebuilt.output) == (0, False), rebuilt.output
    assert f"{captures} captures" in rebuilt.output, "each page once, and none of what stands aside"


def more(path: Path, first: int) -> None:
    """A run that stores three releases."""
    with Writer.open(path) as writer:
        writer.begin_run("crawl", "0")
        writer.put_newsroom(ROOM)
        for number in range(first, first + 3):
            page = release(number)
            writer.store(page, writer.keep(exchange(page.url, page.body * 30)))
        writer.end_run(0)


def test_a_damaged_backup_is_called_so(path: Path, tmp_path: Path) -> None:
    command("backup", tmp_path / "copy", "--archive", path)
    [file] = (tmp_path / "copy" / "evidence").glob("*.warc.gz")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 8
    file.write_bytes(data)
    result = command("restore", tmp_path / "copy", "--archive", tmp_path / "drill" / "archive.db")
    assert result.exit_code == 5
    assert "DAMAGED" in result.output


def test_a_folder_without_a_backup_is_named(tmp_path: Path) -> None:
    result = command("restore", tmp_path, "--archive", tmp_path / "archive.db")
    assert result.exit_code == 5
    assert "holds no backup" in result.output


def test_an_archive_is_not_restored_onto_itself(path: Path) -> None:
    Writer.open(path).close()
    with pytest.raises(UsageError, match="own folder"):
        restore(path.parent, path, replace=True)
    assert path.exists()
