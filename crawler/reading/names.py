"""Which words of a contact are the person's name: by letters, titles and institutions, and by the e-mail address.

Titles and names come in both orders, even inside one block, and nothing but the words themselves tells them apart.
So every run of capitalised words is weighed: titles beside it, an honorific before it, its place, an institution
that it belongs to, and whether the address spells it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from crawler.languages import Phrases, Words, pattern
from crawler.languages import words as all_words
from crawler.languages.folding import fold

_TOKEN = re.compile(r"[^\W\d_]+(?:['\u2019\-\u2010\u2011][^\W\d_]+)*[\-.]?|\d+|[^\w\s]")
_PARTICLES = frozenset(
    "de da do das dos del della di du des van von vom zu zur der den ten ter te la le el al bin ibn ben af av y e i und".split()
)
#: what stands between an institution or a principal and a name that belongs to it
_BELONGS = frozenset(
    "of for in at the i im am in för for für vid ved von vom der des de du d di del della do da dos das van voor u w we z v ve na "
    "в у у на при за для від от o ob a".split()
)
_TOWARDS = frozenset("to till til a an au aux".split())
_WITH = frozenset("hos åt chez bei beim".split())
_MINISTER = re.compile(r"(?:^|[\w-])minist(?:er|re|ra|ro|rs|ern|erns|eren|ers|erens|eriai|eris|rs|ras|ru|ar|ür)\w{0,2}$|ráðherra\w*$|министр\w*$|министър\w*$|міністр\w*$|υπουργ\w*$")
_NAMELESS = frozenset("i ii iii iv tel fax mob www http https nr no gmt cet eet".split())


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


@dataclass(frozen=True, slots=True)
class Person:
    """A name found in a text, what stands before and after it there, and how sure that is."""

    name: str
    before: str
    after: str
    score: float


class Vocabulary:
    """The words of some languages, ready to tell what a token is."""

    def __init__(self, words: Words) -> None:
        self.titles = frozenset(title.rstrip(".") for title in words.titles)
        self.roles = _matcher(words.people.roles)
        self.orgs = _matcher(words.people.orgs)
        self.units = _matcher(words.people.units)
        self.desks = pattern(words.people.desks)
        self.joins = frozenset(words.contacts.join)
        self.surnames = words.people.surnames

    def kind(self, text: str, folded: str) -> Kind:
        """What the word is by the lists, else by its letters."""
        bare = folded.rstrip(".")
        if not text[0].isalpha():
            return Kind.NUMBER if text[0].isdigit() else Kind.MARK
        if bare in self.titles and not (len(bare) == 1):
            return Kind.HONORIFIC
        for matcher, kind in ((self.roles, Kind.ROLE), (self.orgs, Kind.ORG), (self.units, Kind.UNIT)):
            if matcher.fullmatch(bare):
                return kind
        if text[0].isupper():
            return Kind.INITIAL if len(bare) == 1 else Kind.NAME
        if bare in _PARTICLES:
            return Kind.PARTICLE
        return Kind.WORD if text[0].islower() else Kind.NAME

    def tokens(self, text: str) -> list[Token]:
        """The words and marks of ``text``."""
        folded = fold(text)
        return [
            Token(m.group(), folded[m.start() : m.end()], m.start(), m.end(), self.kind(m.group(), folded[m.start() : m.end()]))
            for m in _TOKEN.finditer(text)
        ]

    def is_desk(self, text: str) -> bool:
        """Whether the text names a contact point that is no person: a press office, a duty desk."""
        return bool(self.desks.search(fold(text)))

    def is_org(self, text: str) -> bool:
        """Whether the text names an institution."""
        return any(token.kind is Kind.ORG for token in self.tokens(text))


def vocabulary(words: Words) -> Vocabulary:
    """The vocabulary of ``words``, made once for a set of languages."""
    return _made(words.languages)


@cache
def _made(languages: tuple[str, ...]) -> Vocabulary:
    return Vocabulary(all_words(languages))


def find_person(segment: str, vocab: Vocabulary, locals_: Iterable[str] = (), first: bool = False) -> Person | None:
    """The likeliest name in one segment (no comma in it), or None.

    ``locals_`` are the parts before the @ of the contact's addresses; ``first`` says that the segment comes first.
    """
    tokens = vocab.tokens(segment)
    if not tokens:
        return None
    if not any(token.text[0].isupper() for token in tokens):
        return _caseless(segment, tokens, vocab, first)
    best: Person | None = None
    for start, end in _runs(tokens):
        score = _weigh(tokens, start, end, tuple(locals_), first)
        if best is None or score > best.score:
            best = _person(segment, tokens, start, end, score)
    return best


def spells(name: str, local: str) -> float:
    """How well the part of an address before the @ spells a name: 1 all of it, about 0.4 initials, 0 not at all."""
    parts = [part for part in re.split(r"[\s\-]+", _ascii(name)) if len(part) > 1]
    letters = _ascii(local)
    words = [word for word in re.split(r"[^a-z]+", letters) if word]
    if len(parts) < 2 or not words:
        return 0.0
    if sum(any(word == part or (len(part) > 3 and part in word) for word in words) for part in parts) >= 2:
        return 1.0
    joined = "".join(words)
    if len(parts[-1]) > 3 and parts[-1] in joined and joined.startswith(parts[0][0]):
        return 0.9
    initials = parts[0][0] + parts[-1][0]
    return 0.4 if len(joined) <= 4 and (joined.startswith(initials) or (joined[0] == parts[0][0] and parts[-1][0] in joined)) else 0.0


def _runs(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Spans of tokens that could be a name: capitalised words with initials and particles between them."""
    at = 0
    while at < len(tokens):
        if tokens[at].kind not in (Kind.NAME, Kind.INITIAL):
            at += 1
            continue
        end = at
        while end < len(tokens) and tokens[end].kind in (Kind.NAME, Kind.INITIAL, Kind.PARTICLE) and _touches(tokens, at, end):
            end += 1
        while tokens[end - 1].kind is Kind.PARTICLE:
            end -= 1
        begin = at - 1 if at and tokens[at - 1].kind is Kind.PARTICLE and tokens[at - 1].text[0].isupper() else at
        yield begin, end
        at = end


