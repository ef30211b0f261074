"""The short lines around a headline: issuing body, type label, number. Which line says what, and which are used up.

Lines above and below the headline are looked at up to the running text, then the last lines of the release. A line
that says nothing else than what a field holds is used whole: it is no text of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import msgspec

from crawler.items import Printed
from crawler.languages import Words, words
from crawler.languages.folding import fold
from crawler.platforms.layout import Layout
from crawler.reading import bylines
from crawler.reading.blocks import Zone, weight
from crawler.reading.issuers import Named, Scene, Typed, find_bodies
from crawler.reading.kinds import (
    JOINTS,
    Kind,
    is_stamp,
    kind_before_colon,
    kind_before_issuer,
    kind_in,
    kind_of,
)
from crawler.reading.lines import NOT_NEAR, PATH, Line, near_lines, tail_lines
from crawler.reading.metadata import Metadata
from crawler.reading.numbers import first_number, number_in
from crawler.reading.page import Page
from crawler.reading.place import Place

_TYPE_MARKS = frozenset((
    "type", "content-type", "news-type", "article-type", "meta-type", "tag-type", "doctype", "document-type", "documenttype", "release-type",
    "kicker", "eyebrow", "topline", "category", "category-name", "press-type", "ms-rteelement-type", "ep-layout_category", "newstype",
))  # fmt: skip
#: the candidate that decides and those that are told as lost
_ENOUGH = 3
#: "Nomor: SP-18/KLI/2024"
_NUMBERED = 40
_PLAIN_TYPE_MARKS = frozenset(("kicker", "eyebrow", "topline", "category", "category-name"))


class Labels(msgspec.Struct, frozen=True):
    """What the lines around the headline say. ``used`` are lines that say nothing else; ``lost`` what was decided against."""

    byline: Printed | None = None
    type_label: Printed | None = None
    type: str | None = None
    number: Printed | None = None
    section: Printed | None = None
    used: frozenset[int] = frozenset()
    lost: tuple[tuple[str, Printed], ...] = ()


def find_labels(
    page: Page,
    place: Place,
    metadata: Metadata,
    vocabulary: Words,
    layout: Layout | None = None,
    *,
    losers: bool = False,
) -> Labels:
    """Issuing body, type label and number of the release at ``place``; with ``losers`` the bodies, too, that were
    decided against, which takes as long again. Never raises."""
    scene = Scene(
        page,
        place,
        metadata,
        vocabulary,
        layout,
        near_lines(page, place),
        tail_lines(page, place, vocabulary),
    )
    types = list(islice(_types(scene), _ENOUGH))
    section = next((each[0] for each in types if _is_section(each)), None)
    types = [each for each in types if not _is_section(each)]
    bodies = list(islice(find_bodies(scene, types), _ENOUGH if losers else 1))
    first = types[0] if types else None
    return Labels(
        byline=bodies[0][0] if bodies else None,
        type_label=first[0] if first else None,
        type=first[1].kind if first else None,
        number=_number(scene, types),
        section=section,
        used=_used(scene, types, bodies),
        lost=tuple(("type_label", each[0]) for each in types[1:4])
        + tuple(("byline", each[0]) for each in bodies[1:4]),
    )


def _is_section(typed: Typed) -> bool:
    """Whether a label is only the section of news that the page's path leads through."""
    printed, kind, _ = typed
    return printed.evidence == "label:breadcrumb" and kind.kind == "news"


