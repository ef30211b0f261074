"""The command line. Each command is a module of ``communique.commands``, imported only when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from archive.errors import NamedError
from communique.exits import USAGE

#: command → one line of help; the module is ``communique.commands.<name with _>`` and its command ``command``
COMMANDS: dict[str, str] = {
    "crawl": "look at newsrooms, fetch what is new, re-read what is due",
    "newsrooms": "list the newsrooms of the registry with their grade",
    "read": "show what is read from one page, and why",
    "search": "which releases say something, newest or best first",
    "show": "one release: text, contacts, translations, history, evidence",
    "serve": "open the archive in a browser",
    "watch": "saved searches: told once what is new, edited or taken down",
    "feed": "the answers to a search as an Atom feed",
    "export": "the answers to a search as CSV or JSON lines",
    "count": "how many releases, by ministry, year, type …, and how ministries edit",
    "trends": "how the share of releases that say something moves over time",
    "cite": "cite a release: text, BibTeX, RIS, CSL-JSON",
    "cite-query": "cite a question with its answer, and ask it again later",
    "mcp": "the archive for assistants that speak the Model Context Protocol",
    "demo": "serve the demonstration newsroom on this machine",
    "health": "show how each newsroom is, newest trouble first",
    "doctor": "walk one newsroom and say what to change in its entry",
    "schedule": "have the crawl started every minute by systemd or cron",
    "documents": "search in the documents that releases attach",
    "coverage": "show on which days a newsroom was looked at, with its gaps",
    "sweep": "walk every source to its end and compare it with the archive",
    "reread": "read every stored page again with the present reader",
    "diff": "show what changed between two revisions of a release",
    "verify": "check that the archive is as it was written",
    "prove": "write a bundle that proves what a release said",
    "rebuild": "make the database anew from the evidence",
    "redact": "take personal data out of everything the archive holds",
    "backup": "copy the archive to a folder, also while a crawl runs",
    "restore": "bring a backup back, and verify it",
}


class Front(click.Group):
    """Knows every command by name and imports its module only when somebody enters it (start-up stays short)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"communique.commands.{cmd_name.replace('-', '_')}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; a named error becomes one line on stderr and its exit code, never a traceback."""
        try:
            return super().invoke(ctx)
        except click.Abort:
            click.echo("communique: stopped", err=True)
            ctx.exit(USAGE)
        except NamedError as error:
            click.echo(f"communique: {' '.join(str(error).split())}", err=True)
            ctx.exit(error.exit_code)
        except OSError as error:
            if error.filename is None or isinstance(error, BrokenPipeError):
                raise
            click.echo(f"communique: {error.filename}: {(error.strerror or str(error)).lower()}", err=True)
            ctx.exit(USAGE)


@click.group(cls=Front, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="communique")
def main() -> None:
    """Communiqué crawls government newsrooms and keeps every release, edit and takedown with its evidence."""
