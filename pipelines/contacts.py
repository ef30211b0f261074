"""Contacts: from the lines of contact blocks to persons and desks, with what the page tells of each.

Split on the ends of numbers and addresses, not on commas or "och/and" (``field-notes/variety.md`` §10): the words
before a number say whose it is. A title keeps the names in it; nothing is repaired and nothing completed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from archive.model import Contact, EmailState
from crawler.items import ContactBlock
from crawler.languages import Words
from crawler.languages.folding import fold
from crawler.reading.contact_marks import marks_of
from crawler.reading.emails import Email
from crawler.reading.names import Person, find_person, in_dictionary_form, spells
from crawler.reading.phones import Phone
from crawler.reading.vocabulary import Vocabulary, vocabulary
from pipelines.contact_lines import Address, Number, Piece, Text, clean, pieces
from pipelines.contact_roles import role_and_org, segments

#: from here on a run of words is a name
SURE = 2.0
#: what is beyond is no contact: whatever comes in is read in bounded time
_LONGEST, _MOST = 3_000, 200
_SLASH = re.compile(r"\s+/\s+")
_STREET = re.compile(r"\b\d{1,5}\b")
#: languages that decline names in running text
_DECLINED = frozenset(("is", "fo"))


@dataclass(slots=True)
class Entry:
    """What was collected of one contact."""

    texts: list[Text] = field(default_factory=list)
    tail: list[Text] = field(default_factory=list)  # words after the numbers: an institution, a remark
    phones: list[Phone] = field(default_factory=list)
    emails: list[Email] = field(default_factory=list)
    name: str | None = None  # from a link text
    line: int = -1

    @property
    def reachable(self) -> bool:
        """Whether a number or an address was seen."""
        return bool(self.phones or self.emails)


def read_contacts(blocks: Iterable[ContactBlock], words: Words, region: str | None) -> tuple[Contact, ...]:
    """The persons and desks of the blocks in order, each once. ``region`` is the newsroom's country (ISO 3166).

    A rule for addresses (``firstname.lastname@…``) becomes the state ``pattern`` of all persons without an address.
    """
    found: list[Contact] = []
    rule: str | None = None
    for block in blocks:
        contacts, own_rule = _read_block(block, words, region)
        rule = rule or own_rule
        found += [contact for contact in contacts if contact not in found]
    return tuple(_with_rule(contact, rule) for contact in _distinct(found))


def _read_block(block: ContactBlock, words: Words, region: str | None) -> tuple[list[Contact], str | None]:
    lines = [clean(line[:_LONGEST]) for line in block.lines[:_MOST]]
    row = pieces(lines, words, region, block.decoded)
    rules = [
        piece.email.pattern
        for piece in row
        if isinstance(piece, Address) and piece.email.state is EmailState.PATTERN
    ]
    row = _without_rules(row)
    vocab = vocabulary(words)
    entries = [one for entry in _merged(_entries(row, vocab), vocab) for one in _each_person(entry, vocab)]
    contacts = [
        contact
        for entry in entries
        if (contact := _contact(entry, vocab, words, labelled=_for_press(block.label, words))) is not None
    ]
    return _without_letterhead(contacts, vocab), rules[0] if rules else None


def _without_rules(row: list[Piece]) -> list[Piece]:
    """Without the sentences that tell a rule: the words before the pattern are nobody's."""
    kept: list[Piece] = []
    for piece in row:
        if isinstance(piece, Address) and piece.email.state is EmailState.PATTERN:
            if kept and isinstance(kept[-1], Text) and kept[-1].line == piece.line:
                kept.pop()
        else:
            kept.append(piece)
    return kept


def _entries(row: list[Piece], vocab: Vocabulary) -> list[Entry]:
    """The pieces put together: a new contact begins where words about somebody follow a number or address."""
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
    return [*done, entry]


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
    """Two persons who share a number, each with an address that spells the name, as two entries."""
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
    return [
        Entry([Text(part, entry.line), *shared], entry.tail, entry.phones, [email], None, entry.line)
        for part, email in owners
    ]


def _alone(piece: Address, entry: Entry) -> bool:
    """In a bare list of addresses, one a line, each is a contact of its own."""
    return bool(entry.emails) and not entry.texts and not entry.phones and piece.line != entry.line


