"""Whom a question names, as SQL: persons, desks, addresses and numbers, by the beginnings of their words.

Asked of the index of contacts, whose keys are those of the texts: at a million releases a pattern over every contact took
longer than a page may (2 s, 2026-11), a walk down the index a few milliseconds.
"""

from __future__ import annotations

import re

from archive.fulltext import All, Any, Begins, Node, Word, compile_match
from archive.stems import is_spaceless

#: digits of a number that is sought in whatever way it was printed
DIGITS = 5
LONGEST = 200  # letters of a pattern; SQLite refuses those of 50,000
_WILD = re.compile("[%_|]")
#: what no contact has
NOBODY = '"\U0010ffff"'


def names_match(contacts: tuple[str, ...], begins: Begins) -> str | None:
    """The expression of the index of contacts for all of these; None where none of them is in words with spaces between."""
    wanted = [contact.strip() for contact in contacts if not is_spaceless(contact)]
    nodes = tuple(node for contact in wanted if (node := _node(contact)))
    if len(nodes) < len(wanted):
        return NOBODY
    return compile_match(All(nodes), exact=True, begins=begins).positive if nodes else None


def name_patterns(contacts: tuple[str, ...]) -> list[str]:
    """Patterns (``like … escape '|'``) for those in scripts without spaces, of whose names any part may be meant."""
    spaceless = (contact.strip()[:LONGEST] for contact in contacts if is_spaceless(contact))
    return ["%" + _WILD.sub(r"|\g<0>", contact) + "%" for contact in spaceless]


def _node(contact: str) -> Node | None:
    if not re.search(r"\w", contact):
        return None
    typed = Word(contact, prefix=True, phrase=True)
    digits = re.sub(r"[\s()/.-]", "", contact).lstrip("+0")
    numbered = digits.isdecimal() and digits.isascii() and len(digits) >= DIGITS
    return Any((typed, Word(digits, prefix=True))) if numbered else typed
