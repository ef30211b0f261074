"""What the invented ministry published: releases composed of the hand-written texts of ``texts/*.toml``."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from re import sub
from typing import Any
from zoneinfo import ZoneInfo

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("fi", "sv", "en")
ZONE = ZoneInfo("Europe/Helsinki")
#: releases 0 … 63 are there on day 1; number 64 comes on day 2
FIRST_DAY_COUNT = 64
SECOND_DAY = date(2025, 10, 21)
#: the release with two attachments, the one re-published under a new address, the one with ``name(at)host``
WITH_ATTACHMENTS, REPUBLISHED, WITH_AT = 33, 52, 46
#: releases with a table: how many recipients and how many euros in each of the three sea areas
_GRANTS = {
    11: ((9, 301_000), (14, 462_000), (25, 790_000)),
    29: ((8, 310_000), (11, 420_000), (15, 570_000)),
    35: ((5, 212_000), (6, 264_000), (7, 301_000)),
    39: ((4, 98_000), (5, 131_500), (3, 76_000)),
}
_FIRST = date(2020, 1, 14)
_CHANGE_OF_GOVERNMENT = date(2023, 6, 20)
_SECTION = {
    "fi": ("tiedotearkisto/tiedotteet", "tiedotteet/-/asset_publisher/sa4rIst0", "-"),
    "sv": ("sv/aktuellt/pressmeddelanden", "sv/pressmeddelanden/-/asset_publisher/sa4rIst0", "sv/-"),
    "en": ("en/topical/press_releases", "en/press-releases/-/asset_publisher/sa4rIst0", "en/-"),
}


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the body: ``kind`` is p, h2, ul or table; a list has one cell a row."""

    kind: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Release:
    """One release in one language, as the ministry's editors see it. Times are aware (Europe/Helsinki)."""

    number: int
    language: str
    topic: str
    headline: str
    lead: str
    blocks: tuple[Block, ...]
    contact_lines: str
    published: datetime
    path: str
    original: datetime | None = None
    updated: datetime | None = None
    served_modified: datetime | None = None
    attachments: tuple[tuple[str, str], ...] = ()

    @property
    def layout(self) -> str:
        """``old`` for the template of 2020 and 2021, ``liferay`` after it."""
        return "old" if self.published.year < 2022 else "liferay"

    @property
    def last_modified(self) -> datetime:
        return self.served_modified or self.updated or self.published


@cache
def words(language: str) -> dict[str, Any]:
    """The texts and labels of one language, as its file has them."""
    return tomllib.loads((TEXTS / f"{language}.toml").read_text(encoding="utf-8"))


@cache
def people() -> tuple[dict[str, Any], ...]:
    """The ministry's invented officials, as ``people.toml`` has them."""
    return tuple(tomllib.loads((TEXTS / "people.toml").read_text(encoding="utf-8"))["person"])


@cache
def changes() -> tuple[dict[str, Any], ...]:
    """What happens between day 1 and day 2, as ``changes.toml`` has it."""
    return tuple(tomllib.loads((TEXTS / "changes.toml").read_text(encoding="utf-8"))["change"])


def releases(day: int) -> tuple[Release, ...]:
    """Every release that has a page on that day, oldest first, the three languages of one beside one another."""
    first = [_compose(number, language) for number in range(FIRST_DAY_COUNT) for language in LANGUAGES]
    return tuple(first) if day == 1 else tuple(_a_day_later(first))


def removed() -> dict[str, str]:
    """Path → kind (``gone``, ``front``) of the releases that day 2 no longer has."""
    return {
        _compose(change["release"], change["language"]).path: change["kind"]
        for change in changes()
        if change["kind"] in ("gone", "front")
    }


def old_path(release: Release) -> str:
    """The address under which the re-published release stood first."""
    return release.path.rsplit("/", 1)[0] + "/" + slug(release.headline)[:24].rstrip("-")


def slug(headline: str) -> str:
    """The headline as it stands in an address: ASCII letters, digits and hyphens."""
    ascii_only = unicodedata.normalize("NFKD", headline.lower()).encode("ascii", "ignore").decode()
    return sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def _a_day_later(first: list[Release]) -> list[Release]:
    now = {(release.number, release.language): release for release in first}
    for change in changes():
        key = (change["release"], change["language"])
        match change["kind"]:
            case "new":
                now[key] = _compose(*key)
            case "gone" | "front":
                del now[key]
            case _:
                now[key] = _changed(now[key], change)
    return [now[key] for key in sorted(now, key=lambda key: (key[0], LANGUAGES.index(key[1])))]


def _changed(release: Release, change: dict[str, Any]) -> Release:
    """The release with one text replaced; a text that is not there exactly once is a mistake in changes.toml."""
    old, new = change["find"], change["replace"]
    found = 0

    def put(text: str) -> str:
        nonlocal found
        found += text.count(old)
        return text.replace(old, new)

    changed = replace(
        release,
        lead=put(release.lead),
        contact_lines=put(release.contact_lines),
        blocks=tuple(Block(b.kind, tuple(tuple(map(put, row)) for row in b.rows)) for b in release.blocks),
        updated=change["updated"].replace(tzinfo=ZONE) if "updated" in change else None,
        served_modified=change["served"].replace(tzinfo=ZONE) if "served" in change else None,
    )
    if found != 1:
        raise ValueError(
            f"changes.toml: {old!r} stands {found} times in release {release.number} {release.language}"
        )
    return changed


