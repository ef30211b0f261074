"""What changed between two texts, word by word, with moved paragraphs recognised (pure).

Paragraphs are aligned first, then the words of those that differ; a paragraph that only changed its place is
told as moved, never as removed and added (an editor's cut and paste is no deletion).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from html import escape


class Op(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    MOVED = "moved"  # stands here now, word for word, and stood elsewhere before


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with what happened to it. ``marks`` holds ``number`` and ``name`` for removed or added text."""

    op: Op
    text: str
    marks: frozenset[str] = frozenset()


#: A number with its separators, a word with its hyphens and apostrophes, white space, or one other character.
_TOKEN = re.compile(r"\d+(?:[.,:\u00a0\u202f]\d+)*|[^\W\d_]+(?:['’\-][^\W\d_]+)*|\s+|.", re.DOTALL)
#: Beyond this many words, two paragraphs are told as replaced whole: alignment is quadratic in time.
_MOST_WORDS = 4000
#: A line shorter than this can stand in a text twice by chance ("Background"), so it never counts as moved.
_LEAST_MOVED = 40


def diff(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in reading order; joined without the removed ones they are ``after``,
    joined without the added and moved ones, and with what was moved away, they hold every word of ``before``.
    """
    old, new = before.split("\n"), after.split("\n")
    moved = _moved(old, new)
    return tuple(_marked(_merged(_paragraphs(old, new, moved))))


def as_text(pieces: Iterable[Piece], *, color: bool = False) -> str:
    """``[-removed-]``, ``{+added+}`` and ``{>moved>}`` as wdiff writes them; with ``color`` for a terminal."""
    frames = _COLORED if color else _PLAIN
    return "".join(f"{frames[piece.op][0]}{piece.text}{frames[piece.op][1]}" for piece in pieces)


def as_html(pieces: Iterable[Piece]) -> str:
    """``<del>``, ``<ins>`` and ``<ins class="moved">``, text escaped; numbers and names carry a class."""
    return "".join(_html(piece) for piece in pieces)


_PLAIN = {Op.SAME: ("", ""), Op.REMOVED: ("[-", "-]"), Op.ADDED: ("{+", "+}"), Op.MOVED: ("{>", ">}")}
_COLORED = {
    Op.SAME: ("", ""),
    Op.REMOVED: ("\x1b[31;9m", "\x1b[0m"),
    Op.ADDED: ("\x1b[32;4m", "\x1b[0m"),
    Op.MOVED: ("\x1b[36m", "\x1b[0m"),
}


def _html(piece: Piece) -> str:
    text = escape(piece.text).replace("\n", "<br>\n")
    if piece.op is Op.SAME:
        return text
    classes = [*sorted(piece.marks), *(["moved"] if piece.op is Op.MOVED else [])]
    attribute = f' class="{" ".join(classes)}"' if classes else ""
    tag = "del" if piece.op is Op.REMOVED else "ins"
    return f"<{tag}{attribute}>{text}</{tag}>"


def _moved(old: Sequence[str], new: Sequence[str]) -> frozenset[str]:
    """Paragraphs that stand in both texts once, but not at an aligned place."""
    aligned = {
        line
        for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        for line in old[block.a : block.a + block.size]
    }
    once = [Counter(lines) for lines in (old, new)]
    return frozenset(
        line
        for line in set(old) & set(new)
        if len(line) >= _LEAST_MOVED and line not in aligned and once[0][line] == once[1][line] == 1
    )


def _paragraphs(old: Sequence[str], new: Sequence[str], moved: frozenset[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    first = True
    for op, start, end, start_new, end_new in matcher.get_opcodes():
        kept = [line for line in old[start:end] if line not in moved or op == "equal"]
        lead = "" if first else "\n"
        if op == "equal":
            yield Piece(Op.SAME, lead + "\n".join(kept))
        else:
            yield from _replaced(kept, new[start_new:end_new], moved, lead)
        first = first and not new[start_new:end_new]


def _replaced(old: Sequence[str], new: Sequence[str], moved: frozenset[str], lead: str) -> Iterator[Piece]:
    """The words of some paragraphs against those that stand in their place; moved ones apart."""
    stay = [line for line in new if line not in moved]
    before, after = "\n".join(old), "\n".join(stay)
    if old and stay:
        yield Piece(Op.SAME, lead)
        yield from _words(before, after)
    elif old:
        yield Piece(Op.REMOVED, lead + before)
    elif stay:
        yield Piece(Op.ADDED, lead + after)
    joint = "\n" if stay else lead
    for line in (line for line in new if line in moved):
        yield Piece(Op.MOVED, joint + line)
        joint = "\n"


def _words(before: str, after: str) -> Iterator[Piece]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > 2 * _MOST_WORDS:
        yield from (Piece(Op.REMOVED, before), Piece(Op.ADDED, after))
        return
    for op, start, end, start_new, end_new in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            yield Piece(Op.SAME, "".join(old[start:end]))
            continue
        yield Piece(Op.REMOVED, "".join(old[start:end]))
        yield Piece(Op.ADDED, "".join(new[start_new:end_new]))


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours with the same fate as one piece; a lone space between two changes belongs to both sides."""
    held: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if held and held[-1].op is piece.op is not Op.MOVED:
            held[-1] = Piece(piece.op, held[-1].text + piece.text)
        else:
            held.append(piece)
    return iter(held)


def _marked(pieces: Iterable[Piece]) -> Iterator[Piece]:
    ahead = ""
    for piece in pieces:
        if piece.op in (Op.REMOVED, Op.ADDED):
            yield Piece(piece.op, piece.text, _marks(piece.text, ahead))
        else:
            yield piece
        if piece.op is not Op.REMOVED:  # what replaces a text stands after the same words as the text did
            ahead = piece.text


def _marks(text: str, ahead: str) -> frozenset[str]:
    """``number`` for any digit; ``name`` for a capitalised word that does not begin a sentence."""
    marks = {"number"} if any(char.isdigit() for char in text) else set()
    for found in re.finditer(r"[^\W\d_]{2,}", text):
        before = (ahead + text[: found.start()]).rstrip(" \u00a0\"'«»“”„(")
        if found[0][0].isupper() and before and before[-1] not in ".!?:\n–-":
            marks.add("name")
    return frozenset(marks)
