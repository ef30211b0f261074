"""``communique restore DIR``: a backup becomes the archive again."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archive.restoring import restore
from communique.exits import UNUSABLE
from communique.options import archive_option, examples


@click.command(
    epilog=examples(
        "communique restore /mnt/backup/communique",
        "communique restore /mnt/backup/communique --archive drill/archive.db",
    ),
    short_help="bring a backup back, and verify it",
)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, exists=True, path_type=Path))
@click.option(
    "--replace",
    is_flag=True,
    help="Set an archive that is there aside, whole, in a folder ….before-restore-TIME.",
)
@archive_option
def command(folder: Path, replace: bool, archive_path: Path) -> None:
    """Puts a backup in the archive's place and verifies it. Into another --archive it is a restore drill."""
    report = restore(folder, archive_path, replace=replace)
    for finding in report.findings:
        click.echo(f"DAMAGED {finding.where}: {finding.what}")
    checked = ", ".join(f"{number:,} {name}" for name, number in report.checked.items())
    click.echo(
        f"{archive_path}: restored and {'as it was written' if report.sound else 'DAMAGED'} ({checked})"
    )
    sys.exit(0 if report.sound else UNUSABLE)
