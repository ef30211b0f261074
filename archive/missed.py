"""Releases that could not be had: pages refused, releases that a source names and owes us, known ones that fail (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.trouble import WHEN_BLOCKED, Example, Trouble

#: a known release may fail for so long: four looks, since each that fails is repeated after six hours
UNREAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Refusals:
    """The newest pages of a newsroom, as far as they were refused: how many by reason, out of how many."""

    reasons: tuple[tuple[str, int], ...] = ()
    of: int = 0
    example: Example | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """A release that a source names and that could not be had so far: why, since when, asked for how often."""

    url: str
    verdict: str
    reason: str
    since: datetime
    tries: int
    capture_id: int | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A release of the archive whose looks are in vain: why the last one was, since when, and when that was."""

    url: str
    reason: str
    since: datetime
    last: datetime


def refusal_troubles(refusals: Refusals) -> list[Trouble]:
    count = sum(number for _, number in refusals.reasons)
    if count < 3 or count < 0.5 * refusals.of:
        return []
    reasons = ", ".join(f"{reason} {number}" for reason, number in refusals.reasons)
    where = f": for example {refusals.example.url}" if refusals.example else ""
    message = f"{count} of the newest {refusals.of} pages were refused ({reasons}){where}"
    todo = "read the example with communique read --explain, mend the entry, then communique reread turns them into releases"
    return [Trouble("rejects", message, todo, refusals.example)]


def owed_troubles(owed: Sequence[Owed]) -> list[Trouble]:
    """Releases that are named and don't come. Where all of them are refused to us, so is the newsroom."""
    asked = [it for it in owed if it.tries]
    if not asked:
        return []
    first = asked[0]
    more = f", and {len(asked) - 1} more" if len(asked) > 1 else ""
    times = "once" if first.tries == 1 else f"{first.tries} times since {first.since:%Y-%m-%d %H:%M}"
    message = f"{first.url} was asked for {times} and did not come ({first.reason}){more}"
    blocked = all(it.verdict == "blocked" for it in asked)
    todo = "open the address in a browser; it is asked for again, ever more rarely, until it comes or is gone"
    kind, todo = ("blocked", WHEN_BLOCKED) if blocked else ("release owed", todo)
    return [Trouble(kind, message, todo, Example(first.url, first.capture_id))]


def unread_troubles(unread: Sequence[Unread], out: datetime | None) -> list[Trouble]:
    """Known releases that could not be read for a day; ``out`` is when a source of theirs last failed.

    The time of an outage does not count: it is a trouble of its own, and over some hours before the last release is read.
    """
    lasting = [it for it in unread if it.last - max(it.since, out or it.since) >= UNREAD]
    if not lasting:
        return []
    first = lasting[0]
    more = f", and {len(lasting) - 1} more" if len(lasting) > 1 else ""
    message = (
        f"{first.url}, which we have, can't be read since {first.since:%Y-%m-%d %H:%M} ({first.reason}){more}"
    )
    todo = "open the address in a browser; edits and takedowns of it go unnoticed until it can be read again"
    return [Trouble("release unread", message, todo, Example(first.url))]
