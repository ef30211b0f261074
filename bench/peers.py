"""The same labelled pages read by general news extractors, beside ours: headline, day, body, non-releases refused.

``python -m bench.peers`` takes whichever of trafilatura, newspaper4k and news-please is installed (none is a
dependency). They have no contacts, issuing bodies, types or clock times; what they do not have is left blank.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.accuracy import Figures, read_set, scorer, sets, shared_folder, show

#: what all of them claim to read
_SHOWN = ("headline exact", "date day", "body F1", "release accepted", "non-release refused")


def _trafilatura(body: bytes, url: str) -> dict[str, Any]:
    found = import_module("trafilatura").bare_extraction(
        body, url=url, with_metadata=True, favor_precision=True
    )
    if not found or not found.text:
        return {"rejected": "nothing extracted"}
    return {"headline": found.title, "date_published": found.date, "body": found.text}


def _newspaper(body: bytes, url: str) -> dict[str, Any]:
    found = import_module("newspaper").article(
        url, input_html=body.decode("utf-8", "replace"), fetch_images=False
    )
    day = found.publish_date.date().isoformat() if found.publish_date else None
    return (
        {"headline": found.title, "date_published": day, "body": found.text}
        if found.text
        else {"rejected": "no text"}
    )


def _newsplease(body: bytes, url: str) -> dict[str, Any]:
    found = import_module("newsplease").NewsPlease.from_html(body.decode("utf-8", "replace"), url)
    day = found.date_publish.date().isoformat() if found.date_publish else None
    return (
        {"headline": found.title, "date_published": day, "body": found.maintext}
        if found.maintext
        else {"rejected": "no text"}
    )


PEERS = {
    "trafilatura": ("trafilatura", _trafilatura),
    "newspaper4k": ("newspaper", _newspaper),
    "news-please": ("newsplease", _newsplease),
}


def _read_with(reader: Any, rows: list[dict[str, Any]], pages: Path) -> dict[str, Any]:
    """Records by file; a page on which the extractor raises counts as read with nothing."""
    found: dict[str, Any] = {}
    for row in rows:
        try:
            record = reader(
                (pages / row["file"]).read_bytes(), row["url"] or f"https://{row['host']}/release"
            )
        except Exception as error:
            record = {"headline": None, "error": type(error).__name__}
        found[row["file"]] = {"file": row["file"], **record}
    return found


def main() -> None:
    """Print one table a set."""
    shared = shared_folder()
    if shared is None:
        print("peers: no labelled pages here (set COMMUNIQUE_SHARED): skipped")
        return
    score = scorer(shared)
    for name in ("corpus", "forms"):
        truth, pages = sets(shared)[name]
        rows, ours = read_set(truth, pages)
        read = {"communique": ours, "communique, generic": read_set(truth, pages, generic=True)[1]}
        read |= {
            label: _read_with(reader, rows, pages)
            for label, (module, reader) in PEERS.items()
            if find_spec(module)
        }
        figures: Figures = {label: score.score(rows, records, None) for label, records in read.items()}
        for label, records in read.items():
            figures[label] |= score.mean_of_hosts(rows, records)
        print(f"== {name}")
        show(
            {
                label: {key: value for key, value in row.items() if key.startswith(_SHOWN)}
                for label, row in figures.items()
            }
        )


if __name__ == "__main__":
    main()
