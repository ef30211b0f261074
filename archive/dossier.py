"""Everything the archive knows about one release: what it says, what it said, what happened to it, and the evidence."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime

from archive import divergence, rows
from archive.database import Archive, named_errors
from archive.errors import UsageError
from archive.model import Capture, Event, Newsroom, Release, Revision
from archive.versions import differing


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another language's publication of the same release. ``id`` is None where the archive hasn't got it.

    ``keeps`` is what it still says and an edit took out of this one; ``dropped`` what was taken out of it, and this one says.
    ``only_here`` and ``only_there`` are the other facts that one of the two says and the other doesn't, and may never have.
    """

    language: str
    url: str
    id: int | None = None
    headline: str | None = None
    keeps: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    only_here: tuple[str, ...] = ()
    only_there: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """One release with its history, newest revision and event last. ``captures`` maps a capture's id to it."""

    id: int
    newsroom: Newsroom
    release: Release
    url: str
    state: str
    first_seen_at: datetime
    last_seen_at: datetime
    revisions: tuple[Revision, ...]
    events: tuple[Event, ...]
    captures: dict[int, Capture]
    siblings: tuple[Sibling, ...]

    @property
    def current(self) -> Revision:
        """The revision that the release shows now."""
        return self.revisions[-1]


def dossier(archive: Archive, release_id: int) -> Dossier:
    """The release of that id. Raises UsageError where there is none."""
    with named_errors(archive.path):
        connection = archive.connection
        row = connection.execute(
            "select r.*, s.last_seen_at from releases r left join sightings s on s.release_id = r.id where r.id = ?",
            (release_id,),
        ).fetchone()
        if row is None:
            raise UsageError(f"no release {release_id} in {archive.path}: `communique search` lists ids")
        revisions = _revisions(connection, release_id)
        release = content_of(archive, revisions[-1].id)
        return Dossier(
            id=release_id,
            newsroom=newsroom(connection, row["newsroom"]),
            release=release,
            url=row["url"],
            state=row["state"],
            first_seen_at=rows.instant(row["first_seen_at"]),
            last_seen_at=rows.instant(row["last_seen_at"] or row["first_seen_at"]),
            revisions=revisions,
            events=_events(connection, release_id),
            captures=_captures(connection, revisions),
            siblings=tuple(_beside(connection, release, each) for each in _siblings(connection, release_id)),
        )


def content_of(archive: Archive, revision_id: int) -> Release:
    """What a revision says, as its newest reading has it. Raises UsageError where there is no such revision."""
    row = archive.connection.execute(
        "select content from readings where revision_id = ? order by id desc limit 1", (revision_id,)
    ).fetchone()
    if row is None:
        raise UsageError(
            f"no revision {revision_id} in {archive.path}: `communique show ID` lists a release's revisions"
        )
    return rows.content(row["content"])


def newsroom(connection: sqlite3.Connection, slug: str) -> Newsroom:
    """What the archive keeps of a newsroom. Raises UsageError where it has none of that slug."""
    row = connection.execute("select * from newsrooms where slug = ?", (slug,)).fetchone()
    if row is None:
        raise UsageError(f"no newsroom {slug!r} in this archive: `communique newsrooms` lists them")
    return Newsroom(
        slug=row["slug"],
        name=row["name"],
        country=row["country"],
        site=row["site"],
        platform=row["platform"],
        grade=row["grade"],
        languages=_languages(row["languages"]),
        timezone=row["timezone"],
        entry_sha256=row["entry_sha256"],
    )


def _languages(text: str | None) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text and text.startswith("[") else tuple((text or "").split())


def _revisions(connection: sqlite3.Connection, release_id: int) -> tuple[Revision, ...]:
    found = connection.execute("select * from revisions where release_id = ? order by seq", (release_id,))
    return tuple(
        Revision(
            id=row["id"],
            release_id=release_id,
            seq=row["seq"],
            capture_id=row["capture_id"],
            seen_at=rows.instant(row["seen_at"]),
            content_sha256=row["content_sha256"],
            kinds=tuple(json.loads(row["kinds"])),
            silent=bool(row["silent"]),
            reverts_to=row["reverts_to"],
        )
        for row in found
    )


def _events(connection: sqlite3.Connection, release_id: int) -> tuple[Event, ...]:
    found = connection.execute("select * from events where release_id = ? order by id", (release_id,))
    return tuple(
        Event(row["id"], release_id, row["kind"], rows.instant(row["at"]), row["revision_id"], row["detail"])
        for row in found
    )


def _captures(connection: sqlite3.Connection, revisions: tuple[Revision, ...]) -> dict[int, Capture]:
    marks = ",".join("?" * len(revisions))
    found = connection.execute(
        f"select * from captures where id in ({marks})", [revision.capture_id for revision in revisions]
    )
    return {row["id"]: rows.capture(row) for row in found}


def _siblings(connection: sqlite3.Connection, release_id: int) -> tuple[Sibling, ...]:
    """What the page itself names as its translations, what points to it as one, and what was linked to it."""
    found = connection.execute(
        "select t.language, t.url, o.id, o.headline from translations t left join release_urls u on u.url_key = t.url_key"
        " left join releases o on o.id = u.release_id where t.release_id = ?1 and coalesce(o.id, 0) <> ?1"
        " union select o.language, o.url, o.id, o.headline from release_urls u join translations t on t.url_key = u.url_key"
        " join releases o on o.id = t.release_id where u.release_id = ?1 and o.id <> ?1"
        " union select o.language, o.url, o.id, o.headline from relations l join releases o on o.id = l.to_release"
        " where l.from_release = ?1 and l.kind = 'translation' order by 1",
        (release_id,),
    )
    apart = divergence.apart(connection, release_id)
    keeps = {each.other: each.facts for each in apart if each.by_us}
    dropped = {each.other: each.facts for each in apart if not each.by_us}
    by_place = {
        row["id"] or row["url"]: Sibling(
            row["language"] or "",
            row["url"],
            row["id"],
            row["headline"],
            keeps.get(row["id"], ()),
            dropped.get(row["id"], ()),
        )
        for row in found
    }
    return tuple(by_place.values())


def _beside(connection: sqlite3.Connection, release: Release, sibling: Sibling) -> Sibling:
    """The sibling with what only it and only the release says now, but for what an edit is told to have made differ."""
    if sibling.id is None:
        return sibling
    here, there = differing(release, rows.current_content(connection, sibling.id))
    told = {*sibling.keeps, *sibling.dropped}
    return replace(
        sibling,
        only_here=tuple(fact for fact in here if fact not in told),
        only_there=tuple(fact for fact in there if fact not in told),
    )
