"""Which release a page is: by its identity, else by an address we knew it under; and its addresses with their dates."""

from __future__ import annotations

import sqlite3

from archive import relations
from archive.batch import Batch, key_or_url, stamp
from archive.digest import plain
from archive.model import Capture, EventKind, Release
from archive.relations import similarity

#: below this share of common words, with another date and headline, the address was given to another release
REUSED_BELOW = 0.3
_RANK = {"url": 0, "canonical": 1, "cms": 2}


def find(batch: Batch, release: Release, capture: Capture) -> int | None:
    """The release this is a look at; None for one never seen. A re-used address is a new release (case D7)."""
    same = known(batch, release)
    if same is not None and (release.identity.kind == "cms" or not is_other(batch, same, release)):
        return same
    there = same if same is not None else _by_address(batch, release, release.url, capture.url)
    if there is None:
        return None
    if is_other(batch, there, release):
        _replace(batch, there, release, capture)
        return None
    _add_identity(batch, there, release)
    return there


def known(batch: Batch, release: Release) -> int | None:
    """The release of that identity, whatever its address; None for one never seen."""
    row = batch.connection.execute(
        "select release_id from release_identities where newsroom = ? and kind = ? and value = ?",
        (release.newsroom, release.identity.kind, release.identity.value),
    ).fetchone()
    return None if row is None else int(row["release_id"])


def add(batch: Batch, release_id: int, release: Release, capture: Capture) -> None:
    """The identity and first address of a new release, and its links to translations."""
    _add_identity(batch, release_id, release)
    _add_address(batch, release_id, release.url, "canonical", capture)
    if capture.url != release.url:
        _add_address(batch, release_id, capture.url, "alias", capture)
    relations.link(batch, release_id, release, capture)


def note_address(batch: Batch, release_id: int, release: Release, capture: Capture) -> EventKind | None:
    """Notes the address a release was seen under; ``moved`` where its own address is one we never saw it under."""
    relations.link(batch, release_id, release, capture)
    moved_from = _moved_from(batch, release_id, release, capture)
    _add_address(batch, release_id, capture.url, "alias", capture)
    if moved_from is None:
        return None
    at = stamp(capture.captured_at)
    batch.connection.execute("update releases set url = ? where id = ?", (release.url, release_id))
    batch.connection.execute(
        "update release_urls set to_at = ? where release_id = ? and url_key = ?",
        (at, release_id, key_or_url(moved_from)),
    )
    return batch.add_event(
        release_id,
        EventKind.MOVED,
        at,
        capture_id=batch.capture_id(capture),
        detail=f"{moved_from} → {release.url}",
    )


def _moved_from(batch: Batch, release_id: int, release: Release, capture: Capture) -> str | None:
    """The address a release had until now, where its present one is new to us; else None."""
    row = batch.connection.execute("select url from releases where id = ?", (release_id,)).fetchone()
    if key_or_url(row["url"]) == key_or_url(release.url):
        return None
    new = _add_address(batch, release_id, release.url, "canonical", capture)
    return str(row["url"]) if new else None


def _by_address(batch: Batch, release: Release, *urls: str) -> int | None:
    """The newest release of the newsroom at the first of these addresses that is known."""
    for url in dict.fromkeys(urls):
        row = batch.connection.execute(
            "select r.id from release_urls u join releases r on r.id = u.release_id"
            " where u.url_key = ? and r.newsroom = ? and r.state != 'replaced' order by r.id desc limit 1",
            (key_or_url(url), release.newsroom),
        ).fetchone()
        if row is not None:
            return int(row["id"])
    return None


def settle_former_owner(batch: Batch, release_id: int, release: Release, capture: Capture) -> None:
    """The address that was asked for was another release's own, and leads to this one now: that one is replaced."""
    row = batch.connection.execute(
        "select r.id, r.url from release_urls u join releases r on r.id = u.release_id"
        " where u.url_key = ? and r.newsroom = ? and r.state != 'replaced' and r.id != ? order by r.id desc limit 1",
        (key_or_url(capture.url), release.newsroom, release_id),
    ).fetchone()
    if row is not None and key_or_url(row["url"]) == key_or_url(capture.url):
        _replace(batch, row["id"], release, capture)


def is_other(batch: Batch, release_id: int, release: Release) -> bool:
    """Whether a page is another publication than a release, by its CMS id, or by headline, date and text together."""
    row = batch.connection.execute(
        "select headline, body, published_at, identity_kind, identity, language from releases where id = ?",
        (release_id,),
    ).fetchone()
    if release.identity.kind == row["identity_kind"] == "cms" and not _same_cms_id(release, row["identity"]):
        return True
    return (
        plain(row["headline"]) != plain(release.headline)
        and row["published_at"] != (release.published.isoformat() if release.published else None)
        and similarity(row["body"], release.body) < REUSED_BELOW
    )


def _same_cms_id(release: Release, identity: str) -> bool:
    """An id counts without its language: at one address, a language read otherwise makes no other release."""
    return (
        release.identity.value.rpartition("@")[0] == identity.rpartition("@")[0]
        if "@" in identity
        else (release.identity.value == identity)
    )


def _replace(batch: Batch, release_id: int, release: Release, capture: Capture) -> None:
    """The address belongs to another release from now on; the old one keeps its dated alias."""
    at = stamp(capture.captured_at)
    batch.connection.execute("update releases set state = 'replaced' where id = ?", (release_id,))
    batch.connection.execute(
        "delete from release_identities where release_id = ? and newsroom = ? and kind = ? and value = ?",
        (release_id, release.newsroom, release.identity.kind, release.identity.value),
    )
    batch.connection.execute(
        "update release_urls set to_at = ? where release_id = ? and to_at is null", (at, release_id)
    )
    batch.add_event(
        release_id,
        EventKind.REPLACED,
        at,
        capture_id=batch.capture_id(capture),
        detail=f"its address now holds: {release.headline}",
    )


def _add_identity(batch: Batch, release_id: int, release: Release) -> None:
    """A release may have several identities over time; its row shows the strongest."""
    kind, value = release.identity.kind, release.identity.value
    batch.connection.execute(
        "insert or ignore into release_identities (newsroom, kind, value, release_id) values (?, ?, ?, ?)",
        (release.newsroom, kind, value, release_id),
    )
    row = _shown_identity(batch.connection, release_id)
    if _RANK.get(kind, 0) > _RANK.get(row["identity_kind"], 0):
        batch.connection.execute(
            "update releases set identity_kind = ?, identity = ? where id = ?", (kind, value, release_id)
        )


def _shown_identity(connection: sqlite3.Connection, release_id: int) -> sqlite3.Row:
    row: sqlite3.Row = connection.execute(
        "select identity_kind, identity from releases where id = ?", (release_id,)
    ).fetchone()
    return row


def _add_address(batch: Batch, release_id: int, url: str, role: str, capture: Capture) -> bool:
    """Notes an address; whether it was unknown."""
    cursor = batch.connection.execute(
        "insert or ignore into release_urls (release_id, url, url_key, role, from_at) values (?, ?, ?, ?, ?)",
        (release_id, url, key_or_url(url), role, stamp(capture.captured_at)),
    )
    return cursor.rowcount > 0
