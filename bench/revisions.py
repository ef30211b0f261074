"""Scores what counts as an edit, and which kind it is called, on real before/after pairs.

    python -m bench.revisions [--misses]

The pairs come as feed items and Markdown; each side becomes a release without any reading of pages, so that the
content digest and the naming of changes are scored alone. ``borderline`` pairs are reported apart.
"""

from __future__ import annotations

import html
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import lxml.html

from archive.changes import compare
from archive.digest import content_sha256
from archive.model import Identity, Release

#: ``kinds``: labelled ones that were named; ``named``: named ones that are labelled
FLOORS = {"noticed": 1.00, "ignored": 0.99, "kinds": 0.95, "named": 0.95}
#: the labels of the pairs, in the words of ``archive.changes``
LABELS = {"punctuation_only": "punctuation"}
MEANINGLESS = {"boilerplate", "whitespace_or_markup_only"}
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)(?:\{[^}]*\})?")


@dataclass(frozen=True, slots=True)
class Pair:
    """One labelled pair with what was found in it."""

    labelled: frozenset[str]
    found: frozenset[str]
    meaningful: bool
    borderline: bool
    noticed: bool
    note: str


def pairs(file: Path) -> Iterator[Pair]:
    """Every pair of the file, compared."""
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        before, after = (READERS[row["format"]](row[side]) for side in ("before", "after"))
        noticed = content_sha256(before) != content_sha256(after)
        yield Pair(
            frozenset(LABELS.get(kind, kind) for kind in row["kinds"]) - MEANINGLESS,
            frozenset(compare(before, after).kinds) if noticed else frozenset(),
            row["meaningful"],
            row["borderline"],
            noticed,
            f"{row['format']} {row['kinds']} {row['note']}",
        )


def from_rss(item: str) -> Release:
    """A release from an RSS item: title, date and the whole text in ``content:encoded``."""

    def field(name: str) -> str:
        found = re.search(rf"<{name}[^>]*>(.*?)</{name}>", item, re.DOTALL)
        text = found[1].strip() if found else ""
        return text[9:-3] if text.startswith("<![CDATA[") else html.unescape(text)

    return _release(html.unescape(field("title")), field("content:encoded"), field("pubDate"))


def from_jekyll(page: str) -> Release:
    """A release from a Jekyll page: front matter, then Markdown with HTML in it."""
    _, front, text = re.split(r"^---\s*$", page, maxsplit=2, flags=re.MULTILINE)
    fields = dict(re.findall(r"^(\w+):\s*(.*?)\s*$", front, re.MULTILINE))
    summary = f"<p>{html.escape(fields.get('description', ''))}</p>"
    text = re.sub(r"^\s*\{:.*?\}\s*$|^\d+ \w+ \d{4} Posted in .*$", "", text, flags=re.MULTILINE)
    body = _markdown(text)
    return _release(fields.get("title", "").strip("\"'"), summary + body, fields.get("date", ""))


def from_markdown(page: str) -> Release:
    """A release from a page converted to Markdown: its first heading is the headline."""
    text = re.sub(r"\A---.*?^---\s*$", "", page, flags=re.DOTALL | re.MULTILINE)
    found = re.search(r"^# (.*)$", text, re.MULTILINE)
    return _release(found[1] if found else "", _markdown(text), "")


READERS = {"rss_item": from_rss, "jekyll_markdown_html": from_jekyll, "markdown": from_markdown}


def _markdown(text: str) -> str:
    """Markdown to HTML as far as text and links need it: marks and the converter's escapes go, links stay."""
    text = re.sub(r"\\([^\w\s])", r"\1", text)
    text = re.sub(r"<(https?://[^>\s]+|[^>\s@]+@[^>\s]+)>", r"\1", text)
    text = _LINK.sub(lambda link: f'<a href="{html.escape(link[2])}">{link[1]}</a>', text)
    text = re.sub(r"^\s*(?:#{1,6}\s+|[*+-]\s+|>\s?)", "", text, flags=re.MULTILINE)
    text = re.sub(r"\|[\s|:-]*", " ", text)
    return re.sub(r"\*+|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)|<s>\s*</s>", "", text)


def _release(headline: str, body: str, date: str) -> Release:
    root = lxml.html.fragment_fromstring(body, create_parent="div")
    for script in root.xpath(".//script|.//style"):
        script.drop_tree()
    for block in root.xpath(".//p|.//li|.//br|.//h1|.//h2|.//h3|.//h4|.//h5|.//td|.//div"):
        block.tail = f"\n{block.tail or ''}"
    return Release(
        newsroom="bench",
        url="https://bench.example/",
        identity=Identity("url", "bench.example"),
        headline=headline,
        body=root.text_content(),
        language=None,
        links=tuple(str(link) for link in root.xpath(".//a/@href")),
        published_raw=date or None,
    )


def scores(found: Iterable[Pair]) -> dict[str, tuple[int, int]]:
    """(right, of) for each figure."""
    rows = list(found)
    edits = [row for row in rows if row.meaningful]
    noise = [row for row in rows if not row.meaningful]
    return {
        "noticed": (sum(row.noticed for row in edits), len(edits)),
        "ignored": (sum(not row.noticed for row in noise), len(noise)),
        "kinds": (
            sum(len(row.labelled & row.found) for row in edits),
            sum(len(row.labelled) for row in edits),
        ),
        "named": (
            sum(len(row.labelled & row.found) for row in edits),
            sum(len(row.found) for row in edits),
        ),
        "exact": (sum(row.labelled == row.found for row in edits), len(edits)),
    }


def main() -> int:
    shared = Path(os.environ.get("COMMUNIQUE_SHARED", "../shared"))
    rows = list(pairs(shared / "corpus" / "revisions.jsonl"))
    clear = scores(row for row in rows if not row.borderline)
    for name, (right, of) in clear.items():
        print(f"{name:8} {right / max(of, 1):.3f}  {right}/{of}")
    for name, (right, of) in scores(row for row in rows if row.borderline).items():
        print(f"borderline {name:8} {right}/{of}")
    if "--misses" in sys.argv:
        for row in rows:
            if row.noticed != row.meaningful or row.labelled != row.found:
                print("B" if row.borderline else " ", sorted(row.labelled), sorted(row.found), row.note)
    return int(any(clear[name][0] / max(clear[name][1], 1) < floor for name, floor in FLOORS.items()))


if __name__ == "__main__":
    sys.exit(main())
