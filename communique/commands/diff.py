"""``communique diff ID [A] [B]``: what changed between two revisions of a release."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

import click

from archive.comparison import RevisionDiff, compare
from archive.database import open_archive
from archive.diff import Piece, as_html, as_text
from communique.options import NUMBER, archive_option, examples, json_option
from communique.tables import clean, print_json


@click.command(
    epilog=examples("communique diff 12", "communique diff 12 1 3 --html > changes.html"),
    short_help="show what changed between two revisions of a release",
)
@click.argument("release_id", metavar="ID", type=NUMBER)
@click.argument("before", metavar="[A]", type=NUMBER, required=False)
@click.argument("after", metavar="[B]", type=NUMBER, required=False)
@click.option("--html", "html", is_flag=True, help="A web page with the changes marked.")
@archive_option
@json_option
def command(
    release_id: int, before: int | None, after: int | None, *, html: bool, archive_path: Path, as_json: bool
) -> None:
    """Shows, word by word, what changed from revision A to revision B of a release.

    Without A and B: the last change. Moved paragraphs are told as moved; numbers and names are marked in HTML and JSON.
    """
    with open_archive(archive_path) as archive:
        found = compare(archive, release_id, before, after)
    if as_json:
        print_json(_answer(found))
    else:
        click.echo(_html(found) if html else _text(found))


def _text(found: RevisionDiff) -> str:
    color = sys.stdout.isatty()
    lines = [_title(found)]
    lines += [f"\n{each.field}:\n{as_text(_clean(each.pieces), color=color)}" for each in found.fields]
    return "\n".join(lines if found.fields else [*lines, "Nothing differs."])


def _clean(pieces: Iterable[Piece]) -> Iterator[Piece]:
    return (replace(piece, text=clean(piece.text)) for piece in pieces)


def _title(found: RevisionDiff) -> str:
    after = found.after
    how = ", ".join(after.kinds) + (" (silent)" if after.silent else "")
    return (
        f"{clean(found.headline)}\nrevision {found.before.seq} seen {found.before.seen_at:%Y-%m-%d %H:%M}"
        f" → revision {after.seq} seen {after.seen_at:%Y-%m-%d %H:%M} UTC: {how}"
    )


_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{title}</title>
<style>body{{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1rem/1.6 system-ui,sans-serif}}
del{{background:#fdd;color:#600}}ins{{background:#dfd;color:#030;text-decoration:none}}
ins.moved{{background:#def;color:#013}}.number,.name{{font-weight:bold}}</style>
<h1>{title}</h1><p>{how}</p>
{fields}
"""


def _html(found: RevisionDiff) -> str:
    fields = "\n".join(
        f"<h2>{escape(each.field)}</h2>\n<p>{as_html(each.pieces)}</p>" for each in found.fields
    )
    title, _, how = _title(found).partition("\n")
    return _PAGE.format(title=escape(title), how=escape(how), fields=fields)


def _answer(found: RevisionDiff) -> dict[str, object]:
    return {
        "release": found.after.release_id,
        "from": found.before.seq,
        "to": found.after.seq,
        "kinds": found.after.kinds,
        "silent": found.after.silent,
        "fields": [
            {
                "field": each.field,
                "pieces": [
                    {"op": piece.op.value, "text": piece.text, "marks": sorted(piece.marks)}
                    for piece in each.pieces
                ],
            }
            for each in found.fields
        ],
    }
