"""``communique newsrooms``: whom the registry knows, and how well."""

from __future__ import annotations

import click
import msgspec
from rich.console import Console
from rich.table import Table

from communique.options import examples, json_option
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
    Console(highlight=False).print(_table(newsrooms))


def _table(newsrooms: list[Newsroom]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("newsroom", "name", "languages", "grade", "sources", "site"):
        table.add_column(name, overflow="fold" if name in {"name", "site"} else "ellipsis")
    for newsroom in newsrooms:
        kinds = dict.fromkeys(source.kind for source in newsroom.sources)
        table.add_row(
            newsroom.slug,
            newsroom.title,
            " ".join(newsroom.languages),
            newsroom.grade,
            " ".join(kinds),
            newsroom.site.removeprefix("https://"),
        )
    return table
