"""Pages that stand where a release was asked for: error pages, log-ins, consent walls, challenges, empty shells.

They answer 200 like any page (at least 398 "Page Not Found" pages lie in one public copy of whitehouse.gov), so that
their words and their shape have to tell them. A word alone never does: a release may be about forbidden weapons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from lxml import etree

from crawler.items import Refusal
from crawler.languages import words
from crawler.languages.folding import fold
from crawler.reading.blocks import Zone
from crawler.reading.page import Page
from crawler.reading.running import is_running

#: reason → table of [pages] in ``languages/*.toml`` → running text (characters) above which the words alone are no proof
_WALLS = (
    ("soft 404", "not_found", 900),
    ("challenge", "challenge", 600),
    ("login", "login", 500),
    ("consent", "consent", 900),
    ("maintenance", "maintenance", 700),
    ("forbidden", "forbidden", 500),
    ("error page", "error", 500),
    ("missing language version", "missing_language", 700),
)
_WALL_TEXT = max(most for _, _, most in _WALLS)
#: what challenge services put into their pages, seen in their public documentation and in blocked captures
_CHALLENGE_MARKS = re.compile(
    r"_cf_chl_opt|cf-browser-verification|__cf_chl_|sucuri_cloudproxy|px-captcha|/_sec/cp_challenge|Please complete the security check",
    re.IGNORECASE,
)
#: what the same services put into the pages that they let through as well (telegraf.al, captured 2022)
_GUARD_MARKS = re.compile(
    r"challenge-platform|_Incapsula_Resource|ddos-guard|awswaf|datadome|kasada", re.IGNORECASE
)
#: a page with more text than this and nothing but a guard's script or a consent box is what was asked for
_GUARDED = 160
_SHELL = etree.XPath(
    "//*[@id='root' or @id='app' or @id='__next' or @id='__nuxt' or @id='main-app' or @ng-version or self::app-root][not(normalize-space())]"
)
_PASSWORD = etree.XPath("//input[@type='password']")
_SCRIPTS = etree.XPath("//script[@src or @type='module']")
_STATUS = re.compile(r"^(?:error\s*)?(?:40[0134]|410|50[0234])\b", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_WIDE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_TITLE_PARTS = re.compile(r"\s+[|·•»›–—-]\s+|\s*[|»]\s*")


def find_wall(page: Page) -> Refusal | None:
    """Why ``page`` is a wall, an error page or an empty shell, or None. Looks at titles and headings only."""
    prose = _prose(page)
    return _challenge(page, prose) or _shell(page, prose) or _worded(page, prose) or _password(page, prose)


def says(text: str, phrases: Phrases) -> str | None:
    """The phrase that a heading says, if it says hardly anything else: at its start, or most of it."""
    folded = " ".join(_TOKEN.findall(fold(text)))
    if not folded or len(folded) > 160:
        return None
    found = phrases.find(folded)
    if found is None or len(found) < 3:
        return None
    starts = folded.startswith(found) and len(folded) <= 90 and " " in found
    return found if starts or len(found) >= 0.4 * len(folded) else None


class Phrases:
    """Phrases of several languages, found in a heading by its words: a pattern of all of them would cost a millisecond."""

    def __init__(self, phrases: Iterable[str]) -> None:
        squeezed = {" ".join(_TOKEN.findall(phrase)) for phrase in phrases} - {""}
        self.spaced = frozenset(phrase for phrase in squeezed if not _WIDE.search(phrase))
        self.wide = tuple(sorted(squeezed - self.spaced, key=len, reverse=True))
        self.firsts = frozenset(phrase.split()[0] for phrase in self.spaced)
        self.longest = max((phrase.count(" ") + 1 for phrase in self.spaced), default=0)

    def find(self, folded: str) -> str | None:
        """The longest phrase that ``folded`` holds as whole words."""
        if self.wide and _WIDE.search(folded):
            found = next((phrase for phrase in self.wide if phrase in folded), None)
            if found:
                return found
        tokens = folded.split()[:30]
        starts = [at for at, token in enumerate(tokens) if token in self.firsts]
        for size in range(min(self.longest, len(tokens)) if starts else 0, 0, -1):
            for start in starts:
                part = " ".join(tokens[start : start + size])
                if start + size <= len(tokens) and part in self.spaced:
                    return part
        return None


@cache
def page_phrases(name: str, languages: tuple[str, ...] = ()) -> Phrases:
    """The phrases of one table of ``[pages]``; of all languages by default."""
    return Phrases(getattr(words(languages).pages, name))


def _worded(page: Page, prose: int) -> Refusal | None:
    """A title or heading that says what the page is instead of a release."""
    title = _TITLE_PARTS.split(page.title)[0] if page.title else ""
    if prose > _WALL_TEXT and not _not_found(title):
        return None  # so much text is no wall unless its own title says so
    headings = _headings(page, prose)
    for reason, name, most in _WALLS:
        if prose > most and name != "not_found":
            continue
        phrases = page_phrases(name)
        in_title = _not_found(title) if name == "not_found" else says(title, phrases)
        in_heading = next((heading for heading in headings if says(heading, phrases)), None)
        if in_title and in_heading:
            return Refusal(page.url, reason, f"title and heading {in_heading[:80]!r}")
        if (in_title or in_heading) and prose <= most:
            where = "title" if in_title else "heading"
            return Refusal(
                page.url, reason, f"{where} {(in_heading or title)[:80]!r}, {prose} characters of text"
            )
    return None


def _headings(page: Page, prose: int) -> list[str]:
    """The first headings that a reader sees: those of first order, if there are any, and none of a cookie banner, unless
    the page has no other and hardly any text. A box beside a release has headings of its own."""
    shown = [b for b in page.headings() if not b.zones & (Zone.NAV | Zone.FOOTER | Zone.HIDDEN)]
    own = [block for block in shown if not block.zones & Zone.COOKIE]
    if not own and prose <= _GUARDED:
        own = shown
    first = [block for block in own if block.heading == 1] or own
    return [block.text for block in first[:6]]


def _not_found(title: str) -> str | None:
    return says(title, page_phrases("not_found")) or (title[:12] if _STATUS.match(title) else None)


def _challenge(page: Page, prose: int) -> Refusal | None:
    if prose > 800:
        return None
    for script in page.scripts[:30]:
        found = _CHALLENGE_MARKS.search(script[:20_000])
        if found is None and prose <= _GUARDED:
            found = _GUARD_MARKS.search(script[:20_000])
        if found:
            return Refusal(page.url, "challenge", f"script with {found[0]}")
    return None


def _shell(page: Page, prose: int) -> Refusal | None:
    """An application that shows nothing without its scripts."""
    if prose or page.root is None or page.text_length > 300:
        return None
    asked = next(
        (
            block.text
            for block in page.blocks
            if block.zones & Zone.NOSCRIPT and _asks_for_scripts(block.text)
        ),
        None,
    )
    if asked or (page.text_length < 120 and _found(_SHELL, page.root)):
        return Refusal(
            page.url,
            "needs a browser",
            f"no text without scripts: {asked or 'an empty element for an application'}"[:160],
        )
    if page.text_length < 40 and _found(_SCRIPTS, page.root):
        return Refusal(page.url, "needs a browser", f"{page.text_length} characters of text beside scripts")
    return None


def _asks_for_scripts(text: str) -> bool:
    return "javascript" in text.lower() or page_phrases("javascript").find(fold(text)) is not None


def _password(page: Page, prose: int) -> Refusal | None:
    """A form that asks for a password, where there is hardly anything else."""
    if prose > 200 or page.root is None or not _found(_PASSWORD, page.root):
        return None
    return Refusal(page.url, "login", f"a password field, {prose} characters of text")


def _found(path: etree.XPath, root: Any) -> bool:
    return bool(path(root))


def _prose(page: Page) -> int:
    """Running text outside of chrome, in characters; no more is counted than any wall has."""
    size = 0
    for block in page.visible:
        if is_running(block, Zone.FORM):  # SharePoint puts whole pages into one form
            size += block.weight
            if size > _WALL_TEXT:
                break
    return size
