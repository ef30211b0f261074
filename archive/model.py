"""What the archive keeps, as typed values. Nothing here is as printed: that is ``crawler.items``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Precision(StrEnum):
    """How much of a publication time the page tells."""

    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


class EmailState(StrEnum):
    """How a contact's address stands on the page (``field-notes/variety.md`` §6)."""

    PRINTED = "printed"
    DECODED = "decoded"  # read through a protection: Cloudflare, (at), [dot], reversed …
    HIDDEN = "hidden"  # the page shows only "[email protected]"
    PATTERN = "pattern"  # the page gives a rule: firstname.lastname@…
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Moment:
    """A date that a page tells: aware, with what was printed and what decided.

    ``at`` is aware, in the newsroom's zone; with precision ``day`` its clock is 00:00 and means nothing.
    """

    at: datetime
    precision: Precision
    raw: str
    evidence: str

    def isoformat(self) -> str:
        """``2022-06-21`` for a day, ``2022-06-21T11:43:00+03:00`` where a time is told."""
        return self.at.date().isoformat() if self.precision is Precision.DAY else self.at.isoformat()


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or desk to turn to (schema.org ContactPoint). ``name`` is None for a desk.

    ``phone`` and ``email`` are the first printed ones; ``phones`` and ``emails`` hold all of them.
    """

    name: str | None = None
    role: str | None = None
    org: str | None = None
    phone: str | None = None
    phone_e164: str | None = None
    email: str | None = None
    email_state: EmailState = EmailState.NONE
    email_pattern: str | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that a release links. ``url`` is absolute; ``sha256`` is known once it was fetched."""

    url: str
    title: str = ""
    media_type: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """Where the same release stands in another language (``hreflang``)."""

    language: str
    url: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a release the same one tomorrow: ``kind`` is ``cms``, ``canonical`` or ``url``."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Release:
    """One publication of one newsroom in one language, normalised: the only thing that can be stored."""

    newsroom: str
    url: str
    identity: Identity
    headline: str
    body: str
    language: str | None
    subheadline: str | None = None
    published: Moment | None = None
    published_raw: str | None = None  # kept also where it could not be understood
    published_reason: str | None = None  # why ``published`` is None
    modified: Moment | None = None
    modified_raw: str | None = None
    type_label: str | None = None  # as printed
    type: str | None = None  # normalised: "press release", "speech" …
    byline: str | None = None
    number: str | None = None
    body_html: str = ""  # sanitised
    links: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    topics: tuple[str, ...] = ()
    translations: tuple[Translation, ...] = ()
    notices: tuple[str, ...] = ()  # "withdrawn", "embargoed until …", "correction", as printed
    layout: str = "default"
    reader_version: str = ""
    evidence: tuple[tuple[str, str], ...] = ()  # (field, what decided)


@dataclass(frozen=True, slots=True)
class Capture:
    """One stored response: where its bytes lie and what the server said.

    ``offset`` and ``length`` point to the gzip member of the response record in ``warc_file``.
    """

    url: str
    purpose: str  # robots, feed, listing, sitemap, api, release, attachment
    status: int
    captured_at: datetime
    payload_sha256: str
    warc_file: str
    offset: int
    length: int
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    complete: bool = True
    truncated: str | None = None  # WARC-Truncated: length, time, disconnect, unspecified
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """One content state of a release, as the history lists it."""

    id: int
    release_id: int
    seq: int
    capture_id: int
    seen_at: datetime
    content_sha256: str
    kinds: tuple[str, ...] = ()
    silent: bool = False
    reverts_to: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a release: new, edited, silent edit, re-dated, taken down, restored …"""

    id: int
    release_id: int
    kind: str
    at: datetime
    revision_id: int | None = None
    detail: str = ""
