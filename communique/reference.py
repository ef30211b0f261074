"""The reference of all commands as Markdown, from the commands' own help: ``make docs`` writes it to docs/commands.md."""

from __future__ import annotations

import re
import sys

import click

from communique.cli import COMMANDS, main

_INTRODUCTION = """\
# Commands

Made by `make docs` from the commands' own help; change it there.

Exit codes of every command: 0 done (also when nothing was new), 2 usage, 3 some newsroom needs a look, 4 another run is going on,
5 the archive can't be used.
"""


def render() -> str:
    """The whole page: every command in the order of ``communique --help``, with its subcommands and options."""
    root = click.Context(main, info_name="communique")
    parts = [_INTRODUCTION]
    for name in COMMANDS:
        command = main.get_command(root, name)
        if command is not None:
            parts += _sections(command, name, root)
    return "\n".join(parts)


def _sections(command: click.Command, name: str, parent: click.Context) -> list[str]:
    context = click.Context(command, info_name=name, parent=parent)
    own = [_section(command, context)]
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            child = command.get_command(context, below)
            if child is not None:
                own += _sections(child, below, context)
    return own


def _section(command: click.Command, context: click.Context) -> str:
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [
        f"## {context.command_path}",
        "",
        _plain(command.help),
        "",
        f"    {context.command_path} {usage}",
        "",
    ]
    rows = [
        record
        for parameter in command.params
        if not isinstance(parameter, click.Argument) and (record := parameter.get_help_record(context))
    ]
    if rows:
        lines += ["| option | |", "|---|---|"]
        lines += [f"| `{_cell(flags)}` | {_cell(meaning)} |" for flags, meaning in rows]
        lines.append("")
    if command.epilog:
        lines += [f"    {line.strip()}" for line in _examples(command.epilog)]
        lines.append("")
    return "\n".join(lines)


def _plain(text: str | None) -> str:
    lines = "\n".join(line.strip() for line in (text or "").replace("\b", "").strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines)


def _examples(epilog: str) -> list[str]:
    return [line for line in _plain(epilog).splitlines() if line.strip() and not line.startswith("Example")]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(render())
