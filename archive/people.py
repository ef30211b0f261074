"""The contact history: which releases named a person or a desk, as what, with which number, when."""

from __future__ import annotations

from dataclasses import dataclass

from archive.database import Archive, named_errors

MOST = 500  # releases of one person; more are counted, not listed


@dataclass(frozen=True, slots=True)
class Appearance:
    """One release that names the contact."""

    release: int
    headline: str
    language: str | None
    published_at: str | None
    ministry: str
    newsroom: str
    name: str | None
    role: str | None
    org: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Capacity:
    """A role with a ministry, and how to reach it, with the first and last day that a release printed it."""

    ministry: str
    role: str
    phone: str | None
    email: str | None
    first: str
    last: str
    releases: int


def appearances(archive: Archive, *, name: str | None = None, email: str | None = None) -> list[Appearance]:
    """The releases that name this person or address now or in an earlier revision, newest first, up to ``MOST``."""
    column, value = ("c.name", name) if name else ("c.email", email)
    with named_errors(archive.path):
        found = archive.connection.execute(
            "select r.id as release, r.headline, r.language, r.published_at, n.name as ministry, n.slug as newsroom,"
            " c.name, c.role, c.org, c.phone, c.email from contacts c join revisions v on v.id = c.revision_id"
            " join releases r on r.id = v.release_id join newsrooms n on n.slug = r.newsroom"
            f" where {column} = ? group by r.id order by r.position desc limit ?",
            (value, MOST),
        )
        return [Appearance(**dict(row)) for row in found]


def capacities(found: list[Appearance]) -> list[Capacity]:
    """The roles and numbers in which somebody appears, latest first (pure)."""
    groups: dict[tuple[str, str, str | None, str | None], list[str]] = {}
    for each in found:
        role = ", ".join(part for part in (each.role, each.org) if part)
        groups.setdefault((each.ministry, role, each.phone, each.email), []).append(
            (each.published_at or "")[:10]
        )
    made = [
        Capacity(*key, first=min(filter(None, days), default=""), last=max(days), releases=len(days))
        for key, days in groups.items()
    ]
    return sorted(made, key=lambda each: each.last, reverse=True)
