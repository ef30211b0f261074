"""``communique coverage``: on which days we looked, and what we can't know."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.text import Text

from archive.coverage import Coverage, Day, DayState, coverage
from archive.database import open_archive
from communique.options import archive_option, examples, json_option
from communique.tables import clean, console

#: how a day is drawn: a sign that is read without colours, and a colour
SIGNS = {
    DayState.SEEN: ("■", "green"),
    DayState.CAUGHT_UP: ("□", "green"),
    DayState.GAP: ("?", "bold red"),
    DayState.BLOCKED: ("x", "red"),
    DayState.FAILED: ("!", "yellow"),
    DayState.NOT_LOOKED: ("·", "dim"),
}


@click.command(
    epilog=examples("communique coverage demo", "communique coverage fi_om --since 2026-01-01 --json")
)
@click.argument("newsroom")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), help="First day; 52 weeks before the last unless told."
)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day; today unless told.")
@archive_option
@json_option
def command(
    newsroom: str, since: datetime | None, until: datetime | None, archive_path: Path, as_json: bool
) -> None:
    """Show on which days NEWSROOM was looked at, with its gaps and blocked times.

    "No release that day" is evidence only on a day that was seen.
    """
    last = until.date() if until else datetime.now(UTC).date()
    first = since.date() if since else last - timedelta(weeks=52)
    with open_archive(archive_path) as archive:
        found = coverage(archive, newsroom, first, last)
    if as_json:
        click.echo(msgspec.json.encode(found))
    else:
        _print(found)


def _print(found: Coverage) -> None:
    shown = console()
    shown.print(f"{found.newsroom}: first look {found.first_look or 'never'}")
    for line in _calendar(found.days, shown.width):
        shown.print(line)
    shown.print(_legend(found))
    for gap in found.gaps:
        fate = f"closed {gap.closed_at[:16]}" if gap.closed_at else "open"
        span = f"{(gap.from_at or 'the beginning')[:16]} to {(gap.to_at or 'now')[:16]}"
        shown.print(clean(f"gap: {span}: {gap.reason} ({fate})"))


def _calendar(days: tuple[Day, ...], width: int) -> list[Text]:
    """A column a week, a row a weekday, the newest weeks that fit."""
    weeks: dict[date, dict[int, Day]] = {}
    for day in days:
        weeks.setdefault(day.day - timedelta(days=day.day.weekday()), {})[day.day.weekday()] = day
    shown = list(weeks.items())[-max(1, (width - 5) // 2) :]
    lines = [Text("     " + _months([monday for monday, _ in shown]), style="dim")]
    for weekday, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")):
        line = Text(f"{name}  ", style="dim")
        for _, week in shown:
            sign, style = SIGNS[week[weekday].state] if weekday in week else (" ", "")
            line.append(f"{sign} ", style=style)
        lines.append(line)
    return lines


def _months(mondays: list[date]) -> str:
    """The month's name over the week that its first day lies in, where there is room for it."""
    line = ""
    sundays = [monday + timedelta(days=6) for monday in mondays]
    for place, sunday in enumerate(sundays):
        if len(line) <= place * 2 and (not place or sunday.month != sundays[place - 1].month):
            line = line.ljust(place * 2) + f"{sunday:%b} "
    return line


def _legend(found: Coverage) -> Text:
    counts: dict[str, Any] = {state: sum(day.state is state for day in found.days) for state in DayState}
    line = Text()
    for state, (sign, style) in SIGNS.items():
        if counts[state]:
            line.append(f"{sign} ", style=style).append(f"{state.value} {counts[state]}   ")
    return line
