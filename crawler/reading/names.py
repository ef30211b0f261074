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
from itertools import pairwise

from crawler.reading.names_caseless import find_caseless
from crawler.reading.vocabulary import Kind, Token, Vocabulary

#: what stands between an institution or a principal and a name that belongs to it
_BELONGS = frozenset(
    "of for in at the i im am in för for für vid ved von vom der des de du d di del della do da dos das van voor u w we z v ve na "
    "в у у на при за для від от o ob a".split()
)
_ARTICLES = frozenset("the der die das dem den le la les los las il lo gli os as het de".split())
_TOWARDS = frozenset("to till til a an au aux".split())
_WITH = frozenset("hos åt chez bei beim".split())
_MINISTER = re.compile(
    r"(?:^|[\w-])minist(?:er|re|ra|ro|rs|ern|erns|eren|ers|erens|eriai|eris|rs|ras|ru|ar|ür)\w{0,2}$|ráðherra\w*$|министр\w*$|министър\w*$|міністр\w*$|υπουργ\w*$"
)
#: what a company's name ends with; most of it is capitalised as names are
_COMPANY = re.compile(
    r"(?<!\w)(?:[AIKP]/S|ApS|GmbH|mbH|e\.V\.|S\.p\.A\.|S\.r\.l\.|[BN]\.V\.|Oyj?|Ltd|plc|LLC)(?!\w)"
)
#: kinds that are part of a name only between its words
_BETWEEN = (Kind.INITIAL, Kind.PARTICLE, Kind.MARK)
#: "Integration und Äußeres" are two things and nobody; "von und zu" is part of a name
_LISTED = re.compile(r"(?<! von) (?:und|and|och|og|ja|sowie|oder|or) ")
_NAMELESS = frozenset("i ii iii iv tel fax mob www http https nr no gmt cet eet".split())


#: "Ministry of Trade, Industry and Energy": an enumeration of one- or two-word fields, closed by "and"
_PORTFOLIO = re.compile(
    r"(?<!\w)(?:[\w-]*[Mm]inist\w+|[Dd]epart\w+|[Ss]ecretar[ií]a|[Dd]irectorate|[Cc]ommittee)"
    r"(?:\s(?!and\b|und\b|et\b)[^\W\d]\S*?){1,6}(?:,\s(?:[^\W\d][\w'’-]+\s?){1,4}?){0,4}"
    r",\s(?:(?:de|des|du|la|le|del|della|do|da|of|for|für)\s|[dl][’'])*[^\W\d][\w’'-]+\s(?:and|und|et|y|e|ed|i|og|och|en|a|și|és|ve|in|ja|&)\s[^\W\d]\w+"
)
#: stands for a comma inside a name, until it is split no more
_INNER_COMMA = "\u201a"


def shielded(text: str) -> str:
    """``text`` with another sign for the commas inside the names of ministries of several fields."""
    if "," not in text:
        return text
    return _PORTFOLIO.sub(lambda found: found[0].replace(",", _INNER_COMMA), text)


def unshielded(text: str) -> str:
    """``text`` with those commas as they were printed."""
    return text.replace(_INNER_COMMA, ",")


@dataclass(frozen=True, slots=True)
class Person:
    """A name found in a text, what stands before and after it there, and how sure that is."""

    name: str
    before: str
    after: str
    score: float


def find_person(
    segment: str, vocab: Vocabulary, locals_: Iterable[str] = (), first: bool = False
) -> Person | None:
    """The likeliest name in one segment (no comma in it but a ministry's own), or None.

    ``locals_`` are the parts before the @ of the contact's addresses; ``first`` says that the segment comes first.
    """
    tokens = vocab.tokens(segment)
    if not tokens or _COMPANY.search(segment) or ("," in segment and _PORTFOLIO.search(segment)):
        return None
    if not any(token.text[0].isupper() for token in tokens):
        found = find_caseless(segment, tokens, vocab)
        return Person(*found, 2.5 + first) if found else None
    best = _spelled_out(segment, tokens, tuple(locals_))
    if best is not None:
        return best
    desk = vocab.is_desk(segment)
    for start, end in _runs(tokens, vocab.given):
        score = _weigh(tokens, start, end, tuple(locals_), first)
        if score > 0 and tokens[start].folded in vocab.given:
            score += 1.0
        elif desk:
            score -= 3.0  # "Basın ve Halkla İlişkiler Müşavirliği" is nobody
        if best is None or score > best.score:
            best = _person(segment, tokens, start, end, score)
    return None if best and _LISTED.search(best.name) else best


