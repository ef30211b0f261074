"""One newsroom walked from robots.txt to the fields of its newest releases, with what to change in its entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import chain

from archive import known
from archive.database import Archive
from archive.health import last_looks
from archive.histories import history_of
from archive.incidents import QUIET, open_incidents
from archive.model import Capture
from communique.pages import Reading, read_response
from crawler.items import Printed, Refusal, ReleaseItem
from crawler.registry import Newsroom

#: fields that nearly every release of nearly every ministry has; the others are told without a judgement
NEEDED = ("headline", "published", "body")
WANTED = ("type_label", "byline", "contacts")
ENDS_SOON = timedelta(days=7)


class Level(StrEnum):
    """How much a finding matters."""

    GOOD = "good"
    LOOK = "look"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the doctor saw: about what, how bad, and what to do about it."""

    level: Level
    subject: str
    message: str
    todo: str = ""


def examine(archive: Archive, newsroom: Newsroom, pages: int = 3) -> Iterator[Finding]:
    """Walks what the archive holds of a newsroom: robots.txt, each source's last look, the newest pages, each field."""
    yield from _robots(archive, newsroom)
    yield from _certificate(archive, newsroom, datetime.now(UTC).date())
    yield from _sources(archive, newsroom)
    yield from _troubles(archive, newsroom)
    readings = [_read(archive, newsroom, capture) for capture in _newest(archive, newsroom, pages)]
    if not readings:
        yield Finding(Level.BAD, "releases", "no page of a release was ever fetched", "see the sources above")
    yield from chain.from_iterable(map(_page, readings))
    yield from _fields([reading for reading in readings if isinstance(reading.item, ReleaseItem)])


def _robots(archive: Archive, newsroom: Newsroom) -> Iterator[Finding]:
    captures = list(known.captures(archive, newsroom=newsroom.slug, purpose="robots"))
    if captures:
        yield Finding(Level.GOOD, "robots.txt", f"{captures[-1].url} answered 200")
    else:
        todo = "none may be fine: 404 allows everything; an error counts as forbidden"
        yield Finding(Level.LOOK, "robots.txt", "no answer of 200 is kept", todo)


def _certificate(archive: Archive, newsroom: Newsroom, today: date) -> Iterator[Finding]:
    """What the newest release came with: a recorded exception, and one that ends soon, are worth a look."""
    newest = _newest(archive, newsroom, 1)
    tls = known.tls(archive, newest[0]) if newest else None
    if tls is None:
        return
    if tls.exception:
        todo = 'see whether the site has mended it; then take tls = "unverified" out of the entry'
        yield Finding(Level.LOOK, "certificate", str(tls), todo)
    elif date.fromisoformat(tls.not_after) - today < ENDS_SOON:
        yield Finding(Level.LOOK, "certificate", str(tls), "it ends soon: from then on the site is refused")
    else:
        yield Finding(Level.GOOD, "certificate", str(tls))


def _sources(archive: Archive, newsroom: Newsroom) -> Iterator[Finding]:
    looks = {look.source: look for look in last_looks(history_of(archive, newsroom.slug).looks)}
    for source in newsroom.sources:
        subject = f"{source.kind} {source.address.removeprefix(newsroom.site)}"
        look = looks.get(source.address)
        if look is None:
            todo = (
                "not asked while the feed answers; --since asks all" if looks else "communique crawl it first"
            )
            yield Finding(Level.LOOK, subject, "never looked at", todo)
        elif look.outcome in ("ok", "unchanged"):
            yield Finding(
                Level.GOOD, subject, f"{look.outcome}, {look.items_seen} items, {look.items_new} new"
            )
        else:
            yield Finding(
                Level.BAD,
                subject,
                f"{look.outcome}: {look.message or 'no reason given'}",
                _mend(look.outcome),
            )


def _troubles(archive: Archive, newsroom: Newsroom) -> Iterator[Finding]:
    """What else is wrong since when: a field lost, a release owed, pages refused. The sources speak for themselves."""
    for incident in open_incidents(archive, newsroom.slug):
        for seen in incident.troubles:
            trouble = seen.trouble
            if seen.closed_at is None and trouble.kind not in ("unreachable", "blocked", "broken"):
                level = Level.LOOK if trouble.kind == QUIET else Level.BAD
                message = f"since {seen.opened_at:%Y-%m-%d %H:%M}: {trouble.message}"
                yield Finding(level, trouble.kind, message, trouble.todo)


def _mend(outcome: str) -> str:
    return {
        "blocked": "we are refused: ask the site's operators; do not work round it",
        "unreachable": "open the address in a browser; change site or source where it moved",
        "empty": "the page answers without releases: set item and link to CSS selectors of its list, or keep",
        "broken": "look at the page: set item, link, next or page of this source",
    }.get(outcome, "look at the page in a browser")


def _newest(archive: Archive, newsroom: Newsroom, pages: int) -> list[Capture]:
    return list(known.captures(archive, newsroom=newsroom.slug))[-pages:]


def _read(archive: Archive, newsroom: Newsroom, capture: Capture) -> Reading:
    stored = known.page(archive, capture)
    content_type = next((value for name, value in stored.headers if name.lower() == "content-type"), None)
    return read_response(stored.body, stored.url, newsroom, content_type)


def _page(reading: Reading) -> Iterator[Finding]:
    item = reading.item
    if isinstance(item, Refusal):
        todo = "if it is a release, read it with --explain; if not, narrow the source with keep"
        yield Finding(Level.BAD, item.url, f"refused: {item.reason} ({item.evidence})", todo)
        return
    filled = [field for field in (*NEEDED, *WANTED) if _evidence(field, reading)]
    yield Finding(Level.GOOD, item.url, f"layout {item.layout}: {', '.join(filled)}")


def _fields(readings: list[Reading]) -> Iterator[Finding]:
    """Which fields the pages have, by what evidence; a field that none has is something to look at."""
    for field in (*NEEDED, *WANTED) if readings else ():
        evidence = [found for reading in readings if (found := _evidence(field, reading))]
        message = f"{len(evidence)} of {len(readings)} pages" + (f", by {evidence[0]}" if evidence else "")
        if len(evidence) == len(readings):
            yield Finding(Level.GOOD, field, message)
        elif evidence or field in WANTED:
            yield Finding(Level.LOOK, field, message, _select(field) if not evidence else "")
        else:
            yield Finding(Level.BAD, field, message, _select(field))


def _select(field: str) -> str:
    name = field.removesuffix("_label")
    return f'if the pages print it, name its place in the entry: select.{name} = "a CSS selector"'


def _evidence(field: str, reading: Reading) -> str | None:
    """What found the field on a page; None where the page has none."""
    item, release = reading.item, reading.release
    assert isinstance(item, ReleaseItem)
    if field == "published":
        return release.published.evidence if release and release.published else None
    if field == "body":
        return "the page's shape" if item.body else None
    if field == "contacts":
        return (
            item.contact_blocks[0].evidence if release and release.contacts and item.contact_blocks else None
        )
    printed: Printed | None = getattr(item, field)
    return printed.evidence if printed else None