def _types(scene: Scene) -> Iterator[Typed]:
    """Candidates for the type label, in order of evidence."""
    page, place, vocabulary = scene.page, scene.place, scene.words
    headline = page.blocks[place.headline].text if place.headline >= 0 else page.title or ""
    for printed in scene.printed("type_label"):
        if not is_stamp(printed.text, vocabulary) and not bylines.labelled(printed.text, vocabulary):
            kind = kind_in(printed.text, vocabulary) or _unknown_kind(printed.text, vocabulary)
            if kind:
                yield Printed(_label(kind, vocabulary), printed.evidence), kind, -1
    yield from _types_near(_without_menu(scene), scene.tail, vocabulary)
    yield from _types_in_headline(scene)
    texts = _first_texts(page, place)
    for evidence, text, first in (
        ("headline", headline, True),
        *(("text", t, n == 0) for n, t in enumerate(texts)),
    ):
        kind = kind_before_colon(text, vocabulary) if first else None
        kind = kind or (kind_before_issuer(text, vocabulary) if len(text) < 200 else None)
        if kind and kind.kind not in {"report", "article"}:
            yield Printed(kind.label, f"label:{evidence}"), kind, -1
    yield from _types_listed(scene.tail, vocabulary, "end")
    for printed in scene.metadata.types:
        kind = kind_in(printed.text, words(()))
        if kind:
            yield Printed(kind.label, printed.evidence), kind, -1
    yield from _types_of_path(page, place, vocabulary)


def _types_in_headline(scene: Scene) -> Iterator[Typed]:
    """A type label that stands in a part of its own before the headline: ``<h1><span>News</span> <span>…``."""
    block = scene.page.blocks[scene.place.headline] if scene.place.headline >= 0 else None
    first = block.pieces[0] if block and block.heading and len(block.pieces) > 1 else ""
    kind = kind_in(first, scene.words) if first else None
    if kind and fold(kind.label) == fold(first):
        yield Printed(first, "label:in the headline's line"), kind, -1


def _without_menu(scene: Scene) -> list[Line]:
    """The lines near the headline without links, and of a plain-text copy without the words for "news" above it."""
    if not scene.page.is_text:
        return [line for line in scene.near if not line.linked]
    above = [line for line in scene.near if line.block < scene.place.headline]
    menu = [line for line in above if (kind := kind_in(line.text, scene.words)) and kind.kind == "news"]
    return [line for line in scene.near if line not in menu or number_in(line.text)]


def _types_near(near: list[Line], tail: list[Line], vocabulary: Words) -> Iterator[Typed]:
    """Type labels near the headline: by class names, then known ones of the page's languages, then of any."""
    for line in near:
        marks = line.marks & _TYPE_MARKS
        if marks and not is_stamp(line.text, vocabulary):
            kind = kind_in(line.text, vocabulary) or kind_in(line.text, words(()))
            if (
                kind is None
                and not marks <= _PLAIN_TYPE_MARKS
                and not bylines.class_hint(" ".join(line.marks))
            ):
                kind = _unknown_kind(line.text, vocabulary)
            if kind:
                yield Printed(_label(kind, vocabulary), f"class:{min(marks)}"), kind, line.block
    numbered = [line for line in tail if number_in(line.text, beside_type=True)]
    listed = [
        *_types_listed(near, vocabulary, "near the headline"),
        *_types_listed(numbered, vocabulary, "end"),
    ]
    if listed:
        yield from sorted(listed, key=lambda each: each[1].kind == "news")
        return
    longer = [line for line in near if len(line.text) > 6]
    yield from _types_listed(longer, words(()), "near the headline, of any language")


def _types_listed(lines: list[Line], vocabulary: Words, where: str) -> Iterator[Typed]:
    """Known labels, those with a number beside them first: "Press Release 1/2015" before "Press Releases"."""
    for line in sorted(lines, key=lambda line: number_in(line.text) is None):
        kind = kind_in(line.text, vocabulary)
        if kind and (line.whole or kind.kind != "no release"):
            label = (
                _label(kind, vocabulary)
                if line.whole and kind.whole == line.text.strip(" .:")
                else kind.label
            )
            yield Printed(label, f"label:{where}"), kind, line.block


def _label(kind: Kind, vocabulary: Words) -> str:
    """The label as it stands in its own element: with who issued it, if the rest names nothing but a body."""
    joints_only = all(fold(word) in JOINTS for word in kind.rest.split())
    return (
        kind.whole
        if kind.whole and (joints_only or bylines.holds_body_word(kind.rest, vocabulary))
        else kind.label
    )


