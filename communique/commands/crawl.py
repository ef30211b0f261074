"""``communique crawl``: look at newsrooms, fetch what is new, re-read what is due."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import click

from archive import looks
from archive.database import Archive
from archive.errors import UsageError
from archive.store import Writer
from communique.options import archive_option, examples, json_option
from communique.rereading import Rereader
from crawler.due import Cadence, is_due
from crawler.identity import CONTACT, refuse_without_contact, user_agent
from crawler.registry import Newsroom, find_newsrooms


@click.command(
    name="crawl",
    epilog=examples(
        "communique crawl demo",
        "communique crawl fi",
        "communique crawl fi_om --since 2020-01-01",
        "communique crawl --due --report last-run.json",
    ),
)
@click.argument("names", nargs=-1, metavar="[SLUG|COUNTRY|demo]...")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Fill the past back to this day; can be interrupted and repeated.",
)
@click.option("--due", is_flag=True, help="Only newsrooms whose time has come; safe to start every minute.")
@click.option("--day", type=click.IntRange(1, 2), help="For demo: serve the site as on this day (1 or 2).")
@click.option(
    "--contact",
    envvar=CONTACT,
    help=f"Your e-mail address or page, sent with every request (or {CONTACT}).",
)
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="Write what the run did to a JSON file."
)
@click.option(
    "--log",
    "log_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Log to this file, one line a newsroom; it rotates at 10 MB, five are kept.",
)
@click.option(
    "--log-format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Of --log."
)
@click.option(
    "--log-level",
    type=click.Choice(["debug", "info", "warning", "error"]),
    help="What to log; without --log it goes to stderr.",
)
@archive_option
@json_option
def command(
    *,
    names: tuple[str, ...],
    since: datetime | None,
    due: bool,
    day: int | None,
    contact: str | None,
    report: Path | None,
    log_file: Path | None,
    log_format: str,
    log_level: str | None,
    archive_path: Path,
    as_json: bool,
) -> None:
    """Look at newsrooms, fetch what is new, re-read what is due.

    NAMES are newsrooms (fi_om) or countries (fi); without any, all of the registry. A real site is asked only with a
    contact. robots.txt is obeyed; one request at a time goes to a host.
    """
    newsrooms = chosen(names)
    user_agent(contact)
    refuse_without_contact(newsrooms, contact)
    reread = Rereader()
    with ExitStack() as stack:
        writer = stack.enter_context(Writer.open(archive_path, reread))
        reread.attach(writer.archive)
        if due:
            newsrooms = [it for it in newsrooms if _is_due(writer.archive, it)]
        if not newsrooms:
            click.echo("[]" if as_json else "Nothing is due.")
            return
        stack.enter_context(serving(newsrooms, day))
        # Scrapy is imported only now: of fifty overlapping starts all but one end above, at once.
        from communique.crawling import Order, crawl
        from communique.logs import log_to
        from communique.outcomes import show, write_down
        from communique.progress import Progress

        log_to(log_file, log_format, log_level)
        progress = stack.enter_context(Progress(log_file is not None))
        started = " ".join(["crawl", *names, *(["--due"] if due else [])])
        order = Order(newsrooms, since.date() if since else None, contact, command=started)
        outcome = crawl(order, writer, progress.watch)
        write_down(outcome)
    if report is not None:
        report.write_text(outcome.report(), encoding="utf-8")
    show(outcome, archive_path, as_json=as_json, suggest=not due)
    click.get_current_context().exit(outcome.exit_code)


def chosen(names: tuple[str, ...]) -> list[Newsroom]:
    """The newsrooms that the arguments name. Raises ``UsageError`` with what to do."""
    try:
        return find_newsrooms(names)
    except KeyError as error:
        raise UsageError(
            f"there is no newsroom or country {error.args[0]!r}: `communique newsrooms` lists them"
        ) from error


def _is_due(archive: Archive, newsroom: Newsroom) -> bool:
    rhythm = looks.rhythm(archive, newsroom.slug)
    cadence = Cadence(rhythm.last_look, rhythm.published, rhythm.failures)
    return is_due(newsroom.slug, cadence, datetime.now(UTC))


def serving(newsrooms: list[Newsroom], day: int | None) -> AbstractContextManager[object]:
    """What must be served while these newsrooms are crawled: the demonstration site, where it is among them."""
    if any(newsroom.slug == "demo" for newsroom in newsrooms):
        from communique.demo import reach

        return reach(day)
    if day is not None:
        raise UsageError("--day is for the demonstration newsroom: communique crawl demo --day 2")
    return nullcontext()
