"""Which pieces of a contact block belong together: the words before a number say whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archive.model import EmailState
from crawler.reading.emails import Email
from crawler.reading.names import find_person, spells
from crawler.reading.phones import Phone
from crawler.reading.vocabulary import Kind, Vocabulary
from pipelines.contact_lines import Address, Number, Piece, Text
from pipelines.contact_roles import segments

#: from here on a run of words is a name
SURE = 2.0
_SLASH = re.compile(r"\s+/\s+")


@dataclass(slots=True)
class Entry:
    """What was collected of one contact."""

    texts: list[Text] = field(default_factory=list)
    tail: list[Text] = field(default_factory=list)  # words after the numbers: an institution, a remark
    phones: list[Phone] = field(default_factory=list)
    emails: list[Email] = field(default_factory=list)
    name: str | None = None  # from a link text
    line: int = -1
    lines: list[int] = field(default_factory=list)  # where its words, numbers and addresses stand

    @property
    def reachable(self) -> bool:
        """Whether a number or an address was seen."""
        return bool(self.phones or self.emails)

    @property
    def said(self) -> str:
        """The words before the numbers."""
        return " ".join(text.text for text in self.texts)


def entries_of(row: list[Piece], vocab: Vocabulary) -> list[Entry]:
    """What the pieces say of each contact: a new one begins where words about somebody follow a number or address."""
    return [one for entry in _merged(_collected(row, vocab), vocab) for one in _each_person(entry, vocab)]


def _collected(row: list[Piece], vocab: Vocabulary) -> list[Entry]:
    done: list[Entry] = []
    entry = Entry()
    names = [isinstance(piece, Text) and _names_somebody(piece, vocab) for piece in row]
    follows = _followed(row, names)
    for at, piece in enumerate(row):
        if isinstance(piece, Text):
            if entry.reachable and (names[at] or (follows[at] and _may_begin(piece, entry, vocab))):
                done.append(entry)
                entry = Entry()
            (entry.tail if entry.reachable else entry.texts).append(piece)
        elif isinstance(piece, Number):
            if not piece.phone.fax:
                entry.phones.append(piece.phone)
        else:
            if _alone(piece, entry):
                done.append(entry)
                entry = Entry()
            entry.emails.append(piece.email)
            entry.name = entry.name or piece.name
        entry.line = piece.line
        entry.lines.append(piece.line)
    return [*done, entry]


def without_rules(row: list[Piece]) -> list[Piece]:
    """Without the sentences that tell a rule: the words before the pattern are nobody's."""
    kept: list[Piece] = []
    for piece in row:
        if isinstance(piece, Address) and piece.email.state is EmailState.PATTERN:
            if kept and isinstance(kept[-1], Text) and kept[-1].line == piece.line:
                kept.pop()
        else:
            kept.append(piece)
    return kept


def _merged(entries: list[Entry], vocab: Vocabulary) -> list[Entry]:
    """Two halves of one desk put together: ``Press Office, Email …`` and ``Media enquiries …`` with the number."""
    done: list[Entry] = []
    for entry in entries:
        before = done[-1] if done else None
        if (
            before is not None
            and _halves(before, entry)
            and not any(_named(one, vocab) for one in (before, entry))
        ):
            before.texts += entry.texts
            before.phones += entry.phones
            before.emails += entry.emails
            before.lines += entry.lines
        else:
            done.append(entry)
    return done


def _halves(one: Entry, other: Entry) -> bool:
    """Whether one has only a number and the other only an address."""
    if not (one.texts or other.texts):
        return False
    return (bool(one.phones), bool(one.emails), bool(other.phones), bool(other.emails)) in (
        (True, False, False, True),
        (False, True, True, False),
    )


def _named(entry: Entry, vocab: Vocabulary) -> bool:
    return entry.name is not None or any(_names_somebody(text, vocab) for text in entry.texts)


def _each_person(entry: Entry, vocab: Vocabulary) -> list[Entry]:
    """Two persons in one line, each with an address that spells the name, as two entries; as many numbers as persons
    belong to them in order, other numbers to all of them."""
    parts = [part for text in entry.texts for part in _SLASH.split(text.text)]
    owners = [
        (part, email)
        for part in parts
        for email in entry.emails
        if email.address and spells(part, email.address.partition("@")[0]) == 1.0
    ]
    if len(owners) < 2 or len({part for part, _ in owners}) < 2:
        return [entry]
    names = {part for part, _ in owners}
    shared = [text for text in entry.texts if names.isdisjoint(_SLASH.split(text.text))]
    each_one = len(entry.phones) == len(owners)
    return [
        Entry(
            [Text(part, entry.line), *shared],
            entry.tail,
            [entry.phones[at]] if each_one else entry.phones,
            [email],
            None,
            entry.line,
            entry.lines,
        )
        for at, (part, email) in enumerate(owners)
    ]


def _alone(piece: Address, entry: Entry) -> bool:
    """In a bare list of addresses, one a line, each is a contact of its own."""
    return bool(entry.emails) and not entry.texts and not entry.phones and piece.line != entry.line


def _may_begin(piece: Text, entry: Entry, vocab: Vocabulary) -> bool:
    """Whether words that name nobody may begin a contact: in a new line or sentence, or a desk."""
    apart = piece.line != entry.line or piece.fresh or vocab.is_desk(piece.text)
    return apart and not _is_another_place(piece, entry, vocab)


def _is_another_place(piece: Text, entry: Entry, vocab: Vocabulary) -> bool:
    """Whether the word before a second number is a place as the one before the first was: "Dublin, +353 …" and then
    "London, +44 …" are numbers of one person."""
    first = entry.texts[-1] if len(entry.texts) > 1 else None
    return (
        first is not None
        and first.line == entry.line
        and _may_be_place(first, vocab)
        and _may_be_place(piece, vocab)
        and _named(entry, vocab)
    )


def _may_be_place(text: Text, vocab: Vocabulary) -> bool:
    """Whether a text is one or two words of no title, institution or desk."""
    kinds = {token.kind for token in vocab.tokens(text.text)}
    says = kinds & {Kind.ROLE, Kind.ORG, Kind.UNIT, Kind.HONORIFIC, Kind.WORD}
    return (
        len(text.text.split()) <= 2 and not says and text.text[:1].isupper() and not vocab.is_desk(text.text)
    )


def _names_somebody(piece: Text, vocab: Vocabulary) -> bool:
    people = (find_person(part, vocab, first=True) for part in segments(piece.text))
    return any(person is not None and person.score >= SURE for person in people)


def _followed(row: list[Piece], names: list[bool]) -> list[bool]:
    """For each piece, whether a number or address, or somebody's name, comes after it."""
    after = False
    found = []
    for piece, named in zip(reversed(row), reversed(names), strict=True):
        found.append(after)
        after = after or named or not isinstance(piece, Text)
    return found[::-1]
