"""Whether releases, contacts and what is drawn from them are what the readings and the events say."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from archive import rows
from archive.batch import key_or_url
from archive.database import Archive
from archive.digest import NORM_VERSION, content_sha256
from archive.findings import Finding, Report
from archive.model import EventKind, Release, State
from archive.readings import text_sha256

#: in which states a release can be after the newest event of these; before any, and restored, it is there
_STATES = {
    EventKind.RESTORED: {State.PRESENT, State.WITHDRAWN},
    EventKind.TAKEN_DOWN: {State.GONE, State.SOFT_404, State.MISSING_SUSPECTED},
    EventKind.REDIRECTED: {
        State.REDIRECTED_HOME,
        State.REDIRECTED_SINK,
    },  # sinks had no kind of their own at first
    EventKind.REDIRECTED_AWAY: {State.REDIRECTED_SINK},
    EventKind.TAKEDOWN_CONFIRMED: {State.MISSING_CONFIRMED},
    EventKind.TAKEDOWN_PERMANENT: {State.MISSING_PERMANENT},
    EventKind.REPLACED: {State.REPLACED},
}


def check_readings(archive: Archive, report: Report) -> Iterator[Finding]:
    """Every reading against its digest, every current row against its newest reading."""
    for row in archive.connection.execute(
        "select d.id, d.content, d.content_sha256, d.text_sha256, d.norm_version, v.release_id from readings d"
        " join revisions v on v.id = d.revision_id"
    ):
        report.count("readings")
        where = f"{archive.path}, table readings, row {row['id']}"
        try:
            digest = content_sha256(rows.content(row["content"]))
        except (msgspec.DecodeError, ValueError) as error:
            yield Finding(where, f"the content can't be read: {error}", (row["release_id"],))
            continue
        if text_sha256(row["content"]) != (row["text_sha256"] or text_sha256(row["content"])) or (
            row["norm_version"] == NORM_VERSION and digest != row["content_sha256"]
        ):
            yield Finding(where, "the content's digest is not the one beside it", (row["release_id"],))


def check_releases(archive: Archive, report: Report) -> Iterator[Finding]:
    """Every release as the newest reading of its current revision has it."""
    for row in archive.connection.execute(
        "select r.*, (select d.content from readings d where d.revision_id = r.current_revision order by d.id desc"
        " limit 1) as content from releases r where r.state != 'redacted_by_us'"
    ):
        report.count("releases")
        where = f"{archive.path}, table releases, row {row['id']}"
        if row["content"] is None:
            yield Finding(where, "its current revision has no reading", (row["id"],))
            continue
        try:
            release = rows.content(row["content"])
        except (msgspec.DecodeError, ValueError):
            continue  # told with the readings
        wrong = [name for name, value in rows.shown(release).items() if name != "url" and row[name] != value]
        if not _is_address_of(archive, row["id"], row["url"]):
            wrong.append("url")
        if wrong:
            yield Finding(where, f"differs from its newest reading in {', '.join(wrong)}", (row["id"],))


def _is_address_of(archive: Archive, release_id: int, url: str) -> bool:
    found = archive.connection.execute(
        "select 1 from release_urls where release_id = ? and url = ?", (release_id, url)
    )
    return found.fetchone() is not None


def check_parts(archive: Archive, report: Report) -> Iterator[Finding]:
    """Contacts, attachments and topics of every revision, as its newest reading has them."""
    for row in archive.connection.execute(
        "select v.id, v.release_id, d.content from revisions v join readings d on d.revision_id = v.id"
        " where d.id = (select max(id) from readings where revision_id = v.id)"
    ):
        try:
            release = rows.content(row["content"])
        except (msgspec.DecodeError, ValueError):
            continue  # told with the readings
        for table in _differing(archive, row["id"], release):
            where = f"{archive.path}, table {table}, revision {row['id']}"
            yield Finding(where, "differs from the newest reading", (row["release_id"],))
    for table in ("contacts", "attachments", "topics"):
        report.count(table, archive.connection.execute(f"select count(*) from {table}").fetchone()[0])


def _differing(archive: Archive, revision: int, release: Release) -> Iterator[str]:
    wanted: dict[str, tuple[str, list[tuple[object, ...]]]] = {
        "contacts": (rows.CONTACT_COLUMNS, rows.contact_rows(release)),
        "attachments": (rows.ATTACHMENT_COLUMNS, rows.attachment_rows(release)),
        "topics": ("topic", [(topic,) for topic in sorted(set(release.topics))]),
    }
    for table, (columns, values) in wanted.items():
        found = archive.connection.execute(
            f"select {columns} from {table} where revision_id = ? order by 1", (revision,)
        )
        if [tuple(row) for row in found] != values:
            yield table


def check_derived(archive: Archive, report: Report) -> Iterator[Finding]:
    """What follows from revisions, events and addresses: it can be made anew, and must not say something else."""
    yield from _histories(archive)
    yield from _addresses(archive)
    for what, query in _COUNTS.items():
        if archive.connection.execute(query).fetchone() is not None:
            yield Finding(f"{archive.path}, table {what}", "counts or names otherwise than the releases")
    report.count("addresses", archive.connection.execute("select count(*) from release_urls").fetchone()[0])


def _histories(archive: Archive) -> Iterator[Finding]:
    kinds = ", ".join(f"'{kind.value}'" for kind in _STATES)
    found = archive.connection.execute(
        "select r.id, r.state, r.revisions, r.capture_id, r.first_seen_at, v.seq, v.capture_id as own, f.seen_at as first,"
        " (select kind from events e where e.release_id = r.id and kind in ("
        + kinds
        + ") order by e.id desc limit 1) as kind,"
        " exists (select 1 from release_identities i where i.release_id = r.id and i.kind = r.identity_kind"
        "   and i.value = r.identity and i.newsroom = r.newsroom) as named"
        " from releases r join revisions v on v.id = r.current_revision"
        " join revisions f on f.release_id = r.id and f.seq = 1 where r.state != 'redacted_by_us'"
    )
    for row in found:
        states = _STATES[EventKind(row["kind"]) if row["kind"] else EventKind.RESTORED]
        wrong = {
            "state": row["state"] not in states,
            "revisions": row["revisions"] != row["seq"],
            "capture_id": row["capture_id"] != row["own"],
            "first_seen_at": row["first_seen_at"] != row["first"],
            "identity": not row["named"] and row["state"] != State.REPLACED,
        }
        if names := [name for name, is_wrong in wrong.items() if is_wrong]:
            where = f"{archive.path}, table releases, row {row['id']}"
            yield Finding(where, f"differs from its history in {', '.join(names)}", (row["id"],))


def _addresses(archive: Archive) -> Iterator[Finding]:
    for row in archive.connection.execute(
        "select *, from_at in (select captured_at from captures) as seen from release_urls"
    ):
        if row["url_key"] != key_or_url(row["url"]) or not row["seen"]:
            where = f"{archive.path}, table release_urls, {row['url']}"
            yield Finding(where, "is not an address as it was seen", (row["release_id"],))


_COUNTED = "newsroom, coalesce(substr(published_at, 1, 7), ''), coalesce(language, ''), coalesce(type, ''), state, count(*)"
_COUNTS = {
    "release_counts": (
        "select * from release_counts where releases > 0 except"
        f" select {_COUNTED} from releases group by 1, 2, 3, 4, 5"
    ),
    "release_totals": (
        "select * from release_totals where releases > 0 except select newsroom, substr(month, 1, 4), language, type, state,"
        " sum(releases) from release_counts group by 1, 2, 3, 4, 5"
    ),
    "contacts_fts": (
        "select * from (select rowid, text from contacts_fts except select position, text from contacted) union all"
        " select * from (select position, text from contacted where text is not null except select rowid, text from contacts_fts)"
    ),
}
