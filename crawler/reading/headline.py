"""The headline of a release: a line of the page that the page's own titles confirm, not the first ``h1``.

On Government Site Builder, Korean and some Drupal sites the first ``h1`` is a logo or a heading for screen readers;
on others the release's headline is an ``h2`` or bold text. ``<title>`` and ``og:title`` say which line it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from crawler.items import Printed
from crawler.languages.folding import fold
from crawler.reading.blocks import Block, Zone
from crawler.reading.metadata import Metadata
from crawler.reading.page import Page

_SEPARATOR = re.compile(r"\s+(?:[|·•»›/–—:-]|::|\|\|)\s+|(?<=\w):\s+|\s*[|»›]\s*")
_SPACE = re.compile(r"\W+")
#: a headline is longer than a menu word and shorter than a paragraph
_SHORTEST, _LONGEST = 8, 400


class Headline(msgspec.Struct, frozen=True):
    """The headline as printed, the index of its block (-1: the page's head only), and the candidates that lost."""

    printed: Printed
    block: int
    lost: tuple[Printed, ...] = ()
    subheadline: Printed | None = None
    used: frozenset[int] = frozenset()


def find_headline(page: Page, metadata: Metadata) -> Headline | None:
    """The headline, or None where a page has neither headings nor a title."""
    if page.is_text:
        return _of_text(page)
    titles = _titles(page, metadata)
    scored = sorted(_candidates(page, titles), key=lambda pair: (-pair[0], pair[1].index))
    lost = tuple(Printed(block.text, f"shape:{block.tag}") for _, block in scored[1:6])
    if scored and scored[0][0] > 0:
        block = scored[0][1]
        confirmed = next((title.evidence for title in titles if _key(title.text) == _key(block.text)), "")
        evidence = f"{block.tag}, confirmed by {confirmed}" if confirmed else f"shape:{block.tag}"
        return Headline(Printed(block.text, evidence), block.index, lost)
    if titles:
        best = titles[0]
        return Headline(Printed(best.text, best.evidence), -1, lost)
    return None


def _of_text(page: Page) -> Headline | None:
    """In a plain-text copy: the first line that is long enough for a headline and no sentence, or the first."""
    blocks = page.blocks
    if not blocks:
        return None
    running = next((b.index for b in blocks if len(b.text) > 150), len(blocks))
    above = [block for block in blocks[:running] if _text_line(block)]
    best = max(above, key=lambda block: (min(len(block.text), 60), -block.index), default=blocks[0])
    return Headline(Printed(best.text, "shape:line above the running text"), best.index)


def _text_line(block: Block) -> bool:
    return len(block.text) >= _SHORTEST and not block.text.endswith((".", ":")) and ">" not in block.text


def _titles(page: Page, metadata: Metadata) -> list[Printed]:
    """What the page's head says its title is, the most trustworthy first."""
    title = [Printed(page.title, "title")] if page.title else []
    return [*metadata.headlines, *title]


def _candidates(page: Page, titles: list[Printed]) -> Iterator[tuple[float, Block]]:
    keys = {_key(title.text) for title in titles}
    parts = {_key(part) for title in titles for part in _parts(title.text)}
    whole = " ".join(f" {_key(title.text)} " for title in titles)
    names = _site_names(page)
    blocks = page.blocks
    for block in blocks:
        if not block.heading and (len(block.text) > _LONGEST or block.zones & Zone.CHROME):
            continue
        key = _key(block.text)
        if not key or (key in names and not block.heading):
            continue
        points = _agreement(key, keys, parts, whole)
        if block.heading or points >= 4:
            yield points + _looks(block, key in names), block


def _agreement(key: str, keys: set[str], parts: set[str], whole: str) -> float:
    """How far the page's own titles confirm a line."""
    if key in keys:
        return 6.0
    if key in parts:
        return 5.0
    if len(key) > 20 and f" {key} " in whole:
        return 4.5
    if len(key) > 20 and any(len(other) > 15 and key.startswith(other) for other in keys):
        return 3.0
    return 0.0


def _looks(block: Block, is_name: bool) -> float:
    """How much a line looks like a headline by its element and place."""
    points = {1: 3.0, 2: 1.5, 3: 0.8}.get(block.heading, 0.0)
    points -= 8.0 if block.hidden else 0.0
    points -= 4.0 if is_name else 0.0
    points -= 5.0 if block.zones & (Zone.NAV | Zone.FOOTER | Zone.COOKIE | Zone.RELATED) else 0.0
    points -= 2.0 if block.zones & (Zone.HEADER | Zone.ASIDE | Zone.FORM) else 0.0
    points -= 1.0 if block.linked > 0.9 else 0.0
    points -= 2.0 if len(block.text) < _SHORTEST else 0.0
    return points + (0.5 if block.zones & (Zone.MAIN | Zone.ARTICLE) else 0.0)


def _parts(title: str) -> list[str]:
    """A title without the site's name before or after a separator: every run of its parts."""
    cuts = [(match.start(), match.end()) for match in _SEPARATOR.finditer(title)][:6]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(title)]
    return [
        title[start:end]
        for start in starts
        for end in ends
        if start < end and (start, end) != (0, len(title))
    ]


def _site_names(page: Page) -> set[str]:
    """The keys of what can only be the site's name."""
    names = {
        _key(name)
        for field in ("og:site_name", "application-name", "publisher", "dcterms.publisher", "dc.publisher")
        for name in page.metas.get(field, ())
    }
    return {name for name in names if name}


def _key(text: str) -> str:
    """A text for comparison: folded, words only."""
    return _SPACE.sub(" ", fold(text)).strip()
