"""What changes around a release from one look to the next: kinds of noise, each put into the tree of a page.

Boxes come with class names and without, in English and with the words of the page's own language; their places are
before, behind, inside and in the middle of the element that holds the text, and both ends of the page.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lxml import html

from crawler.languages import Words

NEWS = (
    "Minister opens the new harbour",
    "Budget proposal published",
    "Call for evidence on ferry timetables",
    "Survey of coastal roads completed",
    "New director general appointed",
    "Agreement on winter maintenance",
)
TEASER = (
    "The ministry has asked for opinions on the draft, which are to be sent by the end of the month.",
    "More than four hundred guests came to see the ship that will serve the outer islands from May.",
    "The working group proposes that the grants be paid twice a year from now on.",
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a page can change around its release: the tree, the element that holds the release's paragraphs, and the
    words of the page's language."""

    root: Any
    article: Any
    words: Words

    def before(self, markup: str) -> None:
        """Puts the markup before the article."""
        self.article.addprevious(html.fragment_fromstring(markup))

    def after(self, markup: str) -> None:
        """Puts the markup behind the article, in the same element."""
        self.article.addnext(html.fragment_fromstring(markup))

    def within(self, markup: str) -> None:
        """Puts the markup at the end of the article."""
        self.article.append(html.fragment_fromstring(markup))

    def middle(self, markup: str) -> None:
        """Puts the markup between two paragraphs of the article."""
        paragraphs = [one for one in self.article.iterchildren("p") if one.text_content().strip()]
        if len(paragraphs) > 1:
            paragraphs[len(paragraphs) // 2].addprevious(html.fragment_fromstring(markup))

    def top(self, markup: str) -> None:
        """Puts the markup at the beginning of the page."""
        self.root.find("body").insert(0, html.fragment_fromstring(markup))

    def bottom(self, markup: str) -> None:
        """Puts the markup at the end of the page."""
        self.root.find("body").append(html.fragment_fromstring(markup))

    def says(self, phrases: tuple[str, ...], dice: random.Random, otherwise: str) -> str:
        """One of a language's phrases as a heading or label, or the English one where it has none."""
        known = [phrase for phrase in phrases if len(phrase) > 1]
        return dice.choice(known).capitalize() if known else otherwise


Change = Callable[[Spot, random.Random], None]


def _list(dice: random.Random, name: str, title: str) -> str:
    items = "".join(
        f'<li><a href="/news/{dice.randrange(9999)}">{headline}</a> <span class="date">{dice.randrange(1, 29)}.10.2026</span></li>'
        for headline in dice.sample(NEWS, 3)
    )
    return f'<div class="{name}"><h2>{title}</h2><ul>{items}</ul></div>'


def _own_list(spot: Spot, dice: random.Random, name: str) -> str:
    return _list(
        dice, name, spot.says(spot.words.pages.related, random.Random(spot.words.languages[0]), "Related")
    )


def _cards(dice: random.Random, name: str) -> str:
    items = "".join(
        f'<div><h3><a href="/news/{dice.randrange(9999)}">{headline}</a></h3><p>{dice.choice(TEASER)}</p></div>'
        for headline in dice.sample(NEWS, 3)
    )
    return f'<div class="{name}">{items}</div>'


def _tokens(spot: Spot, dice: random.Random) -> None:
    for form in spot.root.iter("form"):
        form.append(html.fragment_fromstring(f'<input type="hidden" name="csrf" value="{dice.random()}">'))
    for number, element in enumerate(spot.root.iter("div", "script", "link")):
        if number % 5 == 0:
            element.set("data-nonce", str(dice.random()))
    spot.root.find("head").append(
        html.fragment_fromstring(f'<meta name="csrf-token" content="{dice.random()}">')
    )


def _links(spot: Spot) -> list[Any]:
    """The links of the article that lead to pages."""
    links = [link for link in spot.article.iter("a") if link.get("href", "").startswith(("http", "/"))]
    return [link for link in links if "#" not in link.get("href")]


def _campaigns(spot: Spot, dice: random.Random) -> None:
    """Campaign parameters on every link of the article."""
    for link in _links(spot):
        joint = "&" if "?" in link.get("href") else "?"
        link.set("href", f"{link.get('href')}{joint}utm_source=site&utm_content={dice.randrange(9999)}")


def _sessions(spot: Spot, dice: random.Random) -> None:
    """A session's number in every link of the article."""
    for link in _links(spot):
        path, mark, query = link.get("href").partition("?")
        link.set("href", f"{path};jsessionid={dice.randrange(16**16):016X}{mark}{query}")


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


def _assets(spot: Spot, dice: random.Random) -> None:
    """New builds of scripts and styles."""
    for number in range(2):
        spot.root.find("head").append(
            html.fragment_fromstring(
                f'<link rel="stylesheet" href="/{number}.{dice.randrange(16**8):08x}.css">'
            )
        )
    spot.bottom(
        f'<script src="/app.{dice.randrange(16**8):08x}.js" integrity="sha256-{dice.random()}"></script>'
    )


def _lazy(spot: Spot, dice: random.Random) -> None:
    """Pictures are loaded later, with a placeholder and a copy for those without scripts."""
    for picture in list(spot.article.iter("img")):
        picture.set("data-src", f"/pictures/{dice.randrange(9999)}.jpg")
        picture.set("loading", "lazy")
    spot.within(f'<noscript><img src="/pixel?{dice.random()}" alt=""></noscript>')


def _menu_entry(spot: Spot, dice: random.Random) -> None:
    """Another entry in each list of the page's own menus."""
    for menu in spot.root.iter("nav"):
        for entries in menu.iter("ul"):
            entries.append(
                html.fragment_fromstring(f'<li><a href="/{dice.randrange(99)}">{dice.choice(NEWS)}</a></li>')
            )


NOISE: dict[str, Change] = {
    "view counter": lambda spot, dice: spot.before(f'<div class="views">Views: {dice.randrange(99999)}</div>'),
    "share counts": lambda spot, dice: spot.within(
        f'<div class="share-buttons"><a href="https://social.example/s">Share</a> <span>{dice.randrange(999)}</span></div>'
    ),
    "print counter": lambda spot, dice: spot.after(f'<p class="hits">Hits: {dice.randrange(99999)}</p>'),
    "related, behind": lambda spot, dice: spot.after(_list(dice, "related-news", "Related news")),
    "related, inside": lambda spot, dice: spot.within(_list(dice, "related", "Related content")),
    "related, in the middle": lambda spot, dice: spot.middle(_list(dice, "related", "Related content")),
    "related, own words": lambda spot, dice: spot.after(_own_list(spot, dice, "related-news")),
    "most read": lambda spot, dice: spot.bottom(f"<aside>{_list(dice, 'most-read', 'Most read')}</aside>"),
    "latest news": lambda spot, dice: spot.top(_list(dice, "sidebar latest", "Latest news")),
    "cards": lambda spot, dice: spot.after(_cards(dice, "teasers")),
    "carousel": lambda spot, dice: spot.top(_cards(dice, "carousel")),
    "previous and next": lambda spot, dice: spot.after(
        f'<nav class="pager"><a rel="prev" href="/n/{dice.randrange(99)}">{dice.choice(NEWS)}</a></nav>'
    ),
    "today": lambda spot, dice: spot.top(
        f'<header><div class="today">Today is Monday {dice.randrange(1, 29)} November 2026</div></header>'
    ),
    "footer date": lambda spot, dice: spot.bottom(
        f"<footer><p>Page generated {dice.randrange(1, 29)}.11.2026 at 10.{dice.randrange(10, 59)}. © 2026</p></footer>"
    ),
    "footer contact": lambda spot, dice: spot.bottom(
        f"<footer><p>Ministry, P.O. Box {dice.randrange(99)}, tel. +44 1632 960{dice.randrange(100, 999)}, info@ministry.example</p></footer>"
    ),
    "cookie banner": lambda spot, dice: spot.top(
        f'<div id="cookie-banner" role="dialog"><p>We use {dice.randrange(9)} cookies.</p><button>Accept</button></div>'
    ),
    "cookie banner, long": lambda spot, dice: spot.bottom(
        '<div class="cookie-consent"><h2>We value your privacy</h2><p>We and our partners store information on your device, such as cookies, '
        f"to count visits, to remember settings and to make this site better. {dice.choice(TEASER)}</p></div>"
    ),
    "alert": lambda spot, dice: spot.top(
        f'<div class="site-alert" role="alert">Maintenance on Saturday from {dice.randrange(9)} o\'clock</div>'
    ),
    "banner": lambda spot, dice: spot.top(f'<div class="banner"><p>{dice.choice(TEASER)}</p></div>'),
    "menu": lambda spot, dice: spot.top(
        f'<nav><ul><li><a href="/a">{dice.choice(NEWS)}</a></li><li><a href="/b">About us</a></li></ul></nav>'
    ),
    "menu entry": _menu_entry,
    "newsletter": lambda spot, dice: spot.after(
        f'<section class="newsletter-signup"><h2>Subscribe</h2><form><label>Join {dice.randrange(9999)} readers</label></form></section>'
    ),
    "comments": lambda spot, dice: spot.after(
        f'<div id="comments"><h3>{dice.randrange(2, 99)} comments</h3><p>{dice.choice(NEWS)}? I doubt it.</p></div>'
    ),
    "rating": lambda spot, dice: spot.after(
        f'<div class="feedback">Was this page helpful? <button>Yes ({dice.randrange(99)})</button></div>'
    ),
    "poll": lambda spot, dice: spot.after(
        f'<form class="poll"><h3>Your opinion</h3><label>Yes {dice.randrange(99)} %</label><label>No {dice.randrange(99)} %</label></form>'
    ),
    "tag cloud": lambda spot, dice: spot.after(
        f'<div class="tag-cloud"><a href="/t/1">harbours ({dice.randrange(99)})</a> <a href="/t/2">roads ({dice.randrange(99)})</a></div>'
    ),
    "advertisement": lambda spot, dice: spot.middle(
        f'<ins class="adsbygoogle" data-ad-slot="{dice.randrange(10**9)}" style="display:none"></ins>'
    ),
    "script": lambda spot, dice: spot.within(f"<script>var look = {dice.random()};</script>"),
    "counter, unmarked": lambda spot, dice: spot.within(f"<p>Views: {dice.randrange(99999):,}</p>"),
    "counter, own words": lambda spot, dice: spot.before(
        f"<div>{spot.says(spot.words.pages.views[:1], dice, 'Views')}: {dice.randrange(9999)}</div>"
    ),
    "related, unmarked": lambda spot, dice: spot.after(_list(dice, "", "Related")),
    "related, unmarked, inside": lambda spot, dice: spot.within(_list(dice, "", "More news")),
    "related, unmarked, own words": lambda spot, dice: spot.after(_own_list(spot, dice, "")),
    "related, unmarked, own words, inside": lambda spot, dice: spot.within(_own_list(spot, dice, "")),
    "related, unmarked, at the end": lambda spot, dice: spot.bottom(_own_list(spot, dice, "")),
    "latest, unmarked": lambda spot, dice: spot.top(_list(dice, "", "Latest news")),
    "cards, unmarked": lambda spot, dice: spot.bottom(_cards(dice, "")),
    "pager, unmarked": lambda spot, dice: spot.after(
        f'<p><a href="/n/{dice.randrange(99)}">« {dice.choice(NEWS)}</a> | <a href="/n/{dice.randrange(99)}">{dice.choice(NEWS)} »</a></p>'
    ),
    "clock, unmarked": lambda spot, dice: spot.top(
        f"<div>Monday, {dice.randrange(1, 29)} November 2026, {dice.randrange(10, 24)}:{dice.randrange(10, 60)}</div>"
    ),
    "weather": lambda spot, dice: spot.top(f"<div>Helsinki {dice.randrange(-20, 30)} °C</div>"),
    "weather, at the end": lambda spot, dice: spot.bottom(
        f"<div><h3>Weather</h3><p>Helsinki {dice.randrange(-20, 30)} °C</p><p>Oulu {dice.randrange(-20, 30)} °C</p></div>"
    ),
    "visitors": lambda spot, dice: spot.bottom(
        f"<div>Visitors today: {dice.randrange(999)} | Visitors in all: {dice.randrange(10**6):,}</div>"
    ),
    "imprint, unmarked": lambda spot, dice: spot.bottom(
        f"<p>© 2026 Ministry. Generated in {dice.random():.3f} seconds.</p>"
    ),
    "age": lambda spot, dice: spot.before(f'<span class="ago">{dice.randrange(2, 50)} days ago</span>'),
    "age of the update": lambda spot, dice: spot.before(f"<div>Updated {dice.randrange(2, 50)} minutes ago</div>"),
    "reading time": lambda spot, dice: spot.before(f'<span class="reading-time">{dice.randrange(2, 9)} min read</span>'),
    "reading time, unmarked": lambda spot, dice: spot.before(f"<p>Reading time: {dice.randrange(2, 9)} minutes</p>"),
    "signed in": lambda spot, dice: spot.top(f"<div>Welcome, guest {dice.randrange(9999)} | <a href='/login'>Sign in</a></div>"),
    "letter sizes": lambda spot, dice: spot.before(
        f'<div class="tools"><a href="?s={dice.randrange(9)}">A-</a> <a href="?s={dice.randrange(9)}">A+</a></div>'
    ),
    "back to the top": lambda spot, dice: spot.after(f'<p><a href="#top{dice.randrange(99)}">Back to top</a></p>'),
    "tokens": _tokens,
    "campaign parameters": _campaigns,
    "sessions": _sessions,
    "white space": _spaces,
    "markup": _markup,
    "touched in the head": _modified_in_the_head,
    "pictures": _pictures,
    "lazy pictures": _lazy,
    "assets": _assets,
}  # fmt: skip
