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
from itertools import count, islice
from pathlib import Path
from typing import Any

import click
from lxml import html

from archive.digest import content_sha256
from archive.model import Release
from bench.accuracy import sets, shared_folder
from communique.pages import read_body
from crawler.registry import unknown_newsroom

NEWS = (
    "Minister opens the new harbour",
    "Budget proposal published",
    "Call for evidence on ferry timetables",
    "Survey of coastal roads completed",
    "New director general appointed",
    "Agreement on winter maintenance",
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a page can change around its release: the tree, and the element that holds the release's paragraphs."""

    root: Any
    article: Any

    def before(self, markup: str) -> None:
        """Puts the markup before the article."""
        self.article.addprevious(html.fragment_fromstring(markup))

    def after(self, markup: str) -> None:
        """Puts the markup behind the article, in the same element."""
        self.article.addnext(html.fragment_fromstring(markup))

    def within(self, markup: str) -> None:
        """Puts the markup at the end of the article."""
        self.article.append(html.fragment_fromstring(markup))

    def top(self, markup: str) -> None:
        """Puts the markup at the beginning of the page."""
        self.root.find("body").insert(0, html.fragment_fromstring(markup))

    def bottom(self, markup: str) -> None:
        """Puts the markup at the end of the page."""
        self.root.find("body").append(html.fragment_fromstring(markup))


Change = Callable[[Spot, random.Random], None]


def _list(dice: random.Random, name: str, title: str) -> str:
    items = "".join(
        f'<li><a href="/news/{dice.randrange(9999)}">{headline}</a> <span class="date">{dice.randrange(1, 29)}.10.2026</span></li>'
        for headline in dice.sample(NEWS, 3)
    )
    return f'<div class="{name}"><h2>{title}</h2><ul>{items}</ul></div>'


def _tokens(spot: Spot, dice: random.Random) -> None:
    for form in spot.root.iter("form"):
        form.append(html.fragment_fromstring(f'<input type="hidden" name="csrf" value="{dice.random()}">'))
    for number, element in enumerate(spot.root.iter("div", "script", "link")):
        if number % 5 == 0:
            element.set("data-nonce", str(dice.random()))
    spot.root.find("head").append(
        html.fragment_fromstring(f'<meta name="csrf-token" content="{dice.random()}">')
    )


def _sessions(spot: Spot, dice: random.Random) -> None:
    """Campaign and session parameters on every link of the article."""
    for link in spot.article.iter("a"):
        href = link.get("href", "")
        if href.startswith(("http", "/")) and "#" not in href:
            link.set(
                "href",
                f"{href}{'&' if '?' in href else '?'}utm_source=site&utm_content={dice.randrange(9999)}",
            )


def _spaces(spot: Spot, dice: random.Random) -> None:
    for element in spot.article.iter("p", "div", "li"):
        if dice.random() < 0.5:
            element.tail = f"{element.tail or ''}\n{' ' * dice.randrange(9)}"


def _markup(spot: Spot, dice: random.Random) -> None:
    """Another build of the site: comments, ids and hashed classes added to what is there."""
    for element in list(spot.article.iter("p", "a", "li", "h2", "h3")):
        element.set("class", f"{element.get('class', '')} css-{dice.randrange(16**6):06x}".strip())
        element.set("data-reactid", str(dice.randrange(9999)))
    spot.article.insert(0, html.HtmlComment(f" rendered in {dice.random():.3f} s "))


def _modified_in_the_head(spot: Spot, dice: random.Random) -> None:
    """The CMS says it was touched; the page prints nothing of it."""
    spot.root.find("head").append(
        html.fragment_fromstring(
            f'<meta property="og:updated_time" content="2026-11-{dice.randrange(10, 29)}T10:00:00+00:00">'
        )
    )


def _pictures(spot: Spot, dice: random.Random) -> None:
    for picture in spot.root.iter("img", "source"):
        picture.set("src", f"/pictures/{dice.randrange(9999)}.jpg?v={dice.random()}")


NOISE: dict[str, Change] = {
    "view counter": lambda spot, dice: spot.before(f'<div class="views">Views: {dice.randrange(99999)}</div>'),
    "share counts": lambda spot, dice: spot.within(
        f'<div class="share-buttons"><a href="https://social.example/s">Share</a> <span>{dice.randrange(999)}</span></div>'
    ),
    "print counter": lambda spot, dice: spot.after(f'<p class="hits">Hits: {dice.randrange(99999)}</p>'),
    "related, behind": lambda spot, dice: spot.after(_list(dice, "related-news", "Related news")),
    "related, inside": lambda spot, dice: spot.within(_list(dice, "related", "Related content")),
    "most read": lambda spot, dice: spot.bottom(f"<aside>{_list(dice, 'most-read', 'Most read')}</aside>"),
    "latest news": lambda spot, dice: spot.top(_list(dice, "sidebar latest", "Latest news")),
    "previous and next": lambda spot, dice: spot.after(
        f'<nav class="pager"><a rel="prev" href="/n/{dice.randrange(99)}">{dice.choice(NEWS)}</a></nav>'
    ),
    "today": lambda spot, dice: spot.top(
        f'<header><div class="today">Today is Monday {dice.randrange(1, 29)} November 2026</div></header>'
    ),
    "footer date": lambda spot, dice: spot.bottom(
        f"<footer><p>Page generated {dice.randrange(1, 29)}.11.2026 at 10.{dice.randrange(10, 59)}. © 2026</p></footer>"
    ),
    "cookie banner": lambda spot, dice: spot.top(
        f'<div id="cookie-banner" role="dialog"><p>We use {dice.randrange(9)} cookies.</p><button>Accept</button></div>'
    ),
    "alert": lambda spot, dice: spot.top(
        f'<div class="site-alert" role="alert">Maintenance on Saturday from {dice.randrange(9)} o\'clock</div>'
    ),
    "menu": lambda spot, dice: spot.top(
        f'<nav><ul><li><a href="/a">{dice.choice(NEWS)}</a></li><li><a href="/b">About us</a></li></ul></nav>'
    ),
    "newsletter": lambda spot, dice: spot.after(
        f'<section class="newsletter-signup"><h2>Subscribe</h2><form><label>Join {dice.randrange(9999)} readers</label></form></section>'
    ),
    "comments": lambda spot, dice: spot.after(
        f'<div id="comments"><h3>{dice.randrange(2, 99)} comments</h3><p>{dice.choice(NEWS)}? I doubt it.</p></div>'
    ),
    "rating": lambda spot, dice: spot.after(
        f'<div class="feedback">Was this page helpful? <button>Yes ({dice.randrange(99)})</button></div>'
    ),
    "script": lambda spot, dice: spot.within(f"<script>var look = {dice.random()};</script>"),
    "counter, unmarked": lambda spot, dice: spot.within(f"<p>Views: {dice.randrange(99999):,}</p>"),
    "related, unmarked": lambda spot, dice: spot.after(_list(dice, "", "Related")),
    "related, unmarked, inside": lambda spot, dice: spot.within(_list(dice, "", "More news")),
    "latest, unmarked": lambda spot, dice: spot.top(_list(dice, "", "Latest news")),
    "pager, unmarked": lambda spot, dice: spot.after(
        f'<p><a href="/n/{dice.randrange(99)}">« {dice.choice(NEWS)}</a> | <a href="/n/{dice.randrange(99)}">{dice.choice(NEWS)} »</a></p>'
    ),
    "clock, unmarked": lambda spot, dice: spot.top(
        f"<div>Monday, {dice.randrange(1, 29)} November 2026, {dice.randrange(10, 24)}:{dice.randrange(10, 60)}</div>"
    ),
    "weather": lambda spot, dice: spot.top(f"<div>Helsinki {dice.randrange(-20, 30)} °C</div>"),
    "imprint, unmarked": lambda spot, dice: spot.bottom(
        f"<p>© 2026 Ministry. Generated in {dice.random():.3f} seconds.</p>"
    ),
    "age": lambda spot, dice: spot.before(f'<span class="ago">{dice.randrange(2, 50)} days ago</span>'),
    "tokens": _tokens,
    "campaign parameters": _sessions,
    "white space": _spaces,
    "markup": _markup,
    "touched in the head": _modified_in_the_head,
    "pictures": _pictures,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """A labelled release: its parsed page, where its text stands, and how it is read."""

    name: str
    tree: Any
    read: Callable[[bytes], Release | None]

    def spot(self) -> Spot:
        """The places of a copy of the page."""
        root = copy.deepcopy(self.tree)
        return Spot(root, _article(root))

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
                yield from _sample(row, (pages / row["file"]).read_bytes(), name)


def _sample(row: dict[str, Any], body: bytes, name: str) -> Iterator[Sample]:
    newsroom = unknown_newsroom(row["url"], row["timezone"], (row["lang"],), row["country"])
    first = read_body(body, row["url"] or "", newsroom)
    if first.release is None:
        return
    tree = html.document_fromstring(body.decode("utf-8", "replace").encode())
    if tree.find("head") is not None and tree.find("body") is not None and _article(tree) is not None:
        yield Sample(
            f"{name} {row['file']}", tree, lambda data: read_body(data, row["url"] or "", newsroom).release
        )


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
    """So many looks, each with one noise at one release."""
    result = Result()
    for turn, sample, noise in islice(_turns(found), looks):
        how = "appeared" if turn % 2 == 0 else "changed"
        before = sample.digest(None if how == "appeared" else NOISE[noise], f"{seed} first {noise}")
        result.looks[how] += 1
        if sample.digest(NOISE[noise], f"{seed} {turn} {noise}") != before:
            result.false[how, noise] += 1
            result.pages.append(f"{how} {noise}: {sample.name}")
    return result


def _turns(found: list[Sample]) -> Iterator[tuple[int, Sample, str]]:
    for turn in count(1):
        yield from ((turn, sample, noise) for sample in found for noise in NOISE)


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
