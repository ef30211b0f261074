"""What a printed label says of the date after it: published, updated, an event, another language's stamp."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache

from crawler.languages import Words, pattern
from crawler.languages import words as words_of


class Meaning(Enum):
    """What a date means."""

    PUBLISHED = "published"
    UPDATED = "updated"
    EVENT = "event"
    OTHER_LANGUAGE = "this_language"
    UNLABELLED = ""


#: characters that may stand between a label and its date: a colon, a weekday, "den", "on the"
_GAP = 22


def label_before(lead: str, words: Words) -> tuple[Meaning, str]:
    """The meaning of the label that stands last in ``lead``, the folded text before a date, and the label.

    A label counts that ends close to the date; an event's label also has to touch it or open the line, since
    its words ("when", "from", "place") are words of any sentence.
    """
    if not lead.strip():
        return Meaning.UNLABELLED, ""
    labels, meanings = _labels(words.languages)
    last: re.Match[str] | None = None
    for match in labels.finditer(lead):
        last = match
    if last is None or len(lead.rstrip(" :.-|(")) - last.end() > _GAP:
        return Meaning.UNLABELLED, ""
    meaning = meanings[re.sub(r"\s+", " ", last[0])]
    touching = re.fullmatch(r"[\s:.\-–|(]*", lead[last.end() :]) is not None
    if meaning is Meaning.EVENT and not (touching or (last.start() < 2 and ":" in lead)):
        return Meaning.UNLABELLED, ""
    return meaning, last[0]


def meaning_of_marks(marks: str) -> Meaning | None:
    """What class names and ids say of a date inside: ``updated``, ``dateModified``, ``event-date`` … or None."""
    if not marks:
        return None
    if re.search(r"updat|modif|changed|aktualis|revis", marks):
        return Meaning.UPDATED
    if re.search(r"event|calendar|agenda|termin|deadline", marks):
        return Meaning.EVENT
    return Meaning.PUBLISHED if re.search(r"publi|posted|pubdate", marks) else None


@cache
def _labels(languages: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, Meaning]]:
    dates = words_of(languages).dates
    meanings: dict[str, Meaning] = {}
    for meaning, phrases in (
        (Meaning.OTHER_LANGUAGE, dates.this_language),
        (Meaning.PUBLISHED, dates.published),
        (Meaning.UPDATED, dates.updated),
        (Meaning.EVENT, dates.event),
    ):
        for phrase in phrases:
            meanings.setdefault(phrase, meaning)
    return pattern(tuple(meanings)), meanings
