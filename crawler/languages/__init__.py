"""Languages as data: the words that ministries print around a release, one TOML file a language.

``words(("fi", "sv"))`` merges the tables of the named languages; without languages, of all. Nothing here
knows a site. ``docs/add-a-language.md`` shows how a language is added.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, TypeVar

from crawler.languages.folding import fold

Phrases = tuple[str, ...]
T = TypeVar("T")

#: Codes that mean one or several of the files here: macrolanguages and codes that were renamed.
ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "no": ("nb", "nn"),
        "iw": ("he",),
        "in": ("id",),
        "sh": ("sr", "hr", "bs"),
        "tl": ("fil",),
        "cmn": ("zh",),
    }
)


@dataclass(frozen=True, slots=True)
class DateWords:
    """Labels by what the date beside them means, and the words of a clock time. All folded."""

    published: Phrases = ()
    updated: Phrases = ()
    event: Phrases = ()
    this_language: Phrases = ()  # the second stamp of a translation: "Publicerad på svenska"
    clock: Phrases = ()
    am: Phrases = ()
    pm: Phrases = ()
    today: Phrases = ()  # before the day that a first sentence tells: "met today, Monday 14 May 2007"
    ago: Phrases = ()  # around how old a page is: "3 days ago", "il y a 3 jours"


@dataclass(frozen=True, slots=True)
class ContactWords:
    """Labels of contact blocks, the words before numbers and addresses, and what is no contact. All folded."""

    labels: Phrases = ()
    phone: Phrases = ()
    mobile: Phrases = ()
    fax: Phrases = ()
    email: Phrases = ()
    web: Phrases = ()
    join: Phrases = ()
    principals: Phrases = ()
    registration: Phrases = ()
    hotline: Phrases = ()
    photo: Phrases = ()
    pattern: Phrases = ()  # "firstname.lastname" of an address rule
    hidden: Phrases = ()  # what stands where an address was taken out


@dataclass(frozen=True, slots=True)
class PageWords:
    """Words of pages that are no release, and of what stands around one. All folded."""

    not_found: Phrases = ()
    maintenance: Phrases = ()
    consent: Phrases = ()
    login: Phrases = ()
    challenge: Phrases = ()
    javascript: Phrases = ()
    related: Phrases = ()
    beside: Phrases = ()  # headings of what stands below a text: keywords, resources, the publisher
    share: Phrases = ()
    tools: Phrases = ()  # beside a text on its page: letter sizes, print, who edited it
    views: Phrases = ()  # what a page calls the number of its readers
    reading: Phrases = ()  # how long it takes to read the page: "Reading time", "min read"
    end: Phrases = ()
    forbidden: Phrases = ()
    error: Phrases = ()
    missing_language: Phrases = ()
    contact: Phrases = ()  # headlines of pages that name whom to call
    biography: Phrases = ()
    listing: Phrases = ()  # headlines of listing pages
    more: Phrases = ()  # "read more", "next page"
    event_place: Phrases = ()  # labels of an event's facts: "Venue", "Uhrzeit"
    event_time: Phrases = ()
    gazette: Phrases = ()  # parts that every notice of an official journal has
    guide: Phrases = ()  # headlines of how-to, legal and "about us" pages


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """What a release says about itself as a text, beside its content. All folded."""

    withdrawn: Phrases = ()
    embargo: Phrases = ()
    delivery: Phrases = ()
    correction: Phrases = ()
    historical: Phrases = ()


@dataclass(frozen=True, slots=True)
class PeopleWords:
    """Words that tell a person's name from a title, an institution or a desk. All folded.

    ``-x`` stands for every word that ends in x, ``x-`` for every word that begins with it.
    """

    roles: Phrases = ()
    modifiers: Phrases = ()  # those of the roles that make no person by themselves: "press", "deputy", "minister"
    orgs: Phrases = ()
    units: Phrases = ()  # parts of an institution, and words of street addresses
    desks: Phrases = ()  # contact points that are no person: "press office"
    given: Phrases = ()  # common first names: a hint, since no list of them is complete
    surnames: Phrases = ()  # where names have no capitals: 김, 王


@dataclass(frozen=True, slots=True)
class Words:
    """The merged words of some languages. Every phrase and key is folded (``folding.fold``), longest first.

    A month or weekday name that means different numbers in these languages is kept for the language that was
    named first, and left out where none was named: ``listopad`` is October in Croatian and November in Czech. ``types`` maps a label to its normalised type, ``"press release"`` for one.
    """

    languages: tuple[str, ...]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]  # Monday is 0
    dates: DateWords
    types: Mapping[str, str]
    contacts: ContactWords
    bylines: Phrases
    institutions: Phrases  # what names of issuing bodies hold: "ministry", "departement"
    notices: NoticeWords
    attachments: Phrases
    pages: PageWords
    titles: Phrases
    people: PeopleWords


@cache
def known() -> tuple[str, ...]:
    """The codes of all languages there are files for, sorted."""
    folder = resources.files(__package__)
    return tuple(sorted(file.name[:-5] for file in folder.iterdir() if file.name.endswith(".toml")))


@cache
def words(languages: tuple[str, ...] = ()) -> Words:
    """The merged words of ``languages`` (BCP 47 tags, region and script ignored); of all if none is known."""
    codes = tuple(dict.fromkeys(code for tag in languages for code in _codes(tag))) or known()
    tables = [table(code) for code in codes]
    return Words(
        languages=codes,
        months=_numbers(tables, ("months", "month_aliases"), in_order=codes != known()),
        weekdays=_numbers(tables, ("weekdays", "weekday_aliases"), in_order=codes != known()),
        dates=_section(DateWords, tables, "dates"),
        types=_types(tables),
        contacts=_section(ContactWords, tables, "contacts"),
        bylines=_merged(each.get("bylines", {}).get("labels", ()) for each in tables),
        institutions=_merged(each.get("bylines", {}).get("institutions", ()) for each in tables),
        notices=_section(NoticeWords, tables, "notices"),
        attachments=_merged(each.get("attachments", {}).get("words", ()) for each in tables),
        pages=_section(PageWords, tables, "pages"),
        titles=_merged(each.get("names", {}).get("titles", ()) for each in tables),
        people=_section(PeopleWords, tables, "names"),
    )


@cache
def table(code: str) -> Mapping[str, Any]:
    """The tables of one language's file as they are written; ``KeyError`` for an unknown code."""
    if code not in known():
        raise KeyError(f"no language {code!r}: crawler/languages/ has {', '.join(known())}")
    return tomllib.loads((resources.files(__package__) / f"{code}.toml").read_text(encoding="utf-8"))


