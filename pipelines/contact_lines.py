"""The lines of a contact block as a row of pieces: numbers, addresses, and the words between them without labels."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from archive.model import EmailState
from crawler.languages import Words, pattern
from crawler.languages import words as all_words
from crawler.languages.folding import fold
from crawler.reading.blocks import tidy
from crawler.reading.contact_marks import any_of, marks_of
from crawler.reading.contact_names import is_title
from crawler.reading.emails import Email, find_emails
from crawler.reading.names import find_person
from crawler.reading.phones import Phone, find_phones
from crawler.reading.vocabulary import Vocabulary, vocabulary

_URL = re.compile(r"https?://\S+|www\.[\w.-]+\S*|(?<![\w@])[@#]\w[\w.]+", re.IGNORECASE)
_SITE = re.compile(r"(?<![\w@.-])[\w-]+\.(?:com|org|gov|net|int|eu)\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"\\([_\-.*#+@()&])|\*\*|(?<!\w)_([^_]+)_(?!\w)|\[([^\]]*)\]\((?:mailto:)?([^)\s]*)\)")
_FIELDS = re.compile(
    r"(?:(?:first|last|full|given|family)? ?name|surname|vorname|nachname|ansprechpartner(?:in|innen)?|position|funktion|funktio|title|job title|role|titel|titre"
    r"|nom|prenom|fonction|nombre|apellidos?|cargo|nome|cognome|funzione|naam|functie|imie|nazwisko|stanowisko|jmeno|prijmeni|funkce|nimi|ametikoht|namn"
    r"|tittel|navn|stilling|stillingsbetegnelse|department|division|unit|email address|contact data|contact details)$"
)
_REMARK = re.compile(r"[(\uff08][^()\uff08\uff09]*[)\uff09]|\[[^\[\]]*\]")
_COLON = re.compile(r":(?=\s|$|[\u3040-\u9fff\uac00-\ud7af])|\uff1a|\u055d|\u1366|\u1361")
_FOR = re.compile(
    r"^(?:for|for|för|für|pour|per|para|dla|pro|voor|за|для|fyrir|om|about|regarding|on)\s", re.IGNORECASE
)
_NEAR = (
    "på on at via by under unter auf per su al au à nº n° nummer nr nr. number no. numéro numero telefonnummer telefonnumer address адрес "
    "skicka send sende senden sänd lähetä envoyer enviar invia wyślij odeslat adresse adress på nummer direkt direct line and og och och/eller и или tai puhelin numerosta telefonisch number: ring call kontakta в síma i síma"
).split()
_STRIP = " \t,;.:|/\u2013\u2014-\u2022\u00b7*()[]<>\uff0c\uff1b\uff1a\uff5c\uff08\uff09\u3010\u3011\u3001\u30fb\u055d\u1363\u1366\u060c\u260e\u2709\u00a0\"\u201c\u201d'&+"


@dataclass(frozen=True, slots=True)
class Text:
    """Words about a person or desk; ``org`` is what stood before a colon (``Ministry: Anna Berg``)."""

    text: str
    line: int
    org: str | None = None
    fresh: bool = False  # a label, a full stop or a semicolon stands before it
    field: bool = False  # the value of a field of a form (``Vorname:``)


@dataclass(frozen=True, slots=True)
class Number:
    """A phone number and the line it stands in."""

    phone: Phone
    line: int


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address and the line it stands in; ``name`` is that of a link text (``e-post till Maria Berg``)."""

    email: Email
    line: int
    name: str | None = None


Piece = Text | Number | Address


