"""Health: how each newsroom is, judged by numbers from its own history and from what its entry expects.

``judge`` is pure: the same history gives the same verdict. A trouble is told once as an incident and closed once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median, quantiles

from archive.filling import Filled, fill_troubles
from archive.missed import Owed, Refusals, Unread, owed_troubles, refusal_troubles, unread_troubles
from archive.trouble import WHEN_BLOCKED, Example, Trouble

#: looks at one source before its counts mean anything
LEAST_LOOKS = 5
#: a listing that shows less than this share of what it usually shows has lost most of its items
LEAST_SHARE = 0.2
#: answers "nothing changed" in a row before a source can count as frozen (C-case: 304 for ever looks healthy)
FROZEN_LOOKS = 30
#: silence beyond this many usual gaps is worth a look
SILENT_GAPS = 3


class Verdict(StrEnum):
    """How a newsroom is; the first that applies, worst first."""

    UNREACHABLE = "unreachable"
    BLOCKED = "blocked"
    BROKEN = "broken"
    FROZEN = "frozen"
    QUIET = "quiet"
    UNCHANGED = "unchanged"
    OK = "ok"
    NEVER = "never looked"


#: verdicts that mean something is wrong; silence of a ministry is told, but it is no fault of ours to mend
WRONG = frozenset({Verdict.UNREACHABLE, Verdict.BLOCKED, Verdict.BROKEN, Verdict.FROZEN})


@dataclass(frozen=True, slots=True)
class SourceLook:
    """One look at one source, as the ledger has it. ``outcome`` as in ``Look``."""

    source: str
    at: datetime
    outcome: str
    items_seen: int
    items_new: int
    message: str | None = None
    capture_id: int | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """What a newsroom's entry expects: least and most releases a month, and the share of releases with a field."""

    per_month: tuple[int, int] | None = None
    filled: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """What the archive knows of one newsroom: looks oldest first, releases newest first, what is owed or unread oldest first."""

    newsroom: str
    looks: tuple[SourceLook, ...] = ()
    releases: tuple[Filled, ...] = ()
    refusals: Refusals = field(default_factory=Refusals)
    owed: tuple[Owed, ...] = ()
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class Health:
    """The verdict on one newsroom, with what led to it."""

    newsroom: str
    verdict: Verdict
    troubles: tuple[Trouble, ...] = ()
    last_look: datetime | None = None
    last_release: datetime | None = None

    @property
    def wrong(self) -> bool:
        """Whether somebody must look."""
        return self.verdict in WRONG

    @property
    def wrongs(self) -> tuple[Trouble, ...]:
        """The troubles that are for us to mend; silence is told, but it is the ministry's."""
        return tuple(trouble for trouble in self.troubles if trouble.kind != Verdict.QUIET)


def judge(history: History, contract: Contract, now: datetime) -> Health:
    """The verdict at ``now`` (aware): from the last look at each source, the counts, the fields and the silence."""
    last = last_looks(history.looks)
    published = [release.published_at for release in history.releases if release.published_at]
    troubles = _by_kind(
        (
            *_looks_troubles(history.looks),
            *_count_troubles(history.looks),
            *fill_troubles(history.releases, dict(contract.filled)),
            *refusal_troubles(history.refusals),
            *owed_troubles(history.owed),
            *unread_troubles(history.unread, _last_failure(history.looks)),
            *_frozen_troubles(history.looks, last, published),
            *_silence(published, contract, now),
        )
    )
    return Health(
        history.newsroom,
        _verdict(last, troubles),
        troubles,
        max((look.at for look in last), default=None),
        max(published, default=None),
    )


def last_looks(looks: Sequence[SourceLook]) -> tuple[SourceLook, ...]:
    """The newest look at each source."""
    return tuple({look.source: look for look in looks}.values())


def usual_gap(published: Sequence[datetime]) -> timedelta | None:
    """The time that nine of ten releases come within of the one before; None below ten days of publication.

    The ninth decile, since a median calls every holiday a silence.
    """
    days = sorted({moment.date() for moment in published})[-100:]
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    if len(gaps) < 10:
        return None
    return timedelta(days=max(1.0, quantiles(gaps, n=10)[-1]))


