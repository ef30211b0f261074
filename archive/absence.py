"""From looks that didn't find a release to its state: the ladder suspected → confirmed → permanent (pure).

One 410, and one redirect to the front page, speak for themselves. A 404 can be a slip: it takes two, ten minutes
apart. An outage or a block (403, 429, 5xx, network) is never an absence and never comes here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.model import Absence, EventKind, State

SECOND_LOOK = timedelta(minutes=10)
CONFIRMED_AFTER = timedelta(hours=24)
CONFIRMED_LOOKS = 3
PERMANENT_AFTER = timedelta(days=14)
#: a release that is missing is looked for at three different hours of its first day, then daily until it is for good
SUSPECTED_EVERY = timedelta(hours=8)
CONFIRMED_EVERY = timedelta(days=1)
PERMANENT_EVERY = timedelta(days=30)
#: so many releases newly missed in one run, and this share of its looks: the site has a fault, they haven't gone
FAULT_LOOKS = 3
FAULT_SHARE = 0.2

#: states from which a release that is seen again is told as restored
MISSING = frozenset(
    {
        State.GONE,
        State.REDIRECTED_HOME,
        State.REDIRECTED_SINK,
        State.SOFT_404,
        State.MISSING_SUSPECTED,
        State.MISSING_CONFIRMED,
        State.MISSING_PERMANENT,
    }
)
_SUSPECTED = {
    Absence.GONE: State.GONE,
    Absence.FRONT_PAGE: State.REDIRECTED_HOME,
    Absence.SINK: State.REDIRECTED_SINK,
    Absence.SOFT_404: State.SOFT_404,
    Absence.NOT_FOUND: State.MISSING_SUSPECTED,
}
_AT_ONCE = frozenset({Absence.GONE, Absence.FRONT_PAGE})


@dataclass(frozen=True, slots=True)
class Miss:
    """One look that didn't find the release."""

    at: datetime
    how: Absence


def state_after(current: State, misses: Sequence[Miss]) -> State:
    """The state that these looks show: all looks since the release was last seen, in order of time."""
    if not misses:
        return current
    span = misses[-1].at - misses[0].at
    if len(misses) >= CONFIRMED_LOOKS and span >= PERMANENT_AFTER:
        return State.MISSING_PERMANENT
    if len(misses) >= CONFIRMED_LOOKS and span >= CONFIRMED_AFTER:
        return State.MISSING_CONFIRMED
    if current in MISSING:
        return current
    if span >= SECOND_LOOK or any(miss.how in _AT_ONCE for miss in misses):
        return _SUSPECTED[misses[-1].how]
    return current


def pause_after(state: State) -> timedelta:
    """How long after a look in vain the next one is due, by the state before it."""
    if state is State.MISSING_PERMANENT:
        return PERMANENT_EVERY
    return CONFIRMED_EVERY if state is State.MISSING_CONFIRMED else SUSPECTED_EVERY


def event_of(before: State, after: State) -> EventKind | None:
    """What is told when a release goes from one state to the other; None for nothing."""
    if before == after:
        return None
    steps = {
        State.REDIRECTED_HOME: EventKind.REDIRECTED,
        State.REDIRECTED_SINK: EventKind.REDIRECTED_AWAY,
        State.MISSING_CONFIRMED: EventKind.TAKEDOWN_CONFIRMED,
        State.MISSING_PERMANENT: EventKind.TAKEDOWN_PERMANENT,
        State.PRESENT: EventKind.RESTORED,
    }
    return steps.get(after, EventKind.TAKEN_DOWN)


def is_fault_of_site(looks: int, absences: int) -> bool:
    """Whether so many absences of one run speak of a fault of the site rather than of takedowns."""
    return absences >= FAULT_LOOKS and absences > FAULT_SHARE * looks
