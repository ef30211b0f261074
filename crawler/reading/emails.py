"""E-mail addresses of a contact: printed, written so that robots miss them, hidden, or told only as a rule.

What counts as an address is decided here; that an address was read through a protection is kept as its state.
A rule (``firstname.lastname@…``) never becomes somebody's address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from phonenumbers import SUPPORTED_REGIONS

from archive.model import EmailState

_LOCAL = r"[\w.+%'\u2019-]{1,64}"
_HOST = r"[^\W_](?:[\w-]{0,62})(?:\.[^\W_][\w-]{0,62}){1,5}"
_AT_SIGN = r"@|\uff20"
_AT_WORD = r"\(\s?(?:at|a|ät|@|ad|arroba)\s?\)|\[\s?(?:at|a|ät|@|arroba)\s?\]|\{\s?(?:at|@)\s?\}|<\s?at\s?>|\(\s?snabel-?a\s?\)"
_DOT_WORD = (
    r"\(\s?(?:dot|punkt|punto|ponto|point|\.)\s?\)|\[\s?(?:dot|punkt|punto|point|\.)\s?\]|\{\s?dot\s?\}"
)
_SPOKEN_AT = r"snabela|snabel-a|alfakrull|krøllalfa|arroba|chiocciola|zavináč|małpa|kukac|miukumauku|at"
_SPOKEN_DOT = r"punkt|dot|punto"
#: a printed address, white space around the sign or before an underscore allowed (``presse @ host``, ``gvo _sv@host``)
_PRINTED = re.compile(
    rf"(?P<head>[\w.+-]+ (?=[_.][\w.]))?(?P<local>{_LOCAL})(?P<gap> ?)(?:{_AT_SIGN}) ?(?P<host>{_HOST})"
)
_MASKED = re.compile(
    rf"(?P<local>{_LOCAL}(?: ?(?:{_DOT_WORD}) ?[\w-]+)*) ?(?:{_AT_WORD}|{_AT_SIGN}) ?"
    rf"(?P<host>[\w-]+(?: ?(?:{_DOT_WORD}|\.) ?[\w-]+)+)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    rf"(?P<local>[\w-]+(?:(?: (?:{_SPOKEN_DOT}) |\.)[\w-]+)*) (?:{_SPOKEN_AT}) (?P<host>[\w-]+(?:(?: (?:{_SPOKEN_DOT}) )[\w-]+)+)",
    re.IGNORECASE,
)
#: written backwards, shown right by CSS (``es.nesgnireger@esserp``): the host stands before the sign
_BACKWARDS = re.compile(
    r"(?<![\w.])(?P<host>[a-z]{2,10}(?:\.[\w-]+)+)@(?P<local>[\w-]+(?:\.[\w-]+)*)(?!\w)", re.IGNORECASE
)
_HIDDEN = re.compile(
    r"\[e-?mail[\s\u00a0]*protected\]|\[javascript protected email address\]|\(?e-?mail protected\)?(?=$|[\s,.;])"
    r"|(?<![\w.-])[\w.-]{1,64} ?(?:\(at\)|\(a\)|\[at\])(?=$|[\s,;.])",
    re.IGNORECASE,
)
_AT_END = re.compile(r"(?:\(at\)|\(a\)|\[at\])(?=$|[\s,;.])", re.IGNORECASE)
#: "firstname.lastname" in the forms that ministries print; the languages' own words are added to these
_RULE_WORDS = (
    "firstname|first name|forename|givenname|name|lastname|last name|surname|familyname|initial|fornamn|förnamn|efternamn|fornavn|etternavn|efternavn"
    "|etunimi|sukunimi|vorname|nachname|zuname|prenom|prénom|nom|nombre|apellido|apellidos|nome|cognome|apelido|sobrenome|voornaam|achternaam"
    "|imie|imię|nazwisko|jmeno|jméno|prijmeni|příjmení|meno|priezvisko|ime|priimek|prezime|eesnimi|perenimi|perekonnanimi|vards|vārds|uzvards|uzvārds"
    "|vardas|pavarde|pavardė|keresztnev|keresztnév|vezeteknev|vezetéknév|prenume|nume|onoma|epitheto|skirnarnafn|eftirnafn|nafn"
)
_RULE_LOCAL = re.compile(
    rf"(?:{_RULE_WORDS}|x)(?:[._-](?:{_RULE_WORDS}|x|m))+|(?:{_RULE_WORDS})", re.IGNORECASE
)
_RULE_NO_HOST = re.compile(
    rf"\b(?:{_RULE_WORDS})[._](?:{_RULE_WORDS}|x\.(?:{_RULE_WORDS})) ?(?:{_AT_SIGN}|\(at\)|\(a\)|\[at\]|\u2026|\.\.\.)?",
    re.IGNORECASE,
)
_TLDS = frozenset(region.lower() for region in SUPPORTED_REGIONS) | frozenset(
    (
        "uk",
        "eu",
        "com",
        "org",
        "net",
        "int",
        "edu",
        "gov",
        "mil",
        "info",
        "example",
        "cat",
        "eus",
        "gal",
        "wales",
        "scot",
        "bzh",
        "africa",
        "su",
    )
)


@dataclass(frozen=True, slots=True)
class Email:
    """An address in a text: ``address`` is None where it is hidden or only a rule (then ``pattern`` holds it)."""

    printed: str
    start: int
    end: int
    state: EmailState
    address: str | None = None
    pattern: str | None = None


def find_emails(text: str, decoded: Iterable[str] = ()) -> list[Email]:
    """The addresses of ``text`` in order. ``decoded`` are those that the page protects and the reading wrote out."""
    if not may_hold(text):
        return []
    protected = {address.casefold() for address in decoded}
    signs = _signs(text)
    found: list[Email] = []
    for email in (
        *_backwards(text, signs),
        *_printed(text, signs, protected),
        *_masked(text, signs),
        *_rules(text, signs),
        *_hidden(text),
    ):
        if all(email.end <= other.start or email.start >= other.end for other in found):
            found.append(email)
    return sorted(found, key=lambda email: email.start)


def may_hold(text: str) -> bool:
    """Whether a text is worth a search for addresses: cheap, and never False where there is one."""
    return (
        "@" in text
        or (
            ("(" in text or "[" in text or "{" in text or "<" in text) and _BRACKETED.search(text) is not None
        )
        or " dot " in text
        or " punkt " in text
        or " punto " in text
        or "\uff20" in text
    )


#: ``(at)`` and the like before a host, or the bare ``(at)`` of a lost one; no ``(a)`` of a paragraph of law
_BRACKETED = re.compile(
    r"[(\[{<](?:\s?(?:at|a|ät|ad|arroba|snabel-?a)\s?[)\]}>] ?[\w-]+ ?[.(\[]"
    r"|(?<=[(\[])(?:at[)\]](?:$|[\s,;.])|(?:e-?mail|javascript)\b))",
    re.IGNORECASE,
)


#: what an address has in its middle; addresses are only looked for around one
_SIGN = re.compile(rf"{_AT_SIGN}|{_AT_WORD}", re.IGNORECASE)
_OPENING = re.compile(r"[@\uff20(\[{<]")
_SPOKEN_SIGN = re.compile(rf"(?<= )(?:{_SPOKEN_AT})(?= )", re.IGNORECASE)
_REACH = 120
#: more signs than that in one text are no list of contacts: 100 KB of "a@a@" took half a minute (reliability.md C15)
_MOST_SIGNS = 60


def _signs(text: str) -> list[tuple[int, int]]:
    """Where the signs of a text stand."""
    found: list[tuple[int, int]] = []
    for opening in _OPENING.finditer(text):
        free = not found or opening.start() >= found[-1][1]
        sign = _SIGN.match(text, opening.start()) if free else None
        if sign:
            found.append(sign.span())
        if len(found) == _MOST_SIGNS:
            break
    return found


def _spoken_signs(text: str) -> list[tuple[int, int]]:
    """Where "at" and its like stand in a text that says "dot" as well."""
    small = text.lower()
    if not any(dot in small for dot in (" punkt ", " dot ", " punto ")):
        return []
    return [sign.span() for sign in islice(_SPOKEN_SIGN.finditer(text), _MOST_SIGNS)]


def _around(pattern: re.Pattern[str], text: str, signs: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The matches of ``pattern`` around each sign: the same as over the whole text, in time that grows with the signs."""
    last = 0
    for start, end in signs:
        if start < last:
            continue
        match = next(
            (m for m in pattern.finditer(text, max(last, start - _REACH), end + _REACH) if m.end() > start),
            None,
        )
        if match is not None and match.start() <= start:
            last = match.end()
            yield match


