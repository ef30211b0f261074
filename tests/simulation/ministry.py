"""An invented ministry on a virtual clock: what its site shows at any time, and the truth of what happened.

Everything is seeded and synthetic. A *change* replaces a release's page from its time on; a *spell* is a time in which
the whole site answers otherwise. Each release carries a code word in its headline, by which the truth knows it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html import escape

HOST = "ministry.example"
START = datetime(2025, 1, 1, tzinfo=UTC)
SHOWN = 12  # items on a page of the listing
#: no change of a release is shorter than the longest pause between two looks at one younger than a year
LIFE = timedelta(days=13)

KINDS = (
    "edited",
    "silent edit",
    "digit",
    "re-dated",
    "contact changed",
    "link changed",
    "attachment changed",
    "notice",
    "cut",
)
SPELLS = ("503", "refused", "403", "404", "503", "maintenance")
#: faults of a month, more of them: of the whole site, of robots.txt alone, of the listing alone, of one release alone
FAULTS = (*SPELLS, "429", "robots", "empty", "challenge", "wall", "cut", "release")
ENDS = ("gone", "not found", "front page", "moved", "replaced", "back")
NOUNS = (
    "harbour lighthouse ferry fairway beacon island archipelago bridge customs pilot rescue weather".split()
)
VERBS = "renews measures opens repairs surveys funds inspects closes extends protects".split()


@dataclass(frozen=True)
class Text:
    """What one release says at one time."""

    headline: str
    published: datetime
    paragraphs: tuple[str, ...]
    contact: str
    phone: str
    link: str
    attachment: str
    updated: datetime | None = None
    notice: str = ""


@dataclass
class Paper:
    """One release: its texts from their times on, how it ended (if it did), and whether its ETag lies."""

    key: str
    nouns: tuple[str, ...]
    slug: str
    texts: list[tuple[datetime, Text]]
    end: tuple[datetime, str] | None = None
    until: datetime | None = None  # for "back": when it is there again
    lying: bool = False
    successor: Paper | None = None

    @property
    def born(self) -> datetime:
        return self.texts[0][0]

    def text(self, at: datetime) -> Text:
        return [text for since, text in self.texts if since <= at][-1]


@dataclass
class Ministry:
    """The site and its truth: ``truth`` holds (code word, event kind) for all that a perfect observer tells."""

    seed: int
    days: int
    host: str = HOST
    papers: list[Paper] = field(default_factory=list)
    spells: list[tuple[datetime, datetime, str]] = field(default_factory=list)
    truth: list[tuple[str, str]] = field(default_factory=list)
    optional: set[tuple[str, str]] = field(default_factory=set)
    redesign: datetime = START
    served: int = 0

    def spell(self, at: datetime) -> str | None:
        """What is wrong with the whole site at a time."""
        return next((kind for begin, end, kind in self.spells if begin <= at < end), None)

    def listed(self, at: datetime) -> list[Paper]:
        """The releases that the listing shows, newest first."""
        shown = [paper for paper in self.papers if paper.born <= at and not self.missing(paper, at)]
        return sorted(shown, key=lambda paper: paper.born, reverse=True)

    def missing(self, paper: Paper, at: datetime) -> str | None:
        """How a release is gone at a time; None while it is there."""
        if paper.end is None or at < paper.end[0] or (paper.until and at >= paper.until):
            return None
        return paper.end[1]


def invent(
    seed: int, days: int, papers: int, *, host: str = HOST, spells: Sequence[str] = SPELLS
) -> Ministry:
    """A ministry with its whole future: releases, changes, ends, spells, and a redesign halfway."""
    chance = random.Random(seed)
    ministry = Ministry(seed, days, host, redesign=START + timedelta(days=days // 2))
    finish = START + timedelta(days=days)
    for number in range(papers):
        # the first is there from the start: a newsroom without any release is trouble of another kind
        born = START + timedelta(days=chance.uniform(0, days - 3) if number else 0, minutes=1)
        ministry.papers.append(_paper(chance, number, born))
    for paper in list(ministry.papers):
        ministry.truth.append((paper.key, "new"))
        _live(chance, ministry, paper, finish)
    _add_spells(chance, ministry, spells)
    return ministry


def _paper(chance: random.Random, number: int, born: datetime) -> Paper:
    key = _word(chance, 4).capitalize() + str(number)
    nouns = tuple(_word(chance) for _ in range(12))  # each release is about something else
    headline = f"{key}: the ministry {chance.choice(VERBS)} the {chance.choice(NOUNS)}"
    text = Text(
        headline,
        born.replace(second=0, microsecond=0),
        tuple(_paragraph(chance, nouns) for _ in range(chance.randint(4, 7))),
        f"Person{chance.choice('ABCDEFGH')} Sample",
        f"01632 960{chance.randint(100, 899)}",
        f"/law/{chance.randint(1, 99)}",
        f"/files/{key.lower()}.pdf",
    )
    return Paper(
        key, nouns, f"{key.lower()}-{chance.choice(NOUNS)}", [(born, text)], lying=chance.random() < 0.1
    )


def _paragraph(chance: random.Random, nouns: Sequence[str]) -> str:
    return " ".join(
        f"The {chance.choice(nouns)} {chance.choice(VERBS)} {chance.randint(2, 980)} {chance.choice(nouns)}s"
        f" at the {chance.choice(nouns)} of {chance.choice(nouns).capitalize()} {chance.randint(1, 99)}."
        for _ in range(chance.randint(2, 4))
    )


def _word(chance: random.Random, syllables: int = 3) -> str:
    return "".join(chance.choice("bdfgklmnprstv") + chance.choice("aeiou") for _ in range(syllables))


def _live(chance: random.Random, ministry: Ministry, paper: Paper, finish: datetime) -> None:
    """Changes one after another, each as long as ``LIFE`` at least; perhaps an end."""
    at = paper.born + timedelta(days=chance.uniform(1, 40))
    kinds = chance.sample(KINDS, k=chance.choice((0, 0, 1, 1, 2, 3)))
    for kind in kinds:
        if at > finish - LIFE:
            return
        _change(chance, ministry, paper, kind, at)
        at += LIFE + timedelta(days=chance.uniform(0, 30))
    if chance.random() < 0.3 and at < finish - timedelta(days=45):
        _end(chance, ministry, paper, at)


def _change(chance: random.Random, ministry: Ministry, paper: Paper, kind: str, at: datetime) -> None:
    before = paper.texts[-1][1]
    words = before.paragraphs
    new = {
        "edited": replace(
            before,
            paragraphs=(*words, _paragraph(chance, paper.nouns)),
            updated=at.replace(second=0, microsecond=0),
        ),
        "silent edit": replace(
            before, paragraphs=(words[0] + " " + _paragraph(chance, paper.nouns), *words[1:])
        ),
        "digit": replace(before, paragraphs=(_other_digit(words[0]), *words[1:])),
        "re-dated": replace(before, published=before.published - timedelta(days=chance.randint(1, 5))),
        "contact changed": replace(before, contact=before.contact + "son"),
        "link changed": replace(before, link=before.link + "0"),
        "attachment changed": replace(before, attachment=before.attachment.replace(".pdf", "-2.pdf")),
        "notice": replace(before, notice="This press release was withdrawn on 3 March 2025."),
        "cut": replace(before, paragraphs=words[:2]),
    }[kind]
    paper.texts.append((at, new))
    told = {"digit": "silent edit", "cut": "silent edit"}.get(kind, kind)
    ministry.truth.append((paper.key, told))


def _other_digit(text: str) -> str:
    place = max(index for index, char in enumerate(text) if char.isdigit())
    return text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]


def _end(chance: random.Random, ministry: Ministry, paper: Paper, at: datetime) -> None:
    how = chance.choice(ENDS)
    if how == "back":
        paper.end, paper.until = (at, chance.choice(("gone", "not found"))), at + timedelta(days=15)
        ministry.truth += [(paper.key, "taken down"), (paper.key, "restored")]
        ministry.optional |= {(paper.key, "takedown confirmed"), (paper.key, "takedown permanent")}
        return
    paper.end = (at, how)
    if how == "moved":
        ministry.truth.append((paper.key, "moved"))
    elif how == "replaced":
        paper.successor = _paper(chance, 900 + len(ministry.papers), at)
        ministry.papers.append(paper.successor)
        paper.successor.slug = paper.slug
        ministry.truth += [(paper.key, "replaced"), (paper.successor.key, "new")]
    else:
        first = "redirected to the front page" if how == "front page" else "taken down"
        ministry.truth += [
            (paper.key, first),
            (paper.key, "takedown confirmed"),
            (paper.key, "takedown permanent"),
        ]


def _add_spells(chance: random.Random, ministry: Ministry, kinds: Sequence[str]) -> None:
    """Outages of half a day to a day and a half, blocks, and a day on which every address is not found."""
    for kind in kinds:
        begin = START + timedelta(days=chance.uniform(5, ministry.days - 5))
        ministry.spells.append((begin, begin + timedelta(hours=chance.uniform(12, 36)), kind))


def page(ministry: Ministry, paper: Paper, at: datetime) -> str:
    """The page of a release as the site draws it at a time, with a counter, a token and other people's news."""
    text = paper.text(at)
    chance = random.Random(f"{ministry.served}")
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.paragraphs)
    body += f'<p>See <a href="{text.link}">the act</a>.</p>'
    notice = f'<p class="notice">{text.notice}</p>' if text.notice else ""
    updated = f"<p class=updated>Updated {text.updated:%d %B %Y %H:%M}</p>" if text.updated else ""
    date = f"Published {text.published:%d %B %Y %H:%M}"
    contact = f"<h2>Media enquiries</h2><p>{text.contact}, press officer, tel. {text.phone}</p>"
    files = f'<ul><li><a href="{text.attachment}">Annex (PDF)</a></li></ul>'
    others = "".join(
        f'<li><a href="/news/{other.slug}">{escape(other.text(at).headline)}</a> {other.born:%d %B %Y}</li>'
        for other in chance.sample(ministry.listed(at), k=min(3, len(ministry.listed(at))))
    )
    side = f"<aside><h2>Related news</h2><ul>{others}</ul></aside>"
    foot = f'<footer><p>© {at:%Y} Ministry of Samples. Read {ministry.served} times.</p><input type="hidden" value="{chance.random()}"></footer>'
    if at < ministry.redesign:
        main = f"<main><h1>{escape(text.headline)}</h1><p class=date>{date}</p>{updated}{notice}{body}{files}{contact}</main>"
    else:
        main = (
            f'<div id="content"><article class="release"><header><h1 class="title">{escape(text.headline)}</h1>'
            f'<div class="meta">{date}</div>{updated}</header>{notice}<div class="text">{body}</div>{files}'
            f'<section class="contact">{contact}</section></article></div>'
        )
    return f'<!DOCTYPE html><html lang="en"><head><title>{escape(text.headline)} – Ministry of Samples</title></head><body><nav><a href="/">Home</a> <a href="/news">News</a></nav>{main}{side}{foot}</body></html>'


def listing(ministry: Ministry, at: datetime, number: int) -> str:
    """A page of the listing, newest first."""
    shown = ministry.listed(at)
    items = "".join(
        f'<li class="item"><a href="/news/{paper.slug}">{escape(paper.text(at).headline)}</a> <span class="day">{paper.born:%d %B %Y}</span></li>'
        for paper in shown[(number - 1) * SHOWN : number * SHOWN]
    )
    more = f'<a rel="next" href="/news?page={number + 1}">Next</a>' if number * SHOWN < len(shown) else ""
    return f"<html lang=en><head><title>News</title></head><body><main><h1>News</h1><ul>{items}</ul>{more}</main></body></html>"
