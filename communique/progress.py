"""How a run shows that it goes on: a bar on a terminal, one line a newsroom elsewhere."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from crawler.tally import Tally


class Progress:
    """A context manager; ``watch`` hands it the tallies that fill while the crawl goes on.

    ``logged`` where a log tells each newsroom: then only a terminal is shown anything.
    """

    def __init__(self, logged: bool = False) -> None:
        self._logged = logged
        self._console = Console(stderr=True, highlight=False)
        self._tallies: dict[str, Tally] = {}
        self._told: set[str] = set()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="progress", daemon=True)

    def watch(self, tallies: dict[str, Tally]) -> None:
        """Starts showing."""
        self._tallies = tallies
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        if sys.stderr.isatty():
            self._show_bar()
        elif not self._logged:
            while not self._over.wait(0.5):
                self._tell_finished()
            self._tell_finished()

    def _show_bar(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Bar(*columns, console=self._console, transient=True) as bar:
            task = bar.add_task("releases", total=None)
            while not self._over.wait(0.2):
                tallies = list(self._tallies.values())
                asked, done = sum(it.asked for it in tallies), sum(it.done for it in tallies)
                busy = sum(1 for it in tallies if not it.seconds)
                name = tallies[0].newsroom if len(tallies) == 1 else f"{busy} newsrooms"
                bar.update(task, total=asked or None, completed=done, description=name)

    def _tell_finished(self) -> None:
        for slug, tally in list(self._tallies.items()):
            if tally.seconds and slug not in self._told:
                self._told.add(slug)
                counts = f"{tally.new} new, {tally.changed} changed, {tally.unchanged} unchanged, {tally.rejected} rejected"
                trouble = f" ({tally.trouble[0]})" if tally.trouble else ""
                self._console.print(
                    f"{slug}: {tally.verdict}: {counts}{trouble}", markup=False, soft_wrap=True
                )
