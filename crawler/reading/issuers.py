"""Which of the lines around a headline names the body that issued the release, in order of evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, takewhile

import msgspec

from crawler.items import Printed
from crawler.languages import Words, words
from crawler.languages.folding import fold
from crawler.platforms.layout import Layout
from crawler.reading import bylines
from crawler.reading.blocks import Zone
from crawler.reading.kinds import JOINTS, Kind, is_stamp, kind_in, segments, without_stamp
from crawler.reading.lines import Line
from crawler.reading.metadata import Metadata
from crawler.reading.names_caseless import find_caseless
from crawler.reading.page import Page
from crawler.reading.place import Place
from crawler.reading.vocabulary import Kind as Token
from crawler.reading.vocabulary import vocabulary

#: "about" in the menus of many languages
_ABOUT = frozenset(
    "about om uber over sobre acerca tietoa um despre o про о об за par apie su hakkinda".split()
)
#: these are written by persons: "Blog post from …"
_PERSONAL = frozenset(("blog", "speech", "article", "interview"))
_FROM = frozenset(("from", "fran", "fra"))
_ACRONYM = re.compile(r"[^\W\d_a-z]{3,8}")
_ISSUER_END = re.compile(r"\s*(?:,|;|\(|\d|\b[nN][ro]\b)")

#: "The Prime Minister, … said:" leads to a quotation
_INTRODUCES = (":", "\uff1a")

Typed = tuple[Printed, Kind, int]
Named = tuple[Printed, tuple[int, ...]]


class Scene(msgspec.Struct, frozen=True):
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


def find_bodies(scene: Scene, types: list[Typed]) -> Iterator[Named]:
    """Candidates for the issuing body, in order of evidence."""
    vocabulary = scene.words
    at_place = [each for each in scene.printed("byline") if not is_stamp(each.text, vocabulary)]
    if at_place:
        same = [each for each in at_place if each.evidence == at_place[0].evidence]
        yield (
            Printed(", ".join(bylines.cleaned(each.text, vocabulary) for each in same), same[0].evidence),
            (),
        )
    title = scene.page.blocks[scene.place.headline].text if scene.place.headline >= 0 else ""
    lines = [
        line
        for line in scene.near
        if not is_stamp(line.text, vocabulary) and not (title and title in line.text)
    ]
    own = [line for line in lines if not line.heading and not (line.linked and _is_about(line.text))]
    marked = list(_bodies_marked(own, vocabulary))
    yield from (each for each in marked if each[0].evidence.endswith("byline"))
    yield from _bodies_labelled(own, vocabulary)
    yield from (each for each in marked if not each[0].evidence.endswith("byline"))
    yield from _bodies_named(own, vocabulary, types, scene.place.headline)
    yield from _acronyms(own, vocabulary, scene.place.headline)
    yield from _signed(scene.tail, vocabulary)
    for printed, kind, block in types:
        issuer = _issuer(kind.rest, vocabulary)
        if issuer and kind.kind in _PERSONAL and bylines.is_person(issuer):
            continue
        if issuer and (printed.evidence != "label:headline" or bylines.names_body(issuer, vocabulary)):
            yield Printed(issuer, f"{printed.evidence}, issuer"), (block,)
    yield from _bodies_labelled(scene.tail, vocabulary)
    for last in scene.page.blocks[max(scene.place.last - 12, 0) : scene.place.last]:
        if body := bylines.on_behalf(last.text):
            yield Printed(body, "label:on behalf of"), (last.index,)
    blocks = scene.page.blocks
    unaddressed = [line for line in _unaddressed(scene) if not blocks[line.block].zones & Zone.TAGS]
    yield from _bodies_named(unaddressed, vocabulary, types)
    yield from _bodies_marked([line for line in lines if line.heading], vocabulary)  # of a part of the site
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
            bylines.holds_body_word(value, vocabulary)
            or _asks_for_unit(line.label, vocabulary)
            or not _is_person(value, vocabulary)
        ):
            yield Printed(value, f"label:{line.label or line.text.split(':')[0][:30]}"), (line.block,)


def _is_person(text: str, words: Words) -> bool:
    """Whether a byline is a person's name, in scripts without capitals too: 김도윤."""
    if bylines.is_person(text):
        return True
    found = (
        find_caseless(text, tokens, vocab) if (tokens := (vocab := vocabulary(words)).tokens(text)) else None
    )
    return len(text) <= 4 and found is not None and found[0] == text


def _asks_for_unit(label: str | None, words: Words) -> bool:
    """Whether a label names a part of an institution, so that its value is no person: 담당부서."""
    return label is not None and any(token.kind is Token.UNIT for token in vocabulary(words).tokens(label))


