"""``communique newsrooms``: whom the registry knows, and how well."""

from __future__ import annotations

import click
import msgspec
from rich.table import Table

from communique.options import examples, json_option
from communique.tables import console, table
from crawler.registry import Newsroom, all_newsrooms, as_table


@click.command(name="newsrooms", epilog=examples("communique newsrooms", "communique newsrooms fi --json"))
@click.argument("names", nargs=-1, metavar="[SLUG|COUNTRY]...")
@json_option
def command(names: tuple[str, ...], as_json: bool) -> None:
    """List the newsrooms of the registry with their grade.

    captured: checked against captured pages; reported: from public code or documents; unverified: a guess to be
    checked first. Nothing is claimed to work on a live site that was not seen to.
    """
    from communique.commands.crawl import chosen

    newsrooms = chosen(names) if names else list(all_newsrooms().values())
    if as_json:
        click.echo(msgspec.json.encode([as_table(newsroom) for newsroom in newsrooms]).decode())
        return
    console().print(_table(newsrooms))


def _table(newsrooms: list[Newsroom]) -> Table:
    shown = table("!newsroom", "name", "!languages", "!grade", "!sources", "site")
    for newsroom in newsrooms:
        shown.add_row(
            newsroom.slug,
            newsroom.title,
            " ".join(newsroom.languages),
            newsroom.grade,
            " ".join(dict.fromkeys(source.kind for source in newsroom.sources)),
            newsroom.site.removeprefix("https://"),
        )
    return shown
