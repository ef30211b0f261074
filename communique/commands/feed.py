"""``communique feed``: the answers to a question as an Atom feed."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import replace
from pathlib import Path

import click

from archive.atom import Feed, atom
from archive.database import open_archive
from archive.feeds import entries
from archive.query import Query
from communique.asking import filter_options, text_argument
from communique.options import archive_option, examples


@click.command(
    epilog=examples(
        "communique feed människohandel --language sv --output trafficking.atom",
        "communique feed --country fi --limit 100 > finland.atom",
    )
)
@text_argument
@filter_options
@click.option(
    "--limit", default=50, show_default=True, type=click.IntRange(1, 1000), help="So many entries at most."
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of standard output."
)
@archive_option
def command(query: Query, limit: int, output: Path | None, archive_path: Path) -> None:
    """Write an Atom feed of a search; an edited release is a new entry."""
    with open_archive(archive_path) as archive:
        found, _ = entries(archive, replace(query, limit=limit))
    name = hashlib.sha256(repr(replace(query, limit=0)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    text = atom(Feed(f"Communiqué: {query.text or 'all releases'}", f"urn:communique:search:{name}"), found)
    if output is None:
        sys.stdout.buffer.write(text.encode())
    else:
        output.write_bytes(text.encode())
        click.echo(f"{len(found)} entries written to {output}", err=True)
