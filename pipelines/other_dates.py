"""dateparser, asked as strictly as it can be: its languages named, every part required, nothing relative to now."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from crawler.languages import ALIASES

_ORDERS = {"dmy": "DMY", "mdy": "MDY", "ymd": "YMD"}
#: without four digits for a year, in any script, dateparser would have to guess one
_YEAR = re.compile(r"\d{4}")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")


def parse_other(text: str, languages: tuple[str, ...], order: str | None) -> date | None:
    """The day that dateparser reads in ``text``, or None. Texts without a full year are not asked for."""
    if len(text) > 80 or not _YEAR.search(text) or not _DAY.search(text):
        return None
    import dateparser

    settings = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "DATE_ORDER": _ORDERS.get(order or "", "DMY"),
        "RETURN_AS_TIMEZONE_AWARE": False,
        # a fixed base: what is missing must never come from the clock
        "RELATIVE_BASE": datetime(1900, 1, 1),  # noqa: DTZ001
    }
    try:
        found = dateparser.parse(text, languages=_codes(languages), settings=settings)
    except (ValueError, OverflowError, RecursionError):
        return None
    return found.date() if found and str(found.year) in text else None


@lru_cache(maxsize=256)
def _codes(languages: tuple[str, ...]) -> list[str]:
    from dateparser.data.languages_info import language_order

    bases = [tag.replace("_", "-").split("-")[0].lower() for tag in languages]
    wanted = [code for base in bases for code in ALIASES.get(base, (base,))]
    return [code for code in dict.fromkeys((*wanted, "en")) if code in language_order]
