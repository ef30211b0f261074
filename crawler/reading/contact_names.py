"""Whom a text among contacts names: a person, or the bearer of a title that is a label as well."""

from __future__ import annotations

import re

from archive.model import EmailState
from crawler.languages.folding import fold
from crawler.reading.emails import find_emails
from crawler.reading.names import find_person, shielded, unshielded
from crawler.reading.vocabulary import Kind, Vocabulary

#: what makes a label of words that are titles or desks as well ("Press Officer" alone is a title, "Press contact" is not)
_OPENERS, _CLOSERS = ("(", "\uff08", "["), (")", "\uff09", "]")
_ASKS = re.compile(
    r"kontakt|contact|contat|inform|inquir|enquir|question|queries|auskunft|ruckfrag|upplys|opplys|oplys|tieto|tieda|renseign|контакт|kapcsolat|连|聯|連|문의|연락"
)


def is_title(label: str, rest: str, vocab: Vocabulary) -> bool:
    """Whether a label is as well the title or desk of somebody named beside it; ``rest`` is what follows it.

    "Press Officer" alone in a line is a title, "Press officer:" is a label, "Press contact" is always one.
    """
    if ":" in rest or _ASKS.search(fold(label)):
        return False
    kinds = {token.kind for token in vocab.tokens(label)}
    return vocab.is_desk(label) or kinds <= {Kind.ROLE, Kind.UNIT, Kind.HONORIFIC, Kind.PARTICLE}


def is_bracketed(text: str) -> bool:
    """Whether a line is all in brackets: "(Team leader Lee Myung-hee 270-4730)"."""
    return text.startswith(_OPENERS) and text.endswith(_CLOSERS)


def person_in(text: str, vocab: Vocabulary) -> float:
    """The score of the likeliest name in a text, addresses in it taken as evidence; 0 where there is none."""
    emails = [email for email in find_emails(text) if email.state is not EmailState.PATTERN]
    locals_ = [email.address.partition("@")[0] for email in emails if email.address]
    for email in reversed(emails):
        text = text[: email.start] + "," + text[email.end :]
    if is_bracketed(text):
        text = text[1:-1]
    best = 0.0
    for at, part in enumerate(
        re.split(
            r"[,;|()\u060c\u061b\u1363\u3001\uff0c\uff1b\uff08\uff09\uff5c]|\s[\u2013-]\s|:\s|\uff1a|\d{3,}",
            shielded(text),
        )
    ):
        person = find_person(unshielded(part), vocab, locals_, first=at == 0) if part.strip() else None
        if person is not None and person.score > best:
            best = person.score
    return best
