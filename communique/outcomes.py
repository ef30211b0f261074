"""How a run is told: a table that fits the terminal with the next three commands, or JSON."""

from __future__ import annotations

import logging
import shutil
import sys
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.table import Table

from communique.crawling import Outcome, row_of
from crawler.tally import Tally

_log = logging.getLogger("communique.crawl")
_COUNTS = ("new", "changed", "unchanged", "rejected", "failed", "requests")


def show(outcome: Outcome, archive: Path, *, as_json: bool, suggest: bool) -> None:
    """Tells a run on stdout, and suggests what to do next where a person may have started it."""
    if as_json:
        click.echo(msgspec.json.encode([row_of(tally) for tally in outcome.tallies]).decode())
        return
    console = Console(highlight=False)
    console.print(_table(outcome.tallies))
    for tally in outcome.tallies:
        for line in (*tally.trouble[:5], *(f"gap: {gap}" for gap in tally.gaps[:5])):
            console.print(f"{tally.newsroom}: {line}", style="yellow", markup=False, soft_wrap=True)
    if not any(tally.new or tally.changed for tally in outcome.tallies):
        console.print("Nothing new.")
    if outcome.interrupted:
        console.print("Interrupted: what was fetched is kept; the same command goes on from there.")
    if suggest and outcome.tallies:
        _suggest(console, archive, outcome.tallies)


def write_down(outcome: Outcome) -> None:
    """Tells a run to the log: one line a newsroom, a warning where something is wrong."""
    for tally in outcome.tallies:
        level = logging.INFO if tally.verdict == "ok" else logging.WARNING
        counts = ", ".join(f"{getattr(tally, name)} {name}" for name in _COUNTS if getattr(tally, name))
        told = [f"{tally.verdict}, {counts or 'nothing new'}, {tally.seconds:.1f} s", *tally.trouble[:5]]
        _log.log(level, "%s: %s", tally.newsroom, "; ".join(told), extra={"row": row_of(tally)})


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


def _suggest(console: Console, archive: Path, tallies: list[Tally]) -> None:
    option = "" if archive == Path("archive.db") else f" --archive {archive}"
    demo = any(tally.newsroom == "demo" for tally in tallies)
    question = "majakka" if demo else f"newsroom:{tallies[0].newsroom}"
    console.print("\nNext:")
    wrong = [tally.newsroom for tally in tallies if tally.verdict != "ok"]
    doctor = [f"doctor {wrong[0]}{option}"] if wrong else []
    for line in (*doctor, f'search "{question}"{option}', f"show 1{option}", f"serve{option}"):
        console.print(f"  {_program()} {line}", markup=False, soft_wrap=True)


def _program() -> str:
    """How this program is called from here: by its name where that is on the path, else as it was called."""
    called = sys.argv[0]
    if shutil.which("communique") or not called.endswith("communique"):
        return "communique"
    return called
