"""Which links of a listing are releases, where its entry does not say: rows of one make, each with a day.

Links of one make stand in the same elements. A row is the largest part of the page in which no make leads to two
addresses; of the links in one row, those of the make with the longest titles name it, the others tell its kind,
topic or ministry. A make most of whose rows print a day is releases. Where no row prints a day, links that lead
deeper into the site, or long titles of one make, are taken: what is no release is refused when it is read, what is
not taken is missed for good.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from crawler.sources.found import absolute

#: parts of a page that hold no releases, whatever they link; a form may hold the whole page (ASP.NET, SharePoint)
_CLUTTER = frozenset(("nav", "footer", "aside"))
_CONTENT = frozenset(("main", "article", "li", "section", "tr"))
_LETTERS = re.compile(r"[^\W\d_]{2}")
_WHITE = re.compile(r"\s+")
#: a make of links is releases if this share of its rows prints a day
_DATED = 0.5
#: without days: so many titles, so long on average; Chinese and Korean say as much in a third of the characters
_MANY, _LONG = 5, 24
#: shorter links tell the kind, topic or ministry of a release
_WORD = 16
_DIGITS = re.compile(r"\d+")
_STRIPES = ("odd", "even", "first", "last", "alt", "active")
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af]")
#: a day above a list of releases, or in the cell before one, stands in a short line so near
_LINE, _LEVELS, _SIBLINGS = 60, 3, 60


@dataclass(frozen=True, slots=True)
class Row:
    """A link that may be a release: its address, title, and the day printed with it."""

    address: str
    title: str
    day: date | None
    printed: str | None


@dataclass(slots=True)
class _Link:
    element: Any
    address: str
    title: str
    make: tuple[str, ...]


def release_rows(
    root: Any, url: str, base: str, day_of: Callable[[str], date | None], *, every: bool = False
) -> list[Row]:
    """The rows of the listing at ``url`` (its lxml tree, links relative to ``base``), in the order of the page.

    ``day_of`` reads the day that a text prints, or None. ``every`` takes all links of the page's own content: who
    asks knows better which of them are releases.
    """
    links = list(_links(root, url, base))
    crowded = _crowded(links)
    around = {id(link): _row(link, crowded) for link in links}
    links = _naming(links, around)
    linked = frozenset(part for link in links for part in (link.element, *link.element.iterancestors()))
    rows, makes = [], defaultdict(list)
    for link in links:
        rows.append(_read(link, around[id(link)], linked, day_of))
        makes[link.make].append(rows[-1])
    if every:
        return _merged(rows)
    chosen = {row.address for row in _releases(rows, list(makes.values()), url)}
    return [row for row in _merged(rows) if row.address in chosen]


def _releases(rows: list[Row], makes: list[list[Row]], url: str) -> list[Row]:
    dated = [row for make in makes if _share_dated(make) >= _DATED for row in make]
    if len({row.address for row in dated}) > 1:
        return dated
    deeper = [row for row in rows if _is_deeper(row.address, url)]
    return deeper or [row for make in makes if _has_titles(make) for row in make]


def _links(root: Any, url: str, base: str) -> Iterator[_Link]:
    """Links of the page's own content to other pages of the same site."""
    here = urlsplit(url)
    for element in root.iter("a"):
        address = absolute(base, element.get("href") or "")
        there = urlsplit(address or "")
        if address is None or _host(there.hostname) != _host(here.hostname) or address == url:
            continue
        if (there.path.rstrip("/"), there.query) == (here.path.rstrip("/"), ""):
            continue
        title = _text(element) or element.get("title") or ""
        if _LETTERS.search(title) and not _is_clutter(element):
            yield _Link(element, address, title, _make(element))


def _host(name: str | None) -> str:
    return (name or "").removeprefix("www.")


def _is_clutter(element: Any) -> bool:
    """Whether it stands in a menu or footer; in a header, too, unless that is a row's own."""
    for around in element.iterancestors():
        if around.tag in _CLUTTER:
            return True
        if around.tag == "header":
            return not any(outer.tag in _CONTENT for outer in around.iterancestors())
    return False