def _spelled_out(segment: str, tokens: list[Token], locals_: tuple[str, ...]) -> Person | None:
    """Two capitalised words that an address spells are a name whatever else they mean: ``Peter North``."""
    for at, (one, other) in enumerate(pairwise(tokens)):
        pair = segment[one.start : other.end]
        if (
            one.text[0].isupper()
            and other.text[0].isupper()
            and one.kind is not other.kind
            and Kind.NAME in (one.kind, other.kind)
            and any(spells(pair, local) == 1.0 and _holds(local, one, other) for local in locals_)
        ):
            return _person(segment, tokens, at, at + 2, 8.0)
    return None


def _holds(local: str, *tokens: Token) -> bool:
    """Whether each of the words stands in the address: "Rådgiver Tor-Arne" is not what tor-arne.lien spells."""
    words = [word for word in re.split(r"[^a-z]+", _ascii(local)) if word]
    return all(
        any(_alike(word, part) for word in words for part in _ascii(token.text).split("-"))
        for token in tokens
    )


def spells(name: str, local: str) -> float:
    """How well the part of an address before the @ spells a name: 1 all of it, about 0.4 initials, 0 not at all."""
    parts = [part for part in re.split(r"[\s\-]+", _ascii(name)) if len(part) > 1]
    letters = _ascii(local)
    words = [word for word in re.split(r"[^a-z]+", letters) if word]
    if len(parts) < 2 or not words:
        return 0.0
    if sum(any(_alike(word, part) for word in words) for part in parts) >= 2:
        return 1.0
    joined = "".join(words)
    if len(parts[-1]) > 3 and parts[-1] in joined and joined.startswith(parts[0][0]):
        return 0.9
    if len(joined) >= 3 and joined[0] == parts[0][0] and parts[-1].startswith(joined[1:]):
        return 0.9  # rso for Ragna Solvik
    initials = parts[0][0] + parts[-1][0]
    return (
        0.4
        if len(joined) <= 4
        and (joined.startswith(initials) or (joined[0] == parts[0][0] and parts[-1][0] in joined))
        else 0.0
    )


def in_dictionary_form(name: str, local: str) -> str:
    """A declined name in the form that the address spells: Ásdísar Brandsdóttur, asdis.brandsdottir → Ásdís Brandsdóttir.

    Unchanged where the address does not spell every part of it.
    """
    parts, words = name.split(), [word for word in re.split(r"[^a-z]+", _ascii(local)) if word]
    found = [
        next((_redressed(part, word) for word in words if _alike(word, _ascii(part))), None) for part in parts
    ]
    return " ".join(part for part in found if part) if all(found) else name


def _redressed(part: str, word: str) -> str:
    plain = _ascii(part)
    if len(plain) != len(part):
        return part
    same = _common(plain, word)
    return part[:same] + word[same:]


def _alike(word: str, part: str) -> bool:
    """The same, or the same but for an ending of two or three letters."""
    if word == part or (len(part) > 3 and part in word):
        return True
    same = _common(word, part)
    return same >= 4 and len(word) - same <= 2 and len(part) - same <= 3


