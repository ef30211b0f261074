"""``communique sweep``: walk every source to its end, and compare what it names with the archive."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from archive.store import Writer
from communique import exits
from communique.commands.crawl import chosen, serving
from communique.options import archive_option, examples, json_option
from communique.rereading import Rereader
from communique.sweeping import Gaps, Swept, compare, gaps
from communique.tables import clean, console, print_json, table
from crawler.identity import CONTACT, refuse_without_contact, user_agent
from crawler.registry import Newsroom

#: where an entry doesn't say how far back its sources reach
BEGINNING = date(1990, 1, 1)


@click.command(
    epilog=examples("communique sweep demo", "communique sweep fi_om --contact you@example.org"),
    short_help="walk every source to its end and compare it with the archive",
)
@click.argument("names", nargs=-1, required=True, metavar="SLUG|COUNTRY...")
@click.option("--contact", envvar=CONTACT, help=f"Sent with every request (or {CONTACT}).")
@archive_option
@json_option
def command(names: tuple[str, ...], contact: str | None, archive_path: Path, as_json: bool) -> None:
    """Walks every source of a newsroom to its end, stores what is missing, and compares: for each source, and each
    month that it tells, how many releases it names and how many of them the archive has.

    A source that was walked to its end closes its gaps. Exit code 3 where something is still missing.
    """
    newsrooms = chosen(names)
    user_agent(contact)
    refuse_without_contact(newsrooms, contact)
    swept, left = _sweep(newsrooms, contact, archive_path)
    if as_json:
        print_json({"sources": [asdict(each) for each in swept], "gaps": [asdict(each) for each in left]})
    else:
        _show(swept, left)
    missing = any(each.missing or each.outcome not in {"ok", "unchanged"} for each in swept)
    click.get_current_context().exit(exits.UNHEALTHY if missing else exits.DONE)


def _sweep(
    newsrooms: list[Newsroom], contact: str | None, archive_path: Path
) -> tuple[list[Swept], list[Gaps]]:
    reread = Rereader()
    with ExitStack() as stack:
        writer = stack.enter_context(Writer.open(archive_path, reread))
        reread.attach(writer.archive)
        stack.enter_context(serving(newsrooms, None))
        from communique.crawling import Order, crawl

        since = min(newsroom.since or BEGINNING for newsroom in newsrooms)
        crawl(Order(newsrooms, since, contact, command="sweep"), writer, lambda _: None)
    from archive.database import open_archive

    with open_archive(archive_path) as archive:
        run_id = archive.connection.execute("select max(id) from runs").fetchone()[0]
        swept = [each for newsroom in newsrooms for each in compare(archive, newsroom, run_id)]
        return swept, [gaps(archive, newsroom, run_id) for newsroom in newsrooms]


def _show(swept: list[Swept], left: list[Gaps]) -> None:
    made = table("newsroom", "source", "looked", ">named", ">stored", ">refused", ">missing")
    for each in swept:
        numbers = map(str, (each.named, each.stored, each.refused, len(each.missing)))
        made.add_row(each.newsroom, f"{each.kind} {clean(each.source)}", each.outcome, *numbers)
    out = console()
    out.print(made)
    for each in swept:
        for month, (named, stored) in each.months.items():
            if stored < named:
                out.print(f"{each.newsroom} {month}: {each.kind} names {named}, the archive has {stored}")
        for url in each.missing[:20]:
            out.print(f"missing: {clean(url)}")
    for gap in left:
        out.print(f"{gap.newsroom}: {gap.closed} gaps closed by this sweep, {gap.open} still open")
