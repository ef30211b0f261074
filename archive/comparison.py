"""Two revisions of a release side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.database import Archive
from archive.diff import Op, Piece, diff
from archive.dossier import content_of, dossier
from archive.errors import UsageError
from archive.model import Contact, Release, Revision


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """What changed in one field of a release; a field that stayed the same is not listed."""

    field: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class RevisionDiff:
    """Two revisions of a release and every field that differs between them."""

    before: Revision
    after: Revision
    headline: str
    fields: tuple[FieldDiff, ...]


def compare(
    archive: Archive, release_id: int, before: int | None = None, after: int | None = None
) -> RevisionDiff:
    """Two revisions by their numbers; without ``after`` the last one, without ``before`` the one before that.

    Raises UsageError for a release or revision that isn't there.
    """
    found = {revision.seq: revision for revision in dossier(archive, release_id).revisions}
    if before is None and after is None and len(found) == 1:
        raise UsageError(f"release {release_id} has not changed since it was first seen: nothing to compare")
    later = max(found) if after is None else after
    earlier = later - 1 if before is None else before
    for seq in (earlier, later):
        if seq not in found:
            raise UsageError(
                f"release {release_id} has {len(found)} revision{'s' * (len(found) > 1)}, and no number {seq}"
            )
    old, new = (content_of(archive, found[seq].id) for seq in (earlier, later))
    return RevisionDiff(found[earlier], found[later], new.headline, tuple(_fields(old, new)))


def _fields(old: Release, new: Release) -> Iterator[FieldDiff]:
    texts = zip(_texts(old).items(), _texts(new).values(), strict=True)
    for (name, before), after in texts:
        if before != after:
            pieces = diff(before, after)
            if any(piece.op is not Op.SAME for piece in pieces):
                yield FieldDiff(name, pieces)


def _texts(release: Release) -> dict[str, str]:
    """A release as a reader sees it, field by field."""
    published, modified = release.published, release.modified
    return {
        "headline": release.headline,
        "subheadline": release.subheadline or "",
        "published": published.isoformat() if published else release.published_raw or "",
        "updated": modified.isoformat() if modified else release.modified_raw or "",
        "type": release.type_label or "",
        "notices": "\n".join(release.notices),
        "body": release.body,
        "contacts": "\n".join(_contact(contact) for contact in release.contacts),
        "attachments": "\n".join(f"{each.title} {each.url}".strip() for each in release.attachments),
        "links": "\n".join(release.links),
    }


def _contact(contact: Contact) -> str:
    parts = (contact.name, contact.role, contact.org, *contact.phones, *contact.emails)
    told = ", ".join(part for part in parts if part)
    return told or ", ".join(filter(None, (contact.phone, contact.email))) or contact.raw