def _make(element: Any) -> tuple[str, ...]:
    """The elements around a link by name, the nearest ones by class, too; numbers and zebra stripes left out."""
    around = list(element.iterancestors())
    near = (f"{one.tag}.{' '.join(_plain_names(one))}" for one in around[:2])
    return (*near, *(str(one.tag) for one in around[2:]))


def _plain_names(element: Any) -> list[str]:
    names = _DIGITS.sub("", element.get("class") or "").split()
    return [name for name in names if not name.endswith(_STRIPES)]


def _lengths(links: list[_Link]) -> dict[tuple[str, ...], float]:
    """Make → the mean length of its titles."""
    titles: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for link in links:
        titles[link.make].append(_length(link.title))
    return {make: sum(lengths) / len(lengths) for make, lengths in titles.items()}


def _crowded(links: list[_Link]) -> frozenset[Any]:
    """The elements in which a make leads to two addresses; links of a word or two beside long ones don't count."""
    lengths = _lengths(links)
    least = min(_WORD, max(lengths.values(), default=0) / 2)
    found: dict[Any, dict[tuple[str, ...], str]] = defaultdict(dict)
    crowded = set()
    for link in links:
        if lengths[link.make] < least:
            continue
        for around in link.element.iterancestors():
            if found[around].setdefault(link.make, link.address) != link.address:
                crowded.add(around)
    return frozenset(crowded)


def _row(link: _Link, crowded: frozenset[Any]) -> Any:
    element = link.element
    for around in link.element.iterancestors():
        if around.tag == "body" or around in crowded:
            break
        element = around
    return element


def _naming(links: list[_Link], around: dict[int, Any]) -> list[_Link]:
    """The links that name their row: those of its make with the longest titles, and others to the same address."""
    lengths = _lengths(links)
    names: dict[Any, _Link] = {}
    for link in links:
        row = around[id(link)]
        known = names.get(row)
        if known is None or lengths[link.make] > lengths[known.make]:
            names[row] = link
    return [link for link in links if names[around[id(link)]].address == link.address]


def _read(link: _Link, element: Any, linked: frozenset[Any], day_of: Callable[[str], date | None]) -> Row:
    stamp = next((time.get("datetime") for time in element.iter("time") if time.get("datetime")), None)
    for text in filter(None, (stamp, *_texts(element, linked))):
        day = day_of(text)
        if day:
            return Row(link.address, link.title, day, text if len(text) <= _LINE else None)
    return Row(link.address, link.title, None, None)


def _texts(element: Any, linked: frozenset[Any]) -> Iterator[str]:
    """The row's own text, then the nearest short line without links above it, level by level: a cell, a ``dt``, the
    heading of a day over several rows."""
    yield _text(element)
    for _ in range(_LEVELS):
        for above in islice(element.itersiblings(preceding=True), _SIBLINGS):
            text = "" if above in linked or not isinstance(above.tag, str) else _text(above)
            if text and len(text) <= _LINE:
                yield text
                break
        element = element.getparent()
        if element is None or element.tag == "body":
            return


def _text(element: Any) -> str:
    return _WHITE.sub(" ", " ".join(element.itertext(with_tail=False))).strip()


def _share_dated(rows: list[Row]) -> float:
    return sum(row.day is not None for row in rows) / len(rows)


def _is_deeper(address: str, url: str) -> bool:
    """Whether it looks like a page below a listing: a longer path whose last part is a name, not a section."""
    path, listing = urlsplit(address).path, urlsplit(url).path
    last = path.rstrip("/").rsplit("/", 1)[-1]
    below = path.startswith(listing.rstrip("/") + "/") and "." not in last.removesuffix(".html")
    return below or last.count("-") >= 2


def _has_titles(rows: list[Row]) -> bool:
    titles = {row.address: row.title for row in rows}
    return len(titles) >= _MANY and sum(map(_length, titles.values())) >= _LONG * len(titles)


def _length(title: str) -> int:
    return len(title) + 2 * len(_WIDE.findall(title))


def _merged(rows: list[Row]) -> list[Row]:
    """Each address once, with the longest title and the first day that its rows have."""
    merged: dict[str, Row] = {}
    for row in rows:
        known = merged.setdefault(row.address, row)
        dated = known if known.day else row
        title = max(known.title, row.title, key=len)
        merged[row.address] = Row(row.address, title, dated.day, dated.printed)
    return list(merged.values())
