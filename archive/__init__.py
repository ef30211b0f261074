"""Keep and answer: owns archive.db and the evidence; never imports Scrapy.

import archive

with archive.open("archive.db") as room:
    for hit in room.search("människohandel", country="fi", since="2022"):
        print(hit.published_at, hit.title)
"""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.room import Room


def open(path: str | PathLike[str] = "archive.db") -> Room:  # noqa: A001 - archive.open() reads as what it does
    """The archive at ``path``, to be asked; a context manager. Raises ArchiveError where it can't be used."""
    from archive.room import Room

    return Room(path)
