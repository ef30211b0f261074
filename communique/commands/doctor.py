"""``communique doctor``: walk one newsroom and say what to change in its entry."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click
import msgspec
from rich.text import Text

from archive.database import open_archive
from archive.store import Writer
from communique.doctor import Finding, Level, examine
from communique.exits import UNHEALTHY
from communique.options import archive_option, examples, json_option
from communique.tables import clean, console, table
from crawler.registry import Newsroom

_STYLES = {Level.GOOD: "green", Level.LOOK: "yellow", Level.BAD: "bold red"}


@click.command(
    epilog=examples(
        "communique doctor demo", "communique doctor fi_om --live --contact mailto:you@paper.example"
    )
)
@click.argument("slug")
@click.option(
    "--live",
    is_flag=True,
    help="Fetch robots.txt, the sources and three releases now, into a scratch archive.",
)
@click.option("--contact", envvar="COMMUNIQUE_CONTACT", help="Your address or page, sent with every request.")
@archive_option
@json_option
def command(*, slug: str, live: bool, contact: str | None, archive_path: Path, as_json: bool) -> None:
    """Walk the newsroom SLUG: robots.txt, sources, its newest pages, each field; and say what to change.

    Without --live it looks at what the archive holds. Exit code 3 where something is bad.
    """
    from communique.commands.crawl import chosen

    (newsroom,) = chosen((slug,))[:1]
    with tempfile.TemporaryDirectory(prefix="communique-doctor-") as scratch:
        path = Path(scratch) / "archive.db" if live else archive_path
        if live:
            _fetch(newsroom, path, contact)
        with open_archive(path) as archive:
            findings = list(examine(archive, newsroom))
    if as_json:
        click.echo(msgspec.json.encode(findings).decode())
    else:
        _print(findings)
    click.get_current_context().exit(
        UNHEALTHY if any(finding.level is Level.BAD for finding in findings) else 0
    )


def _fetch(newsroom: Newsroom, path: Path, contact: str | None) -> None:
    """A crawl of the sources and three releases with the real engine, as polite as any."""
    from communique.commands.crawl import serving
    from communique.crawling import Order, crawl

    with serving([newsroom], None), Writer.open(path) as writer:
        crawl(Order([newsroom], contact=contact, command=f"doctor {newsroom.slug}", most=3), writer)


def _print(findings: list[Finding]) -> None:
    shown = table("!", "what", "seen", "do")
    for finding in findings:
        shown.add_row(
            Text(finding.level, style=_STYLES[finding.level]),
            clean(finding.subject),
            clean(finding.message),
            clean(finding.todo),
        )
    console().print(shown)
