"""``communique health``: how each newsroom is, newest trouble first."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec
from rich.text import Text

from archive.database import open_archive
from archive.health import Contract, Health, Verdict, judge
from archive.histories import history_of, newsrooms
from archive.incidents import Incident, open_incidents
from archive.looks import last_run
from communique.exits import UNHEALTHY
from communique.options import archive_option, examples, json_option
from communique.prometheus import exposition
from communique.tables import clean, console, table
from crawler.registry import all_newsrooms, contract_of

_COLORS = {Verdict.OK: "green", Verdict.UNCHANGED: "green", Verdict.QUIET: "yellow", Verdict.NEVER: "dim"}


class Report(msgspec.Struct, frozen=True):
    """What ``--json`` gives: every newsroom judged now, and the open incidents."""

    at: datetime
    newsrooms: list[Health]
    incidents: list[Incident]


@click.command(
    epilog=examples("communique health", "communique health --json", "communique health --format prometheus")
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "prometheus"]),
    default="table",
    show_default=True,
    help="A table for people, JSON, or the text that Prometheus scrapes.",
)
@archive_option
@json_option
def command(form: str, archive_path: Path, as_json: bool) -> None:
    """Show how each newsroom is: ok, quiet, unchanged, blocked, broken, unreachable or frozen.

    Judged by its own history and by what its entry expects. Exit code 3 while something is wrong.
    """
    with open_archive(archive_path) as archive:
        now = datetime.now(UTC)
        found = [judge(history_of(archive, slug), _contract(slug), now) for slug in newsrooms(archive)]
        report = Report(now, found, list(open_incidents(archive)))
        run = last_run(archive)
    if as_json or form == "json":
        click.echo(msgspec.json.encode(report))
    elif form == "prometheus":
        click.echo(exposition(found, report.incidents, run), nl=False)
    else:
        _print(report)
    sys.exit(UNHEALTHY if any(health.wrong for health in found) else 0)


def _contract(slug: str) -> Contract:
    """Nothing is expected of a newsroom that is no longer described."""
    newsroom = all_newsrooms().get(slug)
    return contract_of(newsroom) if newsroom else Contract()


def _print(report: Report) -> None:
    opened = {incident.newsroom: incident.newest for incident in reversed(report.incidents)}
    shown = table("!newsroom", "!state", "!last look", "!last release", "what and what to do")
    for health in sorted(report.newsrooms, key=lambda one: _order(one, opened), reverse=True):
        shown.add_row(
            health.newsroom,
            Text(health.verdict, style=_COLORS.get(health.verdict, "bold red")),
            _when(health.last_look),
            f"{health.last_release:%Y-%m-%d}" if health.last_release else "–",
            clean(_told(health, opened.get(health.newsroom))),
        )
    console().print(shown)


def _told(health: Health, since: datetime | None) -> str:
    """The worst trouble with what to do, since when the newest is there, and the names of the others."""
    if not health.troubles:
        return ""
    worst, *others = health.troubles
    also = f" (also: {', '.join(it.kind for it in others)})" if others else ""
    return f"{f'since {_when(since)}: ' if since else ''}{worst.message}: {worst.todo}{also}"


def _order(health: Health, opened: dict[str, datetime]) -> tuple[bool, bool, float]:
    """Wrong ones first, then those with any trouble; the newest trouble at the top."""
    since = opened.get(health.newsroom)
    return health.wrong, bool(health.troubles), since.timestamp() if since else 0.0


def _when(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "–"
