"""Contacts: from the lines of contact blocks to persons and desks, with what the page tells of each.

Split on the ends of numbers and addresses, not on commas or "och/and" (``field-notes/variety.md`` §10): the words
before a number say whose it is. A title keeps the names in it; nothing is repaired and nothing completed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from archive.model import Contact, EmailState
from crawler.items import ContactBlock
from crawler.languages import Words
from crawler.languages.folding import fold
from crawler.reading.contact_marks import marks_of
from crawler.reading.names import Person, find_person, in_dictionary_form, spells
from crawler.reading.vocabulary import Vocabulary, vocabulary
from pipelines.contact_entries import Entry, entries_of, without_rules
from pipelines.contact_lines import Address, joined, pieces
from pipelines.contact_roles import role_and_org, segments

#: what is beyond is no contact: whatever comes in is read in bounded time
_LONGEST, _MOST = 3_000, 200
_ACRONYM = re.compile(r"[A-Z]{2,4} [A-Z][a-z]+$")
_STREET = re.compile(r"\b\d{1,5}\b")
#: languages that decline names in running text
_DECLINED = frozenset(("is", "fo"))


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
    lines = joined((line[:_LONGEST] for line in block.lines[:_MOST]), words)
    row = pieces(lines, words, region, block.decoded)
    rules = [
        piece.email.pattern
        for piece in row
        if isinstance(piece, Address) and piece.email.state is EmailState.PATTERN
    ]
    vocab = vocabulary(words)
    labelled = _for_press(block.label, words)
    read = [
        (entry, contact)
        for entry in entries_of(without_rules(row), vocab)
        if (contact := _contact(entry, lines, vocab, words, labelled)) is not None
    ]
    return _without_letterhead(read, vocab), rules[0] if rules else None


def _for_press(label: str | None, words: Words) -> bool:
    """Whether the block has a label, and not one of a registration."""
    return label is not None and not marks_of(words).registration.search(fold(label))


def _contact(
    entry: Entry, lines: list[str], vocab: Vocabulary, words: Words, labelled: bool
) -> Contact | None:
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
        raw="\n".join(lines[at] for at in dict.fromkeys(entry.lines)),
    )


def _person(entry: Entry, vocab: Vocabulary, locals_: list[str]) -> tuple[Person | None, list[str]]:
    """The likeliest name, and all segments with the words around it in its place."""
    parts = [part for text in entry.texts for part in segments(text.text)]
    joined = _form_name(entry)
    if joined:
        return Person(joined, "", "", 9.0), [part for part in parts if part not in joined.split()]
    found = [
        (person.score - 0.3 * at, at, person)
        for at, part in enumerate(parts)
        if (person := find_person(part, vocab, locals_, first=at == 0)) is not None
    ]
    titled = [one for one in found if one[2].before and _caseless(one[2].name)]
    if len(titled) > 1:  # "동장 김일섭, 팀장 이명희 270-4730": the last is the one before the number
        _, at, person = titled[-1]
        others = {one[1] for one in titled}
        return person, [
            *filter(None, (person.before, person.after)),
            *(part for n, part in enumerate(parts) if n not in others),
        ]
    best = max(found, key=lambda one: (one[0], -one[1]), default=None)
    if best is None or best[0] < 0.4:
        return None, parts
    _, at, person = best
    if _is_acronym(person.name, locals_) and any(vocab.is_desk(part) for part in parts):
        return None, parts
    if _is_seat(parts, at, person, locals_, vocab):
        return None, parts
    return person, [*parts[:at], *filter(None, (person.before, person.after)), *parts[at + 1 :]]


def _caseless(name: str) -> bool:
    """Whether a name is in a script without capitals."""
    return name.upper() == name.lower()


def _is_acronym(name: str, locals_: list[str]) -> bool:
    """Whether a name beside a desk is an institution's: "BC Housing", unless an address spells it."""
    return bool(_ACRONYM.match(name)) and not any(spells(name, local) > 0 for local in locals_)


def _is_seat(parts: list[str], at: int, person: Person, locals_: list[str], vocab: Vocabulary) -> bool:
    """Whether two capitalised words behind a desk and its institution are where that sits: "Press Office, Science
    Board, Harwell Oxford"; a common first name, a title or an address that spells them tells a person."""
    ahead = parts[:at]
    told = person.before or person.after or any(spells(person.name, local) > 0 for local in locals_)
    known = vocab.tokens(person.name)[0].folded in vocab.given
    return (
        not (told or known)
        and at >= 2
        and vocab.is_org(ahead[-1])
        and any(vocab.is_desk(part) for part in ahead)
        and not any(vocab.has_title(part) for part in ahead)
    )


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
        and (marks_of(words).hotline.search(said) or marks_of(words).registration.search(said))
    ):
        return False
    if entry.reachable:
        return True
    return (
        labelled and (name is not None or vocab.is_desk(said)) and len(entry.texts) <= 4 and len(said) < 100
    )


def _without_letterhead(read: list[tuple[Entry, Contact]], vocab: Vocabulary) -> list[Contact]:
    """An institution with its street and switchboard above the persons is a letterhead, no contact."""
    named = any(contact.name or vocab.is_desk(entry.said) for entry, contact in read)
    return [
        contact
        for entry, contact in read
        if not named or contact.name or vocab.is_desk(entry.said) or not _STREET.search(entry.said)
    ]


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
