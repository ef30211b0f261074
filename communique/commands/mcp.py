"""``communique mcp``: the archive for assistants, over standard input and output."""

from __future__ import annotations

from pathlib import Path

import click

from communique.options import archive_option, examples


@click.command(epilog=examples("communique mcp --archive archive.db"))
@archive_option
def command(archive_path: Path) -> None:
    """Serve the archive to an assistant that speaks the Model Context Protocol: search, read, count, cite.

    Read-only. An assistant's settings name this command with the archive's path.
    """
    try:
        from archive.mcp import server
    except ImportError as missing:
        raise click.UsageError(f"mcp needs {missing.name}: install communique[mcp]") from missing
    server(archive_path).run("stdio")
