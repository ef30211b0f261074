"""Where a text shows a date, and what it shows: shapes, read from folded text, without deciding what is open.

``find_shapes`` gives every date of a text in order. A numeric one whose order of day and month is open says so:
``Shape.days`` gives its readings, and who knows the newsroom's order chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crawler.languages import Words
from crawler.languages.folding import fold
from crawler.reading import calendars, clock_times
from crawler.reading.clock_times import Clock
from crawler.reading.worded_dates import WORD, find_worded

#: month first: the United States and those that write as they do
MONTH_FIRST = frozenset({"US", "PH", "FM", "PW", "MH", "GU", "PR", "AS", "VI", "MP"})
#: two orders are in use: Canada (both languages), and the English pages of countries that write the year first
UNDECIDED = frozenset({"CA", "JP", "KR", "KP", "CN", "TW", "MN", "HU", "LT", "INT"})


#: languages whose numeric dates begin with the year, or that have a calendar of their own: two digits tell no year
YEAR_FIRST = frozenset({"ko", "ja", "zh", "hu", "lt", "mn", "eu", "ne", "fa", "kk", "af", "th"})


@dataclass(frozen=True, slots=True)
class Shape:
    """One date in a text, from ``start`` to ``end`` (its time included; ``date_end`` without).

    ``days`` are its possible readings, day-first before month-first; one where nothing is open, none where the
    numbers are no day. ``order`` of an open one is settled by ``settled``. ``short`` tells a two-digit year,
    ``separator`` what stands between numbers (empty with a month's name). ``range`` tells "9.-10. November".
    """

    start: int
    end: int
    date_end: int
    days: tuple[date, ...]
    separator: str = ""
    short: bool = False
    clock: Clock | None = None
    range: bool = False

    @property
    def open(self) -> bool:
        """Whether day and month could be the other way round."""
        return len(self.days) > 1

    def settled(self, order: str | None, weekday: int | None = None) -> date | None:
        """The day, by the order of day and month (``dmy`` or ``mdy``) or the weekday beside it; None if undecidable."""
        if len(self.days) < 2:
            return self.days[0] if self.days else None
        fitting = [day for day in self.days if day.weekday() == weekday]
        if len(fitting) == 1:
            return fitting[0]
        return {"dmy": self.days[0], "mdy": self.days[1]}.get(order or "")


def day_order(country: str | None, separator: str) -> str | None:
    """The order of day and month that a country's publishers write with this separator; None if it is not settled.

    A date with dots is day-first everywhere but in the United States; ``5/6/2022`` on a host of no known country
    is either.
    """
    if country in MONTH_FIRST:
        return "mdy"
    if country is None or country in UNDECIDED:
        return "dmy" if separator == "." else None
    # formin.finland.fi printed 1/5/2015 for 5 January on its English pages (2015); Finland itself writes dots
    return None if country == "FI" and separator == "/" else "dmy"


def find_shapes(text: str, words: Words, folded: str | None = None) -> tuple[Shape, ...]:
    """Every date in ``text``, in order, with the time beside it. ``folded`` spares folding it again."""
    folded = fold(text) if folded is None else folded
    if not _DIGIT.search(folded):
        return ()
    worded = (
        Shape(one.start, one.end, one.end, one.days, "", one.short) for one in find_worded(folded, words)
    )
    found = sorted((*_numeric(folded, words), *_eastern(folded, words), *worded), key=_place)
    kept: list[Shape] = []
    for shape in found:
        if not kept or shape.start >= kept[-1].date_end:
            kept.append(shape)
    return tuple(_timed(folded, shape, kept, words) for shape in kept)


def weekday_near(folded: str, shape: Shape, words: Words) -> int | None:
    """The weekday (Monday is 0) printed directly beside a date, or None."""
    around = (
        *WORD.findall(folded, max(0, shape.start - 18), shape.start)[-2:],
        *WORD.findall(folded, shape.date_end, shape.date_end + 16)[:1],
    )
    named = [words.weekdays[word] for word in around if word in words.weekdays]
    return named[-1] if named else None


def _place(shape: Shape) -> tuple[int, int]:
    return shape.start, -shape.date_end


def _timed(folded: str, shape: Shape, shapes: list[Shape], words: Words) -> Shape:
    """The shape with the time after it, else the one before it, and whether it is part of a range."""
    follows = clock_times.after(folded, shape.date_end, words)
    ranged = bool(
        (
            _RANGE_BEFORE.search(folded, max(0, shape.start - 8), shape.start)
            and not _TIME_BEFORE.search(folded, max(0, shape.start - 8), shape.start)
        )
        or (follows is None and _RANGE_AFTER.match(folded, shape.date_end))
        or (follows and _CLOCK_RANGE.match(folded, follows.end))
    )
    start, end, clock = shape.start, shape.end, follows
    if follows:
        end = follows.end
    elif _CLOCK_AHEAD.search(folded, 0, start):
        clock = clock_times.before(folded, start, words)
        if clock and any(other.start <= clock.end < other.end for other in shapes):
            clock = None
        start = clock.end if clock else start
    return Shape(start, end, shape.date_end, shape.days, shape.separator, shape.short, clock, ranged)


def _numeric(folded: str, words: Words) -> Iterator[Shape]:
    for match in _NUMERIC.finditer(folded) if _MAY_BE_NUMERIC.search(folded) else ():
        if match["y"]:
            days = calendars.days_of(calendars.year_of(match["y"], words.languages), match["m"], match["d"])
            yield Shape(match.start(), match.end(), match.end(), days, match["s1"])
        elif match["y2"]:
            days = calendars.days_of(int(match["y2"]), match["m2"], match["d2"])
            yield Shape(match.start(), match.end(), match.end(), days, " ")
        elif match["roc"]:
            if any(tag in words.languages for tag in ("zh",)):
                days = calendars.days_of(int(match["roc"]) + 1911, match["rm"], match["rd"])
                yield Shape(match.start(), match.end(), match.end(), days, match["s3"])
        else:
            year = calendars.year_of(match["c"], words.languages)
            if len(match["c"]) == 2 and words.languages[0] in _SHORT_YEAR_FIRST:
                year = calendars.year_of(match["a"].zfill(2), words.languages)
                days = calendars.days_of(year, match["b"], match["c"])
                yield Shape(match.start(), match.end(), match.end(), days, match["s2"])
                continue
            day_first = calendars.days_of(year, match["b"], match["a"])
            month_first = calendars.days_of(year, match["a"], match["b"])
            days = tuple(dict.fromkeys((*day_first, *month_first)))
            short = len(match["c"]) == 2
            yield Shape(match.start(), match.end(), match.end(), days, match["s2"], short)


def _eastern(folded: str, words: Words) -> Iterator[Shape]:
    if "thang" in folded:
        yield from _vietnamese(folded, words)
    if "ja" in words.languages:
        yield from _era_letters(folded)
    if "月" not in folded and "월" not in folded:
        return
    for match in _EASTERN.finditer(_HAN_DATE.sub(_han_digits, folded)):
        year = _eastern_year(match["era"], match["y"], words)
        yield Shape(match.start(), match.end(), match.end(), calendars.days_of(year, match["m"], match["d"]))


def _era_letters(folded: str) -> Iterator[Shape]:
    """``R7.5.12``: a Japanese era by its first letter."""
    for match in _ERA_LETTER.finditer(folded):
        year = calendars.era_year(calendars.ERA_LETTERS[match["era"]], match["y"])
        yield Shape(match.start(), match.end(), match.end(), calendars.days_of(year, match["m"], match["d"]))


def _vietnamese(folded: str, words: Words) -> Iterator[Shape]:
    for match in _VIETNAMESE.finditer(folded):
        days = calendars.days_of(calendars.year_of(match["y"], words.languages), match["m"], match["d"])
        yield Shape(match.start(), match.end(), match.end(), days)


def _eastern_year(era: str | None, year: str, words: Words) -> int | None:
    if era:
        return calendars.era_year(era, year)
    if year == "元":
        return None
    # 111年: only Taiwan counts so. Two digits without an era may be 平成, 令和 or a century left out: undecidable
    if len(year) == 3:
        return int(year) + 1911 if "zh" in words.languages else None
    return calendars.year_of(year, words.languages) if len(year) == 4 else None


def _han_digits(match: re.Match[str]) -> str:
    """``二〇二二年六月二十一日`` with plain digits, padded to the same length."""
    return _HAN_NUMBER.sub(lambda number: _han_number(number[0]).rjust(len(number[0])), match[0])


def _han_number(text: str) -> str:
    if "百" in text:
        hundreds, text = text.split("百", 1)
        rest = _han_number(text.removeprefix("零").removeprefix("〇")) if text else "0"
        return str((_HAN.index(hundreds) % 10 if hundreds else 1) * 100 + int(rest))
    if "十" not in text:
        return "".join(str(_HAN.index(char) % 10) for char in text)
    tens, units = text.split("十", 1)
    return str((_HAN.index(tens) % 10 if tens else 1) * 10 + (_HAN.index(units) % 10 if units else 0))


#: languages in which "24-03-20" can only begin with its year
_SHORT_YEAR_FIRST = ("ko", "zh")
_HAN = "〇一二三四五六七八九零○"
_DIGIT = re.compile(r"\d|月")
#: a number between two separators: without one there is no numeric date, and this is a fifth of the search for it
_MAY_BE_NUMERIC = re.compile(r"\d\s?[-/. ]\s?\d{1,2}\s?[-/. ]\s?\d")
_NUMERIC = re.compile(
    r"(?<!\d)(?<!\d[.,/:\-])(?:"
    r"(?P<y>\d{4})(?P<s1>[-/.])\s?(?P<m>\d{1,2})(?P=s1)\s?(?P<d>\d{1,2})(?!\d|[/-]\d)"
    r"|(?P<y2>(?:19|20)\d\d) (?P<m2>0[1-9]|1[0-2]) (?P<d2>[0-2]\d|3[01])(?![ ]?\d)"
    r"|(?P<a>\d{1,2})\s?(?P<s2>[-/.])\s?(?P<b>\d{1,2})\s?(?P=s2)\s?"
    r"(?P<c>\d{4}(?=\D|$|\d{1,2}[:.]\d\d)|\d{2}(?!\d))(?![/.]\d|-\d(?!\d?[:.]))"
    r"|(?P<roc>1[01]\d)(?P<s3>[-/.])(?P<rm>\d{1,2})(?P=s3)(?P<rd>\d{1,2})(?![\d/.-]))"
)
_EASTERN = re.compile(
    rf"(?:(?:中華)?(?P<era>{'|'.join(calendars.ERAS)})\s?)?(?<!\d)(?P<y>\d{{1,4}}|元)(?:\([^()]{{1,8}}\))?\s?[年년](?:\s?\([^()]{{2,8}}\))?\s?(?P<m>\d{{1,2}})\s?[月월]\s?(?P<d>\d{{1,2}})\s?[日일号號]"
)
_ERA_LETTER = re.compile(
    r"(?<![^\W_])(?P<era>[rhs])\.?(?P<y>\d{1,2})[./](?P<m>\d{1,2})[./](?P<d>\d{1,2})(?![./]?\d)"
)
_VIETNAMESE = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\s+thang\s+(?P<m>\d{1,2})(?:\s*,|\s+nam)?\s+(?P<y>\d{4})(?!\d)"
)
_HAN_DATE = re.compile(
    r"(?:[〇零○一二三四五六七八九]{4}|(?<=[和成昭正治國国])[元一二三四五六七八九十百]{1,6})年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}[日號号]"
)
_HAN_NUMBER = re.compile(r"[〇零○一二三四五六七八九十百]+")
# "9.-10. November", "8 and 9 November": the second day of two
_RANGE_BEFORE = re.compile(
    r"\d\.?\s?-\s?$|(?<!\d)\d{1,2}\.?\s(?:og|och|und|and|et|y|ja|to|til|till|bis|au|al|a|do|-ig)\s$"
)
#: "15:52 - 22/03/2024": a time and its day
_TIME_BEFORE = re.compile(r"\d[:h][0-5]\d\s?-\s?$")
_RANGE_AFTER = re.compile(r"\s?-\s?\d{1,2}(?:\.\s?\d|\.?\s?[^\W\d_]{3}|/\d)")
#: "14:45 Uhr bis 15:45 Uhr", "10.00-11.30", "6:00 p.m. to 7:30 p.m."
_CLOCK_RANGE = re.compile(rf"{clock_times.UNTIL}(?:kl\.?\s?)?\d{{1,2}}(?:[.:h]\d\d|\s?[ap]\.?m)")
_CLOCK_AHEAD = re.compile(r"\d[:.h]\d\d[^\d]{0,30}$")
