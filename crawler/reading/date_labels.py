"""What a printed label says of the date after it: published, updated, an event, another language's stamp."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache

from crawler.languages import Words
from crawler.languages import words as words_of


class Meaning(Enum):
    """What a date means."""

    PUBLISHED = "published"
    UPDATED = "updated"
    EVENT = "event"
    OTHER_LANGUAGE = "this_language"
    UNLABELLED = ""


#: words that may stand between a label and its date: a weekday, "den", "on the"
_BETWEEN = 3
#: "Event date 1:"
_NUMBERED = " 0123456789"
_MARKS = " :.,;|(-[•·/"


def label_before(lead: str, words: Words) -> tuple[Meaning, str]:
    """The meaning of the label that stands last in ``lead``, the folded text before a date, and the label.

    At most three short words may stand between label and date, or anything where the label opens the line with its
    colon. An event's label has to touch the date or to have
    its colon, since its words ("when", "from", "place") are words of any sentence.
    """
    tail = short = lead[-90:]
    endings, meanings = _labels(words.languages)
    for between in range(_BETWEEN + 1):
        tail = tail.rstrip(_MARKS)
        if not tail:
            break
        if tail.endswith(endings):
            label = next(one for one in endings if tail.endswith(one))
            meaning = meanings[label]
            colon = short[len(tail) :].lstrip(_NUMBERED).startswith(":")
            speaks = _is_whole(tail, label) and _speaks(meaning, label, tail[: -len(label)], words)
            if speaks and (meaning is not Meaning.EVENT or not between or colon):
                return meaning, label
        last = tail.rsplit(" ", 1)[-1]
        if len(last) > 12 or len(last) == len(tail):
            break
        tail = tail[: -len(last)]
    opening, mark, _ = lead.partition(":")
    meaning = meanings.get(opening.strip(_MARKS), Meaning.UNLABELLED) if mark else Meaning.UNLABELLED
    return (meaning, opening.strip(_MARKS)) if meaning is not Meaning.UNLABELLED else (meaning, "")


def _speaks(meaning: Meaning, label: str, ahead: str, words: Words) -> bool:
    """Whether a label speaks of the page and is no word of a sentence ("a group was created on …"): it opens the
    line, or follows punctuation or a type label. "Last updated" and its like speak of the page anywhere."""
    if meaning in (Meaning.EVENT, Meaning.OTHER_LANGUAGE) or (meaning is Meaning.UPDATED and " " in label):
        return True
    ahead = ahead.rstrip()
    return not ahead or not ahead[-1].isalpha() or ahead.endswith(tuple(words.types))


def _is_whole(tail: str, label: str) -> bool:
    """Whether the label is no end of a longer word; scripts without spaces have no such border."""
    before = tail[-len(label) - 1 : -len(label)]
    return not before.isalpha() or label[0] >= "\u0e00"


def meaning_of_marks(marks: str) -> Meaning | None:
    """What class names and ids say of a date inside: ``updated``, ``dateModified``, ``event-date`` … or None."""
    if not marks:
        return None
    if re.search(r"updat|modif|lastmod|changed|aktualis|revis", marks):
        return Meaning.UPDATED
    if re.search(r"event|calendar|agenda|termin|deadline", marks):
        return Meaning.EVENT
    return Meaning.PUBLISHED if re.search(r"publi|posted|pubdate", marks) else None


@cache
def _labels(languages: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, Meaning]]:
    """The labels of some languages without their closing dots, longest first, and what they mean."""
    dates = words_of(languages).dates
    meanings: dict[str, Meaning] = {}
    for meaning, phrases in (
        (Meaning.OTHER_LANGUAGE, dates.this_language),
        (Meaning.PUBLISHED, dates.published),
        (Meaning.UPDATED, dates.updated),
        (Meaning.EVENT, dates.event),
    ):
        for phrase in phrases:
            meanings.setdefault(phrase.rstrip("."), meaning)
    return tuple(sorted(meanings, key=len, reverse=True)), meanings
