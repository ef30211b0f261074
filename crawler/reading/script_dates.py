"""The day that only a page's scripts tell: ``"publishedDate": "2022-06-21"`` in the state of a page that a browser builds.

Asked last of all, where neither the page nor its head tells a day (statements.qld.gov.au and premier.vic.gov.au, 2024).
"""

from __future__ import annotations

import re

from crawler.items import Printed
from crawler.languages import Words
from crawler.reading.date_shapes import find_shapes

#: application states of more characters hold whole archives
MAX_SCRIPT = 400_000
_NAMED = re.compile(
    r"""(?P<key>\b(?:date_?published|publish(?:ed)?_?(?:date|at|on|time)|publication_?date|(?:press_?)?release_?date
    |first_?published(?:_?at)?|issued?_?(?:date|at)|news_?date))\\?["']?\s*[:=]\s*(?:new\s+Date\()?\\?["']
    (?P<value>[^"'<>\\]{8,40})\\?["']""",
    re.IGNORECASE | re.VERBOSE,
)


def script_dates(scripts: tuple[str, ...], words: Words) -> tuple[Printed, ...]:
    """The one publication date that scripts name; nothing where they name several days, as those of a list do."""
    found: dict[tuple[object, ...], Printed] = {}
    for script in scripts:
        if len(script) > MAX_SCRIPT:
            continue
        for match in _NAMED.finditer(script):
            shapes = find_shapes(match["value"], words)
            if len(shapes) == 1 and shapes[0].days:
                found.setdefault(shapes[0].days, Printed(match["value"], f"script:{match['key']}"))
    return tuple(found.values()) if len(found) == 1 else ()
