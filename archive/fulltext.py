"""Words of a question as a tree, and the tree as an FTS5 expression (pure). No text can make it malformed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from archive.stems import SPACELESS, as_indexed, is_spaceless, stem

_PARTS = re.compile(f"([{SPACELESS}]+)")
#: a stem this long may stand for its word's beginnings where a column of its own has no stems
MIN_STEM = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or several to be found side by side. ``column`` narrows it to a part of the release."""

    text: str
    column: str | None = None
    prefix: bool = False
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Words with at most ``distance`` others between them."""

    words: tuple[str, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class All:
    """Every one of them."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of them."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Without it."""

    node: Node


Node = Word | Near | All | Any | Not


@dataclass(frozen=True, slots=True)
class Match:
    """What FTS5 is asked: what must match, and what must not where nothing must. Both None: no words at all."""

    positive: str | None = None
    negative: str | None = None


#: letters for whose beginnings the index has lists of their own (``prefix`` in archive/migrations)
LISTED = 3
#: gives the index's words that begin with a text, cut to ``LISTED`` letters where the text is shorter; none where they are too many to name
Begins = Callable[[str], tuple[str, ...]]


def compile_match(
    node: Node | None,
    languages: tuple[str, ...] = (),
    *,
    exact: bool = False,
    begins: Begins = lambda _: (),
) -> Match:
    """The FTS5 expressions of a tree. Words are stemmed in each of ``languages`` (ISO 639-1) unless ``exact``.

    The beginning of a word stands for the words that ``begins`` names, else for FTS5's own prefix search.
    """
    if node is None:
        return Match()
    compiler = _Compiler(() if exact else languages, begins)
    if isinstance(node, Not):
        return Match(negative=compiler.positive(node.node))
    if isinstance(node, All) and all(isinstance(part, Not) for part in node.nodes):
        parts = (compiler.positive(part.node) for part in node.nodes if isinstance(part, Not))
        return Match(negative=" OR ".join(part for part in parts if part) or None)
    return Match(positive=compiler.positive(node))


def words_of(node: Node | None) -> Iterator[Word]:
    """The words that are sought (not those that are shut out), for marking them in the text."""
    match node:
        case Word():
            yield node
        case Near(words=words):
            yield from (Word(word, phrase=True) for word in words)
        case All(nodes=nodes) | Any(nodes=nodes):
            for part in nodes:
                yield from words_of(part)
        case _:
            return


class _Compiler:
    def __init__(self, languages: tuple[str, ...], begins: Begins) -> None:
        self.languages = languages
        self.begins = begins

    def positive(self, node: Node) -> str | None:
        match node:
            case Word():
                return self._word(node)
            case Near(words=words, distance=distance):
                return f"NEAR({' '.join(_quoted(word) for word in words)}, {distance})"
            case Any(nodes=nodes):
                parts = [self.positive(part) for part in nodes if not isinstance(part, Not)]
                return _join(parts, " OR ")
            case All(nodes=nodes):
                return self._all(nodes)
            case Not():
                return None

    def _all(self, nodes: tuple[Node, ...]) -> str | None:
        wanted = _join([self.positive(part) for part in nodes if not isinstance(part, Not)], " AND ")
        unwanted = _join([self.positive(part.node) for part in nodes if isinstance(part, Not)], " OR ")
        return f"({wanted} NOT {unwanted})" if wanted and unwanted else wanted

    def _word(self, word: Word) -> str:
        if is_spaceless(word.text):
            return self._spaceless(word)
        plain = self._beginning(word.text) if word.prefix else _quoted(word.text)
        if word.column:
            return self._in_column(word, plain)
        stems = [] if word.prefix or word.phrase else self._stems(word.text)
        return f"({plain} OR stems : ({' OR '.join(map(_quoted, stems))}))" if stems else plain

    def _in_column(self, word: Word, plain: str) -> str:
        """A column has no stems of its own: there a word's stem stands for the words that begin with it."""
        stems = [] if word.prefix or word.phrase else [found[3:] for found in self._stems(word.text)]
        begins = [self._beginning(found) for found in stems if len(found) >= MIN_STEM]
        return f"{word.column} : ({' OR '.join([plain, *begins])})"

    def _spaceless(self, word: Word) -> str:
        """Chinese, Japanese, Korean, Thai …: a run is the phrase of its bigrams, a single character the beginning of one."""
        parts = [part for part in _PARTS.split(word.text) if re.search(r"\w", part)]
        return f"({' AND '.join(map(self._part, parts))})"

    def _part(self, part: str) -> str:
        if not is_spaceless(part):
            return self._beginning(part)
        return f"stems : {self._beginning(f'z{ord(part):x}z')}" if len(part) == 1 else _run(part)

    def _beginning(self, text: str) -> str:
        """Words of which the last is a beginning. A single one has its words named; of several, only a short last one."""
        head, _, last = text.rpartition(" ")
        start = as_indexed(last) if re.fullmatch(r"[^\W_]+", last) else ""
        is_listed = len(start) == LISTED or (head and len(start) > LISTED)
        named = self.begins(start) if start and not is_listed else ()
        stars = (" *" if len(start) < LISTED == len(name) else "" for name in named)
        parts = [
            f"{_quoted(f'{head} {name}'.strip())}{star}" for name, star in zip(named, stars, strict=True)
        ]
        return f"({' OR '.join(parts)})" if parts else f"{_quoted(text)} *"

    def _stems(self, text: str) -> list[str]:
        if not re.fullmatch(r"[^\W_]+", text):
            return []
        found = (stem(text, language) for language in self.languages)
        return list(dict.fromkeys(filter(None, found)))


def _run(run: str) -> str:
    codes = [f"{ord(character):x}" for character in run]
    return f"stems : {_quoted(' '.join(f'z{one}z{two}' for one, two in pairwise(codes)))}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\0", " ").replace('"', " ") + '"'


def _join(parts: list[str | None], operator: str) -> str | None:
    kept = [part for part in parts if part]
    return f"({operator.join(kept)})" if len(kept) > 1 else next(iter(kept), None)
