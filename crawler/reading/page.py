"""A page as the reading sees it: its visible lines in document order, and indexes of its machine-readable parts.

Everything is collected in one walk over the tree (``walk.py``): the readers look at blocks and indexes and
never search the tree again, so that reading a page costs little more than parsing it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import msgspec
from lxml import etree

from archive.addresses import without_session
from crawler.items import Refusal
from crawler.reading import charset, walk
from crawler.reading.blocks import Anchor, Block, Link, Marked, Stamp, Zone, tidy
from crawler.reading.lazy import lazy
from crawler.reading.tags import WRAPPER

__all__ = ["Anchor", "Block", "Link", "Marked", "Page", "Stamp", "Zone", "parse_page", "text_page", "tidy"]

#: a release is some kilobytes; the largest page of 600 captured ones had 0.5 MB
MAX_BYTES = 8_000_000
#: a page that is so short may hold nothing but spaces of many kinds
_TINY = 2_000
#: libxml2 2.14 drops silently what lies deeper than 2,048 elements, also with ``huge_tree`` (measured 2026-11)
MAX_DEPTH = 2_000
_WRAPPERS = (
    "div",
    "span",
    "font",
    "b",
    "i",
    "center",
    "section",
    "article",
    "blockquote",
    "ul",
    "li",
    "table",
    "td",
    "tr",
)


class Page(msgspec.Struct, frozen=True, kw_only=True, dict=True, weakref=True):
    """What a page holds. ``root`` is None for a plain-text copy.

    ``metas`` maps a lower-case ``name``, ``property``, ``itemprop`` or ``http-equiv`` to its contents in document
    order. ``jsonld`` are the raw scripts. ``stamps`` are the ``<time>`` elements, ``marked`` the elements of the
    body with microdata or RDFa. ``classed`` are the elements with class names or an id that the walk entered (no menus),
    in document order, each behind what it says (``post title``, ``#main``). ``notes`` says what was mended (``cp1252``, ``mojibake``,
    ``NUL``, ``flattened``).
    """

    url: str
    root: Any = None
    title: str | None = None
    blocks: tuple[Block, ...] = ()
    metas: dict[str, tuple[str, ...]] = {}
    links: tuple[Link, ...] = ()
    jsonld: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    marked: tuple[Marked, ...] = ()
    lang: str | None = None
    classed: tuple[tuple[str, Any], ...] = ()
    base: str = ""
    body_class: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether this is a plain-text copy: no tree, no metadata, no zones."""
        return self.root is None

    def meta(self, *names: str) -> str | None:
        """The first non-empty content of the named meta elements, in the order of the names."""
        for name in names:
            for content in self.metas.get(name, ()):
                if content:
                    return content
        return None

    def absolute(self, href: str) -> str | None:
        """``href`` as an absolute http(s) address without a session's number, or None where it is something else or damaged."""
        href = without_session(href.strip())
        if _PLAIN_ADDRESS.fullmatch(href):
            return href
        try:
            plain = _PLAIN_PATH.fullmatch(href)
            address = self._origin + href if plain else urljoin(self.base or self.url, href)
        except ValueError:
            return None
        return address if address.startswith(("http://", "https://")) else None

    @lazy
    def _origin(self) -> str:
        """What stands before the path of an address of this site."""
        return urljoin(self.base or self.url, "/")[:-1]

    @lazy
    def names(self) -> frozenset[str]:
        """All class names, and all ids with a leading ``#``."""
        return frozenset(" ".join({name for name, _ in self.classed}).split())

    def named(self, name: str) -> list[Any]:
        """The elements that may have a class name or an id (``#main``), in document order."""
        return [element for names, element in self.classed if name in names]

    @lazy
    def visible(self) -> tuple[Block, ...]:
        """The blocks a reader sees: neither hidden nor of a ``noscript``."""
        return tuple(block for block in self.blocks if not block.zones & (Zone.HIDDEN | Zone.NOSCRIPT))

    @lazy
    def text_length(self) -> int:
        """Characters of all visible blocks."""
        return sum(len(block.text) for block in self.visible)

    def headings(self) -> Iterator[Block]:
        """The blocks of ``h1`` to ``h6``, hidden ones too."""
        return (block for block in self.blocks if block.heading)


def parse_page(body: bytes, url: str, content_type: str | None = None) -> Page | Refusal:
    """The page of a response's body, or the reason why there is none: ``empty``, ``not html``, ``too large``,
    ``undecodable`` or ``parser loss``. Never raises; time and memory grow with the body only, up to ``MAX_BYTES``.
    """
    if len(body) > MAX_BYTES:
        return Refusal(url, "too large", f"{len(body)} bytes, more than {MAX_BYTES}")
    kind = _not_html(body, content_type)
    if kind:
        return Refusal(url, "not html", kind)
    data, notes = charset.decode(body, content_type)
    if data is None:
        return Refusal(url, "undecodable", notes[-1])
    if data.isspace() or not data or (len(data) < _TINY and not data.decode("utf-8").strip()):
        return Refusal(url, "empty", "no text at all")
    return _parse(data, url, notes)