def _touches(tokens: list[Token], first: int, at: int) -> bool:
    return at == first or tokens[at].start - tokens[at - 1].end <= 2 and not tokens[at - 1].text.endswith("-")


def _weigh(tokens: list[Token], start: int, end: int, locals_: tuple[str, ...], first: bool) -> float:
    run = tokens[start:end]
    names = [token for token in run if token.kind is Kind.NAME and token.folded not in _NAMELESS]
    initials = sum(token.kind is Kind.INITIAL for token in run)
    before = tokens[start - 1] if start else None
    honorific = before is not None and before.kind is Kind.HONORIFIC
    if not names or len(names) + initials < 2 and not honorific or len(names) > 5:
        return -9.0
    score = 1.0 if len(names) in (2, 3) else 0.0
    score += 1.5 if first else 0.0
    score += 2.0 if honorific else 0.0
    score += 4.0 * max((spells(" ".join(token.text for token in run), local) for local in locals_), default=0.0)
    return score + _company(tokens, start, end)


def _company(tokens: list[Token], start: int, end: int) -> float:
    """What the words around a run say of it."""
    rest = [token for token in (*tokens[:start], *tokens[end:]) if token.kind is not Kind.MARK]
    if all(token.kind is Kind.HONORIFIC for token in rest):
        return 2.0
    score = 0.0
    if end < len(tokens) and tokens[-1].kind in (Kind.ORG, Kind.UNIT) and tokens[end].kind not in (Kind.WORD, Kind.MARK):
        score -= 3.0
    elif any(token.kind in (Kind.ROLE, Kind.HONORIFIC) for token in rest):
        score += 1.5
    elif all(token.kind is Kind.WORD for token in rest):
        score += 1.0
    return score + (_link(tokens, start) if start else 0.0)


def _link(tokens: list[Token], start: int) -> float:
    """How a run hangs on the words before it: ``Ministerul Apărării Naţionale``, ``hos minister X``, ``Embassy of X``."""
    before = [token for token in tokens[:start]]
    last = before[-1]
    if last.kind is Kind.UNIT and any(token.kind is Kind.ROLE for token in before):
        return -1.0  # Aide-de-Camp to Minister of Defence X
    if last.kind in (Kind.ORG, Kind.UNIT):
        return -4.0
    words = [token.folded for token in before]
    if _MINISTER.search(last.folded):
        if any(word in _WITH for word in words):
            return -6.0
        return -1.0
    if last.folded in _BELONGS and last.kind is not Kind.PARTICLE or last.folded in _BELONGS and len(before) > 1:
        return -2.5 if before[-2:-1] and before[-2].kind in (Kind.ROLE, Kind.ORG, Kind.UNIT) else -1.0
    if last.folded in _WITH:
        return -4.0
    if last.folded in _TOWARDS and len(before) > 1 and before[-2].kind is Kind.ROLE:
        return -2.0
    return 0.0


