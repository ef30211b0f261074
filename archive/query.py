"""A question to the archive, as a typed value, and the reading of what a person typed (pure: no database).

Whatever is typed is a search. Understood: ``words``, ``"a phrase"``, ``AND OR NOT`` (in capitals), ``-word``, ``prefix*``,
``(groups)``, ``NEAR(a b, 5)`` and ``field:value``. What can't be such a thing is searched for as plain words, and
``notes`` say so.
"""

from __future__ import annotations

import re
import typing
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from archive.errors import UsageError
from archive.fulltext import All, Any, Near, Node, Not, Word

#: fields that narrow the text to a part of the release
TEXT_FIELDS = {"headline": "headline", "title": "headline", "subheadline": "subheadline", "body": "body"}
#: fields that are filters, by their many names
FILTER_FIELDS = {
    "ministry": "ministries", "newsroom": "ministries", "contact": "contacts", "type": "types", "country": "countries",
    "lang": "languages", "language": "languages", "date": "date", "state": "states",
}  # fmt: skip
MAX_TERMS = 40  # more are ignored, with a note: a pasted release is not a question


class Sort(StrEnum):
    """The order of the answers."""

    DATE = "date"  # newest first
    RELEVANCE = "relevance"  # best first, among the newest matches


@dataclass(frozen=True, slots=True)
class Query:
    """A question: text and filters. Values within a filter are alternatives; filters narrow one another.

    ``newsrooms`` are slugs, ``ministries`` parts of a newsroom's name or slug, ``contacts`` beginnings of words of a
    contact's name, role, address or number. ``since`` and ``until`` are days of the newsroom's calendar, both included. ``after`` is a page's ``next``.
    ``ever`` asks what any revision said, ``as_of`` what was said at the end of that day (UTC); both answer newest first.
    """

    text: str = ""
    countries: tuple[str, ...] = ()
    newsrooms: tuple[str, ...] = ()
    ministries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    exact: bool = False
    ever: bool = False
    as_of: date | None = None
    sort: Sort = Sort.DATE
    limit: int = 20
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood: the query with the filters of its text added, its words as a tree, and notes for the reader."""

    query: Query
    words: Node | None = None
    notes: tuple[str, ...] = field(default=())


_TOKEN = re.compile(
    r"""
    \s*(?:
      (?P<field>-?[A-Za-z]+):(?=[^\s)])(?!//)  # field:value, field:"value", field:(…); an address is a word
    | (?P<minus>-)(?=["\w(])
    | (?P<near>NEAR)\(\s*(?P<inside>[^()]*?)\s*(?:,\s*(?P<distance>\d{1,4})\s*)?\)
    | (?P<open>\() | (?P<close>\))
    | "(?P<phrase>[^"]*)(?P<end>"?)(?P<star1>\*?)
    | (?P<word>[^\s"()]+)
    )""",
    re.VERBOSE,
)


def read_text(query: Query) -> Reading:
    """Understands ``query.text``. Raises UsageError only for a filter whose value can't be meant (``date:tomorrow``)."""
    return _Reader(query).read()


class _Reader:
    """A recursive descent that never gives up: what is left over is words."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self.notes: list[str] = []
        self.tokens = [m for m in _TOKEN.finditer(query.text.replace("\0", " ")) if m.group().strip()]
        if len(self.tokens) > MAX_TERMS:
            self.notes.append(f"only the first {MAX_TERMS} words are searched for")
            del self.tokens[MAX_TERMS:]
        self.at = 0

    def read(self) -> Reading:
        nodes = []
        while self.at < len(self.tokens):
            nodes.append(self._either(None))
            if self._peek("close"):
                self.at += 1
                self.notes.append("a closing bracket without an opening one was ignored")
        return Reading(self.query, _all(nodes), tuple(dict.fromkeys(self.notes)))

    def _either(self, column: str | None) -> Node | None:
        found = [self._together(column)]
        while self._operator("OR"):
            found.append(self._together(column))
        kept = [node for node in found if node is not None]
        return Any(tuple(kept)) if len(kept) > 1 else next(iter(kept), None)

    def _together(self, column: str | None) -> Node | None:
        found: list[Node | None] = []
        while self.at < len(self.tokens) and not self._peek("close") and not self._is_operator("OR"):
            if self._operator("AND"):
                continue
            found.append(self._one(column))
        return _all(found)

    def _one(self, column: str | None) -> Node | None:
        if self._operator("NOT"):
            return _not(self._one(column)) if self.at < len(self.tokens) else None
        token = self.tokens[self.at]
        self.at += 1
        if token["minus"]:
            return _not(self._one(column)) if self.at < len(self.tokens) else None
        if token["field"]:
            return self._field(token["field"], column)
        if token["open"]:
            return self._group(column)
        if token["near"]:
            return _near(token["inside"], int(token["distance"] or 10))
        return self._plain(token, column)

    def _group(self, column: str | None) -> Node | None:
        inside = self._either(column)
        if self._peek("close"):
            self.at += 1
        else:
            self.notes.append("a bracket that is not closed was read as if it were closed at the end")
        return inside

    def _plain(self, token: re.Match[str], column: str | None) -> Node | None:
        if token["phrase"] is not None:
            if not token["end"]:
                self.notes.append(
                    "a quotation mark that is not closed was read as if it were closed at the end"
                )
            return _word(token["phrase"], column, prefix=bool(token["star1"]), phrase=True)
        text = token["word"] or token.group().strip()
        return _word(text.rstrip("*"), column, prefix=text.endswith("*"))

    def _field(self, name: str, column: str | None) -> Node | None:
        negative, key = name.startswith("-"), name.lstrip("-").lower()
        if key in TEXT_FIELDS:
            node = self._one(TEXT_FIELDS[key])
            return _not(node) if negative else node
        if key in FILTER_FIELDS and not negative and self.at < len(self.tokens):
            self._filter(FILTER_FIELDS[key])
            return None
        if key not in FILTER_FIELDS:
            known = ", ".join(dict.fromkeys([*TEXT_FIELDS, *FILTER_FIELDS]))
            self.notes.append(f"“{key}:” is not a field and was searched for as a word (fields: {known})")
        return _all([_word(key, column), self._one(column) if self.at < len(self.tokens) else None])

    def _filter(self, name: str) -> None:
        token = self.tokens[self.at]
        self.at += 1
        value = (token["phrase"] if token["phrase"] is not None else token.group()).strip().rstrip("*")
        if name == "date":
            since, until = read_days(value)
            self.query = replace(self.query, since=since or self.query.since, until=until or self.query.until)
        elif value:
            more: dict[str, typing.Any] = {name: (*getattr(self.query, name), *value.split(","))}
            self.query = replace(self.query, **more)

    def _operator(self, word: str) -> bool:
        """Takes the operator if it stands here."""
        here = self._is_operator(word)
        self.at += here
        return here

    def _is_operator(self, word: str) -> bool:
        """An operator needs something to work on; a lone one is a word like any other."""
        here = self.at < len(self.tokens) and self.tokens[self.at]["word"] == word
        return here and self.at + 1 < len(self.tokens) and (word == "NOT" or self.at > 0)

    def _peek(self, kind: str) -> bool:
        return self.at < len(self.tokens) and bool(self.tokens[self.at][kind])


def read_days(text: str) -> tuple[date | None, date | None]:
    """``2022``, ``2022-06``, ``2022-06-21``, ``2022..2023-06``, ``2022..``, ``>=2022``, ``<2023`` as first and last day.

    Raises UsageError for anything else.
    """
    if text[:1] in "<>" and text:
        sign, value = (text[:2], text[2:]) if text[1:2] == "=" else (text[0], text[1:])
        first, last = _span(value)
        bounds = {
            ">=": (first, None),
            ">": (_step(last, 1), None),
            "<=": (None, last),
            "<": (None, _step(first, -1)),
        }
        return bounds[sign]
    low, dots, high = text.partition("..")
    if not dots:
        return _span(text)
    return (_span(low)[0] if low else None), (_span(high)[1] if high else None)


def first_day(text: str) -> date:
    """The first day of ``2022``, ``2022-06`` or ``2022-06-21``; raises UsageError for anything else."""
    return _span(text)[0]


def last_day(text: str) -> date:
    """The last day of ``2022``, ``2022-06`` or ``2022-06-21``; raises UsageError for anything else."""
    return _span(text)[1]


def _span(text: str) -> tuple[date, date]:
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text.strip(), re.ASCII)
    try:
        if match is None:
            raise ValueError  # noqa: TRY301
        year, month, day = (int(part) if part else None for part in match.groups())
        if day:
            return date(year or 0, month or 0, day), date(year or 0, month or 0, day)
        first = date(year or 0, month or 1, 1)
        following = date(first.year + (month in (12, None)), 1 if month in (12, None) else first.month + 1, 1)
        return first, _step(following, -1)
    except (ValueError, OverflowError):
        raise UsageError(f"“{text}” is not a day: write 2022, 2022-06 or 2022-06-21") from None


def _step(day: date, days: int) -> date:
    return date.fromordinal(max(1, min(day.toordinal() + days, date.max.toordinal())))


def _word(text: str, column: str | None, *, prefix: bool = False, phrase: bool = False) -> Node | None:
    return Word(text, column, prefix=prefix, phrase=phrase) if re.search(r"\w", text) else None


def _near(inside: str, distance: int) -> Node | None:
    words = tuple(part for part in re.findall(r'"[^"]+"|\S+', inside) if re.search(r"\w", part))
    plain = tuple(part.strip('"') for part in words)
    return Near(plain, distance) if len(plain) > 1 else _word(" ".join(plain), None)


def _not(node: Node | None) -> Node | None:
    return Not(node) if node is not None else None


def _all(nodes: list[Node | None]) -> Node | None:
    kept = tuple(node for node in nodes if node is not None)
    return All(kept) if len(kept) > 1 else next(iter(kept), None)
