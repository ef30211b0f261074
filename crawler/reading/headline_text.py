"""The headline in a plain-text copy of a page, which has no elements: one of the few lines above the running text."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from crawler.items import Printed
from crawler.languages import Words, pattern
from crawler.languages.folding import fold
from crawler.reading.blocks import Block, weight
from crawler.reading.bylines import holds_body_word
from crawler.reading.furniture import is_share_line
from crawler.reading.kinds import is_stamp
from crawler.reading.numbers import number_in
from crawler.reading.page import Page
from crawler.reading.paths import is_path
from crawler.reading.running import is_running, text_start

#: what stands before the headline in the tables of Korean, Chinese and Japanese government boards, and in forms
TITLE_LABELS = frozenset(
    (
        "제목",
        "件名",
        "標題",
        "标题",
        "題名",
        "主旨",
        "title",
        "subject",
        "titel",
        "betreff",
        "หัวข้อ",
        "tiêu đề",
        "заголовок",
    )
)
#: so many lines above the running text may hold the headline: kicker, date, byline, sub-headline, caption stand around it
_ABOVE = 9
#: and so many a list of facts of which one is labelled as the title
_FACTS = 25
#: the name of an institution is shorter than this; a longer line may speak of one
_NAME = 90
#: a year alone counts, the end of a telephone number ("257-2000") does not
_STAMP = re.compile(
    r"\b\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}|\b\d{4}-\d\d-\d\d|\b\d{1,2}[.:]\d\d\b|\d{4}\s*年|(?<![\d-])(?:19|20)\d\d(?!\d)|\d{4}\.\s?\d{1,2}\."
)
_LABEL = re.compile(r"^[^\d:]{2,30}:(?:\s|(?=[^\x00-\u02ff]))")


#: what one line nearer to the text is worth: a site's name stands at the top of a copied page
_NEARER = 0.1
#: small letters and capitals of any script: no "McIntosh"
_HUMP = re.compile("aaaAa")
#: what the line right above the first stamp gains
_STAMPED = 1.5
#: labels of a line that tells several things
_FILE = re.compile(r"\.(?:pdf|docx?|hwpx?|odt|xlsx?|zip|jpe?g|png)\b")
_LETTERS = re.compile(r"[^\W\d_]{2}")
#: English templates stand around texts of any language
_ENGLISH_STAMP = re.compile(r"(?:posted|published|date|updated)\b[^:]{0,12}:\s*\d")
_LABELS = re.compile(r"[^\W\d]\s?:(?!\d\d\b)")


class Headline(msgspec.Struct, frozen=True):
    """The headline as printed, the index of its block (-1: only the page's head tells it), the candidates that
    lost, and the indexes of the lines that are used up with it."""

    printed: Printed
    block: int
    lost: tuple[Printed, ...] = ()
    used: frozenset[int] = frozenset()


def find_in_text(page: Page, vocabulary: Words) -> Headline | None:
    """The headline of a plain-text copy; None where it has no line at all."""
    if not page.blocks:
        return None
    start = text_start(page)
    labelled = _labelled(page, start)
    if labelled is not None:
        return Headline(Printed(labelled.text, "label:title"), labelled.index)
    above = page.blocks[max(0, start - _ABOVE) : start] or page.blocks[:1]
    path = max((block.index for block in above if ">" in block.text), default=-1)
    points = {
        block.index: _points(block, page, vocabulary) - 2.0 * (block.index < path) + _NEARER * at
        for at, block in enumerate(above)
    }
    ranked = sorted(above, key=lambda block: -points[block.index])
    evidence = "shape:line above the running text"
    return Headline(
        Printed(ranked[0].text, evidence),
        ranked[0].index,
        tuple(Printed(block.text, evidence) for block in ranked[1:4]),
    )


def _labelled(page: Page, start: int) -> Block | None:
    """The line below a label of titles ("제목", "Subject"), in the list of facts above the text."""
    facts = page.blocks[max(0, start - _FACTS) : start]
    pairs = pairwise(facts)
    return next((value for label, value in pairs if fold(label.text).strip(" :") in TITLE_LABELS), None)


def _points(block: Block, page: Page, vocabulary: Words) -> float:
    """How much a line looks like the headline."""
    text, folded = block.text, fold(block.text)
    points = min(weight(text), 70) / 30 + _repetition(block, page)
    if _STAMP.search(folded):
        points -= 1.0
    if text.endswith((".", "。", ":", "\uff1a")):
        points -= 1.5
    if text.endswith((",", "，", "、")):
        points -= 4.0  # "Sehr geehrte Pressekolleginnen und -kollegen,"
    if block.index and _labels_contact(page.blocks[block.index - 1], vocabulary):
        points -= 1.5
    if ">" in text or "@" in text or "»" in text or text.startswith(("www.", "http")):
        points -= 4.0
    if pattern(vocabulary.contacts.photo).search(folded) or "©" in text:
        points -= 4.0
    if is_path(text) or is_share_line(block, vocabulary) or _tells_facts(text, folded):
        points -= 4.0
    if is_stamp(text, vocabulary) or _ENGLISH_STAMP.match(folded):
        points -= 2.0
    known = _known(folded, vocabulary)
    return points + _beside_stamp(block, page) * (1.0 if not known else 0.4) - known - 1.5 * _humps(text)


def _labels_contact(block: Block, vocabulary: Words) -> bool:
    """Whether a line is the label of a contact, as "Contact:" above "Media Relations Division"."""
    said = fold(block.text).rstrip(" :\uff1a")
    return said != fold(block.text) and said in {fold(label) for label in vocabulary.contacts.labels}


def _beside_stamp(block: Block, page: Page) -> float:
    """What a line gains for standing right above the first stamp, or between one and the text, as headlines do; a
    stamp itself gains nothing."""
    if _is_stamped(block):
        return 0.0
    above, below = page.blocks[block.index - 1 : block.index], page.blocks[block.index + 1 : block.index + 2]
    if above and _is_stamped(above[0]) and below and is_running(below[0]):
        return _STAMPED
    return _STAMPED if below and _is_stamped(below[0]) else 0.0


def _is_stamped(block: Block) -> bool:
    """Whether a line is short and shows a day."""
    return len(block.text) < _NAME and bool(_STAMP.search(fold(block.text)))


def _humps(text: str) -> int:
    """How often the words of a menu run into each other: "HomePress centreNews"."""
    return min(
        len(_HUMP.findall("".join("a" if c.islower() else "A" if c.isupper() else " " for c in text))), 2
    )


def _tells_facts(text: str, folded: str) -> bool:
    """Whether a line has several labels, no letters, a file's name, or a number with its word and nothing else."""
    number = number_in(text)
    return (
        len(_LABELS.findall(folded)) > 1
        or not _LETTERS.search(folded)
        or bool(_FILE.search(folded))
        or (number is not None and weight(text) - weight(number) < 8)
    )


def _repetition(block: Block, page: Page) -> float:
    """A headline may be told again in a list of related releases, with a date; a menu word or the site's name is
    repeated as it is, or beside a copyright sign."""
    points = 0.0
    for other in page.blocks:
        if other is not block and block.text in other.text:
            if "©" in other.text or (other.text == block.text and weight(block.text) < 24):
                return -2.5
            if other.text.startswith(block.text) and not is_running(other):
                points = 1.5
    return points


def _known(folded: str, vocabulary: Words) -> float:
    """What a line loses for being a type label, a byline, a date line, a contact's label or a menu word."""
    plain = folded.rstrip(" -:")
    pages = vocabulary.pages
    if any(
        plain in words
        for words in (
            vocabulary.types,
            pages.related,
            pages.share,
            vocabulary.contacts.labels,
            vocabulary.dates.published,
            vocabulary.bylines,
        )
    ):
        return 3.0
    if _LABEL.match(folded) and pattern(
        (*vocabulary.bylines, *vocabulary.dates.published, *vocabulary.contacts.labels)
    ).match(folded):
        return 3.0
    dates = vocabulary.dates
    if _STAMP.search(folded) and pattern((*dates.published, *dates.updated)).match(folded):
        return 3.0  # "Publicado em 12/05/2025 16h36 Atualizado em …"
    found = pattern(tuple(vocabulary.types)).match(folded)
    if found and not folded[found.end() : found.end() + 2].strip().startswith((":", "-")):
        return 2.0
    names = len(folded) < _NAME and holds_body_word(folded, vocabulary)
    return 1.5 if names else 0.0
