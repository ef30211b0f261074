"""What the walk does with each element, by its name."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

#: what wraps other elements and may be nested without end
WRAPPER = re.compile(
    rb"</?(?:div|span|font|b|i|u|em|strong|center|section|article|main|ul|ol|li|dl|dd|blockquote|table|tbody|tr|td|small|big|a|p)\b[^>]{0,2000}>",
    re.IGNORECASE,
)
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
#: ``<font size>`` that is larger than the text
LARGE = frozenset(("4", "5", "6", "7", "+1", "+2", "+3", "+4"))
#: attributes that few elements have
RARE = frozenset(("style", "hidden", "itemprop", "property", "data-cfemail"))
#: attributes that say something of the place by themselves
TELLING = RARE | {"class", "id", "role"}
#: elements that say what part of the page the lines inside them are
PLACING = frozenset(
    "aside main article figcaption li blockquote noscript address dialog header footer".split()
)
#: elements that say something of the shape of their lines
SHAPING = frozenset("td th tr pre h1 h2 h3 h4 h5 h6".split())
#: elements that stand on lines of their own
BLOCKS = (
    "address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset h1 h2 "
    "h3 h4 h5 h6 header hgroup hr legend li main menu nav noframes noscript ol optgroup p pre search section summary table tbody td tfoot th "
    "thead tr ul"
).split()
#: elements whose inside no reader reads
SKIPPED = "style svg template iframe object embed canvas audio video select datalist textarea math applet map rp rt".split()
#: inputs that ask a reader nothing
_UNASKED = frozenset(("hidden", "button", "submit", "image", "reset"))
#: a path to the page has fewer links than this, a menu has more
_MENU = 12


def is_menu(element: Any) -> bool:
    """Whether an element that calls itself navigation holds more links than a path has, and no text or heading."""
    more = next(islice(element.iter("a"), _MENU, None), None)
    return more is not None and next(element.iter("h1", "article", "time", "main"), None) is None


def asks(form: Any) -> bool:
    """Whether a ``<form>`` has a field to fill in: boards wrap whole pages into forms of hidden keys and buttons."""
    return any(
        field.tag != "input" or field.get("type", "text").lower() not in _UNASKED
        for field in form.iter("input", "textarea", "select")
    )


def is_path(attributes: list[tuple[str, str]]) -> bool:
    """Whether a ``<nav>`` says that it is the path to the page: "breadcrumb"."""
    return any("crumb" in value.lower() for name, value in attributes if name in {"class", "aria-label"})
