"""What happened lately: edits, takedowns and other events across newsrooms, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive.database import Archive
from archive.rows import instant


@dataclass(frozen=True, slots=True)
class Happening:
    """One event with the release that it happened to."""

    event: int
    kind: str
    at: datetime
    detail: str
    silent: bool
    release: int
    headline: str
    language: str | None
    ministry: str


def changes(archive: Archive, limit: int = 12, newsroom: str | None = None) -> list[Happening]:
    """The newest events other than a release being new."""
    where, values = ("e.newsroom = ? and", [newsroom]) if newsroom else ("", [])
    found = archive.connection.execute(
        "select e.id as event, e.kind, e.at, e.detail, e.silent, r.id as release, r.headline, r.language, n.name as ministry"
        " from events e join releases r on r.id = e.release_id join newsrooms n on n.slug = e.newsroom"
        f" where {where} e.kind <> 'new' order by e.id desc limit ?",
        (*values, limit),
    )
    return [
        Happening(**dict(row) | {"at": instant(row["at"]), "silent": bool(row["silent"])}) for row in found
    ]
