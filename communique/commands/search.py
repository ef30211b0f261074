"""``communique search``: which releases say something, newest or best first."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path

import click
from rich.text import Text

from archive.database import open_archive
from archive.hits import Hit
from archive.query import Query
from archive.search import Page, search
from archive.snippets import plain
from archive.totals import Total, total
from communique.asking import SORT, filter_options, text_argument
from communique.options import archive_option, examples, json_option
from communique.tables import clean, console, day, marked, print_json


@click.command(
    epilog=examples(
        "communique search människohandel --country fi --since 2022 --language sv",
        "communique search '\"human trafficking\" OR slavery -tourism'",
        "communique search 'headline:budget ministry:finance date:2023' --sort relevance",
    )
)
@text_argument
@filter_options
@SORT
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="So many at most.")
@click.option("--after", type=click.IntRange(0), help="The page after that one: its “next”.")
@json_option
@archive_option
def command(query: Query, limit: int, after: int | None, as_json: bool, archive_path: Path) -> None:
    """Full-text search, newest first, with the passage that matched.

    \b
    QUERY may hold: words (all of them), "a phrase", OR, NOT or -word, prefix*, (groups),
    NEAR(a b, 5), and fields: headline: ministry: contact: type: country: lang: date: state:
    Inflected forms are found too (--exact: not); anything else typed is searched for as words.
    """
    with open_archive(archive_path) as archive:
        page = search(archive, replace(query, limit=limit, after=after))
        found = total(archive, query)
    if as_json:
        print_json(_answer(page, found))
    else:
        _print(page, found)


def _answer(page: Page, found: Total) -> dict[str, object]:
    return {
        "total": found.releases,
        "more": not found.exact,
        "next": page.next,
        "notes": page.notes,
        "suggestion": page.suggestion,
        "releases": [_record(hit) for hit in page.hits],
    }


def _record(hit: Hit) -> dict[str, object]:
    names = (
        "id",
        "newsroom",
        "ministry",
        "country",
        "url",
        "published_at",
        "language",
        "type",
        "type_label",
        "state",
        "revisions",
        "revision",
    )
    return {name: getattr(hit, name) for name in names} | {
        "headline": plain(hit.headline),
        "passage": plain(hit.passage),
        "found": sorted({part.text for part in (*hit.headline, *hit.passage) if part.found}),
    }


def _print(page: Page, found: Total) -> None:
    out = console()
    for hit in page.hits:
        facts = [
            day(hit.published_at),
            clean(hit.ministry),
            hit.language or "–",
            clean(hit.type_label or hit.type),
        ]
        facts += [hit.state.replace("_", " ")] if hit.state != "present" else []
        facts += [f"said in revision {hit.revision}"] if hit.revision else []
        facts += [f"{hit.revisions} revisions"] if hit.revisions > 1 else []
        out.print(
            Text(f"{hit.id:>6}  ", style="cyan") + marked(hit.headline, "bold yellow underline"),
            style="bold",
            overflow="fold",
        )
        out.print(Text("        " + " · ".join(fact for fact in facts if fact), style="dim"))
        out.print(_indented(marked(hit.passage), out.width))
        out.print()
    for note in page.notes:
        out.print(f"Note: {clean(note)}.")
    out.print(_summary(page, found))


def _indented(text: Text, width: int) -> Text:
    lines = text.wrap(console(), max(20, width - 8))
    return Text("\n").join(Text("        ") + line for line in lines)


def _summary(page: Page, found: Total) -> str:
    if page.suggestion:
        return f"Nothing found. Did you mean: communique search {shlex.quote(clean(page.suggestion))}"
    if not page.hits:
        return "Nothing found. Fewer words, a prefix* or no filters find more; `communique newsrooms` shows what is archived."
    rest = f"; the next ones: --after {page.next}" if page.next is not None else ""
    return f"{len(page.hits)} of {found.told} releases{rest}. Read one: communique show {page.hits[0].id}"
