"""Looks at releases that did not change on pages that did: counters, tokens, related lists, banners, footers …

    python -m bench.noise [--looks 10000] [--seed 1] [--misses]

Real captured releases (``corpus/``) and synthetic ones in real forms (``forms/``) of the shared folder are read, what
surrounds the release is changed as sites change it between two looks, and the page is read again: a content digest
that differs is a false revision. The changes are synthetic; the pages around them are not.
"""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count, islice
from pathlib import Path
from typing import Any

import click
from lxml import html

from archive.digest import content_sha256
from archive.model import Release
from bench.accuracy import sets, shared_folder
from bench.noise_kinds import NOISE, Change, Spot
from communique.pages import read_body
from crawler.languages import words
from crawler.registry import Newsroom, unknown_newsroom


@dataclass(frozen=True)
class Sample:
    """A labelled release: its parsed page, where its text stands, and how it is read."""

    name: str
    language: str
    tree: Any
    read: Callable[[bytes], Release | None]

    @cached_property
    def bare(self) -> str | None:
        """The content digest of the page as it is."""
        return self.digest(None, "")

    def spot(self) -> Spot:
        """The places of a copy of the page."""
        root = copy.deepcopy(self.tree)
        return Spot(root, _article(root), words((self.language,)))

    def digest(self, change: Change | None, seed: str) -> str | None:
        """The content digest of the page with the change, or None where no release is read."""
        spot = self.spot()
        if change is not None:
            change(spot, random.Random(f"{self.name} {seed}"))
        release = self.release(spot.root)
        return content_sha256(release) if release else None

    def release(self, root: Any) -> Release | None:
        """What the page with this tree is read as."""
        return self.read(html.tostring(root, encoding="utf-8", doctype="<!doctype html>"))


def samples(shared: Path) -> Iterator[Sample]:
    """Every labelled release whose page has a head, a body and paragraphs."""
    for name, (truth, pages) in sets(shared).items():
        if "text" in name:
            continue
        for line in truth.read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["is_release"] and row["file"].endswith("html"):
                newsroom = unknown_newsroom(row["url"], row["timezone"], (row["lang"],), row["country"])
                body = (pages / row["file"]).read_bytes()
                if found := sample(f"{name} {row['file']}", body, row["url"] or "", newsroom):
                    yield found


def sample(name: str, body: bytes, url: str, newsroom: Newsroom) -> Sample | None:
    """The release of a page, if one is read there and its page has a head, a body and paragraphs."""
    if read_body(body, url, newsroom).release is None:
        return None
    tree = html.document_fromstring(body.decode("utf-8", "replace").encode())
    if tree.find("head") is None or tree.find("body") is None or _article(tree) is None:
        return None
    return Sample(name, newsroom.languages[0], tree, lambda data: read_body(data, url, newsroom).release)


def _article(root: Any) -> Any:
    """The element with the most text of its own paragraphs."""
    sizes: Counter[Any] = Counter()
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        if parent is not None and parent.tag not in ("body", "footer", "nav"):
            sizes[parent] += len(paragraph.text_content())
    return max(sizes, key=sizes.__getitem__, default=None)


@dataclass
class Result:
    """Looks and false revisions: where what surrounds the release ``changed``, and where it newly ``appeared``."""

    looks: Counter[str] = field(default_factory=Counter)
    false: Counter[tuple[str, str]] = field(default_factory=Counter)
    pages: list[str] = field(default_factory=list)

    def count(self, how: str) -> int:
        """False revisions of one way."""
        return sum(count for (way, _), count in self.false.items() if way == how)


def measure(found: list[Sample], looks: int, seed: int) -> Result:
    """So many looks, each with one noise at one release; both ways, all noises and all releases equally often."""
    result = Result()
    for turn, how, sample, noise in islice(_turns(found, seed), looks):
        change = NOISE[noise]
        before = sample.bare if how == "appeared" else sample.digest(change, f"{seed} first {noise}")
        result.looks[how] += 1
        if sample.digest(change, f"{seed} {turn} {noise}") != before:
            result.false[how, noise] += 1
            result.pages.append(f"{how} {noise}: {sample.name}")
    return result


def _turns(found: list[Sample], seed: int) -> Iterator[tuple[int, str, Sample, str]]:
    """Each noise at each release in both ways, in an order of the seed's, again and again."""
    looks = [(sample, noise) for sample in found for noise in NOISE]
    for turn in count(1):
        random.Random(f"{seed} {turn}").shuffle(looks)
        yield from ((turn, how, *look) for look in looks for how in ("changed", "appeared"))


@click.command(help=__doc__)
@click.option("--looks", default=10_000, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--misses", is_flag=True, help="Name the pages, too.")
def main(looks: int, seed: int, misses: bool) -> None:
    shared = shared_folder()
    if shared is None:
        print("noise: no captured pages here (set COMMUNIQUE_SHARED to the folder with corpus/): skipped")
        return
    found = list(samples(shared))
    result = measure(found, looks, seed)
    for how, number in result.looks.items():
        print(f"{how}: {number:,} looks at {len(found)} releases, {result.count(how)} false revisions")
    for (how, noise), number in result.false.most_common():
        print(f"  {how:9} {noise:26} {number}")
    if misses:
        print("\n".join(sorted(set(result.pages))))


if __name__ == "__main__":
    main()
