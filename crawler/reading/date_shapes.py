"""Where a text shows a date, and what it shows: shapes, read from folded text, without deciding what is open.

``find_shapes`` gives every date of a text in order. A numeric one whose order of day and month is open says so:
``Shape.days`` gives its readings, and who knows the newsroom's order chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TypeVar

from crawler.languages import Words, table
from crawler.languages.folding import fold
from crawler.reading import calendars, clock_times
from crawler.reading.clock_times import Clock

V = TypeVar("V")
#: month first: the United States and those that write as they do
MONTH_FIRST = frozenset({"US", "PH", "FM", "PW", "MH", "GU", "PR", "AS", "VI", "MP"})
#: two orders are in use: Canada (both languages), and the English pages of countries that write the year first
UNDECIDED = frozenset({"CA", "JP", "KR", "KP", "CN", "TW", "MN", "HU", "LT", "INT"})


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
    found = sorted((*_numeric(folded, words), *_eastern(folded, words), *_worded(folded, words)), key=_place)
    kept: list[Shape] = []
    for shape in found:
        if not kept or shape.start >= kept[-1].date_end:
            kept.append(shape)
    return tuple(_timed(folded, shape, kept, words) for shape in kept)


def weekday_near(folded: str, shape: Shape, words: Words) -> int | None:
    """The weekday (Monday is 0) printed directly beside a date, or None."""
    around = (
        *_WORD.findall(folded, max(0, shape.start - 18), shape.start)[-2:],
        *_WORD.findall(folded, shape.date_end, shape.date_end + 16)[:1],
    )
    named = [words.weekdays[word] for word in around if word in words.weekdays]
    return named[-1] if named else None


def _place(shape: Shape) -> tuple[int, int]:
    return shape.start, -shape.date_end


def _timed(folded: str, shape: Shape, shapes: list[Shape], words: Words) -> Shape:
    """The shape with the time after it, else the one before it, and whether it is part of a range."""
    follows = clock_times.after(folded, shape.date_end, words)
    ranged = bool(
        _RANGE_BEFORE.search(folded, max(0, shape.start - 8), shape.start)
        or (follows is None and _RANGE_AFTER.match(folded, shape.date_end))
        or (follows and _CLOCK_RANGE.match(folded, follows.end))
    )
    if follows:
        return replace(shape, end=follows.end, clock=follows, range=ranged)
    ahead = clock_times.before(folded, shape.start, words)
    if ahead and not any(other.start <= ahead.end < other.end for other in shapes):
        return replace(shape, start=ahead.end, clock=ahead, range=ranged)
    return replace(shape, range=ranged)


def _numeric(folded: str, words: Words) -> Iterator[Shape]:
    for match in _NUMERIC.finditer(folded):
        if match["y"]:
            days = _day(_year(match["y"], words), match["m"], match["d"])
            yield Shape(match.start(), match.end(), match.end(), days, match["s1"])
        elif match["roc"]:
            if any(tag in words.languages for tag in ("zh",)):
                days = _day(int(match["roc"]) + 1911, match["rm"], match["rd"])
                yield Shape(match.start(), match.end(), match.end(), days, match["s3"])
        else:
            year = _short_year(match["c"]) if len(match["c"]) == 2 else _year(match["c"], words)
            day_first = _day(year, match["b"], match["a"])
            month_first = _day(year, match["a"], match["b"])
            days = tuple(dict.fromkeys((*day_first, *month_first)))
            short = len(match["c"]) == 2
            yield Shape(match.start(), match.end(), match.end(), days, match["s2"], short)


def _eastern(folded: str, words: Words) -> Iterator[Shape]:
    text = _HAN_DATE.sub(_han_digits, folded) if "月" in folded else folded
    for match in _EASTERN.finditer(text):
        year = _eastern_year(match["era"], match["y"], words)
        yield Shape(match.start(), match.end(), match.end(), _day(year, match["m"], match["d"]))
    for match in _VIETNAMESE.finditer(folded):
        yield Shape(
            match.start(),
            match.end(),
            match.end(),
            _day(_year(match["y"], words), match["m"], match["d"]),
        )


def _eastern_year(era: str | None, year: str, words: Words) -> int | None:
    if era:
        return calendars.era_year(era, year)
    if year == "元":
        return None
    # 111年: only Taiwan counts so. Two digits without an era may be 平成, 令和 or a century left out: undecidable
    if len(year) == 3:
        return int(year) + 1911 if "zh" in words.languages else None
    return _year(year, words) if len(year) == 4 else None


def _worded(folded: str, words: Words) -> Iterator[Shape]:
    months = _months(words.languages)
    text = months.joined.sub(_glue, folded) if months.joined else folded
    for match in _WORD.finditer(text):
        month = months.gregorian.get(match[0])
        if month:
            shape = _around(text, match.start(), match.end(), month, words)
        elif months.other and match[0] in months.other:
            shape = _other_calendar(text, match.start(), match.end(), months.other[match[0]])
        else:
            continue
        if shape:
            yield shape


def _around(text: str, start: int, end: int, month: int, words: Words) -> Shape | None:
    """The date around a month's name: ``21 June 2022``, ``June 21, 2022``, ``2022 June 21``, ``2022. gada 21. jūnijs``."""
    lead = _DAY_BEFORE.search(text, max(0, start - 22), start)
    tail = _YEAR_AFTER.match(text, end)
    if lead and tail:
        return _worded_shape((lead.start("d"), tail.end()), tail["y"], month, lead["d"], words)
    full = _DAY_YEAR_AFTER.match(text, end)
    if full:
        return _worded_shape((start, full.end()), full["y"], month, full["d"], words)
    year = _YEAR_BEFORE.search(text, max(0, start - 16), start)
    day = year and _DAY_AFTER.match(text, end)
    if year and day:
        return _worded_shape((year.start("y"), day.end()), year["y"], month, day["d"], words)
    early = _YEAR_DAY_BEFORE.search(text, max(0, start - 26), start)
    if early:
        return _worded_shape((early.start("y"), end), early["y"], month, early["d"], words)
    return None


