"""What changed between two contents of a release, named (pure)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from archive.digest import attachment_keys, contact_key, date_key, link_targets, plain, printed_update
from archive.model import EventKind, Release

#: every kind, in the order they are told
KINDS = (
    "headline", "subheadline", "body_words", "numbers", "names", "punctuation", "notice", "contact", "attachment",
    "links", "date",
)  # fmt: skip
TEXT_KINDS = frozenset({"headline", "subheadline", "body_words", "numbers", "names", "punctuation"})
#: an edit that takes away more than this share of the words, or every contact, is read twice before it is told
LARGE_REMOVAL = 0.2

#: "names" is told where at least this share of the changed words are names
NAMES_SHARE = 0.35

_TOKEN = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\d+(?:[.,:/\u00a0 ]?\d+)*|[^\W\d_]+(?:['’\-][^\W\d_]+)*|\w+"
)
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_SENTENCE_END = re.compile(r"[.!?:;–—\-•\"“”„»]\s*$")


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
    headlines, bodies = (plain(old.headline), plain(new.headline)), (plain(old.body), plain(new.body))
    kinds = {
        *(_word_kinds(*headlines) & {"numbers", "punctuation"}),
        *_word_kinds(*bodies),
        *_part_kinds(old, new),
    }
    if headlines[0] != headlines[1]:
        kinds.add("headline")
    if plain(old.subheadline) != plain(new.subheadline):
        kinds.add("subheadline")
    silent = bool(TEXT_KINDS & kinds) and _told_dates(old) == _told_dates(new)
    return Change(tuple(kind for kind in KINDS if kind in kinds), silent, _large_removal(old, new))


def _word_kinds(before: str, after: str) -> set[str]:
    """What changed between two texts, from their words that stand in one of them only."""
    if before == after:
        return set()
    words, others = _TOKEN.findall(before), _TOKEN.findall(after)
    changed = [*(Counter(words) - Counter(others)).elements(), *(Counter(others) - Counter(words)).elements()]
    if not changed:
        return {"body_words"} if words != others else {"punctuation"}
    numbers = [token for token in changed if token[0].isdigit()]
    letters = [token for token in changed if not token[0].isdigit()]
    names = {token for token in letters if token[0].isupper()} & (_names(before) | _names(after))
    found = {
        "body_words": bool(letters),
        "numbers": bool(numbers),
        "date": any(_YEAR.search(token) for token in numbers),
        "contact": any("@" in token for token in letters),
        "names": len([token for token in letters if token in names]) > NAMES_SHARE * len(letters),
    }
    return {kind for kind, there in found.items() if there}


def _names(text: str) -> set[str]:
    """Words with a capital inside a sentence, no "I", "MB" or "PDF". In German every noun is one: there the kind
    says little."""
    return {
        found[0]
        for found in _TOKEN.finditer(text)
        if found[0][0].isupper()
        and not found[0].isupper()
        and found.start()
        and not _SENTENCE_END.search(text[: found.start()][-3:])
    }


def _part_kinds(old: Release, new: Release) -> list[str]:
    pairs = {
        "notice": (list(map(plain, old.notices)), list(map(plain, new.notices))),
        "contact": (_ways_to_reach(old), _ways_to_reach(new)),
        "attachment": (attachment_keys(old), attachment_keys(new)),
        "links": (link_targets(old), link_targets(new)),
        "date": (_printed_dates(old), _printed_dates(new)),
    }
    return [kind for kind, (before, after) in pairs.items() if before != after]


def _ways_to_reach(release: Release) -> list[list[str]]:
    """The contacts, and the mailboxes that the text links."""
    linked = [[url] for url in link_targets(release) if url.startswith("mailto:")]
    return [*map(contact_key, release.contacts), *linked]


def _printed_dates(release: Release) -> tuple[str, str]:
    return date_key(release.published, release.published_raw), printed_update(release)


def _told_dates(release: Release) -> tuple[str, str]:
    """The dates that the page tells anybody, machines too: an edit that moves one of them is not silent."""
    return date_key(release.published, release.published_raw), date_key(
        release.modified, release.modified_raw
    )


def _large_removal(old: Release, new: Release) -> bool:
    words, others = Counter(plain(old.body).split()), Counter(plain(new.body).split())
    removed = (words - others).total()
    return removed > LARGE_REMOVAL * max(words.total(), 1) or bool(old.contacts and not new.contacts)
