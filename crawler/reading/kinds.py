"""Type labels: what a short line says about the kind of a release, in any of the languages.

A line is compared word by word with the labels of ``languages/*.toml``, after dates, numbers and language switchers
are taken out of it: "Nyhet 08.10.2015 14.20 fi sv", "Tyyppi:Tiedote 677", "Bern, Medienmitteilung, 13.05.2009".
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

import msgspec

from crawler.languages import Words, known, pattern, words
from crawler.languages.folding import LETTERS, MARKS, fold

#: words that join a type with who issued it: "Pressmeddelande från …", "Press release by the …", "Communiqué par …"
JOINTS = frozenset(
    fold(word)
    for word in "from by of the for issued på från fra frá frå av af des der von vom de du des la da do del della di dal par pour van het por "
    "el za od от на ot ur tal ta' sa der dem den bei an einer eines".split()
)
_SEPARATORS = re.compile(r"\s*[|•·・►»]\s*|\s+[-–—]{1,2}\s+|\s*[\t\n]\s*")
_PARTS = re.compile(r"\s*[,;/\uff0c\uff1b]\s*|\s+[-–—]\s*|:\s+(?=\S)|\uff1a\s*(?=\S)")
_WORD = re.compile(rf"{LETTERS}(?:['’.&-]+{LETTERS})*\.?")
_DIGIT = re.compile(r"\d")
_PREFIX = re.compile(r"^(?P<label>[^:\uff1a]{2,60}?)\s*[:\uff1a]\s*(?=\S)")
_LABELLED = re.compile(rf"^(?:[^\W\d]|[{MARKS}]){{2,14}}\s*[:\uff1a]\s*")
_LANGUAGES = frozenset("fi sv en se de fr es it nl da nb nn no is ru uk pl cs et lv lt ar zh ja ko".split())
#: zones, the words that announce a number, and what stands in dates of several languages
_STAMP_WORDS = frozenset(
    "eet eest cet cest gmt utc bst et est edt pt pst msk z t nr no n nro year år den the on th st nd rd u h m kl klo "
    "نمبر رقم شماره номер бр бр. број nomor nombor broj br cislo c szam sz sayi αριθ αρ so நம்பர் எண் क्रमांक संख्या নম্বর หมายเลข".split()
)
#: a label is a few words; a longer line is text
LONGEST = 80


class Kind(msgspec.Struct, frozen=True):
    """A type label as printed and what it means (``press release``). ``rest`` is what else the line says, ``whole``
    the label with who issued it, where nothing else follows ("Pressmeddelande från Försvarsdepartementet")."""

    label: str
    kind: str | None
    rest: str = ""
    whole: str = ""


def kind_of(label: str, vocabulary: Words) -> str | None:
    """The normalised type of a label as printed ("Tiedote 98/2020" → "press release"), or None if it is unknown."""
    found = kind_in(label, vocabulary)
    if found:
        return found.kind
    tokens = [fold(token) for token in _WORD.findall(label)]
    starts = (tokens[:size] for size in range(len(tokens), 0, -1))
    ends = (tokens[-size:] for size in range(len(tokens) - 1, 0, -1))
    return next((kind for part in (*starts, *ends) if (kind := _known(part, vocabulary))), None)


def kind_in(line: str, vocabulary: Words) -> Kind | None:
    """The type label that ``line`` prints, if the line (or one part of it) holds hardly anything else."""
    if not line or len(line) > 2 * LONGEST:
        return None
    return _kind_in(line, vocabulary.languages)


@lru_cache(maxsize=8192)
def _kind_in(line: str, languages: tuple[str, ...]) -> Kind | None:
    """Lines repeat: from page to page of a site, and among the finders of one page."""
    vocabulary = words(languages)
    alone = line.strip(" .:()")
    known = vocabulary.types.get(fold(alone)) or _unspaced(fold(alone), vocabulary)
    if known:
        return Kind(alone, known)
    if not _may_tell(line, vocabulary):
        return None
    whole = segments(line)
    if line.strip() not in whole and (kind := _whole(line.strip(), vocabulary)):
        return kind
    parts = [part for segment in whole for part in _PARTS.split(_LABELLED.sub("", segment)) if part]
    found = next((kind for part in (*whole, *parts) if (kind := _whole(part, vocabulary))), None)
    return found or next((kind for part in whole if (kind := _after_issuer(part, vocabulary))), None)


def _unspaced(folded: str, vocabulary: Words) -> str | None:
    """The type of a label with a little more, in a script without spaces: "weekly" behind "press briefing" in Thai."""
    if folded.isascii() or len(folded) > 30 or not folded or not "\u0e00" <= folded[0] < "\uac00":
        return None
    starts = (folded[:size] for size in range(len(folded) - 1, max(len(folded) // 2, 4), -1))
    return next((vocabulary.types[start] for start in starts if start in vocabulary.types), None)


def _may_tell(line: str, vocabulary: Words) -> bool:
    """Whether any word of ``line`` begins a type label: most lines have none and need no closer look."""
    first = _first_words(vocabulary.languages)
    return any(word in first or word.rstrip(".") in first for word in _WORD.findall(fold(line)))


@lru_cache(maxsize=64)
def _first_words(languages: tuple[str, ...]) -> frozenset[str]:
    found = (_WORD.match(label) for label in words(languages).types)
    return frozenset(match[0] for match in found if match)


def kind_before_colon(line: str, vocabulary: Words) -> Kind | None:
    """The type label that begins a headline or a first sentence: "Presseinvitasjon: Åpner ny værstasjon"."""
    found = _PREFIX.match(line)
    if not found:
        return None
    label = found["label"].strip()
    kind = _whole(label, vocabulary) or _whole(label, words(()))
    if kind is None:
        near = _misspelt(fold(label), vocabulary)
        kind = Kind(label, near) if near else None
    return Kind(kind.label, kind.kind, line[found.end() :]) if kind else None


def kind_before_issuer(line: str, vocabulary: Words) -> Kind | None:
    """The type label that a headline or a first line begins with, before who issued it: "News release from …"."""
    tokens = list(islice(_WORD.finditer(line[:160]), 7))
    for size in range(len(tokens) - 1, 0, -1):
        if fold(tokens[size][0]) in JOINTS and (
            kind := _known([fold(t[0]) for t in tokens[:size]], vocabulary)
        ):
            return Kind(
                line[tokens[0].start() : tokens[size - 1].end()], kind, line[tokens[size].start() :].strip()
            )
    return None


def segments(line: str) -> list[str]:
    """The parts of a line between bars, bullets and dashes with spaces around them; the line itself if there are none."""
    return [part for part in _SEPARATORS.split(line) if part.strip()]


def is_stamp(text: str, vocabulary: Words) -> bool:
    """Whether ``text`` is a date or time and nothing else (month, weekday, label and zone words included)."""
    return bool(_DIGIT.search(text)) and _is_stamp(text, vocabulary.languages)


@lru_cache(maxsize=8192)
def _is_stamp(text: str, languages: tuple[str, ...]) -> bool:
    return not _content(text, words(languages))


def without_stamp(text: str, vocabulary: Words) -> str:
    """``text`` without the date before or after its words: "28. apríl 2000 Utanríkisráðuneytið" → the ministry."""
    tokens = _content(text, vocabulary)
    return text[tokens[0].start() : tokens[-1].end()] if tokens else ""


def _whole(segment: str, vocabulary: Words) -> Kind | None:
    """The type label of a segment that holds nothing else but numbers, dates and who issued it."""
    tokens = _content(segment, vocabulary)
    if not tokens or len(tokens) > 12:
        return None
    folded = [fold(token[0]) for token in tokens]
    for size in range(min(len(tokens), 8), 0, -1):
        kind = _known(folded[:size], vocabulary)
        if kind and (size == len(tokens) or folded[size] in JOINTS):
            label = _extended(segment, tokens[0].start(), tokens[size - 1].end())
            if size == len(tokens):
                return Kind(label, kind)
            ends_there = not segment[tokens[-1].end() :].strip(" .:")
            whole = segment[tokens[0].start() : tokens[-1].end()] if ends_there else ""
            return Kind(label, kind, segment[tokens[size].start() :], whole)
    return None


def _after_issuer(segment: str, vocabulary: Words) -> Kind | None:
    """The type label of a segment that names who issued it in one word first: "MFA Press Statement"."""
    tokens = _content(segment, vocabulary)
    if (
        not 2 <= len(tokens) <= 7
        or len(tokens[0][0]) < 2
        or len(tokens[0][0]) > 6
        or not tokens[0][0].isupper()
    ):
        return None
    kind = _known([fold(token[0]) for token in tokens[1:]], vocabulary)
    whole = segment[tokens[0].start() : tokens[-1].end()]
    return Kind(whole, kind, tokens[0][0], whole) if kind else None


def _extended(segment: str, start: int, end: int) -> str:
    """The label with what is glued to it ("BRIEFING(110608)") and with a bare year ("Tiedotteet 2022")."""
    tail = re.match(r"\(\d+\)|\s+(?:19|20)\d\d$|\.(?=\s|$)", segment[end:])
    label = segment[start : end + (tail.end() if tail else 0)]
    return label if segment[:start].strip() != "(" else label.rstrip(")")


def _content(text: str, vocabulary: Words) -> list[re.Match[str]]:
    """The words of ``text`` that are neither of a date nor of a language switcher."""
    if not _DIGIT.search(text):
        return list(_WORD.finditer(text))
    folded = _date_phrases(vocabulary.languages).sub(lambda found: " " * len(found[0]), fold(text))
    kept = [found for found in _WORD.finditer(text) if not folded[found.start() : found.end()].isspace()]
    told = [not _of_date(fold(found[0]).rstrip("."), vocabulary) for found in kept]
    for at in range(1, len(kept) - 1):  # "de" between two words joins them, and is no language to switch to
        one, joint, other = kept[at - 1 : at + 2]
        near = other.start() - joint.end() == joint.start() - one.end() == 1
        told[at] = told[at] or (near and told[at - 1] and told[at + 1] and fold(joint[0]) in JOINTS)
    return [found for found, tells in zip(kept, told, strict=True) if tells]


def _of_date(word: str, vocabulary: Words) -> bool:
    return (
        word in vocabulary.months or word in vocabulary.weekdays or word in _LANGUAGES or word in _STAMP_WORDS
    )


@lru_cache(maxsize=64)
def _date_phrases(languages: tuple[str, ...]) -> re.Pattern[str]:
    """The labels, clock words and counters that stand around a date; those of all languages at once would cost too much."""
    if languages == known():
        return pattern(())
    dates, views = words(languages).dates, words(languages).pages.views
    return pattern(
        (*dates.published, *dates.updated, *dates.this_language, *dates.clock, *dates.am, *dates.pm, *views)
    )


def _known(folded: list[str], vocabulary: Words) -> str | None:
    text = " ".join(folded)
    return vocabulary.types.get(text) or vocabulary.types.get(text.rstrip("."))


def _misspelt(label: str, vocabulary: Words) -> str | None:
    """The type of a label with one letter missing, doubled or wrong ("Presseinvtasjon")."""
    if len(label) < 9 or " " in label:
        return None
    near = (
        known for known in vocabulary.types if abs(len(known) - len(label)) <= 1 and known[:3] == label[:3]
    )
    return next((vocabulary.types[known] for known in near if _one_edit(known, label)), None)


def _one_edit(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    at = next((i for i, char in enumerate(short) if char != long[i]), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]