class Labels:
    """The label words of some languages as expressions over folded text."""

    def __init__(self, words: Words) -> None:
        contacts = words.contacts
        channels = (*contacts.phone, *contacts.mobile, *contacts.fax, *contacts.email, *contacts.web)
        long = tuple(dict.fromkeys(word.rstrip(".") for word in channels if len(word.rstrip(".")) > 1))
        near = "|".join(re.escape(fold(word)) for word in sorted(_NEAR, key=len, reverse=True))
        joins = "|".join(re.escape(word) for word in contacts.join) or "(?!)"
        some = any_of(long)
        self.label = pattern(contacts.labels)
        self.channel_end = re.compile(
            rf"(?:(?<![^\W\d_])(?:{some}|{near}|{joins})|(?<![^\W\d_])[temp](?=[.:]|$))[.:]*$"
        )
        self.channel_only = re.compile(
            rf"(?:[\s,;:.()/|\-]*(?:{some}|{near}|{joins}|[temp][.:])\.?[\s,;:.()/|\-]*)+$"
        )
        self.phone_before = marks_of(words).phone_before
        self.mail_to = marks_of(words).mail_to
        self.form = re.compile(
            r"(?:is|are|in|av|i|on|ovat|har|folgen|lauten)?\s*(?:the\s)?(?:format|formatet|formen|form|muotoa|muodossa|muoto|formater)\w*\W*$"
        )


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading a line needs: the words of the languages, the country, the addresses that were decoded."""

    vocab: Vocabulary
    marks: Labels
    region: str | None
    decoded: frozenset[str]


@cache
def labels(languages: tuple[str, ...]) -> Labels:
    """The labels of the languages, made once."""
    return Labels(all_words(languages))


def clean(line: str) -> str:
    """A line with entities and Markdown's escapes read, its white space squeezed."""
    if "&" in line and ";" in line:
        line = html.unescape(line)
    if "\\" in line or "*" in line or "_" in line or "](" in line:
        line = _MARKDOWN.sub(_unmarked, line)
    return tidy(line)


def joined(lines: Iterable[str], words: Words) -> list[str]:
    """The lines cleaned, one that only leads to the next (``Fax:`` in a ``dt``) joined to it."""
    marks = labels(words.languages)
    found: list[str] = []
    held = ""
    for line in map(clean, lines):
        if line.endswith((":", "\uff1a")) and marks.channel_only.fullmatch(fold(line)):
            held += line + " "
            continue
        found.append(held + line)
        held = ""
    return [*found, held.strip()] if held else found


def pieces(
    lines: Iterable[str], words: Words, region: str | None, decoded: Iterable[str] = ()
) -> list[Piece]:
    """The pieces of all lines in order. A label alone in its line only makes the words after it ``fresh``."""
    reader = Reader(vocabulary(words), labels(words.languages), region, frozenset(decoded))
    found: list[Piece] = []
    fresh = field = False
    for piece in (piece for number, line in enumerate(lines) for piece in _line(line, number, reader)):
        if isinstance(piece, Text):
            if not piece.text:
                fresh, field = True, piece.field
                continue
            found.append(replace(piece, fresh=piece.fresh or fresh, field=piece.field or field))
        else:
            found.append(piece)
        fresh = field = False
    return found


def _unmarked(match: re.Match[str]) -> str:
    if match[1] or match[2]:
        return match[1] or match[2]
    if match[4] is not None:
        return match[4] if "@" in match[4] else match[3]
    return ""


def _line(line: str, number: int, reader: Reader) -> list[Piece]:
    text = _URL.sub(_spaces, line)
    emails = find_emails(text, reader.decoded)
    masked = _SITE.sub(_spaces, _blanked(text, emails))
    points: list[Phone | Email] = [*emails, *find_phones(masked, reader.region, reader.marks.phone_before)]
    points.sort(key=lambda point: point.start)
    found: list[Piece] = []
    at = 0
    for point in points:
        before = masked[at : point.start]
        link = None if isinstance(point, Phone) else reader.marks.mail_to.match(fold(before.strip()))
        if not link:
            found += _words(before, number, reader, follows=True, leads=at > 0)
        if isinstance(point, Phone):
            found.append(Number(point, number))
        elif not (point.state is EmailState.HIDDEN and reader.marks.form.search(fold(text[: point.start]))):
            found.append(Address(point, number, before.strip()[link.start("name") :] if link else None))
        at = point.end
    return found + _words(masked[at:], number, reader, follows=False, leads=at > 0)


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _blanked(text: str, emails: list[Email]) -> str:
    for email in emails:
        text = text[: email.start] + " " * (email.end - email.start) + text[email.end :]
    return text


