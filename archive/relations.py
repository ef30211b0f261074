"""Which releases belong together: translations of one another, and the same release on two ministries' sites."""

from __future__ import annotations

import re

from archive.batch import Batch, key_or_url, stamp
from archive.digest import plain
from archive.model import Capture, EventKind, Precision, Release
from archive.positions import position_of

#: two releases under one headline on two sites are the same one from this share of common words on
SAME_FROM = 0.6
#: so many seconds of the order of publication are looked through for a translation of the same minute
_SAME_MINUTE = 120


def link(batch: Batch, release_id: int, release: Release, capture: Capture) -> None:
    """Links a release to its translations and copies, whichever of them came first."""
    at = stamp(capture.captured_at)
    _note_translations(batch, release_id, release)
    for other in _named_translations(batch, release_id):
        _relate(batch, release_id, other, "translation", evidence="hreflang", at=at)
    for other in _of_same_cms_id(batch, release_id, release):
        _relate(batch, release_id, other, "translation", evidence="cms id", at=at)
    for other in _of_same_minute(batch, release_id, release):
        _relate(batch, release_id, other, "translation", evidence="contacts and time", at=at)
    for other, score in _copies(batch, release_id, release):
        _relate(batch, release_id, other, "same as", evidence="headline and text", at=at, score=score)


def diverged(
    batch: Batch, release_id: int, before: Release, after: Release, *, revision_id: int, capture: Capture
) -> list[EventKind]:
    """A release whose text was the same on another ministry's site, and now says something else there."""
    if plain(before.body) == plain(after.body):
        return []
    copies = batch.connection.execute(
        "select r.id, r.url, r.body from relations l join releases r on r.id = l.to_release"
        " where l.from_release = ? and l.kind = 'same as'",
        (release_id,),
    ).fetchall()
    for copy in copies:
        if plain(copy["body"]) == plain(before.body):
            event = batch.add_event(
                release_id,
                EventKind.DIVERGED,
                stamp(capture.captured_at),
                revision_id=revision_id,
                capture_id=batch.capture_id(capture),
                detail=f"the copy at {copy['url']} still says what it said",
            )
            return [event]
    return []


def similarity(one: str, other: str) -> float:
    """The share of different words that two texts have in common, from 0 to 1."""
    words, others = (set(re.findall(r"\w+", plain(text).casefold())) for text in (one, other))
    return len(words & others) / max(len(words | others), 1)


def _note_translations(batch: Batch, release_id: int, release: Release) -> None:
    own = key_or_url(release.url)
    fresh = [
        (release_id, each.language, each.url, key_or_url(each.url))
        for each in release.translations
        if key_or_url(each.url) != own
    ]
    batch.connection.executemany(
        "insert or ignore into translations (release_id, language, url, url_key) values (?, ?, ?, ?)", fresh
    )


def _named_translations(batch: Batch, release_id: int) -> list[int]:
    found = batch.connection.execute(
        "select u.release_id as other from translations t join release_urls u on u.url_key = t.url_key"
        " where t.release_id = ?1 and u.release_id != ?1 union"
        " select t.release_id from translations t join release_urls u on u.url_key = t.url_key"
        " where u.release_id = ?1 and t.release_id != ?1",
        (release_id,),
    )
    return [row["other"] for row in found]


def _of_same_cms_id(batch: Batch, release_id: int, release: Release) -> list[int]:
    """A CMS gives a release and its translations one id: ours is that id, ``@`` and the language."""
    number, at, _ = release.identity.value.partition("@")
    if release.identity.kind != "cms" or not at:
        return []
    found = batch.connection.execute(
        "select release_id from release_identities where newsroom = ? and kind = 'cms' and value > ? and value < ?"
        " and release_id != ?",
        (release.newsroom, f"{number}@", f"{number}A", release_id),
    )
    return [row["release_id"] for row in found]


def _of_same_minute(batch: Batch, release_id: int, release: Release) -> list[int]:
    """Published in the same minute by the same newsroom in another language, with a phone or address in common."""
    published = release.published
    if published is None or published.precision is Precision.DAY or not release.contacts:
        return []
    position = position_of(published.isoformat(), "")
    found = batch.connection.execute(
        "select r.id, r.published_at, c.phone_e164, c.email from releases r join contacts c on c.revision_id = r.current_revision"
        " where r.newsroom = ? and r.position between ? and ? and r.language != ? and r.id != ?",
        (
            release.newsroom,
            position - _SAME_MINUTE,
            position + _SAME_MINUTE,
            release.language or "",
            release_id,
        ),
    ).fetchall()
    own = {each.phone_e164 for each in release.contacts} | {each.email for each in release.contacts}
    told = published.isoformat()[:16]
    return sorted(
        {
            row["id"]
            for row in found
            if row["published_at"][:16] == told and ({row["phone_e164"], row["email"]} & own) - {None}
        }
    )


def _copies(batch: Batch, release_id: int, release: Release) -> list[tuple[int, float]]:
    found = batch.connection.execute(
        "select id, body from releases where headline = ? and newsroom != ? and language is ? and id != ?",
        (release.headline, release.newsroom, release.language, release_id),
    ).fetchall()
    scores = [(row["id"], similarity(row["body"], release.body)) for row in found]
    return [(other, score) for other, score in scores if score >= SAME_FROM]


def _relate(
    batch: Batch, one: int, other: int, kind: str, *, evidence: str, at: str, score: float | None = None
) -> None:
    """Both ways; what is linked already stays as it is."""
    batch.connection.executemany(
        "insert or ignore into relations (from_release, to_release, kind, evidence, score, made_at)"
        " values (?, ?, ?, ?, ?, ?)",
        [(one, other, kind, evidence, score, at), (other, one, kind, evidence, score, at)],
    )