def _worded_shape(span: tuple[int, int], year: str, month: int, day: str, words: Words) -> Shape | None:
    start, end = span
    full = _short_year(year) if len(year) == 2 else _year(year, words)
    days = _day(full, str(month), day)
    return Shape(start, end, end, days, "", len(year) == 2) if days else None


def _other_calendar(text: str, start: int, end: int, name: tuple[str, int]) -> Shape | None:
    lead, tail = _DAY_BEFORE.search(text, max(0, start - 12), start), _ANY_YEAR_AFTER.match(text, end)
    if not lead or not tail:
        return None
    convert = calendars.jalali if name[0] == "jalali_months" else calendars.hijri
    day = convert(int(tail["y"]), name[1], int(lead["d"]))
    return Shape(lead.start("d"), tail.end(), tail.end(), (day,)) if day else None


def _day(year: int | None, month: str, day: str) -> tuple[date, ...]:
    """The day as a tuple of one, or an empty one if there is no such day."""
    if year is None:
        return ()
    if year < calendars.YEARS.start:
        found = calendars.jalali(year, int(month), int(day))
        return (found,) if found else ()
    try:
        return (date(year, int(month), int(day)),)
    except ValueError:
        return ()


def _year(digits: str, words: Words) -> int | None:
    year = int(digits)
    if "fa" in words.languages and 1300 <= year <= 1480:
        return year
    return calendars.plain_year(year, words.languages)


def _short_year(digits: str) -> int:
    return int(digits) + (2000 if int(digits) < 50 else 1900)


def _han_digits(match: re.Match[str]) -> str:
    """``二〇二二年六月二十一日`` with plain digits, padded to the same length."""
    return _HAN_NUMBER.sub(lambda number: _han_number(number[0]).rjust(len(number[0])), match[0])


def _han_number(text: str) -> str:
    if "十" not in text:
        return "".join(str(_HAN.index(char) % 10) for char in text)
    tens, units = text.split("十", 1)
    return str((_HAN.index(tens) % 10 if tens else 1) * 10 + (_HAN.index(units) % 10 if units else 0))


def _glue(match: re.Match[str]) -> str:
    return match[0].replace(" ", _JOINT).replace(".", _JOINT)


@dataclass(frozen=True, slots=True)
class _Months:
    gregorian: Mapping[str, int]
    other: Mapping[str, tuple[str, int]]
    joined: re.Pattern[str] | None


@cache
def _months(languages: tuple[str, ...]) -> _Months:
    """The month names of some languages; those of several words joined, so that each is one word of the text."""
    from crawler.languages import words

    gregorian = dict(words(languages).months)
    other = {
        fold(name): (section, int(number))
        for code in languages
        for section in ("jalali_months", "hijri_months")
        for number, names in table(code).get(section, {}).items()
        for name in names
    }
    several = sorted(
        {name for name in (*gregorian, *other) if " " in name or "." in name}, key=len, reverse=True
    )
    joined = re.compile("|".join(map(re.escape, several))) if several else None
    return _Months(_joined(gregorian), _joined(other), joined)


