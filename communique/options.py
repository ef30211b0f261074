"""Options that many commands share, and how a named error reaches the user: one line and an exit code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import click

F = TypeVar("F", bound=Callable[..., Any])

#: ``--archive PATH``: the database file; its evidence lies in ``evidence/`` beside it. Gives ``archive_path: Path``.
archive_option: Callable[[F], F] = click.option(
    "--archive",
    "archive_path",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="COMMUNIQUE_ARCHIVE",
    default="archive.db",
    show_default=True,
    help="The archive's file (or COMMUNIQUE_ARCHIVE); its evidence lies in evidence/ beside it.",
)

#: the number of a release or a revision, as far as SQLite counts
NUMBER = click.IntRange(1, 2**63 - 1)

#: ``--json``: for machines. Gives ``as_json: bool``.
json_option: Callable[[F], F] = click.option(
    "--json", "as_json", is_flag=True, help="JSON for machines, not tables."
)


def web_address(_: click.Context, parameter: click.Parameter, value: str) -> str:
    """A callback for what may be an address: one that can't be taken apart is refused by its parameter's name."""
    try:
        urlsplit(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no address: {error}", param=parameter) from None
    return value


def examples(*lines: str) -> str:
    """The end of a command's help: example lines, each kept on a line of its own. Give it as ``epilog``."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
