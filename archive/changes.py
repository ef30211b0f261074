"""What changed between two contents of a release, named (pure)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from archive.digest import attachment_keys, contact_key, link_targets, moment_key, plain
from archive.model import EventKind, Release

TEXT_KINDS = frozenset({"headline", "subheadline", "body_words", "numbers", "names", "punctuation"})
#: an edit that takes away more than this share of the words, or every contact, is read twice before it is told
LARGE_REMOVAL = 0.2

_TOKEN = re.compile(r"\d+(?:[.,\u00a0 ]?\d+)*|[^\W\d_]+(?:['’\-][^\W\d_]+)*|\w+")


@dataclass(frozen=True, slots=True)
class Change:
    """``kinds`` in a fixed order; ``silent`` where text changed and the page's own dates did not move."""

    kinds: tuple[str, ...]
    silent: bool
    large_removal: bool

    @property
    def event(self) -> EventKind:
        """The one event that this change is told as."""
        if TEXT_KINDS.intersection(self.kinds):
            return EventKind.SILENT_EDIT if self.silent else EventKind.EDITED
        told = {
            "notice": EventKind.NOTICE,
            "contact": EventKind.CONTACT_CHANGED,
            "attachment": EventKind.ATTACHMENT_CHANGED,
            "links": EventKind.LINK_CHANGED,
        }
        return next((event for kind, event in told.items() if kind in self.kinds), EventKind.REDATED)


def compare(old: Release, new: Release) -> Change:
    """Names every kind of difference between two contents of one release."""
    kinds = [
        *_line_kinds(old, new),
        *_body_kinds(plain(old.body), plain(new.body)),
        *_part_kinds(old, new),
    ]
    text = bool(TEXT_KINDS.intersection(kinds))
    return Change(tuple(kinds), text and "date" not in kinds, _large_removal(old, new))


def _line_kinds(old: Release, new: Release) -> list[str]:
    pairs = {
        "headline": (old.headline, new.headline),
        "subheadline": (old.subheadline, new.subheadline),
    }
    return [kind for kind, (before, after) in pairs.items() if plain(before) != plain(after)]


def _body_kinds(before: str, after: str) -> list[str]:
    if before == after:
        return []
    words, others = Counter(_TOKEN.findall(before)), Counter(_TOKEN.findall(after))
    changed = list(((words - others) + (others - words)).elements())
    if not changed:
        return ["body_words" if _TOKEN.findall(before) != _TOKEN.findall(after) else "punctuation"]
    numbers = any(token[0].isdigit() for token in changed)
    letters = any(not token[0].isdigit() for token in changed)
    return ["body_words"] * letters + ["numbers"] * numbers


def _part_kinds(old: Release, new: Release) -> list[str]:
    pairs = {
        "notice": (list(map(plain, old.notices)), list(map(plain, new.notices))),
        "contact": (list(map(contact_key, old.contacts)), list(map(contact_key, new.contacts))),
        "attachment": (attachment_keys(old), attachment_keys(new)),
        "links": (link_targets(old), link_targets(new)),
        "date": (_dates(old), _dates(new)),
    }
    return [kind for kind, (before, after) in pairs.items() if before != after]


def _dates(release: Release) -> list[str]:
    return [
        moment_key(release.published) or plain(release.published_raw),
        moment_key(release.modified) or plain(release.modified_raw),
    ]


def _large_removal(old: Release, new: Release) -> bool:
    words, others = Counter(plain(old.body).split()), Counter(plain(new.body).split())
    removed = (words - others).total()
    return removed > LARGE_REMOVAL * max(words.total(), 1) or bool(old.contacts and not new.contacts)
