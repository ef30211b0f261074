"""The answers to a question as an Atom feed (RFC 4287), well-formed whatever the releases hold (pure)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

ATOM = "http://www.w3.org/2005/Atom"
#: what XML 1.0 can't hold at all, not even escaped
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One revision of a release. An edit is an entry of its own: who was away sees both. Times are aware."""

    url: str
    content_sha256: str
    title: str
    updated: datetime
    author: str
    summary: str
    content: str
    published: datetime | None = None
    language: str | None = None
    category: str | None = None
    here: str | None = None  # the release's page in the archive

    @property
    def id(self) -> str:
        """The same in every feed, for ever: made of the address and of what the revision says."""
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{self.url}#{self.content_sha256}").urn


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's own lines. ``next`` is the address of its following page (RFC 5005)."""

    title: str
    id: str
    link: str | None = None
    next: str | None = None


def atom(feed: Feed, entries: Iterable[Entry]) -> str:
    """The feed as XML text. Its ``updated`` is the newest entry's, else 1970: never the time of writing."""
    held = list(entries)
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed")
    _add(root, "title", feed.title)
    _add(root, "id", feed.id)
    newest = max((entry.updated for entry in held), default=datetime.fromtimestamp(0, UTC))
    _add(root, "updated", _stamp(newest))
    _add(root, "generator", "Communiqué")
    for relation, address in (("self", feed.link), ("next", feed.next)):
        if address:
            _link(root, relation, address)
    for entry in held:
        _entry(root, entry)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _entry(root: ET.Element, entry: Entry) -> None:
    element = ET.SubElement(root, f"{{{ATOM}}}entry")
    if entry.language:
        element.set("{http://www.w3.org/XML/1998/namespace}lang", _legal(entry.language))
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "updated", _stamp(entry.updated))
    if entry.published:
        _add(element, "published", _stamp(entry.published))
    author = ET.SubElement(element, f"{{{ATOM}}}author")
    _add(author, "name", entry.author)
    _link(element, "alternate", entry.here or entry.url)
    if entry.here:
        _link(element, "via", entry.url)
    if entry.category:
        ET.SubElement(element, f"{{{ATOM}}}category", term=_legal(entry.category))
    _add(element, "summary", entry.summary)
    _add(element, "content", entry.content).set("type", "text")


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = _legal(text)
    return element


def _link(parent: ET.Element, relation: str, address: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", rel=relation, href=_legal(address))


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
