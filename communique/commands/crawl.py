"""``communique crawl``: look at newsrooms, fetch what is new, re-read what is due."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from archive.errors import UsageError
from communique.options import archive_option, examples, json_option
from crawler.identity import CONTACT
from crawler.registry import Newsroom, find_newsrooms
from crawler.tally import Tally


@click.command(
    name="crawl",
    epilog=examples(
        "communique crawl demo", "communique crawl fi", "communique crawl fi_om --since 2020-01-01"
    ),
)
@click.argument("names", nargs=-1, metavar="[SLUG|COUNTRY|demo]...")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Fill the past back to this day; can be interrupted and repeated.",
)
@click.option("--day", type=click.IntRange(1, 2), help="For demo: serve the site as on this day (1 or 2).")
@click.option(
    "--contact", envvar=CONTACT, help=f"Your e-mail address or page, sent with every request (or {CONTACT})."
)
@click.option(
    "--log-level", type=click.Choice(["debug", "info", "warning", "error"]), help="Scrapy's log, on stderr."
)
@archive_option
@json_option
def command(
    *,
    names: tuple[str, ...],
    since: datetime | None,
    day: int | None,
    contact: str | None,
    log_level: str | None,
    archive_path: Path,
    as_json: bool,
) -> None:
    """Look at newsrooms, fetch what is new, re-read what is due.

    NAMES are newsrooms (fi_om) or countries (fi); without any, all of the registry. A real site is asked only with a
    contact. robots.txt is obeyed; one request at a time goes to a host.
    """
    from communique.crawling import Order, crawl
    from communique.progress import Progress

    newsrooms = chosen(names)
    order = Order(
        newsrooms=newsrooms,
        archive=archive_path,
        since=since.date() if since else None,
        contact=contact,
        log_level=log_level,
        command=" ".join(["crawl", *names]),
    )
    with serving(newsrooms, day), Progress() as progress:
        outcome = crawl(order, progress.watch)
    show(outcome.tallies, archive_path, as_json=as_json)
    if outcome.interrupted:
        click.echo("Interrupted: what was fetched is kept; the same command goes on from there.", err=True)
    click.get_current_context().exit(outcome.exit_code)


def chosen(names: tuple[str, ...]) -> list[Newsroom]:
    """The newsrooms that the arguments name. Raises ``UsageError`` with what to do."""
    try:
        return find_newsrooms(names)
    except KeyError as error:
        raise UsageError(
            f"there is no newsroom or country {error.args[0]!r}: `communique newsrooms` lists them"
        ) from error


def serving(newsrooms: list[Newsroom], day: int | None) -> AbstractContextManager[object]:
    """What must be served while these newsrooms are crawled: the demonstration site, where it is among them."""
    if any(newsroom.slug == "demo" for newsroom in newsrooms):
        from communique.demo import reach

        return reach(day)
    if day is not None:
        raise UsageError("--day is for the demonstration newsroom: communique crawl demo --day 2")
    return nullcontext()


def show(tallies: list[Tally], archive: Path, *, as_json: bool) -> None:
    """The table of a run with the next three commands, or its JSON."""
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode([_row(tally) for tally in tallies]).decode())
        return
    console = Console(highlight=False)
    console.print(_table(tallies))
    for tally in tallies:
        for trouble in tally.trouble[:5]:
            console.print(f"{tally.newsroom}: {tally.verdict}: {trouble}", style="yellow", markup=False)
    if not any(tally.new or tally.changed for tally in tallies):
        console.print("Nothing new.")
    _suggest(console, archive)


def _row(tally: Tally) -> dict[str, object]:
    names = (
        "newsroom",
        "found",
        "new",
        "changed",
        "unchanged",
        "rejected",
        "failed",
        "requests",
        "verdict",
        "trouble",
    )
    return {**{name: getattr(tally, name) for name in names}, "seconds": round(tally.seconds, 2)}


def _table(tallies: list[Tally]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("newsroom")
    for name in ("found", "new", "changed", "unchanged", "rejected", "time"):
        table.add_column(name, justify="right")
    table.add_column("")
    for tally in tallies:
        counts = (tally.found, tally.new, tally.changed, tally.unchanged, tally.rejected)
        verdict = "" if tally.verdict == "ok" else tally.verdict
        table.add_row(tally.newsroom, *map(str, counts), f"{tally.seconds:.1f} s", verdict)
    return table


def _suggest(console: Console, archive: Path) -> None:
    option = "" if archive == Path("archive.db") else f" --archive {archive}"
    console.print("\nNext:")
    for line in (f'search "majakka"{option}', f"show 1{option}", f"serve{option}"):
        console.print(f"  communique {line}", markup=False, soft_wrap=True)