def _may_begin(piece: Text, entry: Entry, vocab: Vocabulary) -> bool:
    """Whether words that name nobody may begin a contact: in a new line or sentence, or a desk."""
    return piece.line != entry.line or piece.fresh or vocab.is_desk(piece.text)


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


def _for_press(label: str | None, words: Words) -> bool:
    """Whether the block has a label, and not one of a registration."""
    return label is not None and not marks_of(words).registration.find(fold(label))


def _contact(entry: Entry, vocab: Vocabulary, words: Words, labelled: bool) -> Contact | None:
    locals_ = [email.address.partition("@")[0] for email in entry.emails if email.address]
    person, rest = _person(entry, vocab, locals_)
    role, org = role_and_org(rest, [text.text for text in entry.tail], vocab, person)
    org = next((text.org for text in entry.texts if text.org), None) or org
    name = person.name if person else entry.name
    if name and locals_ and not _DECLINED.isdisjoint(words.languages):
        name = in_dictionary_form(name, locals_[0])
    if not _worth(entry, name, words, vocab, labelled):
        return None
    phone = entry.phones[0] if entry.phones else None
    email = entry.emails[0] if entry.emails else None
    emails = tuple(dict.fromkeys(each.address for each in entry.emails if each.address))
    return Contact(
        name=name,
        role=role,
        org=org,
        phone=phone.printed if phone else None,
        phone_e164=phone.e164 if phone else None,
        email=emails[0] if emails else None,
        email_state=email.state if email else EmailState.NONE,
        phones=tuple(dict.fromkeys(each.printed for each in entry.phones)),
        emails=emails,
        raw=" ".join([text.text for text in entry.texts]),
    )


def _person(entry: Entry, vocab: Vocabulary, locals_: list[str]) -> tuple[Person | None, list[str]]:
    """The likeliest name, and all segments with the words around it in its place."""
    parts = [part for text in entry.texts for part in segments(text.text)]
    joined = _form_name(entry)
    if joined:
        return Person(joined, "", "", 9.0), [part for part in parts if part not in joined.split()]
    best: tuple[float, int, Person] | None = None
    for at, part in enumerate(parts):
        person = find_person(part, vocab, locals_, first=at == 0)
        if person is not None and (best is None or person.score - 0.3 * at > best[0]):
            best = (person.score - 0.3 * at, at, person)
    if best is None or best[0] < 0.4:
        return None, parts
    _, at, person = best
    return person, [*parts[:at], *filter(None, (person.before, person.after)), *parts[at + 1 :]]


def _form_name(entry: Entry) -> str | None:
    """``Vorname: / Anna / Nachname: / Berg``: two single words that are values of fields, one after the other."""
    values = [text.text for text in entry.texts if text.field]
    if len(values) >= 2 and all(
        re.fullmatch(r"[^\W\d_][\w'-]*", value) and value[0].isupper() for value in values[:2]
    ):
        return f"{values[0]} {values[1]}"
    return None


def _worth(entry: Entry, name: str | None, words: Words, vocab: Vocabulary, labelled: bool) -> bool:
    """Whether this is a contact: somebody to reach, no hotline, no registration, no credit of a picture."""
    said = fold(" ".join(text.text for text in (*entry.texts, *entry.tail)))
    if (
        not name
        and not labelled
        and (marks_of(words).hotline.find(said) or marks_of(words).registration.find(said))
    ):
        return False
    if entry.reachable:
        return True
    return (
        labelled and (name is not None or vocab.is_desk(said)) and len(entry.texts) <= 4 and len(said) < 100
    )


def _without_letterhead(contacts: list[Contact], vocab: Vocabulary) -> list[Contact]:
    """An institution with its street and switchboard above the persons is a letterhead, no contact."""
    if not any(contact.name for contact in contacts):
        return contacts
    return [one for one in contacts if one.name or vocab.is_desk(one.raw) or not _STREET.search(one.raw)]


def _distinct(contacts: list[Contact]) -> list[Contact]:
    """Each contact once: a second mention of the same name and number adds nothing."""
    seen: set[tuple[str | None, str | None, str | None]] = set()
    result = []
    for contact in contacts:
        key = (contact.name, contact.phone, contact.email)
        if key not in seen:
            seen.add(key)
            result.append(contact)
    return result


def _with_rule(contact: Contact, rule: str | None) -> Contact:
    if rule is None or contact.name is None or contact.email_state is not EmailState.NONE:
        return contact
    return replace(contact, email_state=EmailState.PATTERN, email_pattern=rule)
