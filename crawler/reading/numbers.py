"""A release's own number: ``96/2017``, ``Nr. 085``, ``PR231129``. Found before dates are looked for.

The year of a number may be another one than the release's (87/2010 was published on 11 March 2011).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from crawler.items import Printed

#: words before a number; each is looked for by its first letter, which is fast, and the border before it then
_WORDS = (
    r"n[rouº°]\.? no\. núm\.? num\.? number numero numéro nummer № n° nº # 第 nomor nombor broj br\. číslo č\.\s?j\. szám номер број "
    r"бр\. αριθ\. αρ\. sayı số رقم شماره מס' নম্বর क्रमांक संख्या எண் หมายเลข ฉบับที่"
).split()
_WORD = "|".join(rf"[{word[0]}{word[0].upper()}](?<!\w.)(?i:{word[1:]})" for word in _WORDS)
#: ``96/2017``, ``2017/96``, ``011/2026``: neither part of a date of three parts, nor a fraction, nor a share of years
_SLASHED = re.compile(r"(?<![\d/.:-])(\d{1,4}/(?:19|20)\d\d|(?:19|20)\d\d/\d{1,4})(?![\d/.-]|\s?(?:%|–))")
_WORDED = re.compile(
    rf"(?:{_WORD})\s*[:.]?\s*(?P<number>(?i:[A-Z]{{0,4}})[-/]?\d{{1,6}}(?:\s?[-/]\s?\d{{1,4}})?(?i:[A-Z])?)(?:[号號호]|(?!\w|[.,]\d))"
)
_CODED = re.compile(r"\b(?:PR|IP|MEX|STATEMENT|SPEECH|OTS|MEMO|QANDA)[-_/ ]?(\d{2,4}[-_/]?\d{2,6})\b")
_REFERENCE = re.compile(
    r"\bref(?:erence|erenz|\.)?\s*[:.]\s*(?P<number>[A-Z0-9][A-Z0-9/_-]{3,24})(?!\w)", re.IGNORECASE
)
#: a number that ends a type line and is the only one in it: "Tiedote 677"
_BARE = re.compile(r"^[^\d,]*[^\W\d_]\.?[\s:]+(\d{2}-\d{2,4}|\d{1,5})\W*$")
_DIGITS = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")


@lru_cache(maxsize=1024)
def number_in(text: str, *, beside_type: bool = False) -> str | None:
    """The release number that a short line prints. ``beside_type``: the line is a type label ("Tiedote 677"),
    where a bare number is one too, unless it can be a year or stands in a date."""
    if not _DIGITS.search(text):
        return None
    for pattern in (_SLASHED, _WORDED, _REFERENCE, _CODED):
        if found := pattern.search(text):
            return (found.groupdict().get("number") or found[1]).replace(" ", "")
    bare = _BARE.search(text) if beside_type else None
    return bare[1] if bare and not _YEAR.fullmatch(bare[1]) else None


def mask_numbers(text: str) -> str:
    """``text`` with release numbers replaced by spaces, as long as before: what is left can be searched for dates."""
    return _WORDED.sub(_blank, _SLASHED.sub(_blank, text))


def first_number(lines: Iterable[tuple[str, str, bool]]) -> Printed | None:
    """The first number of some lines, each with its evidence and whether it is a type label's."""
    for text, evidence, beside_type in lines:
        number = number_in(text, beside_type=beside_type)
        if number:
            return Printed(number, evidence)
    return None


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