def _types_of_path(page: Page, place: Place, vocabulary: Words) -> Iterator[Typed]:
    """The section that the breadcrumb names last before the page itself."""
    before = page.blocks[: max(place.headline, 0)]
    path = [b for b in before if b.zones & Zone.BREADCRUMB or PATH.search(b.text)]
    menu = Zone.NAV | Zone.HEADER
    if (
        not path
        and before
        and before[-1].zones & Zone.LIST
        and before[-1].linked > 0.9
        and not before[-1].zones & menu
    ):
        path = [before[-1]]  # the last link right above the headline, where no name says it is a path
    for block in reversed(path[-4:]):
        for part in reversed([*block.pieces, *re.split(r"\s*[>›»/|]\s*", block.text)]):
            kind = kind_in(part.strip(" ›»>/|"), vocabulary) if len(part) < 60 else None
            if kind and kind.kind != "article":
                yield Printed(kind.label, "label:breadcrumb"), kind, -1


def _unknown_kind(text: str, vocabulary: Words) -> Kind | None:
    """A type label that no language file knows: a few words, at a place that only holds type labels."""
    if len(text) > 70 or len(text.split()) > 7 or bylines.names_body(text, vocabulary):
        return None
    label = text.strip("():;|,- ")
    return Kind(label, kind_of(label, vocabulary)) if len(label) > 1 else None


def _first_texts(page: Page, place: Place) -> list[str]:
    first = max(place.headline + 1, place.first)
    shown = (
        b.text
        for b in page.blocks[first : place.last]
        if len(b.text) > 40 and not b.zones & ~place.zones & NOT_NEAR
    )
    return [text for _, text in zip(range(3), shown, strict=False)]


def _number(scene: Scene, types: list[Typed]) -> Printed | None:
    for printed in scene.printed("number"):
        text = printed.text.rpartition(":")[2].strip()
        return Printed(text if len(text) <= 30 else number_in(text) or text, printed.evidence)
    typed = {block for _, _, block in types}
    short = (line for line in (*scene.near, *scene.tail) if len(line.text) < 90)
    return first_number((line.text, "label:number", line.block in typed) for line in short)


def _used(scene: Scene, types: list[Typed], bodies: list[Named]) -> frozenset[int]:
    """Lines that hold the chosen type label or byline and nothing else, also where a layout or the head told it."""
    taken = {block for _, _, block in types[:2]} | set(bodies[0][1] if bodies else ())
    said = {
        fold(printed.text)
        for printed in (*(each[0] for each in types[:1]), *(each[0] for each in bodies[:1]))
    }
    lines = [
        line
        for line in (*scene.near, *scene.tail)
        if len(scene.page.blocks[line.block].text) <= bylines.LONGEST
    ]
    told = (line.block for line in lines if line.block in taken or (line.whole and fold(line.text) in said))
    labels = (line.block for line in scene.near if _is_byline_label(line, scene.words))
    again = (line.block for line in scene.tail if line.whole and _tells_again(line, bodies[:1], scene.words))
    return frozenset((*told, *labels, *again, *_numbered(scene)))


def _numbered(scene: Scene) -> Iterator[int]:
    """The lines between headline and text that hold a release's number and hardly a word beside it."""
    for line in scene.near:
        if line.whole and line.block > scene.place.headline and weight(line.text) < _NUMBERED:
            number = number_in(line.text)
            if number and len(line.text.replace(number, "").split()) <= 2:
                yield line.block


def _tells_again(line: Line, bodies: list[Named], vocabulary: Words) -> bool:
    """Whether a closing line tells the byline once more: "Original-Content von: Polizei X, übermittelt durch …"."""
    value = bylines.labelled(line.text, vocabulary) if ":" in line.text else None
    return value is not None and any(fold(value).startswith(fold(body.text)) for body, _ in bodies)


def _is_byline_label(line: Line, vocabulary: Words) -> bool:
    """Whether a line is a byline's label ("From:"), or the value below one."""
    if line.whole and line.text.endswith((":", "\uff1a")) and bylines.is_label(line.text, vocabulary):
        return True
    return bool(line.label) and bylines.is_label(line.label, vocabulary) and len(line.text) <= bylines.LONGEST