def _bodies_marked(lines: list[Line], vocabulary: Words) -> Iterator[Named]:
    """Lines whose class names say byline; of those that say author, persons are left out."""
    marked: list[tuple[str, Line, str]] = []
    for line in lines:
        hint = bylines.class_hint(" ".join(line.marks))
        text = bylines.cleaned(line.text, vocabulary)
        if (
            not hint
            or not 1 < len(text) <= bylines.LONGEST
            or kind_in(line.text, vocabulary)
            or text.endswith(".")
            or fold(text).strip(" :") in _date_labels(vocabulary.languages)
        ):
            continue
        if bylines.holds_body_word(text, vocabulary) or not (
            bylines.is_person(text) or hint in {"author", "source"}
        ):
            marked.append((text, line, hint))
    yield from _joined(
        [(text, line) for text, line, _ in marked], "class names of bodies, one below the other"
    )
    for text, line, hint in marked:
        yield Printed(text, f"class:{hint}"), (line.block,)


@cache
def _date_labels(languages: tuple[str, ...]) -> frozenset[str]:
    """The labels of dates, which stand where bylines do: "Updated:"."""
    dates = words(languages).dates
    return frozenset((*dates.published, *dates.updated))


def _is_about(text: str) -> bool:
    """Whether a link leads to what the site says about its ministry: "Om ministeriet", "About the department"."""
    return fold(text).split(" ")[0] in _ABOUT


def _joined(found: list[tuple[str, Line]], evidence: str) -> Iterator[Named]:
    """A body right above another names the whole that the other is a part of: "The White House / Office of the …"."""
    for (above, first), (below, second) in pairwise(found):
        whole = above == first.text and below == second.text
        if (
            whole
            and second.block == first.block + 1
            and above != below
            and not first.label
            and not second.label
        ):
            yield Printed(f"{above}, {below}", f"label:{evidence}"), (first.block, second.block)


def _bodies_named(
    lines: list[Line], vocabulary: Words, types: list[Typed], headline: int = -9
) -> Iterator[Named]:
    """Lines that name a body by its words; one right below another names its part and is joined to it."""
    typed = {block for _, _, block in types}
    found = [
        (part, line)
        for line in lines
        for part in _candidates(line, vocabulary)
        if line.block not in typed or not line.whole or part != line.text
    ]
    yield from _joined(found, "names of bodies, one below the other")
    for part, line in found:
        if not line.is_lead:
            beside = line.whole and line.plain and abs(line.block - headline) <= 2
            yield (
                Printed(part, f"label:{'body at the headline' if beside else 'name of a body'}"),
                (line.block,),
            )


def _acronyms(lines: list[Line], vocabulary: Words, headline: int) -> Iterator[Named]:
    """A line of one word in capitals right at the headline: "NATO", "TEM"."""
    for line in lines:
        beside = line.whole and line.plain and 0 < abs(line.block - headline) <= 2
        if (
            beside
            and line.text.isupper()
            and _ACRONYM.fullmatch(line.text)
            and not kind_in(line.text, vocabulary)
        ):
            yield Printed(line.text, "label:acronym at the headline"), (line.block,)


def _signed(tail: list[Line], vocabulary: Words) -> Iterator[Named]:
    """The body that a closing line names before its place and day: "Utanríkisráðuneytið, Reykjavík, 8. janúar 1999."."""
    for line in tail:
        first, comma, rest = line.text.partition(",")
        dated = sum(map(str.isdigit, rest)) in range(5, 10)
        if comma and dated and len(rest) < 60 and bylines.names_body(first.strip(), vocabulary):
            yield Printed(first.strip(), "label:closing line"), (line.block,)


def _candidates(line: Line, vocabulary: Words) -> list[str]:
    if line.text.endswith(_INTRODUCES):
        return []
    parts = [part.strip(" ,;:") for part in segments(line.text)]
    if len(parts) == 1:
        parts = [bylines.cleaned(without_stamp(line.text, vocabulary), vocabulary)]
    return [
        part
        for part in parts
        if bylines.names_body(part, vocabulary)
        and not kind_in(part, vocabulary)
        and not is_stamp(part, vocabulary)
    ]


def _unaddressed(scene: Scene) -> list[Line]:
    """The last lines that belong to no address: a contact block names bodies too, and so does a copied footer."""
    tail = scene.tail
    addressed = [n for n, line in enumerate(tail) if "@" in line.text or sum(map(str.isdigit, line.text)) > 6]
    if scene.page.is_text:
        return tail[: max(addressed[0] - 2, 0)] if addressed else tail
    return tail[addressed[-1] + 2 :][-3:] if addressed else tail[-3:]


def _issuer(rest: str, vocabulary: Words) -> str | None:
    """The body in what follows or precedes a type label on its line: "från Försvarsdepartementet", "MFA".

    "From" names a body also where its words are not known ("News release from Berkeley Lab"); "by" may name a person.
    """
    tokens = rest.split()
    joints = [fold(token) for token in takewhile(lambda token: fold(token) in JOINTS, tokens)]
    text = bylines.bare(_ISSUER_END.split(" ".join(tokens[len(joints) :]))[0].strip(" .;:"))
    if not 1 < len(text) <= bylines.LONGEST or text.count(" ") > 9:
        return None
    if bylines.holds_body_word(text, vocabulary) or text.isupper():
        return text
    return (
        text
        if joints[:1] and (joints[0] in _FROM or not bylines.is_person(text)) and text[0].isupper()
        else None
    )
