"""What one newsroom's crawl did, counted for the table at the end and for the run report."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

#: what the archive says it did with a page → the column it counts in
_COLUMNS = {
    "new": "new",
    "changed": "changed",
    "unchanged": "unchanged",
    "reread": "unchanged",
    "rejected": "rejected",
    "unstorable": "rejected",
}


@dataclass
class Tally:
    """Counts of one newsroom in one run. ``seconds`` is wall-clock time; ``trouble`` lists what to look at, ``gaps`` what was not seen.

    ``asked`` and ``done`` count the releases that were asked for and those that were dealt with.
    """

    newsroom: str
    title: str = ""
    found: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    failed: int = 0
    asked: int = 0
    done: int = 0
    requests: int = 0
    started: float = field(default_factory=time.monotonic)
    seconds: float = 0.0
    verdict: str = "ok"
    trouble: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)

    def count(self, result: str) -> None:
        """One page more with this result of the archive."""
        column = _COLUMNS[result]
        setattr(self, column, getattr(self, column) + 1)

    def worse(self, verdict: str, reason: str) -> None:
        """Something to look at; the first one names the verdict."""
        if self.verdict == "ok":
            self.verdict = verdict
        self.trouble.append(reason)

    def stop(self) -> None:
        """Takes the time."""
        self.seconds = time.monotonic() - self.started
