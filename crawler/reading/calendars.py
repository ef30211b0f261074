"""Years of other calendars as Gregorian ones: Japanese and Chinese eras, Buddhist, Jalali and Hijri years.

A calendar is only assumed where the page says so: an era's name, a month's name, or a year that the page's
language can't mean otherwise.
"""

from __future__ import annotations

from datetime import date

#: year before the era's first: 令和元年 is 2019. 明治 ended in 1912, which is as far back as releases go
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
ERA_LETTERS = {"r": "令和", "h": "平成", "s": "昭和"}
#: the years that a release's date may have; a year outside is a number of another kind, or another calendar's
YEARS = range(1800, 2050)


def era_year(era: str, year: str) -> int:
    """The Gregorian year of a year in an era; ``元`` is its first."""
    return ERAS[era] + (1 if year == "元" else int(year))


def plain_year(year: int, languages: tuple[str, ...]) -> int | None:
    """``year`` as a Gregorian year, a Buddhist one of a Thai page included; None where it can't be one."""
    if year in YEARS:
        return year
    if "th" in languages and year - 543 in YEARS:
        return year - 543
    return None


def year_of(digits: str, languages: tuple[str, ...]) -> int | None:
    """The year that printed digits mean on a page in these languages; a Jalali year stays one (see ``days_of``)."""
    year = int(digits)
    if len(digits) == 2:
        return year + (2000 if year < 50 else 1900)
    if "fa" in languages and 1300 <= year <= 1480:
        return year
    return plain_year(year, languages)


def days_of(year: int | None, month: str | int, day: str) -> tuple[date, ...]:
    """The day as a tuple of one, or an empty one if there is no such day."""
    if year is None:
        return ()
    if year < YEARS.start:
        found = jalali(year, int(month), int(day))
        return (found,) if found else ()
    try:
        return (date(year, int(month), int(day)),)
    except ValueError:
        return ()


def jalali(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a day in Iran's solar calendar; None if there is no such day. 1400-01-01 is 2021-03-21."""
    from convertdate import persian

    if not (1200 <= year <= 1480 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    if day > persian.month_length(year, month):
        return None
    return date(*persian.to_gregorian(year, month, day))


def hijri(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a day in the Umm al-Qura calendar; None outside its table (1343 to 1500)."""
    from hijridate import Hijri

    try:
        return Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
