"""Reads every stored page again, on all cores; what comes out is in the order it was asked for."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import msgspec

from archive import known
from archive.database import Archive, open_archive
from archive.errors import ArchiveDamaged
from archive.model import Capture, Release
from communique.rereading import read_stored
from crawler.items import Refusal
from crawler.registry import all_newsrooms

#: pages that a worker is handed at once: starting and copying cost little beside reading them
CHUNK = 32
#: below so many pages, starting workers costs more than it saves
WORTH_WORKERS = 200

_archive: Archive | None = None


def read_all(path: Path, captures: Sequence[Capture]) -> Iterator[tuple[Capture, Release | Refusal]]:
    """Each capture with what the present reader makes of it. A damaged record is a refusal that says so."""
    workers = os.cpu_count() or 1
    if workers == 1 or len(captures) < WORTH_WORKERS:
        _open(path)
        for capture in captures:
            yield capture, _read(capture)
        return
    context = multiprocessing.get_context("spawn")  # a fork would share the parent's connection and threads
    with ProcessPoolExecutor(workers, context, initializer=_open, initargs=(path,)) as pool:
        for chunk, answers in zip(_chunks(captures), pool.map(_read_chunk, _chunks(captures)), strict=True):
            for capture, answer in zip(chunk, answers, strict=True):
                yield (
                    capture,
                    msgspec.json.decode(answer, type=Release) if isinstance(answer, bytes) else answer,
                )


def _chunks(captures: Sequence[Capture]) -> Iterator[Sequence[Capture]]:
    return (captures[start : start + CHUNK] for start in range(0, len(captures), CHUNK))


def _open(path: Path) -> None:
    global _archive  # noqa: PLW0603
    _archive = open_archive(path)


def _read_chunk(captures: Sequence[Capture]) -> list[bytes | Refusal]:
    """Releases travel between processes as JSON: half the size of a pickle, and the form they are stored in."""
    found = (_read(capture) for capture in captures)
    return [each if isinstance(each, Refusal) else msgspec.json.encode(each) for each in found]


def _read(capture: Capture) -> Release | Refusal:
    assert _archive is not None
    try:
        stored = known.page(_archive, capture)
    except ArchiveDamaged as error:
        return Refusal(capture.url, "damaged evidence", str(error))
    newsroom = all_newsrooms().get(stored.newsroom or "")
    if newsroom is None:
        return Refusal(capture.url, "newsroom unknown", f"the registry has no {stored.newsroom}")
    return read_stored(stored, newsroom)
