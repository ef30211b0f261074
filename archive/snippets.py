"""Where a release says what was sought: the passage, cut out and marked (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from archive.fulltext import Node, Word, words_of
from archive.stems import fold, is_spaceless, stem

#: how far a word may reach beyond its stem before its own stem is asked for
_ENDING = r"\w{0,14}\b"


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a passage; ``found`` where it is what was sought."""

    text: str
    found: bool = False


class Marker:
    """Finds a question's words in texts of one language: as typed, accents folded, and inflected unless ``exact``.

    Folding a text takes longer than searching it, so accents are folded only where the words as typed stand nowhere.
    """

    def __init__(self, words: Iterable[Word], language: str | None = None, *, exact: bool = False) -> None:
        sought = [word for word in words if word.text]
        self._language = None if exact else language
        self._stems = {found for word in sought if (found := self._stem(word))}
        inflected = {(word.text.lower(), found[3:]) for word in sought if (found := self._stem(word))}
        self._typed = _Patterns(
            (_as_typed(word, str.lower) for word in sought), (_begins(*each) for each in inflected)
        )
        self._folded = _Patterns(
            (_as_typed(word, fold) for word in sought), (_begins(each[1], each[1]) for each in inflected)
        )

    def finds(self, text: str) -> bool:
        """Whether any of what was sought stands in the text."""
        return bool(self._spans(text))

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
        lower = text.lower()
        spans = self._found(self._typed, lower, text) if len(lower) == len(text) else []
        return spans or self._found(self._folded, fold(text), text)

    def _found(self, patterns: _Patterns, simple: str, text: str) -> list[tuple[int, int]]:
        spans = [span for sought in patterns.typed for span in sought.spans(simple)]
        candidates = (span for sought in patterns.inflected for span in sought.spans(simple))
        spans += [(start, end) for start, end in candidates if self._has_stem(text[start:end])]
        return _apart(spans)

    def _has_stem(self, printed: str) -> bool:
        return stem(printed, self._language) in self._stems


class Markers(dict[str | None, Marker]):
    """The marker of each language, made when it is asked for."""

    def __init__(self, words: Node | None, *, exact: bool) -> None:
        super().__init__()
        self._words, self._exact = tuple(words_of(words)), exact

    def __missing__(self, language: str | None) -> Marker:
        self[language] = made = Marker(self._words, language, exact=self._exact)
        return made


def plain(parts: Iterable[Part]) -> str:
    """The passage as text."""
    return "".join(part.text for part in parts)


class _Patterns:
    """What is sought as typed, and what begins like an inflected form of it."""

    def __init__(self, typed: Iterable[_Sought | None], inflected: Iterable[_Sought]) -> None:
        self.typed = {each for each in typed if each}
        self.inflected = set(inflected)


@dataclass(frozen=True, slots=True)
class _Sought:
    """Letters that are looked for first, since that takes a tenth of a pattern's time, and the pattern that must hold there."""

    letters: str
    pattern: re.Pattern[str]
    inside: bool = False  # a word may go on before it

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        at = text.find(self.letters)
        while at >= 0:
            apart = self.inside or at == 0 or not (text[at - 1].isalnum() or text[at - 1] == "_")
            match = self.pattern.match(text, at) if apart else None
            if match:
                yield match.span()
            at = text.find(self.letters, max(match.end() if match else 0, at + 1))


def _begins(word: str, stem_: str) -> _Sought:
    """The beginning that ``word`` shares with its folded stem, less a letter, with any ending."""
    shared = next(
        (at for at, pair in enumerate(zip(fold(word), stem_, strict=False)) if pair[0] != pair[1]),
        min(len(word), len(stem_)),
    )
    letters = word[: max(1, min(shared, len(stem_) - 1))]
    return _Sought(letters, re.compile(re.escape(letters) + _ENDING))


def _as_typed(word: Word, simple: Callable[[str], str]) -> _Sought | None:
    folded = simple(word.text)
    if is_spaceless(folded):
        parts = folded.split()
        return _Sought(parts[0], re.compile(r"\s*".join(map(re.escape, parts))), inside=True)
    tokens = re.findall(r"[^\W_]+", folded)
    end = r"\w*" if word.prefix else r"\b"
    pattern = r"[\W_]+".join(map(re.escape, tokens)) + end
    return _Sought(tokens[0], re.compile(pattern)) if tokens else None


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, none empty, none over another."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
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
