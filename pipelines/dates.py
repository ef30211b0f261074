"""Dates as printed → aware moments, or the reason why not. Pure: no clock, no network, no guess.

The own pass reads what ministries print (``crawler.reading.date_shapes``); dateparser is asked only where it finds
no date, with the newsroom's languages and order, and never relative to now. Raw strings are kept by the caller.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from datetime import timezone as fixed_zone
from functools import lru_cache
from zoneinfo import ZoneInfo

from archive.model import Moment, Precision
from crawler.items import Printed
from crawler.languages import Words, words
from crawler.languages.folding import fold
from crawler.reading.blocks import tidy
from crawler.reading.calendars import YEARS
from crawler.reading.clock_times import ZONES, Clock
from crawler.reading.date_labels import Meaning, label_before
from crawler.reading.date_shapes import YEAR_FIRST, Shape, day_order, find_shapes, weekday_near
from crawler.registry import Newsroom
from pipelines.other_dates import parse_other

#: a printed date is short; what is longer is a paragraph that somebody took for one
MAX_LENGTH = 400
_ASIDE = frozenset({Meaning.UPDATED, Meaning.EVENT, Meaning.OTHER_LANGUAGE})
_REASON_NONE = "no date printed"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a string gives no moment."""

    raw: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Custom:
    """How a newsroom writes its dates, and the days that other evidence tells."""

    languages: tuple[str, ...]
    order: str | None = None
    country: str | None = None
    days: frozenset[date] = frozenset()

    @property
    def year_last(self) -> bool:
        """Whether a numeric date of the first language ends with its year."""
        return not self.languages or re.split("[-_]", self.languages[0].lower())[0] not in YEAR_FIRST

    @property
    def words(self) -> Words:
        return words((*self.languages, "en")) if self.languages else words(())


def parse_moment(
    raw: str,
    *,
    languages: Sequence[str],
    timezone: str | None = None,
    day_order: str | None = None,
    country: str | None = None,
    evidence: str = "",
    days: frozenset[date] = frozenset(),
) -> Moment | Unreadable:
    """The moment that ``raw`` tells, in ``timezone``; or ``Unreadable`` with the reason. Never raises.

    ``languages`` are BCP 47 tags, English is always understood after them. ``day_order`` (``dmy``, ``mdy``) is the
    newsroom's own; without it the ``country``'s custom counts. ``days`` are days that other evidence tells: they
    settle an open order of day and month. Of several dates in ``raw`` the first that is not labelled as updated,
    as an event or as another language's counts; two different ones without labels are undecidable.
    Without a zone a day is told but no time.
    """
    text = tidy(raw) if raw.isascii() else tidy(unicodedata.normalize("NFC", raw))
    if not text:
        return Unreadable(raw, _REASON_NONE)
    if len(text) > MAX_LENGTH:
        return Unreadable(raw, f"{len(text)} characters are no date")
    custom = _Custom(tuple(languages), day_order, country, days)
    folded, shapes = _shapes(text, custom.languages)
    if not shapes and custom.languages:
        # a page in a language that the newsroom does not name: only names that mean one month everywhere count
        custom = replace(custom, languages=())
        folded, shapes = _shapes(text, ())
    if not shapes:
        other = parse_other(text, tuple(languages), day_order)
        return (
            _moment(other, None, Printed(raw, evidence), timezone) if other else Unreadable(raw, _REASON_NONE)
        )
    chosen = _meant(folded, shapes, custom.words)
    if isinstance(chosen, str):
        return Unreadable(raw, chosen)
    day = _settled(folded, chosen, shapes, custom)
    if isinstance(day, str):
        return Unreadable(raw, day)
    return _moment(day, chosen.clock, Printed(raw, evidence), timezone)


def choose(candidates: Sequence[Printed], newsroom: Newsroom) -> tuple[Moment | None, str | None]:
    """The moment that the strongest readable candidate tells, and None; or None and why none could be understood.

    Candidates come in order of evidence. Where the first tells only the day, the time is taken from a later one of
    the same day. An open order of day and month is settled by the days that later candidates tell.
    """
    reasons: list[str] = []
    days = frozenset(day for candidate in candidates for day in _plain_days(candidate, newsroom))
    for index, candidate in enumerate(candidates):
        read = _of(candidate, newsroom, days)
        if isinstance(read, Moment):
            return _with_time(read, candidates[index + 1 :], newsroom), None
        reasons.append(f"{candidate.text[:80]!r} ({candidate.evidence}): {read.reason}")
    return None, "; ".join(reasons) or "no date on the page"


