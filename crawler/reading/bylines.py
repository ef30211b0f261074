"""Issuing bodies: which of the short lines around a headline names who issued the release.

A body is told by a label ("Utgiver:", "Herausgeber:", 資料來源), by class names, or by the words that names of
ministries hold ("departement", "ministry", 省); persons who wrote a page are no issuing body.
"""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.languages import Words, part_pattern, words
from crawler.languages.folding import fold

#: a name of a body; longer lines are sentences
LONGEST = 140
_CASED = re.compile(r"[^\W\d_][^\W\d_'’.-]*")
_CLASS = re.compile(
    r"(?:^|[\s_-])(byline|by-line|sender|publisher|issuer|organi[sz]ations?|organisationseinheit|org|orgunit|ministry|department|agency|ministere|departement|"
    r"avsender|avsandare|utgiver|herausgeber|owner|issuing-?body|institution|source|office|author)(?=$|[\s_-])"
)
_END = re.compile(r"\s*(?:[|·•【]|\s[-–—]\s|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\b(?:19|20)\d\d\b).*$")
#: "by The White House", "Communiqué par le ministère": the word before a name is no part of it
_BY = re.compile(
    r"^(?:by|von|par|por|av|af|od|от|от)\s+(?=[^\W\d_a-zа-я])|^(?:(?:the|le|la|les|der|die|das|el|los|las|il|lo|gli|os?|as?|het|de)\s+|l['’])(?=[^\W\d_]{4})"
)
#: signs that no name holds
_NO_NAME = frozenset("@<>{}=")
_DIGIT = re.compile(r"\d")
#: what folds to a colon
_COLON_SIGNS = frozenset(":\uff1a\ufe55\ufe13")
_LABEL = re.compile(r"^(?P<label>[^:\uff1a]{1,60}?)\s*[:\uff1a]\s*(?P<value>.*)$")
_COLON = re.compile(r"[^\d]:")
#: what divides the parts of a line: "… 14:30 WIB - Penulis: Biro Humas"
_DIVIDERS = ("|", "-", "\u2022", "\u00b7", "/")
_ON_BEHALF = re.compile(r"\bon behalf of(?: the)? (?P<value>[A-Z].{3,100}?)(?:\s*$|[;)])")


def labelled(line: str, vocabulary: Words) -> str | None:
    """The value after a byline label at the start of a line, or after one in the middle of a stamp's line."""
    found = _LABEL.match(line) if _has_colon(line) else None
    if found and is_label(found["label"], vocabulary):
        return _up_to_next_label(line, found.start("value"), vocabulary)
    bare = _bare_label(vocabulary.languages).match(line)
    named = _END.sub("", line[bare.end() :]).strip() if bare else ""
    if names_body(named, vocabulary):  # "From Department of Enterprise", "By Harbour Board • 5 March 2024"
        return named
    return _labelled_inside(line, vocabulary) or on_behalf(line)


def _labelled_inside(line: str, vocabulary: Words) -> str | None:
    """The value after a byline label that follows a stamp or another label with its value, up to the next label:
    "Published: 12.03.2024 Source: Press office Views: 318"."""
    if not _has_colon(line):
        return None
    folded = fold(line)
    middle = _label_pattern(vocabulary.languages).search(folded)
    if middle is None:
        return None
    ahead = folded[: middle.start()].rstrip(" ,;([")
    if ahead and not ahead.endswith(_DIVIDERS) and not ahead[-1].isdigit() and not _COLON.search(ahead):
        return None
    return _up_to_next_label(line, middle.end(), vocabulary) or None


def _has_colon(line: str) -> bool:
    return ":" in line or not (line.isascii() or _COLON_SIGNS.isdisjoint(line))


def _up_to_next_label(line: str, start: int, vocabulary: Words) -> str:
    """What stands between ``start`` and the next label with its colon, or the end of the line."""
    following = _next_label(vocabulary.languages).search(fold(line), start)
    return line[start : following.start() if following else None].strip(" |,;-–")


def on_behalf(line: str) -> str | None:
    """Whom a distributor names: "Distributed by … on behalf of Ministry of Health, Kenya."."""
    found = _ON_BEHALF.search(line) if len(line) < 2 * LONGEST and "on behalf of" in line else None
    return found["value"].strip() if found else None


def is_label(text: str, vocabulary: Words) -> bool:
    """Whether ``text`` is a byline label and nothing else."""
    return fold(text).strip().rstrip(":").strip() in _labels(vocabulary.languages)


