"""``communique prove ID``: a bundle that a third party checks without the archive."""

from __future__ import annotations

from pathlib import Path

import click

from archive.proof import prove
from communique.options import NUMBER, archive_option, examples


@click.command(
    epilog=examples("communique prove 12", "communique prove 12 --output minister-statement.zip"),
    short_help="write a bundle that proves what a release said",
)
@click.argument("release_id", metavar="ID", type=NUMBER)
@click.option(
    "--output",
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file [default: proof-ID.zip].",
)
@archive_option
def command(release_id: int, target: Path | None, archive_path: Path) -> None:
    """Writes a zip file with a release's pages as received, every revision and event, their digests, and a script.

    Whoever gets it unpacks it and runs `python check.py`: neither the archive nor Communiqué is needed.
    """
    target = target or Path(f"proof-{release_id}.zip")
    rows = prove(archive_path, release_id, target)
    click.echo(
        f"{target}: {rows} captures, revisions and events of release {release_id}, with check.py to check them"
    )