def _of(candidate: Printed, newsroom: Newsroom, days: frozenset[date] = frozenset()) -> Moment | Unreadable:
    return parse_moment(
        candidate.text,
        languages=newsroom.languages,
        timezone=newsroom.timezone,
        day_order=newsroom.day_order,
        country=newsroom.country,
        evidence=candidate.evidence,
        days=days,
    )


def _plain_days(candidate: Printed, newsroom: Newsroom) -> tuple[date, ...]:
    """The days of a candidate that nothing is open about."""
    _, shapes = _shapes(candidate.text[:MAX_LENGTH], newsroom.languages)
    return tuple(shape.days[0] for shape in shapes if len(shape.days) == 1 and not shape.short)


def _with_time(moment: Moment, others: Sequence[Printed], newsroom: Newsroom) -> Moment:
    if moment.precision is not Precision.DAY:
        return moment
    for other in others:
        read = _of(other, newsroom)
        if (
            isinstance(read, Moment)
            and read.precision is not Precision.DAY
            and read.at.date() == moment.at.date()
        ):
            return Moment(read.at, read.precision, moment.raw, f"{moment.evidence}, time by {read.evidence}")
    return moment


@lru_cache(maxsize=1024)
def _shapes(text: str, languages: tuple[str, ...]) -> tuple[str, tuple[Shape, ...]]:
    """The folded text and its dates. Every candidate is asked for twice: alone, and as evidence for the others."""
    folded = fold(text)
    return folded, find_shapes(text, _Custom(languages).words, folded)


def _meant(folded: str, shapes: tuple[Shape, ...], vocabulary: Words) -> Shape | str:
    """The shape that the string is about, or why that can't be said."""
    if len(shapes) == 1:
        return shapes[0]
    plain: list[Shape] = []
    set_aside: list[Shape] = []
    start = 0
    for shape in shapes:
        meaning, _ = label_before(folded[start : shape.start], vocabulary)
        start = shape.end
        (set_aside if meaning in _ASIDE or shape.range else plain).append(shape)
    plain = [shape for shape in plain if shape.days] or plain or set_aside
    first = plain[0]
    others = {shape.days for shape in plain[1:] if not set(shape.days) & set(first.days)}
    return "several dates and no label" if others else first


def _settled(folded: str, shape: Shape, shapes: tuple[Shape, ...], custom: _Custom) -> date | str:
    """The day of a shape: by other evidence, the weekday beside it, the newsroom's order or the country's; or a reason."""
    if not shape.days:
        return "no such day"
    told = custom.days | {other.days[0] for other in shapes if other is not shape and len(other.days) == 1}
    agreeing = [day for day in shape.days if day in told]
    if shape.open and len(agreeing) == 1:
        return agreeing[0]
    usual = custom.order if custom.order in ("dmy", "mdy") else day_order(custom.country, shape.separator)
    if (
        shape.short
        and shape.separator
        and not (agreeing or (usual and shape.separator != "-" and custom.year_last))
    ):
        return "a two-digit year in an order that is not settled"
    day = shape.settled(usual, weekday_near(folded, shape, custom.words))
    return day or "day and month could be the other way round"


def _moment(day: date, clock: Clock | None, printed: Printed, zone: str | None) -> Moment | Unreadable:
    """The moment of a day and the time printed beside it. Midnight is what machines write for no time at all."""
    if day.year not in YEARS:
        return Unreadable(printed.text, f"the year {day.year} is no year of a release")
    home = _zone(zone)
    stated = _stated_zone(clock.zone, home) if clock else None
    if clock is None or stated is None or not (clock.hour or clock.minute or clock.second):
        start = datetime.combine(day, time(), home or stated or UTC)
        return Moment(start, Precision.DAY, printed.text, printed.evidence)
    local = datetime.combine(day, time(clock.hour, clock.minute, clock.second or 0), stated)
    at = local.astimezone(home or stated)
    precision = Precision.MINUTE if clock.second is None else Precision.SECOND
    # 21:00Z is Helsinki's midnight in summer: again a day without a time, the next one
    return Moment(at, precision if at.time() != time() else Precision.DAY, printed.text, printed.evidence)


def _stated_zone(word: str | None, home: ZoneInfo | None) -> tzinfo | None:
    """The zone that a printed time is in: an offset or zone word is checked against the newsroom's own zone."""
    if word is None:
        return home
    if word[0] in "+-":
        sign = -1 if word[0] == "-" else 1
        return fixed_zone(sign * timedelta(hours=int(word[1:3]), minutes=int(word[-2:])))
    # "GMT" on a British page means London's clock, in summer too
    if word == "gmt" and home is not None and home.key == "Europe/London":
        return home
    return _zone(ZONES[word])


@lru_cache(maxsize=512)
def _zone(name: str | None) -> ZoneInfo | None:
    return ZoneInfo(name) if name else None
