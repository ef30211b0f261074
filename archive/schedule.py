"""When a release is looked at again: by its age, for ever, and at least one look in ten without conditions (pure).

ETag, Last-Modified, sitemap dates and a page's own "updated" lie (case B15, alphagov/whitehall#6689): none of them
decides whether the body is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Step:
    """Until a release is ``age`` old, it is looked at every ``every``."""

    age: timedelta
    every: timedelta


#: from hourly in the first day to monthly for ever
DEFAULT = (
    Step(timedelta(days=1), timedelta(hours=1)),
    Step(timedelta(days=7), timedelta(hours=6)),
    Step(timedelta(days=90), timedelta(days=1)),
    Step(timedelta(days=365), timedelta(days=7)),
    Step(timedelta.max, timedelta(days=30)),
)
#: so many conditional looks in a row at most: the next one reads the body
CONDITIONAL_LOOKS = 9


def next_look(
    release_id: int, published: datetime, last_look: datetime, steps: tuple[Step, ...] = DEFAULT
) -> datetime:
    """When a release is due after a look. A tenth more or less by its id spreads what was found on one day."""
    age = last_look - published
    every = next(step.every for step in steps if age < step.age)
    return last_look + every * (0.9 + 0.2 * (release_id * 0.618034 % 1))


def may_ask_conditionally(looks_since_read: int) -> bool:
    """Whether the next look may send validators: at least one look in ten may not."""
    return looks_since_read < CONDITIONAL_LOOKS