def _compose(number: int, language: str) -> Release:
    """Release ``number`` in one language. Each topic comes back every sixteen releases, with a new turn."""
    text = words(language)
    topic, turn = _topic(text, number)
    own = topic["releases"][turn]
    original, published = _times(number, language)
    release = Release(
        number=number,
        language=language,
        topic=topic["name"],
        headline=own["headline"],
        lead=own["lead"],
        blocks=tuple(_blocks(text, topic, number, turn, published)),
        contact_lines=contact_lines(text, number),
        published=published,
        original=original if language != "fi" and number >= 24 and number % 9 == 4 else None,
        path="",
        attachments=tuple(_attachments(text, number)),
    )
    return replace(release, path=_path(release))


def _topic(text: dict[str, Any], number: int) -> tuple[dict[str, Any], int]:
    topics = text["topic"]
    if number == FIRST_DAY_COUNT:
        return text["late"], 0
    return topics[number % len(topics)], number // len(topics)


def _times(number: int, language: str) -> tuple[datetime, datetime]:
    """The original's and this language's time: Swedish follows in a quarter of an hour, English later, even next day."""
    day = SECOND_DAY if number == FIRST_DAY_COUNT else _FIRST + timedelta(days=33 * number)
    day -= timedelta(days=max(0, day.weekday() - 4))
    original = datetime(day.year, day.month, day.day, 8 + number * 7 % 8, number * 13 % 60, tzinfo=ZONE)
    late = 26 * 60 if number % 11 == 5 and day.weekday() < 4 else 45 + number % 40
    return original, original + timedelta(minutes={"fi": 0, "sv": 12, "en": late}[language])


def _path(release: Release) -> str:
    year, name = release.published.year, slug(release.headline)
    archive, publisher, plain = _SECTION[release.language]
    number = 13000 + 3 * release.number + LANGUAGES.index(release.language)
    if year < 2022:
        return f"/{archive}_{year}/{name}.{number}.news"
    if year == 2022:
        return f"/{publisher}/content/{name}/{number}"
    return f"/{plain}/1410987/{name}"


def _blocks(
    text: dict[str, Any], topic: dict[str, Any], number: int, turn: int, when: datetime
) -> list[Block]:
    paragraphs = topic["paragraphs"]
    first, second = paragraphs[turn % len(paragraphs)], paragraphs[(turn + 1) % len(paragraphs)]
    quote = _quote(text, topic["releases"][turn]["quote"], number, when)
    blocks = [_p(first), _p(quote), Block("h2", ((topic["subheads"][turn % 2],),)), _p(second)]
    if number % 3 == 0:
        blocks += [_p(topic["list"]), Block("ul", tuple((point,) for point in topic["points"]))]
    if number in _GRANTS:
        blocks += [_p(text["table"]["caption"]), Block("table", tuple(_table(text, number)))]
    return [*blocks, _p(text["closings"][number * 5 % len(text["closings"])])]


def _p(text: str) -> Block:
    return Block("p", ((text,),))


def _quote(text: dict[str, Any], quote: str, number: int, when: datetime) -> str:
    minister = text["ministers"][when.date() >= _CHANGE_OF_GOVERNMENT]
    return str(
        text["attributions"][number % len(text["attributions"])].format(quote=quote, minister=minister)
    )


def _table(text: dict[str, Any], number: int) -> list[tuple[str, ...]]:
    words_of = text["table"]
    rows = zip(words_of["areas"], _GRANTS[number], strict=True)
    return [
        tuple(words_of["head"]),
        *(
            (area, str(count), f"{euros:,}".replace(",", words_of["thousands"]))
            for area, (count, euros) in rows
        ),
    ]


def _attachments(text: dict[str, Any], number: int) -> list[tuple[str, str]]:
    if number != WITH_ATTACHMENTS:
        return []
    return [(f"/documents/1410987/{slug(it['title'])}.pdf", it["title"]) for it in text["documents"]]


def contact_lines(text: dict[str, Any], number: int) -> str:
    """The contact block of a release as its editors wrote it; ``{mail:…}`` marks an address to be protected."""
    if number == WITH_AT:
        shape = text["contacts"]["at"]
    else:
        shapes = text["contacts"]["shapes"]
        shape = shapes[number * 5 % len(shapes)]
    officials, press = people()[:10], people()[10:]
    chosen = (officials[number % 10], press[number % len(press)], officials[(number * 3 + 4) % 10])
    values: dict[str, str] = {}
    for place, person in enumerate(chosen, 1):
        values |= _person(person, text["code"], place)
    return str(shape.format(**values))


def _person(person: dict[str, Any], language: str, place: int) -> dict[str, str]:
    title, local = person[f"title_{language}"], slug(person["name"]).replace("-", ".")
    phone = person["phone"]
    return {
        f"n{place}": person["name"],
        f"t{place}": title,
        f"T{place}": title[0].upper() + title[1:],
        f"u{place}": person[f"unit_{language}"],
        f"p{place}": phone,
        f"i{place}": phone if phone.startswith("+") else "+358 " + phone.removeprefix("0"),
        f"m{place}": f"{local}@saaristo.example",
        f"c{place}": f"⟦{local}@saaristo.example⟧",
        f"l{place}": local,
    }