def _printed(text: str, signs: list[tuple[int, int]], protected: set[str]) -> list[Email]:
    found = []
    for match in _around(_PRINTED, text, signs):
        email = _from_printed(text, match, protected)
        if email is not None:
            found.append(email)
    return found


def _from_printed(text: str, match: re.Match[str], protected: set[str]) -> Email | None:
    start, end = match.span()
    local, host = match["local"], match["host"].rstrip(".-")
    end -= len(match["host"]) - len(host)
    glued = re.match(r"\+?\d{6,}(?=[^\W\d_])", local)  # a number and an address without anything between
    if glued:
        start, local = start + glued.end(), local[glued.end() :]
    head = match["head"] or ""
    shift = len(local) - len(local.lstrip("./'\u2019-"))
    if shift and not head:
        start, local = start + shift, local[shift:]
    if not local or text[max(0, start - 1) : start] == "/":
        return None
    rule = _RULE_LOCAL.fullmatch(local)
    address = f"{head.strip()}{local}@{host}"
    if rule and not head and "." in local:
        return Email(text[start:end], start, end, EmailState.PATTERN, pattern=f"{local}@{host}")
    state = EmailState.PRINTED
    if head or match["gap"] or " " in text[start:end] or address.casefold() in protected:
        state = EmailState.DECODED
    return Email(text[start:end], start, end, state, address=address)


