"""The headline of a release: a line of the page that the page's own titles confirm, not the first ``h1``.

On Government Site Builder, Korean and some Drupal sites the first ``h1`` is a logo or a heading for screen readers;
on others the release's headline is an ``h2``, bold text or a table cell. ``<title>`` and ``og:title`` say which line
it is, where they do not name the site only; else the line's look and its place above the running text decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from crawler.items import Printed
from crawler.languages import Words
from crawler.languages.folding import fold
from crawler.reading.blocks import Block, Zone, weight
from crawler.reading.bylines import names_body
from crawler.reading.headline_text import TITLE_LABELS, Headline, find_in_text
from crawler.reading.metadata import Metadata
from crawler.reading.page import Page
from crawler.reading.paths import is_path
from crawler.reading.running import is_running, text_start

_SEPARATOR = re.compile(
    r"\s+(?:[|·•»›<>/–—:-]|::|\|\|)\s+|(?<=\w):\s+|\s*[|»›\uff5c]\s*"
    r"|(?<=[\u3040-\u9fff\uac00-\ud7a3\uff09\u300d\u300f\u3011\uff01\uff1f])(?:[_–—-]{1,3}|\s*\uff1a\s*)(?=[\u3040-\u9fff\uac00-\ud7a3])"
)
_WORDS = re.compile(r"[\W_]+")
_COPYRIGHT = re.compile(r"[©(cC](?:(?<=©)|(?<=\()[cC]\)|(?<=[cC])(?i:opyright))")
_YEAR = re.compile(r"\d{4}")
_LONGEST = 400
#: a title that is shorter than this names the site or the section
_TELLING = 25
#: a line with more links is a whole menu
_MENU = 40
_HOME = re.compile(
    r"(?:https?://[^/]+)?/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|home|default|start|startseite)(?:[._]\w+)*)?(?:[?#].*)?$",
    re.IGNORECASE,
)
_ELSEWHERE = Zone.NAV | Zone.FOOTER | Zone.COOKIE | Zone.RELATED | Zone.CAPTION | Zone.NOSCRIPT
#: a headline confirmed by the whole title beats any look; looks decide between lines that are confirmed alike
_WHOLE, _PART, _INSIDE, _BEGINNING = 8.0, 7.0, 6.0, 5.0


_Candidate = tuple[float, Block, str, str]  # points, line, text, evidence


class _Titles(msgspec.Struct, frozen=True):
    """What the page's head says its title is, for comparison."""

    printed: tuple[Printed, ...]
    keys: dict[str, str]  # key → evidence
    parts: frozenset[str]
    lengths: frozenset[int]
    names: frozenset[str]


def find_headline(page: Page, metadata: Metadata, vocabulary: Words) -> Headline | None:
    """The headline, or None where a page has neither a line for one nor a title."""
    if page.is_text:
        return find_in_text(page, vocabulary)
    titles = _titles(page, metadata)
    start = text_start(page)
    scored = sorted(_candidates(page, titles, start), key=lambda found: (-found[0], found[1].index))
    if not scored or scored[0][0] <= 0:
        said = next((title for title in titles.printed if _key(title.text) not in titles.names), None)
        if said is None or weight(said.text) < _TELLING:
            return find_in_text(page, vocabulary)
        return Headline(_without_name(said, titles), -1)
    _, block, text, evidence = _not_the_site(page, scored, start, vocabulary)
    lost = tuple(Printed(other, why) for _, _, other, why in scored[1:6])
    whole, used = _whole(page, block, text, titles)
    return Headline(Printed(whole.lstrip("»›>/ "), evidence), block.index, lost, used)


def _whole(page: Page, block: Block, text: str, titles: _Titles) -> tuple[str, frozenset[int]]:
    """The headline with the lines that only ``<br>`` divides from its first one inside the same heading; without them
    where the page's titles know the first line only: then they are a sub-headline."""
    if not block.heading or text != block.text:
        return text, frozenset({block.index})
    lines = [block]
    for other in page.blocks[block.index + 1 : block.index + 5]:
        if not (other.continues and other.element is block.element):
            break
        lines.append(other)
    joined = _key(" ".join(line.text for line in lines))
    if _key(text) in titles.keys and not any(key.startswith(joined) for key in titles.keys):
        lines = lines[:1]
    return " ".join(line.text for line in lines), frozenset(line.index for line in lines)


