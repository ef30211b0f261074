"""Dates with a month's name, in any order and language: ``21. kesäkuuta 2022``, ``Okt 27, 2010``, ``2022. gada 21. jūnijs``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TypeVar

from crawler.languages import Words, table
from crawler.languages import words as words_of
from crawler.languages.folding import fold
from crawler.reading import calendars

V = TypeVar("V")
#: words of a text, in any script: what no digit, space or punctuation divides
WORD = re.compile(r"[^\s\d.,;:\u060c\u061b|()\[\]/<>\"«»„“”+=_*#&@!?'\-–—]{2,24}")


@dataclass(frozen=True, slots=True)
class Worded:
    """A date with a month's name: its span, its day, and whether its year has two digits."""

    start: int
    end: int
    days: tuple[date, ...]
    short: bool = False


def find_worded(folded: str, words: Words) -> Iterator[Worded]:
    """Every date with a month's name in a folded text, in order."""
    months = _months(words.languages)
    text = months.joined.sub(_glue, folded) if months.joined else folded
    if months.names.isdisjoint(WORD.findall(text)):
        return
    for match in WORD.finditer(text):
        month = months.gregorian.get(match[0])
        if month:
            shape = _around(text, match.start(), _named_again(text, match.end(), month, months), month, words)
            if shape and shape.short and _THAI.match(match[0]):
                # "12 พ.ค. 68" is the Buddhist year 2568
                shape = _in_buddhist_century(shape)
        elif months.other and match[0] in months.other:
            shape = _other_calendar(text, match.start(), match.end(), months.other[match[0]])
        else:
            continue
        if shape:
            yield shape


def _named_again(text: str, end: int, month: int, months: _Months) -> int:
    """Where a month ends that is named twice, as in the Levant and at the United Nations: ``آذار/مارس``, ``آذار (مارس)``."""
    again = _AGAIN.match(text, end)
    return again.end() if again and months.gregorian.get(again["month"]) == month else end


def _around(text: str, start: int, end: int, month: int, words: Words) -> Worded | None:
    """The date around a month's name: ``21 June 2022``, ``June 21, 2022``, ``2022 June 21``, ``2022. gada 21. jūnijs``."""
    lead = _DAY_BEFORE.search(text, max(0, start - 22), start)
    tail = _YEAR_AFTER.match(text, end)
    if lead and tail:
        return _worded((lead.start("d"), tail.end()), tail["y"], month, lead["d"], words)
    full = _DAY_YEAR_AFTER.match(text, end)
    if full:
        return _worded((start, full.end()), full["y"], month, full["d"], words)
    year = _YEAR_BEFORE.search(text, max(0, start - 16), start)
    day = year and _DAY_AFTER.match(text, end)
    if year and day:
        return _worded((year.start("y"), day.end()), year["y"], month, day["d"], words)
    early = _YEAR_DAY_BEFORE.search(text, max(0, start - 26), start)
    if early:
        return _worded((early.start("y"), end), early["y"], month, early["d"], words)
    return None


def _worded(span: tuple[int, int], year: str, month: int, day: str, words: Words) -> Worded | None:
    digits = year.lstrip("'")
    days = calendars.days_of(calendars.year_of(digits, words.languages), month, day)
    return Worded(*span, days, len(digits) == 2) if days else None


def _in_buddhist_century(shape: Worded) -> Worded | None:
    days = (
        day.replace(year=2500 + day.year % 100 - 543) for day in shape.days if (day.month, day.day) != (2, 29)
    )
    return Worded(shape.start, shape.end, tuple(days), short=True)


def _other_calendar(text: str, start: int, end: int, name: tuple[str, int]) -> Worded | None:
    lead, tail = _DAY_BEFORE.search(text, max(0, start - 12), start), _ANY_YEAR_AFTER.match(text, end)
    if not lead or not tail:
        return None
    convert = calendars.jalali if name[0] == "jalali_months" else calendars.hijri
    day = convert(int(tail["y"]), name[1], int(lead["d"]))
    return Worded(lead.start("d"), tail.end(), (day,)) if day else None


def _glue(match: re.Match[str]) -> str:
    return match[0].replace(" ", _JOINT).replace(".", _JOINT)


@dataclass(frozen=True, slots=True)
class _Months:
    gregorian: Mapping[str, int]
    other: Mapping[str, tuple[str, int]]
    joined: re.Pattern[str] | None
    names: frozenset[str]  # of both


@cache
def _months(languages: tuple[str, ...]) -> _Months:
    """The month names of some languages; those of several words joined, so that each is one word of the text."""
    gregorian = dict(words_of(languages).months)
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
    months, others = _joined(gregorian), _joined(other)
    return _Months(months, others, joined, frozenset((*months, *others)))


def _joined(names: Mapping[str, V]) -> Mapping[str, V]:
    return MappingProxyType(
        {name.replace(" ", _JOINT).replace(".", _JOINT): value for name, value in names.items()}
    )


_AGAIN = re.compile(r"\s?[/(]\s?(?P<month>[^\W\d_]{2,12})\)?")
_THAI = re.compile("[\u0e00-\u0e7f]")
_JOINT = "\u2040"
_SUFFIX = r"(?:(?:st|nd|rd|th|er|re|eme|[oaeuº]|-?го|-?е|:?n|:[ae]|-[aei]n?)(?![^\W\d_]))?"
_LINK = r"(?:(?:ค\.ศ\.|พ\.ศ\.)\s*|(?:de|del|of|di|do|da|dels?|ta|la|den|van|dal|ng)\s+|d'|ta'\s?|t'\s?)"
_DAY_BEFORE = re.compile(rf"(?<!\d)(?<!\d[.,:])(?P<d>\d{{1,2}}){_SUFFIX}\s*[.,\-/]?\s*(?:{_LINK})?$")
# two digits are a year only where nothing else can follow: "21-Jun-22", "21 June '22", "21 June 22" at the end
_YEAR_AFTER = re.compile(
    rf"\.?\s*[,،\-/]?\s*(?:{_LINK})?(?P<y>(?:1[89]|20|2[45])\d\d|'\d\d(?!\d)|(?<=[-/. ])\d\d(?=\s*(?:$|[,|)]|\d\d[:.]\d\d(?!\d))))"
)
_ANY_YEAR_AFTER = re.compile(r"\s*[,/]?\s*(?P<y>1[2345]\d\d)(?!\d)")
_DAY_YEAR_AFTER = re.compile(
    rf"\.?\s*[.\-/]?\s*(?P<d>\d{{1,2}}){_SUFFIX}(?:\s*\.?\s*[bp]\.)?\s*[.,\-/]?\s*(?:{_LINK})?(?P<y>(?:1[89]|20|25)\d\d)(?!\d(?!\d[:.]\d))"
)
_YEAR_BEFORE = re.compile(
    r"(?<!\d)(?P<y>(?:1[89]|20|25)\d\d)(?:\.|\s?m\.|\s?-?e?ko|\(e\)ko|\s?թ\.|\s?ж\.|\s?г\.|,|-|/|년)?\s*$"
)
_DAY_AFTER = re.compile(r"\.?\s*[-/]?\s*(?P<d>\d{1,2})(?!\d|[:.]\d|\s?[h:])\.?")
_YEAR_DAY_BEFORE = re.compile(
    r"(?<!\d)(?P<y>(?:1[89]|20|25)\d\d)(?:\.?\s?gada|\.|\s?ж\.|\s?жылгы|\s?жылғы|-?c[iu]\s?il(?:in)?|\s?წლის)\s*(?P<d>\d{1,2})\.?\s?-?\s*$"
)