def _common(one: str, other: str) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _runs(tokens: list[Token], given: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Spans of tokens that could be a name: capitalised words with initials and particles between them.

    A common first name and one capitalised word, alone in their segment, are a name even if the word means a
    title or a street (``Mary Street``).
    """
    words = [token for token in tokens if token.kind is not Kind.MARK]
    if len(words) == 2 and words[0].folded in given and words[1].text[0].isupper():
        yield tokens.index(words[0]), tokens.index(words[1]) + 1
        return
    at = 0
    while at < len(tokens):
        if tokens[at].kind not in (Kind.NAME, Kind.INITIAL):
            at += 1
            continue
        end = at
        while (
            end < len(tokens)
            and tokens[end].kind in (Kind.NAME, Kind.INITIAL, Kind.PARTICLE)
            and _touches(tokens, at, end)
        ):
            end += 1
        while tokens[end - 1].kind is Kind.PARTICLE:
            end -= 1
        begin = (
            at - 1 if at and tokens[at - 1].kind is Kind.PARTICLE and tokens[at - 1].text[0].isupper() else at
        )
        yield begin, end
        at = end


def _touches(tokens: list[Token], first: int, at: int) -> bool:
    return at == first or (
        tokens[at].start - tokens[at - 1].end <= 2 and not tokens[at - 1].text.endswith("-")
    )


def _weigh(tokens: list[Token], start: int, end: int, locals_: tuple[str, ...], first: bool) -> float:
    run = tokens[start:end]
    names = [token for token in run if token.kind not in _BETWEEN and token.folded not in _NAMELESS]
    initials = sum(token.kind is Kind.INITIAL for token in run)
    before = tokens[start - 1] if start else None
    honorific = before is not None and before.kind is Kind.HONORIFIC
    if not names or (len(names) + initials < 2 and not honorific) or len(names) > 5:
        return -9.0
    score = 1.0 if len(names) in (2, 3) else 0.0
    score += 1.5 if first else 0.0
    score += 2.0 if honorific else 0.0
    score += 4.0 * max(
        (spells(" ".join(token.text for token in run), local) for local in locals_), default=0.0
    )
    return score + _company(tokens, start, end)


def _company(tokens: list[Token], start: int, end: int) -> float:
    """What the words around a run say of it."""
    rest = [token for token in (*tokens[:start], *tokens[end:]) if token.kind is not Kind.MARK]
    if all(token.kind is Kind.HONORIFIC for token in rest):
        return 2.0
    score = 0.0
    if (
        end < len(tokens)
        and tokens[-1].kind in (Kind.ORG, Kind.UNIT)
        and tokens[end].kind not in (Kind.WORD, Kind.MARK, Kind.PARTICLE)
    ):
        score -= 3.0
    elif any(token.kind in (Kind.ROLE, Kind.HONORIFIC) for token in rest):
        score += 1.5
    elif all(token.kind is Kind.WORD for token in rest):
        score += 1.0
    return score + (_link(tokens, start) if start else 0.0)


def _link(tokens: list[Token], start: int) -> float:
    """How a run hangs on the words before it: ``Ministerul Apărării Naţionale``, ``hos minister X``, ``Embassy of X``."""
    last, before = tokens[start - 1], tokens[: start - 1]
    of_a_role = bool(before) and before[-1].kind is Kind.ROLE
    if last.kind in (Kind.ORG, Kind.UNIT):
        # "Aide-de-Camp to Minister of Defence X", "Pressechef i Justitsministeriet X"; but "Ministerul Apărării Naţionale"
        within = bool(before) and (last.kind is Kind.UNIT or before[-1].folded in _BELONGS)
        titled = within and any(token.kind is Kind.ROLE for token in before)
        return -1.0 if titled else -4.0
    if len(before) > 1 and before[0].kind in (Kind.ORG, Kind.UNIT) and before[1].folded in _BELONGS:
        return -6.0  # "Office of Minnesota Attorney General X", "avenue du Président X"
    if _MINISTER.search(last.folded):
        return -6.0 if any(token.folded in _WITH for token in before) else -1.0
    if last.folded in _WITH or (last.folded in _ARTICLES and before and last.text.islower()):
        return -4.0
    if last.folded in _BELONGS and (before or last.kind is not Kind.PARTICLE):
        return -2.5 if before and before[-1].kind in (Kind.ROLE, Kind.ORG, Kind.UNIT) else -1.0
    return -2.0 if last.folded in _TOWARDS and of_a_role else 0.0


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


def _ascii(text: str) -> str:
    """Small letters without accents, as address parts are made: å, ä → a; ø, ö → o; ß → ss; æ → ae."""
    table = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
    small = unicodedata.normalize("NFD", text.casefold()).translate(table)
    return "".join(char for char in small if not unicodedata.combining(char))
