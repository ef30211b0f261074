"""What a contact's words say beside the name: the title and the institution."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crawler.reading.names import Person, shielded, unshielded
from crawler.reading.vocabulary import Kind, Token, Vocabulary

_SPLIT = re.compile(
    r"\s*[,;\u060c\u061b\u3001|\u2022\u00b7\u2015]\s+|\s*[;|\n(\uff08]\s*|\s+[\u2013\u2014-]\s+|(?<=[^\W\d_]{4})\.\s+(?=[^\W\d_])|,(?=[^\W\d_])|[\u1363\u3001\uff0c\uff1b\uff5c\u30fb]\s*"
)
#: two lines run into one: "Attachée de presseCabinet du ministre"
_GLUED = re.compile(r"(?<=[^\W\d_A-Z]{5})(?=[A-ZÀ-Þ][a-zà-ÿ]{3})")
#: the last of these ends a sentence's own words: "Ytterligare information ges av", "please contact", "kan rettes til"
_HANDOVER = re.compile(
    r".*(?<!\w)(?:av|by|er|ger|gir|ges|antaa|antavat|contact|contacts|kontakt|kontakte|kontakta|med|til|till|mit|bei|par|auprès de|is|are|är|vid|на)\s+(?=\S)",
    re.IGNORECASE,
)
_TO_A_DESK = re.compile(r".*(?<!\w)(?:contact|to|call)\s+(?:the\s+)?(?=\S)", re.IGNORECASE)
#: "Out of hours contact the Duty Press Officer on …"
_ARTICLE = re.compile(r"^(?:the|our|dem|der|die|das|den|la|le|el|il)\s+(?=[A-ZÀ-Þ])", re.IGNORECASE)
_OF = frozenset(
    "of for de du des da do di del della der des för for van w pri za к при на για του της".split()
)
_JOINED = re.compile(
    r"^(?:sekä|och|og|and|et|und|ja|eller|or|samt|oder|ou|e|y|и|та|і|u|in|i|í|hos|bei|beim|im|at|v|w)\s+(?=\S)",
    re.IGNORECASE,
)
#: "Pressesekretær i Statsministeriet": a title in an institution
_WITHIN = re.compile(
    r"(?P<role>.+?)\s(?:i|ved|vid|hos|im|beim|bei der|at the|í|w|v|u)\s(?P<org>.+)", re.IGNORECASE
)
_ADDRESS = re.compile(r"\b[A-Z]{0,2}-?\d{3,5}\b|(?<=\s)\d{1,4}[a-zA-Z]?$|^\d{1,5}\s")
_MARKS = " ,;.:|/\u2013\u2014\u2022\u00b7()"


def segments(text: str) -> list[str]:
    """The parts of a text between commas, semicolons, dashes, sentences; none of them empty."""
    parts = _SPLIT.split(shielded(text))
    return [unshielded(part).strip() for part in parts if part and part.strip(_MARKS + "-")]


def role_and_org(
    parts: Iterable[str], tail: Iterable[str], vocab: Vocabulary, person: Person | None
) -> tuple[str | None, str | None]:
    """The title (with unit) and the institution told by the ``parts`` around a name and the ``tail`` after the numbers."""
    roles: list[str] = []
    orgs: list[str] = []
    for text in _told(list(parts), vocab, person):
        within = _WITHIN.fullmatch(text)
        if within and _institution(within["org"], vocab) and not _institution(within["role"], vocab):
            roles.append(within["role"])
            orgs.append(within["org"])
        else:
            (orgs if _institution(text, vocab) else roles).append(text)
    orgs += [text for each in tail if (text := each.strip(_MARKS)) and _institution(text, vocab)]
    return ", ".join(dict.fromkeys(roles)) or None, ", ".join(dict.fromkeys(orgs)) or None


def _told(parts: list[str], vocab: Vocabulary, person: Person | None) -> Iterator[str]:
    """The parts that say something of the contact: no addresses, no words of the sentence around it."""
    beside = {person.before, person.after} if person else set()
    pieces = [piece for part in parts for piece in ([part] if part in beside else _GLUED.split(part))]
    for at, piece in enumerate(pieces):
        text = piece.strip(_MARKS)
        if person is None or piece in beside or (at == 0 and len(text.split()) > 4):
            text = _after(_HANDOVER, text)
        if person is None:
            text = _ARTICLE.sub("", _after(_TO_A_DESK, text))
        text = _JOINED.sub("", text)
        tokens = vocab.tokens(text)
        building = at and at + 1 < len(pieces) and _ADDRESS.search(pieces[at + 1]) and not vocab.is_desk(text)
        if not text or _ADDRESS.search(text) or (building and not vocab.has_title(text)):
            continue
        if piece in beside and not _says_something(tokens):
            continue
        yield text


def _after(words: re.Pattern[str], text: str) -> str:
    """What follows the last of the words that lead to a contact."""
    found = words.match(text + " x")
    return (text + " x")[found.end() :].removesuffix("x").strip(_MARKS) if found else text


def _says_something(tokens: list[Token]) -> bool:
    return any(token.kind in (Kind.ROLE, Kind.HONORIFIC, Kind.ORG, Kind.UNIT, Kind.NAME) for token in tokens)


def _institution(text: str, vocab: Vocabulary) -> bool:
    """Whether the text names an institution and no post in one: ``Ministry of X``, no ``Ministry spokesperson``."""
    tokens = vocab.tokens(text)
    kinds = [token.kind for token in tokens]
    if Kind.ORG not in kinds or vocab.is_desk(text):
        return False
    heads = kinds[0] is Kind.ORG and len(tokens) > 1 and tokens[1].folded in _OF
    return heads or Kind.ROLE not in kinds
