"""The short lines around a headline: issuing body, type label, number. Which line says what, and which are used up.

Lines above and below the headline are looked at up to the running text, then the last lines of the release. A line
that says nothing else than what a field holds is used whole: it is no text of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

import msgspec

from crawler.items import Printed
from crawler.languages import Words, words
from crawler.languages.folding import fold
from crawler.platforms.layout import Layout
from crawler.reading import bylines
from crawler.reading.blocks import Zone
from crawler.reading.kinds import (
    JOINTS,
    Kind,
    is_stamp,
    kind_before_colon,
    kind_before_issuer,
    kind_in,
    kind_of,
    segments,
    without_stamp,
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
_FROM = frozenset(("from", "fran", "fra"))
_ISSUER_END = re.compile(r"\s*(?:,|;|\(|\d|\b[nN][ro]\b)")
_PLAIN_TYPE_MARKS = frozenset(("kicker", "eyebrow", "topline", "category", "category-name"))


class _Scene(msgspec.Struct, frozen=True):
    """What the candidates are looked for in."""

    page: Page
    place: Place
    metadata: Metadata
    words: Words
    layout: Layout | None
    near: list[Line]
    tail: list[Line]

    def printed(self, field: str) -> tuple[Printed, ...]:
        """The candidates at the layout's places."""
        return self.layout.printed(self.page, field) if self.layout else ()


class Labels(msgspec.Struct, frozen=True):
    """What the lines around the headline say. ``used`` are lines that say nothing else; ``lost`` what was decided against."""

    byline: Printed | None = None
    type_label: Printed | None = None
    type: str | None = None
    number: Printed | None = None
    used: frozenset[int] = frozenset()
    lost: tuple[tuple[str, Printed], ...] = ()


def find_labels(
    page: Page, place: Place, metadata: Metadata, vocabulary: Words, layout: Layout | None = None
) -> Labels:
    """Issuing body, type label and number of the release at ``place``. Never raises."""
    scene = _Scene(
        page, place, metadata, vocabulary, layout, near_lines(page, place), tail_lines(page, place)
    )
    types = list(_types(scene))
    bodies = list(_bodies(scene, types))
    first = types[0] if types else None
    return Labels(
        byline=bodies[0][0] if bodies else None,
        type_label=first[0] if first else None,
        type=first[1].kind if first else None,
        number=_number(scene, types),
        used=_used(scene, types, bodies),
        lost=tuple(("type_label", each[0]) for each in types[1:4])
        + tuple(("byline", each[0]) for each in bodies[1:4]),
    )


Typed = tuple[Printed, Kind, int]


def _types(scene: _Scene) -> Iterator[Typed]:
    """Candidates for the type label, in order of evidence."""
    page, place, vocabulary = scene.page, scene.place, scene.words
    headline = page.blocks[place.headline].text if place.headline >= 0 else page.title or ""
    for printed in scene.printed("type_label"):
        if not is_stamp(printed.text, vocabulary) and not bylines.labelled(printed.text, vocabulary):
            kind = kind_in(printed.text, vocabulary) or _unknown_kind(printed.text, vocabulary)
            if kind:
                yield Printed(kind.whole or kind.label, printed.evidence), kind, -1
    yield from _types_near(scene.near, scene.tail, vocabulary)
    for evidence, text in (("headline", headline), *(("text", text) for text in _first_texts(page, place))):
        kind = kind_before_colon(text, vocabulary) or (
            kind_before_issuer(text, vocabulary) if len(text) < 200 else None
        )
        if kind and kind.kind not in {"report", "article"}:
            yield Printed(kind.label, f"label:{evidence}"), kind, -1
    yield from _types_listed(scene.tail, vocabulary, "end")
    for printed in scene.metadata.types:
        kind = kind_in(printed.text, words(()))
        if kind:
            yield Printed(kind.label, printed.evidence), kind, -1
    yield from _types_of_path(page, place, vocabulary)


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
                yield Printed(kind.whole or kind.label, f"class:{min(marks)}"), kind, line.block
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
        if kind:
            yield Printed(kind.label, f"label:{where}"), kind, line.block


def _types_of_path(page: Page, place: Place, vocabulary: Words) -> Iterator[Typed]:
    """The section that the breadcrumb names last before the page itself."""
    before = page.blocks[: max(place.headline, 0)]
    path = [b for b in before if b.zones & Zone.BREADCRUMB or PATH.search(b.text)]
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


Named = tuple[Printed, tuple[int, ...]]


def _bodies(scene: _Scene, types: list[Typed]) -> Iterator[Named]:
    """Candidates for the issuing body, in order of evidence."""
    vocabulary = scene.words
    at_place = [each for each in scene.printed("byline") if not is_stamp(each.text, vocabulary)]
    if at_place:
        same = [each for each in at_place if each.evidence == at_place[0].evidence]
        yield (
            Printed(", ".join(bylines.cleaned(each.text, vocabulary) for each in same), same[0].evidence),
            (),
        )
    lines = [line for line in scene.near if not is_stamp(line.text, vocabulary)]
    marked = list(_bodies_marked(lines, vocabulary))
    yield from (each for each in marked if each[0].evidence.endswith("byline"))
    yield from _bodies_labelled(lines, vocabulary)
    yield from (each for each in marked if not each[0].evidence.endswith("byline"))
    yield from _bodies_named([line for line in lines if not line.is_lead], vocabulary, types)
    for printed, kind, block in types:
        issuer = _issuer(kind.rest, vocabulary)
        if issuer:
            yield Printed(issuer, f"{printed.evidence}, issuer"), (block,)
    yield from _bodies_labelled(scene.tail, vocabulary)
    for last in scene.page.blocks[max(scene.place.last - 12, 0) : scene.place.last]:
        if body := bylines.on_behalf(last.text):
            yield Printed(body, "label:on behalf of"), (last.index,)
    yield from _bodies_named(_unaddressed(scene.tail), vocabulary, types)
    for printed in scene.metadata.publishers:
        if bylines.holds_body_word(printed.text, vocabulary) and len(printed.text) <= bylines.LONGEST:
            yield printed, ()


