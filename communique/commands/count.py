"""``communique count``: how many releases, by what; and how ministries edit."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import click

from archive.counts import BY, Table, count
from archive.database import open_archive
from archive.export import safe_cell
from archive.query import Query
from archive.trends import Editing, editing
from communique.asking import filter_options, text_argument
from communique.options import archive_option, examples, json_option
from communique.tables import clean, console, print_json, table


@click.command(
    epilog=examples(
        "communique count --by ministry,year",
        "communique count människohandel --by language --since 2020",
        "communique count --edits",
    )
)
@text_argument
@filter_options
@click.option(
    "--by",
    default="ministry",
    show_default=True,
    metavar="THINGS",
    help=f"One or more, with commas: {', '.join(BY)}.",
)
@click.option(
    "--edits", is_flag=True, help="Instead: how each newsroom edits, how soon, how much in silence."
)
@click.option("--csv", "as_csv", is_flag=True, help="CSV instead of a table.")
@json_option
@archive_option
def command(*, query: Query, by: str, edits: bool, as_csv: bool, as_json: bool, archive_path: Path) -> None:
    """Count the releases that answer, by ministry, country, language, type, state, year, month, day, weekday or hour."""
    with open_archive(archive_path) as archive:
        if edits:
            _print_edits(editing(archive), as_json)
            return
        found = count(archive, query, tuple(name.strip() for name in by.split(",") if name.strip()))
    if as_json:
        print_json(
            [
                dict(zip((*found.by, "releases"), (*values, number), strict=True))
                for values, number in found.rows
            ]
        )
    elif as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow((*found.by, "releases"))
        writer.writerows(
            (*(safe_cell(value or "") for value in values), number) for values, number in found.rows
        )
    else:
        _print(found)


def _print(found: Table) -> None:
    made = table(*(name.capitalize() for name in found.by), ">!Releases")
    for values, number in found.rows:
        made.add_row(*(clean(value) or "–" for value in values), f"{number:,}")
    console().print(made)
    console().print(f"{sum(number for _, number in found.rows):,} releases")


def _print_edits(found: list[Editing], as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    made = table(
        "Ministry", ">!Releases", ">!Edited", ">!In silence", ">!Silent share", ">!Hours to first edit"
    )
    for each in found:
        share = "–" if each.silent_share is None else f"{each.silent_share:.0%}"
        hours = "–" if each.hours is None else f"{each.hours:,.1f}"
        made.add_row(
            clean(each.ministry), f"{each.releases:,}", str(each.edited), str(each.silent), share, hours
        )
    console().print(made)
