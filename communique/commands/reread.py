"""``communique reread``: what the present reader makes of every stored page. No network."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from pathlib import Path

import click

from archive.database import require_archive
from archive.errors import UsageError
from archive.model import Stored
from archive.readings import is_known, refused_captures, to_read_again
from archive.store import Writer
from communique.options import archive_option, examples, json_option
from communique.rereading_all import read_all
from communique.tables import print_json
from crawler.identity import VERSION
from crawler.items import Refusal

BATCH = 200


@click.command(
    epilog=examples("communique reread", "communique reread fi_om --since 2022-01-01"),
    short_help="read every stored page again with the present reader",
)
@click.argument("newsroom", required=False)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only what was seen since this day.")
@archive_option
@json_option
def command(newsroom: str | None, since: datetime | None, archive_path: Path, as_json: bool) -> None:
    """Reads every stored page again, from the evidence, on all cores: after the reader got better.

    Where it reads something else, the archive shows the new reading; no revision is made and nobody is told. Pages
    that were refused and are readable now are stored.
    """
    require_archive(archive_path)
    with Writer.open(archive_path) as writer:
        if newsroom and not is_known(writer.archive, newsroom):
            raise UsageError(
                f"the archive holds nothing of {newsroom!r}: `communique newsrooms` lists what there is"
            )
        writer.begin_run(" ".join(["reread", *filter(None, [newsroom])]), VERSION)
        counts = _reread(writer, newsroom, since.date() if since else None)
        writer.end_run(0)
    if as_json:
        print_json(counts)
        return
    click.echo(
        f"{counts['read']:,} pages read again: {counts['unchanged']:,} as before, {counts['reread']:,} read otherwise now,"
        f" {counts['new']:,} stored that were refused, {counts['refused']:,} refused"
    )


def _reread(writer: Writer, newsroom: str | None, since: date | None) -> Counter[str]:
    counts: Counter[str] = Counter()
    day = since.isoformat() if since else None
    path = writer.archive.path
    revisions = to_read_again(writer.archive, newsroom, day)
    refused = refused_captures(writer.archive, newsroom, day)
    captures = [revision.capture for revision in revisions] + refused
    for number, (capture, release) in enumerate(read_all(path, captures)):
        counts["read"] += 1
        if isinstance(release, Refusal):
            counts["refused"] += 1
            _tell(release, known=number < len(revisions))
        elif number < len(revisions):
            writer.reread(revisions[number], release)
        else:
            writer.store(release, capture)
        if writer.waiting >= BATCH:
            _count(counts, writer.commit_batch())
    _count(counts, writer.commit_batch())
    return counts


def _tell(refusal: Refusal, *, known: bool) -> None:
    """A page that once was read and now isn't is worth a line: the reader may have become worse."""
    if known:
        text = f"{refusal.url}: refused now ({refusal.reason}: {refusal.evidence}); the reading it has stays"
        click.echo(text, err=True)


def _count(counts: Counter[str], done: tuple[Stored, ...]) -> None:
    for stored in done:
        counts[stored.result] += 1
