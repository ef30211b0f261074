"""``communique cite-query``: a question cited with its answer, and asked again later."""

from __future__ import annotations

from pathlib import Path

import click

from archive import questions
from archive.database import open_archive
from archive.query import Query
from archive.questions import Difference
from communique.asking import filter_options
from communique.options import archive_option, examples, json_option
from communique.tables import clean, console, local, print_json, table


@click.group(
    epilog=examples(
        "communique cite-query add trafficking-fi 'ihmiskauppa' --country fi",
        "communique cite-query check trafficking-fi",
    )
)
def command() -> None:
    """Cite a question with the digest of its answer; check later whether the answer is the same."""


@command.command(epilog=examples("communique cite-query add budget-2023 'budget' --since 2023 --until 2023"))
@click.argument("name")
@click.argument("text", metavar="QUERY", default="")
@filter_options
@archive_option
def add(name: str, query: Query, archive_path: Path) -> None:
    """Ask, and keep the question with its answer as NAME."""
    with open_archive(archive_path, write=True, wait=60.0) as archive:
        made = questions.cite(archive, name, query)
    click.echo(
        f"{made.releases:,} releases answer “{clean(query.text)}”; result sha256:{made.result_sha256}, {local(made.made_at)} UTC"
    )


@command.command(epilog=examples("communique cite-query check budget-2023"))
@click.argument("name")
@json_option
@archive_option
def check(name: str, as_json: bool, archive_path: Path) -> None:
    """Ask again: the same answer, or what differs."""
    with open_archive(archive_path) as archive:
        cited, differs = questions.get(archive, name), questions.ask_again(archive, name)
    if as_json:
        print_json(
            {"name": name, "same": not differs, "result_sha256": cited.result_sha256, "difference": differs}
        )
    else:
        click.echo(
            f"differs by {_told(differs)}"
            if differs
            else f"same: {cited.releases:,} releases, sha256:{cited.result_sha256}"
        )


@command.command(name="list", epilog=examples("communique cite-query list"))
@json_option
@archive_option
def list_(as_json: bool, archive_path: Path) -> None:
    """The cited questions."""
    with open_archive(archive_path) as archive:
        found = questions.cited(archive)
    if as_json:
        print_json(found)
        return
    made = table("Name", "Question", ">!Releases", "!Asked", "Result")
    for each in found:
        made.add_row(
            each.name,
            clean(each.query.text),
            f"{each.releases:,}",
            local(each.made_at),
            each.result_sha256[:16],
        )
    console().print(made if found else "No cited questions yet: communique cite-query add NAME QUERY")


def _told(differs: Difference) -> str:
    parts = ((differs.new, "new"), (differs.gone, "gone"), (differs.edited, "edited"))
    return ", ".join(
        f"{len(ids)} {word} ({', '.join(map(str, ids[:10]))}{' …' if len(ids) > 10 else ''})"
        for ids, word in parts
        if ids
    )
