"""``communique export``: the answers to a question as a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import click

from archive.database import Archive, open_archive
from archive.export import records, write_csv, write_jsonl
from archive.query import Query
from archive.search import positions
from communique.asking import filter_options, text_argument
from communique.options import archive_option, examples

WRITERS = {"csv": write_csv, "jsonl": write_jsonl}
#: written to a file or folder of their own, never to standard output
WHOLE = ("parquet", "sqlite", "package", "wacz")


@click.command(
    epilog=examples(
        "communique export --format csv --country fi --since 2022 > finland.csv",
        "communique export människohandel --format jsonl --output trafficking.jsonl",
        "communique export --since 2022 --format package --output releases-2022/",
        "communique export --format parquet --output releases.parquet",
        "communique export --newsroom demo --format wacz --output demo.wacz",
    )
)
@text_argument
@filter_options
@click.option(
    "--format",
    "form",
    type=click.Choice([*WRITERS, *WHOLE]),
    default="csv",
    show_default=True,
    help="How it is written; package is a Frictionless Data Package, sqlite a smaller archive, wacz the captured pages.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="A file (a folder for package) instead of standard output.",
)
@archive_option
def command(query: Query, form: str, output: Path | None, archive_path: Path) -> None:
    """Write every release that answers, newest first.

    The filters and QUERY are those of search. CSV is safe to open in a spreadsheet: a cell that would be taken
    for a formula gets an apostrophe before it and is named in the last column.
    """
    if form in WHOLE and output is None:
        raise click.UsageError(f"--format {form} needs --output")
    with open_archive(archive_path) as archive, _progress(output) as progress:
        next(positions(archive, query), None)  # a question that can't be meant empties no file
        if form in WHOLE and output is not None:
            _write_whole(archive, query, form, output, progress)
            return
        with _opened(output) as file:
            WRITERS[form](records(archive, query, progress), file)


def _write_whole(
    archive: Archive, query: Query, form: str, output: Path, progress: Callable[[int], None]
) -> None:
    if form == "package":
        from archive.package import write_package

        click.echo(
            f"{write_package(archive, query, output, progress):,} releases written to {output}", err=True
        )
    elif form == "sqlite":
        from archive.subset import write_subset

        click.echo(
            f"{write_subset(archive, query, output, progress):,} releases written to {output}", err=True
        )
    elif form == "wacz":
        _write_wacz(archive, query, output)
    else:
        try:
            from archive.parquet import write_parquet
        except ImportError as missing:
            raise click.UsageError("--format parquet needs pyarrow: install communique[parquet]") from missing
        write_parquet(records(archive, query, progress), output)


def _write_wacz(archive: Archive, query: Query, output: Path) -> None:
    """The page of every revision, for players such as ReplayWeb.page."""
    from archive.wacz import write_wacz
    from archive.wacz_selection import selected

    count = write_wacz(
        output, archive.evidence, selected(archive, query), title=output.stem, created=datetime.now(UTC)
    )
    click.echo(f"{count:,} captures written to {output}", err=True)


@contextmanager
def _opened(output: Path | None) -> Iterator[IO[str]]:
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        yield sys.stdout
        return
    with output.open("w", encoding="utf-8", newline="") as file:
        yield file


@contextmanager
def _progress(output: Path | None) -> Iterator[Callable[[int], None]]:
    """A counter on a terminal, while the records go elsewhere."""
    if output is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} releases"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None)
        yield lambda done: bar.update(task, completed=done)
