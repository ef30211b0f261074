"""``communique serve``: the reading room in a browser."""

from __future__ import annotations

import socket
from pathlib import Path

import click

from archive.errors import UsageError
from communique.options import archive_option, examples


@click.command(
    epilog=examples("communique serve", "communique serve --host 0.0.0.0 --port 8080 --archive releases.db")
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on; others can read only what is not private.",
)
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="The port.")
@archive_option
def command(host: str, port: int, archive_path: Path) -> None:
    """Open the archive in a browser: search, read, compare, count, download.

    Read-only, also while a crawl writes. Every page works without scripts and loads nothing from elsewhere.
    Tables, SQL, JSON and CSV (Datasette) are under “Data”.
    """
    try:
        import uvicorn

        from archive.web.server import application
    except ImportError as missing:
        raise click.UsageError(f"serve needs {missing.name}: install communique[web]") from missing
    from crawler.registry import all_newsrooms, contract_of

    app = application(archive_path, {slug: contract_of(room) for slug, room in all_newsrooms().items()})
    _check_free(host, port)
    click.echo(f"Reading room: http://{host}:{port}/  (stop with Ctrl-C)")
    uvicorn.run(app, host=host, port=port, log_level="warning", lifespan="on")


def _check_free(host: str, port: int) -> None:
    """Raises UsageError where the address can't be listened on: better than a server that dies with a log line."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UsageError(
                f"can't listen on {host}:{port} ({error.strerror}): name another --port"
            ) from error
