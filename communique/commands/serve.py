"""``communique serve``: the reading room in a browser."""

from __future__ import annotations

from pathlib import Path

import click

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
    app = application(archive_path)
    click.echo(f"Reading room: http://{host}:{port}/  (stop with Ctrl-C)")
    uvicorn.run(app, host=host, port=port, log_level="warning", lifespan="on")
