"""Small edits of the releases themselves: whether each is noticed, and what it is called, through the whole reading.

    python -m bench.edits [--misses]

In the labelled pages of ``corpus/`` (real) and ``forms/`` (synthetic) one thing is changed where the label says it
stands: a word, a number, the headline, a paragraph, a contact's name, phone or address. The edits are synthetic.
"""

from __future__ import annotations

import copy
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from archive.changes import compare
from bench.accuracy import sets, shared_folder
from bench.noise import Sample, samples

_LONG = 60
Row = dict[str, Any]
Edit = Callable[[Any, Row, random.Random], bool]


def truth(shared: Path) -> dict[str, Row]:
    """The labels of each sample by its name."""
    return {
        f"{name} {row['file']}": row
        for name, (labels, _) in sets(shared).items()
        for row in map(json.loads, labels.read_text("utf-8").splitlines())
    }


def _replace(root: Any, old: str, new: str) -> bool:
    """Changes the first text of the article's page that holds ``old``; menus, breadcrumbs and heads are left alone."""
    for element in root.find("body").iter():
        if not isinstance(element.tag, str) or element.xpath(
            "ancestor-or-self::*[self::nav or self::script]"
        ):
            continue
        for part in ("text", "tail"):
            text = getattr(element, part) or ""
            if old in text:
                setattr(element, part, text.replace(old, new, 1))
                return True
    return False


def _sentence(row: Row, dice: random.Random) -> str:
    lines: list[str] = [line for line in row["body"].split("\n\n") if len(line) > _LONG]
    return dice.choice(lines or [""])


def _paragraph(root: Any, row: Row, dice: random.Random) -> Any:
    begin = _sentence(row, dice)[:40]
    return next(
        (each for each in root.iter("p") if begin and begin in " ".join(each.text_content().split())), None
    )


def _in_text(pattern: str, added: str) -> Edit:
    """An edit of one place of a sentence, found again by what stands before it."""

    def edit(root: Any, row: Row, dice: random.Random) -> bool:
        sentence = _sentence(row, dice)
        places = list(re.finditer(pattern, sentence))
        if not places:
            return False
        place = dice.choice(places)
        known = sentence[max(0, place.start() - 20) : place.end()]
        return _replace(root, known, known + added)

    return edit


def _headline(root: Any, row: Row, dice: random.Random) -> bool:
    headings = [
        one for one in root.iter("h1", "h2") if " ".join(one.text_content().split()) == row["headline"]
    ]
    for heading in headings:
        heading[-1:] = []
        heading.text = f"{row['headline']} again"
    return bool(headings)


def _drop(root: Any, row: Row, dice: random.Random) -> bool:
    paragraph = _paragraph(root, row, dice)
    if paragraph is not None:
        paragraph.drop_tree()
    return paragraph is not None


def _add(root: Any, row: Row, dice: random.Random) -> bool:
    paragraph = _paragraph(root, row, dice)
    if paragraph is not None:
        added = paragraph.makeelement("p", {})
        added.text = "The ministry will also set up a fund for the harbours of the outer islands this autumn."
        paragraph.addnext(added)
    return paragraph is not None


def _in_contact(field: str, change: Callable[[str], str]) -> Edit:
    def edit(root: Any, row: Row, dice: random.Random) -> bool:
        known = [contact[field] for contact in row.get("contacts") or () if contact.get(field)]
        return bool(known) and _replace(root, known[0], change(known[0]))

    return edit


EDITS: dict[str, Edit] = {
    "word": _in_text(r"[^\W\d_]{4,}", "xq"),
    "number": _in_text(r"\d+", "7"),
    "headline": _headline,
    "paragraph dropped": _drop,
    "paragraph added": _add,
    "contact's name": _in_contact("name", lambda name: f"{name}q"),
    "contact's phone": _in_contact("phone", lambda phone: f"{phone[:-1]}{(ord(phone[-1]) + 1) % 10}"),
    "contact's address": _in_contact("email", lambda address: f"x{address}"),
}


def edited(sample: Sample, row: Row, seed: int) -> Iterator[tuple[str, tuple[str, ...] | None]]:
    """Each edit that can be made in the sample, with the kinds it was given: none where it was not noticed, None
    where the page was no release any more."""
    before = sample.release(sample.tree)
    for name, edit in EDITS.items():
        root = copy.deepcopy(sample.tree)
        if before is not None and edit(root, row, random.Random(f"{seed} {name} {sample.name}")):
            after = sample.release(root)
            yield name, compare(before, after).kinds if after is not None else None


@click.command(help=__doc__)
@click.option("--seeds", default=3, show_default=True, help="So many edits of each sort in each release.")
@click.option("--misses", is_flag=True, help="Name the pages, too.")
def main(seeds: int, misses: bool) -> None:
    shared = shared_folder()
    if shared is None:
        print("edits: no captured pages here (set COMMUNIQUE_SHARED to the folder with corpus/): skipped")
        return
    made, missed = Counter[str](), Counter[str]()
    labels = truth(shared)
    for sample in samples(shared):
        for seed in range(seeds):
            for name, kinds in edited(sample, labels[sample.name], seed):
                made[name] += 1
                missed[name] += not kinds
                if misses and not kinds:
                    print(f"{name}: {'refused' if kinds is None else 'not noticed'}: {sample.name}")
    print(f"{made.total():,} edits, {missed.total()} not noticed")
    for name, number in made.items():
        print(f"  {name:20} {number:5}  missed {missed[name]}")


if __name__ == "__main__":
    main()
