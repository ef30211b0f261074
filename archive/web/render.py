"""Templates and how values look on a page. Text is escaped by the templates; markup comes only from ``safe_html``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import nh3
from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape

from archive.snippets import Part

#: our pages need no script, no frame and nothing from elsewhere
OURS = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}
TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "dl", "dt", "em", "h2", "h3", "h4",
    "h5", "h6", "hr", "i", "ins", "li", "ol", "p", "pre", "q", "s", "small", "strong", "sub", "sup", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
MONTHS = "January February March April May June July August September October November December".split()


def safe_html(text: str) -> Markup:
    """Archived markup that can only be read: no images, scripts, styles, forms or ids, links without a referrer."""
    cleaned = nh3.clean(
        text,
        tags=TAGS,
        attributes={"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(cleaned)  # noqa: S704 - cleaned on the line above


def marked(parts: Iterable[Part]) -> Markup:
    """A passage with ``<mark>`` around what was found, escaped. A paragraph's end is a line's end, any other white space a space."""
    joined = Markup("").join(
        Markup("<mark>{}</mark>").format(part.text) if part.found else escape(part.text) for part in parts
    )
    lines = (Markup(" ").join(line.split()) for line in joined.split("\n\n"))
    return Markup("\n").join(line for line in lines if line)


def told(value: str | None) -> str:
    """``2022-06-21T11:43:00+03:00`` → ``21 June 2022, 11:43``; a day stays a day."""
    if not value:
        return "no date"
    at = datetime.fromisoformat(value)
    date = f"{at.day} {MONTHS[at.month - 1]} {at.year}"
    return date if len(value) == 10 else f"{date}, {at:%H:%M}"


def moment(at: datetime) -> str:
    """A time of ours, in UTC."""
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}, {at:%H:%M} UTC"


def direction(language: str | None) -> str:
    """``rtl`` for a language written from right to left."""
    return "rtl" if (language or "").split("-")[0] in RIGHT_TO_LEFT else "ltr"


def safe_link(url: str | None) -> str | None:
    """The address where it is one that a reader may follow; None for ``javascript:`` and its kind."""
    return url if url and url.strip().lower().startswith(("https://", "http://")) else None


def paragraphs(text: str) -> list[str]:
    """The text's paragraphs."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def page(template: str, **values: Any) -> str:
    """A page as HTML."""
    return _ENVIRONMENT.get_template(template).render(**values)


def _environment() -> Environment:
    # "pages": a folder "templates" beside a plugin's module Datasette takes for its own pages' templates, from Python 3.12
    # on, where a module has resources (seen with 0.65.5 on 3.13.0, 2026-11-24)
    made = Environment(
        loader=PackageLoader("archive.web", "pages"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {
        "marked": marked, "told": told, "moment": moment, "dir": direction, "safe_html": safe_html,
        "safe_link": safe_link, "paragraphs": paragraphs, "words": lambda text: str(text).replace("_", " "),
    }  # fmt: skip
    return made


_ENVIRONMENT = _environment()
