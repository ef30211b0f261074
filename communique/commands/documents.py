"""``communique documents QUERY``: search in what releases attach."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from archive.database import open_archive
from archive.documents import search
from communique.options import archive_option, examples, json_option
from communique.tables import clean, console, local, print_json, table


@click.command(
    epilog=examples('communique documents "budget proposal"', "communique documents timetable --json"),
    short_help="search in the documents that releases attach",
)
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="So many at most.")
@archive_option
@json_option
def command(query: str, limit: int, archive_path: Path, as_json: bool) -> None:
    """Searches the text of attached PDF documents, newest first, and names the releases that link each.

    Documents are fetched where a newsroom's entry says so: attachments = ["pdf"].
    """
    with open_archive(archive_path) as archive:
        found = search(archive, query, limit)
    if as_json:
        print_json([asdict(each) for each in found])
        return
    if not found:
        click.echo("No document holds these words.")
        return
    made = table("!seen", "!releases", "passage", "document")
    for each in found:
        releases = ", ".join(map(str, each.releases))
        made.add_row(local(each.seen_at), releases, " ".join(clean(each.passage).split()), clean(each.url))
    console().print(made)
