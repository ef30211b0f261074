"""After a sweep: what the sources name, month by month, against what the archive has. Read from the evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from archive import known, rows
from archive.addresses import url_key
from archive.database import Archive
from crawler.reading import READER_VERSION
from crawler.registry import Newsroom, Source
from crawler.sources import Found, SourceBroken, read_source


@dataclass(frozen=True, slots=True)
class Swept:
    """One source after a sweep: how many releases it names, and what became of them.

    ``missing`` are addresses that are neither stored nor refused with a reason. ``months`` maps a month to
    (named, stored) where the source tells days.
    """

    newsroom: str
    source: str
    kind: str
    outcome: str
    named: int
    stored: int
    refused: int
    missing: tuple[str, ...]
    months: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps of a newsroom: those this sweep closed, and those still open."""

    newsroom: str
    closed: int
    open: int


def compare(archive: Archive, newsroom: Newsroom, run_id: int) -> list[Swept]:
    """Every source of a newsroom, as this run saw it, against the archive."""
    stored = set(known.known_pages(archive, newsroom.slug))
    refused = known.rejected_addresses(archive, newsroom.slug, READER_VERSION)
    outcomes = dict(
        archive.connection.execute(
            "select source, outcome from polls where run_id = ? and newsroom = ?", (run_id, newsroom.slug)
        ).fetchall()
    )
    named: dict[Source, dict[str, Found]] = {source: {} for source in newsroom.sources}
    for source, found in _named(archive, newsroom, run_id):
        named[source].setdefault(url_key(found.url), found)
    return [
        _swept(
            newsroom,
            source,
            found,
            outcomes.get(source.address, "not looked at"),
            stored=stored,
            refused=refused,
        )
        for source, found in named.items()
    ]


def gaps(archive: Archive, newsroom: Newsroom, run_id: int) -> Gaps:
    """What the sweep did to the gaps of a newsroom."""
    closed, still = archive.connection.execute(
        "select count(*) filter (where closed_run = ?), count(*) filter (where closed_at is null) from gaps"
        " where newsroom = ?",
        (run_id, newsroom.slug),
    ).fetchone()
    return Gaps(newsroom.slug, closed, still)


def _swept(
    newsroom: Newsroom,
    source: Source,
    found: dict[str, Found],
    outcome: str,
    *,
    stored: set[str],
    refused: set[str],
) -> Swept:
    months: Counter[str] = Counter()
    ours: Counter[str] = Counter()
    for key, each in found.items():
        if each.published:
            months[f"{each.published:%Y-%m}"] += 1
            ours[f"{each.published:%Y-%m}"] += key in stored
    return Swept(
        newsroom=newsroom.slug,
        source=source.address,
        kind=source.kind,
        outcome=outcome,
        named=len(found),
        stored=sum(key in stored for key in found),
        refused=sum(key in refused and key not in stored for key in found),
        missing=tuple(each.url for key, each in found.items() if key not in stored and key not in refused),
        months={month: (months[month], ours[month]) for month in sorted(months)},
    )


def _named(archive: Archive, newsroom: Newsroom, run_id: int) -> Iterator[tuple[Source, Found]]:
    captures = archive.connection.execute(
        "select * from captures where run_id = ? and newsroom = ? and status = 200 and complete"
        " and purpose in ('feed', 'listing', 'sitemap', 'api') order by id",
        (run_id, newsroom.slug),
    ).fetchall()
    for row in captures:
        source = _source_of(newsroom, row["purpose"], row["url"])
        if source is None:
            continue
        page = known.page(archive, rows.capture(row))
        content_type = next((value for name, value in page.headers if name.lower() == "content-type"), "")
        try:
            answer = read_source(source, newsroom, page.url, page.body, content_type=content_type)
        except SourceBroken:
            continue  # the poll's outcome says so
        for found in answer.found:
            yield source, found


def _source_of(newsroom: Newsroom, kind: str, url: str) -> Source | None:
    """The source of that kind whose address begins most like the page's: further pages have other endings."""
    same = [source for source in newsroom.sources if source.kind == kind]
    return max(same, key=lambda source: _alike(source.address, url), default=None)


def _alike(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
