"""What a contact's words say beside the name: the title and the institution."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.reading.names import Person
from crawler.reading.vocabulary import Kind, Vocabulary

_SPLIT = re.compile(
    r"\s*[,;\u060c\u061b\u3001|\u2022\u00b7\u2015]\s+|\s*[;|\n(\uff08]\s*|\s+[\u2013\u2014-]\s+|(?<=[^\W\d_]{4})\.\s+(?=[^\W\d_])|,(?=[^\W\d_])"
)
_GLUED = re.compile(r"(?<=[^\W\d_A-Z]{5})(?=[A-ZÀ-Þ][a-zà-ÿ]{3})")
#: the last of these before a title ends the sentence's own words: "Ytterligare information ges av", "please contact"
_HANDOVER = re.compile(
    r".*(?<!\w)(?:av|by|er|ger|gir|ges|fås av|antaa|antavat|contact|contacts|kontakt|kontakte|kontakta|med|til|till|mit|bei|par|auprès de|is|are|är|sekä|och|og|and"
    r"|et|und|ja|eller|or|samt|oder|ou|e|y|и|та|і|u|kontaktiert werden|kan kontakte|wenden sie sich an|vid)\s+(?=\S)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\b[A-Z]{0,2}-?\d{3,5}\b|\b\d{1,4}[a-zA-Z]?$|^\d{1,5}\s")
_MARKS = " ,;.:|/\u2013\u2014-\u2022\u00b7()"


def segments(text: str) -> list[str]:
    """The parts of a text between commas, semicolons, dashes, sentences; none of them empty."""
    return [part.strip() for part in _SPLIT.split(text) if part and part.strip(_MARKS)]


def role_and_org(
    parts: Iterable[str], tail: Iterable[str], vocab: Vocabulary, person: Person | None
) -> tuple[str | None, str | None]:
    """The title (with unit) and the institution told by the ``parts`` around a name and the ``tail`` after the numbers."""
    roles: list[str] = []
    orgs: list[str] = []
    for part in parts:
        for piece in _GLUED.split(part):
            text = _told(piece, person is not None and piece == person.before)
            if not text or _ADDRESS.search(text):
                continue
            (orgs if _institution(text, vocab) else roles).append(text)
    orgs += [text for each in tail if (text := each.strip(_MARKS)) and _institution(text, vocab)]
    return ", ".join(roles) or None, ", ".join(orgs) or None


def _told(text: str, before_name: bool) -> str:
    text = text.strip(_MARKS)
    if before_name and (handover := _HANDOVER.match(text + " x")):
        text = (text + " x")[handover.end() :].removesuffix("x").strip(_MARKS)
    return text


def _institution(text: str, vocab: Vocabulary) -> bool:
    """Whether the text names an institution and no post in one."""
    kinds = [token.kind for token in vocab.tokens(text)]
    return Kind.ORG in kinds and Kind.ROLE not in kinds and not vocab.is_desk(text)
