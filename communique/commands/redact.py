"""``communique redact TEXT``: personal data is taken out of everything the archive holds."""

from __future__ import annotations

from pathlib import Path

import click

from archive.database import open_archive, require_archive
from archive.redaction import lift as lift_order
from archive.redaction import redact
from communique.options import archive_option, examples


@click.command(
    epilog=examples(
        'communique redact "040 123 4567" --reason "private number" --authority "request of 2026-11-03"',
        'communique redact "040 123 4567" --lift',
    ),
    short_help="take personal data out of everything the archive holds",
)
@click.argument("text")
@click.option("--reason", help="Why; kept in the archive in its place.")
@click.option("--authority", help="Who asked or decided; kept too.")
@click.option("--once", is_flag=True, help="Only what is there now: leave it on pages that arrive later.")
@click.option("--lift", is_flag=True, help="Take nothing out; leave TEXT on pages that arrive from now on.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@archive_option
def command(
    text: str,
    reason: str | None,
    authority: str | None,
    *,
    once: bool,
    lift: bool,
    yes: bool,
    archive_path: Path,
) -> None:
    """Takes a phone number, an e-mail address or a name out of evidence, revisions, contacts and full text, for good.

    What held it stays in the chain of digests, so the archive still verifies; what it said there can't be brought
    back. Run `communique backup` after it: the next backup into a folder drops what was redacted from it, too.

    A page that still shows it is redacted on arrival from now on. The archive keeps a digest for that, never the
    text; its key lies in redactions.key beside the archive, which you give to nobody. --once keeps none.
    """
    require_archive(archive_path)
    if lift:
        with open_archive(archive_path, write=True) as archive:
            lifted = lift_order(archive, text)
        click.echo(
            "from now on it is left where it stands" if lifted else "no standing order is for this text"
        )
        return
    if not reason or not authority:
        raise click.UsageError("say --reason and --authority: they stay in the archive in its place")
    if not yes:
        click.confirm("This can't be undone. Go on?", abort=True)
    with open_archive(archive_path, write=True) as archive:
        done = redact(archive, text, reason=reason, authority=authority, once=once)
    click.echo(f"taken out of {done.captures:,} captures and {len(done.releases):,} releases")
    for address in done.addresses:
        click.echo(f"still in an address, which only its publisher can change: {address}")