def _not_the_site(page: Page, scored: list[_Candidate], start: int, vocabulary: Words) -> _Candidate:
    """The best candidate; but where that only names an institution or a section ("Press releases"), the first
    heading between it and the running text, unless that is a link: then this is a list."""
    best = scored[0]
    line, text = best[1], best[2]
    section = line.folded in vocabulary.types or line.folded in vocabulary.pages.listing
    section = section or _is_entry(page, line)
    if not section and (line.heading or not names_body(text, vocabulary)):
        return best
    between = (one for one in scored if one[0] > 0 and line.index < one[1].index < start)
    below = [one for one in between if _heads(one[1]) and one[1].weight >= _TELLING]
    found = min(below, key=lambda one: one[1].index, default=best)
    return best if found[1].linked > 0.5 else found


def _heads(line: Block) -> bool:
    """Whether a line is a heading by its element, or a title by its class names."""
    return line.heading > 0 or bool(line.zones & Zone.TITLE)


def _is_entry(page: Page, line: Block) -> bool:
    """Whether a short line repeats an entry of the menu above it: the name of the section."""
    if line.weight >= _TELLING:
        return False
    return any(
        anchor.words.strip() == line.text
        for block in page.blocks[: line.index]
        for anchor in block.anchors
        if len(block.anchors) < _MENU and not is_running(block)
    )


def refine(page: Page, metadata: Metadata, placed: Headline) -> Headline:
    """A layout's headline without what else stands in its element: a date or type in a part of its own."""
    confirmed, text, why = _confirmed(page.blocks[placed.block], _titles(page, metadata))
    if not confirmed or text == placed.printed.text:
        return placed
    return msgspec.structs.replace(placed, printed=Printed(text, f"{placed.printed.evidence}, {why}"))


def _titles(page: Page, metadata: Metadata) -> _Titles:
    names = _site_names(page, metadata)
    printed = [*metadata.headlines, *([Printed(page.title, "title")] if page.title else [])]
    keys = {_key(title.text): title.evidence for title in reversed(printed)}
    named = {key: why for key, why in keys.items() if key and key not in names}
    parts = [part for title in printed for part in _parts(title.text)]
    lengths = {len(text) + extra for text in [*(p.text for p in printed), *parts] for extra in (-1, 0, 1)}
    part_keys = frozenset(_key(part) for part in parts) - names - {""}
    return _Titles(tuple(printed), named, part_keys, frozenset(lengths), names)


def _candidates(page: Page, titles: _Titles, start: int) -> Iterator[_Candidate]:
    """Points, block, text and evidence of every line that may be the headline."""
    for block in page.blocks:
        if block.cell and _labelled(page, block):
            yield 20.0, block, block.text, "label:title"
            continue
        looks = _looks(block, start)
        if looks is None and len(block.text) not in titles.lengths and not block.pieces:
            continue
        agreement, text, evidence = _confirmed(block, titles)
        if looks is None and not agreement:
            continue
        points = agreement + (looks or 0.0) + _position(block, start)
        if agreement >= _BEGINNING and block.index > start:
            points += 2.5  # teasers of other releases above it are running text, too
        if not agreement and _key(text) in titles.names:
            points -= 6.0
        if not agreement and not block.heading and _repeated(page, block):
            points += 1.0
        yield points, block, text, evidence or f"shape:{block.tag}"


def _confirmed(block: Block, titles: _Titles) -> tuple[float, str, str]:
    """How far the page's titles confirm the line, or one inline part of it; and the text that they confirm."""
    key = _key(block.text)
    if block.linked > 0.9 and not block.heading:
        return 0.0, block.text, ""
    if key in titles.keys:
        return _WHOLE, block.text, f"{block.tag}, confirmed by {titles.keys[key]}"
    if key in titles.parts:
        return (
            (_PART if weight(key) >= 20 else 2.0),
            block.text,
            f"{block.tag}, confirmed by a part of the title",
        )
    return _partly(block, key, titles)


