"""The day that a release's address tells: ``/2022/04/18/``, ``/OTS_20250829_OTS0071``, ``/26102007/``.

Only paths count: query strings carry days of archives and calendars (``?day=2021-06-01``). A year and month are no day.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import unquote, urlsplit

_FOUR_DIGITS = re.compile(r"\d{4}")
_FORMS = (
    re.compile(
        r"(?<!\d)(?P<y>(?:19|20)\d\d)[/_.\-](?P<m>0?[1-9]|1[0-2])(?:-[^\W\d_]+)?[/_.\-](?P<d>[0-2]?\d|3[01])(?!\d)"
    ),
    re.compile(r"(?:^|[/_\-])(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?=[/_.\-]|$)"),
    re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?=[/_.\-]|$)"),
    re.compile(
        r"(?:^|[/_\-])(?P<d>[0-2]\d|3[01])[.\-_](?P<m>0[1-9]|1[0-2])[.\-_](?P<y>(?:19|20)\d\d)(?=[/_.\-]|$)"
    ),
    re.compile(r"(?:^|[/_\-])(?P<d>[0-2]\d|3[01])(?P<m>0[1-9]|1[0-2])(?P<y>(?:19|20)\d\d)(?=[/_.\-]|$)"),
)


def url_date(url: str) -> date | None:
    """The day in the path of ``url``, or None where it tells none or two different ones."""
    try:
        path = urlsplit(url[:2000]).path
    except ValueError:
        return None
    if not _FOUR_DIGITS.search(path):
        return None
    path = unquote(path)
    for form in _FORMS:
        days = {day for match in form.finditer(path) if (day := _day(match))}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
