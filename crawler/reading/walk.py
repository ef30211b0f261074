"""The one walk over a page's tree. Everything that the readers need from the tree is collected here.

Element access is what reading costs (about 0.1 µs an attribute): each element is asked once, and facts that
follow from class names are remembered by class name (``zones.py``), not by element.
"""

from __future__ import annotations

from typing import Any

from crawler.reading import cloak
from crawler.reading.blocks import Anchor, Block, Link, Marked, Stamp, Zone, tidy
from crawler.reading.found import Found
from crawler.reading.tags import (
    BLOCK,
    BREAK,
    DOCUMENT,
    HEAD,
    HEADINGS,
    INLINE,
    KINDS,
    LARGE,
    PLACING,
    RARE,
    STRONG,
    is_menu,
)
from crawler.reading.zones import element_zones, name_zones

#: pieces are told of short lines only: those of dates, bylines and types
_SHORT = 240
_NOTHING: frozenset[str] = frozenset()


def collect(root: Any, max_depth: int) -> Found:
    """Walk the tree below ``root`` once. ``too_deep``: the parser has dropped what lies deeper."""
    found = Found()
    walker = _Walker(found)
    walker.walk(root, max_depth)
    walker.flush()
    return found


class _Walker:
    """The state of the walk: the line being gathered and the place it stands in."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.parts: list[str] = []
        self.anchors: list[Anchor] = []
        self.decoded: list[str] = []
        self.bold_chars = self.link_chars = 0
        self.zones = self.bold = self.in_link = 0
        self.heading = self.row = self.cell = self.paragraph = 0
        self.text_zones = -1  # the bits that all of the line's text has
        self.continues = False
        self.element: Any = None
        self.pre = 0

    def walk(self, root: Any, max_depth: int) -> None:
        """Visit every element in document order.

        The stack holds the open elements, each with what its end has to restore (None: nothing, for most inline
        elements). An element ends when one comes whose parent lies further up.
        """
        stack: list[tuple[Any, Any]] = [(None, None)]
        parts, kinds = self.parts, KINDS
        skipped = None
        for element in root.iter():
            parent = element.getparent()
            while stack[-1][0] is not parent:
                ended, saved = stack.pop()
                if skipped is not None:
                    if ended is not skipped:
                        continue
                    skipped = None
                self._leave(ended, saved)
            if skipped is not None:
                stack.append((element, None))
                continue
            if len(stack) > max_depth:
                self.found.too_deep = True
                return
            tag = element.tag
            kind = kinds.get(tag, INLINE)
            stack.append((element, self._save(kind)))
            if not self._enter(kind, tag, element):
                skipped = element
                continue
            text = element.text
            if text and (parts or self.pre or not text.isspace()):
                self._text(text)
        while len(stack) > 1:
            self._leave(*stack.pop())

    def _save(self, kind: int) -> Any:
        """What an element's end restores."""
        if kind == BLOCK:
            return (self.element, self.zones, self.heading, self.row, self.cell, self.pre)
        return (self.zones, self.bold, self.in_link) if kind < BREAK else None

    def _leave(self, element: Any, saved: Any) -> None:
        """The end of an element, and the text behind it."""
        if saved is not None:
            if len(saved) == 3:
                self.zones, self.bold, self.in_link = saved
            else:
                if self.parts or self.continues:
                    self.flush()
                self.element, self.zones, self.heading, self.row, self.cell, self.pre = saved
        tail = element.tail
        if tail and (self.parts or self.pre or not tail.isspace()):
            self._text(tail)

    def _enter(self, kind: int, tag: str, element: Any) -> bool:
        """The beginning of an element; False where its inside is of no interest."""
        if kind == BLOCK:
            if self.parts or self.continues:
                self.flush()
            self.element = element
            if tag in PLACING:
                self._place(tag)
                if (
                    tag == "nav"
                    and "crumb" not in f"{element.get('class')} {element.get('aria-label')}".lower()
                    and is_menu(element)
                ):
                    return False
        elif kind == BREAK:
            self._break()
            return True
        elif kind >= HEAD:
            return kind == HEAD and self._head(tag, element, dict(element.items()))
        elif kind == STRONG:
            if tag != "font":
                self.bold = 1
            elif element.get("size", "") in LARGE:
                self.zones |= Zone.LARGE
        attributes = element.items()
        return not attributes or self._attributes(kind, tag, element, dict(attributes))

    def _place(self, tag: str) -> None:
        """What the element's name says of the lines inside it."""
        self.zones |= element_zones(tag, self.zones)
        if tag in HEADINGS:
            self.heading = HEADINGS[tag]
        elif tag == "tr":
            self.row = len(self.found.blocks) + 1
            self.cell = 0
        elif tag in ("td", "th"):
            self.cell = len(self.found.blocks) + 1
        elif tag == "pre":
            self.pre = 1

    def _attributes(self, kind: int, tag: str, element: Any, attributes: dict[str, str]) -> bool:
        """What the element's attributes say; False where its inside is of no interest."""
        around = self.zones
        name = attributes.get("class", "")
        if name:
            self.found.names.add(name)
        if "id" in attributes or "role" in attributes:
            self.found.names.add(f"#{attributes.get('id', '').strip()}")
            name = f"{name} {attributes.get('id', '')} {attributes.get('role', '')}"
        if tag in DOCUMENT:
            self._page_attributes(attributes)
            return True
        if name:
            self.zones |= name_zones(name)
        if (len(attributes) > 1 or not name) and not RARE.isdisjoint(attributes):
            self._rare(element, attributes)
            if "data-cfemail" in attributes:
                return not self._protected(attributes["data-cfemail"])
        gained = self.zones & ~around
        if gained and self._is_left_out(kind, tag, element, gained):
            return False
        if tag == "a":
            return self._anchor(element, attributes)
        if tag == "time":
            text = tidy("".join(element.itertext()))
            stamp = attributes.get("datetime", "")
            self.found.stamps.append(
                Stamp(stamp, text, len(self.found.blocks), name.strip().lower(), self.zones)
            )
        return True

    def _is_left_out(self, kind: int, tag: str, element: Any, gained: int) -> bool:
        """Whether an element is hidden inside a line, or a menu of the site: many links and no text of its own."""
        if gained & Zone.HIDDEN and kind != BLOCK:
            return True
        return bool(gained & Zone.NAV) and not self.zones & Zone.BREADCRUMB and is_menu(element)

    def _rare(self, element: Any, attributes: dict[str, str]) -> None:
        """Attributes that few elements have."""
        if "style" in attributes or "hidden" in attributes:
            self._style(attributes)
        if "itemprop" in attributes or "property" in attributes:
            self._mark(element, attributes)

    def _page_attributes(self, attributes: dict[str, str]) -> None:
        self.found.lang = attributes.get("lang") or attributes.get("xml:lang") or self.found.lang
        self.found.body_class += attributes.get("class", "").lower()

    def _style(self, attributes: dict[str, str]) -> None:
        style = attributes.get("style", "").replace(" ", "").lower()
        if "hidden" in attributes or "display:none" in style or "visibility:hidden" in style:
            self.zones |= Zone.HIDDEN

    def _mark(self, element: Any, attributes: dict[str, str]) -> None:
        value = attributes.get("content") or attributes.get("datetime") or attributes.get("href")
        for key in ("itemprop", "property"):
            for name in attributes.get(key, "").lower().split():
                self.found.marked.append(Marked(name, value, len(self.found.blocks), self.zones, element))

    def _anchor(self, element: Any, attributes: dict[str, str]) -> bool:
        href = attributes.get("href", "").strip()
        if not href:
            return True
        protected = href.partition("/cdn-cgi/l/email-protection#")[2]
        words = tidy("".join(element.itertext()) if len(element) else element.text or "")
        if protected and (address := cloak.decode_cloudflare(protected)):
            if "@" in words or not words or "email" in words.lower():
                self._protected(protected)
                return False
            href = f"mailto:{address}"
            self.decoded.append(address)
        self.anchors.append(Anchor(words, href))
        if "hreflang" in attributes or "rel" in attributes:
            self.found.links.append(
                Link(
                    attributes.get("rel", "").lower(),
                    href,
                    attributes.get("hreflang"),
                    attributes.get("type"),
                )
            )
        self.in_link = 1
        return True

    def _protected(self, code: str) -> bool:
        """Write a protected address out in place; False where the code is damaged."""
        address = cloak.decode_cloudflare(code)
        if address is None:
            return False
        self.decoded.append(address)
        self.parts.append(address)
        return True

    def _head(self, tag: str, element: Any, attributes: dict[str, str]) -> bool:
        """``title``, ``meta``, ``link``, ``base`` and ``script``, wherever they stand."""
        found = self.found
        if tag == "title":
            found.title = found.title or tidy(element.text or "") or None
        elif tag == "meta":
            content = tidy(attributes.get("content", ""))
            for key in ("name", "property", "itemprop", "http-equiv"):
                if key in attributes:
                    found.metas.setdefault(attributes[key].strip().lower(), []).append(content)
        elif tag == "link":
            found.links.append(
                Link(
                    attributes.get("rel", "").lower(),
                    attributes.get("href", "").strip(),
                    attributes.get("hreflang"),
                    attributes.get("type"),
                )
            )
        elif tag == "base":
            found.base = found.base or attributes.get("href", "").strip()
        else:
            self._script(element.text or "", attributes)
        return False

    def _script(self, text: str, attributes: dict[str, str]) -> None:
        if "ld+json" in attributes.get("type", "").lower():
            self.found.jsonld.append(text)
        elif "@" in text or "&#64;" in text or "mailto" in text:
            address = cloak.decode_script(text)
            if address:
                self.decoded.append(address)
                self.parts.append(f" {address} ")
        elif text:
            self.found.scripts.append(text)

    def _text(self, text: str) -> None:
        if self.pre:
            self._lines(text)
        elif text.isspace():
            self.parts.append(" ")
        else:
            self.parts.append(text)
            self.text_zones &= self.zones
            if self.bold:
                self.bold_chars += len(text)
            if self.in_link:
                self.link_chars += len(text)

    def _lines(self, text: str) -> None:
        """Text of a ``<pre>``: a line break is a ``<br>``."""
        first, *rest = text.split("\n")
        self.parts.append(first)
        for line in rest:
            self._break()
            self.parts.append(line)

    def _break(self) -> None:
        """A ``<br>``: the line ends; a second one in a row ends the paragraph."""
        if not self._close():
            self.paragraph += 1
            self.continues = False
        else:
            self.continues = True

    def flush(self) -> None:
        """The end of a line that is the end of its paragraph as well."""
        if self._close() or self.continues:
            self.paragraph += 1
        self.continues = False

    def _close(self) -> bool:
        """Make a block of the gathered line; False where there is none."""
        parts = self.parts
        if not parts:
            return False
        text = tidy("".join(parts))
        if not text:
            parts.clear()
            return False
        self.found.blocks.append(self._block(text, parts))
        parts.clear()
        self.text_zones = -1
        self.bold_chars = self.link_chars = 0
        if self.anchors:
            self.anchors = []
        if self.decoded:
            self.decoded = []
        return True

    def _block(self, text: str, parts: list[str]) -> Block:
        size = len(text)
        element = self.element
        return Block(
            index=len(self.found.blocks),
            text=text,
            tag=element.tag if element is not None else "body",
            paragraph=self.paragraph,
            element=element,
            zones=self.text_zones if self.text_zones >= 0 else self.zones,
            heading=self.heading,
            continues=self.continues,
            parts=tuple(parts) if len(parts) > 1 and size <= _SHORT else (),
            anchors=tuple(self.anchors),
            decoded=frozenset(self.decoded) if self.decoded else _NOTHING,
            bold=min(1.0, self.bold_chars / size) if self.bold_chars else 0.0,
            linked=min(1.0, self.link_chars / size) if self.link_chars else 0.0,
            row=self.row,
            cell=self.cell,
        )