def _person(segment: str, tokens: list[Token], start: int, end: int, score: float) -> Person:
    left, right = tokens[start].start, tokens[end - 1].end
    name = segment[left:right]
    if tokens[end - 1].kind is Kind.NAME:
        name = name.rstrip(".-")
    begin = start
    while begin and tokens[begin - 1].kind is Kind.HONORIFIC:
        begin -= 1
    ranks = " ".join(token.text for token in tokens[begin:start] if len(token.folded) > 4)
    before = segment[: tokens[begin].start] if begin < start else segment[:left]
    return Person(name.strip(), f"{before} {ranks}".strip(), segment[right:].strip(), score)


def _caseless(segment: str, tokens: list[Token], vocab: Vocabulary, first: bool) -> Person | None:
    """A name in a script without capitals: a Korean or Chinese name of two to four signs, or two to four words."""
    for at, token in enumerate(tokens):
        if _east_asian(token.text, vocab):
            return Person(token.text, segment[: token.start].strip(), segment[token.end :].strip(), 2.5 + first)
        glued = _glued_east_asian(token, vocab)
        if glued:
            return Person(glued, token.text[: -len(glued)], segment[token.end :].strip(), 2.0)
        if at > 3:
            break
    if tokens[0].text[0].islower() or any("\u1100" <= token.text[0] for token in tokens):
        return None
    words = [token for token in tokens if token.kind is not Kind.MARK]
    if not 2 <= len(words) <= 4 or any(token.kind is not Kind.NAME for token in words):
        return None
    return Person(segment.strip(" .:"), "", "", 2.0 + first)


def _east_asian(text: str, vocab: Vocabulary) -> bool:
    """``박주홍``, ``선우민석``, ``岑晓岚``: a known surname and one or two more signs."""
    if not (_hangul(text) or _han(text)) or not 2 <= len(text) <= 4:
        return False
    if vocab.kind(text, fold(text)) in (Kind.ROLE, Kind.UNIT, Kind.ORG) and len(text) != 3:
        return False
    return any(text.startswith(name) and 1 <= len(text) - len(name) <= 2 for name in vocab.surnames) and not (
        text[-1] in "과팀실처司科处處室局部"
    )


def _glued_east_asian(token: Token, vocab: Vocabulary) -> str | None:
    """The name at the end of ``홍보담당관선우민석``: title and name without a space."""
    if len(token.text) < 5 or not (_hangul(token.text) or _han(token.text)):
        return None
    for size in (4, 3, 2):
        head, tail = token.text[:-size], token.text[-size:]
        if vocab.roles.fullmatch(fold(head)) and _east_asian(tail, vocab):
            return tail
    return None


def _hangul(text: str) -> bool:
    return all("\uac00" <= char <= "\ud7a3" for char in text)


def _han(text: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in text)


def _ascii(text: str) -> str:
    """Small letters without accents, as address parts are made: å, ä → a; ø, ö → o; ß → ss; æ → ae."""
    table = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
    small = unicodedata.normalize("NFD", text.casefold()).translate(table)
    return "".join(char for char in small if not unicodedata.combining(char))


@cache
def _matcher(phrases: Phrases) -> re.Pattern[str]:
    """One expression for whole words, word ends (``-x``) and word beginnings (``x-``)."""
    ends = [re.escape(one[1:]) for one in phrases if one.startswith("-")]
    starts = [re.escape(one[:-1]) for one in phrases if one.endswith("-") and len(one) > 1]
    exact = [re.escape(one.rstrip(".")) for one in phrases if not one.startswith("-") and not one.endswith("-")]
    parts = []
    if exact:
        parts.append("(?:" + "|".join(exact) + ")")
    if ends:
        parts.append(r"[\w'-]+(?:" + "|".join(ends) + ")")
    if starts:
        parts.append("(?:" + "|".join(starts) + r")[\w'-]*")
    return re.compile("|".join(parts) or r"(?!)")