@cache
def pattern(phrases: Phrases) -> re.Pattern[str]:
    """A regular expression for any of the folded ``phrases`` as whole words, longest first; to match folded text.

    No phrases match nothing. A phrase that ends or begins without a letter (``"tel."``) needs no border there;
    nor does one in a script that is written without spaces.
    """
    if not phrases:
        return re.compile(r"(?!)")
    return re.compile("|".join(_bordered(first, rests) for first, rests in _by_letter(phrases)), re.DOTALL)


@cache
def part_pattern(words: Phrases) -> re.Pattern[str]:
    """A regular expression for any of the folded ``words``, also inside of longer words; no words match nothing."""
    found = (f"{re.escape(first)}(?:{'|'.join(map(re.escape, rests))})" for first, rests in _by_letter(words))
    return re.compile("|".join(found) or r"(?!)")


def _by_letter(phrases: Phrases) -> Iterable[tuple[str, list[str]]]:
    """The phrases by their first letters, longest first. An expression whose alternatives begin with a letter of their
    own each is searched for from letter to letter, without trying every one everywhere: 30 times as fast (2026-11)."""
    found: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase[1:])
    return found.items()


def _bordered(first: str, rests: list[str]) -> str:
    """An expression for the phrases that begin with one character, the border before them looked at behind it."""
    before = r"(?<![^\W\d_].)" if _needs_border(first) else ""
    ends = (
        re.escape(rest).replace(r"\ ", r"\s+")
        + (r"(?![^\W\d_])" if _needs_border((first + rest)[-1]) else "")
        for rest in rests
    )
    return f"{re.escape(first)}{before}(?:{'|'.join(ends)})"


def _needs_border(char: str) -> bool:
    return char.isalpha() and not _spaceless(char)


def _spaceless(char: str) -> bool:
    """Thai, Lao, Burmese, Khmer, kana, Han: words are not divided by spaces. Hangul adds particles."""
    return (
        "\u0e00" <= char <= "\u0eff"
        or "\u1000" <= char <= "\u109f"
        or "\u1780" <= char <= "\u17ff"
        or char >= "\u3040"
    )


def _codes(tag: str) -> tuple[str, ...]:
    code = re.split(r"[-_]", tag.strip().lower(), maxsplit=1)[0]
    return tuple(each for each in ALIASES.get(code, (code,)) if each in known())


def _section(kind: type[T], tables: list[Mapping[str, Any]], name: str) -> T:
    keys = [each.name for each in fields(kind)]  # type: ignore[arg-type]
    return kind(**{key: _merged(each.get(name, {}).get(key, ()) for each in tables) for key in keys})


def _merged(groups: Iterable[Iterable[str]]) -> Phrases:
    return tuple(
        sorted({fold(phrase) for group in groups for phrase in group}, key=lambda one: (-len(one), one))
    )


def _types(tables: list[Mapping[str, Any]]) -> Mapping[str, str]:
    merged: dict[str, str] = {}
    for each in tables:
        for kind, labels in each.get("types", {}).items():
            for label in labels:
                merged.setdefault(fold(label), kind)
    return MappingProxyType(merged)


def _numbers(tables: list[Mapping[str, Any]], names: tuple[str, ...], *, in_order: bool) -> Mapping[str, int]:
    merged: dict[str, int] = {}
    open_names = set()
    for name, number in _named(tables, names):
        if merged.setdefault(name, number) != number and not in_order:
            open_names.add(name)
    return MappingProxyType({name: number for name, number in merged.items() if name not in open_names})


def _named(tables: list[Mapping[str, Any]], names: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    for each in tables:
        for section in names:
            for number, spellings in each.get(section, {}).items():
                for spelling in spellings:
                    yield fold(spelling).rstrip("."), int(number)
