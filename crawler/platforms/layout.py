"""What a platform knows: layouts, each with the places where one template of its release pages keeps each field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

import msgspec
from cssselect import HTMLTranslator, SelectorError
from lxml import etree

from crawler.items import Printed

if TYPE_CHECKING:  # reading imports layouts: at run time a layout needs nothing of it
    from crawler.reading.page import Page

#: the fields that a layout may know a place for; ``drop`` is what stands inside the body and is no part of it
FIELDS = (
    "headline", "subheadline", "published", "modified", "type_label", "byline", "number", "body", "contacts",
    "attachments", "topics", "drop",
)  # fmt: skip
_DATES = frozenset(("published", "modified"))
#: places repeat where a template lists values (several ministries): no more than these are read
_MAX = 8


class Marker(msgspec.Struct, frozen=True, kw_only=True):
    """How a page's own content tells its layout. Every condition that is given must hold.

    ``generator`` stands in the generator meta element. ``every`` and ``some`` are class names and ids
    (``#main``); ``meta`` are names of meta elements, any of them.
    """

    generator: str = ""
    every: frozenset[str] = frozenset()
    some: frozenset[str] = frozenset()
    meta: frozenset[str] = frozenset()

    def evidence(self, page: Page, names: frozenset[str]) -> str | None:
        """What of ``page`` (and of its ``class_names``) fits, or None where the layout is another one."""
        seen: list[str] = []
        if self.generator:
            if self.generator not in (page.meta("generator") or "").lower():
                return None
            seen.append(f"generator {self.generator}")
        if self.meta:
            found = sorted(name for name in self.meta if name in page.metas)
            if not found:
                return None
            seen.append(f"meta {found[0]}")
        if self.every or self.some:
            some = sorted(self.some & names)
            if not self.every <= names or (self.some and not some):
                return None
            seen += [*sorted(self.every), *some[:1]]
        return ", ".join(seen) or None


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """One template of release pages during some years. ``since`` is the first year it was seen in.

    ``places`` maps a field to CSS selectors, the best first. A place says where a value stands, never what it is:
    the readings check what they find there like any other candidate.
    """

    name: str
    platform: str
    since: int
    marker: Marker
    places: dict[str, tuple[str, ...]] = {}

    def elements(self, page: Page, field: str) -> list[tuple[Any, str]]:
        """The elements at the first place of ``field`` that holds any, each with its evidence."""
        if page.root is None:
            return []
        for selector in self.places.get(field, ()):
            found = _find(page, selector)
            if found:
                return [(element, f"layout:{selector}") for element in found[:_MAX]]
        return []

    def printed(self, page: Page, field: str) -> tuple[Printed, ...]:
        """The texts at the places of ``field``, empty ones left out, equal ones once, best place first.

        A selector that names an attribute (``time::attr(datetime)``) gives the attribute's value. A date beside a link
        in an entry of a list is another page's.
        """
        if page.root is None:
            return ()
        first: dict[str, Printed] = {}
        for selector in self.places.get(field, ()):
            for text in _texts(page, selector, entries=field not in _DATES):
                first.setdefault(text, Printed(text, f"layout:{selector}"))
        return tuple(first.values())


def check_selector(selector: str) -> None:
    """Raise ``ValueError`` with the reason for a selector that can't be used."""
    _select(selector.partition("::attr(")[0])


def _texts(page: Page, selector: str, *, entries: bool) -> Iterator[str]:
    path, _, attribute = selector.partition("::attr(")
    found = (element for element in _find(page, path) if entries or not _in_entry(element))
    for element in islice(found, _MAX):
        text = element.get(attribute.rstrip(")")) if attribute else _text(element)
        if text and text.strip():
            yield " ".join(_INVISIBLE.sub("", text).split())


def _in_entry(element: Any) -> bool:
    """Whether an element stands in an entry of a list that links a page."""
    entry = next(element.iterancestors("li"), None)
    return entry is not None and next(entry.iter("a"), None) is not None


def _text(element: Any) -> str:
    """The words inside an element; a line break or a block inside it parts words."""
    return "".join(_in_order(element))


def _in_order(element: Any) -> Iterator[str]:
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(node.tag, str) or node.tag in {"script", "style"}:
            continue
        if node.tag in _PARTING:
            yield " "
        if event == "start":
            yield node.text or ""
        elif node is not element:
            yield node.tail or ""


def _find(page: Page, selector: str) -> list[Any]:
    """The elements at a selector, in document order."""
    parts = _alternatives(selector)
    found = [elements for part in parts if (elements := _find_one(page, part))]
    if len(found) < 2:
        return found[0] if found else []
    place = {element: at for at, (_, element) in enumerate(page.classed)}
    every = dict.fromkeys(element for elements in found for element in elements)
    return (
        sorted(every, key=place.__getitem__) if place.keys() >= every.keys() else _select(selector)(page.root)
    )


def _find_one(page: Page, selector: str) -> list[Any]:
    """The elements at a selector of one alternative. One that names a class or id which the page has not is not even
    tried; one that begins with a name is tried below the elements of that name only."""
    if not _named(selector) <= page.names:
        return []
    first = _first(selector)
    if first is None:
        return _select(selector)(page.root)
    below = _select(selector, "self::")
    return list(dict.fromkeys(found for element in page.named(first) for found in below(element)))


@lru_cache(maxsize=2048)
def _alternatives(selector: str) -> tuple[str, ...]:
    """The selectors between the commas; one with a bracket or an escape is left whole."""
    return tuple(selector.split(",")) if _UNSPLIT.isdisjoint(selector) else (selector,)


@lru_cache(maxsize=2048)
def _named(selector: str) -> frozenset[str]:
    """The class names and ids (``#main``) that an element at a selector, or one around it, must have."""
    if "," in selector or "\\" in selector:
        return frozenset()
    plain = _UNSURE.sub("", selector)
    return frozenset(name.removeprefix(".") for name in _NAMES.findall(plain))


@lru_cache(maxsize=2048)
def _first(selector: str) -> str | None:
    """The class name or id that the first element of a selector must have, if it names one."""
    found = None if "," in selector or "\\" in selector else _BEGINNING.match(selector)
    return found[1].removeprefix(".") if found else None


@lru_cache(maxsize=512)
def _select(selector: str, axis: str = "descendant-or-self::") -> Callable[[Any], list[Any]]:
    """A selector, compiled when it is first needed: most pages need none of most platforms."""
    try:
        return _xpath(HTMLTranslator().css_to_xpath(selector, axis))
    except (SelectorError, etree.XPathSyntaxError) as error:
        raise ValueError(f"selector {selector!r} can't be used: {error}") from error


def _xpath(path: str) -> Callable[[Any], list[Any]]:
    """A compiled path whose answers are lists of elements or plain strings."""
    return cast("Callable[[Any], list[Any]]", etree.XPath(path, smart_strings=False))


#: soft hyphens and direction marks are no part of what is printed
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_PARTING = frozenset(("br", "p", "div", "li", "dd", "dt", "td", "th", "h1", "h2", "h3", "h4"))
_NAMES = re.compile(r"[.#][\w-]+")
_UNSPLIT = frozenset("([\\")
_BEGINNING = re.compile(r"\s*[a-z0-9]*([.#][\w-]+)")
#: negations and attribute selectors ask for no name
_UNSURE = re.compile(r":not\([^)]*\)|\[[^\]]*\]")
