"""What two language versions of a release say differently, whether they came to or did from the beginning (pure).

``facts`` follows an edit; this looks at two texts that may differ in every word, so it is careful: a number is told only
where nothing in the other text can mean the same, and small ones, which one language writes as words, are passed over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

from archive.facts import facts, western
from archive.model import Release

#: numbers to call are facts of their own
_PHONE = re.compile(r"\+\d[\d ()/-]{5,}|(?<![\d.,])0\d[\d ]{4,}")
#: "10 000", "1,5", "21.6.2022", "11:43"
_NUMBER = re.compile(r"(?<!\d)[1-9]\d*(?:(?:[.,:'’]| (?=\d{3}(?!\d)))\d+)*|(?<!\d)0[.,]\d+")
_DIGITS = re.compile(r"\d+")
#: numbers up to this one are words in many languages' style guides
_WORDED = 12
#: "1.5 million" stands for "1,500,000" elsewhere
_SCALES = (1, 10**3, 10**6, 10**9)
#: longer ones are no numbers
_LONGEST = 30


def differing(release: Release, other: Release) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What only a release says and what only its translation says: the day, ways to reach somebody, numbers."""
    ours, theirs = _plain(release), _plain(other)
    said, told = _numbers(release), _numbers(other)
    return (
        (*(fact for fact in ours if fact not in theirs), *_unmatched(said, told)),
        (*(fact for fact in theirs if fact not in ours), *_unmatched(told, said)),
    )


def _plain(release: Release) -> list[str]:
    return [fact for fact in facts(release) if not fact.startswith("number ")]


def _unmatched(said: dict[str, frozenset[Fraction]], told: dict[str, frozenset[Fraction]]) -> Iterator[str]:
    """The numbers that nothing in the other text can mean."""
    known = {meaning * scale for meanings in told.values() for meaning in meanings for scale in _SCALES}
    for printed, meanings in said.items():
        small = all(meaning <= _WORDED and meaning.denominator == 1 for meaning in meanings)
        if not small and known.isdisjoint(meaning * scale for meaning in meanings for scale in _SCALES):
            yield f"number {printed}"


def _numbers(release: Release) -> dict[str, frozenset[Fraction]]:
    """The numbers of the text as printed, each with all that it can mean; the parts of a day are numbers of their own."""
    text = unicodedata.normalize("NFKC", f"{release.headline}\n{release.subheadline or ''}\n{release.body}")
    text = _DIGITS.sub(lambda digits: western(digits[0]), _PHONE.sub(" ", text))
    found: dict[str, frozenset[Fraction]] = {}
    for match in _NUMBER.finditer(text):
        groups = _DIGITS.findall(match[0])
        if len(match[0]) > _LONGEST:
            continue
        if meanings := _meanings(groups):
            found[match[0]] = frozenset(meanings)
        else:
            found |= {group: frozenset({Fraction(int(group))}) for group in groups}
    return found


def _meanings(groups: list[str]) -> set[Fraction]:
    """What digits in groups can mean: thousands, a fraction, an hour; nothing where they are a day."""
    first, *rest = groups
    meanings = set()
    if all(len(group) == 3 for group in rest):
        meanings.add(Fraction(int("".join(groups))))
    if rest and all(len(group) == 3 for group in rest[:-1]):
        meanings.add(Fraction(f"{''.join(groups[:-1])}.{rest[-1]}"))
    if int(first) in range(13, 24) and (not rest or (len(rest) == 1 and len(rest[0]) == 2)):
        meanings.add(Fraction(".".join((str(int(first) - 12), *rest))))  # 15.30 is half past three
    return meanings
