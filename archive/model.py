"""What the archive keeps, as typed values. Nothing here is as printed: that is ``crawler.items``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from archive.tls import Tls


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

    @property
    def is_printed(self) -> bool:
        """Whether a reader of the page sees it: not only its head or its JSON-LD tells it."""
        return not self.evidence.startswith(("meta:", "jsonld:")) and "meta[" not in self.evidence


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
    withdrawn: bool = False  # one of the notices says so
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


class EventKind(StrEnum):
    """What can happen to a release. The value is what ``events.kind`` holds and a reader sees."""

    NEW = "new"
    EDITED = "edited"  # the page says so: its "updated" date moved with the text
    SILENT_EDIT = "silent edit"  # text changed, the page's own dates did not
    REDATED = "re-dated"
    CONTACT_CHANGED = "contact changed"
    LINK_CHANGED = "link changed"
    ATTACHMENT_CHANGED = "attachment changed"
    NOTICE = "notice"  # "withdrawn", "correction" … came or went
    UNSTABLE = "unstable page"  # it goes to and fro between the same texts: told once
    TAKEN_DOWN = "taken down"
    REDIRECTED = "redirected to the front page"
    REDIRECTED_AWAY = "redirected to another page"  # to a listing, or where many others lead
    TAKEDOWN_CONFIRMED = "takedown confirmed"
    TAKEDOWN_PERMANENT = "takedown permanent"
    RESTORED = "restored"
    MOVED = "moved"
    REPLACED = "replaced"  # its address now holds another release
    DIVERGED = "diverged"  # it said the same as its copy on another site, or its translation, and now doesn't


class State(StrEnum):
    """How a release stands on its site, as far as our looks show (``field-notes/reliability.md`` §7)."""

    PRESENT = "present"
    GONE = "gone"  # 410: one look is enough
    REDIRECTED_HOME = "redirected_home"
    REDIRECTED_SINK = "redirected_sink"
    SOFT_404 = "soft_404"
    MISSING_SUSPECTED = "missing_suspected"
    MISSING_CONFIRMED = "missing_confirmed"
    MISSING_PERMANENT = "missing_permanent"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    REDACTED = "redacted_by_us"


class Absence(StrEnum):
    """What a look at a release's address found instead of it. An outage or a block is never an absence."""

    NOT_FOUND = "not found"  # 404
    GONE = "gone"  # 410
    FRONT_PAGE = "front page"  # redirected to the site's front page
    SINK = "sink"  # redirected to where many releases are redirected
    SOFT_404 = "soft 404"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response, as the crawl got them; ``body`` belongs to ``headers``.

    Give the body as received where it is at hand; a body already decompressed comes without its Content-Encoding.
    ``fetched_at`` is aware. ``truncated`` is a WARC-Truncated reason where the body is not whole.
    """

    url: str
    purpose: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    newsroom: str | None = None
    method: str = "GET"
    request_headers: tuple[tuple[str, str], ...] = ()
    ip: str | None = None
    truncated: str | None = None
    asked: str | None = None  # the address that was asked for first, where redirects led on to ``url``
    hints: tuple[tuple[str, str], ...] = ()  # what the source said of the page: published_raw, language
    tls: Tls | None = None

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Newsroom:
    """What the archive keeps of a registry entry."""

    slug: str
    name: str
    country: str | None = None
    site: str | None = None
    platform: str | None = None
    grade: str | None = None
    languages: tuple[str, ...] = ()
    timezone: str | None = None
    entry_sha256: str | None = None
    translations_within: int = 72  # hours


@dataclass(frozen=True, slots=True)
class Look:
    """How one poll of a source ended. ``outcome``: ok, unchanged, empty, blocked, broken, unreachable.

    ``reached_known`` is true where the poll paged back to releases that were known: nothing lies between.
    """

    outcome: str
    ended_at: datetime
    status: int | None = None
    pages: int = 0
    items_seen: int = 0
    items_new: int = 0
    reached_known: bool = False
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing one release did. ``result``: new, changed, unchanged, reread or unstorable."""

    release_id: int | None
    url: str
    newsroom: str
    result: str
    events: tuple[EventKind, ...] = ()
    confirm: bool = False  # read it again some minutes later: the edit is too large to be told unconfirmed
