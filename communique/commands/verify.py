"""``communique verify``: is the archive as it was written?"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from archive.database import open_archive
from archive.findings import Report
from archive.verify import PROVES
from archive.verify import verify as check
from communique.exits import UNUSABLE
from communique.options import archive_option, examples, json_option


@click.command(
    epilog=examples("communique verify", "communique verify --archive /srv/archive.db --json"),
    short_help="check that the archive is as it was written",
)
@archive_option
@json_option
def command(archive_path: Path, as_json: bool) -> None:
    """Checks database, evidence and chain of digests against one another.

    Damage is named with file, offset and the releases it hits. Exit code 0: sound; 5: damaged.
    """
    with open_archive(archive_path) as archive:
        report = check(archive, told=lambda part: _progress(part, as_json))
    click.echo(_json(report) if as_json else _text(report))
    sys.exit(0 if report.sound else UNUSABLE)


def _progress(part: str, as_json: bool) -> None:
    if sys.stderr.isatty() and not as_json:
        click.echo(f"checking {part} …", err=True)


def _json(report: Report) -> str:
    document = {**asdict(report), "sound": report.sound, "proves": PROVES}
    return json.dumps(document, ensure_ascii=False, indent=2)


def _text(report: Report) -> str:
    lines = [", ".join(f"{number:,} {name}" for name, number in report.checked.items())]
    for finding in report.findings:
        hit = f" (releases {', '.join(map(str, finding.releases))})" if finding.releases else ""
        lines.append(f"DAMAGED {finding.where}: {finding.what}{hit}")
    lines.append("The archive is as it was written." if report.sound else _advice(report))
    lines.append(PROVES)
    return "\n".join(lines)


def _advice(report: Report) -> str:
    return (
        f"{len(report.findings)} piece{'s' * (len(report.findings) > 1)} of damage. A damaged database: `communique rebuild`"
        " makes it anew from the evidence. Damaged evidence: `communique restore` from a backup."
    )
