"""What the words of a contact are, by the lists of the languages and by their letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from crawler.languages import Phrases, Words, pattern
from crawler.languages import words as all_words
from crawler.languages.folding import LETTERS, fold

_TOKEN = re.compile(rf"{LETTERS}(?:['\u2019\-\u2010\u2011]{LETTERS})*[\-.]?|\d+|[^\w\s]")
_PARTICLES = frozenset(
    "de da do das dos del della di du des van von vom zu zur der den ten ter te la le el al bin ibn ben af av y e i und".split()
)


class Kind(StrEnum):
    """What one word of a contact is."""

    HONORIFIC = "honorific"  # Mr, Dr., Mag., Major
    ROLE = "role"
    ORG = "org"
    UNIT = "unit"
    PARTICLE = "particle"
    INITIAL = "initial"
    NAME = "name"  # capitalised, none of the above
    WORD = "word"  # small letters
    NUMBER = "number"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place in the text."""

    text: str
    folded: str
    start: int
    end: int
    kind: Kind


class Vocabulary:
    """The words of some languages, ready to tell what a token is."""

    def __init__(self, words: Words) -> None:
        self.titles = frozenset(title.rstrip(".") for title in words.titles)
        self.roles = _matcher(words.people.roles)
        self.modifiers = _matcher(words.people.modifiers)
        self.orgs = _matcher(words.people.orgs)
        self.units = _matcher(words.people.units)
        self.desks = pattern(words.people.desks)
        self.given = frozenset(words.people.given)
        self.joins = frozenset(words.contacts.join)
        channels = (words.contacts.phone, words.contacts.mobile, words.contacts.fax, words.contacts.email)
        self.channels = frozenset(word.rstrip(".") for group in channels for word in group)
        self.surnames = words.people.surnames

    def kind(self, text: str, folded: str) -> Kind:
        """What the word is by the lists, else by its letters."""
        bare = folded.rstrip(".")
        if not text[0].isalpha():
            return Kind.NUMBER if text[0].isdigit() else Kind.MARK
        if bare in self.titles and (len(bare) > 1 or text.endswith(".")):
            return Kind.HONORIFIC
        for matcher, kind in ((self.roles, Kind.ROLE), (self.orgs, Kind.ORG), (self.units, Kind.UNIT)):
            if matcher.fullmatch(bare):
                return kind
        if text[0].isupper():
            return Kind.INITIAL if len(bare) == 1 else Kind.NAME
        if bare in _PARTICLES:
            return Kind.PARTICLE
        return Kind.WORD if is_small(text[0]) else Kind.NAME

    def tokens(self, text: str) -> list[Token]:
        """The words and marks of ``text``."""
        folded = fold(text)
        return [
            Token(
                m.group(),
                folded[m.start() : m.end()],
                m.start(),
                m.end(),
                self.kind(m.group(), folded[m.start() : m.end()]),
            )
            for m in _TOKEN.finditer(text)
        ]

    def is_desk(self, text: str) -> bool:
        """Whether the text names a contact point that is no person: a press office, a duty desk."""
        return self.desks.search(fold(text)) is not None

    def has_title(self, text: str) -> bool:
        """Whether a title or an honorific is named that belongs to somebody to turn to, no minister."""
        return any(
            token.kind is Kind.HONORIFIC
            or (token.kind is Kind.ROLE and not self.modifiers.fullmatch(token.folded.rstrip(".")))
            for token in self.tokens(text)
        )

    def is_org(self, text: str) -> bool:
        """Whether the text names an institution."""
        return any(token.kind is Kind.ORG for token in self.tokens(text))


def is_small(char: str) -> bool:
    """Whether it is a small letter of a script that has capitals in use: Georgian has none."""
    return char.islower() and not "\u10d0" <= char <= "\u10ff"


def vocabulary(words: Words) -> Vocabulary:
    """The vocabulary of ``words``, made once for a set of languages."""
    return _made(words.languages)


@cache
def _made(languages: tuple[str, ...]) -> Vocabulary:
    return Vocabulary(all_words(languages))


@cache
def _matcher(phrases: Phrases) -> re.Pattern[str]:
    """One expression for whole words, word ends (``-x``) and word beginnings (``x-``)."""
    ends = [re.escape(one[1:]) for one in phrases if one.startswith("-")]
    starts = [re.escape(one[:-1]) for one in phrases if one.endswith("-") and len(one) > 1]
    exact = [
        re.escape(one.rstrip(".")) for one in phrases if not one.startswith("-") and not one.endswith("-")
    ]
    parts = []
    if exact:
        parts.append("(?:" + "|".join(exact) + ")")
    if ends:
        parts.append(r"[\w'-]*(?:" + "|".join(ends) + ")")
    if starts:
        parts.append("(?:" + "|".join(starts) + r")[\w'-]+")
    return re.compile("|".join(parts) or r"(?!)")
