"""The site of ``bench.year``: an invented newsroom that publishes, edits, takes down, and writes down what it did."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from archive.model import Contact, EventKind, Identity, Moment, Precision, Release

START = datetime(2026, 1, 1, 6, 0, tzinfo=UTC)
HOST = "https://year.example"
OPERATIONS = (
    "edit", "silent edit", "redate", "contact", "404", "410", "front page", "restore", "move", "reuse",
)  # fmt: skip
WORDS = (
    "harbour ferry island budget school road winter support council minister grant decision survey coast energy forest "
    "health study village service northern annual proposal agreement committee statement"
).split()


@dataclass(slots=True)
class Page:
    """A release as it stands on the site: its content, how its address answers, and what nobody has seen yet."""

    release: Release
    answer: str = "200"
    unseen: list[EventKind] = field(default_factory=list)
    told_down: bool = False
    gone_for_good: bool = False
    misses: list[datetime] = field(default_factory=list)
    steps: list[EventKind] = field(default_factory=list)
    former: set[str] = field(default_factory=set)  # paths it was at before it moved


class Site:
    """The newsroom. ``truth`` holds (CMS id or address at birth, event) of all that a look has had the chance to see."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.pages: list[Page] = []
        self.truth: Counter[tuple[str, EventKind]] = Counter()
        self.outage_until = self.fault_until = START
        self._made = 0

    def live(self, now: datetime) -> None:
        """What happens on the site in one step of time."""
        draw = self.chance.random()
        if draw < 0.25:
            self.publish(now)
        elif draw < 0.26:
            self.outage_until = now + timedelta(hours=12)
        elif draw < 0.265:
            self.fault_until = now + timedelta(hours=12)
        if self.chance.random() < 0.5 and self.pages:
            self._operate(self.chance.choice(OPERATIONS), self.chance.choice(self.pages), now)

    def publish(self, now: datetime, url: str | None = None) -> Page:
        """A new release, at a new address or at one that was another's."""
        self._made += 1
        number = self._made
        release = Release(
            newsroom="year",
            url=url or f"{HOST}/-/release-{number}",
            identity=Identity("cms", f"cms:{number}"),
            headline=self._text(6).capitalize(),
            body="\n\n".join(self._text(40) for _ in range(4)) + f" {number}.5 million euros.",
            language="en",
            published=_moment(now),
            contacts=(_contact(number),),
            reader_version="year",
        )
        page = Page(release, unseen=[EventKind.NEW])
        self.pages.append(page)
        return page

    def _operate(self, what: str, page: Page, now: datetime) -> None:
        """One change, on a page whose last change was seen: a look can only tell what stands there when it looks."""
        if page.unseen or page.gone_for_good or (page.answer != "200") != (what == "restore"):
            return
        if what in {"404", "410", "front page"}:
            page.answer, page.misses, page.steps = what, [], []
        elif what == "restore":
            if not page.misses:
                return
            page.answer = "200"
            page.unseen = [EventKind.RESTORED] if page.told_down else []
            page.told_down, page.misses = False, []
        elif what == "reuse":
            page.gone_for_good = True
            page.unseen = []
            self.truth[key(page.release), EventKind.REPLACED] += 1
            self.publish(now, page.release.url)
        else:
            if what == "move":
                page.former.add(page.release.url.removeprefix(HOST))
            page.release, kind = self._changed(what, page.release, now)
            page.unseen = [kind]

    def _changed(self, what: str, release: Release, now: datetime) -> tuple[Release, EventKind]:
        if what == "edit":
            changed = replace(release, body=release.body + "\n\n" + self._text(12), modified=_moment(now))
            return changed, EventKind.EDITED
        if what == "silent edit":
            digits = release.body.replace(".5 million", ".7 million")
            body = digits if digits != release.body else release.body.replace(".7 million", ".75 million")
            return replace(
                release, body=body if body != release.body else body + " Sic."
            ), EventKind.SILENT_EDIT
        if what == "redate":
            return replace(release, published=_moment(now - timedelta(days=1))), EventKind.REDATED
        if what == "move":
            self._made += 1
            return replace(release, url=f"{HOST}/-/moved-{self._made}"), EventKind.MOVED
        return replace(
            release, contacts=(_contact(self.chance.randrange(1, 999)),)
        ), EventKind.CONTACT_CHANGED

    def seen(self, page: Page) -> None:
        """A look found the page as it stands."""
        for kind in page.unseen:
            self.truth[key(page.release), kind] += 1
        page.unseen = []

    def missed(self, page: Page, now: datetime) -> None:
        """A look found the page down: what must have been told by now, by the words of the rule, not by its code."""
        page.misses.append(now)
        told = list(page.steps)
        over = now - page.misses[0]
        at_once = page.answer in {"410", "front page"}
        if not told and (at_once or over >= timedelta(minutes=10)):
            told.append(EventKind.REDIRECTED if page.answer == "front page" else EventKind.TAKEN_DOWN)
        if (
            len(page.misses) >= 3
            and over >= timedelta(hours=24)
            and len(told) == 1
            and over < timedelta(days=14)
        ):
            told.append(EventKind.TAKEDOWN_CONFIRMED)
        if (
            len(page.misses) >= 3
            and over >= timedelta(days=14)
            and told[-1] is not EventKind.TAKEDOWN_PERMANENT
        ):
            told.append(EventKind.TAKEDOWN_PERMANENT)
        for kind in told[len(page.steps) :]:
            self.truth[key(page.release), kind] += 1
        page.steps = told
        page.told_down = bool(told)

    def _text(self, words: int) -> str:
        return " ".join(self.chance.choice(WORDS) for _ in range(words))


def _moment(at: datetime) -> Moment:
    return Moment(
        at.replace(second=0, microsecond=0), Precision.MINUTE, f"{at:%d.%m.%Y %H.%M}", "time[datetime]"
    )


def _contact(number: int) -> Contact:
    phone = f"0295 000 {number % 1000:03}"
    return Contact(name=f"Desk {number}", phone=phone, phones=(phone,), raw=f"Desk {number}, {phone}")


def key(release: Release) -> str:
    """What names a release in the truth."""
    return release.identity.value
