"""Nonsense in every argument and option of every command: one line and a documented exit code, never a traceback."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from communique.cli import COMMANDS, main

NONSENSE = [
    "", "-1", "0", "1", "2", "999999999999999999999", "NaN", "1e9", "inf", "http://[", "http://[::1/x", "http://x", "ftp://x", "mailto:x",
    "(", "NEAR(", "*", '"', 'a"b', "date:", "date:2024-13", "contact:", "2024-02-31", "2024", "../../etc/passwd", "/nonexistent/x", ".",
    "a" * 5000, "😀", "\u202e", "--", "jsonl", "csv", "-5d", "fi", "xx_none", "select 1; drop table releases",
]  # fmt: skip
INPUT = ["", "{}\n", "[]\n", '{"file":1}\n', "\x00\n", '{"file":"../x","url":5}\n', "y\n"]
#: they serve or crawl until they are stopped, or write to the machine's own tables
STAYING = {"serve", "mcp", "crawl", "demo", "sweep", "schedule"}


@pytest.fixture(scope="module")
def own_shelf(shelf_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(shelf_path.parent, folder, dirs_exist_ok=True)
    return folder / shelf_path.name


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - STAYING))
def test_nonsense_is_answered_in_words(own_shelf: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_ARCHIVE", str(own_shelf))
    monkeypatch.chdir(own_shelf.parent)
    chance = random.Random(name)
    for _ in range(12):
        words = [name, *_words(main.get_command(click.Context(main), name), chance)]
        done = CliRunner().invoke(main, words, input=chance.choice(INPUT))
        assert done.exception is None or isinstance(done.exception, SystemExit), (words, done.exc_info)
        assert done.exit_code in (0, 2, 3, 4, 5), (words, done.output)


def _words(command: click.Command | None, chance: random.Random) -> Iterator[str]:
    if isinstance(command, click.Group):
        sub = chance.choice(sorted(command.commands))
        yield sub
        yield from _words(command.commands[sub], chance)
        return
    assert command is not None
    options = [it for it in command.params if isinstance(it, click.Option) and it.name != "archive_path"]
    for option in chance.sample(options, min(len(options), chance.randrange(4))):
        yield option.opts[-1]
        if not option.is_flag:
            yield _value(option, chance)
    for argument in command.params:
        if isinstance(argument, click.Argument):
            yield from (
                _value(argument, chance) for _ in range(1 if argument.nargs == 1 else chance.randrange(3))
            )


def _value(parameter: click.Parameter, chance: random.Random) -> str:
    choices = list(parameter.type.choices) if isinstance(parameter.type, click.Choice) else []
    return str(chance.choice(choices * 4 + NONSENSE))
