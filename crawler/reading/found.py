"""What the walk over a page's tree collects."""

from __future__ import annotations

from typing import Any

from crawler.reading.blocks import Block, Link, Marked, Stamp, tidy

#: the relations of a ``<link>`` that readers ask for
_TOLD = frozenset(("canonical", "alternate", "shortlink"))


class Found:
    """What the walk collects."""

    __slots__ = (
        "base",
        "blocks",
        "body_class",
        "classed",
        "jsonld",
        "lang",
        "links",
        "marked",
        "metas",
        "scripts",
        "stamps",
        "title",
        "too_deep",
    )

    def __init__(self) -> None:
        self.base: str = ""
        self.blocks: list[Block] = []
        self.body_class = ""
        self.jsonld: list[str] = []
        self.lang: str | None = None
        self.links: list[Link] = []
        self.marked: list[Marked] = []
        #: the elements with a class or an id (``#main``), in document order
        self.classed: list[tuple[str, Any]] = []
        self.metas: dict[str, list[str]] = {}
        self.scripts: list[str] = []
        self.stamps: list[Stamp] = []
        self.title: str | None = None
        self.too_deep = False

    def head(self, element: Any) -> None:
        """``title``, ``meta``, ``link`` and ``base``, wherever they stand."""
        tag = element.tag
        if tag == "title":
            self.title = self.title or tidy(element.text or "") or None
        elif tag == "meta":
            self._meta(dict(element.items()))
        elif tag == "link":
            self.link(dict(element.items()))
        else:
            self.base = self.base or element.get("href", "").strip()

    def link(self, attributes: dict[str, str]) -> None:
        """A ``<link>`` or ``<a>`` that tells what it is to the page; style sheets and icons are left out."""
        rel, language = attributes.get("rel", "").lower(), attributes.get("hreflang")
        if language or rel in _TOLD or (" " in rel and not _TOLD.isdisjoint(rel.split())):
            href = attributes.get("href", "").strip()
            self.links.append(Link(rel, href, language, attributes.get("type")))

    def mark(self, element: Any, attributes: dict[str, str], zones: int) -> None:
        """Microdata or RDFa of an element of the body."""
        value = attributes.get("content") or attributes.get("datetime") or attributes.get("href")
        for key in ("itemprop", "property"):
            for name in attributes.get(key, "").lower().split():
                self.marked.append(Marked(name, value, len(self.blocks), zones, element))

    def _meta(self, attributes: dict[str, str]) -> None:
        content = tidy(attributes.get("content", ""))
        for key in ("name", "property", "itemprop", "http-equiv"):
            if key in attributes:
                self.metas.setdefault(attributes[key].strip().lower(), []).append(content)
