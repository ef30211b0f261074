"""Search over a large archive, by kind of question, against the naive query in the same run.

    python -m bench.make_archive /tmp/million/archive.db && python -m bench.search /tmp/million/archive.db

The naive query ranks every match with FTS5's bm25, joins and filters (the floor). Every question is asked once before it is measured, ours
and the naive one alike ("first p95" is ours at that first time, off the disk); then the two take turns in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from archive.conditions import conditions_of
from archive.counts import count, facets
from archive.database import Archive, open_archive
from archive.dossier import dossier
from archive.query import Query, Sort, read_text
from archive.search import search
from archive.totals import total
from archive.web.searching import SAMPLE
from bench.make_archive import LANGUAGES, vocabulary

NAIVE = (
    "select r.*, snippet(releases_fts, 2, '<b>', '</b>', '…', 24) from releases_fts join releases r on r.position = releases_fts.rowid"
    " where releases_fts match ? {where} order by bm25(releases_fts) limit 20"
)
Question = Callable[[], object]
#: milliseconds by the clock and of the processor
Taken = tuple[float, float]


def questions(archive: Archive, dice: random.Random, each: int) -> dict[str, list[Query]]:
    """So many questions of each kind, of words from frequent to rare."""
    made: dict[str, list[Query]] = {}
    bodies = archive.connection.execute("select max(position), min(position) from releases").fetchone()
    rooms = [row[0] for row in archive.connection.execute("select slug from newsrooms")]
    for _ in range(each):
        word, other = _word(dice), _word(dice)
        phrase = _phrase(archive, dice, bodies[1], bodies[0])
        year = dice.randint(2012, 2024)
        filtered = {
            "newsrooms": (dice.choice(rooms),),
            "since": date(year, 1, 1),
            "until": date(year, 12, 31),
        }
        for kind, query in {
            "one word": Query(word),
            "two words": Query(f"{word} {other}"),
            "phrase": Query(f'"{phrase}"'),
            "prefix of 5": Query(f"{word[:5]}*"),
            "prefix of 3": Query(f"{word[:3]}*"),
            "word, ministry, year": Query(word, **filtered),  # type: ignore[arg-type]
        }.items():
            made.setdefault(f"{kind}, newest first", []).append(query)
            made.setdefault(f"{kind}, ranked", []).append(replace(query, sort=Sort.RELEVANCE))
        for kind, query in {
            "prefix of 2": Query(f"{word[:2]}*"),
            "prefix of 1": Query(f"{word[:1]}*"),
            "ministry": Query(newsrooms=filtered["newsrooms"]),  # type: ignore[arg-type]
            "a contact's name": Query(contacts=(f"Example{dice.randint(1, 400)}",)),
            "every contact's name": Query(contacts=("Person",)),
            "word and contact": Query(word, contacts=(f"Example{dice.randint(1, 400)}",)),
        }.items():
            made.setdefault(f"{kind}, newest first", []).append(query)
    return made


def _word(dice: random.Random) -> str:
    """Half of them among the 200 most frequent of their language, half among the rest of the 5,000."""
    language = dice.choice([code for code in LANGUAGES if code != "zh"])
    words = vocabulary_of(language)
    return words[dice.randint(0, 199) if dice.random() < 0.5 else dice.randint(200, 4999)]


_WORDS: dict[str, list[str]] = {}


def vocabulary_of(language: str) -> list[str]:
    """The generator's words, made once."""
    if language not in _WORDS:
        _WORDS[language] = vocabulary(language)
    return _WORDS[language]


def _phrase(archive: Archive, dice: random.Random, low: int, high: int) -> str:
    row = archive.connection.execute(
        "select body from releases where position >= ? and language <> 'zh' order by position limit 1",
        (dice.randint(low, high - 10**6),),
    ).fetchone()
    words = row[0].split()
    start = dice.randint(0, max(0, len(words) - 4))
    return " ".join(word.strip(".") for word in words[start : start + 3])


def naive(archive: Archive, query: Query) -> object:
    """Every match ranked, joined, filtered, cut."""
    conditions = conditions_of(archive.connection, read_text(replace(query, exact=True)), by_name=False)
    where = "".join(f" and {clause}" for clause in conditions.where)
    return archive.connection.execute(
        NAIVE.format(where=where), [conditions.match.positive, *conditions.parameters]
    ).fetchall()


