"""The visible lines of a page, with what is known of each line's place."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from crawler.languages.folding import fold
from crawler.reading.lazy import lazy

#: control characters, soft hyphen, zero-width space, direction marks, byte order mark: no part of what is printed.
#: The joiners U+200C and U+200D stay: Persian and Indic words need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb]"
)


#: letters of scripts without spaces
WIDE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)


#: the first bytes of those letters in UTF-8, quotes and dashes not among them
_WIDE_LEADS = bytes((0xE0, 0xE1, *range(0xE3, 0xF0)))


class Zone:
    """Bits of ``Block.zones``: the parts of a page that a line stands in, told by elements, roles and class names.

    A bit is a hint and no verdict: themes put whole pages into ``<form>`` or ``class="share-page"``. A bit that the
    headline has as well says nothing about the lines below it: compare with ``block.zones & ~headline.zones``.
    """

    NAV = 1  # menus, breadcrumbs, paging
    HEADER = 2  # the site's header (not an article's)
    FOOTER = 4  # the site's footer (not an article's)
    ASIDE = 8  # side columns
    MAIN = 16  # <main>, role=main, id=content …
    ARTICLE = 32  # <article>
    HIDDEN = 64  # for screen readers only, or not rendered at all
    SHARE = 128
    RELATED = 256  # other releases, "latest news", teasers
    COOKIE = 512  # consent dialogs
    FORM = 1024  # forms, newsletters, comments
    CAPTION = 2048  # captions and credits of pictures
    META = 4096  # date, byline, type lines by their class names
    CONTACT = 8192  # contact boxes by their class names
    TAGS = 16384  # topics, keywords
    LIST = 32768  # in an <li>
    QUOTE = 65536  # in a <blockquote>
    CELL = 131072  # in a <td> or <th>
    BREADCRUMB = 262144
    NOSCRIPT = 524288
    ATTACHMENTS = 1048576  # lists of documents by their class names
    ADDRESS = 2097152  # <address>
    LARGE = 4194304  # in larger letters: <font size=4>, <big>
    TITLE = 8388608  # titles by their class names

    #: never part of a release, wherever they stand
    CHROME = NAV | FOOTER | SHARE | RELATED | COOKIE | FORM | TAGS | NOSCRIPT | HIDDEN


class Anchor(msgspec.Struct, frozen=True, dict=True):
    """A link inside a block: where it leads (as written), and its element."""

    href: str
    element: Any

    @lazy
    def words(self) -> str:
        """What is printed for it: asked of few of a page's links."""
        element = self.element
        return tidy("".join(element.itertext()) if len(element) else element.text or "")


class Block(msgspec.Struct, frozen=True, dict=True):
    """One visible line: the text between two block boundaries or ``<br>``.

    ``text`` has its white space squeezed and holds no line break. Lines that only ``<br>`` divides have the same
    ``paragraph``, and all but its first ``continues``; two ``<br>`` in a row begin a new paragraph.
    ``tag`` and ``element`` are the nearest block-level element's. ``heading`` is 1 to 6 inside ``h1`` to ``h6``, else 0.
    ``pieces`` are the texts of the inline parts of a short line (``<span>…</span><span>…</span>``), in order;
    ``parts`` are they with their white space.
    ``decoded`` holds addresses that the page protects and that stand written out in ``text``.
    ``bold`` is the share of the text in ``<b>``/``<strong>``, ``linked`` the share in links (0 to 1).
    ``row`` tells cells of one table row: equal for the cells of a row, 0 outside tables.
    ``classed`` is the part of ``Page.classed`` that was met with the line.
    """

    index: int
    text: str
    tag: str
    paragraph: int
    element: Any = None
    zones: int = 0
    heading: int = 0
    continues: bool = False
    parts: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    decoded: frozenset[str] = frozenset()
    bold: float = 0.0
    linked: float = 0.0
    row: int = 0
    cell: int = 0
    classed: tuple[int, int] = (0, 0)

    @lazy
    def folded(self) -> str:
        """The text folded for comparison (``languages.folding``), as long as the text."""
        return fold(self.text)

    @lazy
    def weight(self) -> int:
        """The length of the text, a character of a script without spaces counted double."""
        return weight(self.text)

    @lazy
    def pieces(self) -> tuple[str, ...]:
        """The texts of the inline parts of a short line, in order; empty for a line of one part."""
        return tuple(filter(None, map(tidy, self.parts)))

    @property
    def hidden(self) -> bool:
        """Whether a reader of the page does not see this line."""
        return bool(self.zones & (Zone.HIDDEN | Zone.NOSCRIPT))

    @lazy
    def mails(self) -> tuple[Anchor, ...]:
        """The ``mailto:`` links, their ``href`` reduced to the address."""
        if not self.anchors:
            return ()
        mails = [one for one in self.anchors if one.href[0] in "mM" and one.href[:7].lower() == "mailto:"]
        found = (Anchor(mail.href[7:].split("?")[0].strip(), mail.element) for mail in mails)
        return tuple(anchor for anchor in found if "@" in anchor.href)

    def marks(self, levels: int = 4) -> str:
        """Class names and ids of the element and ``levels`` - 1 of its ancestors, lower case, nearest first."""
        names: list[str] = []
        element = self.element
        while element is not None and levels:
            names += [element.get("class") or "", element.get("id") or ""]
            element, levels = element.getparent(), levels - 1
        return " ".join(filter(None, names)).lower()


class Link(msgspec.Struct, frozen=True, gc=False):
    """A ``<link>`` of the head, or an ``<a hreflang>`` / ``<a rel>`` of the page."""

    rel: str
    href: str
    hreflang: str | None = None
    type: str | None = None


class Stamp(msgspec.Struct, frozen=True, gc=False):
    """A ``<time>`` element: its ``datetime`` attribute, its text, its class names, the index of the block it
    stands in (or before, where it is empty)."""

    datetime: str
    text: str
    block: int
    marks: str
    zones: int


class Marked(msgspec.Struct, frozen=True, gc=False):
    """An element of the body with microdata (``itemprop``) or RDFa (``property``): ``value`` is its ``content``,
    ``datetime`` or ``href``, else None: then the element's own text tells it. ``block`` is the index of the line
    it begins in."""

    name: str
    value: str | None
    block: int
    zones: int
    element: Any = None

    @property
    def text(self) -> str:
        """The value, or the text inside the element."""
        return self.value or tidy("".join(self.element.itertext()))


def weight(text: str) -> int:
    """The length of a text, a character of a script without spaces counted double."""
    if text.isascii():
        return len(text)
    data = text.encode("utf-8", "surrogatepass")
    if len(data.translate(None, _WIDE_LEADS)) == len(data):  # an eighth of what a search costs
        return len(text)
    return len(text) + len(WIDE.findall(text))


def tidy(text: str) -> str:
    """``text`` with white space squeezed and invisible characters taken out."""
    if text.isprintable() and "  " not in text:
        return text.strip(" ")  # no white space but single spaces is printable
    squeezed = " ".join(text.split())
    if squeezed.isprintable():
        return squeezed
    return " ".join(_INVISIBLE.sub("", squeezed).split())