def text_page(text: str, url: str) -> Page:
    """The page of a plain-text copy, as "select all, copy" in a browser gives it: each non-empty line a block;
    lines without an empty one between them share their ``paragraph``."""
    lines, notes = charset.clean(text)
    blocks: list[Block] = []
    paragraph, gap = 0, True
    for line in lines.splitlines():
        squeezed = tidy(line)
        if squeezed:
            blocks.append(
                Block(index=len(blocks), text=squeezed, tag="p", paragraph=paragraph, continues=not gap)
            )
            gap = False
        elif not gap:
            paragraph, gap = paragraph + 1, True
    return Page(url=url, blocks=tuple(blocks), notes=notes)


def _parse(data: bytes, url: str, notes: tuple[str, ...]) -> Page | Refusal:
    root = _tree(data)
    if root is None:
        return Refusal(url, "empty", "no element")
    found = walk.collect(root, MAX_DEPTH)
    if found.too_deep:
        root = _tree(_flatten(data))
        if root is None or (found := walk.collect(root, MAX_DEPTH)).too_deep:
            return Refusal(url, "parser loss", f"elements nested deeper than {MAX_DEPTH}: text below is lost")
        notes = (*notes, "flattened")
    return Page(
        url=url,
        root=root,
        title=found.title,
        blocks=tuple(found.blocks),
        metas={name: tuple(contents) for name, contents in found.metas.items()},
        links=tuple(found.links),
        jsonld=tuple(found.jsonld),
        scripts=tuple(found.scripts),
        stamps=tuple(found.stamps),
        marked=tuple(found.marked),
        classed=tuple(found.classed),
        lang=found.lang,
        base=_base(url, found.base),
        body_class=found.body_class,
        notes=notes,
    )


def _base(url: str, told: str) -> str:
    """What the page's addresses are relative to; a ``<base>`` that is no address counts for nothing."""
    try:
        return (told and urljoin(url, told)) or url
    except ValueError:
        return url


def _tree(data: bytes) -> Any:
    """The root element, or None. A parser of its own each time: a shared one keeps state between documents."""
    if _REFERENCE.search(data):
        data = _C1.sub(_letter, data)
    # libxml2 2.14 drops what follows the first </html>; some ministries' pages hold two documents (www.ag.state.mn.us)
    end = _END.search(data)
    if end and data[end.end() :].strip():
        data = _END.sub(b"", data)
    # no path asks for an element by its id alone: without the table of ids parsing takes a twentieth less
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _flatten(data: bytes) -> bytes:
    """The page without its nested wrappers, each of them a line break: what remains can be parsed whole."""
    return WRAPPER.sub(b"\n<br>", data)


def _not_html(body: bytes, content_type: str | None) -> str | None:
    """What this body is instead of a page of HTML, by its first bytes, then by what the server said."""
    head = body[:512].lstrip()
    for magic, name in (
        (b"%PDF", "PDF"),
        (b"PK\x03\x04", "ZIP"),
        (b"\x89PNG", "PNG"),
        (b"\xff\xd8\xff", "JPEG"),
        (b"GIF8", "GIF"),
    ):
        if head.startswith(magic):
            return name
    if head[:1] in (b"{", b"[") and _is_json(body):
        return "JSON of no content API that is known"
    declared = (content_type or "").split(";")[0].strip().lower()
    if declared.startswith(("image/", "audio/", "video/", "font/")) or declared in _BINARY:
        return declared
    return None


def _is_json(body: bytes) -> bool:
    try:
        msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


#: an address that needs no joining: nothing of it is relative, empty or to be left out
_PLAIN_ADDRESS = re.compile(r"https?://[\w.-]+(?:/(?!\.)[\w%~+-][\w.%~+-]*)*/?")
_END = re.compile(rb"</(?:html|HTML)>")
_REFERENCE = re.compile(rb"&#[1xX]")
_PLAIN_PATH = re.compile(r"(?:/(?!\.)[\w%~+-][\w.%~+-]*)+/?")
_C1 = re.compile(rb"&#(?:(1(?:2[89]|[345]\d))|x([89][0-9a-f]));", re.IGNORECASE)


def _letter(match: re.Match[bytes]) -> bytes:
    """``&#147;`` is a quote of windows-1252, as HTML tells browsers."""
    return charset.c1_letter(int(match.group(1)) if match.group(1) else int(match.group(2), 16)).encode()


_BINARY = frozenset({"application/pdf", "application/zip", "application/msword", "application/octet-stream"})
