"""One page read and normalised, for the commands that show it: from a file, whole or as a plain-text copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from archive.model import Contact, Release
from crawler.items import Refusal, ReleaseItem
from crawler.reading import open_page, read
from crawler.reading.page import text_page
from crawler.registry import Newsroom, all_newsrooms, newsroom_of, unknown_newsroom
from pipelines.release import to_release

_TEXT = frozenset((".txt", ".text", ".md"))


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One line of ``communique read --batch``: the page's file and address, and what is known of its site."""

    file: str
    url: str = ""
    newsroom: str | None = None
    timezone: str | None = None
    languages: list[str] | str | None = None
    country: str | None = None


class Reading(msgspec.Struct, frozen=True):
    """A page as read: the item as printed and the release it gives, or the refusal."""

    newsroom: Newsroom
    item: ReleaseItem | Refusal
    release: Release | None


def read_body(
    body: bytes,
    url: str,
    newsroom: Newsroom,
    *,
    text: bool = False,
    generic: bool = False,
    losers: bool = False,
    content_type: str | None = None,
) -> Reading:
    """Read and normalise one page. ``text``: the bytes are a plain-text copy in UTF-8; ``losers``: every candidate
    that was decided against is told, too; ``content_type`` is what the server's answer said.

    Without an address the page counts as one of its newsroom's site."""
    url = url or newsroom.site or "https://unknown.invalid/"
    page = text_page(body.decode("utf-8", "replace"), url) if text else open_page(body, url, content_type)
    item = page if isinstance(page, Refusal) else read(page, newsroom, generic=generic, losers=losers)
    return Reading(newsroom, item, None if isinstance(item, Refusal) else to_release(item, newsroom))


def read_response(body: bytes, url: str, newsroom: Newsroom, content_type: str | None) -> Reading:
    """Read and normalise a page as a server sent it, with the Content-Type of its answer"""
    return read_body(body, url, newsroom, content_type=content_type)


def read_file(
    path: Path, url: str, newsroom: Newsroom, *, generic: bool = False, losers: bool = False
) -> Reading:
    """Read the page in a file; a plain-text copy is told by its name. Raises ``OSError``."""
    return read_body(path.read_bytes(), url, newsroom, text=is_text(path), generic=generic, losers=losers)


def is_text(path: Path) -> bool:
    """Whether a file holds a plain-text copy of a page."""
    return path.suffix.lower() in _TEXT


def newsroom_for(url: str, request: Request | None = None, slug: str | None = None) -> Newsroom:
    """The newsroom to read a page with: the named one, else the one described for the address's host, else one
    made of what the request and the address tell. Raises ``KeyError`` for a slug that no newsroom has."""
    slug = slug or (request.newsroom if request else None)
    if slug:
        return all_newsrooms()[slug]
    described = newsroom_of(url) if url else None
    if described:
        return described
    if request is None:
        return unknown_newsroom(url)
    named = request.languages or []
    languages = tuple(named.split(",") if isinstance(named, str) else named)
    return unknown_newsroom(url, request.timezone, languages, request.country)


def read_batch(
    lines: Iterable[str | bytes], root: Path, *, generic: bool = False
) -> Iterator[dict[str, Any]]:
    """A record for every line of requests. A bad line, an unknown newsroom and an unreadable file give
    ``rejected`` with what was wrong, and the batch goes on."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            request = msgspec.json.decode(line, type=Request)
        except (msgspec.DecodeError, UnicodeError) as error:
            yield {"file": None, "rejected": f"line {number}: {error}"}
            continue
        yield _record_of(request, root, generic)


def _record_of(request: Request, root: Path, generic: bool) -> dict[str, Any]:
    try:
        newsroom = newsroom_for(request.url, request)
        reading = read_file(root / request.file, request.url, newsroom, generic=generic)
    except KeyError as error:
        return {"file": request.file, "rejected": f"unknown newsroom {error}"}
    except OSError as error:
        return {"file": request.file, "rejected": f"unreadable file: {error.strerror or error}"}
    except ValueError as error:  # an embedded NUL in a file name, an address without a host
        return {"file": request.file, "rejected": f"unusable request: {error}"}
    return {"file": request.file, **record(reading)}


def record(reading: Reading) -> dict[str, Any]:
    """The reading as plain values for JSON: ``rejected``, or every field of the release."""
    release = reading.release
    if release is None:
        refusal = reading.item
        assert isinstance(refusal, Refusal)
        return {"rejected": refusal.reason, "evidence": refusal.evidence}
    return {
        "headline": release.headline,
        "subheadline": release.subheadline,
        "date_published": release.published.isoformat() if release.published else None,
        "date_raw": release.published_raw,
        "date_modified": release.modified.isoformat() if release.modified else None,
        "byline": release.byline,
        "type_label": release.type_label,
        "type": release.type,
        "number": release.number,
        "language": release.language,
        "body": release.body,
        "contacts": [_contact(contact) for contact in release.contacts],
        "attachments": [attachment.url for attachment in release.attachments],
        "layout": release.layout,
    }


def _contact(contact: Contact) -> dict[str, Any]:
    return {
        "name": contact.name,
        "role": contact.role,
        "phone": contact.phone,
        "phone_e164": contact.phone_e164,
        "email": contact.email,
        "email_state": contact.email_state.value,
        "email_pattern": contact.email_pattern,
        "org": contact.org,
    }
