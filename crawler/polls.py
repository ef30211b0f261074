"""One look at one source, while it lasts: what it named, what became of each, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from archive.model import Look
from crawler.registry import Source
from crawler.sources.walk import Walk


@dataclass(eq=False)
class Poll:
    """A poll is whole when all its pages were read and every release that it named as new was settled.

    Only a whole poll lets the next one stop early or ask conditionally: after a crash or an outage the next one
    looks at everything again.
    """

    source: Source
    walk: Walk
    id: int
    outcome: str | None = None
    message: str | None = None
    status: int | None = None
    pages: int = 0
    seen: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)
    known: int = 0
    asked: set[str] = field(default_factory=set)
    open_pages: int = 0
    open_releases: set[str] = field(default_factory=set)
    reached_end: bool = False
    has_gap: bool = False
    refused: list[str] = field(default_factory=list)

    def fail(self, verdict: str, reason: str) -> None:
        """The first trouble names the outcome; later ones only count."""
        if self.outcome in {None, "unchanged"}:
            self.outcome, self.message = verdict, reason

    @property
    def overflowed(self) -> bool:
        """Everything it showed was new: more may have been published than it shows (reliability.md C2)."""
        return bool(self.seen) and not self.known

    def look(self, finished: bool) -> Look:
        """How it ended, as the archive keeps it. ``finished``: the crawl was not interrupted."""
        outcome, message = self.outcome, self.message
        if outcome in {None, "unchanged"} and (not finished or self.open_pages or self.open_releases):
            outcome = "interrupted"
            message = f"{len(self.open_releases)} of its releases were not settled"
        elif outcome is None and not self.seen:
            outcome, message = "empty", message or "it names no release at all"
        return Look(
            outcome=outcome or "ok",
            ended_at=datetime.now(UTC),
            status=self.status,
            pages=self.pages,
            items_seen=len(self.seen),
            items_new=len(self.new),
            reached_known=self.reached_end,
            message=message,
        )