def _bodies_labelled(lines: list[Line], vocabulary: Words) -> Iterator[Named]:
    for line in lines:
        value = bylines.labelled(line.text, vocabulary)
        if value is None and line.label and bylines.is_label(line.label, vocabulary):
            value = line.text
        value = bylines.cleaned(value, vocabulary) if value else ""
        if 1 < len(value) <= bylines.LONGEST and (
            not bylines.is_person(value) or bylines.holds_body_word(value, vocabulary)
        ):
            yield Printed(value, f"label:{line.label or line.text.split(':')[0][:30]}"), (line.block,)


def _bodies_marked(lines: list[Line], vocabulary: Words) -> Iterator[Named]:
    """Lines whose class names say byline; of those that say author, persons are left out."""
    for line in lines:
        hint = bylines.class_hint(" ".join(line.marks))
        text = bylines.cleaned(line.text, vocabulary)
        if (
            not hint
            or not 1 < len(text) <= bylines.LONGEST
            or kind_in(line.text, vocabulary)
            or text.endswith(".")
        ):
            continue
        if bylines.holds_body_word(text, vocabulary) or not (
            bylines.is_person(text) or hint in {"author", "source"}
        ):
            yield Printed(text, f"class:{hint}"), (line.block,)


def _bodies_named(lines: list[Line], vocabulary: Words, types: list[Typed]) -> Iterator[Named]:
    """Lines that name a body by its words; one right below another names its part and is joined to it."""
    typed = {block for _, _, block in types}
    found = [
        (part, line)
        for line in lines
        for part in _candidates(line, vocabulary)
        if line.block not in typed or part != line.text
    ]
    for number, (part, line) in enumerate(found):
        following = found[number + 1 : number + 2]
        if (
            following
            and following[0][1].block == line.block + 1
            and part == line.text
            and following[0][0] == following[0][1].text
        ):
            below = following[0]
            yield (
                Printed(f"{part}, {below[0]}", "label:names of bodies, one below the other"),
                (line.block, below[1].block),
            )
        yield Printed(part, "label:name of a body"), (line.block,)


def _candidates(line: Line, vocabulary: Words) -> list[str]:
    parts = [part.strip(" ,;:") for part in segments(line.text)]
    if len(parts) == 1:
        parts = [without_stamp(bylines.cleaned(line.text, vocabulary) or line.text, vocabulary)]
    return [
        part
        for part in parts
        if bylines.names_body(part, vocabulary)
        and not kind_in(part, vocabulary)
        and not is_stamp(part, vocabulary)
    ]


def _unaddressed(tail: list[Line]) -> list[Line]:
    """The last lines from below the last one with a number or an address on: a contact block names bodies too."""
    last = max(
        (n for n, line in enumerate(tail) if "@" in line.text or sum(map(str.isdigit, line.text)) > 6),
        default=-1,
    )
    following = tail[last + 1 :]
    return following[-3:] if last < 0 else following[1:][-3:]


def _issuer(rest: str, vocabulary: Words) -> str | None:
    """The body in what follows or precedes a type label on its line: "från Försvarsdepartementet", "MFA".

    "From" names a body also where its words are not known ("News release from Berkeley Lab"); "by" may name a person.
    """
    tokens = rest.split()
    joints = [fold(token) for token in takewhile(lambda token: fold(token) in JOINTS, tokens)]
    text = _ISSUER_END.split(" ".join(tokens[len(joints) :]))[0].strip(" .;:")
    if not 1 < len(text) <= bylines.LONGEST:
        return None
    if bylines.holds_body_word(text, vocabulary) or text.isupper():
        return text
    return (
        text
        if joints[:1] and (joints[0] in _FROM or not bylines.is_person(text)) and text[0].isupper()
        else None
    )


def _number(scene: _Scene, types: list[Typed]) -> Printed | None:
    for printed in scene.printed("number"):
        return Printed(number_in(printed.text, beside_type=True) or printed.text, printed.evidence)
    typed = {block for _, _, block in types}
    short = (line for line in (*scene.near, *scene.tail) if len(line.text) < 90)
    return first_number((line.text, "label:number", line.block in typed) for line in short)


def _used(scene: _Scene, types: list[Typed], bodies: list[Named]) -> frozenset[int]:
    """Lines that hold the chosen type label or byline and nothing else."""
    taken = {block for _, _, block in types[:2]} | set(bodies[0][1] if bodies else ())
    near = {line.block for line in (*scene.near, *scene.tail)}
    return frozenset(block for block in taken & near if len(scene.page.blocks[block].text) <= bylines.LONGEST)
