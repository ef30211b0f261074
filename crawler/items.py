"""A release exactly as a page prints it: strings, each with the evidence it was found by.

Nothing here is understood yet: ``pipelines`` gives meaning. The order of candidates is the order of evidence
of DESIGN §6: the platform's own place, machine-readable metadata, printed labels, the page's shape.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.model import Attachment, Translation


@dataclass(frozen=True, slots=True)
class Printed:
    """One string as printed.

    ``evidence`` names what found it, as ``kind:detail``: ``layout:span.publish-date``,
    ``meta:article:published_time``, ``time[datetime]``, ``jsonld:datePublished``, ``label:Utgivningsdatum``,
    ``shape:first stamp below the headline``, ``url``, ``feed:published``.
    """

    text: str
    evidence: str


@dataclass(frozen=True, slots=True)
class ContactBlock:
    """The lines of one contact block as printed, addresses that the page protects written out in place.

    An address decoded from ``data-cfemail``, a ``mailto:`` behind other words, entities or script stands in
    ``decoded``; one the page only shows as ``[email protected]`` stays in the lines as it is.
    """

    lines: tuple[str, ...]
    evidence: str
    label: str | None = None
    decoded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReleaseItem:
    """What one page says. Tuples of candidates are in order of evidence, the deciding one first."""

    url: str
    newsroom: str
    layout: str
    headline: Printed
    body: str
    body_html: str = ""
    subheadline: Printed | None = None
    published: tuple[Printed, ...] = ()
    modified: tuple[Printed, ...] = ()
    type_label: Printed | None = None
    byline: Printed | None = None
    number: Printed | None = None
    language: Printed | None = None
    contact_blocks: tuple[ContactBlock, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    links: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    translations: tuple[Translation, ...] = ()
    notices: tuple[str, ...] = ()
    cms_id: str | None = None
    canonical: str | None = None
    lost: tuple[tuple[str, Printed], ...] = field(default=(), compare=False)  # (field, candidate that lost)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A page that is no release, with the reason: ``soft 404``, ``listing``, ``challenge``, ``consent`` …"""

    url: str
    reason: str
    evidence: str
