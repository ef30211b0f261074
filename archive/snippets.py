"""Where a release says what was sought: the passage, cut out and marked (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.fulltext import Word
from archive.stems import fold, is_spaceless, stem

#: how far a word may reach beyond its stem before its own stem is asked for
_ENDING = r"\w{0,14}\b"


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a passage; ``found`` where it is what was sought."""

    text: str
    found: bool = False


class Marker:
    """Finds a question's words in texts of one language: as typed, accents folded, and inflected unless ``exact``."""

    def __init__(self, words: Iterable[Word], language: str | None = None, *, exact: bool = False) -> None:
        sought = [word for word in words if word.text]
        self._language = None if exact else language
        self._stems = {found for word in sought if (found := self._stem(word))}
        self._typed = _either(map(_as_typed, sought))
        self._inflected = _either(
            rf"\b{re.escape(found[3:-1] or found[3:])}{_ENDING}" for found in self._stems
        )

    def mark(self, text: str) -> tuple[Part, ...]:
        """The whole text, with what was sought marked."""
        return tuple(_cut(text, self._spans(text), 0, len(text)))

    def passage(self, text: str, width: int = 200) -> tuple[Part, ...]:
        """About ``width`` characters around the place with most of what was sought; the beginning where there is none."""
        spans = self._spans(text)
        start = max(0, _densest(spans, width) - width // 4)
        start, end = _at_words(text, start, min(len(text), start + width))
        parts = list(_cut(text, spans, start, end))
        if start:
            parts.insert(0, Part("… "))
        if end < len(text):
            parts.append(Part(" …"))
        return tuple(parts)

    def _stem(self, word: Word) -> str | None:
        inflects = not (word.prefix or word.phrase or is_spaceless(word.text))
        return stem(word.text, self._language) if inflects and re.fullmatch(r"[^\W_]+", word.text) else None

    def _spans(self, text: str) -> list[tuple[int, int]]:
        folded = fold(text)
        spans = [match.span() for match in self._typed.finditer(folded)] if self._typed else []
        if self._inflected:
            candidates = (match.span() for match in self._inflected.finditer(folded))
            spans += [(start, end) for start, end in candidates if self._has_stem(text[start:end])]
        return _apart(spans)

    def _has_stem(self, printed: str) -> bool:
        return stem(printed, self._language) in self._stems


def plain(parts: Iterable[Part]) -> str:
    """The passage as text."""
    return "".join(part.text for part in parts)


def _as_typed(word: Word) -> str:
    folded = fold(word.text)
    if is_spaceless(folded):
        return r"\s*".join(map(re.escape, re.findall(r"\w+", folded))) or r"(?!)"
    tokens = [re.escape(token) for token in re.findall(r"[^\W_]+", folded)]
    end = r"\w*" if word.prefix else r"\b"
    return r"\b" + r"[\W_]+".join(tokens) + end if tokens else r"(?!)"


def _either(patterns: Iterable[str]) -> re.Pattern[str] | None:
    kept = sorted(set(patterns), key=len, reverse=True)
    return re.compile("|".join(kept)) if kept else None


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, none empty, none over another."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if end > start and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return kept


def _densest(spans: list[tuple[int, int]], width: int) -> int:
    """Where the stretch with most marks begins; the first of them where several are equal."""
    best, begin, last = 0, spans[0][0] if spans else 0, 0
    for first, (start, _) in enumerate(spans[:200]):
        while last < len(spans) and spans[last][1] <= start + width:
            last += 1
        if last - first > best:
            best, begin = last - first, start
    return begin


def _at_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The borders moved to white space where one is near."""
    if start and (space := re.search(r"\s", text[start : start + 20])):
        start += space.end()
    if end < len(text) and (cut := re.search(r"\s\S*$", text[max(start, end - 20) : end])):
        end = max(start, end - 20) + cut.start()
    return start, max(start, end)


def _cut(text: str, spans: list[tuple[int, int]], start: int, end: int) -> Iterator[Part]:
    at = start
    for first, last in spans:
        if first < at or last > end:
            continue
        if first > at:
            yield Part(text[at:first])
        yield Part(text[first:last], found=True)
        at = last
    if at < end:
        yield Part(text[at:end])