def names_body(text: str, vocabulary: Words) -> bool:
    """Whether ``text`` looks like the name of an issuing body: short, no sentence, with a word of such names."""
    if not 2 <= len(text) <= LONGEST or text.endswith((".", "!", "?")) or not _NO_NAME.isdisjoint(text):
        return False
    if "//" in text or len(_DIGIT.findall(text)) > 4:
        return False
    before, colon, _ = text.partition(": ")
    if colon and not holds_body_word(before, vocabulary):
        return False  # a label and its value: "Reviewed by: Office of …"
    return holds_body_word(text, vocabulary)


def holds_body_word(text: str, vocabulary: Words) -> bool:
    """Whether ``text`` holds a word of names of issuing bodies, in the page's languages or any of at least six letters."""
    return _holds_body_word(text, vocabulary.languages)


@lru_cache(maxsize=8192)
def _holds_body_word(text: str, languages: tuple[str, ...]) -> bool:
    folded = fold(text)
    long, short = _institutions(languages)
    return bool(long.search(folded) or (short and short.search(folded)))


def is_person(text: str) -> bool:
    """Whether ``text`` looks like a person's name: two to four capitalised words and nothing else."""
    tokens = text.replace(",", " ").split()
    if not 2 <= len(tokens) <= 4:
        return False
    return all(_CASED.fullmatch(token) and token[0].isupper() and not token.isupper() for token in tokens)


@lru_cache(maxsize=2048)
def class_hint(marks: str) -> str | None:
    """The class name among ``marks`` that says a line is a byline."""
    found = _CLASS.search(marks)
    return found[1] if found else None


def cleaned(text: str, vocabulary: Words) -> str:
    """A byline without its label, and without the stamp or switcher that follows it on the line."""
    value = labelled(text, vocabulary)
    value = text if value is None else value
    return bare(_END.sub("", value).strip(" ,;|:"))


def bare(name: str) -> str:
    """A name without the small word before it: "by The White House", "le ministère de la Mobilité"."""
    return _BY.sub("", name)


@lru_cache(maxsize=64)
def _labels(languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words(languages).bylines) | frozenset(
        label for label in words(()).bylines if len(label) > 5
    )


@lru_cache(maxsize=64)
def _label_pattern(languages: tuple[str, ...]) -> re.Pattern[str]:
    listed = sorted((re.escape(label) for label in words(languages).bylines), key=len, reverse=True)
    return re.compile(rf"(?:^|(?<=[^\w])|(?<=[\d_]))(?:{'|'.join(listed) or '(?!)'})\s*:\s*")


@lru_cache(maxsize=64)
def _next_label(languages: tuple[str, ...]) -> re.Pattern[str]:
    """Where another label with its colon begins: of a date, of a tool, of a byline."""
    known = words(languages)
    dates, pages = known.dates, known.pages
    labels = (*dates.published, *dates.updated, *pages.tools, *pages.views, *pages.share, *known.bylines)
    listed = sorted((re.escape(label) for label in labels), key=len, reverse=True)
    return re.compile(rf"(?<=[^\w])(?:(?:{'|'.join(listed) or '(?!)'})\s*[:(\[])|\s[^\W\d_]{{2,12}}:(?=\S)")


@lru_cache(maxsize=64)
def _bare_label(languages: tuple[str, ...]) -> re.Pattern[str]:
    """A byline label without a colon after it, at the start of a line; "Ministry of" begins a name."""
    listed = sorted((re.escape(label) for label in words(languages).bylines), key=len, reverse=True)
    of = r"(?!(?:of|for|de|du|des|der|della|do|da|van|voor|d['’])(?![^\W\d_]))"
    return re.compile(rf"(?:{'|'.join(listed) or '(?!)'})\s+{of}(?=[^\W\d])", re.IGNORECASE)


@lru_cache(maxsize=64)
def _institutions(languages: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    """Words that a name holds anywhere ("Justis- og beredskapsdepartementet"), and what ends one of its words
    (``-kommune``, the page's own languages only) or the name (省)."""
    own = words(languages).institutions
    others = (word for word in words(()).institutions if len(word) > 5 or not word.isascii())
    chosen = dict.fromkeys((*own, *(word for word in others if word[0] != "-")))
    ends = [f"{re.escape(word)}\\s*$" for word in chosen if not word.isascii() and len(word) <= 2]
    ends += [rf"{re.escape(word[1:])}(?![^\W\d_])" for word in own if word[0] == "-"]
    short = re.compile("|".join(ends)) if ends else None
    return part_pattern(
        tuple(word for word in chosen if word[0] != "-" and (word.isascii() or len(word) > 2))
    ), short
