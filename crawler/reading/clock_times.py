"""Clock times beside a date, in the forms of ``field-notes/variety.md`` §1.2, read from folded text.

A time counts only directly after its date, or directly before it where nothing follows: ``21.6.2022 11.43``,
``kl 1130``, ``11h30``, ``16時31分``, ``下午3:45``, ``23.54 - giovedì 15 giugno 2023``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from crawler.languages import Words

#: zone words and the zone whose clock they mean. They are checked against the newsroom's zone, never trusted before
#: it: EET is printed for winter and summer, ET needs the day to become -04:00 or -05:00.
ZONES = {
    "eet": "Europe/Helsinki", "eest": "Europe/Helsinki", "cet": "Europe/Berlin", "cest": "Europe/Berlin", "mez": "Europe/Berlin",
    "mesz": "Europe/Berlin", "wet": "Europe/Lisbon", "west": "Europe/Lisbon", "bst": "Europe/London", "msk": "Europe/Moscow",
    "et": "America/New_York", "est": "America/New_York", "edt": "America/New_York", "hae": "America/Toronto", "hne": "America/Toronto",
    "he": "America/Toronto", "ct": "America/Chicago", "cdt": "America/Chicago", "mt": "America/Denver", "mst": "America/Denver",
    "mdt": "America/Denver", "pt": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "haa": "America/Halifax", "hna": "America/Halifax", "adt": "America/Halifax", "hat": "America/St_Johns", "hnt": "America/St_Johns",
    "jst": "Asia/Tokyo", "kst": "Asia/Seoul", "sgt": "Asia/Singapore", "hkt": "Asia/Hong_Kong", "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney", "awst": "Australia/Perth", "acst": "Australia/Adelaide", "nzst": "Pacific/Auckland", "nzdt": "Pacific/Auckland",
    "wib": "Asia/Jakarta", "sast": "Africa/Johannesburg", "eat": "Africa/Nairobi", "trt": "Europe/Istanbul",
    "finsk tid": "Europe/Helsinki", "utc": "UTC", "gmt": "UTC", "z": "UTC",
}  # fmt: skip
_PM = frozenset("pm p.m. 午後 下午 오후 晚上 晚间 晚間 中午".split())
_CJK_HALF_DAY = "午前|午後|上午|下午|오전|오후|早上|凌晨|晚上|晚间|晚間|中午"
#: what joins the first hour of an event to its last: "14:45 Uhr bis 15:45 Uhr", "10.00-11.30"
UNTIL = r"\s?(?:uhr|h|hrs)?\s?(?:-|(?:bis|to|until|till|til|klo|tot|do|до|alle|ate|hasta|a|as|jusqu'a)\s)\s?"
_HOUR = r"\d{1,2}(?:[:.h]\d\d|\s?[ap]\.?m)"
#: a span of hours, folded: it tells when something takes place
SPAN = re.compile(rf"(?<![\d.:/-])\d{{1,2}}[:.h]\d\d(?:\s?[ap]\.?m\.?)?{UNTIL}(?:kl\.?\s?)?{_HOUR}(?![\d.])")
_CLOCK = r"(?P<h>[01]?\d|2[0-4])(?:[:.]|[ ]?h[ ]?|[ ]?u[ ](?=\d))(?P<m>[0-5]\d)(?:[:.](?P<s>[0-5]\d)(?:[.,]\d{1,9})?)?(?!\d|\.\d)"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as printed: ``zone`` is a word of ``ZONES`` or an offset like ``+03:00``, or None."""

    hour: int
    minute: int
    second: int | None
    zone: str | None
    end: int


def after(folded: str, end: int, words: Words) -> Clock | None:
    """The time that follows a date ending at ``end``, or None; ``Clock.end`` is where it ends."""
    match = _after(
        words.languages, words.dates.clock, words.dates.am, words.dates.pm, tuple(words.weekdays)
    ).match(folded, end)
    return _clock(match, words) if match else None


def before(folded: str, start: int, words: Words) -> Clock | None:
    """The time that ends where a date starting at ``start`` begins, or None; ``Clock.end`` is where it begins."""
    head = folded[max(0, start - 48) : start]
    match = _before(words.languages, tuple(words.weekdays)).search(head)
    if match is None:
        return None
    clock = _clock(match, words)
    return clock and Clock(clock.hour, clock.minute, clock.second, None, start - len(head) + match.start())


