"""Contacts of releases as plain text, scored as ``tools/score_reading.py`` scores those of pages.

usage: python -m bench.contacts [--misses]    (reads ../shared/corpus/contacts_text.jsonl, or $COMMUNIQUE_SHARED)
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from archive.model import Contact
from crawler.languages import words
from crawler.reading.contact_blocks import find_contact_blocks
from crawler.reading.headline import find_headline
from crawler.reading.metadata import collect_metadata
from crawler.reading.page import text_page
from crawler.reading.phones import digits
from crawler.reading.place import find_place
from pipelines.contacts import read_contacts

SHARED = Path(os.environ.get("COMMUNIQUE_SHARED", "../shared"))
#: the country that a language of these rows is printed in
REGIONS = {"en": "US", "sv": "SE"}


def main(arguments: list[str]) -> int:
    """Print the figures; 1 if the floor (0.93, no trap taken) is not kept, 0 if it is or the corpus is not there."""
    path = SHARED / "corpus" / "contacts_text.jsonl"
    if not path.exists():
        print(f"{path} is not there: nothing to score")
        return 0
    rows = [msgspec.json.decode(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    counts: dict[str, Counter[str]] = {}
    traps = 0
    for row in rows:
        found = read_text(row["text"], row["lang"], row["url"])
        scores = score(row["contacts"], found)
        taken = _traps(row, found)
        traps += taken
        for kind, (hit, given, wanted) in scores.items():
            counts.setdefault(kind, Counter()).update(hit=hit, given=given, wanted=wanted)
        if "--misses" in arguments and (taken or scores["record"] != (len(row["contacts"]),) * 3):
            _print_miss(row, found)
    figures = {kind: _f1(count) for kind, count in counts.items()}
    for kind, value in figures.items():
        print(f"{kind:8} F1 {value:.4f}   n={counts[kind]['wanted']}")
    print(f"traps taken: {traps}")
    return int(figures["record"] < 0.93 or traps > 0)


def read_text(text: str, language: str, url: str) -> tuple[Contact, ...]:
    """The contacts of one release given as plain text."""
    page = text_page(text, url)
    vocabulary = words((language, "en"))
    headline = find_headline(page, collect_metadata(page), vocabulary)
    place = find_place(page, headline.block if headline else -1, vocabulary)
    region = REGIONS.get(language)
    return read_contacts(find_contact_blocks(page, place, vocabulary, region).blocks, vocabulary, region)


def score(wanted: list[dict[str, Any]], given: tuple[Contact, ...]) -> dict[str, tuple[int, int, int]]:
    """Hits, given and wanted for names, phones, addresses and whole records."""
    left, hits = list(given), 0
    for contact in wanted:
        match = next((other for other in left if _same(contact, other)), None)
        if match is not None:
            left.remove(match)
            hits += 1
    sides = {
        "name": ({_key(c["name"]) for c in wanted if c["name"]}, {_key(c.name) for c in given if c.name}),
        "phone": (
            {_last(c["phone"]) for c in wanted if c["phone"]},
            {_last(c.phone) for c in given if c.phone},
        ),
        "email": (
            {_key(c["email"]) for c in wanted if c["email"]},
            {_key(c.email) for c in given if c.email},
        ),
    }
    found = {kind: (len(want & have), len(have), len(want)) for kind, (want, have) in sides.items()}
    return found | {"record": (hits, len(given), len(wanted))}


def _same(wanted: dict[str, Any], given: Contact) -> bool:
    phones = {_last(phone) for phone in wanted.get("phones") or [wanted["phone"]] if phone}
    emails = {_key(email) for email in wanted.get("emails") or [wanted["email"]] if email}
    return (
        _key(wanted["name"]) == _key(given.name)
        and (_last(given.phone) in phones if phones else not given.phone)
        and (_key(given.email) in emails if emails else not given.email)
    )


def _traps(row: dict[str, Any], found: tuple[Contact, ...]) -> int:
    phones = {_last(contact.phone) for contact in found if contact.phone}
    return sum(bool(other["phone"]) and _last(other["phone"]) in phones for other in row["other_contacts"])


def _last(phone: str | None) -> str:
    return digits(phone or "")[-7:]


def _key(text: str | None) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text or "")).strip().casefold()


def _f1(count: Counter[str]) -> float:
    total = count["given"] + count["wanted"]
    return 2 * count["hit"] / total if total else 1.0


def _print_miss(row: dict[str, Any], found: tuple[Contact, ...]) -> None:
    def lines(side: list[tuple[Any, ...]]) -> Iterator[str]:
        return (f"    {' | '.join(str(part or '-') for part in parts)}" for parts in side)

    print(f"MISS {row['url']}\n  want")
    print(*lines([(c["name"], c["phone"], c["email"]) for c in row["contacts"]]), sep="\n")
    print("  got", *lines([(c.name, c.phone, c.email, c.role, c.org) for c in found]), sep="\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
