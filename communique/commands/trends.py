"""``communique trends``: the share of releases that say something, over time."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import click

from archive.database import open_archive
from archive.errors import UsageError
from archive.export import safe_cell
from archive.query import Query
from archive.trends import Share, trends
from communique.asking import filter_options
from communique.options import archive_option, examples, json_option
from communique.tables import clean, console, print_json, table

BARS = " ▁▂▃▄▅▆▇█"


@click.command(
    epilog=examples(
        "communique trends 'climate, budget' --by year --country fi",
        "communique trends 'människohandel' --by month --plot trafficking.svg",
    )
)
@click.argument("terms", metavar="'TERM, TERM…'")
@filter_options
@click.option(
    "--by", type=click.Choice(["year", "month"]), default="year", show_default=True, help="The periods."
)
@click.option("--csv", "as_csv", is_flag=True, help="CSV instead of a table.")
@click.option("--plot", type=click.Path(dir_okay=False, path_type=Path), help="Draw it into an SVG file.")
@json_option
@archive_option
def command(
    *, query: Query, terms: str, by: str, as_csv: bool, plot: Path | None, as_json: bool, archive_path: Path
) -> None:
    """How the share of releases that say each term moves over time. A term is any search."""
    sought = tuple(term.strip() for term in terms.split(",") if term.strip())
    if not sought:
        raise UsageError(
            "name one or more terms, with commas between them: communique trends 'climate, budget'"
        )
    with open_archive(archive_path) as archive:
        found = trends(archive, sought, query, by)
    if plot:
        _draw(found, sought, plot)
    if as_json:
        print_json(
            [
                {
                    "period": each.period,
                    "releases": each.releases,
                    **dict(zip(sought, each.saying, strict=True)),
                }
                for each in found
            ]
        )
    elif as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow((by, "releases", *map(safe_cell, sought)))
        writer.writerows((each.period, each.releases, *each.saying) for each in found)
    elif not plot:
        _print(found, sought, by)


def _print(found: list[Share], sought: tuple[str, ...], by: str) -> None:
    made = table(f"!{by.capitalize()}", ">!Releases", *(f">{clean(term)}" for term in sought))
    tops = [max((each.shares[at] for each in found), default=0) or 1 for at in range(len(sought))]
    for each in found:
        cells = (
            f"{share:.1%} {BARS[round(share / top * 8)]}"
            for share, top in zip(each.shares, tops, strict=True)
        )
        made.add_row(each.period, f"{each.releases:,}", *cells)
    console().print(made)


def _draw(found: list[Share], sought: tuple[str, ...], path: Path) -> None:
    from archive.web.plots import Series, standalone

    series = [
        Series(term, tuple(round(each.shares[at] * 100, 3) for each in found))
        for at, term in enumerate(sought)
    ]
    path.write_text(
        standalone("Share of releases", [each.period for each in found], series, "%"), encoding="utf-8"
    )
    click.echo(f"drawn into {path}", err=True)
