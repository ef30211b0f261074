"""Contacts in running text: "Ytterligare information ges av …, tfn …", "Media queries to … on …".

A sentence with a number is a contact only if a label, the press or a press office says so; hotlines for the public
are in the same words but for these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec

from crawler.items import ContactBlock
from crawler.reading.contact_cues import Cues

#: a full stop, and a capital letter or another script after it; no stop of "tel." or an initial
_STOP = re.compile(
    r"(?<=[^\W\d_]{2}[.!?])\s+(?=[^\Wa-zà-ÿ\d_])|(?<=[\d)][.!?])\s+(?=[^\Wa-zà-ÿ\d_])|(?<=[。！？])"
)
SURE = 2.0
#: the number of a note says nothing: "3. Media queries to …"
_NUMBER = " .)0123456789"


@dataclass(frozen=True, slots=True)
class FoundSentences:
    """Blocks made of sentences, each with the index of its line, and the lines that hold nothing else."""

    blocks: list[tuple[int, ContactBlock]]
    used: frozenset[int]


def find_sentences(lines: list[Cues]) -> FoundSentences:
    """The contact sentences of running text; a paragraph of nothing else is used whole."""
    blocks: list[tuple[int, ContactBlock]] = []
    used: set[int] = set()
    for line in lines:
        if not line.reaches:
            continue
        texts = [text for text in _STOP.split(line.text) if text.strip(_NUMBER)]
        parts = [line] if len(texts) == 1 else [_part(line, text) for text in texts]
        told = [part for at, part in enumerate(parts) if _tells(part, parts[at - 1] if at else None)]
        if told:
            label = next((part.label for part in told if part.label), None)
            block = ContactBlock(tuple(part.text for part in told), "sentence", label, line.decoded)
            blocks.append((line.block.index, block))
            if len(told) == len(parts):
                used.add(line.block.index)
    return FoundSentences(blocks, frozenset(used))


def _part(line: Cues, text: str) -> Cues:
    block = msgspec.structs.replace(line.block, text=text, anchors=())
    return Cues(block, line.marks, line.region)


def _tells(part: Cues, before: Cues | None) -> bool:
    """Whether a sentence with a number or address tells whom the press may ask."""
    if not part.reaches:
        return False
    label = part.marks.label.match(part.folded)
    chained = before is not None and before.reaches and _tells(before, None)
    if not (label or chained or part.has_desk or part.about_press) or (
        part.is_hotline and not part.about_press
    ):
        return False
    named = part.near_person >= SURE
    if part.registers and not named:
        return False
    if part.has_desk or (named and (label or chained or part.about_press)):
        return True
    return part.about_press and label is not None
