"""``communique backup DIR``: a copy of the archive, also while a crawl runs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from archive.backup import backup
from archive.database import open_archive
from communique.options import archive_option, examples, json_option
from communique.tables import print_json


@click.command(
    epilog=examples("communique backup /mnt/backup/communique"),
    short_help="copy the archive to a folder, also while a crawl runs",
)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@archive_option
@json_option
def command(folder: Path, archive_path: Path, as_json: bool) -> None:
    """Copies the archive's last committed state to DIR: the database and its evidence. Again into the same DIR copies
    only what is new.
    """
    with open_archive(archive_path) as archive:
        done = backup(archive, folder)
    if as_json:
        print_json(asdict(done))
        return
    click.echo(
        f"{folder}: {done.releases:,} releases, {done.captures:,} captures, {done.evidence_bytes:,} bytes of evidence"
        f" ({done.copied_bytes:,} copied now). `communique restore {folder}` brings it back."
    )