def _joined(names: Mapping[str, V]) -> Mapping[str, V]:
    return MappingProxyType(
        {name.replace(" ", _JOINT).replace(".", _JOINT): value for name, value in names.items()}
    )


_JOINT = "\u2040"
_HAN = "〇一二三四五六七八九零○"
_DIGIT = re.compile(r"\d|月")
_WORD = re.compile(r"[^\s\d.,;:|()\[\]/<>\"«»„“”+=_*#&@!?'\-–—]{2,24}")
_NUMERIC = re.compile(
    r"(?<!\d)(?<!\d[.,/:\-])(?:"
    r"(?P<y>\d{4})(?P<s1>[-/.])\s?(?P<m>\d{1,2})(?P=s1)\s?(?P<d>\d{1,2})(?!\d|[/-]\d)"
    r"|(?P<a>\d{1,2})\s?(?P<s2>[-/.])\s?(?P<b>\d{1,2})\s?(?P=s2)\s?"
    r"(?P<c>\d{4}(?=\D|$|\d{1,2}[:.]\d\d)|\d{2}(?!\d))(?![/.]\d|-\d(?!\d?[:.]))"
    r"|(?P<roc>1[01]\d)(?P<s3>[-/.])(?P<rm>\d{1,2})(?P=s3)(?P<rd>\d{1,2})(?![\d/.-]))"
)
_EASTERN = re.compile(
    rf"(?:(?:中華)?(?P<era>{'|'.join(calendars.ERAS)})\s?)?(?<!\d)(?P<y>\d{{1,4}}|元)\s?[年년]\s?(?P<m>\d{{1,2}})\s?[月월]\s?(?P<d>\d{{1,2}})\s?[日일号號]"
)
_VIETNAMESE = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\s+thang\s+(?P<m>\d{1,2})(?:\s*,|\s+nam)?\s+(?P<y>\d{4})(?!\d)"
)
_HAN_DATE = re.compile(
    r"[〇零○一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_HAN_NUMBER = re.compile(r"[〇零○一二三四五六七八九十]+")
_SUFFIX = r"(?:(?:st|nd|rd|th|er|re|eme|[oaeº]|-?го|-?е|:?n|:[ae]|-[aei]n?)(?![^\W\d_]))?"
_LINK = r"(?:(?:de|del|of|di|do|da|dels?|ta|la|den|van|dal)\s+|d'|ta'\s?|t'\s?)"
_DAY_BEFORE = re.compile(rf"(?<!\d)(?<!\d[.,:])(?P<d>\d{{1,2}}){_SUFFIX}\s*[.,\-/]?\s*(?:{_LINK})?$")
_YEAR_AFTER = re.compile(
    rf"\.?\s*[,\-/]?\s*(?:{_LINK})?(?P<y>(?:1[89]|20|2[45])\d\d|(?<=[-/ .])\d\d(?![\d.:hH]|\s?[h:]\d))"
)
_ANY_YEAR_AFTER = re.compile(r"\s*[,/]?\s*(?P<y>1[2345]\d\d)(?!\d)")
_DAY_YEAR_AFTER = re.compile(
    rf"\.?\s*[.\-/]?\s*(?P<d>\d{{1,2}}){_SUFFIX}(?:\s*\.?\s*[bp]\.)?\s*[.,\-/]?\s*(?:{_LINK})?(?P<y>(?:1[89]|20|25)\d\d)(?!\d)"
)
_YEAR_BEFORE = re.compile(
    r"(?<!\d)(?P<y>(?:1[89]|20|25)\d\d)(?:\.|\s?m\.|\s?-?e?ko|\s?ж\.|\s?г\.|,|-|/|년)?\s*$"
)
_DAY_AFTER = re.compile(r"\.?\s*[-/]?\s*(?P<d>\d{1,2})(?!\d|[:.]\d|\s?[h:])")
_YEAR_DAY_BEFORE = re.compile(
    r"(?<!\d)(?P<y>(?:1[89]|20|25)\d\d)(?:\.?\s?gada|\.|\s?ж\.|\s?жылгы|\s?жылғы)\s*(?P<d>\d{1,2})\.?\s?-?\s*$"
)
_RANGE_BEFORE = re.compile(r"\d\.?\s?-\s?$")
_RANGE_AFTER = re.compile(r"\s?-\s?\d{1,2}(?:\.\s?\d|\.?\s?[^\W\d_]{3}|/\d)")
_CLOCK_RANGE = re.compile(r"\s?(?:uhr|h)?\s?-\s?(?:kl\.?\s?)?\d{1,2}[.:]\d\d")
