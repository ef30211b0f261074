"""Health: how each newsroom is, judged by numbers from its own history and from what its entry expects.

``judge`` is pure: the same history gives the same verdict. A trouble is told once as an incident and closed once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median, quantiles

#: looks at one source before its counts mean anything
LEAST_LOOKS = 5
#: a listing that shows less than this share of what it usually shows has lost most of its items
LEAST_SHARE = 0.2
#: a field filled in less than this share of its usual rate has been lost to a change of the site
LEAST_FILL = 0.5
#: releases over which a fill rate is judged (reliability.md C6)
RECENT = 20
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


@dataclass(frozen=True, slots=True)
class Filled:
    """One release's publication (UTC) and which fields it has; newest first in a history."""

    published_at: datetime | None
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class Contract:
    """What a newsroom's entry expects: least and most releases a month, and the share of releases with a field."""

    per_month: tuple[int, int] | None = None
    filled: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """What the archive knows of one newsroom: looks oldest first, releases newest first."""

    newsroom: str
    looks: tuple[SourceLook, ...] = ()
    releases: tuple[Filled, ...] = ()
    rejects: tuple[tuple[str, int], ...] = ()  # (reason, how many) of the last run
    read_in_last_run: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something an operator must know: ``kind`` names it, ``todo`` says what to do next."""

    kind: str
    message: str
    todo: str


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
    down = _looks_troubles(last)
    troubles = (
        *down,
        *(() if down else _drift(history, contract, last, published)),
        *_silence(published, contract, now),
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


def _drift(
    history: History, contract: Contract, last: tuple[SourceLook, ...], published: Sequence[datetime]
) -> tuple[Trouble, ...]:
    """What is wrong though the sources answer. Where they don't, it would be a second incident of the same trouble."""
    return (
        *_count_troubles(history.looks, last),
        *_fill_troubles(history.releases, contract),
        *_reject_troubles(history),
        *_frozen_troubles(history.looks, last, published),
    )


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
    "blocked": "we are refused: write to the site's operators; never work round a block",
    "broken": "run communique doctor on it: its source has probably changed its form",
    "empty": "run communique doctor on it: the source answers but shows no release",
}


def _looks_troubles(last: tuple[SourceLook, ...]) -> list[Trouble]:
    found = []
    for look in last:
        kind = "broken" if look.outcome == "empty" else look.outcome
        if look.outcome in _TODO:
            message = look.message or {"empty": "no release address was found"}.get(
                look.outcome, look.outcome
            )
            found.append(Trouble(kind, f"{look.source}: {message}", _TODO[look.outcome]))
    return found


def _count_troubles(looks: Sequence[SourceLook], last: tuple[SourceLook, ...]) -> list[Trouble]:
    found = []
    for newest in last:
        before = [
            look.items_seen
            for look in looks
            if look.source == newest.source and look.outcome == "ok" and look is not newest
        ][-50:]
        if newest.outcome != "ok" or len(before) < LEAST_LOOKS:
            continue
        usual = median(before)
        if newest.items_seen < LEAST_SHARE * usual:
            message = f"{newest.source}: shows {newest.items_seen} items, usually {usual:g}"
            found.append(Trouble("count down", message, _TODO["broken"]))
    return found


def _fill_troubles(releases: Sequence[Filled], contract: Contract) -> list[Trouble]:
    recent, before = releases[:RECENT], releases[RECENT : RECENT + 200]
    expected = dict(contract.filled)
    fields = sorted(expected.keys() | {field for release in before for field in release.fields})
    found = []
    for field in fields if len(recent) >= RECENT else ():
        now, usual = _rate(recent, field), _rate(before, field) if len(before) >= RECENT else 0.0
        if now < expected.get(field, 0.0) or (usual >= 0.2 and now < LEAST_FILL * usual):
            wanted = f"expected {expected[field]:.0%}" if field in expected else f"usually {usual:.0%}"
            message = f"{field} is filled in {now:.0%} of the last {RECENT} releases, {wanted}"
            todo = f"read a new page with communique read --explain and mend the place of {field}"
            found.append(Trouble(f"field {field}", message, todo))
    return found


def _rate(releases: Sequence[Filled], field: str) -> float:
    return sum(field in release.fields for release in releases) / max(len(releases), 1)


def _reject_troubles(history: History) -> list[Trouble]:
    count = sum(number for _, number in history.rejects)
    if count < 3 or count < 0.5 * (count + history.read_in_last_run):
        return []
    reasons = ", ".join(f"{reason} {number}" for reason, number in history.rejects)
    todo = "read one with communique read --explain, mend the entry, then communique reread turns them into releases"
    return [Trouble("rejects", f"{count} pages of the last run were refused: {reasons}", todo)]


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