def measure(archive: Archive, each: int, seed: int) -> dict[str, dict[str, float]]:
    """Milliseconds by kind: p50 and p95 of ours, of the naive query, and their ratio at p95."""
    dice = random.Random(seed)
    figures: dict[str, dict[str, float]] = {}
    for kind, asked in questions(archive, dice, each).items():
        ours, floor = [], []
        first = [_ms(lambda query=query: search(archive, query)) for query in asked]  # type: ignore[misc]
        for query in asked:
            ours.append(_ms(lambda query=query: search(archive, query)))  # type: ignore[misc]
            if query.sort is Sort.RELEVANCE:
                naive(archive, query)
                floor.append(_ms(lambda query=query: naive(archive, query)))  # type: ignore[misc]
        figures[kind] = (
            _figures(ours)
            | {"first p95": _figures(first)["p95"]}
            | ({f"naive {name}": value for name, value in _figures(floor).items()} if floor else {})
        )
        if floor:
            figures[kind] |= {
                f"ratio {name}": round(figures[kind][name] / figures[kind][f"naive {name}"], 3)
                for name in ("p95", "cpu p95")
            }
        print(f"{kind:40} {figures[kind]}", flush=True)
    figures |= _pages(archive, dice, each)
    return figures


def _pages(archive: Archive, dice: random.Random, each: int) -> dict[str, dict[str, float]]:
    top = archive.connection.execute("select max(id) from releases").fetchone()[0]
    asked: dict[str, Callable[[], object]] = {
        "total of one word": lambda: total(archive, Query(_word(dice))),
        "counts beside one word": lambda: facets(archive, Query(_word(dice))),
        "counts beside everything": lambda: facets(archive, Query()),
        "counts by month and ministry": lambda: count(archive, Query(), ("month", "ministry")),
        "counts by year of one word": lambda: count(archive, Query(_word(dice)), ("year",)),
        "counts beside one word, as on a page": lambda: facets(archive, Query(_word(dice)), SAMPLE),
        "a release": lambda: dossier(archive, dice.randint(1, top)),
        "opening": lambda: open_archive(archive.path).close(),
    }
    figures = {}
    for kind, question in asked.items():
        figures[kind] = _figures([_ms(question) for _ in range(each)])
        print(f"{kind:40} {figures[kind]}", flush=True)
    return figures | asyncio.run(_rendered(archive.path, dice, each, top))


async def _rendered(path: Path, dice: random.Random, each: int, top: int) -> dict[str, dict[str, float]]:
    """Whole pages as the server makes them, asked in the same process: each once before it is measured."""
    from httpx import ASGITransport, AsyncClient

    from archive.web.server import application

    made: dict[str, Callable[[], str]] = {
        "page: one word": lambda: f"/search?q={_word(dice)}",
        "page: one word, ranked": lambda: f"/search?sort=relevance&q={_word(dice)}",
        "page: two words": lambda: f"/search?q={_word(dice)}+{_word(dice)}",
        "page: prefix of 3": lambda: f"/search?q={_word(dice)[:3]}*",
        "page: everything": lambda: "/search",
        "page: a contact's name": lambda: f"/search?contact=Example{dice.randint(1, 400)}",
        "page: every contact's name": lambda: "/search?contact=Person",
        "page: a release": lambda: f"/release/{dice.randint(1, top)}",
        "page: plots of one word": lambda: f"/plots?q={_word(dice)}",
    }
    figures = {}
    async with AsyncClient(
        transport=ASGITransport(app=application(path)), base_url="http://127.0.0.1"
    ) as client:
        for kind, address in made.items():
            asked = [address() for _ in range(each)]
            taken = []
            for url in (*asked, *asked):
                began, worked = time.perf_counter(), time.process_time()
                answer = await client.get(url)
                taken.append(((time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000))
                assert answer.status_code == 200, (url, answer.status_code)
            figures[kind] = _figures(taken[each:]) | {"first p95": _figures(taken[:each])["p95"]}
            print(f"{kind:40} {figures[kind]}", flush=True)
    return figures


def _ms(question: Question) -> Taken:
    began, worked = time.perf_counter(), time.process_time()
    question()
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000


def _figures(taken: list[Taken]) -> dict[str, float]:
    """Of the clock, and of the processor: the second holds still while others use the machine."""
    clock, worked = ([each[at] for each in taken] for at in (0, 1))
    return {
        "p50": round(statistics.median(clock), 2),
        "p95": _p95(clock),
        "cpu p95": _p95(worked),
    }


def _p95(taken: list[float]) -> float:
    return round(statistics.quantiles(taken, n=20)[18], 2)


def main() -> None:
    """The command line: which archive, how many questions of each kind."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--each", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    with open_archive(chosen.path) as archive:
        figures = measure(archive, chosen.each, chosen.seed)
    if chosen.out:
        chosen.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