def _partly(block: Block, key: str, titles: _Titles) -> tuple[float, str, str]:
    """How far the page's titles confirm a part of the line, or the line is a part of them."""
    if not titles.keys or weight(key) < 12:
        return 0.0, block.text, ""
    for piece in block.pieces:
        other = _key(piece)
        if weight(other) > 12 and (other in titles.keys or other in titles.parts):
            return _INSIDE, piece, f"part of {block.tag}, confirmed by the title"
    if any(key in other for other in titles.keys) and weight(key) > 20:
        return _INSIDE, block.text, f"{block.tag}, inside the title"
    if block.heading and any(weight(other) > 20 and key.startswith(other) for other in titles.keys):
        return _BEGINNING, block.text, f"{block.tag}, begins with the title"
    return 0.0, block.text, ""


def _looks(block: Block, start: int) -> float | None:
    """How much the line looks like a headline; None where its look says nothing."""
    if len(block.text) > _LONGEST:
        return None
    size = block.weight
    points = {1: 3.0, 2: 1.5, 3: 1.0, 4: 0.4, 5: 0.3, 6: 0.3}.get(block.heading, 0.0)
    if not block.heading:
        if block.zones & Zone.LARGE:
            points = 2.0
        elif block.zones & Zone.TITLE and start - 15 < block.index < start:
            points = 0.8
        elif block.bold > 0.9 and start - 6 < block.index < start:
            points = 0.3
        elif (block.cell and start - 12 < block.index < start) or (
            block.element is None and start - 12 < block.index < start
        ):
            points = 0.1
        else:
            return None
    return points - (1.5 if size < 12 else 0.5 if size < 20 else 0.0) - (1.0 if block.linked > 0.9 else 0.0)


def _position(block: Block, start: int) -> float:
    """What the line's place says: above the running text and in no other part of the page."""
    points = 0.0
    if block.hidden:
        points -= 9.0
    if block.text[:1] in "»›>/":
        points -= 3.0  # the last step of a path
    if is_path(block.text):
        points -= 6.0
    if block.linked > 0.9 and any(_HOME.match(anchor.href) for anchor in block.anchors):
        points -= 9.0  # the site's name leads home
    if block.zones & _ELSEWHERE:
        points -= 6.0
    if block.zones & (Zone.HEADER | Zone.ASIDE | Zone.FORM):
        points -= 1.5
    if block.zones & (Zone.MAIN | Zone.ARTICLE):
        points += 0.5
    if block.index > start:
        return points - 5.0
    return points + max(0.0, 1.5 - (start - block.index) * 0.1)


def _labelled(page: Page, block: Block) -> bool:
    """Whether the cell before the line says that this is the title."""
    before = page.blocks[block.index - 1] if block.index and block.row else None
    return before is not None and before.row == block.row and fold(before.text).rstrip(": ") in TITLE_LABELS


def _repeated(page: Page, block: Block) -> bool:
    """Whether one of the next lines says the same again, as the first line of a text pasted whole does."""
    return any(other.text == block.text for other in page.blocks[block.index + 1 : block.index + 8])


def _site_names(page: Page, metadata: Metadata) -> frozenset[str]:
    """The keys of what can only be the site's name: declared as such, or beside a copyright sign."""
    names = [metadata.site_name or "", page.meta("application-name") or ""]
    signed = [
        block.text for block in page.blocks[-60:] if len(block.text) < 120 and _COPYRIGHT.search(block.text)
    ]
    names += [_YEAR.sub(" ", _COPYRIGHT.sub(" ", text)) for text in signed]
    return frozenset(filter(None, map(_key, names)))


def _parts(title: str) -> list[str]:
    """A title without the site's name before or after a separator: every run of its parts."""
    cuts = [(match.start(), match.end()) for match in _SEPARATOR.finditer(title)][:6]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(title)]
    return [title[a:b] for a in starts for b in ends if a < b and (a, b) != (0, len(title))]


def _without_name(title: Printed, titles: _Titles) -> Printed:
    """The title without the site's name at its end or beginning."""
    best = next(
        (
            part
            for part in sorted(_parts(title.text), key=len, reverse=True)
            if _is_rest(title.text, part, titles)
        ),
        title.text,
    )
    return Printed(best, title.evidence)


def _is_rest(title: str, part: str, titles: _Titles) -> bool:
    """Whether what a title holds beside the part is the site's name, or a piece of it."""
    rest = _key(title.replace(part, "", 1))
    return bool(rest) and any(rest in name for name in titles.names)


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    """A text for comparison: folded, words only."""
    return _WORDS.sub(" ", fold(text)).strip()
