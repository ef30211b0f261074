"""``communique rebuild``: the database anew, from the evidence alone."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from communique.options import archive_option, examples, json_option
from communique.rebuilding import Rebuilt, rebuild
from communique.tables import print_json


@click.command(
    epilog=examples("communique rebuild", "communique rebuild --archive /srv/archive.db"),
    short_help="make the database anew from the evidence",
)
@archive_option
@json_option
def command(archive_path: Path, as_json: bool) -> None:
    """Makes a lost or damaged database anew from the evidence: releases, revisions, takedowns, events, runs, looks,
    gaps, incidents.

    An old database is kept beside it as ….before-rebuild. Watches, their deliveries and cited questions are yours, not
    evidence: they are carried over from the old database as far as it can be read; otherwise take them from a backup.
    """
    rebuilt = rebuild(archive_path)
    if as_json:
        print_json(asdict(rebuilt))
        return
    click.echo(_text(archive_path, rebuilt))


def _text(path: Path, rebuilt: Rebuilt) -> str:
    made = f"{rebuilt.captures:,} captures, {rebuilt.releases:,} releases, {rebuilt.revisions:,} revisions"
    days = (
        f"{rebuilt.days_proved} of {rebuilt.days} days of the published chain of digests came out the same, row by row."
        if rebuilt.days
        else "There was no published chain of digests yet to compare it with."
    )
    carried = ", ".join(f"{count:,} {table.replace('_', ' ')}" for table, count in rebuilt.carried.items())
    lines = [
        f"{path}: {made}, {rebuilt.events:,} events, {rebuilt.polls:,} looks, {rebuilt.gaps:,} gaps",
        days,
        *([f"Carried over from the database that was there: {carried}."] if carried else []),
        *(f"DAMAGED {each}" for each in rebuilt.damage),
    ]
    if rebuilt.days_proved < rebuilt.days:
        lines.append(
            "The reader may read otherwise than it did then; the published chain is kept as chain.jsonl.before-rebuild."
        )
    return "\n".join(lines)
