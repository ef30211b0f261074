"""Whatever is wrong with the archive, every command says it in one line, with its exit code and what to do."""

import shlex
import sqlite3
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from communique.cli import COMMANDS, main
from communique.exits import BUSY, UNUSABLE, USAGE

#: what a command needs on its line to get as far as the archive; others get "1" for each argument that is required
ARGUMENTS = {
    "redact": "'Aila Merikallas' --reason asked --authority court --yes",
    "backup": "backup",
    "watch": "run",
    "doctor": "demo",
    "read": "https://ministry.example/news/1",
}
#: these bring an archive back, or make one, or ask a site first; tests of their own cover them
MAKERS = {"crawl", "rebuild", "restore", "sweep"}


def with_archive() -> list[str]:
    """Every command that takes ``--archive``, but for the makers; a new one is tested as soon as it is there."""
    found = []
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        leaf = command.commands["run"] if name == "watch" and isinstance(command, click.Group) else command
        if name not in MAKERS and any(parameter.name == "archive_path" for parameter in leaf.params):
            found.append(name)
    return found


def needed(name: str) -> list[str]:
    if name in ARGUMENTS:
        return shlex.split(ARGUMENTS[name])
    command = main.get_command(click.Context(main), name)
    return [
        "1" for parameter in command.params if isinstance(parameter, click.Argument) and parameter.required
    ]


def garbage(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def of_another_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("create table bookmarks (title text)")
    connection.execute("pragma user_version = 77")
    connection.close()


def nothing(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize("name", with_archive())
@pytest.mark.parametrize(
    ("make", "said"),
    [(garbage, "damaged"), (of_another_program, "another program"), (nothing, "no archive at")],
    ids=["garbage", "another program's", "none"],
)
def test_an_archive_that_is_none(
    name: str, make: Callable[[Path], None], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    archive = tmp_path / "some.db"
    make(archive)
    before = archive.read_bytes() if archive.exists() else None
    (tmp_path / "backup").mkdir()
    arguments = [name, *needed(name), "--archive", str(archive)]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == UNUSABLE, done.output
    assert done.stderr.count("\n") == 1, done.stderr
    assert said in done.stderr
    assert (archive.read_bytes() if archive.exists() else None) == before, "what was there was changed"


def test_a_crawl_into_another_programs_database_leaves_it_as_it_is(tmp_path: Path) -> None:
    archive = tmp_path / "bookmarks.db"
    of_another_program(archive)
    before = archive.read_bytes()
    done = CliRunner().invoke(main, ["watch", "add", "a", "b", "--archive", str(archive)])
    assert done.exit_code == UNUSABLE
    assert "nothing was changed" in done.stderr
    assert archive.read_bytes() == before


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    from archive.database import open_archive

    archive = tmp_path / "archive.db"
    open_archive(archive, write=True).close()
    with open_archive(archive, write=True):
        done = CliRunner().invoke(main, ["reread", "--archive", str(archive)])
    assert done.exit_code == BUSY
    assert "another run is writing" in done.stderr


def test_an_unreadable_page_and_an_unknown_newsroom_are_usage(tmp_path: Path) -> None:
    for arguments in (["read", str(tmp_path / "none.html")], ["crawl", "nowhere"], ["doctor", "nowhere"]):
        done = CliRunner().invoke(main, [*arguments])
        assert done.exit_code == USAGE, arguments
        assert "Traceback" not in done.output