def _clock(match: re.Match[str], words: Words) -> Clock | None:
    parts = match.groupdict()
    half = parts.get("ap") or parts.get("ap4") or parts.get("half_day")
    hour, minute, second = _numbers(parts)
    if half in words.dates.pm or half in _PM:
        hour = hour if hour >= 12 else hour + 12
    elif half and hour == 12:
        hour = 0
    if hour == 24 or hour > 23 or minute > 59:
        return None
    hours = parts.get("hours")  # "GMT+7"
    offset = f"{hours[0]}{hours[1:].zfill(2)}:00" if hours else parts.get("offset")
    return Clock(hour, minute, second, offset or parts.get("zone"), match.end())


def _numbers(parts: dict[str, str | None]) -> tuple[int, int, int | None]:
    for hour, minute in (("h", "m"), ("h2", "m2"), ("h3", "m3")):
        if parts.get(hour):
            seconds = parts.get("s") if hour == "h" else None
            return int(parts[hour] or 0), int(parts.get(minute) or 0), int(seconds) if seconds else None
    digits = parts.get("compact") or parts.get("compact_after")
    if digits:
        return int(digits[:-2]), int(digits[-2:]), None
    half_past = 30 if parts.get("half") else 0
    return int(parts.get("h4") or parts.get("h5") or 99), half_past, None


@cache
def _after(
    languages: tuple[str, ...],
    clocks: tuple[str, ...],
    am: tuple[str, ...],
    pm: tuple[str, ...],
    weekdays: tuple[str, ...],
) -> re.Pattern[str]:
    """One expression for the time after a date, for the words of one set of languages."""
    clock = _alternatives((*clocks, "at", "kl", "kl."))
    halves = _alternatives((*am, *pm, "am", "pm", "a.m.", "p.m."))
    days = _alternatives(tuple(day for day in weekdays if len(day) > 1))
    forms = (
        rf"{_CLOCK}(?:\s?(?:uhr\b|[hu]\b|น))?(?:\s?(?P<ap>{halves})(?![^\W\d_]))?",
        r"(?P<h3>\d{1,2})\s?[時时시点點]\s?(?:(?P<m3>\d{1,2})\s?[分분])?(?P<half>半)?",
        rf"(?P<h4>\d{{1,2}})\s?(?P<ap4>{halves})(?![^\W\d_])",
        r"(?P<compact>[012]\d[0-5]\d)\s?(?:uhr\b|h(?![^\W_]))",
        r"(?P<h5>[01]?\d|2[0-3])\s?(?:h(?![^\W_])|uhr\b)",
    )
    return re.compile(
        r"\.?(?:\s?(?:року|рік|года|год\.|г\.|р\.|r\.|roku|godine|god\.|година|године|gada|d\.|ж\.|թ\.|ء|م)(?![^\W\d_]))?\.?"
        rf"(?:\s?,?\s?(?:{days})(?![^\W\d_])\.?)?"
        r"(?:t(?=\d)|[\s,;|•·@\-/]{0,9}(?:\([^()\d]{1,14}\)|\[[^\[\]\d]{1,14}\])?[\s,;|•·@(\[\-]{0,6})"
        rf"(?:(?:{clock})[.:]?\s*(?P<compact_after>[012]\d[0-5]\d)(?![\d.])"
        rf"|(?:(?:{clock})[.:]?\s*)?(?:(?P<half_day>{_CJK_HALF_DAY}|{halves})\s*)?(?:{'|'.join(forms)}))"
        r"(?!\s?(?:[%€$£]|mi[ol]l|bill|mrd|mio))"
        rf"(?:\s?\(?(?P<zone>{_alternatives(tuple(ZONES))})(?![^\W\d_])|\s?(?:eet|eest)(?=tiedote|press))?"
        r"(?:(?<=[\dzct])\s?(?P<offset>[+-]\d\d:?\d\d)(?!\d)|(?:(?<=gmt)|(?<=utc))\s?(?P<hours>[+-]\d{1,2})(?![\d:]))?"
    )


@cache
def _before(languages: tuple[str, ...], weekdays: tuple[str, ...]) -> re.Pattern[str]:
    days = _alternatives(weekdays)
    return re.compile(
        rf"(?<![\d.,:/\-])(?:{_CLOCK})\s*(?:uhr|h)?[\s,|•\-]*(?:(?:{days})[.,]?\s*)?(?:d\.|den|le|de|el|il|am|on|ngay|,)?\s*$"
    )


def _alternatives(phrases: tuple[str, ...]) -> str:
    ordered = sorted(set(phrases), key=len, reverse=True)
    return "|".join(re.escape(phrase) for phrase in ordered) or r"(?!)"