def _by_kind(troubles: Sequence[Trouble]) -> tuple[Trouble, ...]:
    """One trouble a kind; two sources with the same trouble share its message."""
    merged: dict[str, Trouble] = {}
    for trouble in troubles:
        before = merged.get(trouble.kind)
        merged[trouble.kind] = before.joined(trouble) if before else trouble
    return tuple(merged.values())


def _verdict(last: tuple[SourceLook, ...], troubles: tuple[Trouble, ...]) -> Verdict:
    if not last:
        return Verdict.NEVER
    kinds = {trouble.kind for trouble in troubles}
    for verdict in (Verdict.UNREACHABLE, Verdict.BLOCKED, Verdict.FROZEN):
        if verdict in kinds:
            return verdict
    if kinds - {Verdict.QUIET}:
        return Verdict.BROKEN
    if kinds:
        return Verdict.QUIET
    return Verdict.OK if any(look.items_new for look in last) else Verdict.UNCHANGED


_TODO = {
    "unreachable": "try the address in a browser; if it moved, change the newsroom's site or source",
    "blocked": WHEN_BLOCKED,
    "broken": "run communique doctor on it: its source has probably changed its form",
    "empty": "run communique doctor on it: the source answers but shows no release",
}


def _looks_troubles(looks: Sequence[SourceLook]) -> list[Trouble]:
    """By the newest look at each source that was not interrupted: an interrupted one says nothing of the site."""
    found = []
    for look in last_looks([it for it in looks if it.outcome != "interrupted"]):
        kind = "broken" if look.outcome == "empty" else look.outcome
        if look.outcome in _TODO:
            message = look.message or {"empty": "no release address was found"}.get(
                look.outcome, look.outcome
            )
            example = Example(look.source, look.capture_id)
            found.append(Trouble(kind, f"{look.source}: {message}", _TODO[look.outcome], example))
    return found


def _last_failure(looks: Sequence[SourceLook]) -> datetime | None:
    return max((look.at for look in looks if look.outcome in _TODO), default=None)


def _count_troubles(looks: Sequence[SourceLook]) -> list[Trouble]:
    """By the newest look that counted: a "nothing changed" after it shows the same items."""
    found = []
    counted = [look for look in looks if look.outcome == "ok"]
    for newest in last_looks(counted):
        before = [it.items_seen for it in counted if it.source == newest.source and it is not newest][-50:]
        usual = median(before) if len(before) >= LEAST_LOOKS else 0
        if newest.items_seen < LEAST_SHARE * usual:
            message = f"{newest.source}: shows {newest.items_seen} items, usually {usual:g}"
            example = Example(newest.source, newest.capture_id)
            found.append(Trouble("count down", message, _TODO["broken"], example))
    return found


def _frozen_troubles(
    looks: Sequence[SourceLook], last: tuple[SourceLook, ...], published: Sequence[datetime]
) -> list[Trouble]:
    gap = usual_gap(published)
    found = []
    for newest in last:
        streak = _unchanged_streak([look for look in looks if look.source == newest.source])
        if gap is None or len(streak) < FROZEN_LOOKS or newest.at - streak[0].at <= SILENT_GAPS * gap:
            continue
        message = f"{newest.source}: answers 'nothing changed' since {streak[0].at:%Y-%m-%d}, {len(streak)} times in a row"
        found.append(
            Trouble("frozen", message, "look at the site: if it has news, the source no longer tells them")
        )
    return found


def _unchanged_streak(looks: Sequence[SourceLook]) -> list[SourceLook]:
    streak: list[SourceLook] = []
    for look in reversed(looks):
        if look.outcome != "unchanged":
            break
        streak.append(look)
    return streak[::-1]


def _silence(published: Sequence[datetime], contract: Contract, now: datetime) -> list[Trouble]:
    """A ministry that publishes nothing for long. Measured in its own gaps, or by what its entry expects."""
    if not published:
        return []
    silent = now - max(published)
    gap = usual_gap(published)
    limit = SILENT_GAPS * gap if gap else None
    if contract.per_month and contract.per_month[0]:
        expected = timedelta(days=30 * SILENT_GAPS / contract.per_month[0])
        limit = max(limit, expected) if limit else expected
    if limit is None or silent <= limit:
        return []
    usual = f"it usually publishes within {gap.days} days" if gap else "its entry expects more"
    message = f"no release for {silent.days} days; {usual}"
    return [Trouble("quiet", message, "look at the site: a silence, or a newsroom that has moved")]