def _words(text: str, line: int, reader: Reader, follows: bool, leads: bool) -> list[Piece]:
    """What the words between two points say: nothing, a label, or words about a person or desk."""
    marks = reader.marks
    fresh = leads and bool(re.match(r"[)\s]*(?:[.;\u2022]|$)", text))
    link = None if follows else marks.mail_to.match(fold(text.strip()))
    if link:
        name = text.strip()[link.start("name") :]
        return [Address(Email(text, 0, 0, EmailState.HIDDEN), line, name)]
    text = _REMARK.sub(" ", text) if "(" in text or "[" in text or "\uff08" in text else text
    if follows:
        text = _without_channel(text, marks, reader.vocab)
    text = " ".join(text.split()).lstrip(_STRIP).rstrip(_STRIP.replace(".", "").replace(":", ""))
    org, text, labelled, field = _unlabelled(text, reader, follows)
    text = text.strip(_STRIP.replace(".", ""))
    if not text or marks.channel_only.fullmatch(fold(text)):
        return [Text("", line, field=field)] if labelled else []
    return [Text(text, line, org, fresh or (labelled and leads), field)]


def _without_channel(text: str, marks: Labels, vocab: Vocabulary) -> str:
    """Without the words that lead to the number or address after it: ``, puh.``, ``eller e-post:``, ``på``; the last
    word of a desk's name is none of them: ``Information Office``."""
    while True:
        text = text.rstrip(" \t(/|,;\u2013\u2014-\u260e\u055d\u1366\u1363\u060c\uff08")
        match = marks.channel_end.search(fold(text))
        if not match or (text[match.start()].isupper() and _ends_desk(text, match.start(), vocab)):
            return text
        text = text[: match.start()]


def _ends_desk(text: str, at: int, vocab: Vocabulary) -> bool:
    """Whether the word at ``at`` makes a desk of the capitalised words right before it."""
    before = text[:at].split()
    return bool(before) and before[-1][0].isupper() and vocab.is_desk(text) and not vocab.is_desk(text[:at])


def _unlabelled(text: str, reader: Reader, follows: bool) -> tuple[str | None, str, bool, bool]:
    """What stood before a colon as the institution, the rest, whether a label went, whether it was a form's field."""
    vocab, marks = reader.vocab, reader.marks
    org: str | None = None
    labelled = field = False
    while colon := _COLON.search(text):
        left, right = text[: colon.start()].strip(), text[colon.end() :].strip()
        kept = _left_of_colon(left, right, vocab, marks)
        if kept is None:
            labelled, field = True, bool(_FIELDS.match(fold(left)))
            text = right
            continue
        if not right or (find_person(left, vocab) and _sure(left, vocab) and not _sure(right, vocab)):
            text = f"{kept} {right}".strip()
            break
        org, text = (kept, right) if not _sure(left, vocab) else (org, right)
    label = marks.label.match(fold(text))
    if label and (
        label.end() == len(text.rstrip(" .:;"))
        or (
            re.match(r"[\s.:;\u2013-]+[^\W\d_a-z]", text[label.end() :])
            and text[label.end() :].lstrip(" .:;\u2013-")[:1].isupper()
        )
    ):
        rest = text[label.end() :].strip(_STRIP)
        if rest or not (
            is_title(text[: label.end()], text[label.end() :], vocab) or (follows and vocab.is_desk(text))
        ):
            return org, rest, True, field
    return org, text, labelled, field


def _left_of_colon(left: str, right: str, vocab: Vocabulary, marks: Labels) -> str | None:
    """What of the words before a colon is kept: None for a label, a topic, a principal; else words."""
    folded = fold(left)
    if not left or _FOR.match(left) or marks.channel_only.fullmatch(folded) or _FIELDS.match(folded):
        return None
    label = marks.label.search(folded)
    if not label:
        return left
    rest = left[label.end() :].strip(_STRIP)
    if label.start() == 0:
        return rest if rest and rest[0].isupper() and _sure(rest, vocab) else None
    head = left[: label.start()].strip(_STRIP)
    if rest or not right:
        return None
    return head if head and len(head.split()) <= 4 and head[0].isupper() else None


def _sure(text: str, vocab: Vocabulary) -> bool:
    return any(
        (person := find_person(part, vocab, first=True)) and person.score >= 2
        for part in re.split(r"[,;\u060c\u061b\u1363\u3001\uff0c\uff1b]", text)
    )
