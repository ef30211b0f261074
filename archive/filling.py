"""How many releases have a field, and when a site's change has lost it (pure; reliability.md C6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from math import comb

from archive.trouble import Example, Trouble

#: releases over which a fill rate is judged
RECENT = 20
#: releases that tell what is usual, at most
_BEFORE = 200
#: a field filled in less than this share of its usual rate has been lost, unless chance may explain it
LEAST_FILL = 0.5
#: how rare a fall of the rate must be by chance: with a field that one release in five has, twenty without are nothing
_CHANCE = 1e-4
#: how rare a row of newest releases without the field must be; looked at after every release, so much rarer
_CHANCE_OF_ROW = 1e-6
_LEAST_ROW = 3


@dataclass(frozen=True, slots=True)
class Filled:
    """One release's publication (UTC), which fields it has, and its page; newest first in a history."""

    published_at: datetime | None
    fields: frozenset[str]
    page: Example | None = None


def fill_troubles(releases: Sequence[Filled], expected: dict[str, float]) -> list[Trouble]:
    """A trouble for each field that the newest releases have too rarely. ``expected``: least share by field."""
    named = expected.keys() | {field for release in releases for field in release.fields}
    return [trouble for field in sorted(named) if (trouble := _lost(releases, field, expected.get(field)))]


def _lost(releases: Sequence[Filled], field: str, expected: float | None) -> Trouble | None:
    told = _too_rare(releases, field, expected) or _row_without(releases, field)
    if told is None:
        return None
    todo = f"read the example with communique read --explain and mend the place of {field} (select.{field} in the entry)"
    example = next((it.page for it in releases if field not in it.fields), None)
    where = f": for example {example.url}" if example else ""
    return Trouble(f"field {field}", f"{field} {told}{where}", todo, example)


def _too_rare(releases: Sequence[Filled], field: str, expected: float | None) -> str | None:
    """By the newest twenty: below what the entry expects, or fallen by half."""
    recent, before = releases[:RECENT], releases[RECENT : RECENT + _BEFORE]
    if len(recent) < RECENT:
        return None
    has = sum(field in it.fields for it in recent)
    share = f"is filled in {has / RECENT:.0%} of the last {RECENT} releases"
    if expected is not None and has < expected * RECENT:
        return f"{share}, expected {expected:.0%}"
    usual = _rate(before, field) if len(before) >= RECENT else 0.0
    if has < LEAST_FILL * usual * RECENT and _at_most(has, RECENT, usual) < _CHANCE:
        return f"{share}, usually {usual:.0%}"
    return None


def _row_without(releases: Sequence[Filled], field: str) -> str | None:
    """By the newest ones alone: a field that nearly every release had is missed after a handful."""
    row = len(list(takewhile(lambda it: field not in it.fields, releases)))
    before = releases[row : row + _BEFORE]
    if row < _LEAST_ROW or len(before) < RECENT:
        return None
    has = sum(field in it.fields for it in before)
    if (1 - has / (len(before) + 1)) ** row >= _CHANCE_OF_ROW:
        return None
    return f"is filled in none of the newest {row} releases, usually in {has / len(before):.0%}"


def _rate(releases: Sequence[Filled], field: str) -> float:
    return sum(field in release.fields for release in releases) / max(len(releases), 1)


def _at_most(hits: int, of: int, rate: float) -> float:
    """The chance of so few hits, where each comes with this rate."""
    return sum(comb(of, n) * rate**n * (1 - rate) ** (of - n) for n in range(hits + 1))