def _backwards(text: str, signs: list[tuple[int, int]]) -> list[Email]:
    """Addresses written backwards: what follows the sign ends in no country, what stands before it begins with one."""
    return [
        Email(match.group(), *match.span(), EmailState.DECODED, address=match.group()[::-1])
        for match in _around(_BACKWARDS, text, signs)
        if match["host"].partition(".")[0][::-1].casefold() in _TLDS
        and match["local"].rpartition(".")[2].casefold() not in _TLDS
    ]


def _masked(text: str, signs: list[tuple[int, int]]) -> list[Email]:
    found = []
    for pattern, stands in ((_MASKED, signs), (_SPOKEN, _spoken_signs(text))):
        for match in _around(pattern, text, stands):
            local, host = _joined(match["local"]), _joined(match["host"]).rstrip(".-")
            known = host.rpartition(".")[2].casefold() in _TLDS or pattern is _MASKED
            if not known or "." not in host:
                continue
            printed = match.group().rstrip(".-")
            start, end = match.start(), match.start() + len(printed)
            if _RULE_LOCAL.fullmatch(local) and "." in local:
                found.append(Email(printed, start, end, EmailState.PATTERN, pattern=f"{local}@{host}"))
            else:
                found.append(Email(printed, start, end, EmailState.DECODED, address=f"{local}@{host}"))
    return found


def _joined(text: str) -> str:
    """Words for a dot as dots, white space gone."""
    text = re.sub(rf" ?(?:{_DOT_WORD}) ?| (?:{_SPOKEN_DOT}) ", ".", text, flags=re.IGNORECASE)
    return re.sub(r"\s+", "", text)


def _rules(text: str, signs: list[tuple[int, int]]) -> list[Email]:
    """A rule whose host was cut off or hidden: ``are in the format firstname.lastname@``."""
    return [
        Email(
            match.group().strip(),
            match.start(),
            match.end(),
            EmailState.PATTERN,
            pattern=match.group().strip(),
        )
        for match in _around(_RULE_NO_HOST, text, signs)
    ]


def _hidden(text: str) -> list[Email]:
    if "protected" not in text.lower() and not (("(" in text or "[" in text) and _AT_END.search(text)):
        return []
    return [Email(match.group(), *match.span(), EmailState.HIDDEN) for match in _HIDDEN.finditer(text)]
